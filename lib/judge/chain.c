/* fedval_chain_evaluate: one chain by itself, under the same rules as the chains of a check. */
#include "judge/acceptance.h"
#include "judge/chain_result.h"
#include "judge/endpoints.h"
#include "judge/finding.h"
#include "judge/judge.h"
#include "names/certificate_match.h"
#include "trust/anchors.h"
#include "x509/object.h"

#include <stdlib.h>
#include <string.h>

/* ---- the question ---- */

typedef struct chain_input {
    const uint8_t *const *chain;
    const size_t *chain_len;
    size_t num_certificates;
    fv_text name; /* its data is NULL if no name was asked for */
    uint32_t purpose;
    fv_rules_input rules;
} chain_input;

static bool is_askable(const chain_input *input)
{
    if (input->chain == NULL || input->chain_len == NULL || input->num_certificates == 0 ||
        input->rules.time == FEDVAL_TIME_UNKNOWN ||
        fedval_purpose_to_string(input->purpose) == NULL)
        return false;
    for (size_t i = 0; i < input->num_certificates; i++) {
        if (input->chain[i] == NULL)
            return false;
    }
    return true;
}

static fedval_status set_name(fedval_chain_result *result, fv_text name)
{
    char normalised[FEDVAL_NAME_SIZE];
    if (name.data == NULL)
        return FEDVAL_OK;
    fedval_status status =
        fedval_name_normalise(name.data, name.len, normalised, sizeof(normalised), NULL, NULL);
    if (status != FEDVAL_OK)
        return status == FEDVAL_ERROR_NO_MEMORY ? status : FEDVAL_ERROR_ARGUMENT;
    result->name = fv_arena_copy_text(&result->arena, normalised, strlen(normalised));
    return result->name != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

/* Makes the fact that a prober would have recorded. The certificates are borrowed from the
 * caller. */
static bool fill_fact(fv_arena *arena, const chain_input *input, fedval_fact *fact)
{
    fact->chain = fv_arena_alloc_array(arena, input->num_certificates, sizeof(*fact->chain));
    if (fact->chain == NULL)
        return false;
    fact->num_chain = input->num_certificates;
    for (size_t i = 0; i < input->num_certificates; i++)
        fact->chain[i] = (fv_bytes){input->chain[i], input->chain_len[i]};
    fact->chain_complete = true;
    fact->question.role =
        input->purpose == FEDVAL_PURPOSE_SERVER ? FEDVAL_ROLE_SERVER : FEDVAL_ROLE_CLIENT;
    return true;
}

/* ---- the answer ---- */

static void match_name(const fv_scene *scene, const fv_scene_chain *chain, const char *name,
                       fv_scene_presented *out)
{
    const fedval_policy *policy = scene->input->policy;
    fv_name_policy names = {
        .wildcard = (uint32_t)policy->wildcard,
        .common_name = (uint32_t)policy->common_name,
        .accepts_sip_uri = policy->reference == FEDVAL_REFERENCE_SIP_DOMAIN,
    };
    fv_name_match match = {.how = FEDVAL_NAME_MATCH_NONE};
    *out = (fv_scene_presented){.chain = chain, .reference = name};
    if (name == NULL || chain->certificates[0] == NULL || fv_chain_is_reversed(chain))
        return;
    /* No certificate can hold a name such as that of a service, so it matches none. */
    (void)fv_certificate_match(chain->certificates[0], fv_text_of(name), &names, &match);
    out->name_match = match.how;
    out->presented = match.presented;
}

static uint32_t fold(const fv_remarks *remarks, uint32_t trust)
{
    bool is_settled = trust == FEDVAL_TRUST_BY_PUBLIC || trust == FEDVAL_TRUST_BY_PRIVATE;
    uint32_t worst = FEDVAL_SEVERITY_NOTE;
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark *remark = &remarks->items[i];
        if (fv_remark_counts(remark))
            worst = remark->severity > worst ? remark->severity : worst;
        else
            is_settled |= remark->requirement == 5 && remark->severity > FEDVAL_SEVERITY_WARNING;
    }
    if (!is_settled && worst < FEDVAL_SEVERITY_INDETERMINATE)
        worst = FEDVAL_SEVERITY_INDETERMINATE;
    if (worst == FEDVAL_SEVERITY_ERROR)
        return FEDVAL_VERDICT_FAIL;
    return worst == FEDVAL_SEVERITY_INDETERMINATE ? FEDVAL_VERDICT_INDETERMINATE
                                                  : FEDVAL_VERDICT_PASS;
}

static bool fill_head(fedval_chain_result *result, const chain_input *input)
{
    result->profile = input->rules.policy->profile;
    result->policy = fv_policy_copy_to(&result->arena, input->rules.policy, input->rules.time);
    result->purpose = input->purpose;
    result->evaluated_at = input->rules.time;
    fv_describe_anchors(input->rules.anchors, result->anchors);
    return result->policy != NULL;
}

/* Whether a finding on the name breaks calls; else it leaves open whether it does. */
static bool is_name_broken(const fv_remarks *remarks)
{
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark *remark = &remarks->items[i];
        if (fedval_catalogue_find(remark->code)->family == FEDVAL_FAMILY_NAME &&
            remark->severity == FEDVAL_SEVERITY_ERROR)
            return true;
    }
    return false;
}

static uint32_t mark_of_name(const char *name, uint32_t match, const fv_remarks *remarks)
{
    if (name == NULL)
        return FEDVAL_MARK_NOT_ASKED;
    if (fedval_name_match_is_accepted(match))
        return FEDVAL_MARK_SOUND;
    return is_name_broken(remarks) ? FEDVAL_MARK_BROKEN : FEDVAL_MARK_OPEN;
}

