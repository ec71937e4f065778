/* Allocation failures while anchors are loaded and chains are evaluated. */
#include "oom.h"

#include "toy.h"

#include "../judging.h"
#include "fedval/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Loads a file of tests/pki with each allocation failing in turn; there are more than `least`. */
static void load_file(fedval_status (*load)(void *pem), const char *name, size_t least)
{
    char path[256];
    size_t len = 0;
    (void)snprintf(path, sizeof(path), FEDVAL_SOURCE_ROOT "/tests/pki/out/%s", name);
    char *data = oom_read_file(path, &len);
    fv_bytes pem = {(const uint8_t *)data, len};
    assert_true(oom_run(load, &pem) > least);
    free(data);
}

static fedval_status load_anchors(void *context)
{
    const fv_bytes *pem = context;
    fedval_anchors *anchors = NULL;
    fedval_status status = fedval_anchors_new(&anchors);
    if (status == FEDVAL_OK)
        status = fedval_anchors_append(anchors, FEDVAL_ANCHOR_PUBLIC, pem->data, pem->len, NULL);
    if (status == FEDVAL_OK)
        status = fedval_anchors_seal(anchors, NULL);
    fedval_anchors_free(anchors);
    return status;
}

static void loading_anchors_survives_failures(void **state)
{
    (void)state;
    load_file(load_anchors, "with-root.pem", 6);
}

static fedval_status load_crls(void *context)
{
    const fv_bytes *pem = context;
    fedval_crls *crls = NULL;
    fedval_status status = fedval_crls_new(&crls);
    if (status == FEDVAL_OK)
        status = fedval_crls_append(crls, pem->data, pem->len, NULL);
    fedval_crls_free(crls);
    return status;
}

static void loading_crls_survives_failures(void **state)
{
    (void)state;
    load_file(load_crls, "issuing.crl", 1);
}

/* ---- chains ---- */

/* Anchors are sealed without the verifier: keys that they keep from one run to the next would look
 * like leaks. */
static fedval_status evaluate(void *context)
{
    const fv_trust_input input = toy_input(context);
    fv_arena arena;
    fv_trust_result result;
    fv_arena_init(&arena);
    fedval_status status = fv_trust_evaluate(&arena, &input, &result);
    fv_arena_clear(&arena);
    return status;
}

static void send_chain(toy *t)
{
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2, .policies = "1");
    TOY_SEND(t, ISSUING, .issuer = "Gone", .signer = 9, .from = "250101");
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .permitted = "dns:example.com",
             .policies = "1", .require_explicit = AT(0));
    TOY_SEND(t, .subject = "Stranger", .ca = true, .key = 50);
    TOY_CRL(t, .issuer = "Root", .signer = 1, .revoked = 7);
    TOY_CRL(t, .issuer = "Issuing", .signer = 2, .to = "210101");
}

static void an_accepted_chain_survives_failures(void **state)
{
    toy t;
    (void)state;
    toy_open(&t);
    TOY_TRUST(&t, ROOT);
    send_chain(&t);
    assert_int_equal(fedval_anchors_seal(t.anchors, NULL), FEDVAL_OK);
    assert_true(oom_run(evaluate, &t) > 10);
    toy_close(&t);
}

static void a_refused_chain_survives_failures(void **state)
{
    toy t;
    (void)state;
    toy_open(&t);
    TOY_TRUST(&t, ROOT, .to = "210101", .eku = "client", .excluded = "dns:example.com",
              .pathlen = AT(0));
    send_chain(&t);
    assert_int_equal(fedval_anchors_seal(t.anchors, NULL), FEDVAL_OK);
    assert_true(oom_run(evaluate, &t) > 10);
    toy_close(&t);
}

