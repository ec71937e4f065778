#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/evidence.h"

static fedval_evidence *evidence_of(const char *domain)
{
    fedval_evidence *evidence = NULL;
    assert_int_equal(fedval_evidence_new(domain, strlen(domain), &evidence, NULL), FEDVAL_OK);
    return evidence;
}

static fedval_fact *srv_fact(const char *name)
{
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_dns(name, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact),
                     FEDVAL_OK);
    return fact;
}

static fedval_fact *probe_fact(const char *host, const char *address, uint16_t port)
{
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_probe(host, FEDVAL_NUL_ENDED, address, FEDVAL_NUL_ENDED, port,
                                           FEDVAL_ROLE_SERVER, &fact),
                     FEDVAL_OK);
    return fact;
}

static void append(fedval_evidence *evidence, fedval_fact *fact)
{
    assert_int_equal(fedval_evidence_append(evidence, fact), FEDVAL_OK);
    fedval_fact_free(fact);
}

static void a_domain_is_normalised_and_its_spelling_kept(void **state)
{
    (void)state;
    fedval_evidence *evidence = evidence_of("B\xc3\xbc"
                                            "cher.Example.");
    assert_string_equal(fedval_evidence_get_domain(evidence), "xn--bcher-kva.example");
    assert_string_equal(fedval_evidence_get_domain_given(evidence), "B\xc3\xbc"
                                                                    "cher.Example.");
    assert_true(fedval_evidence_get_time(evidence) == FEDVAL_TIME_UNKNOWN);
    fedval_evidence_free(evidence);
}

static void what_is_no_domain_is_refused_with_its_reason(void **state)
{
    static const char *const wrong[] = {
        "",           "a..b",          "192.0.2.1",
        "::1",        "*.example.com", "_sip._tls.example.com",
        ".",          "a b.c",         "sip:user@example.com",
        "-a.example",
    };
    (void)state;
    fedval_error *error = fedval_error_new(); /* each call empties it first */
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        fedval_evidence *evidence = NULL;
        fedval_status status = fedval_evidence_new(wrong[i], strlen(wrong[i]), &evidence, error);
        if (status != FEDVAL_ERROR_SYNTAX)
            fail_msg("\"%s\" is taken", wrong[i]);
        assert_null(evidence);
        assert_non_null(strstr(fedval_error_get_message(error), "not a "));
        if (strlen(wrong[i]) > 0)
            assert_non_null(strstr(fedval_error_get_message(error), wrong[i]));
    }
    fedval_evidence *evidence = NULL;
    assert_int_equal(fedval_evidence_new("a.example", 9, &evidence, error), FEDVAL_OK);
    assert_string_equal(fedval_error_get_message(error), "");
    fedval_evidence_free(evidence);
    fedval_error_free(error);
}

