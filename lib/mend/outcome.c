/* Tells the report the verdict after the actions, and what that verdict assumes. */
#include "fedval/policy.h"
#include "mend/mend.h"

#include <string.h>

/* ---- the findings that go away ---- */

static bool is_reason(const fv_report_action *action, uint32_t code)
{
    for (size_t i = 0; i < action->num_why; i++) {
        if (action->why[i] == code)
            return true;
    }
    return false;
}

static void mark_mended(fedval_report *report)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        for (size_t k = 0; k < report->num_actions; k++) {
            report->findings[i].is_mended |=
                is_reason(&report->actions[k], report->findings[i].remark.code);
        }
    }
}

/* ---- what is assumed ---- */

static bool assume(fedval_report *report, size_t room, const char *what)
{
    if (report->assumed == NULL)
        report->assumed = fv_arena_alloc_array(&report->arena, room, sizeof(*report->assumed));
    if (report->assumed == NULL || what == NULL)
        return false;
    report->assumed[report->num_assumed++] = what;
    return true;
}

/* Says which certificate is assumed, such as "a certificate for expe.example.com without
 * cert-expired, cert-key-weak". */
static const char *describe_planned(fv_mend *mend, const fv_planned_certificate *planned)
{
    const char *text = planned->host != NULL
                           ? FV_MEND_JOIN(mend, "a certificate for ", planned->host, " without ")
                           : "a calling certificate without ";
    for (size_t i = 0; text != NULL && i < planned->num_mended; i++) {
        text = FV_MEND_JOIN(mend, text, i > 0 ? ", " : "",
                            fedval_finding_code_to_string(planned->mended[i]));
    }
    return text;
}

static bool is_address_to_choose(const fv_report_action *action)
{
    return action->alternative_to == 0 && action->kind == FEDVAL_ACTION_DNS &&
           action->record.is_to_choose && action->record.type != FEDVAL_TYPE_SRV;
}

static bool list_assumed(fv_mend *mend, fedval_report *report)
{
    size_t room = mend->num_planned + mend->num_actions;
    bool ok = true;
    for (size_t i = 0; ok && i < mend->num_planned; i++) {
        if (mend->planned[i].num_mended > 0)
            ok = assume(report, room, describe_planned(mend, &mend->planned[i]));
    }
    for (size_t i = 0; ok && i < mend->num_actions; i++) {
        if (is_address_to_choose(&mend->actions[i])) {
            ok = assume(report, room,
                        FV_MEND_JOIN(mend, "a public address of ", mend->actions[i].record.owner));
        }
    }
    return ok;
}

/* Returns whether the requirement holds only because a planned certificate is assumed to satisfy
 * it. */
static bool is_assumed(const fv_mend *mend, uint32_t requirement)
{
    for (size_t i = 0; i < mend->num_planned; i++) {
        const fv_planned_certificate *planned = &mend->planned[i];
        if (requirement == 5 && planned->trust != 0)
            return true;
        for (size_t k = 0; k < planned->num_mended; k++) {
            if (fedval_catalogue_find(planned->mended[k])->requirement == requirement)
                return true;
        }
    }
    return false;
}

/* ---- what remains ---- */

static bool is_listed(const fedval_report *report, uint32_t code)
{
    for (size_t i = 0; i < report->num_remaining; i++) {
        if (report->remaining[i] == code)
            return true;
    }
    return false;
}

/* Lists what keeps the verdict after the actions from being a pass. */
static bool list_remaining(fedval_report *report, const fv_judgement *last)
{
    const uint32_t deciding = last->verdict == FEDVAL_VERDICT_FAIL ? FEDVAL_SEVERITY_ERROR
                                                                   : FEDVAL_SEVERITY_INDETERMINATE;
    report->remaining =
        fv_arena_alloc_array(&report->arena, last->remarks.num_items, sizeof(*report->remaining));
    if (report->remaining == NULL)
        return false;
    for (size_t i = 0; i < last->remarks.num_items; i++) {
        const fv_remark *remark = &last->remarks.items[i];
        if (remark->severity == deciding && remark->requirement != 0 && fv_remark_counts(remark) &&
            !is_listed(report, remark->code))
            report->remaining[report->num_remaining++] = remark->code;
    }
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        report->open_after[i] =
            last->required[i] && last->requirements[i] == FEDVAL_VERDICT_NOT_CHECKED;
    }
    return true;
}

/* ---- what comes next ---- */

static bool has_new_srv(const fv_mend *mend)
{
    for (size_t i = 0; i < mend->num_actions; i++) {
        const fv_report_action *action = &mend->actions[i];
        if (action->alternative_to == 0 && action->kind == FEDVAL_ACTION_DNS &&
            action->record.type == FEDVAL_TYPE_SRV)
            return true;
    }
    return false;
}

/* Returns whether the actions need to be done together: after the SRV record alone is mended, a
 * certificate that was seen lacks the new name. */
static bool needs_together(const fv_mend *mend)
{
    bool has_names = false;
    for (size_t i = 0; i < mend->num_planned; i++)
        has_names |= mend->planned[i].has_new_names;
    return has_names && has_new_srv(mend);
}

/* Sets how long caches may hold the records that the actions change. */
static void set_wait(const fv_mend *mend, fedval_report *report)
{
    for (size_t i = 0; i < mend->num_actions; i++) {
        const fv_report_action *action = &mend->actions[i];
        bool is_cached = action->alternative_to == 0 && action->kind == FEDVAL_ACTION_DNS &&
                         (action->op == FEDVAL_OP_REPLACE || action->op == FEDVAL_OP_REMOVE);
        if (is_cached && action->record.ttl > report->wait_s)
            report->wait_s = action->record.ttl;
        report->wait_is_least |= is_cached && action->ttl_authority == FEDVAL_AUTHORITY_CACHE;
    }
}

fedval_status fv_mend_tell_outcome(fv_mend *mend, const fv_judgement *last, fedval_report *report)
{
    report->actions = mend->actions;
    report->num_actions = mend->num_actions;
    report->after_actions = mend->is_beyond ? (uint32_t)FEDVAL_VERDICT_NOT_CHECKED : last->verdict;
    mark_mended(report);
    if (mend->num_actions == 0 || mend->is_beyond)
        return FEDVAL_OK;
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        report->judged_again[i] =
            last->requirements[i] != FEDVAL_VERDICT_NOT_CHECKED && !is_assumed(mend, i);
    }
    report->needs_together = needs_together(mend);
    set_wait(mend, report);
    return list_assumed(mend, report) && list_remaining(report, last) ? FEDVAL_OK
                                                                      : FEDVAL_ERROR_NO_MEMORY;
}
