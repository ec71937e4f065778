#include "model/report.h"

#include "fedval/evidence.h"

void fedval_report_free(fedval_report *report)
{
    if (report == NULL)
        return;
    fv_arena arena = report->arena; /* the report itself lies in it */
    fv_arena_clear(&arena);
}

const fedval_report *fv_report_or_none(const fedval_report *report)
{
    static const fedval_report none = {.gathered_at = FEDVAL_TIME_UNKNOWN,
                                       .evaluated_at = FEDVAL_TIME_UNKNOWN,
                                       .valid_until = FEDVAL_TIME_UNKNOWN};
    return report == NULL ? &none : report;
}

uint32_t fedval_report_get_verdict(const fedval_report *report)
{
    return fv_report_or_none(report)->verdict;
}

uint32_t fedval_report_get_requirement(const fedval_report *report, uint32_t requirement)
{
    bool is_judged = report != NULL && requirement >= 1 && requirement <= FV_NUM_REQUIREMENTS;
    return is_judged ? report->requirements[requirement] : FEDVAL_VERDICT_NOT_CHECKED;
}

const char *fedval_report_get_domain(const fedval_report *report)
{
    return fv_report_or_none(report)->domain;
}

uint32_t fedval_report_get_side(const fedval_report *report)
{
    return fv_report_or_none(report)->side;
}

uint32_t fedval_report_is_side_inferred(const fedval_report *report)
{
    return fv_report_or_none(report)->side_inferred;
}

uint32_t fedval_report_get_profile(const fedval_report *report)
{
    return fv_report_or_none(report)->profile;
}

int64_t fedval_report_get_evaluated_at(const fedval_report *report)
{
    return fv_report_or_none(report)->evaluated_at;
}

int64_t fedval_report_get_valid_until(const fedval_report *report)
{
    return fv_report_or_none(report)->valid_until;
}

uint32_t fedval_report_get_after_actions(const fedval_report *report)
{
    return fv_report_or_none(report)->after_actions;
}

const char *fedval_report_get_domain_given(const fedval_report *report)
{
    return fv_report_or_none(report)->domain_given;
}

uint32_t fedval_report_get_scope(const fedval_report *report)
{
    return fv_report_or_none(report)->scope;
}

int64_t fedval_report_get_gathered_at(const fedval_report *report)
{
    return fv_report_or_none(report)->gathered_at;
}

size_t fedval_report_count_not_checked(const fedval_report *report)
{
    return fv_report_or_none(report)->num_not_checked;
}

const char *fedval_report_get_not_checked(const fedval_report *report, size_t index)
{
    report = fv_report_or_none(report);
    return index < report->num_not_checked ? report->not_checked[index] : NULL;
}

/* ---- findings ---- */

size_t fedval_report_count_findings(const fedval_report *report)
{
    return fv_report_or_none(report)->num_findings;
}

/* A finding of zeros and NULLs stands past the end. */
static const fv_statement *finding_at(const fedval_report *report, size_t index)
{
    static const fv_statement none;
    report = fv_report_or_none(report);
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

const char *fedval_report_get_finding_target(const fedval_report *report, size_t index)
{
    return finding_at(report, index)->finding.where.target;
}

const char *fedval_report_get_finding_address(const fedval_report *report, size_t index)
{
    return finding_at(report, index)->finding.where.address;
}

uint32_t fedval_report_get_finding_breaks(const fedval_report *report, size_t index)
{
    return finding_at(report, index)->breaks;
}

/* ---- actions ---- */

size_t fedval_report_count_actions(const fedval_report *report)
{
    return fv_report_or_none(report)->num_actions;
}

static const fv_report_action *action_at(const fedval_report *report, size_t index)
{
    static const fv_report_action none;
    report = fv_report_or_none(report);
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

const char *fedval_report_get_action_type(const fedval_report *report, size_t index)
{
    return action_at(report, index)->type;
}

uint32_t fedval_report_get_action_ttl(const fedval_report *report, size_t index)
{
    return action_at(report, index)->ttl;
}

size_t fedval_report_count_action_reasons(const fedval_report *report, size_t index)
{
    return action_at(report, index)->num_why;
}

uint32_t fedval_report_get_action_reason(const fedval_report *report, size_t index, size_t reason)
{
    const fv_report_action *action = action_at(report, index);
    return reason < action->num_why ? action->why[reason] : 0;
}