static fedval_status evaluate_publicly(void *context)
{
    const toy *t = context;
    const uint8_t *chain[8];
    size_t chain_len[8];
    fedval_chain_result *result = NULL;
    for (size_t i = 0; i < t->num_sent; i++) {
        chain[i] = t->sent[i]->der.data;
        chain_len[i] = t->sent[i]->der.len;
    }
    fedval_status status =
        chain_evaluate_once(chain, chain_len, t->num_sent, "other.example.com", FEDVAL_NUL_ENDED,
                            t->purpose, t->policy, t->anchors, t->crls, t->verifier, &result);
    fedval_chain_result_free(result);
    return status;
}

static void the_public_evaluation_survives_failures(void **state)
{
    toy t;
    fedval_verifier *cache = NULL;
    (void)state;
    toy_open(&t);
    TOY_TRUST(&t, ROOT);
    send_chain(&t);
    toy_set(&t, FEDVAL_POLICY_TIME, t.time);
    assert_int_equal(fedval_anchors_seal(t.anchors, NULL), FEDVAL_OK);
    assert_true(oom_run(evaluate_publicly, &t) > 10);
    assert_int_equal(fedval_verify_cache_new(t.verifier, 8, &cache), FEDVAL_OK);
    fedval_verifier *plain = t.verifier;
    t.verifier = cache;
    assert_true(oom_run(evaluate_publicly, &t) > 10);
    t.verifier = plain;
    fedval_verifier_free(cache);
    toy_close(&t);
}

static fedval_status evaluate_list(void *context)
{
    const toy *t = context;
    fedval_certificate_list *list = NULL;
    fedval_chain_result *result = NULL;
    fedval_judge *judge = NULL;
    fedval_status status = fedval_certificate_list_new_from_der(t->sent[0]->der.data,
                                                                t->sent[0]->der.len, &list, NULL);
    if (status == FEDVAL_OK)
        status = new_judge(t->policy, t->anchors, t->crls, t->verifier, &judge);
    if (status == FEDVAL_OK) {
        status = fedval_chain_evaluate_list(judge, 0, list, NULL, 0, t->purpose,
                                            FEDVAL_TIME_UNKNOWN, &result);
    }
    fedval_judge_free(judge);
    fedval_chain_result_free(result);
    fedval_certificate_list_free(list);
    return status;
}

static fedval_status write_sets(void *context)
{
    const toy *t = context;
    char *anchors = NULL, *crls = NULL;
    fedval_status status = fedval_anchors_to_json(t->anchors, &anchors, NULL);
    if (status == FEDVAL_OK)
        status = fedval_crls_to_json(t->crls, &crls, NULL);
    fedval_text_free(anchors);
    fedval_text_free(crls);
    return status;
}

static void lists_and_sets_survive_failures(void **state)
{
    toy t;
    (void)state;
    toy_open(&t);
    TOY_TRUST(&t, ROOT);
    send_chain(&t);
    toy_set(&t, FEDVAL_POLICY_TIME, t.time);
    assert_int_equal(fedval_anchors_seal(t.anchors, NULL), FEDVAL_OK);
    assert_true(oom_run(evaluate_list, &t) > 10);
    assert_true(oom_run(write_sets, &t) >= 3);
    toy_close(&t);
}

static fedval_status make_cache(void *context)
{
    fedval_verifier *cache = NULL;
    fedval_status status = fedval_verify_cache_new(context, 8, &cache);
    fedval_verifier_free(cache);
    return status;
}

static void making_a_cache_survives_failures(void **state)
{
    toy t;
    (void)state;
    toy_open(&t);
    assert_true(oom_run(make_cache, t.verifier) > 1);
    toy_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loading_anchors_survives_failures),
        cmocka_unit_test(loading_crls_survives_failures),
        cmocka_unit_test(an_accepted_chain_survives_failures),
        cmocka_unit_test(a_refused_chain_survives_failures),
        cmocka_unit_test(the_public_evaluation_survives_failures),
        cmocka_unit_test(lists_and_sets_survive_failures),
        cmocka_unit_test(making_a_cache_survives_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
