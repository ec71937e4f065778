/* fedval_chain_evaluate: one chain by itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../judging.h"
#include "fedval/catalogue.h"
#include "fedval/name.h"
#include "fedval/report.h"
#include "judge/chain_result.h"
#include "toy.h"

static fedval_status evaluate(toy *t, const char *name, fedval_chain_result **out)
{
    const uint8_t *chain[8];
    size_t chain_len[8];
    for (size_t i = 0; i < t->num_sent; i++) {
        chain[i] = t->sent[i]->der.data;
        chain_len[i] = t->sent[i]->der.len;
    }
    toy_set(t, FEDVAL_POLICY_TIME, t->time);
    (void)fedval_anchors_seal(t->anchors, t->verifier); /* again: it is sealed, no matter */
    return chain_evaluate_once(chain, chain_len, t->num_sent, name, FEDVAL_NUL_ENDED, t->purpose,
                               t->policy, t->anchors, t->crls, t->verifier, out);
}

static bool has(const fedval_chain_result *result, uint32_t code, uint32_t severity)
{
    for (size_t i = 0; i < fedval_chain_result_count_findings(result); i++) {
        if (fedval_finding_get_code(fedval_chain_result_get_finding(result, i)) == code &&
            fedval_finding_get_severity(fedval_chain_result_get_finding(result, i)) == severity)
            return true;
    }
    return false;
}

static int open_toy(void **state)
{
    static toy t;
    toy_open(&t);
    TOY_TRUST(&t, ROOT);
    *state = &t;
    return 0;
}

static int close_toy(void **state)
{
    toy_close(*state);
    return 0;
}

/* The chain as one buffer of DER, as a binding hands it over. */
static fedval_certificate_list *list_of(const toy *t)
{
    static uint8_t bytes[16384];
    size_t len = 0;
    fedval_certificate_list *list = NULL;
    for (size_t i = 0; i < t->num_sent; i++) {
        memcpy(bytes + len, t->sent[i]->der.data, t->sent[i]->der.len);
        len += t->sent[i]->der.len;
    }
    assert_int_equal(fedval_certificate_list_new_from_der(bytes, len, &list, NULL), FEDVAL_OK);
    return list;
}

static void a_list_is_evaluated_as_its_certificates_are(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL, *of_list = NULL;
    char *json, *json_of_list;
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2, .to = "350101");
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    assert_int_equal(evaluate(t, "host.example.com", &result), FEDVAL_OK);
    fedval_certificate_list *list = list_of(t);
    fedval_judge *judge = NULL;
    assert_int_equal(new_judge(t->policy, t->anchors, t->crls, t->verifier, &judge), FEDVAL_OK);
    assert_int_equal(fedval_chain_evaluate_list(judge, 0, list, "host.example.com",
                                                FEDVAL_NUL_ENDED, t->purpose, FEDVAL_TIME_UNKNOWN,
                                                &of_list),
                     FEDVAL_OK);
    assert_int_equal(fedval_chain_result_get_verdict(of_list), FEDVAL_VERDICT_PASS);
    assert_int_equal(fedval_chain_result_to_json(result, &json, NULL), FEDVAL_OK);
    assert_int_equal(fedval_chain_result_to_json(of_list, &json_of_list, NULL), FEDVAL_OK);
    assert_string_equal(json, json_of_list);
    assert_int_equal(fedval_chain_evaluate_list(judge, 0, NULL, NULL, 0, t->purpose,
                                                FEDVAL_TIME_UNKNOWN, &of_list),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_chain_evaluate_list(judge, 1, list, NULL, 0, t->purpose,
                                                FEDVAL_TIME_UNKNOWN, &of_list),
                     FEDVAL_ERROR_ARGUMENT);
    fedval_judge_free(judge);
    fedval_text_free(json);
    fedval_text_free(json_of_list);
    fedval_chain_result_free(result);
    fedval_chain_result_free(of_list);
    fedval_certificate_list_free(list);
}

