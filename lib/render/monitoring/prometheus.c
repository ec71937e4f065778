/* Metrics in the Prometheus text format 0.0.4: one family after the other, each with all reports.
 */
#include "fedval/evidence.h"
#include "fedval/policy.h"
#include "fedval/render.h"
#include "render/text/expiry.h"
#include "render/text/utf8.h"

#include "base/buf.h"

#include <string.h>

/* ---- samples ---- */

/* In label values, backslash, quote and newline are escaped. Everything else is UTF-8 as it is. */
static void put_label(fv_buf *buf, const char *name, const char *value, bool is_first)
{
    fv_buf_append_char(buf, is_first ? '{' : ',');
    fv_buf_append_text(buf, name);
    fv_buf_append_text(buf, "=\"");
    for (; value != NULL && *value != '\0'; value++) {
        if (*value == '\n')
            fv_buf_append_text(buf, "\\n");
        else if (*value == '"' || *value == '\\')
            fv_buf_append(buf, (const char[]){'\\', *value}, 2);
        else
            fv_buf_append_char(buf, *value);
    }
    fv_buf_append_char(buf, '"');
}

static void put_name(fv_buf *buf, const char *name, const fedval_report *report)
{
    fv_buf_append_text(buf, name);
    put_label(buf, "domain", report->domain, true);
    put_label(buf, "profile", fedval_profile_to_string(report->profile), false);
}

static void put_value(fv_buf *buf, int64_t value)
{
    fv_buf_append_text(buf, "} ");
    fv_buf_append_i64(buf, value);
    fv_buf_append_char(buf, '\n');
}

/* ---- families ---- */

typedef void (*put_samples)(fv_buf *buf, const char *name, const fedval_report *report);

/* One sample for each verdict: 1 for the verdict of the report, 0 for the others. */
static void put_verdict(fv_buf *buf, const char *name, const fedval_report *report)
{
    for (uint32_t verdict = FEDVAL_VERDICT_PASS; verdict <= FEDVAL_VERDICT_INDETERMINATE;
         verdict++) {
        put_name(buf, name, report);
        put_label(buf, "verdict", fedval_verdict_to_string(verdict), false);
        put_value(buf, report->verdict == verdict);
    }
}

static void put_requirements(fv_buf *buf, const char *name, const fedval_report *report)
{
    char requirement[] = "R0";
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        const char *verdict = fedval_verdict_to_string(report->requirements[i]);
        requirement[1] = (char)('0' + i);
        put_name(buf, name, report);
        put_label(buf, "requirement", requirement, false);
        put_label(buf, "verdict", verdict == NULL ? "not-checked" : verdict, false);
        put_value(buf, 1);
    }
}

static void put_counted(fv_buf *buf, const char *name, const fedval_report *report, bool counts)
{
    for (uint32_t severity = FEDVAL_SEVERITY_NOTE; severity <= FEDVAL_SEVERITY_ERROR; severity++) {
        int64_t count = 0;
        for (size_t i = 0; i < report->num_findings; i++) {
            const fv_finding *finding = &report->findings[i].finding;
            count += finding->severity == severity && fv_finding_counts(finding) == counts;
        }
        put_name(buf, name, report);
        put_label(buf, "severity", fedval_severity_to_string(severity), false);
        put_value(buf, count);
    }
}

static void put_findings(fv_buf *buf, const char *name, const fedval_report *report)
{
    put_counted(buf, name, report, true);
}

static bool has_accepted(const fedval_report *report)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        if (!fv_finding_counts(&report->findings[i].finding))
            return true;
    }
    return false;
}

/* Nothing of a report whose policy accepts nothing that was found. */
static void put_accepted(fv_buf *buf, const char *name, const fedval_report *report)
{
    if (has_accepted(report))
        put_counted(buf, name, report, false);
}

static void put_expiries(fv_buf *buf, const char *name, const fedval_report *report)
{
    fv_expiries all = fv_expiries_from(report);
    for (size_t i = 0; i < all.num_items; i++) {
        put_name(buf, name, report);
        put_label(buf, "target", all.items[i].target, false);
        put_value(buf, all.items[i].not_after);
    }
}

static void put_valid_until(fv_buf *buf, const char *name, const fedval_report *report)
{
    if (report->valid_until == FEDVAL_TIME_UNKNOWN)
        return;
    put_name(buf, name, report);
    put_value(buf, report->valid_until);
}

static void put_evaluated_at(fv_buf *buf, const char *name, const fedval_report *report)
{
    put_name(buf, name, report);
    put_value(buf, report->evaluated_at);
}

static const struct {
    const char *name, *help;
    put_samples put;
} families[] = {
    {"fedval_verdict", "Verdict of the domain: 1 for the one that holds.", put_verdict},
    {"fedval_requirement", "Verdict of each requirement.", put_requirements},
    {"fedval_findings", "Number of findings.", put_findings},
    {"fedval_findings_accepted", "Number of accepted findings: fedval_findings leaves them out.",
     put_accepted},
    {"fedval_certificate_not_after_seconds",
     "When the certificate of a target ends, seconds since 1970; also when it has ended.",
     put_expiries},
    {"fedval_valid_until_seconds", "Until when what passes now will pass, seconds since 1970.",
     put_valid_until},
    {"fedval_evaluated_at_seconds", "The time judged at, seconds since 1970.", put_evaluated_at},
};

/* A series may appear only once. Of two reports on the same domain by the same profile, the later
 * one counts. */
static bool is_superseded(const fedval_report *const *reports, size_t num_reports, size_t index)
{
    for (size_t i = index + 1; i < num_reports; i++) {
        if (strcmp(reports[i]->domain, reports[index]->domain) == 0 &&
            reports[i]->profile == reports[index]->profile)
            return true;
    }
    return false;
}

static void put_family(fv_buf *buf, size_t family, const fedval_report *const *reports,
                       size_t num_reports)
{
    const char *name = families[family].name;
    size_t start = buf->len;
    fv_buf_append_text(buf, "# HELP ");
    fv_buf_append_text(buf, name);
    fv_buf_append_char(buf, ' ');
    fv_buf_append_text(buf, families[family].help);
    fv_buf_append_text(buf, "\n# TYPE ");
    fv_buf_append_text(buf, name);
    fv_buf_append_text(buf, " gauge\n");
    size_t head_end = buf->len;
    for (size_t i = 0; i < num_reports; i++) {
        if (!is_superseded(reports, num_reports, i))
            families[family].put(buf, name, reports[i]);
    }
    /* What is accepted is the exception. */
    if (families[family].put == put_accepted && buf->len == head_end)
        buf->len = start;
}

fedval_status fedval_reports_to_prometheus(const fedval_report *const *reports, size_t num_reports,
                                           char **out_text, size_t *out_len)
{
    fv_buf buf;
    size_t len;
    if (!fv_reports_are_there(reports, num_reports) || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_buf_init(&buf);
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
        put_family(&buf, i, reports, num_reports);
    char *text = fv_buf_take(&buf, &len);
    if (text == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *out_text = text;
    if (out_len != NULL)
        *out_len = len;
    return FEDVAL_OK;
}
