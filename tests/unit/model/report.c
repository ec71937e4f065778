#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/evidence.h"
#include "fedval/name.h"
#include "fedval/trust.h"
#include "model/report.h"

static fv_report_certificate certificate = {.subject = "CN=a", .not_after = 1234};
static fv_report_address addresses[] = {
    {.address = "192.0.2.1",
     .probe = FEDVAL_OUTCOME_HANDSHAKE,
     .tls_version = "TLSv1.2",
     .alert = -1,
     .presented = {.certificate = &certificate,
                   .name_match = FEDVAL_NAME_MATCH_SAN,
                   .trust = FEDVAL_TRUST_BY_PUBLIC}},
    {.address = "192.0.2.2", .probe = FEDVAL_OUTCOME_TIMEOUT, .alert = -1},
};
static fv_report_endpoint endpoints[] = {
    {.target = "a.example.com",
     .port = 5061,
     .priority = 1,
     .weight = 2,
     .ttl = 3,
     .rank = FEDVAL_RANK_STANDBY,
     .srv_match = FEDVAL_SRV_MATCH_MATCH,
     .addresses = addresses,
     .num_addresses = 2},
};
static fv_finding_texts texts = {.made = {"m", "e", "o", "r"}};
static fedval_finding findings[] = {
    {.remark = {.code = FEDVAL_FINDING_CONNECT_TIMEOUT,
                .severity = FEDVAL_SEVERITY_WARNING,
                .requirement = 6,
                .where = {.target = "a.example.com", .address = "192.0.2.2"}},
     .texts = &texts,
     .breaks = FEDVAL_DIRECTION_FROM_MICROSOFT},
};
static const uint32_t why[] = {FEDVAL_FINDING_SRV_MISSING};
static fv_report_action actions[] = {
    {.side = 1,
     .op = FEDVAL_OP_ADD,
     .kind = FEDVAL_ACTION_DNS,
     .owner = "o.",
     .record = {.type = FEDVAL_TYPE_A, .ttl = 60},
     .data = "192.0.2.1",
     .why = why,
     .num_why = 1},
};
static uint32_t not_checked[] = {FEDVAL_NOT_CHECKED_MEDIA};
static fedval_report report = {
    .domain = "example.com",
    .domain_given = "Example.com",
    .side = 1,
    .side_inferred = true,
    .profile = 2,
    .scope = 1,
    .gathered_at = 10,
    .evaluated_at = 20,
    .valid_until = 30,
    .verdict = FEDVAL_VERDICT_FAIL,
    .after_actions = FEDVAL_VERDICT_PASS,
    .requirements = {0, 1, 2, 3, 4, 1, 1, 2},
    .endpoints = endpoints,
    .num_endpoints = 1,
    .findings = findings,
    .num_findings = 1,
    .actions = actions,
    .num_actions = 1,
    .not_checked = not_checked,
    .num_not_checked = 1,
};

static void the_head_is_read(void **state)
{
    (void)state;
    assert_string_equal(fedval_report_get_domain(&report), "example.com");
    assert_string_equal(fedval_report_get_domain_given(&report), "Example.com");
    assert_int_equal(fedval_report_get_side(&report), 1);
    assert_int_equal(fedval_report_is_side_inferred(&report), 1);
    assert_int_equal(fedval_report_get_profile(&report), 2);
    assert_int_equal(fedval_report_get_scope(&report), 1);
    assert_int_equal(fedval_report_get_gathered_at(&report), 10);
    assert_int_equal(fedval_report_get_evaluated_at(&report), 20);
    assert_int_equal(fedval_report_get_valid_until(&report), 30);
    assert_int_equal(fedval_report_get_verdict(&report), FEDVAL_VERDICT_FAIL);
    assert_int_equal(fedval_report_get_after_actions(&report), FEDVAL_VERDICT_PASS);
    assert_int_equal(fedval_report_count_not_checked(&report), 1);
    assert_string_equal(fedval_report_get_not_checked(&report, 0), "media");
    assert_null(fedval_report_get_not_checked(&report, 1));
    assert_int_equal(fedval_report_get_not_checked_kind(&report, 0), FEDVAL_NOT_CHECKED_MEDIA);
    assert_int_equal(fedval_report_get_not_checked_kind(&report, 1), 0);
}

