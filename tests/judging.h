/* A judge for one call: for tests in which the judge is not what is tested. */
#ifndef FV_TEST_JUDGING_H
#define FV_TEST_JUDGING_H

#include "fedval/chain.h"
#include "fedval/evaluate.h"

/* Each may be NULL but for `out_judge`. */
static inline fedval_status new_judge(const fedval_policy *policy, fedval_anchors *anchors,
                                      fedval_crls *crls, const fedval_verifier *verifier,
                                      fedval_judge **out_judge)
{
    fedval_judge *judge = NULL;
    fedval_status status = fedval_judge_new(&judge);
    if (status == FEDVAL_OK && policy != NULL)
        status = fedval_judge_append_policy(judge, policy, NULL);
    if (status == FEDVAL_OK && anchors != NULL)
        status = fedval_judge_set_anchors(judge, anchors);
    if (status == FEDVAL_OK && crls != NULL)
        status = fedval_judge_set_crls(judge, crls);
    if (status == FEDVAL_OK && verifier != NULL)
        status = fedval_judge_set_verifier(judge, verifier);
    if (status == FEDVAL_OK)
        status = fedval_judge_seal(judge);
    if (status == FEDVAL_OK)
        *out_judge = judge;
    else
        fedval_judge_free(judge);
    return status;
}

/* fedval_evaluate by a judge of its own. */
static inline fedval_status evaluate_once(const fedval_evidence *evidence,
                                          const fedval_policy *policy, fedval_anchors *anchors,
                                          fedval_crls *crls, const fedval_verifier *verifier,
                                          fedval_report **out_report)
{
    fedval_judge *judge = NULL;
    fedval_status status = new_judge(policy, anchors, crls, verifier, &judge);
    if (status == FEDVAL_OK)
        status = fedval_evaluate(judge, 0, evidence, out_report);
    fedval_judge_free(judge);
    return status;
}

/* fedval_chain_evaluate by a judge of its own, at the policy's time. */
static inline fedval_status
chain_evaluate_once(const uint8_t *const *chain, const size_t *chain_len, size_t num_certificates,
                    const char *name, size_t name_len, uint32_t purpose,
                    const fedval_policy *policy, fedval_anchors *anchors, fedval_crls *crls,
                    const fedval_verifier *verifier, fedval_chain_result **out_result)
{
    fedval_judge *judge = NULL;
    fedval_status status = new_judge(policy, anchors, crls, verifier, &judge);
    if (status == FEDVAL_OK) {
        status = fedval_chain_evaluate(judge, 0, chain, chain_len, num_certificates, name, name_len,
                                       purpose, FEDVAL_TIME_UNKNOWN, out_result);
    }
    fedval_judge_free(judge);
    return status;
}

#endif
