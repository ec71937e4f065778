/* Works out from evidence what breaks when. It judges at each time at which the verdict can change,
 * and one second before. */
#include "drift/timeline.h"

#include "base/calendar.h"
#include "base/code.h"
#include "drift/due_times.h"
#include "drift/rule_dates.h"
#include "judge/finding.h"
#include "judge/judge.h"

#include <stdlib.h>
#include <string.h>

static const fv_code kinds[] = {
    {FEDVAL_MILESTONE_FINDINGS, "findings"},
    {FEDVAL_MILESTONE_RULE, "rule"},
};

FV_CODE_FUNCTIONS(milestone, kinds)

/* One judgement and all that it needs. */
typedef struct look {
    fv_arena arena;
    fv_rules_input input;
    fv_judgement judgement;
} look;

static fedval_status open_look(look *at, const fv_rules_input *input, int64_t time)
{
    fv_arena_init(&at->arena);
    at->input = *input;
    at->input.time = time;
    return fv_judgement_make(&at->arena, &at->input, &at->judgement);
}

static void close_look(look *at)
{
    fv_arena_clear(&at->arena);
}

/* ---- the findings that come and go ---- */

static bool is_same(const fv_remark *a, const fv_remark *b)
{
    return a->code == b->code && a->severity == b->severity && a->fault == b->fault &&
           a->acceptance == b->acceptance && a->where.role == b->where.role &&
           fv_is_same_text(a->where.target, b->where.target) &&
           fv_is_same_text(a->where.address, b->where.address) &&
           fv_bytes_equal(a->where.der, b->where.der);
}

static size_t count_same(const fv_remarks *remarks, size_t num, const fv_remark *remark)
{
    size_t count = 0;
    for (size_t i = 0; i < num; i++)
        count += is_same(&remarks->items[i], remark);
    return count;
}

/* Returns whether remark `index` of `remarks` is not in `others`, the remarks at the other side
 * of the milestone: it came or went there. Notes are never alone. */
static bool is_alone(const fv_remarks *remarks, size_t index, const fv_remarks *others)
{
    const fv_remark *remark = &remarks->items[index];
    return remark->severity > FEDVAL_SEVERITY_NOTE &&
           count_same(remarks, index + 1, remark) > count_same(others, others->num_items, remark);
}

/* Whether a remark before `index` came or went too and has the same message, so that the milestone
 * tells it once. Example: a CA's certificate expires, and two chains hold it. */
static bool is_told(const fv_remarks *remarks, size_t index, const fv_remarks *others)
{
    const fv_remark *remark = &remarks->items[index];
    for (size_t i = 0; i < index; i++) {
        const fv_remark *told = &remarks->items[i];
        if (told->severity == remark->severity &&
            fv_remark_counts(told) == fv_remark_counts(remark) &&
            fv_remark_is_same_message(told, remark) && is_alone(remarks, i, others))
            return true;
    }
    return false;
}

static fedval_status add_finding(fedval_timeline *timeline, fedval_milestone *milestone,
                                 const look *at, const fv_remark *remark, bool is_new)
{
    fedval_finding finding;
    void *items = milestone->findings;
    if (!fv_finding_tell(&at->judgement.scene, remark, &finding))
        return FEDVAL_ERROR_NO_MEMORY;
    const char *text = fv_finding_text(&finding, FV_TEXT_MESSAGE);
    fv_parts parts;
    if (text == NULL || !fv_finding_find_values(&finding, &timeline->arena, &parts))
        return FEDVAL_ERROR_NO_MEMORY;
    const char *message = fv_arena_copy_text(&timeline->arena, text, strlen(text));
    fv_milestone_finding *slot = fv_arena_append(&timeline->arena, &items, &milestone->num_findings,
                                                 &milestone->capacity, sizeof(*slot));
    if (message == NULL || slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    milestone->findings = items;
    *slot = (fv_milestone_finding){.code = remark->code,
                                   .severity = remark->severity,
                                   .requirement = remark->requirement,
                                   .is_new = is_new,
                                   .is_accepted = remark->acceptance == FEDVAL_ACCEPTANCE_IN_FORCE,
                                   .message = message,
                                   .message_parts = parts};
    return FEDVAL_OK;
}

static fedval_status add_side(fedval_timeline *timeline, fedval_milestone *milestone,
                              const look *at, const look *other, bool is_new)
{
    const fv_remarks *remarks = &at->judgement.remarks, *others = &other->judgement.remarks;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < remarks->num_items; i++) {
        if (is_alone(remarks, i, others) && !is_told(remarks, i, others))
            status = add_finding(timeline, milestone, at, &remarks->items[i], is_new);
    }
    return status;
}

