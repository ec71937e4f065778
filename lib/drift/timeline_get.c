/* The getters of a timeline. */
#include "drift/timeline.h"
#include "fedval/evidence.h"

const char *fedval_timeline_get_domain(const fedval_timeline *timeline)
{
    return timeline == NULL ? NULL : timeline->domain;
}

uint32_t fedval_timeline_get_profile(const fedval_timeline *timeline)
{
    return timeline == NULL ? 0 : timeline->profile;
}

int64_t fedval_timeline_get_from(const fedval_timeline *timeline)
{
    return timeline == NULL ? FEDVAL_TIME_UNKNOWN : timeline->from;
}

uint32_t fedval_timeline_get_verdict(const fedval_timeline *timeline)
{
    return timeline == NULL ? 0 : timeline->verdict;
}

const char *fedval_timeline_get_source(const fedval_timeline *timeline)
{
    return timeline == NULL ? NULL : timeline->source;
}

size_t fedval_timeline_count_accepted(const fedval_timeline *timeline)
{
    return timeline == NULL ? 0 : timeline->num_accepted;
}

uint32_t fedval_timeline_get_accepted(const fedval_timeline *timeline, size_t index)
{
    return index < fedval_timeline_count_accepted(timeline) ? timeline->accepted[index] : 0;
}

size_t fedval_timeline_count_milestones(const fedval_timeline *timeline)
{
    return timeline == NULL ? 0 : timeline->num_milestones;
}

const fedval_milestone *fedval_timeline_get_milestone(const fedval_timeline *timeline, size_t index)
{
    return index < fedval_timeline_count_milestones(timeline) ? &timeline->milestones[index] : NULL;
}

int64_t fedval_milestone_get_time(const fedval_milestone *milestone)
{
    return milestone == NULL ? FEDVAL_TIME_UNKNOWN : milestone->time;
}

uint32_t fedval_milestone_get_kind(const fedval_milestone *milestone)
{
    return milestone == NULL ? 0 : milestone->kind;
}

uint32_t fedval_milestone_get_verdict(const fedval_milestone *milestone)
{
    return milestone == NULL ? 0 : milestone->verdict;
}

uint32_t fedval_milestone_get_verdict_before(const fedval_milestone *milestone)
{
    return milestone == NULL ? 0 : milestone->before;
}

const char *fedval_milestone_get_text(const fedval_milestone *milestone)
{
    return milestone == NULL ? NULL : milestone->text;
}

size_t fedval_milestone_count_findings(const fedval_milestone *milestone)
{
    return milestone == NULL ? 0 : milestone->num_findings;
}

/* Returns finding `index`. Past the end, returns an empty one. */
static const fv_milestone_finding *finding_at(const fedval_milestone *milestone, size_t index)
{
    static const fv_milestone_finding nothing;
    return index < fedval_milestone_count_findings(milestone) ? &milestone->findings[index]
                                                              : &nothing;
}

uint32_t fedval_milestone_get_finding(const fedval_milestone *milestone, size_t index)
{
    return finding_at(milestone, index)->code;
}

uint32_t fedval_milestone_get_severity(const fedval_milestone *milestone, size_t index)
{
    return finding_at(milestone, index)->severity;
}

uint32_t fedval_milestone_get_requirement(const fedval_milestone *milestone, size_t index)
{
    return finding_at(milestone, index)->requirement;
}

uint32_t fedval_milestone_is_new(const fedval_milestone *milestone, size_t index)
{
    return finding_at(milestone, index)->is_new;
}

uint32_t fedval_milestone_is_accepted(const fedval_milestone *milestone, size_t index)
{
    return finding_at(milestone, index)->is_accepted;
}

const char *fedval_milestone_get_message(const fedval_milestone *milestone, size_t index)
{
    return finding_at(milestone, index)->message;
}