static void a_sound_chain_passes(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL;
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .to = "350101");
    assert_int_equal(evaluate(t, "Host.Example.com.", &result), FEDVAL_OK);
    assert_int_equal(fedval_chain_result_get_verdict(result), FEDVAL_VERDICT_PASS);
    assert_int_equal(fedval_presented_get_trust(fedval_chain_result_get_presented(result)),
                     FEDVAL_TRUST_BY_PUBLIC);
    assert_int_equal(fedval_presented_get_name_match(fedval_chain_result_get_presented(result)),
                     FEDVAL_NAME_MATCH_SAN);
    assert_int_equal(fedval_chain_result_get_valid_until(result), INT64_C(2051222400));
    assert_string_equal(result->name, "host.example.com");
    assert_int_equal(result->presented.num_paths, 1);
    assert_int_equal(result->presented.paths[0].num_certificates, 2);
    fedval_chain_result_free(result);
}

static void a_name_that_is_not_in_it_fails(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL;
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    assert_int_equal(evaluate(t, "other.example.com", &result), FEDVAL_OK);
    assert_int_equal(fedval_chain_result_get_verdict(result), FEDVAL_VERDICT_FAIL);
    assert_int_equal(fedval_presented_get_trust(fedval_chain_result_get_presented(result)),
                     FEDVAL_TRUST_BY_PUBLIC);
    assert_true(has(result, FEDVAL_FINDING_CERT_NAME_MISMATCH, FEDVAL_SEVERITY_ERROR));
    assert_int_equal(fedval_finding_get_code(fedval_chain_result_get_finding(result, 0)),
                     FEDVAL_FINDING_CERT_NAME_MISMATCH);
    assert_non_null(fedval_finding_get_message(fedval_chain_result_get_finding(result, 0)));
    fedval_chain_result_free(result);
}

static void without_a_name_names_are_not_looked_at(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL;
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    assert_int_equal(evaluate(t, NULL, &result), FEDVAL_OK);
    assert_int_equal(fedval_chain_result_get_verdict(result), FEDVAL_VERDICT_PASS);
    assert_int_equal(fedval_presented_get_name_match(fedval_chain_result_get_presented(result)), 0);
    fedval_chain_result_free(result);
}

static void an_expired_certificate_fails_on_a_trusted_path(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL;
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .to = "291231");
    assert_int_equal(evaluate(t, NULL, &result), FEDVAL_OK);
    assert_int_equal(fedval_chain_result_get_verdict(result), FEDVAL_VERDICT_FAIL);
    assert_int_equal(fedval_presented_get_trust(fedval_chain_result_get_presented(result)),
                     FEDVAL_TRUST_BY_PUBLIC);
    assert_true(has(result, FEDVAL_FINDING_CERT_EXPIRED, FEDVAL_SEVERITY_ERROR));
    fedval_chain_result_free(result);
}

static void what_could_not_be_checked_is_indeterminate(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL;
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .unsupported = true);
    assert_int_equal(evaluate(t, NULL, &result), FEDVAL_OK);
    assert_int_equal(fedval_chain_result_get_verdict(result), FEDVAL_VERDICT_INDETERMINATE);
    assert_int_equal(fedval_presented_get_trust(fedval_chain_result_get_presented(result)),
                     FEDVAL_TRUST_UNKNOWN);
    fedval_chain_result_free(result);
}

/* Not every peer in federation minds it; a verifier of the web's client certificates does. */
static void a_client_without_client_auth_is_warned_of_and_fails_on_the_web(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL;
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .eku = "server");
    assert_int_equal(evaluate(t, NULL, &result), FEDVAL_OK);
    assert_true(has(result, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH, FEDVAL_SEVERITY_WARNING));
    fedval_chain_result_free(result);
    t->purpose = FEDVAL_PURPOSE_CLIENT;
    assert_int_equal(evaluate(t, NULL, &result), FEDVAL_OK);
    assert_true(has(result, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH, FEDVAL_SEVERITY_WARNING));
    fedval_chain_result_free(result);
    toy_set_profile(t, FEDVAL_PROFILE_WEBPKI);
    assert_int_equal(evaluate(t, NULL, &result), FEDVAL_OK);
    assert_true(has(result, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH, FEDVAL_SEVERITY_ERROR));
    assert_int_equal(fedval_chain_result_get_verdict(result), FEDVAL_VERDICT_FAIL);
    fedval_chain_result_free(result);
}

