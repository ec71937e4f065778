#include "model/report.h"

#include "fedval/evidence.h"

#include <stdlib.h>

void fedval_report_free(fedval_report *report)
{
    if (report == NULL)
        return;
    fv_arena_clear(&report->arena);
    free(report);
}

uint32_t fedval_report_get_verdict(const fedval_report *report)
{
    return report->verdict;
}

uint32_t fedval_report_get_requirement(const fedval_report *report, uint32_t requirement)
{
    bool is_judged = requirement >= 1 && requirement <= FV_NUM_REQUIREMENTS;
    return is_judged ? report->requirements[requirement] : FEDVAL_VERDICT_NOT_CHECKED;
}

const char *fedval_report_get_domain(const fedval_report *report)
{
    return report->domain;
}

uint32_t fedval_report_get_side(const fedval_report *report)
{
    return report->side;
}

uint32_t fedval_report_is_side_inferred(const fedval_report *report)
{
    return report->side_inferred;
}

uint32_t fedval_report_get_profile(const fedval_report *report)
{
    return report->profile;
}

int64_t fedval_report_get_evaluated_at(const fedval_report *report)
{
    return report->evaluated_at;
}

int64_t fedval_report_get_valid_until(const fedval_report *report)
{
    return report->valid_until;
}

uint32_t fedval_report_get_after_actions(const fedval_report *report)
{
    return report->after_actions;
}

/* ---- findings ---- */

size_t fedval_report_count_findings(const fedval_report *report)
{
    return report->num_findings;
}

/* A finding of zeros and NULLs stands past the end. */
static const fv_statement *finding_at(const fedval_report *report, size_t index)
{
    static const fv_statement none;
    return index < report->num_findings ? &report->findings[index] : &none;
}

uint32_t fedval_report_get_finding_code(const fedval_report *report, size_t index)
{
    return finding_at(report, index)->finding.code;
}

uint32_t fedval_report_get_finding_severity(const fedval_report *report, size_t index)
{
    return finding_at(report, index)->finding.severity;
}

uint32_t fedval_report_get_finding_requirement(const fedval_report *report, size_t index)
{
    return finding_at(report, index)->finding.requirement;
}

const char *fedval_report_get_finding_message(const fedval_report *report, size_t index)
{
    return finding_at(report, index)->message;
}

const char *fedval_report_get_finding_expected(const fedval_report *report, size_t index)
{
    return finding_at(report, index)->expected;
}

const char *fedval_report_get_finding_observed(const fedval_report *report, size_t index)
{
    return finding_at(report, index)->observed;
}

const char *fedval_report_get_finding_remedy(const fedval_report *report, size_t index)
{
    return finding_at(report, index)->remedy;
}

/* ---- actions ---- */

size_t fedval_report_count_actions(const fedval_report *report)
{
    return report->num_actions;
}

static const fv_report_action *action_at(const fedval_report *report, size_t index)
{
    static const fv_report_action none;
    return index < report->num_actions ? &report->actions[index] : &none;
}

uint32_t fedval_report_get_action_op(const fedval_report *report, size_t index)
{
    return action_at(report, index)->op;
}

uint32_t fedval_report_get_action_kind(const fedval_report *report, size_t index)
{
    return action_at(report, index)->kind;
}

uint32_t fedval_report_get_action_side(const fedval_report *report, size_t index)
{
    return action_at(report, index)->side;
}

const char *fedval_report_get_action_owner(const fedval_report *report, size_t index)
{
    return action_at(report, index)->owner;
}

const char *fedval_report_get_action_data(const fedval_report *report, size_t index)
{
    return action_at(report, index)->data;
}
