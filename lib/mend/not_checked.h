#ifndef FV_MEND_NOT_CHECKED_H
#define FV_MEND_NOT_CHECKED_H

#include "judge/judgement.h"
#include "model/report.h"

/* Lists in `report` what `judgement` has not looked at, each with its hint. Returns false if memory
 * is short. */
bool fv_fill_not_checked(fedval_report *report, const fv_judgement *judgement);

#endif
