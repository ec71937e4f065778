/* The rules on trust (R5). trust/ judges the paths; the rules here turn its result into
 * remarks. */
#include "base/text.h"
#include "rules/rule.h"

/* Without a verifier no signature is checked, and that is no fault of the algorithm. Trust is not
 * checked then, but the other faults of the chain are still told. */
static bool is_unchecked(const fv_rule_context *context, const fv_remark *remark)
{
    return context->scene->input->verifier == NULL &&
           remark->code == FEDVAL_FINDING_CHAIN_SIGNATURE_UNSUPPORTED;
}

static void chain_is_trusted(fv_rule_context *context)
{
    const fv_trust_remarks *found = &context->presented->chain->trust.chain;
    for (size_t i = 0; i < found->num_items; i++) {
        if (!is_unchecked(context, &found->items[i].remark))
            fv_emit_adopted(context, &found->items[i].remark);
    }
}

/* Tells that a limit left something out. Neither its records nor its certificates were judged. */
static void emit_limit(fv_rule_context *context, uint32_t requirement, const char *limit,
                       int64_t value)
{
    bool has_dns = context->scene->input->policy->scope != FEDVAL_SCOPE_CERTIFICATE;
    const fv_param params[] = {{"limit", limit},
                               {"value", fv_rule_number(context, (uint64_t)value)}};
    fv_emit_for(context, has_dns ? requirement : 5, FEDVAL_FINDING_LIMIT_REACHED, params, 2);
}

static void limits_are_kept(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    if (scene->num_targets_left_out > 0)
        emit_limit(context, 2, "max_targets", scene->input->policy->limits.targets);
}

static void address_limits_are_kept(fv_rule_context *context)
{
    const fedval_policy *policy = context->scene->input->policy;
    if (context->target->num_addresses_left_out > 0)
        emit_limit(context, 3, "max_addresses", policy->limits.addresses);
}

/* clang-format off */
const fv_rule fv_rules_trust[] = {
    {"chain-is-trusted", FV_LEVEL_PRESENTED, chain_is_trusted,
     {FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT, FEDVAL_FINDING_CHAIN_SELF_SIGNED,
      FEDVAL_FINDING_CHAIN_INCOMPLETE, FEDVAL_FINDING_CHAIN_PRIVATE_ROOT,
      FEDVAL_FINDING_CHAIN_BAD_SIGNATURE, FEDVAL_FINDING_CHAIN_SIGNATURE_UNSUPPORTED,
      FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED, FEDVAL_FINDING_CHAIN_NOT_A_CA,
      FEDVAL_FINDING_CHAIN_PATH_TOO_LONG, FEDVAL_FINDING_CHAIN_NAME_NOT_PERMITTED,
      FEDVAL_FINDING_CHAIN_EKU_NOT_PERMITTED, FEDVAL_FINDING_CHAIN_POLICY_VIOLATED,
      FEDVAL_FINDING_CHAIN_UNKNOWN_CRITICAL_EXTENSION, FEDVAL_FINDING_CHAIN_OUT_OF_ORDER,
      FEDVAL_FINDING_CHAIN_UNNEEDED_CERTIFICATES, FEDVAL_FINDING_CHAIN_EXPIRES_SOON,
      FEDVAL_FINDING_LIMIT_REACHED, FEDVAL_FINDING_CERT_MALFORMED, FEDVAL_FINDING_CERT_KEY_WEAK,
      FEDVAL_FINDING_CERT_SIGNATURE_WEAK, FEDVAL_FINDING_CERT_REVOKED,
      FEDVAL_FINDING_CRL_UNUSABLE, FEDVAL_FINDING_CRL_DATE_TYPE,
      FEDVAL_FINDING_REVOCATION_NOT_CHECKED,
      FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS, FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH,
      FEDVAL_FINDING_CHAIN_REVERSED}},
    {"limits-are-kept", FV_LEVEL_SCENE, limits_are_kept, {FEDVAL_FINDING_LIMIT_REACHED}},
    {"address-limits-are-kept", FV_LEVEL_TARGET, address_limits_are_kept,
     {FEDVAL_FINDING_LIMIT_REACHED}},
};
/* clang-format on */

const size_t fv_num_rules_trust = sizeof(fv_rules_trust) / sizeof(fv_rules_trust[0]);
