/* The dates at which public CAs change what they issue, and what each means for a domain. */
#ifndef FV_DRIFT_RULE_DATES_H
#define FV_DRIFT_RULE_DATES_H

#include "drift/timeline.h"
#include "judge/judgement.h"

typedef fedval_status (*fv_event_taker)(fedval_timeline *timeline, const fv_event *event);

/* Hands over the dates after the beginning of the timeline that bear on the chains judged: none
 * where no chain ends at a public root. 0; what `take` returned. */
fedval_status fv_rule_dates_append(fedval_timeline *timeline, const fv_judgement *first,
                                   fv_event_taker take);

#endif
