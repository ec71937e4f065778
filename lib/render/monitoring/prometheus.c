/* Metrics in the Prometheus text format 0.0.4: one family after the other, each with all reports;
 * then those about the run. */
#include "fedval/evidence.h"
#include "fedval/policy.h"
#include "fedval/render.h"
#include "render/text/expiry.h"
#include "render/text/utf8.h"

#include "base/buf.h"
#include "base/versioned.h"

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
        put_name(buf, name, report);
        put_label(buf, "severity", fedval_severity_to_string(severity), false);
        put_value(buf, (int64_t)fv_report_count_of(report, severity, counts));
    }
}

static void put_findings(fv_buf *buf, const char *name, const fedval_report *report)
{
    put_counted(buf, name, report, true);
}

static bool has_accepted(const fedval_report *report)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        if (!fv_remark_counts(&report->findings[i].remark))
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

/* Whether a finding counts, and has this one's code and severity. */
static bool is_alike(const fv_remark *one, const fv_remark *other)
{
    return one->code == other->code && one->severity == other->severity && fv_remark_counts(other);
}

/* How many findings from `begin` to before `end` are like the one at `index`. */
static int64_t count_alike(const fedval_report *report, size_t index, size_t begin, size_t end)
{
    int64_t count = 0;
    for (size_t i = begin; i < end; i++)
        count += is_alike(&report->findings[index].remark, &report->findings[i].remark);
    return count;
}

/* The first finding with a code stands for all of them. */
static void put_codes(fv_buf *buf, const char *name, const fedval_report *report)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        int64_t count = count_alike(report, i, i, report->num_findings);
        if (count == 0 || count_alike(report, i, 0, i) > 0)
            continue;
        put_name(buf, name, report);
        put_label(buf, "code", report->findings[i].entry->id, false);
        put_label(buf, "severity", fedval_severity_to_string(report->findings[i].remark.severity),
                  false);
        put_value(buf, count);
    }
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
    {"fedval_findings", "Number of findings of each severity.", put_findings},
    {"fedval_findings_accepted", "Number of accepted findings: fedval_findings leaves them out.",
     put_accepted},
    {"fedval_finding", "Number of findings with a code; a code that was not found has no series.",
     put_codes},
    {"fedval_certificate_not_after_timestamp_seconds",
     "When the certificate of a target ends, seconds since 1970; also when it has ended.",
     put_expiries},
    {"fedval_valid_until_timestamp_seconds",
     "Until when what passes now will pass, seconds since 1970.", put_valid_until},
    {"fedval_evaluated_timestamp_seconds", "The time judged at, seconds since 1970.",
     put_evaluated_at},
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

static void put_head(fv_buf *buf, const char *name, const char *help)
{
    fv_buf_append_text(buf, "# HELP ");
    fv_buf_append_text(buf, name);
    fv_buf_append_char(buf, ' ');
    fv_buf_append_text(buf, help);
    fv_buf_append_text(buf, "\n# TYPE ");
    fv_buf_append_text(buf, name);
    fv_buf_append_text(buf, " gauge\n");
}

static void put_family(fv_buf *buf, size_t family, const fedval_report *const *reports,
                       size_t num_reports)
{
    const char *name = families[family].name;
    size_t start = buf->len;
    put_head(buf, name, families[family].help);
    size_t head_end = buf->len;
    for (size_t i = 0; i < num_reports; i++) {
        if (!is_superseded(reports, num_reports, i))
            families[family].put(buf, name, reports[i]);
    }
    /* What is accepted is the exception. */
    if (families[family].put == put_accepted && buf->len == head_end)
        buf->len = start;
}

/* ---- about the run ---- */

static void put_single(fv_buf *buf, const char *name, const char *help, int64_t value)
{
    put_head(buf, name, help);
    fv_buf_append_text(buf, name);
    fv_buf_append_char(buf, ' ');
    fv_buf_append_i64(buf, value);
}

/* Milliseconds as seconds: "12.034". */
static void put_duration(fv_buf *buf, int64_t duration_ms)
{
    put_single(buf, "fedval_run_duration_seconds", "How long the run took.", duration_ms / 1000);
    fv_buf_append_char(buf, '.');
    for (int64_t unit = 100; unit > 0; unit /= 10)
        fv_buf_append_char(buf, (char)('0' + duration_ms / unit % 10));
    fv_buf_append_char(buf, '\n');
}

static void put_run(fv_buf *buf, const fedval_metrics_options *options)
{
    put_head(buf, "fedval_build_info", "The version of the library that judged; always 1.");
    fv_buf_append_text(buf, "fedval_build_info");
    put_label(buf, "version", fedval_version(), true);
    put_value(buf, 1);
    put_single(buf, "fedval_unreadable_inputs", "Inputs that could not be judged.",
               options->num_unreadable);
    fv_buf_append_char(buf, '\n');
    if (options->run_at != FEDVAL_TIME_UNKNOWN) {
        put_single(buf, "fedval_run_timestamp_seconds", "When the run ended, seconds since 1970.",
                   options->run_at);
        fv_buf_append_char(buf, '\n');
    }
    if (options->duration_ms >= 0)
        put_duration(buf, options->duration_ms);
}

/* With NULL nothing is known. */
static bool take_options(const fedval_metrics_options *options, fedval_metrics_options *out)
{
    *out = (fedval_metrics_options){
        .size = sizeof(*out),
        .run_at = FEDVAL_TIME_UNKNOWN,
        .duration_ms = -1,
    };
    return options == NULL || fv_versioned_copy(out, sizeof(*out), options);
}

fedval_status fedval_reports_to_prometheus(const fedval_report *const *reports, size_t num_reports,
                                           const fedval_metrics_options *options, char **out_text,
                                           size_t *out_len)
{
    fv_buf buf;
    fedval_metrics_options known;
    if ((num_reports > 0 && !fv_reports_are_there(reports, num_reports)) || out_text == NULL ||
        !take_options(options, &known))
        return FEDVAL_ERROR_ARGUMENT;
    fv_buf_init(&buf);
    for (size_t i = 0; num_reports > 0 && i < sizeof(families) / sizeof(families[0]); i++)
        put_family(&buf, i, reports, num_reports);
    put_run(&buf, &known);
    return fv_buf_hand_over(&buf, out_text, out_len);
}
