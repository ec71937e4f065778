/* Marks the steps on the way to each server: SRV, look-up, address, TLS, certificate. */
#ifndef FV_JUDGE_STEPS_H
#define FV_JUDGE_STEPS_H

#include "model/report.h"

/* Marks every step of a report whose findings and endpoints are filled in. */
void fv_steps_mark(fedval_report *report);

#endif
