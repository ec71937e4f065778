/* CSV as in RFC 4180: a header, a row for each finding, lines that end with CRLF. */
#include "fedval/policy.h"
#include "fedval/render.h"
#include "render/exchange/exchange.h"

#include "base/calendar.h"

#include <string.h>

/* Quotes are doubled. */
static void put_quoted(fv_buf *buf, fv_text character)
{
    if (character.len == 1 && *character.data == '"')
        fv_buf_append_char(buf, '"');
    fv_buf_append(buf, character.data, character.len);
}

static void begin(fv_buf *buf, bool is_first)
{
    if (!is_first)
        fv_buf_append_char(buf, ',');
    fv_buf_append_char(buf, '"');
}

/* What begins with one of these is a formula to a spreadsheet; some take their full-width forms
 * (U+FF1D, U+FF0B, U+FF0D, U+FF20) for the same. */
static bool is_formula(const char *text)
{
    static const char *const begins[] = {"=",
                                         "+",
                                         "-",
                                         "@",
                                         "\t",
                                         "\r",
                                         "\n",
                                         "\xEF\xBC\x9D",
                                         "\xEF\xBC\x8B",
                                         "\xEF\xBC\x8D",
                                         "\xEF\xBC\xA0"};
    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
        if (fv_begins_with(text, begins[i]))
            return true;
    }
    return false;
}

/* Every field is quoted. What is in the fields comes from outside. */
static void put_field(fv_buf *buf, const char *text)
{
    begin(buf, false);
    if (text != NULL && is_formula(text))
        fv_buf_append_char(buf, '\'');
    if (text != NULL)
        fv_exchange_text(buf, text, put_quoted);
    fv_buf_append_char(buf, '"');
}

static void put_number(fv_buf *buf, uint64_t number)
{
    begin(buf, false);
    if (number != 0)
        fv_buf_append_u64(buf, number);
    fv_buf_append_char(buf, '"');
}

static void put_report(fv_buf *buf, const fedval_report *report)
{
    char time[FV_CALENDAR_TEXT_SIZE];
    begin(buf, true);
    fv_exchange_text(buf, report->domain, put_quoted);
    fv_buf_append_char(buf, '"');
    put_field(buf, fedval_profile_to_string(report->profile));
    put_field(buf, fedval_verdict_to_string(report->verdict));
    fv_calendar_format(report->evaluated_at, time);
    put_field(buf, time);
}

static void put_finding(fv_buf *buf, const fedval_finding *finding)
{
    const fv_remark *remark = &finding->remark;
    char requirement[] = "R0";
    requirement[1] = (char)('0' + remark->requirement);
    put_field(buf, finding->entry->id);
    put_field(buf, fedval_severity_to_string(remark->severity));
    put_field(buf, remark->requirement == 0 ? NULL : requirement);
    put_field(buf, remark->where.target);
    put_number(buf, remark->where.port);
    put_field(buf, remark->where.address);
    put_field(buf, remark->where.certificate);
    put_field(buf, fedval_finding_get_message(finding));
    put_field(buf, fedval_finding_get_expected(finding));
    put_field(buf, fedval_finding_get_observed(finding));
    put_field(buf, fedval_finding_get_remedy(finding));
    put_field(buf, fedval_acceptance_to_string(remark->acceptance));
}

static void write_all(fv_buf *buf, const fedval_report *const *reports, size_t num_reports)
{
    static const char header[] = "domain,profile,verdict,evaluated_at,code,severity,requirement,"
                                 "target,port,address,certificate,message,expected,observed,remedy,"
                                 "acceptance\r\n";
    static const char no_finding[] = ",,,,,,,,,,,,\r\n";
    fv_buf_append_text(buf, header);
    for (size_t i = 0; i < num_reports; i++) {
        for (size_t j = 0; j < reports[i]->num_findings; j++) {
            put_report(buf, reports[i]);
            put_finding(buf, &reports[i]->findings[j]);
            fv_buf_append_text(buf, "\r\n");
        }
        if (reports[i]->num_findings == 0) {
            put_report(buf, reports[i]);
            fv_buf_append_text(buf, no_finding);
        }
    }
}

fedval_status fedval_reports_to_csv(const fedval_report *const *reports, size_t num_reports,
                                    char **out_text, size_t *out_len)
{
    return fv_exchange(write_all, reports, num_reports, out_text, out_len);
}
