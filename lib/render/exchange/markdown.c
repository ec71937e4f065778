/* Markdown for a ticket or a wiki: CommonMark, with the tables of GitHub. */
#include "render/exchange/markdown.h"
#include "fedval/evidence.h"
#include "fedval/policy.h"
#include "fedval/render.h"
#include "render/exchange/exchange.h"

#include "base/calendar.h"
#include "base/text.h"
#include "render/text/steps.h"

#include <string.h>

/* Returns the line so far, without the marks of items and quotations before its text. */
static fv_text line_of(const fv_buf *buf)
{
    size_t from = buf->len;
    while (from > 0 && buf->data[from - 1] != '\n')
        from--;
    fv_text line = {buf->data + from, buf->len - from};
    for (const char *mark; line.len > 1;) {
        mark = memchr(line.data, ' ', line.len);
        size_t len = mark != NULL ? (size_t)(mark - line.data) + 1 : 0;
        if (len == 0 || strspn(line.data, "0123456789-+*>#.) ") < len)
            break;
        line.data += len;
        line.len -= len;
    }
    return line;
}

/* Whether the text is the number of an item so far: "1" of "1. ". */
static bool is_number(fv_text text)
{
    size_t digits = 0;
    while (digits < text.len && fv_ascii_is_digit(text.data[digits]))
        digits++;
    return digits > 0 && digits == text.len;
}

static bool ends_with(fv_text text, const char *end)
{
    size_t len = strlen(end);
    return text.len >= len && memcmp(text.data + text.len - len, end, len) == 0;
}

/* Whether a character that is markup at some places alone is markup behind `line`. */
static bool is_markup_behind(fv_text line, char character)
{
    switch (character) {
    case '#': /* a heading may end with them, too */
        return line.len == 0 || line.data[line.len - 1] == ' ' || line.data[line.len - 1] == '#';
    case '+':
    case '-':
    case '=':
        return line.len == 0;
    case '.':
        return is_number(line) || ends_with(line, "www");
    case ')':
        return is_number(line);
    case ':':
        return ends_with(line, "http") || ends_with(line, "https") || ends_with(line, "ftp") ||
               ends_with(line, "mailto") || ends_with(line, "xmpp");
    default:
        return false;
    }
}

/* Escapes what Markdown takes for markup at its place (CommonMark 2.4); so nothing in the data is
 * markup, and tickets that show the source stay readable. "&" begins an entity, "$" a formula, "@"
 * a mention or the link of a mail address. */
void fv_markdown_escaped(fv_buf *buf, fv_text character)
{
    if (character.len == 1 && (strchr("\\`*_{}[]<>|~&@$", *character.data) != NULL ||
                               is_markup_behind(line_of(buf), *character.data)))
        fv_buf_append_char(buf, '\\');
    fv_buf_append(buf, character.data, character.len);
}

static void put_text(fv_buf *buf, const char *text)
{
    if (text != NULL)
        fv_exchange_text(buf, text, fv_markdown_escaped);
}

void fv_markdown_item(fv_buf *buf, const char *label, const char *text,
                      void (*put)(fv_buf *buf, const char *text))
{
    if (text == NULL)
        return;
    fv_buf_append_text(buf, "- ");
    fv_buf_append_text(buf, label);
    fv_buf_append_text(buf, ": ");
    put(buf, text);
    fv_buf_append_char(buf, '\n');
}

static void put_requirements(fv_buf *buf, const fedval_report *report)
{
    fv_buf_append_text(buf, "\n|");
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        fv_buf_append_char(buf, ' ');
        fv_exchange_requirement(buf, i);
        fv_buf_append_text(buf, " |");
    }
    fv_buf_append_text(buf, "\n|");
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++)
        fv_buf_append_text(buf, "---|");
    fv_buf_append_text(buf, "\n|");
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        fv_buf_append_char(buf, ' ');
        fv_buf_append_text(buf, fedval_verdict_to_string(report->requirements[i]));
        fv_buf_append_text(buf, " |");
    }
    fv_buf_append_char(buf, '\n');
}

/* A row of the path: the place, the step, and the id of the finding that decides it. */
typedef struct path_rows {
    fv_buf *buf;
    const fedval_report *report;
} path_rows;

static void put_step(void *user, const fv_placed_step *placed)
{
    const path_rows *rows = user;
    fv_where where = {
        .target = fv_step_host(placed), .address = placed->address, .port = placed->port};
    fv_buf_append_text(rows->buf, "| ");
    fv_exchange_place(rows->buf, &where, fv_markdown_escaped);
    fv_buf_append_text(rows->buf, " | ");
    fv_buf_append_text(rows->buf, fedval_step_to_string(placed->kind));
    fv_buf_append_text(rows->buf, " | ");
    fv_buf_append_text(rows->buf, fedval_mark_to_string(placed->step.mark));
    fv_buf_append_text(rows->buf, " | ");
    if (placed->step.finding != 0)
        fv_buf_append_text(rows->buf, rows->report->findings[placed->step.finding - 1].entry->id);
    fv_buf_append_text(rows->buf, " |\n");
}

