/* What the two forms of a diagnosis share. */
#ifndef FV_RENDER_DIAGNOSIS_H
#define FV_RENDER_DIAGNOSIS_H

#include "fedval/diagnosis.h"
#include "render/text/redact.h"

/* The argument checks. out: where the result would go; chosen: the options, with their defaults. */
fedval_status fv_diagnosis_check(const fedval_log *log, const fedval_diagnosis_options *options,
                                 char *const *out, fedval_diagnosis_options *chosen);

/* Makes ready to show the log, redacted or not. Clear the redactor, whatever comes. */
void fv_diagnosis_prepare(fv_redactor *redactor, const fedval_log *log, bool redact);

#endif