/* Only serverAuth stands for clientAuth with some peers. */
static void a_client_for_neither_role_fails_everywhere(void **state)
{
    static const uint32_t profiles[] = {FEDVAL_PROFILE_MICROSOFT_EDGE, FEDVAL_PROFILE_OFFICE365,
                                        FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_PROFILE_MICROSOFT_TRUNK};
    toy *t = *state;
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .eku = "other");
    t->purpose = FEDVAL_PURPOSE_CLIENT;
    for (size_t i = 0; i < sizeof(profiles) / sizeof(profiles[0]); i++) {
        fedval_chain_result *result = NULL;
        toy_set_profile(t, profiles[i]);
        assert_int_equal(evaluate(t, NULL, &result), FEDVAL_OK);
        assert_true(has(result, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH, FEDVAL_SEVERITY_ERROR));
        assert_int_equal(fedval_chain_result_get_verdict(result), FEDVAL_VERDICT_FAIL);
        fedval_chain_result_free(result);
    }
}

/* Others than OpenSSL pass over an nsCertType, whoever asks. */
static void an_nscerttype_for_servers_keeps_its_own_severity(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL;
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .netscape = FV_NETSCAPE_SSL_SERVER);
    t->purpose = FEDVAL_PURPOSE_CLIENT;
    toy_set_profile(t, FEDVAL_PROFILE_WEBPKI);
    assert_int_equal(evaluate(t, NULL, &result), FEDVAL_OK);
    assert_true(has(result, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH, FEDVAL_SEVERITY_WARNING));
    fedval_chain_result_free(result);
}

static void each_path_tells_its_rungs_and_what_broke(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL;
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .to = "200101"); /* expired */
    assert_int_equal(evaluate(t, "host.example.com", &result), FEDVAL_OK);
    assert_int_equal(fedval_presented_count_paths(fedval_chain_result_get_presented(result)), 1);
    assert_int_equal(fedval_path_is_accepted(
                         fedval_presented_get_path(fedval_chain_result_get_presented(result), 0)),
                     0);
    assert_int_equal(fedval_path_count_certificates(
                         fedval_presented_get_path(fedval_chain_result_get_presented(result), 0)),
                     3);
    assert_string_equal(
        fedval_report_certificate_get_subject(fedval_path_get_certificate(
            fedval_presented_get_path(fedval_chain_result_get_presented(result), 0), 1)),
        "CN=Issuing");
    assert_string_equal(
        fedval_report_certificate_get_subject(fedval_path_get_certificate(
            fedval_presented_get_path(fedval_chain_result_get_presented(result), 0), 2)),
        "CN=Root");
    assert_int_equal(fedval_path_count_findings(
                         fedval_presented_get_path(fedval_chain_result_get_presented(result), 0)),
                     1);
    assert_int_equal(
        fedval_finding_get_code(fedval_path_get_finding(
            fedval_presented_get_path(fedval_chain_result_get_presented(result), 0), 0)),
        FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED);
    assert_int_equal(
        fedval_finding_get_severity(fedval_path_get_finding(
            fedval_presented_get_path(fedval_chain_result_get_presented(result), 0), 0)),
        FEDVAL_SEVERITY_ERROR);
    assert_int_equal(
        fedval_path_get_finding_rung(
            fedval_presented_get_path(fedval_chain_result_get_presented(result), 0), 0),
        1);
    assert_non_null(
        strstr(fedval_finding_get_message(fedval_path_get_finding(
                   fedval_presented_get_path(fedval_chain_result_get_presented(result), 0), 0)),
               "Issuing"));
    fedval_chain_result_free(result);
}

static void past_the_end_there_is_nothing(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL;
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    assert_int_equal(evaluate(t, NULL, &result), FEDVAL_OK);
    assert_int_equal(fedval_path_is_accepted(
                         fedval_presented_get_path(fedval_chain_result_get_presented(result), 0)),
                     1);
    const fedval_chain_result *const each[] = {result, NULL};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(fedval_path_is_accepted(fedval_presented_get_path(
                             fedval_chain_result_get_presented(each[i]), 9)),
                         0);
        assert_int_equal(fedval_path_count_certificates(fedval_presented_get_path(
                             fedval_chain_result_get_presented(each[i]), 9)),
                         0);
        assert_null(fedval_report_certificate_get_subject(fedval_path_get_certificate(
            fedval_presented_get_path(fedval_chain_result_get_presented(each[i]), 0), 9)));
        assert_int_equal(
            fedval_finding_get_code(fedval_path_get_finding(
                fedval_presented_get_path(fedval_chain_result_get_presented(each[i]), 0), 9)),
            0);
        assert_int_equal(
            fedval_finding_get_severity(fedval_path_get_finding(
                fedval_presented_get_path(fedval_chain_result_get_presented(each[i]), 0), 9)),
            0);
        assert_true(fedval_path_get_finding_rung(
                        fedval_presented_get_path(fedval_chain_result_get_presented(each[i]), 0),
                        9) == SIZE_MAX);
        assert_null(fedval_finding_get_message(fedval_path_get_finding(
            fedval_presented_get_path(fedval_chain_result_get_presented(each[i]), 0), 9)));
    }
    fedval_chain_result_free(result);
}

