/* The output of a Nagios plugin: a first line that counts, then one line for each report that is
 * not sound, and one for each of its steps that is broken or open. The performance data gives the
 * days until each notAfter; a negative number means expired. */
#include "base/buf.h"
#include "fedval/evidence.h"
#include "fedval/policy.h"
#include "model/finding.h"
#include "model/report.h"
#include "render/text/expiry.h"
#include "render/text/out.h"
#include "render/text/steps.h"

#include <string.h>

enum { NAGIOS_OK = 0, NAGIOS_WARNING = 1, NAGIOS_CRITICAL = 2, NAGIOS_UNKNOWN = 3 };

/* Days that are left, rounded down: on the last day 0, after it below 0. */
static int64_t days_until(const fedval_report *report, int64_t time)
{
    int64_t seconds = time - report->evaluated_at;
    return seconds / 86400 - (seconds % 86400 < 0);
}

static uint32_t status_of(const fedval_report *report)
{
    switch (report->verdict) {
    case FEDVAL_VERDICT_PASS:
        return fv_report_count_of(report, FEDVAL_SEVERITY_WARNING, true) > 0 ? NAGIOS_WARNING
                                                                             : NAGIOS_OK;
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
        if (fv_report_is_unseen(report, i)) {
            fv_out_text(out, " R");
            fv_out_u64(out, i);
        }
    }
    if (fv_report_is_public_dns_unseen(report))
        fv_out_text(out, ", no public resolver was asked");
}

/* Names the faults that do not count: whoever reads the line is to know of them. */
static void put_accepted(fv_out *out, const fedval_report *report)
{
    const char *before = ", accepted: ";
    uint32_t named = 0;
    for (size_t i = 0; i < report->num_findings; i++) {
        const fedval_finding *s = &report->findings[i];
        if (fv_remark_counts(&s->remark) || s->remark.severity == FEDVAL_SEVERITY_NOTE ||
            s->remark.code == named)
            continue;
        fv_out_text(out, before);
        fv_out_text(out, s->entry->id);
        before = " ";
        named = s->remark.code;
    }
}

