#include "model/report.h"

#include "fedval/evidence.h"
#include "fedval/trust.h"

void fedval_report_free(fedval_report *report)
{
    if (report == NULL)
        return;
    fv_arena arena = report->arena; /* the report itself lies in it */
    fv_arena_clear(&arena);
}

/* Returns `report`, or an empty report for NULL. */
static const fedval_report *report_or_none(const fedval_report *report)
{
    static const fedval_report none = {.gathered_at = FEDVAL_TIME_UNKNOWN,
                                       .evaluated_at = FEDVAL_TIME_UNKNOWN,
                                       .valid_until = FEDVAL_TIME_UNKNOWN};
    return report == NULL ? &none : report;
}

uint32_t fedval_report_get_verdict(const fedval_report *report)
{
    return report_or_none(report)->verdict;
}

uint32_t fedval_report_get_requirement(const fedval_report *report, uint32_t requirement)
{
    bool is_judged = report != NULL && requirement >= 1 && requirement <= FV_NUM_REQUIREMENTS;
    return is_judged ? report->requirements[requirement] : FEDVAL_VERDICT_NOT_CHECKED;
}

static bool is_set(const bool flags[FV_NUM_REQUIREMENTS + 1], uint32_t requirement)
{
    return requirement >= 1 && requirement <= FV_NUM_REQUIREMENTS && flags[requirement];
}

uint32_t fedval_report_is_required(const fedval_report *report, uint32_t requirement)
{
    return is_set(report_or_none(report)->required, requirement);
}

uint32_t fedval_report_is_judged_again(const fedval_report *report, uint32_t requirement)
{
    return is_set(report_or_none(report)->judged_again, requirement);
}

const char *fedval_report_get_domain(const fedval_report *report)
{
    return report_or_none(report)->domain;
}

uint32_t fedval_report_get_side(const fedval_report *report)
{
    return report_or_none(report)->side;
}

uint32_t fedval_report_is_side_inferred(const fedval_report *report)
{
    return report_or_none(report)->side_inferred;
}

uint32_t fedval_report_get_profile(const fedval_report *report)
{
    return report_or_none(report)->profile;
}

int64_t fedval_report_get_evaluated_at(const fedval_report *report)
{
    return report_or_none(report)->evaluated_at;
}

int64_t fedval_report_get_valid_until(const fedval_report *report)
{
    return report_or_none(report)->valid_until;
}

uint32_t fedval_report_get_after_actions(const fedval_report *report)
{
    return report_or_none(report)->after_actions;
}

size_t fedval_report_count_assumed(const fedval_report *report)
{
    return report_or_none(report)->num_assumed;
}

const char *fedval_report_get_assumed(const fedval_report *report, size_t index)
{
    return index < fedval_report_count_assumed(report) ? report->assumed[index] : NULL;
}

size_t fedval_report_count_remaining(const fedval_report *report)
{
    return report_or_none(report)->num_remaining;
}

uint32_t fedval_report_get_remaining(const fedval_report *report, size_t index)
{
    return index < fedval_report_count_remaining(report) ? report->remaining[index] : 0;
}

uint32_t fedval_report_is_open_after(const fedval_report *report, uint32_t requirement)
{
    return is_set(report_or_none(report)->open_after, requirement);
}

const char *fedval_report_get_domain_given(const fedval_report *report)
{
    return report_or_none(report)->domain_given;
}

uint32_t fedval_report_get_scope(const fedval_report *report)
{
    return report_or_none(report)->scope;
}

int64_t fedval_report_get_gathered_at(const fedval_report *report)
{
    return report_or_none(report)->gathered_at;
}

size_t fedval_report_count_not_checked(const fedval_report *report)
{
    return report_or_none(report)->num_not_checked;
}

uint32_t fedval_report_get_not_checked_kind(const fedval_report *report, size_t index)
{
    report = report_or_none(report);
    return index < report->num_not_checked ? report->not_checked[index] : 0;
}

const char *fedval_report_get_not_checked(const fedval_report *report, size_t index)
{
    return fedval_not_checked_to_string(fedval_report_get_not_checked_kind(report, index));
}

uint32_t fedval_report_get_not_checked_hint(const fedval_report *report, size_t index)
{
    report = report_or_none(report);
    return index < report->num_not_checked ? report->not_checked_hints[index]
                                           : (uint32_t)FEDVAL_HINT_NONE;
}

const fedval_policy *fedval_report_get_policy(const fedval_report *report)
{
    return report_or_none(report)->policy;
}

/* ---- anchors ---- */

const fv_report_anchors *fv_report_anchors_of(const fv_anchors_by_class anchors,
                                              uint32_t anchor_class)
{
    return &anchors[anchor_class < FV_NUM_ANCHOR_CLASSES ? anchor_class : 0];
}

const char *fv_report_anchors_digest(const fv_anchors_by_class anchors, uint32_t anchor_class)
{
    const char *digest = fv_report_anchors_of(anchors, anchor_class)->sha256;
    return digest[0] == '\0' ? NULL : digest;
}

size_t fedval_report_get_num_anchors(const fedval_report *report, uint32_t anchor_class)
{
    return fv_report_anchors_of(report_or_none(report)->anchors, anchor_class)->count;
}

const char *fedval_report_get_anchors_sha256(const fedval_report *report, uint32_t anchor_class)
{
    return fv_report_anchors_digest(report_or_none(report)->anchors, anchor_class);
}

/* ---- the SRV record ---- */

const char *fedval_report_get_dns_source(const fedval_report *report)
{
    return report_or_none(report)->dns_sources.text;
}

const char *fedval_report_get_srv_owner(const fedval_report *report)
{
    return report_or_none(report)->srv_owner;
}

uint32_t fedval_report_get_srv_outcome(const fedval_report *report)
{
    return report_or_none(report)->srv_outcome;
}

const fedval_step *fedval_report_get_srv_step(const fedval_report *report)
{
    return report == NULL ? NULL : &report->srv;
}

/* ---- what hangs on it ---- */

size_t fedval_report_count_endpoints(const fedval_report *report)
{
    return report_or_none(report)->num_endpoints;
}

const fedval_endpoint *fedval_report_get_endpoint(const fedval_report *report, size_t index)
{
    return index < fedval_report_count_endpoints(report) ? &report->endpoints[index] : NULL;
}

const fedval_presented *fedval_report_get_client(const fedval_report *report)
{
    return report == NULL ? NULL : &report->client;
}

size_t fedval_report_count_findings(const fedval_report *report)
{
    return report_or_none(report)->num_findings;
}

const fedval_finding *fedval_report_get_finding(const fedval_report *report, size_t index)
{
    return index < fedval_report_count_findings(report) ? &report->findings[index] : NULL;
}

size_t fedval_report_get_num_findings_left_out(const fedval_report *report)
{
    return report_or_none(report)->num_findings_left_out;
}

size_t fedval_report_count_actions(const fedval_report *report)
{
    return report_or_none(report)->num_actions;
}

const fedval_action *fedval_report_get_action(const fedval_report *report, size_t index)
{
    return index < fedval_report_count_actions(report) ? &report->actions[index] : NULL;
}

uint32_t fedval_report_has_joint_actions(const fedval_report *report)
{
    return report_or_none(report)->needs_together;
}

uint32_t fedval_report_get_wait_s(const fedval_report *report)
{
    return report_or_none(report)->wait_s;
}

uint32_t fedval_report_is_wait_least(const fedval_report *report)
{
    return report_or_none(report)->wait_is_least;
}

const char *fedval_report_get_partner_alternative(const fedval_report *report)
{
    return report_or_none(report)->partner_alternative;
}
