/* Shared by the two forms of a diagnosis, text and JSON. */
#ifndef FV_RENDER_DIAGNOSIS_H
#define FV_RENDER_DIAGNOSIS_H

#include "fedval/diagnosis.h"
#include "render/text/redact.h"

/* Checks the arguments. `out` is where the result would go; `chosen` receives the options, with
 * their defaults. */
fedval_status fv_diagnosis_check(const fedval_log *log, const fedval_diagnosis_options *options,
                                 char *const *out, fedval_diagnosis_options *chosen);

/* Prepares the redactor for showing the log, redacted or not. The caller must clear it in every
 * case. */
void fv_diagnosis_prepare(fv_redactor *redactor, const fedval_log *log, bool redact);

/* Returns in words what `report` tells of an incident: whether its fault is still there, and what
 * else is. A log that leaves the cause open said nothing that could still be so. */
const char *fv_recheck_sentence(const fedval_incident *incident, const fedval_report *report);

/* Ends what fv_diagnosis_prepare began: clears the redactor, and hands out the text that was
 * written with `status`. A text whose redactor ran short of memory is freed. */
fedval_status fv_diagnosis_hand_out(fv_redactor *redactor, fedval_status status, char *text,
                                    size_t len, char **out_text, size_t *out_len);

#endif