/* Says what was judged, or what alone passed, where that is not the whole. */
static void put_scope(fv_out *out, const fedval_report *report)
{
    const char *part = fedval_report_get_pass_of(report);
    const char *scope = part != NULL ? part : fv_report_scope_text(report);
    fv_out_text(out, scope != NULL ? ", " : "");
    fv_out_text(out, scope != NULL ? scope : "");
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
    put_scope(out, report);
    const fedval_finding *worst =
        fv_findings_worst(report->findings, report->num_findings, FEDVAL_SEVERITY_WARNING);
    if (worst != NULL) {
        fv_out_text(out, ", ");
        fv_out_text(out, worst->entry->id);
        fv_out_text(out, ": ");
        put_text(out, fedval_finding_get_message(worst));
        if (worst->remark.acceptance == FEDVAL_ACCEPTANCE_EXPIRED) {
            fv_out_text(out, ", was accepted until ");
            fv_out_date(out, worst->remark.accepted_until);
        }
    } else if (report->verdict == FEDVAL_VERDICT_INDETERMINATE) {
        put_unseen(out, report);
    } else if (report->valid_until != FEDVAL_TIME_UNKNOWN) {
        fv_out_text(out, ", holds until ");
        fv_out_time(out, report->valid_until);
    }
    put_accepted(out, report);
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

/* A label takes any character but "=" and the quote, and needs quotes for a blank: host names have
 * none of them, what else came from DNS may. */
static void put_label(fv_out *out, const char *text)
{
    for (fv_text rest = fv_text_of(text); rest.len > 0; rest.data++, rest.len--) {
        bool is_plain =
            *rest.data > ' ' && *rest.data < 127 && strchr("=|'\"\\", *rest.data) == NULL;
        fv_out_run(out, is_plain ? (fv_text){rest.data, 1} : fv_text_of("_"));
    }
}

/* Writes label=value;warn;crit. A range "30:" alerts below 30 (guidelines, "Threshold and ranges").
 * The guidelines have no unit for days, so the label names it. */
static void put_days_left(fv_out *out, const fedval_report *report, const fv_expiry *expiry)
{
    int64_t warn_days = 0, critical_days = 0;
    (void)fedval_policy_get_number(report->policy, FEDVAL_POLICY_EXPIRY_WARNING_DAYS, &warn_days);
    (void)fedval_policy_get_number(report->policy, FEDVAL_POLICY_EXPIRY_CRITICAL_DAYS,
                                   &critical_days);
    put_label(out, report->domain);
    fv_out_text(out, "_");
    put_label(out, expiry->target);
    fv_out_text(out, "_days=");
    fv_buf_append_i64(&out->buf, days_until(report, expiry->not_after));
    fv_out_text(out, ";");
    fv_buf_append_i64(&out->buf, warn_days);
    fv_out_text(out, ":;");
    fv_buf_append_i64(&out->buf, critical_days);
    fv_out_text(out, ":");
}

static void put_performance(fv_out *out, const fedval_report *const *reports, size_t num_reports)
{
    bool is_first = true;
    for (size_t i = 0; i < num_reports; i++) {
        fv_expiries all = fv_expiries_from(reports[i]);
        for (size_t j = 0; j < all.num_items && !is_shown(reports, i); j++) {
            fv_out_text(out, is_first ? " | " : " ");
            put_days_left(out, reports[i], &all.items[j]);
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
        put_scope(out, reports[0]);
    }
    put_performance(out, reports, num_reports);
    fv_out_newline(out);
}

/* What put_step needs beside the step. */
typedef struct step_lines {
    fv_out *out;
    const fedval_report *report;
} step_lines;

static void put_place(fv_out *out, const fv_placed_step *step)
{
    if (fv_step_host(step) != NULL) {
        fv_out_text(out, " ");
        put_text(out, fv_step_host(step));
    }
    if (step->port != 0) {
        fv_out_text(out, ":");
        fv_out_u64(out, step->port);
    }
    if (step->address != NULL) {
        fv_out_text(out, " ");
        put_text(out, step->address);
    }
}

/* "broken  name  expe.example.com:5061 192.0.2.1  cert-name-mismatch" */
static void put_step(void *user, const fv_placed_step *step)
{
    const step_lines *lines = user;
    fv_out *out = lines->out;
    if (step->step.mark != FEDVAL_MARK_BROKEN && step->step.mark != FEDVAL_MARK_OPEN)
        return;
    fv_out_text(out, fedval_mark_to_string(step->step.mark));
    fv_out_text(out, " ");
    fv_out_text(out, fedval_step_to_string(step->kind));
    put_place(out, step);
    if (step->step.finding != 0) {
        fv_out_text(out, ": ");
        fv_out_text(out, lines->report->findings[step->step.finding - 1].entry->id);
    }
    fv_out_newline(out);
}

static void put_rest(fv_out *out, const fedval_report *const *reports, size_t num_reports)
{
    for (size_t i = 0; i < num_reports; i++) {
        uint32_t status = status_of(reports[i]);
        if (status == NAGIOS_OK)
            continue;
        if (num_reports > 1) {
            fv_out_text(out, word_of(status));
            fv_out_text(out, " ");
            put_summary(out, reports[i], is_repeated(reports, num_reports, i));
            fv_out_newline(out);
        }
        fv_steps_visit(reports[i], put_step, &(step_lines){out, reports[i]});
    }
}

fedval_status fedval_reports_to_nagios(const fedval_report *const *reports, size_t num_reports,
                                       char **out_text, size_t *out_len, uint32_t *out_exit_status)
{
    fv_out out;
    if (!fv_reports_are_there(reports, num_reports) || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_reports_make_texts(reports, num_reports))
        return FEDVAL_ERROR_NO_MEMORY;
    uint32_t exit_status = status_of_all(reports, num_reports);
    (void)fv_out_init(&out, NULL);
    put_first_line(&out, reports, num_reports, exit_status);
    put_rest(&out, reports, num_reports);
    fedval_status status = fv_out_finish(&out, out_text, out_len);
    if (status == FEDVAL_OK && out_exit_status != NULL)
        *out_exit_status = exit_status;
    return status;
}
