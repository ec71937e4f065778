#include "judge/judge.h"

#include "base/error.h"
#include "base/grow.h"
#include "model/policy.h"
#include "trust/anchors.h"
#include "trust/crls.h"
#include "trust/verifier.h"

#include <stdlib.h>

fedval_status fedval_judge_new(fedval_judge **out_judge)
{
    if (out_judge == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_judge *judge = calloc(1, sizeof(*judge));
    if (judge == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *out_judge = judge;
    return FEDVAL_OK;
}

fedval_status fedval_judge_copy(const fedval_judge *judge, fedval_judge **out_copy)
{
    fedval_judge *copy = NULL;
    if (judge == NULL || out_copy == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!judge->is_sealed)
        return FEDVAL_ERROR_STATE;
    fedval_status status = fedval_judge_new(&copy);
    if (status != FEDVAL_OK)
        return status;
    copy->verifier = judge->verifier == NULL ? NULL : fv_verifier_hold(judge->verifier);
    copy->anchors = judge->anchors == NULL ? NULL : fv_anchors_hold(judge->anchors);
    copy->crls = judge->crls == NULL ? NULL : fv_crls_hold(judge->crls);
    *out_copy = copy;
    return FEDVAL_OK;
}

void fedval_judge_free(fedval_judge *judge)
{
    if (judge == NULL)
        return;
    for (size_t i = 0; i < judge->num_rows; i++) {
        fedval_policy_free(judge->rows[i].policy);
        fedval_policy_free(judge->rows[i].microsoft);
    }
    free(judge->rows);
    fedval_crls_free(judge->crls);
    fedval_anchors_free(judge->anchors);
    fedval_verifier_free(judge->verifier);
    free(judge);
}

/* ---- building ---- */

fedval_status fedval_judge_set_verifier(fedval_judge *judge, const fedval_verifier *verifier)
{
    if (judge == NULL || verifier == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (judge->is_sealed || judge->verifier != NULL)
        return FEDVAL_ERROR_STATE;
    judge->verifier = fv_verifier_hold(verifier);
    return FEDVAL_OK;
}

fedval_status fedval_judge_set_anchors(fedval_judge *judge, fedval_anchors *anchors)
{
    if (judge == NULL || anchors == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (judge->is_sealed || judge->anchors != NULL)
        return FEDVAL_ERROR_STATE;
    judge->anchors = fv_anchors_hold(anchors);
    return FEDVAL_OK;
}

fedval_status fedval_judge_set_crls(fedval_judge *judge, fedval_crls *crls)
{
    if (judge == NULL || crls == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (judge->is_sealed || judge->crls != NULL)
        return FEDVAL_ERROR_STATE;
    judge->crls = fv_crls_hold(crls);
    return FEDVAL_OK;
}

fedval_status fedval_judge_append_anchors(fedval_judge *judge, uint32_t anchor_class,
                                          const void *data, size_t data_len, fedval_error *error)
{
    fv_error_reset(error);
    if (judge == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (judge->is_sealed || (judge->anchors != NULL && !judge->has_own_anchors))
        return FEDVAL_ERROR_STATE;
    fedval_status status = judge->anchors != NULL ? FEDVAL_OK : fedval_anchors_new(&judge->anchors);
    judge->has_own_anchors = judge->anchors != NULL;
    return status == FEDVAL_OK
               ? fedval_anchors_append(judge->anchors, anchor_class, data, data_len, error)
               : status;
}

fedval_status fedval_judge_append_crls(fedval_judge *judge, const void *data, size_t data_len,
                                       fedval_error *error)
{
    fv_error_reset(error);
    if (judge == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (judge->is_sealed || (judge->crls != NULL && !judge->has_own_crls))
        return FEDVAL_ERROR_STATE;
    fedval_status status = judge->crls != NULL ? FEDVAL_OK : fedval_crls_new(&judge->crls);
    judge->has_own_crls = judge->crls != NULL;
    return status == FEDVAL_OK ? fedval_crls_append(judge->crls, data, data_len, error) : status;
}

/* Takes over both policies of `row`, also on failure; `microsoft` may be NULL. */
static fedval_status append_row(fedval_judge *judge, fv_judge_row row)
{
    fv_judge_row *rows =
        fv_grow(judge->rows, judge->num_rows + 1, &judge->rows_capacity, sizeof(*rows));
    if (rows == NULL) {
        fedval_policy_free(row.policy);
        fedval_policy_free(row.microsoft);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    rows[judge->num_rows++] = row;
    judge->rows = rows;
    return FEDVAL_OK;
}

fedval_status fedval_judge_append_policy(fedval_judge *judge, const fedval_policy *policy,
                                         const fedval_policy *microsoft)
{
    fv_judge_row row = {NULL, NULL};
    if (judge == NULL || policy == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (judge->is_sealed)
        return FEDVAL_ERROR_STATE;
    fedval_status status = fedval_policy_copy(policy, &row.policy);
    if (status == FEDVAL_OK && microsoft != NULL)
        status = fedval_policy_copy(microsoft, &row.microsoft);
    if (status == FEDVAL_OK)
        return append_row(judge, row);
    fedval_policy_free(row.policy);
    return status;
}

static fedval_status append_default(fedval_judge *judge)
{
    fv_judge_row row = {NULL, NULL};
    fedval_status status =
        fedval_policy_new(fedval_side_get_profile(FEDVAL_SIDE_CISCO), &row.policy);
    if (status == FEDVAL_OK)
        status = fedval_policy_new(fedval_side_get_profile(FEDVAL_SIDE_MICROSOFT), &row.microsoft);
    if (status == FEDVAL_OK)
        return append_row(judge, row);
    fedval_policy_free(row.policy);
    return status;
}

fedval_status fedval_judge_seal(fedval_judge *judge)
{
    fedval_status status = FEDVAL_OK;
    if (judge == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (judge->is_sealed)
        return FEDVAL_ERROR_STATE;
    if (judge->num_rows == 0)
        status = append_default(judge);
    if (status == FEDVAL_OK && judge->anchors != NULL && !judge->anchors->is_sealed)
        status = fedval_anchors_seal(judge->anchors, judge->verifier);
    if (status == FEDVAL_OK && judge->crls != NULL && !judge->crls->is_sealed)
        status = fedval_crls_seal(judge->crls);
    judge->is_sealed = status == FEDVAL_OK;
    return status;
}

/* ---- what it holds ---- */

size_t fedval_judge_count_policies(const fedval_judge *judge)
{
    return judge == NULL ? 0 : judge->num_rows;
}

const fedval_policy *fedval_judge_get_policy(const fedval_judge *judge, size_t index, uint32_t side)
{
    if (index >= fedval_judge_count_policies(judge))
        return NULL;
    const fv_judge_row *row = &judge->rows[index];
    return side == FEDVAL_SIDE_MICROSOFT && row->microsoft != NULL ? row->microsoft : row->policy;
}

const fedval_anchors *fedval_judge_get_anchors(const fedval_judge *judge)
{
    return judge == NULL ? NULL : judge->anchors;
}

const fedval_crls *fedval_judge_get_crls(const fedval_judge *judge)
{
    return judge == NULL ? NULL : judge->crls;
}

/* ---- what it is asked ---- */

const fedval_policy *fv_judge_choose(const fedval_judge *judge, size_t index,
                                     const fedval_evidence *evidence)
{
    const fv_judge_row *row = &judge->rows[index];
    if (row->microsoft == NULL || fv_side_infer(evidence, row->policy) != FEDVAL_SIDE_MICROSOFT)
        return row->policy;
    return row->microsoft;
}

fv_rules_input fv_judge_input(const fedval_judge *judge, const fedval_policy *policy)
{
    return (fv_rules_input){.policy = policy,
                            .anchors = judge->anchors,
                            .crls = judge->crls,
                            .verifier = judge->verifier,
                            .time = policy->time};
}

fedval_status fedval_judge_new_session(const fedval_judge *judge, const char *domain,
                                       size_t domain_len, uint32_t num_views,
                                       fedval_session **out_session, fedval_error *error)
{
    fv_error_reset(error);
    if (judge == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!judge->is_sealed)
        return FEDVAL_ERROR_STATE;
    const fedval_policy **policies = calloc(2 * judge->num_rows, sizeof(fedval_policy *));
    size_t num_policies = 0;
    if (policies == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < judge->num_rows; i++) {
        policies[num_policies++] = judge->rows[i].policy;
        if (judge->rows[i].microsoft != NULL)
            policies[num_policies++] = judge->rows[i].microsoft;
    }
    fedval_status status = fedval_session_new(domain, domain_len, policies, num_policies, num_views,
                                              out_session, error);
    free(policies);
    return status;
}
