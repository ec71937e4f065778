#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "../../believing_verifier.h"
#include "../../judging.h"
#include "../../presenting.h"
#include "../answering.h"
#include "fedval/evaluate.h"

#define PKI FEDVAL_SOURCE_ROOT "/tests/pki/out/"
#define NOW INT64_C(1893456000) /* 2030-01-01 */
#define NUM_THREADS 4
#define NUM_ROUNDS 50

/* Everything that the threads share, none of which may change. */
typedef struct shared {
    fedval_evidence *evidence;
    fedval_policy *policy;
    fedval_anchors *anchors;
    fedval_verifier *verifier;
    char *expected;
} shared;

/* A domain with faults: the actions work on a copy of the evidence. */
static fedval_evidence *new_evidence(void)
{
    static const char owner[] = "_sipfederationtls._tcp.example.com";
    fedval_evidence *evidence;
    fedval_fact *srv, *probe;
    assert_int_equal(fedval_evidence_new("example.com", 11, &evidence, NULL), FEDVAL_OK);
    assert_int_equal(fedval_evidence_set_time(evidence, NOW), FEDVAL_OK);
    assert_int_equal(fedval_fact_new_dns(owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &srv),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_append_srv(srv, owner, FEDVAL_NUL_ENDED, 60, 0, 0, 5061,
                                            "expe.dummy.com", FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_new_probe("expe.dummy.com", FEDVAL_NUL_ENDED, NULL, 0, 0,
                                           FEDVAL_ROLE_SERVER, &probe),
                     FEDVAL_OK);
    assert_int_equal(append_chain(probe, "valid"), FEDVAL_OK);
    add_fact(evidence, srv, FEDVAL_OUTCOME_ANSWER);
    add_fact(evidence, probe, FEDVAL_OUTCOME_NOT_PROBED);
    return evidence;
}

static char *judge(const shared *s)
{
    fedval_report *report;
    char *json = NULL;
    size_t len;
    if (evaluate_once(s->evidence, s->policy, s->anchors, NULL, s->verifier, &report) != FEDVAL_OK)
        return NULL;
    (void)fedval_report_to_json(report, &json, &len);
    fedval_report_free(report);
    return json;
}

static void open_shared(shared *s)
{
    size_t len = 0;
    char *root = read_file(FEDVAL_SOURCE_ROOT "/tests/pki/out/certs/root.pem", &len);
    assert_non_null(root);
    s->evidence = new_evidence();
    assert_int_equal(fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &s->policy), FEDVAL_OK);
    assert_int_equal(believer_new(&s->verifier), FEDVAL_OK);
    assert_int_equal(fedval_anchors_new(&s->anchors), FEDVAL_OK);
    assert_int_equal(
        fedval_anchors_append(s->anchors, FEDVAL_ANCHOR_PUBLIC, (const uint8_t *)root, len, NULL),
        FEDVAL_OK);
    free(root);
    assert_int_equal(fedval_anchors_seal(s->anchors, s->verifier), FEDVAL_OK);
}

static void close_shared(shared *s)
{
    fedval_anchors_free(s->anchors);
    fedval_verifier_free(s->verifier);
    fedval_policy_free(s->policy);
    fedval_evidence_free(s->evidence);
}

static void *work(void *context)
{
    const shared *s = context;
    uintptr_t differing = 0;
    for (size_t i = 0; i < NUM_ROUNDS; i++) {
        char *json = judge(s);
        differing += json == NULL || strcmp(json, s->expected) != 0;
        fedval_text_free(json);
    }
    return (void *)differing;
}

static void any_number_of_threads_judge_the_same_inputs_alike(void **state)
{
    (void)state;
    shared alone, s;
    pthread_t threads[NUM_THREADS];
    open_shared(&alone);
    open_shared(&s); /* fresh: what is made at the first use is made by all at once */
    s.expected = judge(&alone);
    assert_non_null(s.expected);
    assert_non_null(strstr(s.expected, "srv-target-outside-domain"));
    for (size_t i = 0; i < NUM_THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, &s), 0);
    for (size_t i = 0; i < NUM_THREADS; i++) {
        void *differing;
        assert_int_equal(pthread_join(threads[i], &differing), 0);
        assert_null(differing);
    }
    fedval_text_free(s.expected);
    close_shared(&alone);
    close_shared(&s);
}

/* ---- one report, read by all ---- */

typedef struct asked {
    const fedval_report *report;
    const char *messages[NUM_THREADS];
    const fedval_certificate *certificates[NUM_THREADS];
    const char *digests[NUM_THREADS];
    atomic_uint num_ready;
} asked;

typedef struct asker {
    asked *all;
    size_t index;
} asker;

static const fedval_report_certificate *certificate_of(const fedval_report *report)
{
    const fedval_endpoint *endpoint = fedval_report_get_endpoint(report, 0);
    const fedval_address *address = fedval_endpoint_get_address(endpoint, 0);
    return fedval_presented_get_certificate(fedval_address_get_presented(address));
}

static void *ask(void *context)
{
    const asker *own = context;
    atomic_fetch_add(&own->all->num_ready, 1);
    while (atomic_load(&own->all->num_ready) < NUM_THREADS)
        (void)sched_yield();
    own->all->messages[own->index] =
        fedval_finding_get_message(fedval_report_get_finding(own->all->report, 0));
    const fedval_report_certificate *shown = certificate_of(own->all->report);
    own->all->certificates[own->index] = fedval_report_certificate_get_decoded(shown);
    own->all->digests[own->index] = fedval_report_certificate_get_sha256(shown);
    return NULL;
}

/* Texts and decoded certificates are made when they are first asked for; here all threads are
 * first. */
static void threads_that_ask_one_report_at_once_get_one_answer(void **state)
{
    (void)state;
    shared s;
    open_shared(&s);
    for (size_t round = 0; round < NUM_ROUNDS; round++) {
        pthread_t threads[NUM_THREADS];
        asker askers[NUM_THREADS];
        asked all;
        fedval_report *report;
        assert_int_equal(evaluate_once(s.evidence, s.policy, s.anchors, NULL, s.verifier, &report),
                         FEDVAL_OK);
        all.report = report;
        atomic_init(&all.num_ready, 0);
        for (size_t i = 0; i < NUM_THREADS; i++) {
            askers[i] = (asker){&all, i};
            assert_int_equal(pthread_create(&threads[i], NULL, ask, &askers[i]), 0);
        }
        for (size_t i = 0; i < NUM_THREADS; i++) {
            assert_int_equal(pthread_join(threads[i], NULL), 0);
            assert_ptr_equal(all.messages[i], all.messages[0]);
            assert_ptr_equal(all.certificates[i], all.certificates[0]);
            assert_ptr_equal(all.digests[i], all.digests[0]);
        }
        assert_non_null(fedval_certificate_get_issuer(all.certificates[0]));
        assert_int_equal(strlen(all.digests[0]), 64);
        assert_non_null(strstr(all.messages[0], "expe.dummy.com"));
        fedval_report_free(report);
    }
    close_shared(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads_judge_the_same_inputs_alike),
        cmocka_unit_test(threads_that_ask_one_report_at_once_get_one_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
