#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../reading.h"
#include "fedval/files.h"

static char pem[65536];

static size_t read_lab_chain(void)
{
    size_t len = read_into(FEDVAL_SOURCE_ROOT "/examples/lab/vcse.pem", pem, sizeof(pem));
    assert_true(len > 0);
    return len;
}

static void a_pem_chain_stands_for_every_address_of_its_host(void **state)
{
    (void)state;
    fedval_fact *fact = NULL;
    size_t len = read_lab_chain(), der_len = 0;
    assert_int_equal(fedval_fact_new_from_pem("VCSE.steven.lab", FEDVAL_NUL_ENDED, NULL, 0, 0,
                                              FEDVAL_ROLE_SERVER, pem, len, "vcse.pem",
                                              FEDVAL_NUL_ENDED, &fact, NULL),
                     FEDVAL_OK);
    const fedval_question *question = fedval_fact_get_question(fact);
    assert_string_equal(fedval_question_get_host(question), "vcse.steven.lab");
    assert_null(fedval_question_get_address(question));
    assert_int_equal(fedval_fact_get_outcome(fact), FEDVAL_OUTCOME_NOT_PROBED);
    assert_string_equal(fedval_fact_get_source(fact), "file vcse.pem");
    assert_true(fedval_fact_count_certificates(fact) >= 1);
    assert_int_equal(fedval_fact_get_certificate(fact, 0, &der_len)[0], 0x30);
    fedval_fact_free(fact);
}

static void what_is_no_chain_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *pem;
        uint32_t line;
    } wrong[] = {
        {"", 0},
        {"no pem here\n", 0},
        {"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", 0},
        {"prose\n-----BEGIN CERTIFICATE-----\nA*==\n-----END CERTIFICATE-----\n", 3},
    };
    fedval_error *error = fedval_error_new(); /* each call empties it first */
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        fedval_fact *fact = NULL;
        assert_int_equal(fedval_fact_new_from_pem("a.example", FEDVAL_NUL_ENDED, NULL, 0, 0,
                                                  FEDVAL_ROLE_SERVER, wrong[i].pem,
                                                  strlen(wrong[i].pem), NULL, 0, &fact, error),
                         FEDVAL_ERROR_SYNTAX);
        assert_null(fact);
        assert_true(strlen(fedval_error_get_message(error)) > 0);
        assert_int_equal(fedval_error_get_line(error), wrong[i].line);
    }
    fedval_error_free(error);
}

static void a_host_that_is_none_is_refused(void **state)
{
    (void)state;
    fedval_fact *fact = NULL;
    fedval_error *error = fedval_error_new();
    assert_int_equal(fedval_fact_new_from_pem("a b", FEDVAL_NUL_ENDED, NULL, 0, 0,
                                              FEDVAL_ROLE_SERVER, "", 0, NULL, 0, &fact, error),
                     FEDVAL_ERROR_SYNTAX);
    assert_non_null(strstr(fedval_error_get_message(error), "a b"));
    fedval_error_free(error);
}

/* ---- replay ---- */

