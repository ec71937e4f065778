/* The output of a Nagios plugin: a first line that counts, then one line for each report that is
 * not sound. The performance data gives the days until each notAfter; a negative number means
 * expired. */
#include "base/buf.h"
#include "fedval/evidence.h"
#include "fedval/policy.h"
#include "model/report.h"
#include "render/text/expiry.h"
#include "render/text/out.h"

#include <string.h>

enum { NAGIOS_OK = 0, NAGIOS_WARNING = 1, NAGIOS_CRITICAL = 2, NAGIOS_UNKNOWN = 3 };

static bool has_warning(const fedval_report *report)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        const fv_finding *finding = &report->findings[i].finding;
        if (finding->severity == FEDVAL_SEVERITY_WARNING && fv_finding_counts(finding))
            return true;
    }
    return false;
}

static uint32_t status_of(const fedval_report *report)
{
    switch (report->verdict) {
    case FEDVAL_VERDICT_PASS:
        return has_warning(report) ? NAGIOS_WARNING : NAGIOS_OK;
    case FEDVAL_VERDICT_FAIL:
        return NAGIOS_CRITICAL;
    default:
        return NAGIOS_UNKNOWN;
    }
}

static const char *word_of(uint32_t status)
{
    static const char *const words[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
    return words[status];
}

/* The status of several reports together: critical outranks unknown, and unknown outranks warning.
 */
static uint32_t status_of_all(const fedval_report *const *reports, size_t num_reports)
{
    static const uint32_t ranks[] = {NAGIOS_CRITICAL, NAGIOS_UNKNOWN, NAGIOS_WARNING};
    for (size_t r = 0; r < sizeof(ranks) / sizeof(ranks[0]); r++) {
        for (size_t i = 0; i < num_reports; i++) {
            if (status_of(reports[i]) == ranks[r])
                return ranks[r];
        }
    }
    return NAGIOS_OK;
}

/* A "|" would begin the performance data, so it is replaced in text. */
static void put_text(fv_out *out, const char *text)
{
    fv_text rest = fv_text_of(text);
    while (rest.len > 0) {
        size_t len = 0;
        while (len < rest.len && rest.data[len] != '|')
            len++;
        fv_out_run(out, (fv_text){rest.data, len});
        if (len < rest.len) {
            fv_out_text(out, "/");
            len++;
        }
        rest.data += len;
        rest.len -= len;
    }
}

static bool is_repeated(const fedval_report *const *reports, size_t num_reports, size_t index)
{
    for (size_t i = 0; i < num_reports; i++) {
        if (i != index && strcmp(reports[i]->domain, reports[index]->domain) == 0)
            return true;
    }
    return false;
}

/* Lists the requirements that were not checked although PASS needs them. */
static void put_unseen(fv_out *out, const fedval_report *report)
{
    fv_out_text(out, ", not seen:");
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        if (report->required[i] && report->requirements[i] == FEDVAL_VERDICT_NOT_CHECKED) {
            fv_out_text(out, " R");
            fv_out_u64(out, i);
        }
    }
}

/* Names the faults that do not count: whoever reads the line is to know of them. */
static void put_accepted(fv_out *out, const fedval_report *report)
{
    const char *before = ", accepted: ";
    uint32_t named = 0;
    for (size_t i = 0; i < report->num_findings; i++) {
        const fv_statement *s = &report->findings[i];
        if (fv_finding_counts(&s->finding) || s->finding.severity == FEDVAL_SEVERITY_NOTE ||
            s->finding.code == named)
            continue;
        fv_out_text(out, before);
        fv_out_text(out, s->entry->id);
        before = " ";
        named = s->finding.code;
    }
}

/* One report in a few words: its verdict with its worst finding, or the time until which a sound
 * one holds. */
