/* The rows of the catalogue: one table for each family, each in ascending order of the codes. */
#ifndef FV_CATALOGUE_ROWS_H
#define FV_CATALOGUE_ROWS_H

#include "catalogue/catalogue.h"
#include "catalogue/documents.h"

extern const fedval_catalogue_entry fv_rows_srv[], fv_rows_address[], fv_rows_transport[],
    fv_rows_name[], fv_rows_certificate[], fv_rows_trust[], fv_rows_log[];

/* Has the row of each code at the index that the code is; NULL where no row has that code. The
 * build writes it (by_code.py). */
extern const fedval_catalogue_entry *const fv_rows_by_code[];
extern const size_t fv_num_rows_by_code;

/* Short macros for the tables. */
#define CODE(name, word) .code = FEDVAL_FINDING_##name, .id = word
#define ERROR .severity = FEDVAL_SEVERITY_ERROR
#define INDETERMINATE .severity = FEDVAL_SEVERITY_INDETERMINATE
#define WARNING .severity = FEDVAL_SEVERITY_WARNING
#define NOTE .severity = FEDVAL_SEVERITY_NOTE

#define TO_MICROSOFT FEDVAL_DIRECTION_TO_MICROSOFT
#define FROM_MICROSOFT FEDVAL_DIRECTION_FROM_MICROSOFT
#define BREAKS_BOTH .breaks = (FEDVAL_DIRECTION_TO_MICROSOFT | FEDVAL_DIRECTION_FROM_MICROSOFT)
#define BREAKS_TO_MICROSOFT .breaks = FEDVAL_DIRECTION_TO_MICROSOFT
#define BREAKS_FROM_MICROSOFT .breaks = FEDVAL_DIRECTION_FROM_MICROSOFT

/* How actions mend it. Actions are worked out for errors and for what is indeterminate: a cure of a
 * warning or a note counts only under a profile that makes more of it. */
#define CURE(name) .cure = FEDVAL_CURE_##name
#define HINT(name) .hint = FEDVAL_HINT_##name
/* Who mends a fault that Expressway reports, and who mends one that the Microsoft side reports. */
#define MENDED_BY(side_of_expressway, side_of_microsoft)                                           \
    .mend_side_of_expressway = FEDVAL_MEND_SIDE_##side_of_expressway,                              \
    .mend_side_of_microsoft = FEDVAL_MEND_SIDE_##side_of_microsoft
/* A side finds fault with the other side's domain, so the other side mends its DNS or
 * certificate. */
#define MENDED_BY_THE_OTHER MENDED_BY(MICROSOFT, CISCO)

#define SYMPTOMS(...)                                                                              \
    .symptoms = (const fv_symptom[]){__VA_ARGS__},                                                 \
    .num_symptoms = sizeof((const fv_symptom[]){__VA_ARGS__}) / sizeof(fv_symptom)
#define SYMPTOM(seen, way, ...)                                                                    \
    {                                                                                              \
        .seen_by = FEDVAL_SEEN_BY_##seen, .direction = way, __VA_ARGS__                            \
    }
#define TOLD(code_, name_, text_) .code = code_, .name = name_, .text = text_
#define EDGE(direction, code, name, text) SYMPTOM(EDGE, direction, TOLD(code, name, text))
/* The sentence that the Edge writes beside its symbol. */
#define EDGE_SYMBOL(direction, code, name, text)                                                   \
    SYMPTOM(EDGE, direction, TOLD(code, name, text), .is_name_enough = true)
/* An id of ms-diagnostics. */
#define CLIENT(code, name, text)                                                                   \
    SYMPTOM(CLIENT, FROM_MICROSOFT, TOLD(code, name, text), .is_diagnostics_id = true)
#define CLIENT_HRESULT(code, name, text) SYMPTOM(CLIENT, FROM_MICROSOFT, TOLD(code, name, text))
#define EXPRESSWAY(direction, code, text) SYMPTOM(EXPRESSWAY, direction, TOLD(code, NULL, text))
/* A SIP status that the text begins with. */
#define EXPRESSWAY_STATUS(direction, code, text)                                                   \
    SYMPTOM(EXPRESSWAY, direction, TOLD(code, NULL, text), .is_code_in_text = true)
#define BARE_504 EXPRESSWAY_STATUS(TO_MICROSOFT, "504", "504 Server time-out, no reason")
#define NO_INVITE EXPRESSWAY(FROM_MICROSOFT, NULL, "no INVITE arrives")

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#endif
