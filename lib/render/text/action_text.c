/* The actions, one side after the other, then the verdict that would follow from them. */
#include "fedval/policy.h"
#include "render/text/report_text.h"

#include <string.h>

#define KIND_COLUMN 5
#define CHANGE_COLUMN 18

static const char *const kind_texts[] = {
    [FEDVAL_ACTION_DNS] = "DNS",       [FEDVAL_ACTION_SAN] = "certificate",
    [FEDVAL_ACTION_TRUST] = "trust",   [FEDVAL_ACTION_PARTNER] = "partner",
    [FEDVAL_ACTION_DOMAIN] = "domain",
};

const char *fv_text_side(uint32_t side)
{
    return side == FEDVAL_SIDE_MICROSOFT ? "the Microsoft side"
           : side == FEDVAL_SIDE_CISCO   ? "the Cisco side"
                                         : "either side";
}

/* ---- one line ---- */

void fv_text_dns_record(fv_out *out, const fv_report_action *action)
{
    fv_out_text(out, action->owner);
    /* prose, because signatures are made by a signer, not typed into a zone */
    if (action->record.type == FV_TYPE_RRSIG) {
        fv_out_text(out, " ");
        fv_out_prose(out, action->data, CHANGE_COLUMN);
        return;
    }
    fv_out_text(out, " ");
    fv_out_u64(out, action->record.ttl);
    fv_out_text(out, " IN ");
    fv_out_text(out, fedval_action_get_type(action));
    fv_out_text(out, " ");
    fv_out_text(out, action->data);
}

static void put_dns(fv_out *out, const fv_report_action *action)
{
    fv_out_text(out, "DNS ");
    fv_out_text(out, fedval_op_to_string(action->op));
    fv_out_pad(out, CHANGE_COLUMN);
    if (action->record.type != FV_TYPE_RRSIG)
        fv_out_begin_record(out);
    fv_text_dns_record(out, action);
    if (fv_action_is_unasked(action))
        fv_out_more_prose(out, "(it was not asked for: it may be there already)", CHANGE_COLUMN);
}

static bool is_same_certificate(const fv_report_action *a, const fv_report_action *b)
{
    return b->kind == FEDVAL_ACTION_SAN && a->side == b->side && a->reissue == b->reissue &&
           (a->reissue != 0 || fv_text_equal_nocase(fv_text_of(a->owner), fv_text_of(b->owner)));
}

void fv_text_names_left_out(fv_out *out, const fv_report_action *action)
{
    if (action->num_names_left_out == 0)
        return;
    fv_out_more_prose(out, "and", CHANGE_COLUMN);
    fv_out_text(out, " ");
    fv_out_u64(out, action->num_names_left_out);
    fv_out_text(out, " more");
}

/* A new certificate that has both roles is made once, so its purposes are told with it. */
static const char *needs_of_both(const fv_report_action *action)
{
    if (!action->is_for_both ||
        (action->kind == FEDVAL_ACTION_TRUST && action->op == FEDVAL_OP_ADD))
        return NULL;
    return "; the server needs serverAuth in it, the caller clientAuth, unless it has no extended "
           "key usage at all";
}

static const char *role_words(const fv_report_action *action)
{
    bool is_calling = action->role == FEDVAL_ROLE_CLIENT;
    if (action->is_for_both) {
        return is_calling ? "(the calling certificate, which is the server's too"
                          : "(the server's and the calling certificate";
    }
    return is_calling ? "(the calling certificate" : "(the server's";
}

void fv_text_which(fv_out *out, const fv_report_action *action)
{
    const char *needs = needs_of_both(action);
    if (action->certificate == NULL) {
        if (action->kind == FEDVAL_ACTION_SAN)
            fv_out_more_prose(out, "(none was seen: it may hold it already)", CHANGE_COLUMN);
        return;
    }
    fv_out_more_prose(out, role_words(action), CHANGE_COLUMN);
    if (action->address != NULL) {
        fv_out_more_prose(out, "at", CHANGE_COLUMN);
        fv_out_more_prose(out, action->address, CHANGE_COLUMN);
        if (action->is_elsewhere)
            fv_out_more_prose(out, "and every other peer that shows it", CHANGE_COLUMN);
    }
    fv_out_text(out, ",");
    fv_out_more_prose(out, action->certificate, CHANGE_COLUMN);
    if (needs != NULL)
        fv_out_prose(out, needs, CHANGE_COLUMN);
    fv_out_text(out, ")");
}

