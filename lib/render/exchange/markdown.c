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

/* Appends the parts whose words the text form has too. */
static void put_changes(fv_buf *buf, const fedval_report *report)
{
    fv_markdown out;
    fv_markdown_init(&out);
    fv_markdown_actions(&out, report);
    fv_markdown_not_checked(&out, report);
    buf->failed |= out.buf.failed || out.words.buf.failed;
    fv_buf_append(buf, out.buf.data, out.buf.len);
    fv_buf_clear(&out.buf);
    fv_buf_clear(&out.words.buf);
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
    put_changes(buf, report);
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
