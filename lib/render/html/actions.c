/* What to change: one list a side, each change to copy. */
#include "render/html/parts.h"
#include "render/text/report_text.h"

#include "fedval/policy.h"

/* What is in `words`, where there is something. */
static void put_aside(fv_html *out)
{
    bool has_words = out->words.buf.len > 0;
    fv_html_raw(out, has_words ? "<p class=\"how\">" : "");
    fv_html_words(out);
    fv_html_raw(out, has_words ? "</p>" : "");
}

static void put_dns(fv_html *out, const fv_report_action *action)
{
    fv_out *words = &out->words;
    fv_html_element(out, "DNS <b>", fedval_op_to_string(action->op), "</b>");
    fv_html_raw(out, "<pre tabindex=\"0\">");
    fv_text_dns_record(words, action);
    fv_html_words(out);
    fv_html_raw(out, "</pre>");
    (void)fv_text_ttl_note(words, action);
    put_aside(out);
}

static void put_san(fv_html *out, const fv_report_action *action)
{
    fv_html_raw(out, "certificate");
    if (action->owner != NULL)
        fv_html_element(out, " of <bdi>", action->owner, "</bdi>");
    fv_html_element(out, ": <b>", fedval_op_to_string(action->op), "</b> SAN DNS");
    fv_html_element(out, "<pre tabindex=\"0\">", action->data, "</pre>");
    fv_text_names_left_out(&out->words, action);
    fv_text_which(&out->words, action);
    put_aside(out);
}

static void put_other(fv_html *out, const fv_report_action *action)
{
    fv_html_text(out, fedval_action_kind_to_string(action->kind));
    fv_html_element(out, "<pre tabindex=\"0\">", action->data, "</pre>");
    fv_text_which(&out->words, action);
    put_aside(out);
}

static void put_action(fv_html *out, const fv_report_action *action)
{
    fv_html_raw(out,
                fv_action_is_change(action) ? "<li class=\"do\"><div>" : "<li><span></span><div>");
    if (action->alternative_to != 0)
        fv_html_raw(out, "<b>or</b> ");
    if (action->kind == FEDVAL_ACTION_DNS)
        put_dns(out, action);
    else if (action->kind == FEDVAL_ACTION_SAN)
        put_san(out, action);
    else
        put_other(out, action);
    if (action->hurts != NULL)
        fv_html_element(out, "<p><b>But</b> it ", action->hurts, "</p>");
    fv_html_raw(out, "</div></li>\n");
}

static void put_side(fv_html *out, const fedval_report *report, uint32_t side)
{
    bool is_first = true;
    for (size_t i = 0; i < report->num_actions; i++) {
        if (report->actions[i].side != side)
            continue;
        if (is_first) {
            fv_html_element(out, "<h4>On ", fv_text_side(side), "</h4>\n<ol class=\"changes\">\n");
        }
        put_action(out, &report->actions[i]);
        is_first = false;
    }
    fv_html_raw(out, is_first ? "" : "</ol>\n");
}

void fv_html_actions(fv_html *out, const fedval_report *report)
{
    if (report->num_actions == 0)
        return;
    fv_html_raw(out, "<h3>What to change</h3>\n<div class=\"card\">\n");
    if (report->needs_together) {
        fv_html_raw(out, "<p>All of it together: the SRV record alone leads to "
                         "<code>cert-name-mismatch</code>.</p>\n");
    }
    put_side(out, report, FEDVAL_SIDE_CISCO);
    put_side(out, report, FEDVAL_SIDE_MICROSOFT);
    put_side(out, report, FEDVAL_SIDE_UNKNOWN);
    fv_text_after_actions(&out->words, report);
    fv_html_raw(out, "<p class=\"after\">");
    fv_html_words(out);
    fv_html_raw(out, "</p>\n");
    if (report->partner_alternative != NULL) {
        fv_html_element(
            out, "<p>Or, for R2 alone, on an on-premises partner's side:</p>\n<pre tabindex=\"0\">",
            report->partner_alternative, "</pre>\n");
    }
    fv_html_raw(out, "</div>\n");
}