static fedval_evidence *saved_evidence(void)
{
    fedval_evidence *evidence = NULL;
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_evidence_new("example.com", 11, &evidence, NULL), FEDVAL_OK);

    assert_int_equal(
        fedval_fact_new_dns("_x._tcp.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact), 0);
    assert_int_equal(fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ANSWER), 0);
    assert_int_equal(fedval_fact_set_dnssec(fact, FEDVAL_DNSSEC_SECURE), 0);
    assert_int_equal(fedval_fact_append_srv(fact, "o", FEDVAL_NUL_ENDED, 60, 1, 2, 3,
                                            "h.example.com", FEDVAL_NUL_ENDED),
                     0);
    assert_int_equal(fedval_fact_append_cname(fact, "o", FEDVAL_NUL_ENDED, 60, "c.example.com",
                                              FEDVAL_NUL_ENDED),
                     0);
    assert_int_equal(
        fedval_fact_append_address(fact, "o", FEDVAL_NUL_ENDED, 60, "192.0.2.1", FEDVAL_NUL_ENDED),
        0);
    assert_int_equal(fedval_fact_set_source(fact, "resolver", FEDVAL_NUL_ENDED), 0);
    assert_int_equal(fedval_fact_set_time(fact, 1234), 0);
    assert_int_equal(fedval_evidence_append(evidence, fact), 0);
    fedval_fact_free(fact);

    assert_int_equal(fedval_fact_new_probe("h.example.com", FEDVAL_NUL_ENDED, NULL, 0, 0,
                                           FEDVAL_ROLE_SERVER, &fact),
                     0);
    assert_int_equal(fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ALERT), 0);
    assert_int_equal(fedval_fact_set_alert(fact, 40), 0);
    assert_int_equal(fedval_fact_set_tls(fact, "TLSv1.2", FEDVAL_NUL_ENDED, "X", FEDVAL_NUL_ENDED),
                     0);
    assert_int_equal(fedval_fact_set_detail(fact, "detail", FEDVAL_NUL_ENDED), 0);
    assert_int_equal(fedval_fact_set_chain_complete(fact, 0), 0);
    assert_int_equal(fedval_fact_append_certificate(fact, (const uint8_t *)"der", 3), 0);
    assert_int_equal(fedval_evidence_append(evidence, fact), 0);
    fedval_fact_free(fact);
    return evidence;
}

static void count_call(uint64_t ticket, void *user)
{
    assert_int_equal(ticket, 7);
    ++*(int *)user;
}

static void ignore_interest(int32_t fd, uint32_t events, void *user)
{
    (void)fd;
    (void)events;
    (void)user;
}

static void saved_facts_are_played_back_whole(void **state)
{
    (void)state;
    fedval_evidence *evidence = saved_evidence();
    fedval_port *port = NULL;
    fedval_fact *asked = NULL;
    size_t len = 0;
    assert_int_equal(fedval_replay_new(evidence, &port), FEDVAL_OK);
    assert_int_equal(fedval_port_is_event_driven(port), 1);

    assert_int_equal(
        fedval_fact_new_dns("_X._tcp.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &asked),
        0);
    assert_int_equal(fedval_port_fetch(port, fedval_fact_get_question(asked), 1000, asked), 0);
    assert_int_equal(fedval_fact_get_outcome(asked), FEDVAL_OUTCOME_ANSWER);
    assert_int_equal(fedval_fact_get_dnssec(asked), FEDVAL_DNSSEC_SECURE);
    assert_int_equal(fedval_fact_count_records(asked), 3);
    assert_string_equal(fedval_fact_get_record_data(asked, 2), "192.0.2.1");
    assert_string_equal(fedval_fact_get_source(asked), "resolver");
    assert_int_equal(fedval_fact_get_time(asked), 1234);
    fedval_fact_free(asked);

    assert_int_equal(fedval_fact_new_probe("h.example.com", FEDVAL_NUL_ENDED, "192.0.2.1",
                                           FEDVAL_NUL_ENDED, 5061, FEDVAL_ROLE_SERVER, &asked),
                     0);
    assert_int_equal(fedval_port_fetch(port, fedval_fact_get_question(asked), 1000, asked), 0);
    assert_int_equal(fedval_fact_get_alert(asked), 40);
    assert_string_equal(fedval_fact_get_tls_version(asked), "TLSv1.2");
    assert_string_equal(fedval_fact_get_detail(asked), "detail");
    assert_int_equal(fedval_fact_get_chain_complete(asked), 0);
    assert_memory_equal(fedval_fact_get_certificate(asked, 0, &len), "der", 3);
    fedval_fact_free(asked);
    fedval_port_free(port);
    fedval_evidence_free(evidence);
}

static void save_probe(fedval_evidence *evidence, const char *address, uint16_t port)
{
    char detail[64];
    fedval_fact *fact = NULL;
    snprintf(detail, sizeof(detail), "%s %u", address == NULL ? "any" : address, (unsigned)port);
    assert_int_equal(fedval_fact_new_probe("h.example.com", FEDVAL_NUL_ENDED, address,
                                           FEDVAL_NUL_ENDED, port, FEDVAL_ROLE_SERVER, &fact),
                     0);
    assert_int_equal(fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_NOT_PROBED), 0);
    assert_int_equal(fedval_fact_set_detail(fact, detail, FEDVAL_NUL_ENDED), 0);
    assert_int_equal(fedval_evidence_append(evidence, fact), 0);
    fedval_fact_free(fact);
}

