/* What breaks when: milestones come in order, each later than the beginning, and at each of them
 * the evidence is judged as the milestone says. The first byte chooses the profile. */
#include "fuzz.h"

#include "../judging.h"
#include "fedval/render.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CHECKED = 8 };

static void show(const fedval_timeline *timeline)
{
    char *text = NULL;
    require(fedval_timeline_to_json(timeline, &text, NULL) == FEDVAL_OK);
    fedval_text_free(text);
    require(fedval_timeline_to_text(timeline, NULL, &text, NULL) == FEDVAL_OK);
    fedval_text_free(text);
    require(fedval_timelines_to_icalendar(&timeline, 1, &text, NULL) == FEDVAL_OK);
    fedval_text_free(text);
}

static uint32_t verdict_at(uint32_t profile, const fedval_evidence *evidence, int64_t time)
{
    fedval_policy *policy = NULL;
    fedval_report *report = NULL;
    require(fedval_policy_new(profile, &policy) == FEDVAL_OK);
    require(fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, time) == FEDVAL_OK);
    require(evaluate_once(evidence, policy, NULL, NULL, NULL, &report) == FEDVAL_OK);
    uint32_t verdict = fedval_report_get_verdict(report);
    fedval_report_free(report);
    fedval_policy_free(policy);
    return verdict;
}

static void check_events(const fedval_timeline *timeline, uint32_t profile,
                         const fedval_evidence *evidence)
{
    int64_t before = fedval_timeline_get_from(timeline);
    size_t checked = 0;
    for (size_t i = 0; i < fedval_timeline_count_milestones(timeline); i++) {
        const fedval_milestone *milestone = fedval_timeline_get_milestone(timeline, i);
        int64_t time = fedval_milestone_get_time(milestone);
        require(i == 0 ? time > before : time >= before);
        before = time;
        if (fedval_milestone_get_kind(milestone) != FEDVAL_MILESTONE_FINDINGS ||
            checked++ >= MAX_CHECKED)
            continue;
        require(fedval_milestone_count_findings(milestone) > 0);
        require(fedval_milestone_get_verdict(milestone) == verdict_at(profile, evidence, time));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fedval_evidence *evidence = NULL;
    fedval_timeline *timeline = NULL;
    fedval_policy *policy = NULL;
    fedval_judge *judge = NULL;
    uint32_t profile = size == 0 ? 1 : 1 + data[0] % 6u;
    if (size == 0 || fedval_evidence_new_from_json((const char *)data + 1, size - 1, &evidence,
                                                   NULL) != FEDVAL_OK)
        return 0;
    require(fedval_policy_new(profile, &policy) == FEDVAL_OK);
    require(new_judge(policy, NULL, NULL, NULL, &judge) == FEDVAL_OK);
    require(fedval_timeline_new(judge, 0, evidence, 1893456000, &timeline) == FEDVAL_OK);
    show(timeline);
    check_events(timeline, profile, evidence);
    fedval_timeline_free(timeline);
    fedval_judge_free(judge);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
    return 0;
}