static void a_result_can_say_where_its_chain_came_from(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL;
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    assert_int_equal(evaluate(t, NULL, &result), FEDVAL_OK);
    assert_null(fedval_chain_result_get_source(result));
    assert_int_equal(fedval_chain_result_set_source(result, "expe.pem", FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    assert_string_equal(fedval_chain_result_get_source(result), "expe.pem");
    assert_int_equal(fedval_chain_result_set_source(result, NULL, 0), FEDVAL_OK);
    assert_null(fedval_chain_result_get_source(result));
    assert_int_equal(fedval_chain_result_set_source(NULL, "x", FEDVAL_NUL_ENDED),
                     FEDVAL_ERROR_ARGUMENT);
    fedval_chain_result_free(result);
}

static void misuse_is_refused(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL;
    const uint8_t byte = 0x30, *chain[] = {&byte};
    size_t chain_len[] = {1};
    assert_int_equal(evaluate(t, NULL, &result), FEDVAL_ERROR_ARGUMENT); /* nothing was sent */
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    assert_int_equal(evaluate(t, "not a name", &result), FEDVAL_ERROR_ARGUMENT);
    toy_set(t, FEDVAL_POLICY_TIME, INT64_MIN);
    assert_int_equal(chain_evaluate_once(chain, chain_len, 1, NULL, 0, FEDVAL_PURPOSE_ANY,
                                         t->policy, t->anchors, NULL, t->verifier, &result),
                     FEDVAL_ERROR_ARGUMENT); /* no time */
    assert_int_equal(chain_evaluate_once(chain, chain_len, 1, NULL, 0, 7, t->policy, t->anchors,
                                         NULL, t->verifier, &result),
                     FEDVAL_ERROR_ARGUMENT);
    assert_null(result);
    fedval_chain_result_free(NULL);
    assert_int_equal(fedval_chain_result_count_findings(NULL), 0);
    assert_null(fedval_finding_get_message(fedval_chain_result_get_finding(NULL, 0)));
}

static void rubbish_is_a_finding(void **state)
{
    toy *t = *state;
    fedval_chain_result *result = NULL;
    const uint8_t byte = 0x30, *chain[] = {&byte};
    size_t chain_len[] = {1};
    toy_set(t, FEDVAL_POLICY_TIME, t->time);
    (void)fedval_anchors_seal(t->anchors, t->verifier);
    assert_int_equal(chain_evaluate_once(chain, chain_len, 1, "host.example.com", FEDVAL_NUL_ENDED,
                                         FEDVAL_PURPOSE_SERVER, t->policy, t->anchors, NULL,
                                         t->verifier, &result),
                     FEDVAL_OK);
    assert_int_equal(fedval_chain_result_get_verdict(result), FEDVAL_VERDICT_FAIL);
    assert_true(has(result, FEDVAL_FINDING_CERT_MALFORMED, FEDVAL_SEVERITY_ERROR));
    fedval_chain_result_free(result);
}

#define T(test) cmocka_unit_test_setup_teardown(test, open_toy, close_toy)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_list_is_evaluated_as_its_certificates_are),
        T(a_sound_chain_passes),
        T(a_name_that_is_not_in_it_fails),
        T(without_a_name_names_are_not_looked_at),
        T(an_expired_certificate_fails_on_a_trusted_path),
        T(what_could_not_be_checked_is_indeterminate),
        T(a_client_without_client_auth_is_warned_of_and_fails_on_the_web),
        T(a_client_for_neither_role_fails_everywhere),
        T(an_nscerttype_for_servers_keeps_its_own_severity),
        T(each_path_tells_its_rungs_and_what_broke),
        T(past_the_end_there_is_nothing),
        T(a_result_can_say_where_its_chain_came_from),
        T(misuse_is_refused),
        T(rubbish_is_a_finding),
    };
    return cmocka_run_group_tests_name("judge/chain", tests, NULL, NULL);
}
