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

size_t fedval_timeline_count_events(const fedval_timeline *timeline)
{
    return timeline == NULL ? 0 : timeline->num_events;
}

const fedval_event *fedval_timeline_get_event(const fedval_timeline *timeline, size_t index)
{
    return index < fedval_timeline_count_events(timeline) ? &timeline->events[index] : NULL;
}

int64_t fedval_event_get_time(const fedval_event *event)
{
    return event == NULL ? FEDVAL_TIME_UNKNOWN : event->time;
}

uint32_t fedval_event_get_kind(const fedval_event *event)
{
    return event == NULL ? 0 : event->kind;
}

uint32_t fedval_event_get_verdict(const fedval_event *event)
{
    return event == NULL ? 0 : event->verdict;
}

uint32_t fedval_event_get_verdict_before(const fedval_event *event)
{
    return event == NULL ? 0 : event->before;
}

const char *fedval_event_get_text(const fedval_event *event)
{
    return event == NULL ? NULL : event->text;
}

size_t fedval_event_count_findings(const fedval_event *event)
{
    return event == NULL ? 0 : event->num_findings;
}

/* Returns finding `index`. Past the end, returns an empty one. */
static const fv_event_finding *finding_at(const fedval_event *event, size_t index)
{
    static const fv_event_finding nothing;
    return index < fedval_event_count_findings(event) ? &event->findings[index] : &nothing;
}

uint32_t fedval_event_get_finding(const fedval_event *event, size_t index)
{
    return finding_at(event, index)->code;
}

uint32_t fedval_event_get_severity(const fedval_event *event, size_t index)
{
    return finding_at(event, index)->severity;
}

uint32_t fedval_event_get_requirement(const fedval_event *event, size_t index)
{
    return finding_at(event, index)->requirement;
}

uint32_t fedval_event_is_new(const fedval_event *event, size_t index)
{
    return finding_at(event, index)->is_new;
}

uint32_t fedval_event_is_accepted(const fedval_event *event, size_t index)
{
    return finding_at(event, index)->is_accepted;
}

const char *fedval_event_get_message(const fedval_event *event, size_t index)
{
    return finding_at(event, index)->message;
}
