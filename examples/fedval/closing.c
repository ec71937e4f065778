#include "closing.h"

#include "options.h"

#include <fedval/catalogue.h>
#include <fedval/evidence.h>
#include <fedval/policy.h>

#include <stdlib.h>
#include <string.h>

static uint32_t first_finding(const fedval_report *report)
{
    const fedval_finding *finding = fedval_report_get_finding(report, 0);
    bool is_worth_it = fedval_finding_get_severity(finding) > FEDVAL_SEVERITY_NOTE &&
                       fedval_finding_get_acceptance(finding) != FEDVAL_ACCEPTANCE_IN_FORCE;
    return is_worth_it ? fedval_finding_get_code(finding) : 0;
}

void closing_note(cmd_closing *closing, const fedval_report *report)
{
    closing_row *rows = realloc(closing->rows, (closing->num_rows + 1) * sizeof(*rows));
    char *domain = strdup(fedval_report_get_domain(report));
    if (rows != NULL)
        closing->rows = rows;
    if (rows == NULL || domain == NULL) {
        free(domain);
        closing->is_short = true;
        return;
    }
    rows[closing->num_rows++] = (closing_row){
        .domain = domain,
        .profile = fedval_report_get_profile(report),
        .verdict = fedval_report_get_verdict(report),
        .finding = first_finding(report),
        .valid_until = fedval_report_get_valid_until(report),
    };
}

static size_t count(const cmd_closing *closing, uint32_t verdict)
{
    size_t num = 0;
    for (size_t i = 0; i < closing->num_rows; i++)
        num += closing->rows[i].verdict == verdict;
    return num;
}

static int longest_domain(const cmd_closing *closing)
{
    size_t longest = 0;
    for (size_t i = 0; i < closing->num_rows; i++) {
        size_t len = strlen(closing->rows[i].domain);
        longest = len > longest ? len : longest;
    }
    return (int)longest;
}

/* Whether the profile tells rows apart. */
static bool has_profiles(const cmd_closing *closing)
{
    for (size_t i = 1; i < closing->num_rows; i++) {
        if (closing->rows[i].profile != closing->rows[0].profile)
            return true;
    }
    return false;
}

/* "acano.steven.lab  fail           srv-target-outside-domain" */
static void put_row(const cmd_closing *closing, const closing_row *row, FILE *stream)
{
    char until[24] = "";
    fprintf(stream, "  %-*s  %-13s", longest_domain(closing), row->domain,
            fedval_verdict_to_string(row->verdict));
    if (has_profiles(closing))
        fprintf(stream, "  %-14s", fedval_profile_to_string(row->profile));
    if (row->finding != 0)
        fprintf(stream, "  %s", fedval_finding_code_to_string(row->finding));
    else if (row->valid_until != FEDVAL_TIME_UNKNOWN &&
             fedval_time_to_string(row->valid_until, until, sizeof(until)) == FEDVAL_OK)
        fprintf(stream, "  until %.10s", until);
    else if (row->verdict == FEDVAL_VERDICT_INDETERMINATE)
        fputs("  not all was seen", stream);
    fputc('\n', stream);
}

void closing_write(cmd_closing *closing, cmd_output *output)
{
    FILE *stream = output->stream;
    if (output->format != FORMAT_TEXT || closing->num_rows < 2 || closing->is_short)
        return;
    fprintf(stream, "\n%zu reports: %zu pass, %zu fail, %zu indeterminate\n\n", closing->num_rows,
            count(closing, FEDVAL_VERDICT_PASS), count(closing, FEDVAL_VERDICT_FAIL),
            count(closing, FEDVAL_VERDICT_INDETERMINATE));
    for (size_t i = 0; i < closing->num_rows; i++)
        put_row(closing, &closing->rows[i], stream);
}

void closing_clear(cmd_closing *closing)
{
    for (size_t i = 0; i < closing->num_rows; i++)
        free(closing->rows[i].domain);
    free(closing->rows);
    *closing = (cmd_closing){0};
}