/* Writes all names of one certificate on one line. Returns how many actions that line covers. */
static size_t put_san(fv_out *out, const fedval_report *report, size_t first)
{
    const fv_report_action *head = &report->actions[first];
    uint32_t op = 0;
    size_t i = first;
    fv_out_text(out, kind_texts[FEDVAL_ACTION_SAN]);
    fv_out_pad(out, CHANGE_COLUMN);
    for (; i < report->num_actions && is_same_certificate(head, &report->actions[i]); i++) {
        const fv_report_action *action = &report->actions[i];
        fv_out_text(out, i > first ? ", " : "");
        if (action->op != op) {
            fv_out_text(out, fedval_op_to_string(action->op));
            fv_out_text(out, i == first ? " SAN " : " ");
        }
        fv_out_text(out, action->data);
        fv_text_names_left_out(out, action);
        op = action->op;
    }
    fv_text_which(out, head);
    return i - first;
}

static void put_hurts(fv_out *out, const fv_report_action *action)
{
    if (action->hurts == NULL)
        return;
    fv_out_text(out, "     BUT it ");
    fv_out_prose(out, action->hurts, KIND_COLUMN);
    fv_out_newline(out);
}

/* What is left in a cache is not what the zone says. */
bool fv_text_ttl_note(fv_out *out, const fv_report_action *action)
{
    if (action->ttl_authority != FEDVAL_AUTHORITY_CACHE || action->op == FEDVAL_OP_ADD)
        return false;
    fv_out_pad(out, CHANGE_COLUMN);
    fv_out_text(out, "(was ");
    fv_out_u64(out, action->record.ttl);
    fv_out_text(out, " s in this cache; the zone's TTL is not known)");
    return true;
}

static size_t put_action(fv_out *out, const fedval_report *report, size_t index, size_t number)
{
    const fv_report_action *action = &report->actions[index];
    size_t taken = 1;
    fv_out_text(out, "  ");
    if (action->alternative_to != 0)
        fv_out_text(out, "or");
    else if (fv_action_is_change(action))
        fv_out_u64(out, number);
    fv_out_pad(out, KIND_COLUMN);
    if (action->kind == FEDVAL_ACTION_DNS) {
        put_dns(out, action);
    } else if (action->kind == FEDVAL_ACTION_SAN) {
        taken = put_san(out, report, index);
    } else {
        fv_out_text(out, action->kind <= FEDVAL_ACTION_DOMAIN ? kind_texts[action->kind] : "");
        fv_out_pad(out, CHANGE_COLUMN);
        fv_out_prose(out, action->data, CHANGE_COLUMN);
        fv_text_which(out, action);
    }
    fv_out_newline(out);
    if (fv_text_ttl_note(out, action))
        fv_out_newline(out);
    put_hurts(out, action);
    return taken;
}

/* ---- the list of one side ---- */

static size_t count_lines(const fedval_report *report, uint32_t side)
{
    size_t lines = 0;
    for (size_t i = 0; i < report->num_actions; i++) {
        const fv_report_action *action = &report->actions[i];
        bool goes_on = i > 0 && action->kind == FEDVAL_ACTION_SAN &&
                       report->actions[i - 1].kind == FEDVAL_ACTION_SAN &&
                       is_same_certificate(&report->actions[i - 1], action);
        lines += action->side == side && !goes_on && fv_action_is_change(action);
    }
    return lines;
}

static void put_together(fv_out *out, size_t num_lines)
{
    static const char *const words[] = {"",         "",         "both",   "all three",
                                        "all four", "all five", "all six"};
    if (num_lines < 2)
        return;
    fv_out_text(out, ", ");
    fv_out_text(out, num_lines < sizeof(words) / sizeof(words[0]) ? words[num_lines] : "all");
    fv_out_text(out, " together");
}

