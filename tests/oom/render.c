/* Allocation failures in the texts that the other programs do not write, and behind
 * fedval/files.h. */
#include "oom.h"

#include "../judging.h"
#include "fedval/files.h"
#include "fedval/html.h"
#include "fedval/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- chains ---- */

typedef struct input {
    char *pem;
    size_t pem_len;
    fedval_policy *policy;
    fedval_anchors *anchors;
    fedval_fact *fact;
    fedval_chain_result *result;
} input;

static input make_input(void)
{
    input in = {0};
    const uint8_t *der[4];
    size_t len[4], num = 0;
    in.pem = oom_read_file(FEDVAL_SOURCE_ROOT "/tests/pki/out/crossed.pem", &in.pem_len);
    assert_int_equal(fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &in.policy), FEDVAL_OK);
    assert_int_equal(fedval_policy_set_number(in.policy, FEDVAL_POLICY_TIME, 1893456000), 0);
    assert_int_equal(fedval_anchors_new(&in.anchors), FEDVAL_OK);
    assert_int_equal(fedval_anchors_seal(in.anchors, NULL), FEDVAL_OK);
    assert_int_equal(fedval_fact_new_from_pem("expe.example.com", FEDVAL_NUL_ENDED, NULL, 0, 0,
                                              FEDVAL_ROLE_SERVER, in.pem, in.pem_len, "crossed.pem",
                                              FEDVAL_NUL_ENDED, &in.fact, NULL),
                     FEDVAL_OK);
    for (; num < 4 && num < fedval_fact_count_certificates(in.fact); num++)
        der[num] = fedval_fact_get_certificate(in.fact, num, &len[num]);
    assert_int_equal(chain_evaluate_once(der, len, num, "expe.example.com", FEDVAL_NUL_ENDED,
                                         FEDVAL_PURPOSE_SERVER, in.policy, in.anchors, NULL, NULL,
                                         &in.result),
                     FEDVAL_OK);
    return in;
}

static void clear_input(input *in)
{
    fedval_chain_result_free(in->result);
    fedval_fact_free(in->fact);
    fedval_anchors_free(in->anchors);
    fedval_policy_free(in->policy);
    free(in->pem);
}

static fedval_status show_chain(void *context)
{
    const input *in = context;
    char *text = NULL, *json = NULL, *html = NULL, *page = NULL;
    fedval_status status = fedval_chain_result_to_text(in->result, NULL, &text, NULL);
    if (status == FEDVAL_OK)
        status = fedval_chain_result_to_json(in->result, &json, NULL);
    if (status == FEDVAL_OK)
        status = fedval_chain_result_to_html(in->result, NULL, &html, NULL);
    if (status == FEDVAL_OK)
        status = fedval_page_to_html("a", 1, html, FEDVAL_NUL_ENDED, &page, NULL);
    fedval_text_free(text);
    fedval_text_free(json);
    fedval_text_free(html);
    fedval_text_free(page);
    return status;
}

static void showing_a_chain_survives_failures(void **state)
{
    (void)state;
    input in = make_input();
    assert_true(oom_run(show_chain, &in) > 4);
    clear_input(&in);
}

/* ---- the catalogue and the small documents ---- */

static fedval_status explain(void *context)
{
    char *text = NULL, *json = NULL, *all = NULL;
    const fedval_catalogue_entry *entry = context;
    fedval_status status = fedval_catalogue_entry_to_text(entry, NULL, &text, NULL);
    if (status == FEDVAL_OK)
        status = fedval_catalogue_entry_to_json(entry, &json, NULL);
    if (status == FEDVAL_OK)
        status = fedval_catalogue_to_markdown(&all, NULL);
    fedval_text_free(text);
    fedval_text_free(json);
    fedval_text_free(all);
    return status;
}

static void explaining_survives_failures(void **state)
{
    (void)state;
    const fedval_catalogue_entry *entry =
        fedval_catalogue_find(FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN);
    assert_true(oom_run(explain, (void *)(uintptr_t)entry) > 8);
}

static fedval_status write_small(void *context)
{
    char *match = NULL, *error = NULL, *line = NULL;
    (void)context;
    fedval_status status = fedval_srv_match_to_json(
        "example.com", FEDVAL_NUL_ENDED, "a.example.com", FEDVAL_NUL_ENDED, &match, NULL);
    if (status == FEDVAL_OK) {
        status =
            fedval_error_to_json("file", FEDVAL_NUL_ENDED, FEDVAL_ERROR_SYNTAX, NULL, &error, NULL);
    }
    if (status == FEDVAL_OK) {
        status = fedval_error_to_text("file", FEDVAL_NUL_ENDED, FEDVAL_ERROR_SYNTAX, NULL, NULL,
                                      &line, NULL);
    }
    fedval_text_free(match);
    fedval_text_free(error);
    fedval_text_free(line);
    return status;
}

static void small_documents_survive_failures(void **state)
{
    (void)state;
    assert_true(oom_run(write_small, NULL) >= 3);
}

/* ---- files ---- */

static fedval_status read_pem(void *context)
{
    const input *in = context;
    fedval_fact *fact = NULL;
    fedval_status status = fedval_fact_new_from_pem("expe.example.com", FEDVAL_NUL_ENDED, NULL, 0,
                                                    0, FEDVAL_ROLE_SERVER, in->pem, in->pem_len,
                                                    "crossed.pem", FEDVAL_NUL_ENDED, &fact, NULL);
    if (status == FEDVAL_OK && fedval_fact_count_certificates(fact) < 3)
        status = FEDVAL_ERROR_STATE;
    fedval_fact_free(fact);
    return status;
}

static fedval_status play_back(void *context)
{
    const input *in = context;
    fedval_evidence *evidence = NULL;
    fedval_port *port = NULL;
    fedval_fact *asked = NULL;
    fedval_status status = fedval_evidence_new("example.com", 11, &evidence, NULL);
    if (status == FEDVAL_OK)
        status = fedval_evidence_append(evidence, in->fact);
    if (status == FEDVAL_OK)
        status = fedval_replay_new(evidence, &port);
    if (status == FEDVAL_OK) {
        status = fedval_fact_new_probe("expe.example.com", FEDVAL_NUL_ENDED, "192.0.2.1",
                                       FEDVAL_NUL_ENDED, 5061, FEDVAL_ROLE_SERVER, &asked);
    }
    if (status == FEDVAL_OK)
        status = fedval_port_fetch(port, fedval_fact_get_question(asked), 1000, asked);
    fedval_fact_free(asked);
    fedval_port_free(port);
    fedval_evidence_free(evidence);
    return status;
}

static void chains_from_files_and_saved_evidence_survive_failures(void **state)
{
    (void)state;
    input in = make_input();
    assert_true(oom_run(read_pem, &in) > 4);
    assert_true(oom_run(play_back, &in) > 8);
    clear_input(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(showing_a_chain_survives_failures),
        cmocka_unit_test(explaining_survives_failures),
        cmocka_unit_test(small_documents_survive_failures),
        cmocka_unit_test(chains_from_files_and_saved_evidence_survive_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
