/* Judging: a sound domain, no cryptography. */
#include "bench.h"

#include "../believing_verifier.h"
#include "../reading.h"

#include "../judging.h"
#include "base/pem.h"
#include "fedval/evaluate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHAIN FEDVAL_SOURCE_ROOT "/tests/pki/out/valid.pem"
#define ROOT FEDVAL_SOURCE_ROOT "/tests/pki/out/certs/root.pem"

typedef struct judged {
    fedval_evidence *evidence;
    fedval_policy *policy;
    fedval_anchors *anchors;
    fedval_verifier *verifier; /* NULL: signatures are not checked */
} judged;

static void clear_judged(void *context)
{
    judged *held = context;
    if (held == NULL)
        return;
    fedval_evidence_free(held->evidence);
    fedval_policy_free(held->policy);
    fedval_anchors_free(held->anchors);
    fedval_verifier_free(held->verifier);
    free(held);
}

static bool add_fact(judged *held, fedval_fact *fact)
{
    bool ok = fedval_evidence_append(held->evidence, fact) == FEDVAL_OK;
    fedval_fact_free(fact);
    return ok;
}

static bool add_dns(judged *held)
{
    const char *owner = "_sipfederationtls._tcp.example.com", *host = "expe.example.com";
    fedval_fact *srv, *a, *aaaa;
    if (fedval_fact_new_dns(owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &srv) != FEDVAL_OK ||
        fedval_fact_new_dns(host, FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &a) != FEDVAL_OK ||
        fedval_fact_new_dns(host, FEDVAL_NUL_ENDED, FEDVAL_TYPE_AAAA, 0, &aaaa) != FEDVAL_OK)
        return false;
    return fedval_fact_set_outcome(srv, FEDVAL_OUTCOME_ANSWER) == FEDVAL_OK &&
           fedval_fact_append_srv(srv, owner, FEDVAL_NUL_ENDED, 3600, 0, 0, 5061, host,
                                  FEDVAL_NUL_ENDED) == FEDVAL_OK &&
           fedval_fact_set_outcome(a, FEDVAL_OUTCOME_ANSWER) == FEDVAL_OK &&
           fedval_fact_append_address(a, host, FEDVAL_NUL_ENDED, 3600, "20.30.40.50",
                                      FEDVAL_NUL_ENDED) == FEDVAL_OK &&
           fedval_fact_set_outcome(aaaa, FEDVAL_OUTCOME_NODATA) == FEDVAL_OK &&
           add_fact(held, srv) && add_fact(held, a) && add_fact(held, aaaa);
}

static bool add_chain(fedval_fact *fact, const char *pem_text, size_t len)
{
    fv_arena arena;
    fv_pem pem;
    fv_pem_block block;
    bool ok = true;
    fv_arena_init(&arena);
    fv_pem_init(&pem, (fv_text){pem_text, len});
    while (ok && fv_pem_next(&pem, &arena, &block) == FV_PEM_BLOCK)
        ok = fedval_fact_append_certificate(fact, block.der.data, block.der.len) == FEDVAL_OK;
    fv_arena_clear(&arena);
    return ok;
}

static bool add_probe(judged *held)
{
    size_t len = 0;
    char *pem = read_file(CHAIN, &len);
    fedval_fact *probe;
    if (pem == NULL ||
        fedval_fact_new_probe("expe.example.com", FEDVAL_NUL_ENDED, "20.30.40.50", FEDVAL_NUL_ENDED,
                              5061, FEDVAL_ROLE_SERVER, &probe) != FEDVAL_OK)
        return false;
    bool ok = add_chain(probe, pem, len) &&
              fedval_fact_set_outcome(probe, FEDVAL_OUTCOME_HANDSHAKE) == FEDVAL_OK &&
              fedval_fact_set_tls(probe, "TLSv1.2", FEDVAL_NUL_ENDED, NULL, 0) == FEDVAL_OK;
    free(pem);
    return ok && add_fact(held, probe);
}

static bool add_anchors(judged *held)
{
    size_t len = 0;
    char *pem = read_file(ROOT, &len);
    bool ok = pem != NULL && fedval_anchors_new(&held->anchors) == FEDVAL_OK &&
              fedval_anchors_append(held->anchors, FEDVAL_ANCHOR_PUBLIC, (const uint8_t *)pem, len,
                                    NULL) == FEDVAL_OK &&
              fedval_anchors_seal(held->anchors, NULL) == FEDVAL_OK;
    free(pem);
    return ok;
}

static judged *new_domain(void)
{
    judged *held = calloc(1, sizeof(*held));
    if (held != NULL &&
        fedval_evidence_new("example.com", 11, &held->evidence, NULL) == FEDVAL_OK &&
        fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &held->policy) == FEDVAL_OK &&
        fedval_evidence_set_time(held->evidence, INT64_C(1893456000)) == FEDVAL_OK && add_dns(held))
        return held;
    clear_judged(held);
    return NULL;
}

static void *setup_whole(void)
{
    judged *held = new_domain();
    if (held != NULL && add_probe(held) && add_anchors(held))
        return held;
    clear_judged(held);
    return NULL;
}

/* ---- a verifier that believes everything ---- */

/* The other one reads every byte. */
static fedval_status free_digest(const uint8_t *data, size_t data_len, uint8_t out_digest[32],
                                 void *user)
{
    (void)data;
    (void)data_len;
    (void)user;
    memset(out_digest, 0, 32);
    return FEDVAL_OK;
}

static void *setup_believed(void)
{
    static const fedval_verifier_vtable believer = {
        .size = sizeof(believer),
        .digest = free_digest,
        .key_open = believer_key_open,
        .key_close = believer_key_close,
        .verify = believer_verify,
    };
    judged *held = setup_whole();
    if (held != NULL && fedval_verifier_new(&believer, NULL, &held->verifier) == FEDVAL_OK)
        return held;
    clear_judged(held);
    return NULL;
}

static void *setup_dns(void)
{
    return new_domain();
}

static uint64_t run_evaluate(void *context, size_t rounds)
{
    judged *held = context;
    fedval_judge *judge = NULL;
    uint64_t sum = 0;
    if (new_judge(held->policy, held->anchors, NULL, held->verifier, &judge) != FEDVAL_OK)
        abort();
    for (size_t i = 0; i < rounds; i++) {
        fedval_report *report = NULL;
        if (fedval_evaluate(judge, 0, held->evidence, &report) != FEDVAL_OK)
            abort();
        sum += fedval_report_get_verdict(report) + fedval_report_count_findings(report);
        fedval_report_free(report);
    }
    fedval_judge_free(judge);
    return sum;
}

static const bench_measurement measurements[] = {
    {"evaluate-no-crypto",
     "a sound domain, chain of two certificates, signatures not checked",
     0,
     0,
     setup_whole,
     clear_judged,
     {{"fedval", run_evaluate, NULL}},
     {NULL}},
    {"evaluate-signatures-good",
     "the same with a verifier that believes every signature: the domain passes",
     0,
     0,
     setup_believed,
     clear_judged,
     {{"fedval", run_evaluate, NULL}},
     {NULL}},
    {"evaluate-dns-only",
     "a sound domain, SRV and address alone",
     0,
     0,
     setup_dns,
     clear_judged,
     {{"fedval", run_evaluate, NULL}},
     {NULL}},
};

const bench_family bench_evaluate = {measurements, sizeof(measurements) / sizeof(measurements[0])};
