/* What the two forms of a diagnosis share. */
#ifndef FV_RENDER_DIAGNOSIS_H
#define FV_RENDER_DIAGNOSIS_H

#include "fedval/diagnosis.h"
#include "render/text/redact.h"

#define FV_DIAGNOSIS_TIME_SIZE 32

/* "2017-03-02T07:10:46.230Z", without the Z when the zone is not known; "" for an unknown time. */
void fv_diagnosis_time(int64_t milliseconds, bool zone_known, char out[FV_DIAGNOSIS_TIME_SIZE]);
/* The argument checks. out: where the result would go; chosen: the options, with their defaults. */
fedval_status fv_diagnosis_check(const fedval_log *log, const fedval_diagnosis_options *options,
                                 char *const *out, fedval_diagnosis_options *chosen);

#endif
