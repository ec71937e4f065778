/* The dates on which public CAs change what they issue, and the meaning of each for a domain. */
#ifndef FV_DRIFT_RULE_DATES_H
#define FV_DRIFT_RULE_DATES_H

#include "drift/timeline.h"
#include "judge/judgement.h"

typedef fedval_status (*fv_milestone_taker)(fedval_timeline *timeline,
                                            const fedval_milestone *milestone);

/* Gives `take` each date after the beginning of the timeline that concerns the judged chains. There
 * are none if no chain ends at a public root. Returns 0, or what `take` returned. */
fedval_status fv_rule_dates_append(fedval_timeline *timeline, const fv_judgement *first,
                                   fv_milestone_taker take);

#endif