static void requirements_that_do_not_exist_are_not_checked(void **state)
{
    (void)state;
    assert_int_equal(fedval_report_get_requirement(&report, 2), FEDVAL_VERDICT_FAIL);
    assert_int_equal(fedval_report_get_requirement(&report, 7), FEDVAL_VERDICT_FAIL);
    assert_int_equal(fedval_report_get_requirement(&report, 0), FEDVAL_VERDICT_NOT_CHECKED);
    assert_int_equal(fedval_report_get_requirement(&report, 9), FEDVAL_VERDICT_NOT_CHECKED);
    assert_int_equal(fedval_report_get_requirement(&report, 99), FEDVAL_VERDICT_NOT_CHECKED);
}

static void endpoints_and_their_addresses_are_read(void **state)
{
    (void)state;
    assert_int_equal(fedval_report_count_endpoints(&report), 1);
    assert_string_equal(fedval_endpoint_get_target(fedval_report_get_endpoint(&report, 0)),
                        "a.example.com");
    assert_int_equal(fedval_endpoint_get_port(fedval_report_get_endpoint(&report, 0)), 5061);
    assert_int_equal(fedval_endpoint_get_priority(fedval_report_get_endpoint(&report, 0)), 1);
    assert_int_equal(fedval_endpoint_get_weight(fedval_report_get_endpoint(&report, 0)), 2);
    assert_int_equal(fedval_endpoint_get_ttl(fedval_report_get_endpoint(&report, 0)), 3);
    assert_int_equal(fedval_endpoint_get_rank(fedval_report_get_endpoint(&report, 0)),
                     FEDVAL_RANK_STANDBY);
    assert_int_equal(fedval_endpoint_get_srv_match(fedval_report_get_endpoint(&report, 0)),
                     FEDVAL_SRV_MATCH_MATCH);
    assert_int_equal(fedval_endpoint_count_addresses(fedval_report_get_endpoint(&report, 0)), 2);
    assert_string_equal(fedval_address_get_text(
                            fedval_endpoint_get_address(fedval_report_get_endpoint(&report, 0), 0)),
                        "192.0.2.1");
    assert_int_equal(fedval_address_get_probe(
                         fedval_endpoint_get_address(fedval_report_get_endpoint(&report, 0), 1)),
                     FEDVAL_OUTCOME_TIMEOUT);
    assert_string_equal(fedval_address_get_tls_version(
                            fedval_endpoint_get_address(fedval_report_get_endpoint(&report, 0), 0)),
                        "TLSv1.2");
    assert_string_equal(fedval_report_certificate_get_subject(fedval_presented_get_certificate(
                            fedval_address_get_presented(fedval_endpoint_get_address(
                                fedval_report_get_endpoint(&report, 0), 0)))),
                        "CN=a");
    assert_int_equal(fedval_report_certificate_get_not_after(fedval_presented_get_certificate(
                         fedval_address_get_presented(fedval_endpoint_get_address(
                             fedval_report_get_endpoint(&report, 0), 0)))),
                     1234);
    assert_int_equal(fedval_presented_get_name_match(fedval_address_get_presented(
                         fedval_endpoint_get_address(fedval_report_get_endpoint(&report, 0), 0))),
                     FEDVAL_NAME_MATCH_SAN);
    assert_int_equal(fedval_presented_get_trust(fedval_address_get_presented(
                         fedval_endpoint_get_address(fedval_report_get_endpoint(&report, 0), 0))),
                     FEDVAL_TRUST_BY_PUBLIC);
    assert_null(fedval_report_certificate_get_subject(
        fedval_presented_get_certificate(fedval_address_get_presented(
            fedval_endpoint_get_address(fedval_report_get_endpoint(&report, 0), 1)))));
    assert_true(fedval_report_certificate_get_not_after(fedval_presented_get_certificate(
                    fedval_address_get_presented(fedval_endpoint_get_address(
                        fedval_report_get_endpoint(&report, 0), 1)))) == FEDVAL_TIME_UNKNOWN);
}

