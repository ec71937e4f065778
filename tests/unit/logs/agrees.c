/* What an explanation says of a TLS alert, a diagnosis says of it too. ms-diagnostics, HRESULTs and
 * winsock codes: shown.c. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalogue/symptom_codes.h"
#include "fedval/topic.h"
#include "support.h"

/* In pieces, so that this file itself is no log. */
/* The finding of the first topic that the text is explained by. */
static uint32_t explained(const char *text)
{
    size_t topic, count;
    uint32_t answer;
    assert_int_equal(fedval_topics_find(text, FEDVAL_NUL_ENDED, 1, &topic, &count, &answer),
                     FEDVAL_OK);
    if (answer != FEDVAL_ANSWER_KNOWN)
        fail_msg("%s: not explained", text);
    return fedval_topic_get_finding(topic);
}

/* The finding of the only incident of the text; its message has to hold `meaning`, or `written`,
 * which says the same in the words of the product. */
static uint32_t diagnosed(const char *text, const char *meaning, const char *written)
{
    fedval_log *log = read_log("test", (const uint8_t *)text, strlen(text), SIZE_MAX);
    if (fedval_log_count_incidents(log) != 1)
        fail_msg("%s: %zu incidents", text, fedval_log_count_incidents(log));
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    uint32_t finding = fedval_incident_get_finding(incident);
    if (strstr(fedval_incident_get_message(incident), meaning) == NULL &&
        strstr(fedval_incident_get_message(incident), written) == NULL)
        fail_msg("%s\n%s", meaning, fedval_incident_get_message(incident));
    fedval_log_free(log);
    return finding;
}

static void compare(uint32_t seen, uint32_t wanted, const char *text)
{
    if (seen != wanted) {
        fail_msg("%s: %s, and explained as %s", text, fedval_finding_code_to_string(seen),
                 fedval_finding_code_to_string(wanted));
    }
}

#define SCHANNEL                                                                                   \
    "Log Name: System\nSource: Schannel\nDate: 5/14/2026 10:01:00 AM\nEvent "                      \
    "ID: 36887\nLevel: Error\nComputer: edge1.skype.lab\nDescription:\nA fatal alert was "         \
    "received from the remote endpoint. The TLS protocol defined fatal alert code is %u.\n"

static void each_alert_means_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < fv_symptom_code_count(); i++) {
        const fv_symptom_code *code = fv_symptom_code_get(i);
        char text[600], asked[40];
        if (code->kind != FV_SYMPTOM_TLS_ALERT)
            continue;
        snprintf(asked, sizeof(asked), "alert %u", (unsigned)code->number);
        compare(explained(asked), code->finding, asked);
        compare(explained(code->name), code->finding, code->name);
        snprintf(text, sizeof(text), SCHANNEL, (unsigned)code->number);
        if (code->number != 0) { /* the end of a connection is no fatal alert */
            compare(diagnosed(text, code->meaning, code->meaning), code->finding, asked);
        }
    }
}

/* The registry of IANA, "TLS Alerts", without what is unassigned. */
static void each_alert_of_the_registry_is_known(void **state)
{
    static const uint32_t registry[] = {0,  10,  20,  21,  22,  30,  40,  41,  42,  43,  44,  45,
                                        46, 47,  48,  49,  50,  51,  52,  60,  70,  71,  80,  86,
                                        90, 100, 109, 110, 111, 112, 113, 114, 115, 116, 120, 121};
    (void)state;
    for (size_t i = 0; i < sizeof(registry) / sizeof(registry[0]); i++) {
        if (fv_symptom_code_find(FV_SYMPTOM_TLS_ALERT, registry[i]) == NULL)
            fail_msg("alert %u", (unsigned)registry[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_alert_means_the_same),
        cmocka_unit_test(each_alert_of_the_registry_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
