/* JUnit XML, as build servers read it: a suite for each report, a case for each requirement. */
#include "base/calendar.h"
#include "fedval/policy.h"
#include "fedval/render.h"
#include "render/exchange/exchange.h"
#include "render/text/expiry.h"

/* ---- text ---- */

static void put_escaped(fv_buf *buf, fv_text character)
{
    switch (*character.data) {
    case '&':
        fv_buf_append_text(buf, "&amp;");
        break;
    case '<':
        fv_buf_append_text(buf, "&lt;");
        break;
    case '>':
        fv_buf_append_text(buf, "&gt;");
        break;
    case '"':
        fv_buf_append_text(buf, "&quot;");
        break;
    default:
        fv_buf_append(buf, character.data, character.len);
    }
}

static void put_text(fv_buf *buf, const char *text)
{
    if (text != NULL)
        fv_exchange_text(buf, text, put_escaped);
}

static void put_attribute(fv_buf *buf, const char *name, const char *value)
{
    fv_buf_append_char(buf, ' ');
    fv_buf_append_text(buf, name);
    fv_buf_append_text(buf, "=\"");
    put_text(buf, value);
    fv_buf_append_char(buf, '"');
}

static void put_count(fv_buf *buf, const char *name, size_t count)
{
    fv_buf_append_char(buf, ' ');
    fv_buf_append_text(buf, name);
    fv_buf_append_text(buf, "=\"");
    fv_buf_append_u64(buf, count);
    fv_buf_append_char(buf, '"');
}

/* ---- one case ---- */

static void put_line(fv_buf *buf, const char *label, const char *text)
{
    if (text == NULL)
        return;
    fv_buf_append_text(buf, label);
    put_text(buf, text);
    fv_buf_append_char(buf, '\n');
}

/* Whether a finding has a part in the verdict of a requirement. */
static bool is_of(const fedval_finding *finding, uint32_t requirement)
{
    return finding->remark.requirement == requirement &&
           finding->remark.severity >= FEDVAL_SEVERITY_WARNING &&
           fv_remark_counts(&finding->remark);
}

static void put_findings(fv_buf *buf, const fedval_report *report, uint32_t requirement)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        const fedval_finding *finding = &report->findings[i];
        if (!is_of(finding, requirement))
            continue;
        fv_buf_append_text(buf, fedval_severity_to_string(finding->remark.severity));
        fv_buf_append_char(buf, ' ');
        fv_buf_append_text(buf, finding->entry->id);
        fv_buf_append_char(buf, ' ');
        fv_exchange_place(buf, &finding->remark.where, put_escaped);
        fv_buf_append_char(buf, '\n');
        put_line(buf, "  ", fedval_finding_get_message(finding));
        put_line(buf, "  wanted: ", fedval_finding_get_expected(finding));
        put_line(buf, "  seen: ", fedval_finding_get_observed(finding));
        put_line(buf, "  change: ", fedval_finding_get_remedy(finding));
    }
}

static const char *first_message(const fedval_report *report, uint32_t requirement)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        if (is_of(&report->findings[i], requirement))
            return fedval_finding_get_message(&report->findings[i]);
    }
    return "not decided by a finding";
}

/* <failure> or <error>, with what was found. */
static void put_fault(fv_buf *buf, const fedval_report *report, uint32_t requirement,
                      const char *element)
{
    fv_buf_append_char(buf, '<');
    fv_buf_append_text(buf, element);
    put_attribute(buf, "message", first_message(report, requirement));
    put_attribute(buf, "type", fedval_verdict_to_string(report->requirements[requirement]));
    fv_buf_append_char(buf, '>');
    put_findings(buf, report, requirement);
    fv_buf_append_text(buf, "</");
    fv_buf_append_text(buf, element);
    fv_buf_append_char(buf, '>');
}

/* Puts the warnings beside a requirement, which they leave as it is; of requirement 0, those that
 * are about none. */
static void put_warnings(fv_buf *buf, const fedval_report *report, uint32_t requirement)
{
    size_t count = 0;
    for (size_t i = 0; i < report->num_findings; i++)
        count += is_of(&report->findings[i], requirement);
    if (count == 0)
        return;
    fv_buf_append_text(buf, "<system-out>");
    put_findings(buf, report, requirement);
    fv_buf_append_text(buf, "</system-out>");
}

/* What could not be seen is an error, unlike what is outside the scope. */
static void put_unchecked(fv_buf *buf, const fedval_report *report, uint32_t requirement)
{
    const char *scope = fv_report_scope_text(report);
    bool is_required = report->required[requirement];
    if (is_required) {
        fv_buf_append_text(buf, "<error message=\"not checked, although a pass needs it\" "
                                "type=\"not-checked\"/>");
        put_warnings(buf, report, requirement);
        return;
    }
    fv_buf_append_text(buf, "<skipped message=\"not checked");
    fv_buf_append_text(buf, scope != NULL ? ": judged was " : "");
    fv_buf_append_text(buf, scope != NULL ? scope : "");
    fv_buf_append_text(buf, "\"/>");
    put_warnings(buf, report, requirement);
}