static void findings_and_actions_are_read(void **state)
{
    (void)state;
    assert_int_equal(fedval_report_count_findings(&report), 1);
    assert_int_equal(fedval_finding_get_code(fedval_report_get_finding(&report, 0)),
                     FEDVAL_FINDING_CONNECT_TIMEOUT);
    assert_int_equal(fedval_finding_get_severity(fedval_report_get_finding(&report, 0)),
                     FEDVAL_SEVERITY_WARNING);
    assert_int_equal(fedval_finding_get_requirement(fedval_report_get_finding(&report, 0)), 6);
    assert_string_equal(fedval_finding_get_message(fedval_report_get_finding(&report, 0)), "m");
    assert_string_equal(fedval_finding_get_expected(fedval_report_get_finding(&report, 0)), "e");
    assert_string_equal(fedval_finding_get_observed(fedval_report_get_finding(&report, 0)), "o");
    assert_string_equal(fedval_finding_get_remedy(fedval_report_get_finding(&report, 0)), "r");
    assert_string_equal(fedval_finding_get_target(fedval_report_get_finding(&report, 0)),
                        "a.example.com");
    assert_string_equal(fedval_finding_get_address(fedval_report_get_finding(&report, 0)),
                        "192.0.2.2");
    assert_int_equal(fedval_finding_get_breaks(fedval_report_get_finding(&report, 0)),
                     FEDVAL_DIRECTION_FROM_MICROSOFT);
    assert_int_equal(fedval_report_count_actions(&report), 1);
    assert_int_equal(fedval_action_get_op(fedval_report_get_action(&report, 0)), FEDVAL_OP_ADD);
    assert_int_equal(fedval_action_get_kind(fedval_report_get_action(&report, 0)),
                     FEDVAL_ACTION_DNS);
    assert_int_equal(fedval_action_get_side(fedval_report_get_action(&report, 0)), 1);
    assert_string_equal(fedval_action_get_owner(fedval_report_get_action(&report, 0)), "o.");
    assert_string_equal(fedval_action_get_type(fedval_report_get_action(&report, 0)), "A");
    assert_int_equal(fedval_action_get_ttl(fedval_report_get_action(&report, 0)), 60);
    assert_string_equal(fedval_action_get_data(fedval_report_get_action(&report, 0)), "192.0.2.1");
    assert_int_equal(fedval_action_count_reasons(fedval_report_get_action(&report, 0)), 1);
    assert_int_equal(fedval_action_get_reason(fedval_report_get_action(&report, 0), 0),
                     FEDVAL_FINDING_SRV_MISSING);
    assert_int_equal(fedval_action_get_reason(fedval_report_get_action(&report, 0), 1), 0);
}

static void past_the_end_there_is_nothing(void **state)
{
    (void)state;
    assert_null(fedval_endpoint_get_target(fedval_report_get_endpoint(&report, 1)));
    assert_int_equal(fedval_endpoint_get_port(fedval_report_get_endpoint(&report, 1)), 0);
    assert_int_equal(fedval_endpoint_count_addresses(fedval_report_get_endpoint(&report, 1)), 0);
    assert_null(fedval_address_get_text(
        fedval_endpoint_get_address(fedval_report_get_endpoint(&report, 0), 2)));
    assert_null(fedval_address_get_text(
        fedval_endpoint_get_address(fedval_report_get_endpoint(&report, 1), 0)));
    assert_int_equal(fedval_presented_get_trust(fedval_address_get_presented(
                         fedval_endpoint_get_address(fedval_report_get_endpoint(&report, 0), 2))),
                     FEDVAL_TRUST_NOT_CHECKED);
    assert_int_equal(fedval_finding_get_code(fedval_report_get_finding(&report, 1)), 0);
    assert_null(fedval_finding_get_message(fedval_report_get_finding(&report, 1)));
    assert_null(fedval_finding_get_target(fedval_report_get_finding(&report, 1)));
    assert_int_equal(fedval_action_get_op(fedval_report_get_action(&report, 1)), 0);
    assert_null(fedval_action_get_data(fedval_report_get_action(&report, 1)));
    assert_int_equal(fedval_action_count_reasons(fedval_report_get_action(&report, 1)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_head_is_read),
        cmocka_unit_test(requirements_that_do_not_exist_are_not_checked),
        cmocka_unit_test(endpoints_and_their_addresses_are_read),
        cmocka_unit_test(findings_and_actions_are_read),
        cmocka_unit_test(past_the_end_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
