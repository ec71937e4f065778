/* What to change and what was not checked, in the Markdown of a report. */
#include "fedval/evidence.h"
#include "fedval/policy.h"
#include "render/exchange/markdown.h"
#include "render/text/report_text.h"

/* " dns add SRV _sipfederationtls._tcp.example.com 0 0 5061 expe.example.com"; the name of a
 * certificate's host is not said again before a SAN that has it. */
static void put_words(fv_markdown *out, const fv_report_action *action)
{
    const char *words[] = {fedval_op_to_string(action->op),
                           fedval_action_kind_to_string(action->kind),
                           action->kind == FEDVAL_ACTION_DNS ? action->owner : NULL,
                           fedval_action_get_type(action), action->data};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (words[i] == NULL)
            continue;
        fv_markdown_raw(out, " ");
        fv_markdown_text(out, words[i]);
    }
    fv_text_names_left_out(&out->words, action);
    if (action->kind == FEDVAL_ACTION_DNS)
        (void)fv_text_ttl_note(&out->words, action);
    else
        fv_text_which(&out->words, action);
    fv_markdown_words(out);
    fv_markdown_raw(out, "\n");
}

/* A change has its number; what is an alternative to it, or stays as it is, is an item below it. */
static void put_action(fv_markdown *out, const fv_report_action *action, size_t number)
{
    if (fv_action_is_change(action)) {
        fv_markdown_u64(out, number);
        fv_markdown_raw(out, ". ");
        fv_markdown_text(out, fedval_side_to_string(action->side));
        fv_markdown_raw(out, ":");
    } else {
        fv_markdown_raw(out, action->alternative_to != 0 ? "   - **or**" : "   -");
    }
    put_words(out, action);
    if (action->hurts != NULL) {
        fv_markdown_raw(out,
                        fv_action_is_change(action) ? "   - **but** it " : "     - **but** it ");
        fv_markdown_text(out, action->hurts);
        fv_markdown_raw(out, "\n");
    }
}

void fv_markdown_actions(fv_markdown *out, const fedval_report *report)
{
    size_t number = 0;
    if (report->num_actions == 0)
        return;
    fv_markdown_raw(out, "\n### What to change\n\n");
    if (report->needs_together) {
        fv_markdown_raw(out, "All of it together: the SRV record alone leads to "
                             "cert-name-mismatch.\n\n");
    }
    for (size_t i = 0; i < report->num_actions; i++) {
        number += fv_action_is_change(&report->actions[i]);
        put_action(out, &report->actions[i], number);
    }
    fv_markdown_raw(out, "\n");
    fv_text_after_actions(&out->words, report);
    fv_markdown_words(out);
    fv_markdown_raw(out, "\n");
    if (report->partner_alternative != NULL) {
        fv_markdown_raw(out, "\nOr, for R2 alone, on an on-premises partner's side: ");
        fv_markdown_text(out, report->partner_alternative);
        fv_markdown_raw(out, "\n");
    }
}

void fv_markdown_not_checked(fv_markdown *out, const fedval_report *report)
{
    if (report->num_not_checked > 0)
        fv_markdown_raw(out, "\n### What was not checked\n\n");
    for (size_t i = 0; i < report->num_not_checked; i++) {
        const char *how = fv_out_hint(&out->words, report->not_checked_hints[i]);
        fv_markdown_raw(out, "- ");
        fv_text_append_not_checked(&out->words.buf, report, report->not_checked[i]);
        if (how != NULL) {
            fv_out_text(&out->words, " (");
            fv_out_text(&out->words, how);
            fv_out_text(&out->words, ")");
        }
        fv_markdown_words(out);
        fv_markdown_raw(out, "\n");
    }
}