/* In federation no SRV record leads to a calling certificate, so it is judged without a target, as
 * in a check. */
static bool is_of_target(const fv_scene *scene, const fv_scene_presented *presented)
{
    return presented->chain->role == FEDVAL_ROLE_SERVER ||
           scene->input->policy->service == FEDVAL_SERVICE_NONE;
}

static fedval_status fill_answer(fedval_chain_result *result, const fv_scene *scene,
                                 const fv_scene_presented *presented)
{
    /* The rules want an SRV target for a server's chain. Here is none, so one is made up: a target
     * that counts, with the name that was asked for. */
    fv_scene_target target = {
        .name = result->name, .host = result->name, .rank = FV_RANK_PREFERRED, .counts = true};
    fv_remarks remarks = {0};
    fedval_status status = fv_rules_apply_presented(
        scene, is_of_target(scene, presented) ? &target : NULL, presented, &remarks);
    fv_acceptance_mark(scene->input, NULL, &remarks);
    if (status == FEDVAL_OK)
        status = fv_findings_fill(scene, &remarks, &result->findings, &result->num_findings);
    if (status == FEDVAL_OK)
        status = fv_endpoints_describe_chain(scene, presented->chain, &result->presented);
    if (status != FEDVAL_OK)
        return status;
    result->presented.name_match = presented->name_match;
    result->presented.name.mark = mark_of_name(result->name, presented->name_match, &remarks);
    result->num_paths_dropped = presented->chain->trust.num_paths_dropped;
    result->num_findings_left_out = fv_findings_cut(scene->input->policy, &result->num_findings);
    result->valid_until = presented->chain->trust.valid_until;
    result->verdict = fold(&remarks, result->presented.trust);
    return FEDVAL_OK;
}

/* Returns the side that presents the chain. An Expressway judges certificates of the Microsoft
 * side, an Edge those of the Cisco side. */
static uint32_t side_of(const fedval_policy *policy)
{
    if (policy->side != FEDVAL_SIDE_UNKNOWN || policy->service != FEDVAL_SERVICE_SIPFEDERATIONTLS)
        return (uint32_t)policy->side;
    return policy->profile == FEDVAL_PROFILE_EXPRESSWAY ? FEDVAL_SIDE_MICROSOFT : FEDVAL_SIDE_CISCO;
}

static fedval_status evaluate(fedval_chain_result *result, const chain_input *input)
{
    fedval_fact fact = {0};
    fv_kept_list kept = {0};
    fv_scene scene = {
        .arena = &result->arena,
        .kept = &kept,
        .input = &input->rules,
        .side = side_of(input->rules.policy),
    };
    const fv_scene_chain *chain = NULL;
    fv_scene_presented presented;
    fedval_status status = set_name(result, input->name);
    if (status == FEDVAL_OK && !fill_fact(&result->arena, input, &fact))
        status = FEDVAL_ERROR_NO_MEMORY;
    if (status == FEDVAL_OK)
        status = fv_scene_add_chain(&scene, &fact, &chain);
    if (status != FEDVAL_OK)
        return status;
    match_name(&scene, chain, result->name, &presented);
    if (!fill_head(result, input))
        return FEDVAL_ERROR_NO_MEMORY;
    return fill_answer(result, &scene, &presented);
}

fedval_status fedval_chain_evaluate(const fedval_judge *judge, size_t index,
                                    const uint8_t *const *chain, const size_t *chain_len,
                                    size_t num_certificates, const char *name, size_t name_len,
                                    uint32_t purpose, int64_t at, fedval_chain_result **out_result)
{
    chain_input input = {
        .chain = chain,
        .chain_len = chain_len,
        .num_certificates = num_certificates,
        .name = fv_text_given(name, name_len),
        .purpose = purpose,
    };
    if (judge == NULL || out_result == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!judge->is_sealed)
        return FEDVAL_ERROR_STATE;
    if (index >= judge->num_rows)
        return FEDVAL_ERROR_ARGUMENT;
    input.rules = fv_judge_input(judge, judge->rows[index].policy);
    input.rules.client_purpose = purpose;
    if (at != FEDVAL_TIME_UNKNOWN)
        input.rules.time = at;
    if (!is_askable(&input))
        return FEDVAL_ERROR_ARGUMENT;
    fedval_chain_result *result = calloc(1, sizeof(*result));
    if (result == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&result->arena);
    fedval_status status = evaluate(result, &input);
    if (status == FEDVAL_OK)
        *out_result = result;
    else
        fedval_chain_result_free(result);
    return status;
}

fedval_status fedval_chain_evaluate_list(const fedval_judge *judge, size_t index,
                                         const fedval_certificate_list *chain, const char *name,
                                         size_t name_len, uint32_t purpose, int64_t at,
                                         fedval_chain_result **out_result)
{
    size_t count = fedval_certificate_list_count(chain);
    if (count == 0)
        return FEDVAL_ERROR_ARGUMENT;
    const uint8_t **ders = calloc(count, sizeof(*ders));
    size_t *lengths = calloc(count, sizeof(*lengths));
    fedval_status status = FEDVAL_ERROR_NO_MEMORY;
    if (ders == NULL || lengths == NULL)
        goto done;
    /* Bytes after a certificate are a fault of the chain, so they are judged too. */
    for (size_t i = 0; i < count; i++) {
        fv_bytes given = fedval_certificate_list_get(chain, i)->given;
        ders[i] = given.data;
        lengths[i] = given.len;
    }
    status = fedval_chain_evaluate(judge, index, ders, lengths, count, name, name_len, purpose, at,
                                   out_result);
done:
    free(ders);
    free(lengths);
    return status;
}