static void the_nearest_saved_probe_is_played_back(void **state)
{
    (void)state;
    static const struct {
        const char *address;
        uint16_t port;
        const char *expected;
    } rows[] = {
        {"192.0.2.1", 5061, "192.0.2.1 5061"},
        {"192.0.2.1", 5062, "192.0.2.1 0"},
        {"192.0.2.9", 5061, "any 5061"},
        {"192.0.2.9", 5062, "any 0"},
    };
    fedval_evidence *evidence = NULL;
    fedval_port *port = NULL;
    assert_int_equal(fedval_evidence_new("example.com", 11, &evidence, NULL), 0);
    save_probe(evidence, "192.0.2.1", 0);
    save_probe(evidence, "192.0.2.1", 5061);
    save_probe(evidence, NULL, 5061);
    save_probe(evidence, NULL, 0);
    assert_int_equal(fedval_replay_new(evidence, &port), FEDVAL_OK);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fedval_fact *asked = NULL;
        assert_int_equal(fedval_fact_new_probe("h.example.com", FEDVAL_NUL_ENDED, rows[i].address,
                                               FEDVAL_NUL_ENDED, rows[i].port, FEDVAL_ROLE_SERVER,
                                               &asked),
                         0);
        assert_int_equal(fedval_port_fetch(port, fedval_fact_get_question(asked), 1000, asked), 0);
        assert_string_equal(fedval_fact_get_detail(asked), rows[i].expected);
        fedval_fact_free(asked);
    }
    fedval_port_free(port);
    fedval_evidence_free(evidence);
}

static void what_was_not_saved_is_not_found_and_start_answers_at_once(void **state)
{
    (void)state;
    fedval_evidence *evidence = saved_evidence();
    fedval_port *port = NULL;
    fedval_fact *known = NULL, *unknown = NULL;
    int calls = 0;
    fedval_port_events events = {
        .size = sizeof(events), .interest = ignore_interest, .done = count_call, .user = &calls};
    assert_int_equal(fedval_replay_new(evidence, &port), FEDVAL_OK);
    assert_int_equal(fedval_port_attach(port, &events), FEDVAL_OK);
    assert_int_equal(
        fedval_fact_new_dns("_x._tcp.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &known),
        0);
    assert_int_equal(
        fedval_fact_new_dns("_x._tcp.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 1, &unknown),
        0);
    assert_int_equal(fedval_port_start(port, 7, fedval_fact_get_question(known), 0, 1000, known),
                     FEDVAL_OK);
    assert_int_equal(calls, 1);
    assert_int_equal(
        fedval_port_start(port, 7, fedval_fact_get_question(unknown), 0, 1000, unknown),
        FEDVAL_ERROR_NOT_FOUND);
    assert_int_equal(calls, 1);
    fedval_fact_free(known);
    fedval_fact_free(unknown);
    fedval_port_free(port);
    fedval_evidence_free(evidence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pem_chain_stands_for_every_address_of_its_host),
        cmocka_unit_test(what_is_no_chain_is_refused_with_its_line),
        cmocka_unit_test(a_host_that_is_none_is_refused),
        cmocka_unit_test(saved_facts_are_played_back_whole),
        cmocka_unit_test(the_nearest_saved_probe_is_played_back),
        cmocka_unit_test(what_was_not_saved_is_not_found_and_start_answers_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
