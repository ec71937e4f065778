/* SRV targets: which there are, how they stand to the domain, which of them count. */
#include "rules/view.h"

#include "fedval/name.h"
#include "model/dns_name.h"

#include <string.h>

#define SIP_TLS_PORT 5061

/* The name in lower case: itself where it is so already, as it mostly is. */
static const char *lower(fv_arena *arena, const char *name, size_t len)
{
    size_t at = 0;
    while (at < len && !fv_ascii_is_upper(name[at]))
        at++;
    if (at == len)
        return name;
    char *copy = fv_arena_copy_text(arena, name, len);
    for (; copy != NULL && at < len; at++)
        copy[at] = fv_ascii_lower(copy[at]);
    return copy;
}

/* ---- side ---- */

static const fedval_fact *find_srv(const fedval_evidence *evidence, const fedval_policy *policy,
                                   fv_buf *owner)
{
    const char *label = fv_policy_service_label(policy);
    if (label == NULL)
        return NULL;
    fv_buf_append_text(owner, label);
    fv_buf_append_char(owner, '.');
    fv_buf_append_text(owner, evidence->domain);
    return owner->failed ? NULL : fv_evidence_find_dns(evidence, owner->data, FEDVAL_TYPE_SRV, 0);
}

static bool has_provider(const fedval_fact *srv, const fedval_policy *policy)
{
    for (size_t i = 0; srv != NULL && i < srv->num_records; i++) {
        if (srv->records[i].type == FEDVAL_TYPE_SRV &&
            fv_policy_is_provider(policy, srv->records[i].data))
            return true;
    }
    return false;
}

uint32_t fv_side_infer(const fedval_evidence *evidence, const fedval_policy *policy)
{
    fv_buf owner;
    fv_buf_init(&owner);
    bool is_hosted = has_provider(find_srv(evidence, policy, &owner), policy);
    fv_buf_clear(&owner);
    return is_hosted ? FEDVAL_SIDE_MICROSOFT : FEDVAL_SIDE_CISCO;
}

static void set_side(fv_view *view)
{
    const fedval_policy *policy = view->input->policy;
    view->side = (uint32_t)policy->side;
    view->is_side_inferred = policy->side == FEDVAL_SIDE_UNKNOWN;
    if (view->is_side_inferred)
        view->side = has_provider(view->srv, policy) ? FEDVAL_SIDE_MICROSOFT : FEDVAL_SIDE_CISCO;
}

