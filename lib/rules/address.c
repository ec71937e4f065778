/* The rules on addresses (R3). */
#include "base/address.h"
#include "rules/rule.h"
#include "rules/views.h"

static bool has_records(const fedval_fact *fact)
{
    return fact != NULL && fact->outcome == FEDVAL_OUTCOME_ANSWER;
}

static bool says_there_is_none(const fedval_fact *fact)
{
    return fact != NULL &&
           (fact->outcome == FEDVAL_OUTCOME_NODATA || fact->outcome == FEDVAL_OUTCOME_NXDOMAIN ||
            fact->outcome == FEDVAL_OUTCOME_ALIAS_CIRCLE);
}

static bool has_failed(const fedval_fact *fact)
{
    return fact != NULL && !has_records(fact) && !says_there_is_none(fact);
}

static bool has_address_records(const fv_scene_target *target)
{
    return target->num_addresses > 0 && target->addresses[0].text != NULL;
}

static bool is_open(const fv_rule_context *context)
{
    const fv_scene_target *target = context->target;
    const fedval_evidence *evidence = context->scene->input->evidence;
    return (target->a != NULL && fv_views_is_open(evidence, target->a)) ||
           (target->aaaa != NULL && fv_views_is_open(evidence, target->aaaa));
}

/* One of A and AAAA is enough. A failed AAAA look-up leaves the question open only if A gives no
 * address either, and the other way round. A target that lacks its final dot needs
 * no address. */
static void target_has_address(fv_rule_context *context)
{
    const fv_scene_target *target = context->target;
    if (has_address_records(target))
        return;
    const fedval_fact *failed = has_failed(target->a)      ? target->a
                                : has_failed(target->aaaa) ? target->aaaa
                                                           : NULL;
    const fedval_fact *none = target->a != NULL ? target->a : target->aaaa;
    if (failed != NULL)
        FV_EMIT(context, ADDRESS_LOOKUP_FAILED, {"outcome", fv_rule_dns_outcome(context, failed)});
    else if (none != NULL && !is_open(context) && target->undotted == NULL)
        FV_EMIT(context, ADDRESS_MISSING, {"outcome", fv_rule_dns_outcome(context, none)});
}

/* Inside a company, another address may be seen than outside. */
static const char *not_public_text(fv_rule_context *context)
{
    const fv_scene_target *target = context->target;
    const char *address = context->address->text;
    bool is_ipv6 = fv_address_is_ipv6(address);
    const char *resolver =
        fv_rule_unknown_resolver(context->scene, is_ipv6 ? target->aaaa : target->a);
    fv_buf buf;
    if (!fv_rule_asked_system_alone(context->scene) && resolver == NULL)
        return context->address->not_public;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, context->address->not_public);
    fv_buf_append_text(&buf, ", says ");
    fv_buf_append_text(&buf, resolver != NULL ? resolver : "this machine's own resolver");
    fv_buf_append_text(&buf, resolver != NULL ? " (not known to be a public one)"
                                              : " (no public one was asked)");
    return fv_rule_text(context, &buf);
}

static void address_is_public(fv_rule_context *context)
{
    const fv_scene_address *address = context->address;
    const fv_scene_target *target = context->target;
    if (address->not_public == NULL || context->scene->input->policy->allow_private != 0)
        return;
    /* An address as target is a fault of its own; the words must not call it a host. */
    if (target->is_address) {
        FV_EMIT(context, ADDRESS_NOT_PUBLIC, {"not_public", not_public_text(context)},
                {"holder", "the SRV record names"}, {"host", "the host that it is to name"});
        return;
    }
    fv_buf holder;
    fv_buf_init(&holder);
    fv_buf_append_text(&holder, target->name);
    fv_buf_append_text(&holder, " has");
    FV_EMIT(context, ADDRESS_NOT_PUBLIC, {"not_public", not_public_text(context)},
            {"holder", fv_rule_text(context, &holder)}, {"host", target->name});
}

static bool has_family(const fedval_fact *fact, uint32_t type)
{
    for (size_t i = 0; fact != NULL && i < fact->num_records; i++) {
        if (fact->records[i].type == type)
            return true;
    }
    return false;
}

static void target_has_ipv4(fv_rule_context *context)
{
    const fv_scene_target *target = context->target;
    if (says_there_is_none(target->a) && has_family(target->aaaa, FEDVAL_TYPE_AAAA))
        FV_EMIT_PLAIN(context, ADDRESS_IPV6_ONLY);
}

const fv_rule fv_rules_address[] = {
    {"target-has-address",
     FV_LEVEL_TARGET,
     target_has_address,
     {FEDVAL_FINDING_ADDRESS_MISSING, FEDVAL_FINDING_ADDRESS_LOOKUP_FAILED}},
    {"address-is-public", FV_LEVEL_ADDRESS, address_is_public, {FEDVAL_FINDING_ADDRESS_NOT_PUBLIC}},
    {"target-has-ipv4", FV_LEVEL_TARGET, target_has_ipv4, {FEDVAL_FINDING_ADDRESS_IPV6_ONLY}},
};

const size_t fv_num_rules_address = sizeof(fv_rules_address) / sizeof(fv_rules_address[0]);