static void records_come_back_in_the_order_received_without_final_dots(void **state)
{
    (void)state;
    fedval_fact *fact = srv_fact("_sipfederationtls._tcp.Example.com.");
    assert_string_equal(fedval_question_get_name(fedval_fact_get_question(fact)),
                        "_sipfederationtls._tcp.example.com");
    assert_int_equal(fedval_fact_append_srv(fact, "a.example.com.", FEDVAL_NUL_ENDED, 60, 1, 2,
                                            5061, "B.example.com.", FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    assert_int_equal(
        fedval_fact_append_srv(fact, "a", FEDVAL_NUL_ENDED, 60, 1, 2, 5061, ".", FEDVAL_NUL_ENDED),
        FEDVAL_OK);
    assert_int_equal(fedval_fact_append_srv(fact, "a", FEDVAL_NUL_ENDED, 60, 1, 2, 5061, "odd\\.",
                                            FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    assert_int_equal(
        fedval_fact_append_cname(fact, "a", FEDVAL_NUL_ENDED, 60, "even\\\\.", FEDVAL_NUL_ENDED),
        FEDVAL_OK);
    assert_int_equal(fedval_fact_append_address(fact, "a", FEDVAL_NUL_ENDED, 60, "2001:DB8::1",
                                                FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_append_address(fact, "a", FEDVAL_NUL_ENDED, 60, "not.an.address",
                                                FEDVAL_NUL_ENDED),
                     FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_fact_count_records(fact), 5);
    assert_string_equal(fedval_fact_get_record_owner(fact, 0), "a.example.com");
    assert_string_equal(fedval_fact_get_record_data(fact, 0), "B.example.com");
    assert_int_equal(fedval_fact_get_record_priority(fact, 0), 1);
    assert_int_equal(fedval_fact_get_record_weight(fact, 0), 2);
    assert_int_equal(fedval_fact_get_record_port(fact, 0), 5061);
    assert_int_equal(fedval_fact_get_record_ttl(fact, 0), 60);
    assert_string_equal(fedval_fact_get_record_data(fact, 1), ".");
    assert_string_equal(fedval_fact_get_record_data(fact, 2), "odd\\.");
    assert_string_equal(fedval_fact_get_record_data(fact, 3), "even\\\\");
    assert_int_equal(fedval_fact_get_record_type(fact, 4), FEDVAL_TYPE_AAAA);
    assert_string_equal(fedval_fact_get_record_data(fact, 4), "2001:db8::1");
    assert_null(fedval_fact_get_record_data(fact, 5));
    fedval_fact_free(fact);
}

static void what_does_not_fit_the_kind_of_question_is_refused(void **state)
{
    (void)state;
    fedval_fact *dns = srv_fact("a.example"), *probe = probe_fact("a.example", NULL, 0);
    assert_int_equal(fedval_fact_set_outcome(dns, FEDVAL_OUTCOME_HANDSHAKE), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_fact_set_outcome(probe, FEDVAL_OUTCOME_NXDOMAIN),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_fact_set_outcome(probe, FEDVAL_OUTCOME_REFUSED), FEDVAL_OK);
    assert_int_equal(fedval_fact_set_outcome(dns, 0), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_fact_set_outcome(dns, FEDVAL_OUTCOME_FILTERED + 1),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_fact_set_alert(dns, 40), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_fact_append_certificate(dns, (const uint8_t *)"x", 1),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(
        fedval_fact_append_srv(probe, "a", FEDVAL_NUL_ENDED, 0, 0, 0, 0, "b", FEDVAL_NUL_ENDED),
        FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_fact_set_dnssec(probe, FEDVAL_DNSSEC_SECURE), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_fact_set_dnssec(dns, 9), FEDVAL_ERROR_ARGUMENT);
    fedval_fact_free(dns);
    fedval_fact_free(probe);
}

static void a_second_fact_for_a_question_replaces_the_first(void **state)
{
    (void)state;
    fedval_evidence *evidence = evidence_of("example.com");
    fedval_fact *fact = srv_fact("x.example.com");
    (void)fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_TIMEOUT);
    append(evidence, fact);
    append(evidence, srv_fact("y.example.com"));
    fact = srv_fact("X.example.com");
    (void)fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_NXDOMAIN);
    append(evidence, fact);
    assert_int_equal(fedval_evidence_count_facts(evidence), 2);
    assert_int_equal(fedval_fact_get_outcome(fedval_evidence_get_fact(evidence, 0)),
                     FEDVAL_OUTCOME_NXDOMAIN);
    assert_null(fedval_evidence_get_fact(evidence, 2));
    fedval_evidence_free(evidence);
}

static void a_fact_may_be_appended_to_the_evidence_that_holds_it(void **state)
{
    (void)state;
    fedval_evidence *evidence = evidence_of("example.com");
    append(evidence, srv_fact("x.example.com"));
    assert_int_equal(fedval_evidence_append(evidence, fedval_evidence_get_fact(evidence, 0)),
                     FEDVAL_OK);
    assert_int_equal(fedval_evidence_count_facts(evidence), 1);
    fedval_evidence_free(evidence);
}

static void a_name_is_found_in_any_case_by_type_and_view(void **state)
{
    (void)state;
    fedval_evidence *evidence = evidence_of("example.com");
    append(evidence, srv_fact("x.example.com"));
    assert_non_null(fv_evidence_find_dns(evidence, "X.EXAMPLE.com", FEDVAL_TYPE_SRV, 0));
    assert_null(fv_evidence_find_dns(evidence, "x.example.com", FEDVAL_TYPE_A, 0));
    assert_null(fv_evidence_find_dns(evidence, "x.example.com", FEDVAL_TYPE_SRV, 1));
    assert_null(fv_evidence_find_dns(evidence, "y.example.com", FEDVAL_TYPE_SRV, 0));
    fedval_evidence_free(evidence);
}

static void the_nearest_probe_of_a_host_is_found(void **state)
{
    (void)state;
    fedval_evidence *evidence = evidence_of("example.com");
    append(evidence, probe_fact("h.example.com", NULL, 0));
    append(evidence, probe_fact("h.example.com", "192.0.2.1", 5061));
    append(evidence, probe_fact("other.example.com", "192.0.2.2", 5061));
    const fedval_fact *exact = fv_evidence_find_probe(evidence, "h.example.com", "192.0.2.1", 5061);
    const fedval_fact *any = fv_evidence_find_probe(evidence, "H.example.com", "192.0.2.9", 5061);
    assert_string_equal(fedval_question_get_address(fedval_fact_get_question(exact)), "192.0.2.1");
    assert_null(fedval_question_get_address(fedval_fact_get_question(any)));
    assert_null(fv_evidence_find_probe(evidence, "other.example.com", "192.0.2.1", 5061));
    fedval_evidence_free(evidence);
}

static void the_client_chain_is_found_by_its_role(void **state)
{
    (void)state;
    fedval_evidence *evidence = evidence_of("example.com");
    fedval_fact *fact = NULL;
    append(evidence, probe_fact("h.example.com", NULL, 0));
    assert_null(fv_evidence_find_client_chain(evidence));
    assert_int_equal(fedval_fact_new_probe(NULL, 0, NULL, 0, 0, FEDVAL_ROLE_CLIENT, &fact),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_append_certificate(fact, (const uint8_t *)"der", 3), FEDVAL_OK);
    append(evidence, fact);
    const fedval_fact *found = fv_evidence_find_client_chain(evidence);
    size_t len = 0;
    assert_memory_equal(fedval_fact_get_certificate(found, 0, &len), "der", 3);
    assert_int_equal(len, 3);
    assert_null(fedval_fact_get_certificate(found, 1, &len));
    fedval_evidence_free(evidence);
}

static void too_many_facts_are_refused(void **state)
{
    (void)state;
    fedval_evidence *evidence = evidence_of("example.com");
    fedval_fact *fact = NULL;
    for (uint32_t view = 0; view < FV_EVIDENCE_MAX_FACTS; view++) {
        assert_int_equal(
            fedval_fact_new_dns("x.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, view, &fact),
            FEDVAL_OK);
        append(evidence, fact);
    }
    assert_int_equal(
        fedval_fact_new_dns("x.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact),
        FEDVAL_OK);
    assert_int_equal(fedval_evidence_append(evidence, fact), FEDVAL_ERROR_LIMIT);
    fedval_fact_free(fact);
    assert_int_equal(fedval_evidence_count_facts(evidence), FV_EVIDENCE_MAX_FACTS);
    fedval_evidence_free(evidence);
}

static void too_many_bytes_are_refused_and_a_replacement_frees_its_share(void **state)
{
    (void)state;
    static uint8_t big[40 << 20];
    fedval_evidence *evidence = evidence_of("example.com");
    for (int round = 0; round < 3; round++) {
        fedval_fact *fact = probe_fact("h.example.com", NULL, 0);
        assert_int_equal(fedval_fact_append_certificate(fact, big, sizeof(big)), FEDVAL_OK);
        append(evidence, fact);
    }
    fedval_fact *second = probe_fact("i.example.com", NULL, 0);
    assert_int_equal(fedval_fact_append_certificate(second, big, sizeof(big)), FEDVAL_OK);
    assert_int_equal(fedval_evidence_append(evidence, second), FEDVAL_ERROR_LIMIT);
    fedval_fact_free(second);
    fedval_evidence_free(evidence);
}

static void texts_of_a_fact_end_where_their_length_says(void **state)
{
    (void)state;
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_dns("vcse.example.com|", 16, FEDVAL_TYPE_A, 0, &fact), 0);
    assert_string_equal(fedval_question_get_name(fedval_fact_get_question(fact)),
                        "vcse.example.com");
    assert_int_equal(
        fedval_fact_append_address(fact, "vcse.example.com.|", 17, 60, "192.0.2.10", 9), 0);
    assert_string_equal(fedval_fact_get_record_owner(fact, 0), "vcse.example.com");
    assert_string_equal(fedval_fact_get_record_data(fact, 0), "192.0.2.1");
    assert_int_equal(fedval_fact_set_source(fact, "resolver 2", 8), 0);
    assert_string_equal(fedval_fact_get_source(fact), "resolver");
    fedval_fact_free(fact);
}

static void a_fact_has_its_sources_and_the_text_of_all(void **state)
{
    (void)state;
    static const char nul[] = "a\0b";
    fedval_fact *fact = NULL;
    assert_int_equal(
        fedval_fact_new_dns("a.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &fact), 0);
    assert_null(fedval_fact_get_source(fact));
    assert_int_equal(fedval_fact_count_sources(fact), 0);
    assert_int_equal(fedval_fact_append_source(fact, FEDVAL_SOURCE_ZONE, "lab.zone|", 8), 0);
    for (int i = 0; i < 2; i++) { /* the second time nothing is added */
        assert_int_equal(
            fedval_fact_append_source(fact, FEDVAL_SOURCE_RESOLVER, "10.0.0.53", FEDVAL_NUL_ENDED),
            0);
        assert_int_equal(
            fedval_fact_append_source(fact, FEDVAL_SOURCE_RESOLVER, "10.0.0.54", FEDVAL_NUL_ENDED),
            0);
    }
    assert_string_equal(fedval_fact_get_source(fact),
                        "zone lab.zone, resolver 10.0.0.53, 10.0.0.54");
    assert_int_equal(fedval_fact_count_sources(fact), 3);
    assert_int_equal(fedval_fact_get_source_kind(fact, 1), FEDVAL_SOURCE_RESOLVER);
    assert_string_equal(fedval_fact_get_source_place(fact, 2), "10.0.0.54");
    assert_int_equal(fedval_fact_get_source_kind(fact, 3), 0);
    assert_null(fedval_fact_get_source_place(fact, 3));
    assert_int_equal(fedval_fact_append_source(fact, FEDVAL_SOURCE_ZONE, nul, 3),
                     FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_fact_append_source(fact, 0, "a", 1), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_fact_append_source(fact, 8, "a", 1), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_fact_set_source(fact, "a table", FEDVAL_NUL_ENDED), 0);
    assert_int_equal(fedval_fact_count_sources(fact), 1);
    assert_int_equal(fedval_fact_get_source_kind(fact, 0), FEDVAL_SOURCE_OTHER);
    assert_string_equal(fedval_fact_get_source(fact), "a table");
    fedval_fact_free(fact);
}

static void a_fact_has_at_most_32_sources(void **state)
{
    (void)state;
    static char longest[70000];
    fedval_fact *fact = NULL;
    memset(longest, 'a', sizeof(longest));
    assert_int_equal(
        fedval_fact_new_dns("a.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &fact), 0);
    for (int i = 0; i < 32; i++) {
        char name[16];
        snprintf(name, sizeof(name), "%d.zone", i);
        assert_int_equal(
            fedval_fact_append_source(fact, FEDVAL_SOURCE_ZONE, name, FEDVAL_NUL_ENDED), 0);
        assert_int_equal(fedval_fact_append_source(fact, FEDVAL_SOURCE_ZONE, longest, 65537),
                         FEDVAL_ERROR_LIMIT);
    }
    assert_int_equal(fedval_fact_append_source(fact, FEDVAL_SOURCE_ZONE, "a", 1),
                     FEDVAL_ERROR_LIMIT);
    assert_int_equal(fedval_fact_append_source(fact, FEDVAL_SOURCE_ZONE, "7.zone", 6), 0);
    assert_int_equal(fedval_fact_set_source(fact, longest, sizeof(longest)), 0);
    assert_int_equal(fedval_fact_append_source(fact, FEDVAL_SOURCE_ZONE, "a", 1),
                     FEDVAL_ERROR_LIMIT);
    fedval_fact_free(fact);
}

static fedval_evidence *two_views(const char *first, const char *second)
{
    const char *resolvers[] = {first, second};
    fedval_evidence *evidence = NULL;
    assert_int_equal(fedval_evidence_new("example.com", FEDVAL_NUL_ENDED, &evidence, NULL), 0);
    for (uint32_t view = 0; view < 2; view++) {
        fedval_fact *fact = NULL;
        assert_int_equal(
            fedval_fact_new_dns("a.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, view, &fact), 0);
        for (const char *at = resolvers[view]; *at != '\0';) {
            size_t len = strcspn(at, " ");
            assert_int_equal(fedval_fact_append_source(fact, FEDVAL_SOURCE_RESOLVER, at, len), 0);
            at += len + (at[len] == ' ');
        }
        assert_int_equal(fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_NODATA), 0);
        append(evidence, fact);
    }
    return evidence;
}

static void the_address_of_a_resolver_tells_which_view_is_judged(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second;
        uint32_t judged;
    } rows[] = {
        {"10.0.0.53", "9.9.9.9", 1},           {"10.0.0.53:5353", "9.9.9.9", 1},
        {"[fd00::53]:5353", "2620:fe::fe", 1}, {"10.0.0.53 10.0.0.54", "9.9.9.9 8.8.8.8", 1},
        {"10.0.0.53 9.9.9.10", "9.9.9.9", 0},  {"the inner one", "9.9.9.9", 0},
        {"9.9.9.9", "10.0.0.53", 0},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fedval_evidence *evidence = two_views(rows[i].first, rows[i].second);
        assert_int_equal(fv_evidence_judged_view(evidence), rows[i].judged);
        fedval_evidence_free(evidence);
    }
}

/* The chain of an address, whatever the host, stands in for each probe of that address. */
static void an_answer_is_found_by_its_question_and_copied_to_another(void **state)
{
    (void)state;
    fedval_evidence *evidence = NULL;
    fedval_fact *chain = NULL, *asked = NULL, *dns = NULL;
    size_t len = 0;
    assert_int_equal(fedval_evidence_new("example.com", FEDVAL_NUL_ENDED, &evidence, NULL), 0);
    assert_int_equal(fedval_fact_new_probe(NULL, 0, "192.0.2.1", FEDVAL_NUL_ENDED, 0,
                                           FEDVAL_ROLE_SERVER, &chain),
                     0);
    assert_int_equal(fedval_fact_append_certificate(chain, "der", 3), 0);
    assert_int_equal(fedval_fact_set_outcome(chain, FEDVAL_OUTCOME_NOT_PROBED), 0);
    assert_int_equal(fedval_fact_set_source(chain, "file a.pem", FEDVAL_NUL_ENDED), 0);
    append(evidence, chain);
    assert_int_equal(fedval_fact_new_probe("a.example.com", FEDVAL_NUL_ENDED, "192.0.2.1",
                                           FEDVAL_NUL_ENDED, 5061, FEDVAL_ROLE_SERVER, &asked),
                     0);
    const fedval_fact *found = fedval_evidence_find(evidence, fedval_fact_get_question(asked));
    assert_non_null(found);
    assert_int_equal(fedval_fact_copy_answer(asked, found), FEDVAL_OK);
    assert_memory_equal(fedval_fact_get_certificate(asked, 0, &len), "der", 3);
    assert_int_equal(fedval_fact_get_outcome(asked), FEDVAL_OUTCOME_NOT_PROBED);
    assert_string_equal(fedval_fact_get_source(asked), "file a.pem");
    assert_string_equal(fedval_question_get_host(fedval_fact_get_question(asked)), "a.example.com");
    assert_int_equal(fedval_fact_new_dns("a.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &dns),
                     0);
    assert_null(fedval_evidence_find(evidence, fedval_fact_get_question(dns)));
    assert_null(fedval_evidence_find(evidence, NULL));
    assert_null(fedval_evidence_find(NULL, fedval_fact_get_question(dns)));
    assert_int_equal(fedval_fact_copy_answer(dns, found), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_fact_copy_answer(asked, asked), FEDVAL_ERROR_ARGUMENT);
    fedval_fact_free(dns);
    fedval_fact_free(asked);
    fedval_evidence_free(evidence);
}

static void a_nul_within_a_text_is_refused(void **state)
{
    (void)state;
    static const char nul[] = "a\0b";
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_dns(nul, 3, FEDVAL_TYPE_SRV, 0, &fact), FEDVAL_ERROR_SYNTAX);
    assert_int_equal(
        fedval_fact_new_dns("example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact), 0);
    assert_int_equal(fedval_fact_set_source(fact, nul, 3), FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_fact_set_detail(fact, nul, 3), FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_fact_append_srv(fact, nul, 3, 0, 0, 0, 5061, "b", FEDVAL_NUL_ENDED),
                     FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_fact_append_srv(fact, "b", FEDVAL_NUL_ENDED, 0, 0, 0, 5061, nul, 3),
                     FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_fact_count_records(fact), 0);
    assert_null(fedval_fact_get_source(fact));
    fedval_fact_free(fact);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_domain_is_normalised_and_its_spelling_kept),
        cmocka_unit_test(what_is_no_domain_is_refused_with_its_reason),
        cmocka_unit_test(records_come_back_in_the_order_received_without_final_dots),
        cmocka_unit_test(what_does_not_fit_the_kind_of_question_is_refused),
        cmocka_unit_test(a_second_fact_for_a_question_replaces_the_first),
        cmocka_unit_test(a_fact_may_be_appended_to_the_evidence_that_holds_it),
        cmocka_unit_test(a_name_is_found_in_any_case_by_type_and_view),
        cmocka_unit_test(the_nearest_probe_of_a_host_is_found),
        cmocka_unit_test(the_client_chain_is_found_by_its_role),
        cmocka_unit_test(too_many_facts_are_refused),
        cmocka_unit_test(too_many_bytes_are_refused_and_a_replacement_frees_its_share),
        cmocka_unit_test(texts_of_a_fact_end_where_their_length_says),
        cmocka_unit_test(a_fact_has_its_sources_and_the_text_of_all),
        cmocka_unit_test(a_fact_has_at_most_32_sources),
        cmocka_unit_test(the_address_of_a_resolver_tells_which_view_is_judged),
        cmocka_unit_test(an_answer_is_found_by_its_question_and_copied_to_another),
        cmocka_unit_test(a_nul_within_a_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
