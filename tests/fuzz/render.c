/* Whatever evidence loads can be judged under every profile and shown in every form; nothing that a
 * terminal acts on comes through. The first byte chooses the profile. */
#include "fuzz.h"

#include "../judging.h"
#include "fedval/evaluate.h"
#include "fedval/html.h"
#include "fedval/render.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void check_text(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if ((c < ' ' && c != '\n') || c >= 0x7f)
            abort();
    }
}

static void check(fedval_status status, char *text, bool is_for_people)
{
    if (status != FEDVAL_OK)
        abort();
    if (is_for_people)
        check_text(text);
    fedval_text_free(text);
}

static void show(const fedval_report *report)
{
    char *text = NULL;
    uint32_t exit_status = 9;
    fedval_status status = fedval_report_to_json(report, &text, NULL);
    check(status, text, false);
    status = fedval_report_to_text(report, NULL, &text, NULL);
    check(status, text, true);
    status = fedval_reports_to_nagios(&report, 1, &text, NULL, &exit_status);
    check(status, text, true);
    status = fedval_reports_to_prometheus(&report, 1, NULL, &text, NULL);
    check(status, text, false);
    status = fedval_reports_to_markdown(&report, 1, &text, NULL);
    check(status, text, false);
    status = fedval_reports_to_csv(&report, 1, &text, NULL);
    check(status, text, false);
    status = fedval_reports_to_junit(&report, 1, &text, NULL);
    check(status, text, false);
    status = fedval_report_to_html(report, NULL, &text, NULL);
    if (status == FEDVAL_OK && strstr(text, "<script") != NULL)
        abort();
    check(status, text, false);
    status = fedval_reports_to_sarif(&report, 1, &text, NULL);
    check(status, text, false);
    if (exit_status > 3)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fedval_evidence *evidence = NULL;
    fedval_policy *policy = NULL;
    fedval_report *report = NULL;
    if (size == 0 || fedval_policy_new(1 + data[0] % 6u, &policy) != FEDVAL_OK)
        return 0;
    (void)fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, 1893456000);
    if (fedval_evidence_new_from_json((const char *)data + 1, size - 1, &evidence, NULL) ==
            FEDVAL_OK &&
        evaluate_once(evidence, policy, NULL, NULL, NULL, &report) == FEDVAL_OK)
        show(report);
    fedval_report_free(report);
    fedval_evidence_free(evidence);
    fedval_policy_free(policy);
    return 0;
}