static fedval_status set_srv(fv_view *view)
{
    const fv_rules_input *input = view->input;
    const char *label = fv_policy_service_label(input->policy);
    size_t label_len = label != NULL ? strlen(label) : 0;
    size_t domain_len = strlen(input->evidence->domain);
    char *owner = fv_arena_alloc(view->arena, label_len + domain_len + 2);
    if (owner == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    owner[label_len] = '.';
    memcpy(owner + label_len + 1, input->evidence->domain, domain_len);
    view->domain = owner + label_len + 1;
    if (label == NULL || input->policy->edge_fqdn != NULL)
        return FEDVAL_OK;
    memcpy(owner, label, label_len);
    view->srv_owner = owner;
    view->srv = fv_evidence_find_dns(input->evidence, owner, FEDVAL_TYPE_SRV, 0);
    return FEDVAL_OK;
}

/* ---- targets ---- */

static fedval_status describe_target(fv_view *view, fv_view_target *target)
{
    const fv_rules_input *input = view->input;
    fv_text name = fv_text_of(target->name);
    fv_address address;
    target->name = name.data = fv_arena_copy_text(view->arena, name.data, name.len);
    if (target->name == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    target->srv_match = fedval_srv_match(view->domain, strlen(view->domain), name.data, name.len);
    target->is_address = fv_address_parse(name, &address);
    target->is_provider = fv_policy_is_provider(input->policy, target->name);
    if (!fv_host_name_is_valid(name))
        return FEDVAL_OK;
    target->host = lower(view->arena, target->name, name.len);
    return target->host != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

/* R2: exactly one label under the domain, or a provider on the Microsoft side. */
static bool fits(const fv_view *view, const fv_view_target *target)
{
    if (target->host == NULL)
        return false;
    if (target->from_policy || view->input->policy->target_rule == FEDVAL_TARGET_RULE_ANY)
        return true;
    return target->srv_match == FEDVAL_SRV_MATCH_MATCH ||
           (target->is_provider && view->side == FEDVAL_SIDE_MICROSOFT);
}

/* The requirements have to hold on every preferred target that satisfies R2; if none does, on all
 * preferred ones. */
static void set_counting(fv_view *view)
{
    bool any_fits = false;
    for (size_t i = 0; i < view->num_targets; i++) {
        fv_view_target *target = &view->targets[i];
        target->fits = fits(view, target);
        any_fits |= target->fits && target->rank == FV_RANK_PREFERRED;
    }
    for (size_t i = 0; i < view->num_targets; i++) {
        fv_view_target *target = &view->targets[i];
        target->counts = target->rank == FV_RANK_PREFERRED && (target->fits || !any_fits);
    }
}

static void fill_target(const fv_record *record, bool is_preferred, fv_view_target *out)
{
    out->name = record->data;
    out->port = record->port;
    out->priority = record->priority;
    out->weight = record->weight;
    out->ttl = record->ttl;
    out->rank = is_preferred ? FV_RANK_PREFERRED : FV_RANK_STANDBY;
}

/* The SRV records among those of the answer, which holds CNAMEs too. */
static size_t collect_srv(const fedval_fact *srv, const fv_record **out)
{
    size_t count = 0;
    for (size_t i = 0; i < srv->num_records; i++) {
        if (srv->records[i].type == FEDVAL_TYPE_SRV)
            out[count++] = &srv->records[i];
    }
    return count;
}

typedef struct srv_order {
    const fv_record **records;
    uint16_t *priorities, *weights;
    uint32_t *places;
    size_t count, num_preferred;
} srv_order;

static fedval_status order_records(fv_arena *arena, const fedval_fact *srv, srv_order *out)
{
    size_t room =
        srv->num_records < FEDVAL_SRV_MAX_RECORDS ? srv->num_records : FEDVAL_SRV_MAX_RECORDS;
    out->records = fv_arena_alloc_array(arena, srv->num_records, sizeof(*out->records));
    out->priorities = fv_arena_alloc_array(arena, room, sizeof(*out->priorities));
    out->weights = fv_arena_alloc_array(arena, room, sizeof(*out->weights));
    out->places = fv_arena_alloc_array(arena, room, sizeof(*out->places));
    if (out->records == NULL || out->priorities == NULL || out->weights == NULL ||
        out->places == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    out->count = collect_srv(srv, out->records);
    if (out->count > room)
        out->count = room;
    for (size_t i = 0; i < out->count; i++) {
        out->priorities[i] = out->records[i]->priority;
        out->weights[i] = out->records[i]->weight;
    }
    return fedval_srv_order_edge(out->priorities, out->weights, out->count, out->places,
                                 &out->num_preferred);
}

static fedval_status targets_from_srv(fv_view *view)
{
    srv_order order = {0};
    if (view->srv == NULL || view->srv->num_records == 0)
        return FEDVAL_OK;
    fedval_status status = order_records(view->arena, view->srv, &order);
    if (status != FEDVAL_OK)
        return status;
    size_t limit = (size_t)view->input->policy->limits.targets;
    size_t count = order.count < limit ? order.count : limit;
    view->num_targets_left_out = order.count - count;
    view->targets = fv_arena_alloc_array(view->arena, count, sizeof(*view->targets));
    if (view->targets == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        fill_target(order.records[order.places[i]], i < order.num_preferred, &view->targets[i]);
    view->num_targets = count;
    return FEDVAL_OK;
}

/* The one target of a profile without SRV, or of a partner that has configured the proxy's name. */
static fedval_status target_from_policy(fv_view *view, const char *name)
{
    if (name == NULL)
        return FEDVAL_OK;
    view->targets = fv_arena_alloc(view->arena, sizeof(*view->targets));
    if (view->targets == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    view->targets[0] = (fv_view_target){
        .name = name, .port = SIP_TLS_PORT, .rank = FV_RANK_PREFERRED, .from_policy = true};
    view->num_targets = 1;
    return FEDVAL_OK;
}

static fedval_status find_targets(fv_view *view)
{
    const fedval_policy *policy = view->input->policy;
    if (policy->edge_fqdn != NULL)
        return target_from_policy(view, policy->edge_fqdn);
    if (view->srv_owner == NULL)
        return target_from_policy(view, policy->subject_name);
    return targets_from_srv(view);
}

static fedval_status add_client(fv_view *view)
{
    const fedval_fact *fact = fv_evidence_find_client_chain(view->input->evidence);
    const fv_view_chain *chain = NULL;
    fedval_status status = fact != NULL ? fv_view_add_chain(view, fact, &chain) : FEDVAL_OK;
    if (status != FEDVAL_OK || chain == NULL)
        return status;
    view->has_client = true;
    fv_view_match_name(view, NULL, chain, &view->client);
    return FEDVAL_OK;
}

fedval_status fv_view_derive(fv_arena *arena, const fv_rules_input *input, fv_view *out)
{
    *out = (fv_view){.arena = arena, .input = input};
    fedval_status status = set_srv(out);
    if (status == FEDVAL_OK)
        status = find_targets(out);
    set_side(out);
    for (size_t i = 0; status == FEDVAL_OK && i < out->num_targets; i++)
        status = describe_target(out, &out->targets[i]);
    if (status == FEDVAL_OK)
        set_counting(out);
    for (size_t i = 0; status == FEDVAL_OK && i < out->num_targets; i++)
        status = fv_view_add_addresses(out, &out->targets[i]);
    return status == FEDVAL_OK ? add_client(out) : status;
}