/* ---- milestones ---- */

static int compare_milestones(const void *a, const void *b)
{
    const fedval_milestone *first = a, *second = b;
    if (first->time != second->time)
        return first->time < second->time ? -1 : 1;
    return (first->kind > second->kind) - (first->kind < second->kind);
}

static fedval_status append(fedval_timeline *timeline, const fedval_milestone *milestone)
{
    void *items = timeline->milestones;
    fedval_milestone *slot = fv_arena_append(&timeline->arena, &items, &timeline->num_milestones,
                                             &timeline->capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    timeline->milestones = items;
    *slot = *milestone;
    return FEDVAL_OK;
}

static fedval_status compare(fedval_timeline *timeline, const look *before, const look *now)
{
    fedval_milestone milestone = {.time = now->input.time,
                                  .kind = FEDVAL_MILESTONE_FINDINGS,
                                  .before = before->judgement.verdict,
                                  .verdict = now->judgement.verdict};
    fedval_status status = add_side(timeline, &milestone, now, before, true);
    if (status == FEDVAL_OK)
        status = add_side(timeline, &milestone, before, now, false);
    bool is_one = milestone.num_findings > 0 || milestone.before != milestone.verdict;
    return status == FEDVAL_OK && is_one ? append(timeline, &milestone) : status;
}

/* ---- what is accepted ---- */

static bool has_accepted(const fedval_timeline *timeline, uint32_t code)
{
    for (size_t i = 0; i < timeline->num_accepted; i++) {
        if (timeline->accepted[i] == code)
            return true;
    }
    return false;
}

/* Returns the code under which the policy accepts the remark: that of its fault (a standby has
 * one) if the policy names it, else its own. */
static uint32_t accepted_code(const fv_remark *remark, const fv_rules_input *input)
{
    for (size_t i = 0; i < input->policy->num_acceptances; i++) {
        if (remark->fault != 0 && input->policy->acceptances[i].code == remark->fault)
            return remark->fault;
    }
    return remark->code;
}

static fedval_status note_accepted(fedval_timeline *timeline, const look *at)
{
    const fv_remarks *remarks = &at->judgement.remarks;
    for (size_t i = 0; i < remarks->num_items; i++) {
        uint32_t code = accepted_code(&remarks->items[i], &at->input);
        void *items = timeline->accepted;
        if (remarks->items[i].acceptance != FEDVAL_ACCEPTANCE_IN_FORCE ||
            has_accepted(timeline, code))
            continue;
        uint32_t *slot = fv_arena_append(&timeline->arena, &items, &timeline->num_accepted,
                                         &timeline->accepted_capacity, sizeof(*slot));
        if (slot == NULL)
            return FEDVAL_ERROR_NO_MEMORY;
        timeline->accepted = items;
        *slot = code;
    }
    return FEDVAL_OK;
}

/* ---- the walk ---- */

/* A path that is found only later can hold certificates with further end times, so they are
 * collected at each step. */
static fedval_status step(fedval_timeline *timeline, const fv_rules_input *input,
                          fv_due_times *times, int64_t time)
{
    look before, now;
    fedval_status status = open_look(&before, input, time - 1);
    if (status == FEDVAL_OK) {
        status = open_look(&now, input, time);
        if (status == FEDVAL_OK)
            status = compare(timeline, &before, &now);
        if (status == FEDVAL_OK)
            status = note_accepted(timeline, &now);
        if (status == FEDVAL_OK)
            fv_due_times_collect(times, &now.judgement);
        close_look(&now);
    }
    close_look(&before);
    return status;
}

static fedval_status begin(fedval_timeline *timeline, const fv_rules_input *input,
                           fv_due_times *times)
{
    look first;
    fedval_status status = open_look(&first, input, timeline->from);
    if (status == FEDVAL_OK) {
        timeline->verdict = first.judgement.verdict;
        fv_due_times_collect(times, &first.judgement);
        status = note_accepted(timeline, &first);
        if (status == FEDVAL_OK)
            status = fv_rule_dates_append(timeline, &first.judgement, append);
    }
    close_look(&first);
    return status;
}

static fedval_status fill(fedval_timeline *timeline, const fv_rules_input *input)
{
    fv_due_times times = {.arena = &timeline->arena, .after = timeline->from};
    int64_t time = timeline->from;
    const char *domain = input->evidence->domain;
    timeline->domain = fv_arena_copy_text(&timeline->arena, domain, strlen(domain));
    timeline->profile = input->policy->profile;
    if (timeline->domain == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = begin(timeline, input, &times);
    while (status == FEDVAL_OK && (time = fv_due_times_next(&times, time)) != FV_TIME_UNKNOWN)
        status = step(timeline, input, &times, time);
    if (times.failed)
        status = FEDVAL_ERROR_NO_MEMORY;
    if (timeline->num_milestones > 1) {
        qsort(timeline->milestones, timeline->num_milestones, sizeof(fedval_milestone),
              compare_milestones);
    }
    return status;
}

/* The rules judge view 0. As for a report, the view that is to be judged is put there. */
static fedval_status fill_from_judged_view(fedval_timeline *timeline, const fv_rules_input *input)
{
    uint32_t view = fv_evidence_judged_view(input->evidence);
    fedval_evidence *copy = NULL;
    if (view == 0)
        return fill(timeline, input);
    fedval_status status = fv_evidence_copy_with_first(input->evidence, view, &copy);
    if (status != FEDVAL_OK)
        return status;
    fv_rules_input first = *input;
    first.evidence = copy;
    status = fill(timeline, &first);
    fedval_evidence_free(copy);
    return status;
}

fedval_status fedval_timeline_new(const fedval_judge *judge, size_t index,
                                  const fedval_evidence *evidence, int64_t from,
                                  fedval_timeline **out_timeline)
{
    if (judge == NULL || evidence == NULL || out_timeline == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!judge->is_sealed)
        return FEDVAL_ERROR_STATE;
    if (index >= judge->num_rows)
        return FEDVAL_ERROR_ARGUMENT;
    fv_rules_input input = fv_judge_input(judge, fv_judge_choose(judge, index, evidence));
    input.evidence = evidence;
    if (from == FV_TIME_UNKNOWN)
        from = input.time != FV_TIME_UNKNOWN ? input.time : evidence->time;
    if (from < FV_POLICY_FIRST_TIME || from > FV_POLICY_LAST_TIME)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_timeline *timeline = calloc(1, sizeof(*timeline));
    if (timeline == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&timeline->arena);
    timeline->from = from;
    fedval_status status = fill_from_judged_view(timeline, &input);
    if (status == FEDVAL_OK)
        *out_timeline = timeline;
    else
        fedval_timeline_free(timeline);
    return status;
}

fedval_status fedval_timeline_set_source(fedval_timeline *timeline, const char *source,
                                         size_t source_len)
{
    if (timeline == NULL || source == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_text text = fv_text_given(source, source_len);
    const char *copy = fv_arena_copy_text(&timeline->arena, text.data, text.len);
    if (copy == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    timeline->source = copy;
    return FEDVAL_OK;
}

void fedval_timeline_free(fedval_timeline *timeline)
{
    if (timeline == NULL)
        return;
    fv_arena_clear(&timeline->arena);
    free(timeline);
}
