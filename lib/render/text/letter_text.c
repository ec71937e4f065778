/* Letters about a report: to whoever runs the domain, and from them to their partner. */
#include "fedval/policy.h"
#include "fedval/trust.h"
#include "render/text/report_text.h"

#include <string.h>

/* The words for a verdict; an open one is not called a fault. */
static const char *words_for(uint32_t verdict)
{
    switch (verdict) {
    case FEDVAL_VERDICT_PASS:
        return "is sound, as far as DNS and certificates tell";
    case FEDVAL_VERDICT_FAIL:
        return "does not work, as far as DNS and certificates tell";
    default:
        return "could not be judged from what was seen of DNS and certificates";
    }
}

static void put_state(fv_out *out, const char *before, const fedval_report *report)
{
    bool is_first = true;
    fv_out_text(out, before);
    fv_out_text(out, report->domain);
    fv_out_text(out, " ");
    fv_out_text(out, words_for(report->verdict));
    for (size_t i = 0; i < report->num_findings; i++) {
        if (!fv_remark_is_fault(&report->findings[i].remark))
            continue;
        fv_out_text(out, is_first ? ":" : "");
        fv_out_newline(out);
        fv_out_text(out, "  - ");
        fv_out_text(out, fedval_finding_get_message(&report->findings[i]));
        is_first = false;
    }
    fv_out_text(out, is_first ? "." : "");
    fv_out_newline(out);
}

/* ---- changes ---- */

static void put_change(fv_out *out, const fv_report_action *action)
{
    fv_out_text(out, "  - ");
    if (action->kind == FEDVAL_ACTION_DNS) {
        fv_out_text(out, "DNS, ");
        fv_out_text(out, fedval_op_to_string(action->op));
        fv_out_text(out, ": ");
        fv_text_dns_record(out, action);
    } else if (action->kind == FEDVAL_ACTION_SAN) {
        fv_out_text(out, "certificate, ");
        fv_out_text(out, fedval_op_to_string(action->op));
        fv_out_text(out, " SAN DNS ");
        fv_out_text(out, action->data);
        fv_text_which(out, action);
    } else {
        fv_out_text(out, action->data);
        fv_text_which(out, action);
    }
    fv_out_newline(out);
}

static void put_changes(fv_out *out, const fedval_report *report, uint32_t side, const char *before)
{
    if (!fv_report_has_changes(report, side))
        return;
    fv_out_newline(out);
    fv_out_text(out, before);
    fv_out_newline(out);
    for (size_t i = 0; i < report->num_actions; i++) {
        if (fv_action_is_change_of(&report->actions[i], side))
            put_change(out, &report->actions[i]);
    }
}

static uint32_t other_side(uint32_t side)
{
    return side == FEDVAL_SIDE_CISCO       ? FEDVAL_SIDE_MICROSOFT
           : side == FEDVAL_SIDE_MICROSOFT ? FEDVAL_SIDE_CISCO
                                           : FEDVAL_SIDE_UNKNOWN;
}

static void put_check(fv_out *out, const fedval_report *report, const char *before)
{
    fv_out_newline(out);
    fv_out_text(out, before);
    fv_out_text(out, report->domain);
    fv_out_newline(out);
}

bool fv_text_letter_to_owner(fv_out *out, const fedval_report *report)
{
    if (!fedval_report_has_owner_letter(report))
        return false;
    fv_out_text(out, "To the administrators of ");
    fv_out_text(out, report->domain);
    fv_out_newline(out);
    fv_out_newline(out);
    put_state(out, "SIP federation with your domain ", report);
    put_changes(out, report, report->side, "Please change on your side, all of it together:");
    put_changes(out, report, FEDVAL_SIDE_UNKNOWN, "On one side or the other:");
    put_check(out, report, "To see whether it is mended: fedval check ");
    return true;
}

/* ---- to the partner ---- */

static void put_wanted(fv_out *out, const fedval_report *report)
{
    const char *root = fedval_report_get_private_root(report);
    fv_out_newline(out);
    fv_out_text(out, "Please see on your side that");
    fv_out_newline(out);
    fv_out_text(out, "  - the domain ");
    fv_out_text(out, report->domain);
    fv_out_text(out, " is allowed, if you keep a list of allowed domains");
    fv_out_newline(out);
    if (root == NULL)
        return;
    fv_out_text(out, "  - our private root is trusted: ");
    fv_out_text(out, root);
    fv_out_newline(out);
}

void fv_text_letter_to_partner(fv_out *out, const fedval_report *report)
{
    uint32_t other = other_side(report->side);
    fv_out_text(out, "To the administrators of our federation partner");
    fv_out_newline(out);
    fv_out_newline(out);
    put_state(out, "SIP federation with our domain ", report);
    put_changes(out, report, report->side, "We are going to change on our side:");
    if (fv_report_has_changes(report, report->side) && report->wait_s > 0) {
        fv_out_text(out, "Caches may hold the old answers for ");
        fv_out_u64(out, report->wait_s);
        fv_out_text(out, report->wait_is_least ? " s or longer after that." : " s after that.");
        fv_out_newline(out);
    }
    if (other != FEDVAL_SIDE_UNKNOWN)
        put_changes(out, report, other, "Please change on your side:");
    if (report->partner_alternative != NULL) {
        fv_out_newline(out);
        fv_out_text(out, "In place of our change, an on-premises Microsoft side could do this:");
        fv_out_newline(out);
        fv_out_text(out, "  ");
        fv_out_text(out, report->partner_alternative);
        fv_out_newline(out);
    }
    put_wanted(out, report);
    put_check(out, report, "To check our side from yours: fedval check ");
}