static void put_summary(fv_out *out, const fedval_report *report, bool needs_profile)
{
    put_text(out, report->domain);
    if (needs_profile) {
        fv_out_text(out, " by ");
        fv_out_text(out, fedval_profile_to_string(report->profile));
    }
    fv_out_text(out, ": ");
    fv_out_text(out, fedval_verdict_to_string(report->verdict));
    bool has_finding = report->num_findings > 0 &&
                       fv_finding_counts(&report->findings[0].finding) &&
                       report->findings[0].finding.severity > FEDVAL_SEVERITY_NOTE;
    if (has_finding) {
        fv_out_text(out, ", ");
        fv_out_text(out, report->findings[0].entry->id);
        fv_out_text(out, ": ");
        put_text(out, report->findings[0].message);
        if (report->findings[0].finding.acceptance == FEDVAL_ACCEPTANCE_EXPIRED) {
            fv_out_text(out, ", was accepted until ");
            fv_out_date(out, report->findings[0].finding.accepted_until);
        }
    } else if (report->valid_until != FEDVAL_TIME_UNKNOWN) {
        fv_out_text(out, ", holds until ");
        fv_out_time(out, report->valid_until);
    } else if (report->verdict == FEDVAL_VERDICT_INDETERMINATE) {
        put_unseen(out, report);
    }
    put_accepted(out, report);
}

static void put_days(fv_out *out, int64_t seconds)
{
    int64_t days = seconds / 86400 - (seconds % 86400 < 0);
    fv_buf_append_i64(&out->buf, days);
}

/* Whether a report on the same domain came before. Under another profile it has the same
 * certificates. */
static bool is_shown(const fedval_report *const *reports, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(reports[i]->domain, reports[index]->domain) == 0)
            return true;
    }
    return false;
}

/* Writes 'label'=value;warn;crit. Below zero days is critical. Host names have no quotes in them.
 * The guidelines have no unit for days, so the label names it. */
static void put_performance(fv_out *out, const fedval_report *const *reports, size_t num_reports)
{
    bool is_first = true;
    for (size_t i = 0; i < num_reports; i++) {
        fv_expiries all = fv_expiries_from(reports[i]);
        if (is_shown(reports, i))
            continue;
        for (size_t j = 0; j < all.num_items; j++) {
            fv_out_text(out, is_first ? " | " : " ");
            fv_out_text(out, "'");
            put_text(out, reports[i]->domain);
            fv_out_text(out, " ");
            put_text(out, all.items[j].target);
            fv_out_text(out, " days'=");
            put_days(out, all.items[j].not_after - reports[i]->evaluated_at);
            fv_out_text(out, ";;0:");
            is_first = false;
        }
    }
}

static void put_first_line(fv_out *out, const fedval_report *const *reports, size_t num_reports,
                           uint32_t status)
{
    size_t num_sound = 0;
    fv_out_text(out, "FEDERATION ");
    fv_out_text(out, word_of(status));
    fv_out_text(out, " - ");
    if (num_reports == 1) {
        put_summary(out, reports[0], false);
    } else {
        for (size_t i = 0; i < num_reports; i++)
            num_sound += reports[i]->verdict == FEDVAL_VERDICT_PASS;
        fv_out_u64(out, num_sound);
        fv_out_text(out, " of ");
        fv_out_u64(out, num_reports);
        fv_out_text(out, " sound");
    }
    put_performance(out, reports, num_reports);
    fv_out_newline(out);
}

fedval_status fedval_reports_to_nagios(const fedval_report *const *reports, size_t num_reports,
                                       char **out_text, size_t *out_len, uint32_t *out_exit_status)
{
    fv_out out;
    if (!fv_reports_are_there(reports, num_reports) || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    uint32_t exit_status = status_of_all(reports, num_reports);
    (void)fv_out_init(&out, NULL);
    put_first_line(&out, reports, num_reports, exit_status);
    for (size_t i = 0; num_reports > 1 && i < num_reports; i++) {
        if (status_of(reports[i]) == NAGIOS_OK)
            continue;
        fv_out_text(&out, word_of(status_of(reports[i])));
        fv_out_text(&out, " ");
        put_summary(&out, reports[i], is_repeated(reports, num_reports, i));
        fv_out_newline(&out);
    }
    fedval_status status = fv_out_finish(&out, out_text, out_len);
    if (status == FEDVAL_OK && out_exit_status != NULL)
        *out_exit_status = exit_status;
    return status;
}
