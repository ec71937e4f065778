/* What a log said, against a report of today. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../judging.h"
#include "fedval/log.h"
#include "fedval/recheck.h"

#define NOW INT64_C(1893456000) /* 2030-01-01 */

/* In pieces, so that the reader finds no log in this file. */
#define RESPONSE "%s/2.0 504 Server time-out\r\n"
#define DIAGNOSTICS "ms-%s: 1009;reason=\"No match for domain\";"

static void state_reason(char *text, size_t size)
{
    (void)snprintf(text, size,
                   RESPONSE "From: <sip:a@lync.example>;tag=1\r\n"
                            "To: <sip:b@video.example.com>;tag=2\r\nCall-ID: 9f8e\r\n"
                            "CSeq: 1 INVITE\r\n" DIAGNOSTICS "domain=\"video.example.com\";"
                            "fqdn1=\"gw.other.example:5061\"\r\n\r\n",
                   "SIP", "diagnostics");
}

static void leave_open(char *text, size_t size)
{
    (void)snprintf(text, size,
                   RESPONSE "From: <sip:a@video.example.com>;tag=1\r\n"
                            "To: <sip:b@lync.example>;tag=2\r\nCall-ID: 9f8e\r\n"
                            "CSeq: 1 INVITE\r\nServer: RTC/6.0\r\n\r\n",
                   "SIP");
}

static fedval_log *read_log(void (*write)(char *text, size_t size))
{
    char text[600];
    fedval_log *log = NULL;
    write(text, sizeof(text));
    assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
    assert_int_equal(fedval_log_begin_source(log, "edge.log", FEDVAL_NUL_ENDED), FEDVAL_OK);
    assert_int_equal(fedval_log_feed(log, text, strlen(text)), FEDVAL_OK);
    assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    return log;
}

/* A report on a domain whose SRV record names `target`; NULL: nothing is known of it. */
static fedval_report *judge(const char *domain, const char *owner, const char *target)
{
    fedval_evidence *evidence = NULL;
    fedval_policy *policy = NULL;
    fedval_report *report = NULL;
    fedval_fact *srv = NULL;
    assert_int_equal(fedval_evidence_new(domain, FEDVAL_NUL_ENDED, &evidence, NULL), FEDVAL_OK);
    assert_int_equal(fedval_evidence_set_time(evidence, NOW), FEDVAL_OK);
    assert_int_equal(fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &policy), FEDVAL_OK);
    if (target != NULL) {
        assert_int_equal(fedval_fact_new_dns(owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &srv),
                         FEDVAL_OK);
        assert_int_equal(fedval_fact_append_srv(srv, owner, FEDVAL_NUL_ENDED, 3600, 0, 0, 5061,
                                                target, FEDVAL_NUL_ENDED),
                         FEDVAL_OK);
        assert_int_equal(fedval_fact_set_outcome(srv, FEDVAL_OUTCOME_ANSWER), FEDVAL_OK);
        assert_int_equal(fedval_evidence_append(evidence, srv), FEDVAL_OK);
        fedval_fact_free(srv);
    }
    assert_int_equal(evaluate_once(evidence, policy, NULL, NULL, NULL, &report), FEDVAL_OK);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
    return report;
}

static const char video[] = "_sipfederationtls._tcp.video.example.com";
static const char other[] = "_sipfederationtls._tcp.other.example";

static uint32_t recheck(const char *domain, const char *owner, const char *target)
{
    fedval_log *log = read_log(state_reason);
    fedval_report *report = judge(domain, owner, target);
    uint32_t result = fedval_incident_recheck(fedval_log_get_incident(log, 0), report);
    fedval_report_free(report);
    fedval_log_free(log);
    return result;
}

static void a_fault_stands_while_its_requirement_fails(void **state)
{
    (void)state;
    assert_int_equal(recheck("video.example.com", video, "gw.other.example"),
                     FEDVAL_RECHECK_STANDS);
}

static void a_fault_is_gone_once_its_requirement_passes(void **state)
{
    (void)state;
    assert_int_equal(recheck("video.example.com", video, "gw.video.example.com"),
                     FEDVAL_RECHECK_GONE);
}

static void what_was_not_seen_or_is_of_another_domain_is_not_known(void **state)
{
    (void)state;
    assert_int_equal(recheck("video.example.com", video, NULL), FEDVAL_RECHECK_UNKNOWN);
    assert_int_equal(recheck("other.example", other, "gw.far.example"), FEDVAL_RECHECK_UNKNOWN);
}

static void nothing_is_known_of_nothing(void **state)
{
    (void)state;
    fedval_log *log = read_log(state_reason);
    fedval_report *report = judge("video.example.com", video, "gw.other.example");
    assert_int_equal(fedval_incident_recheck(fedval_log_get_incident(log, 0), NULL),
                     FEDVAL_RECHECK_UNKNOWN);
    assert_int_equal(fedval_incident_recheck(NULL, report), FEDVAL_RECHECK_UNKNOWN);
    fedval_report_free(report);
    fedval_log_free(log);
}

/* The Edge says 504 without a reason for R2 and for R4: either stands for both. */
static void a_bare_504_stands_with_r2_and_is_open_without_r4(void **state)
{
    (void)state;
    fedval_log *log = read_log(leave_open);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_finding(incident), FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
    assert_string_equal(fedval_incident_get_domain(incident), "video.example.com");
    fedval_report *broken = judge("video.example.com", video, "gw.other.example");
    fedval_report *half = judge("video.example.com", video, "gw.video.example.com");
    assert_int_equal(fedval_incident_recheck(incident, broken), FEDVAL_RECHECK_STANDS);
    assert_int_equal(fedval_incident_recheck(incident, half), FEDVAL_RECHECK_UNKNOWN);
    fedval_report_free(broken);
    fedval_report_free(half);
    fedval_log_free(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_stands_while_its_requirement_fails),
        cmocka_unit_test(a_fault_is_gone_once_its_requirement_passes),
        cmocka_unit_test(what_was_not_seen_or_is_of_another_domain_is_not_known),
        cmocka_unit_test(nothing_is_known_of_nothing),
        cmocka_unit_test(a_bare_504_stands_with_r2_and_is_open_without_r4),
    };
    return cmocka_run_group_tests_name("mend/recheck", tests, NULL, NULL);
}
