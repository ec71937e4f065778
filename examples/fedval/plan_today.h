/* What there is today, as DNS and the servers tell it. */
#ifndef PLAN_TODAY_H
#define PLAN_TODAY_H

#include "judge.h"

#include <fedval/plan.h>

typedef struct plan_today {
    const cmd_settings *settings;
    cmd_judge *judge;
    fedval_intent *intent;
    fedval_evidence **evidence; /* for each domain of the intent; NULL: nothing was gathered */
    size_t num_domains;
} plan_today;

/* Whether anything is to be asked at all. */
bool plan_today_asks(const cmd_settings *settings, const fedval_intent *intent);
/* Gathers what there is of every domain, and hands it to the intent. False: the output has been
 * told. */
bool plan_today_gather(plan_today *today, const cmd_settings *settings, cmd_judge *judge,
                       fedval_intent *intent);
/* Looks the targets of a plan up that no record leads to yet: does anything stand there? True:
 * something new was found, and the intent has it. */
bool plan_today_look_at_targets(plan_today *today, const fedval_plan *plan);
void plan_today_clear(plan_today *today);

#endif
