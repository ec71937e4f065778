/* Marks the steps on the way to each server: SRV, look-up, address, TLS, certificate. */
#ifndef FV_JUDGE_STEPS_H
#define FV_JUDGE_STEPS_H

#include "model/report.h"

/* Marks every step of a report whose findings and endpoints are filled in. */
void fv_steps_mark(fedval_report *report);
/* Returns the FEDVAL_MARK_ that a finding of that severity gives; SOUND: a note gives none. */
uint32_t fv_steps_mark_of(uint32_t severity);

#endif