static void put_side(fv_out *out, const fedval_report *report, uint32_t side)
{
    size_t num_lines = count_lines(report, side), number = 1;
    if (num_lines == 0)
        return;
    fv_out_newline(out);
    fv_out_styled(out, FV_BOLD, "CHANGE");
    fv_out_text(out, ", on ");
    fv_out_text(out, fv_text_side(side));
    put_together(out, num_lines);
    if (report->needs_together && side == report->side)
        fv_out_text(out, " (the SRV record alone leads to cert-name-mismatch)");
    fv_out_newline(out);
    for (size_t i = 0; i < report->num_actions;) {
        if (report->actions[i].side != side) {
            i++;
            continue;
        }
        size_t first = i;
        i += put_action(out, report, i, number);
        number += fv_action_is_change(&report->actions[first]);
    }
}

/* ---- what follows ---- */

/* Writes the requirements that were judged again in words, such as "DNS, names". */
static void put_judged_again(fv_out *out, const fedval_report *report)
{
    const char *last = NULL;
    for (size_t r = 1; r <= FV_NUM_REQUIREMENTS; r++) {
        const char *judged = fv_text_requirements[r].judged;
        if (!report->judged_again[r] || (last != NULL && strcmp(last, judged) == 0))
            continue;
        fv_out_text(out, last == NULL ? "" : ", ");
        fv_out_text(out, judged);
        last = judged;
    }
    fv_out_text(out, last == NULL ? "nothing" : "");
}

static void put_basis(fv_out *out, const fedval_report *report)
{
    fv_out_text(out, "  Judged again: ");
    put_judged_again(out, report);
    for (size_t i = 0; i < report->num_assumed; i++) {
        fv_out_text(out, i == 0 ? "; assumed:" : ",");
        fv_out_more_prose(out, report->assumed[i], 4);
    }
    fv_out_text(out, ".");
    fv_out_newline(out);
}

/* Says what keeps the verdict from being a pass: "for tls-refused; R4 and R5 were not judged". */
static void put_remaining(fv_out *out, const fedval_report *report)
{
    char text[] = "R0";
    bool is_first = true;
    for (size_t i = 0; i < report->num_remaining; i++) {
        fv_out_text(out, i == 0 ? ", for " : ", ");
        fv_out_text(out, fedval_finding_code_to_string(report->remaining[i]));
    }
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        if (!report->open_after[i])
            continue;
        text[1] = (char)('0' + i);
        fv_out_text(out, is_first ? "; still to be judged: " : ", ");
        fv_out_text(out, text);
        is_first = false;
    }
}

void fv_text_after_actions(fv_out *out, const fedval_report *report)
{
    static const struct {
        const char *text;
        enum fv_style style;
    } outcomes[] = {
        [FEDVAL_VERDICT_PASS] = {"PASS", FV_GREEN},
        [FEDVAL_VERDICT_FAIL] = {"still FAIL", FV_RED},
        [FEDVAL_VERDICT_INDETERMINATE] = {"INDETERMINATE", FV_YELLOW},
    };
    if (report->after_actions == FEDVAL_VERDICT_NOT_CHECKED) {
        fv_out_text(out, "  A check of the new domain will say whether it works.");
        fv_out_newline(out);
        return;
    }
    if (report->after_actions == 0 || report->after_actions > FEDVAL_VERDICT_INDETERMINATE)
        return;
    fv_out_text(out, "  With these changes: ");
    fv_out_styled(out, outcomes[report->after_actions].style, outcomes[report->after_actions].text);
    put_remaining(out, report);
    fv_out_text(out, ".");
    if (report->wait_s > 0) {
        fv_out_text(out, " Caches may hold the old answer for ");
        fv_out_u64(out, report->wait_s);
        fv_out_text(out, report->wait_is_least ? " s or longer." : " s.");
    }
    fv_out_newline(out);
    put_basis(out, report);
}

void fv_text_actions(fv_out *out, const fedval_report *report)
{
    if (report->num_actions == 0)
        return;
    put_side(out, report, FEDVAL_SIDE_CISCO);
    put_side(out, report, FEDVAL_SIDE_MICROSOFT);
    put_side(out, report, FEDVAL_SIDE_UNKNOWN);
    fv_text_after_actions(out, report);
    if (report->partner_alternative != NULL) {
        fv_out_text(out, "  Or, for R2 alone, on an on-premises partner's side: ");
        fv_out_text(out, report->partner_alternative); /* to be copied: never wrapped */
        fv_out_newline(out);
    }
}
