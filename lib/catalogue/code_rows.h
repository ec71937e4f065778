/* Short macros for the tables of codes. */
#ifndef FV_CATALOGUE_CODE_ROWS_H
#define FV_CATALOGUE_CODE_ROWS_H

#include "catalogue/symptom_codes.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define TABLE(codes)                                                                               \
    {                                                                                              \
        codes, COUNT(codes)                                                                        \
    }
#define STATED(finding_name, document_name)                                                        \
    .finding = FEDVAL_FINDING_##finding_name, .certainty = FEDVAL_CERTAINTY_STATED,                \
    .document = FV_DOCUMENT_##document_name
#define INFERRED(finding_name, document_name)                                                      \
    .finding = FEDVAL_FINDING_##finding_name, .certainty = FEDVAL_CERTAINTY_INFERRED,              \
    .document = FV_DOCUMENT_##document_name
/* The meaning comes from memory or from observation; no document confirms it. */
#define UNSURE(finding_name)                                                                       \
    .finding = FEDVAL_FINDING_##finding_name, .certainty = FEDVAL_CERTAINTY_UNSURE
#define HINTS(mask) .hints = (mask)
#define ADVICE(text) .advice = text
#define CAUSES(...)                                                                                \
    .causes = (const fv_cause[]){__VA_ARGS__},                                                     \
    .num_causes = sizeof((const fv_cause[]){__VA_ARGS__}) / sizeof(fv_cause)
#define CAUSE(name, likely, when)                                                                  \
    {                                                                                              \
        FEDVAL_FINDING_##name, FEDVAL_LIKELIHOOD_##likely, when                                    \
    }
#define BEYOND(likely, when)                                                                       \
    {                                                                                              \
        0, FEDVAL_LIKELIHOOD_##likely, when                                                        \
    }

#endif
