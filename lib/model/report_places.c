/* The getters of endpoints, addresses, presented certificates and actions in a report. */
#include "model/report.h"

const fedval_report_certificate *fedval_presented_get_certificate(const fedval_presented *presented)
{
    return presented == NULL ? NULL : presented->certificate;
}

uint32_t fedval_presented_get_origin(const fedval_presented *presented)
{
    return presented == NULL ? 0 : presented->origin;
}

uint32_t fedval_presented_get_name_match(const fedval_presented *presented)
{
    return presented == NULL ? 0 : presented->name_match;
}

uint32_t fedval_presented_get_trust(const fedval_presented *presented)
{
    return presented == NULL ? 0 : presented->trust;
}

size_t fedval_presented_count_paths(const fedval_presented *presented)
{
    return presented == NULL ? 0 : presented->num_paths;
}

const fedval_path *fedval_presented_get_path(const fedval_presented *presented, size_t index)
{
    return presented != NULL && index < presented->num_paths ? &presented->paths[index] : NULL;
}

const fedval_step *fedval_presented_get_name_step(const fedval_presented *presented)
{
    return presented == NULL ? NULL : &presented->name;
}

const fedval_step *fedval_presented_get_chain_step(const fedval_presented *presented)
{
    return presented == NULL ? NULL : &presented->chain;
}

const char *fedval_address_get_text(const fedval_address *address)
{
    return address == NULL ? NULL : address->address;
}

const char *fedval_address_get_not_public(const fedval_address *address)
{
    return address == NULL ? NULL : address->not_public;
}

uint32_t fedval_address_is_allowed(const fedval_address *address)
{
    return address == NULL ? 0 : address->is_allowed;
}

uint32_t fedval_address_get_probe(const fedval_address *address)
{
    return address == NULL ? 0 : address->probe;
}

const char *fedval_address_get_probe_source(const fedval_address *address)
{
    return address == NULL ? NULL : address->probe_sources.text;
}

const char *fedval_address_get_tls_version(const fedval_address *address)
{
    return address == NULL ? NULL : address->tls_version;
}

int32_t fedval_address_get_alert(const fedval_address *address)
{
    return address == NULL ? -1 : address->alert;
}

uint32_t fedval_address_get_client_certificate(const fedval_address *address)
{
    return address == NULL ? 0 : address->client_certificate;
}

const fedval_presented *fedval_address_get_presented(const fedval_address *address)
{
    return address == NULL ? NULL : &address->presented;
}

const fedval_step *fedval_address_get_address_step(const fedval_address *address)
{
    return address == NULL ? NULL : &address->step;
}

const fedval_step *fedval_address_get_tls_step(const fedval_address *address)
{
    return address == NULL ? NULL : &address->tls;
}

const char *fedval_endpoint_get_target(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? NULL : endpoint->target;
}

uint16_t fedval_endpoint_get_port(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? 0 : endpoint->port;
}

uint16_t fedval_endpoint_get_priority(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? 0 : endpoint->priority;
}

uint16_t fedval_endpoint_get_weight(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? 0 : endpoint->weight;
}

uint32_t fedval_endpoint_get_ttl(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? 0 : endpoint->ttl;
}

uint32_t fedval_endpoint_get_rank(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? 0 : endpoint->rank;
}

uint32_t fedval_endpoint_get_srv_match(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? 0 : endpoint->srv_match;
}

uint32_t fedval_endpoint_is_provider(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? 0 : endpoint->is_provider;
}

uint32_t fedval_endpoint_is_from_policy(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? 0 : endpoint->from_policy;
}

uint32_t fedval_endpoint_get_address_outcome(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? 0 : endpoint->address_outcome;
}

size_t fedval_endpoint_count_addresses(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? 0 : endpoint->num_addresses;
}

const fedval_address *fedval_endpoint_get_address(const fedval_endpoint *endpoint, size_t index)
{
    return endpoint != NULL && index < endpoint->num_addresses ? &endpoint->addresses[index] : NULL;
}

const fedval_step *fedval_endpoint_get_srv_step(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? NULL : &endpoint->srv;
}

const fedval_step *fedval_endpoint_get_lookup_step(const fedval_endpoint *endpoint)
{
    return endpoint == NULL ? NULL : &endpoint->lookup;
}

uint32_t fedval_action_get_op(const fedval_action *action)
{
    return action == NULL ? 0 : action->op;
}

uint32_t fedval_action_get_kind(const fedval_action *action)
{
    return action == NULL ? 0 : action->kind;
}

uint32_t fedval_action_get_side(const fedval_action *action)
{
    return action == NULL ? 0 : action->side;
}

const char *fedval_action_get_owner(const fedval_action *action)
{
    return action == NULL ? NULL : action->owner;
}

bool fv_action_is_unasked(const fv_report_action *action)
{
    return action->op == FEDVAL_OP_ADD && action->record.type == FEDVAL_TYPE_A &&
           action->record.is_to_choose && !action->is_owner_to_choose && action->num_why == 1 &&
           action->why[0] == FEDVAL_FINDING_SRV_MISSING;
}

const char *fedval_action_get_type(const fedval_action *action)
{
    return action == NULL ? NULL : fv_record_type_word(action->record.type);
}

uint32_t fedval_action_get_ttl(const fedval_action *action)
{
    return action == NULL ? 0 : action->record.ttl;
}

uint32_t fedval_action_get_role(const fedval_action *action)
{
    return action == NULL ? 0 : action->role;
}

uint32_t fedval_action_is_for_both(const fedval_action *action)
{
    return action != NULL && action->is_for_both;
}

const char *fedval_action_get_certificate(const fedval_action *action)
{
    return action == NULL ? NULL : action->certificate;
}

const char *fedval_action_get_address(const fedval_action *action)
{
    return action == NULL ? NULL : action->address;
}

const char *fedval_action_get_hurts(const fedval_action *action)
{
    return action == NULL ? NULL : action->hurts;
}

size_t fedval_action_get_alternative_index(const fedval_action *action)
{
    return action == NULL || action->alternative_to == 0 ? SIZE_MAX
                                                         : (size_t)action->alternative_to - 1;
}

size_t fedval_action_get_num_names_left_out(const fedval_action *action)
{
    return action == NULL ? 0 : action->num_names_left_out;
}

uint32_t fedval_action_get_ttl_authority(const fedval_action *action)
{
    return action == NULL ? 0 : action->ttl_authority;
}

const char *fedval_action_get_data(const fedval_action *action)
{
    return action == NULL ? NULL : action->data;
}

size_t fedval_action_count_reasons(const fedval_action *action)
{
    return action == NULL ? 0 : action->num_why;
}

uint32_t fedval_action_get_reason(const fedval_action *action, size_t index)
{
    return action != NULL && index < action->num_why ? action->why[index] : 0;
}