void fv_markdown_finding(fv_buf *buf, const fedval_finding *finding)
{
    fv_buf_append_text(buf, "\n### ");
    fv_buf_append_text(buf, fedval_severity_to_string(finding->remark.severity));
    fv_buf_append_char(buf, ' ');
    fv_buf_append_text(buf, finding->entry->id);
    if (finding->remark.requirement != 0) {
        fv_buf_append_text(buf, " (");
        fv_exchange_requirement(buf, finding->remark.requirement);
        fv_buf_append_char(buf, ')');
    }
    fv_buf_append_text(buf, fv_remark_counts(&finding->remark) ? "" : ", accepted");
    fv_buf_append_text(buf, "\n\n");
    put_text(buf, fedval_finding_get_message(finding));
    fv_buf_append_text(buf, "\n\n");
    fv_markdown_item(buf, "wanted", fedval_finding_get_expected(finding), put_text);
    fv_markdown_item(buf, "seen", fedval_finding_get_observed(finding), put_text);
    fv_markdown_item(buf, "change", fedval_finding_get_remedy(finding), put_text);
}

/* "1. cisco: add dns \_sip... SRV 0 0 5061 ..." */
static void put_actions(fv_buf *buf, const fedval_report *report)
{
    if (report->num_actions > 0)
        fv_buf_append_text(buf, "\n### What to change, all of it together\n\n");
    for (size_t i = 0; i < report->num_actions; i++) {
        const fv_report_action *action = &report->actions[i];
        const char *words[] = {fedval_side_to_string(action->side),
                               fedval_op_to_string(action->op),
                               fedval_action_kind_to_string(action->kind),
                               action->owner,
                               fedval_action_get_type(action),
                               action->data};
        fv_buf_append_u64(buf, i + 1);
        fv_buf_append_char(buf, '.');
        for (size_t j = 0; j < sizeof(words) / sizeof(words[0]); j++) {
            if (words[j] == NULL)
                continue;
            fv_buf_append_char(buf, ' ');
            put_text(buf, words[j]);
        }
        if (action->num_names_left_out > 0) {
            fv_buf_append_text(buf, " and ");
            fv_buf_append_u64(buf, action->num_names_left_out);
            fv_buf_append_text(buf, " more");
        }
        fv_buf_append_char(buf, '\n');
    }
}

static void put_report(fv_buf *buf, const fedval_report *report)
{
    char time[FV_CALENDAR_TEXT_SIZE];
    fv_buf_append_text(buf, "## ");
    put_text(buf, report->domain);
    fv_buf_append_text(buf, ": ");
    fv_buf_append_text(buf, fedval_verdict_to_string(report->verdict));
    if (fedval_report_get_pass_of(report) != NULL) {
        fv_buf_append_text(buf, " of ");
        fv_buf_append_text(buf, fedval_report_get_pass_of(report));
    }
    fv_buf_append_text(buf, "\n\nSide ");
    fv_buf_append_text(buf, fedval_side_to_string(report->side));
    fv_buf_append_text(buf, ", judged by ");
    fv_buf_append_text(buf, fedval_profile_to_string(report->profile));
    fv_buf_append_text(buf, " at ");
    fv_calendar_format(report->evaluated_at, time);
    put_text(buf, time);
    fv_buf_append_text(buf, ".\n");
    put_requirements(buf, report);
    fv_buf_append_text(buf, "\n| where | step | mark | finding |\n|---|---|---|---|\n");
    fv_steps_visit(report, put_step, &(path_rows){buf, report});
    for (size_t i = 0; i < report->num_findings; i++) {
        if (report->findings[i].remark.severity > FEDVAL_SEVERITY_NOTE)
            fv_markdown_finding(buf, &report->findings[i]);
    }
    put_actions(buf, report);
}

static void write_all(fv_buf *buf, const fedval_report *const *reports, size_t num_reports)
{
    for (size_t i = 0; i < num_reports; i++) {
        fv_buf_append_text(buf, i == 0 ? "" : "\n");
        put_report(buf, reports[i]);
    }
}

fedval_status fedval_reports_to_markdown(const fedval_report *const *reports, size_t num_reports,
                                         char **out_text, size_t *out_len)
{
    return fv_exchange(write_all, reports, num_reports, out_text, out_len);
}
