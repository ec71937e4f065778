/* The rules on names in certificates (R4). */
#include "names/certificate_match.h"
#include "rules/rule.h"

#include <string.h>

static const fv_certificate *end_entity(const fv_rule_context *context)
{
    return context->presented->chain->certificates[0];
}

static const char *presented_text(fv_rule_context *context)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append(&buf, context->presented->presented.data, context->presented->presented.len);
    return fv_rule_text(context, &buf);
}

/* Returns the remark for a FEDVAL_NAME_MATCH_. 0: the match is good and needs none. */
static uint32_t code_of(uint32_t match)
{
    switch (match) {
    case FEDVAL_NAME_MATCH_NONE:
    case FEDVAL_NAME_MATCH_CN_MISSING:
        return FEDVAL_FINDING_CERT_NAME_MISMATCH;
    case FEDVAL_NAME_MATCH_CN_IGNORED:
        return FEDVAL_FINDING_CERT_NAME_ONLY_IN_CN;
    case FEDVAL_NAME_MATCH_WILDCARD_ONLY:
        return FEDVAL_FINDING_CERT_NAME_WILDCARD_ONLY;
    default:
        return 0;
    }
}

/* Returns the names that were compared, as the parameter {names}: Common Names or subjectAltNames.
 */
static fv_param names_looked_at(fv_rule_context *context)
{
    const fv_certificate *certificate = end_entity(context);
    uint32_t match = context->presented->name_match;
    bool counts_cn = context->scene->input->policy->common_name == FEDVAL_CN_REQUIRED;
    if (match == FEDVAL_NAME_MATCH_WILDCARD_ONLY)
        return (fv_param){"names", presented_text(context), FV_VALUE_HOST};
    if (counts_cn ||
        (match == FEDVAL_NAME_MATCH_NONE && certificate->subject_alt_name.presence == FV_ABSENT))
        return fv_rule_common_names(context, "names", certificate);
    return fv_rule_alt_names(context, "names", certificate);
}

static void certificate_holds_name(fv_rule_context *context)
{
    const fv_scene_presented *presented = context->presented;
    uint32_t code = code_of(presented->name_match);
    if (code == 0)
        return;
    const fv_param params[] = {
        {"reference", fv_rule_copy(context, presented->reference), FV_VALUE_HOST},
        names_looked_at(context)};
    fv_emit(context, code, params, 2);
}

/* A match by the Common Name alone is worth a note. The profile microsoft-trunk asks for the Common
 * Name, so there it is not. */
static void name_stands_in_san(fv_rule_context *context)
{
    if (context->presented->name_match == FEDVAL_NAME_MATCH_CN &&
        context->scene->input->policy->common_name == FEDVAL_CN_WITHOUT_SAN) {
        FV_EMIT(context, CERT_NAME_FROM_CN,
                {"reference", fv_rule_copy(context, context->presented->reference)});
    }
}

/* RFC 5922 peers look for the domain itself in the certificate. This advice helps only the side
 * that owns the certificate. */
static void domain_stands_in_san(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    const char *domain = scene->domain;
    const fv_name_policy rfc5922 = {FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, true};
    fv_name_match match = {0};
    if (context->target == NULL || scene->input->policy->reference != FEDVAL_REFERENCE_SRV_TARGET ||
        context->target->is_provider || context->target->is_of_cloud ||
        end_entity(context) == NULL ||
        !fedval_name_match_is_accepted(context->presented->name_match))
        return;
    if (fv_certificate_match(end_entity(context), fv_text_of(domain), &rfc5922, &match) &&
        !fedval_name_match_is_accepted(match.how)) {
        FV_EMIT(context, CERT_DOMAIN_NOT_INCLUDED,
                fv_rule_alt_names(context, "names", end_entity(context)));
    }
}

/* By default Expressway compares no name, so a wildcard is no remark of R4 there. */
static void edge_has_no_wildcard(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    const fv_name_policy exact = {FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, false};
    const fv_scene_target *target = context->target;
    fv_name_match match = {0};
    if (target == NULL || target->host == NULL || scene->side != FEDVAL_SIDE_MICROSOFT ||
        context->presented->reference != NULL || target->is_provider || target->is_of_cloud ||
        end_entity(context) == NULL)
        return;
    if (!fv_certificate_match(end_entity(context), fv_text_of(target->host), &exact, &match) ||
        match.how != FEDVAL_NAME_MATCH_WILDCARD_ONLY)
        return;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append(&buf, match.presented.data, match.presented.len);
    FV_EMIT(context, CERT_WILDCARD_OF_EDGE, {"names", fv_rule_text(context, &buf)});
}

const fv_rule fv_rules_name[] = {
    {"certificate-holds-name",
     FV_LEVEL_PRESENTED,
     certificate_holds_name,
     {FEDVAL_FINDING_CERT_NAME_MISMATCH, FEDVAL_FINDING_CERT_NAME_ONLY_IN_CN,
      FEDVAL_FINDING_CERT_NAME_WILDCARD_ONLY}},
    {"name-stands-in-san",
     FV_LEVEL_PRESENTED,
     name_stands_in_san,
     {FEDVAL_FINDING_CERT_NAME_FROM_CN}},
    {"edge-has-no-wildcard",
     FV_LEVEL_PRESENTED,
     edge_has_no_wildcard,
     {FEDVAL_FINDING_CERT_WILDCARD_OF_EDGE}},
    {"domain-stands-in-san",
     FV_LEVEL_PRESENTED,
     domain_stands_in_san,
     {FEDVAL_FINDING_CERT_DOMAIN_NOT_INCLUDED}},
};

const size_t fv_num_rules_name = sizeof(fv_rules_name) / sizeof(fv_rules_name[0]);