static void put_case(fv_buf *buf, const fedval_report *report, uint32_t requirement)
{
    char name[] = "R0";
    name[1] = (char)('0' + requirement);
    fv_buf_append_text(buf, "<testcase");
    put_attribute(buf, "classname", report->domain);
    put_attribute(buf, "name", name);
    fv_buf_append_char(buf, '>');
    switch (report->requirements[requirement]) {
    case FEDVAL_VERDICT_PASS:
        put_warnings(buf, report, requirement);
        break;
    case FEDVAL_VERDICT_FAIL:
        put_fault(buf, report, requirement, "failure");
        break;
    case FEDVAL_VERDICT_INDETERMINATE:
        put_fault(buf, report, requirement, "error");
        break;
    default:
        put_unchecked(buf, report, requirement);
    }
    fv_buf_append_text(buf, "</testcase>\n");
}

/* ---- the document ---- */

static size_t count_verdicts(const fedval_report *report, uint32_t verdict)
{
    size_t count = 0;
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++)
        count += report->requirements[i] == verdict;
    return count;
}

/* How many requirements were not checked although a pass needs them. */
static size_t count_lacking(const fedval_report *report)
{
    size_t count = 0;
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++)
        count += fv_report_is_unseen(report, i);
    return count;
}

static void put_property(fv_buf *buf, const char *name, const char *value)
{
    fv_buf_append_text(buf, "<property");
    put_attribute(buf, "name", name);
    put_attribute(buf, "value", value);
    fv_buf_append_text(buf, "/>");
}

static void put_time(fv_buf *buf, const char *name, int64_t time)
{
    char text[FV_CALENDAR_TEXT_SIZE];
    fv_calendar_format(time, text);
    put_property(buf, name, text);
}

/* When a sound report stops to hold, and when the certificate of each target ends. */
static void put_expiries(fv_buf *buf, const fedval_report *report)
{
    const fv_expiries all = fv_expiries_from(report);
    if (report->verdict == FEDVAL_VERDICT_PASS && report->valid_until != FEDVAL_TIME_UNKNOWN)
        put_time(buf, "valid_until", report->valid_until);
    for (size_t i = 0; i < all.num_items; i++) {
        fv_buf name;
        fv_buf_init(&name);
        fv_buf_append_text(&name, "certificate_until ");
        fv_buf_append_text(&name, all.items[i].target);
        if (name.failed)
            buf->failed = true;
        else
            put_time(buf, name.data, all.items[i].not_after);
        fv_buf_clear(&name);
    }
}

/* What the report is of, and how long its certificates hold. */
static void put_properties(fv_buf *buf, const fedval_report *report)
{
    fv_buf_append_text(buf, "<properties>");
    put_property(buf, "profile", fedval_profile_to_string(report->profile));
    put_property(buf, "verdict", fedval_verdict_to_string(report->verdict));
    put_property(buf, "scope", fedval_scope_to_string(report->scope));
    if (fedval_report_get_pass_of(report) != NULL)
        put_property(buf, "pass-of", fedval_report_get_pass_of(report));
    put_expiries(buf, report);
    fv_buf_append_text(buf, "</properties>\n");
}

static void put_suite(fv_buf *buf, const fedval_report *report)
{
    const size_t failures = count_verdicts(report, FEDVAL_VERDICT_FAIL);
    const size_t errors =
        count_verdicts(report, FEDVAL_VERDICT_INDETERMINATE) + count_lacking(report);
    const size_t judged = count_verdicts(report, FEDVAL_VERDICT_PASS) + failures + errors;
    fv_buf_append_text(buf, "<testsuite");
    put_attribute(buf, "name", report->domain);
    put_count(buf, "tests", FV_NUM_REQUIREMENTS);
    put_count(buf, "failures", failures);
    put_count(buf, "errors", errors);
    put_count(buf, "skipped", FV_NUM_REQUIREMENTS - judged);
    fv_buf_append_text(buf, ">\n");
    put_properties(buf, report);
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++)
        put_case(buf, report, i);
    put_warnings(buf, report, 0);
    fv_buf_append_text(buf, "</testsuite>\n");
}

static void write_all(fv_buf *buf, const fedval_report *const *reports, size_t num_reports)
{
    fv_buf_append_text(buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<testsuites name=\"fedval\">\n");
    for (size_t i = 0; i < num_reports; i++)
        put_suite(buf, reports[i]);
    fv_buf_append_text(buf, "</testsuites>\n");
}

fedval_status fedval_reports_to_junit(const fedval_report *const *reports, size_t num_reports,
                                      char **out_text, size_t *out_len)
{
    return fv_exchange(write_all, reports, num_reports, out_text, out_len);
}
