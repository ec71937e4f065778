/* A report -> "fedval-report/1". */
#include "fedval/evaluate.h"
#include "fedval/name.h"
#include "fedval/render.h"
#include "judge/finding.h"
#include "render/json/finding_json.h"

/* ---- the head ---- */

static void put_head(fv_json *json, const fedval_report *report)
{
    fv_json_text(json, "format", "fedval-report/1");
    fv_json_text(json, "version", fedval_version());
    fv_json_text(json, "domain", report->domain);
    fv_json_text(json, "domain_given", report->domain_given);
    fv_json_text(json, "side", fedval_side_to_string(report->side));
    fv_json_bool(json, "side_inferred", report->side_inferred);
    fv_json_text(json, "profile", fedval_profile_to_string(report->profile));
    fv_json_text(json, "scope", fedval_scope_to_string(report->scope));
    fv_json_time(json, "gathered_at", report->gathered_at);
    fv_json_time(json, "evaluated_at", report->evaluated_at);
    fv_json_text(json, "dns_source", report->dns_sources.text);
    fv_json_anchors(json, report->anchors);
}

static void put_verdict(fv_json *json, const fedval_report *report)
{
    static const char *const names[] = {"R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8"};
    fv_json_text(json, "verdict", fedval_verdict_to_string(report->verdict));
    fv_json_object(json, "requirements");
    for (size_t i = 0; i < FV_NUM_REQUIREMENTS; i++)
        fv_json_word(json, names[i], report->requirements[i + 1], fedval_verdict_to_string);
    fv_json_end(json);
    fv_json_array(json, "required");
    for (size_t i = 0; i < FV_NUM_REQUIREMENTS; i++) {
        if (report->required[i + 1])
            fv_json_text(json, NULL, names[i]);
    }
    fv_json_end(json);
    fv_json_time(json, "valid_until", report->valid_until);
}

/* ---- endpoints ---- */

/* The mark of a step, and the index of the finding that explains it. */
static void put_step(fv_json *json, const char *key, fv_report_step step)
{
    fv_json_object(json, key);
    fv_json_text(json, "mark", fedval_mark_to_string(step.mark));
    if (step.finding == 0)
        fv_json_null(json, "finding");
    else
        fv_json_i64(json, "finding", step.finding - 1);
    fv_json_end(json);
}

static void put_presented(fv_json *json, const fv_report_presented *presented)
{
    fv_json_certificate(json, "certificate", presented);
    fv_json_word(json, "name_match", presented->name_match, fedval_name_match_to_string);
    fv_json_text(json, "trust", fedval_trust_to_string(presented->trust));
    fv_json_paths(json, "paths", presented->paths, presented->num_paths);
}

static void put_address(fv_json *json, const fv_report_address *address)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "address", address->address);
    fv_json_text(json, "not_public", address->not_public);
    fv_json_bool(json, "allowed", address->is_allowed);
    fv_json_word(json, "probe", address->probe, fedval_outcome_to_string);
    fv_json_text(json, "probe_source", address->probe_sources.text);
    fv_json_text(json, "tls_version", address->tls_version);
    if (address->alert < 0)
        fv_json_null(json, "alert");
    else
        fv_json_i64(json, "alert", address->alert);
    put_presented(json, &address->presented);
    fv_json_object(json, "steps");
    put_step(json, "address", address->step);
    put_step(json, "tls", address->tls);
    put_step(json, "name", address->presented.name);
    put_step(json, "chain", address->presented.chain);
    fv_json_end(json);
    fv_json_end(json);
}

/* Without an SRV record there is no priority, no weight, no TTL and no target to match. */
static void put_srv(fv_json *json, const fv_report_endpoint *endpoint)
{
    if (endpoint->srv_match == 0) {
        fv_json_null(json, "priority");
        fv_json_null(json, "weight");
        fv_json_null(json, "ttl");
    } else {
        fv_json_i64(json, "priority", endpoint->priority);
        fv_json_i64(json, "weight", endpoint->weight);
        fv_json_i64(json, "ttl", endpoint->ttl);
    }
    fv_json_text(json, "rank", fedval_rank_to_string(endpoint->rank));
    fv_json_text(json, "srv_match", fedval_srv_match_to_string(endpoint->srv_match));
}

static void put_endpoint(fv_json *json, const fv_report_endpoint *endpoint)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "target", endpoint->target);
    fv_json_i64(json, "port", endpoint->port);
    put_srv(json, endpoint);
    fv_json_bool(json, "is_provider", endpoint->is_provider);
    fv_json_bool(json, "from_policy", endpoint->from_policy);
    fv_json_word(json, "address_lookup", endpoint->address_outcome, fedval_outcome_to_string);
    fv_json_array(json, "addresses");
    for (size_t i = 0; i < endpoint->num_addresses; i++)
        put_address(json, &endpoint->addresses[i]);
    fv_json_end(json);
    fv_json_object(json, "steps");
    put_step(json, "srv", endpoint->srv);
    put_step(json, "lookup", endpoint->lookup);
    fv_json_end(json);
    fv_json_end(json);
}

static void put_endpoints(fv_json *json, const fedval_report *report)
{
    fv_json_object(json, "srv");
    fv_json_text(json, "owner", report->srv_owner);
    fv_json_word(json, "lookup", report->srv_outcome, fedval_outcome_to_string);
    put_step(json, "step", report->srv);
    fv_json_end(json);
    fv_json_array(json, "endpoints");
    for (size_t i = 0; i < report->num_endpoints; i++)
        put_endpoint(json, &report->endpoints[i]);
    fv_json_end(json);
    if (report->client.certificate == NULL) {
        fv_json_null(json, "client");
        return;
    }
    fv_json_object(json, "client");
    put_presented(json, &report->client);
    fv_json_object(json, "steps");
    put_step(json, "name", report->client.name);
    put_step(json, "chain", report->client.chain);
    fv_json_end(json);
    fv_json_end(json);
}

/* ---- actions ---- */

static void put_action(fv_json *json, const fv_report_action *action)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "side", fedval_side_to_string(action->side));
    fv_json_text(json, "op", fedval_op_to_string(action->op));
    fv_json_text(json, "kind", fedval_action_kind_to_string(action->kind));
    fv_json_text(json, "owner", action->owner);
    fv_json_text(json, "type", fedval_action_get_type(action));
    if (action->kind == FEDVAL_ACTION_DNS)
        fv_json_i64(json, "ttl", action->record.ttl);
    else
        fv_json_null(json, "ttl");
    if (action->ttl_authority != FEDVAL_AUTHORITY_UNKNOWN)
        fv_json_text(json, "ttl_from", fedval_authority_to_string(action->ttl_authority));
    fv_json_text(json, "data", action->data);
    if (action->num_names_left_out > 0)
        fv_json_i64(json, "names_left_out", (int64_t)action->num_names_left_out);
    fv_json_array(json, "why");
    for (size_t i = 0; i < action->num_why; i++)
        fv_json_text(json, NULL, fedval_finding_code_to_string(action->why[i]));
    fv_json_end(json);
    fv_json_text(json, "role", action->role == 0 ? NULL : fedval_role_to_string(action->role));
    if (action->is_for_both)
        fv_json_bool(json, "for_both", true);
    fv_json_text(json, "certificate", action->certificate);
    fv_json_text(json, "address", action->address);
    fv_json_text(json, "hurts", action->hurts);
    if (action->alternative_to == 0)
        fv_json_null(json, "alternative_to");
    else
        fv_json_i64(json, "alternative_to", action->alternative_to - 1);
    fv_json_end(json);
}

static void put_requirements(fv_json *json, const char *key, const bool *are)
{
    fv_json_array(json, key);
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        char text[] = {'R', (char)('0' + i), '\0'};
        if (are[i])
            fv_json_text(json, NULL, text);
    }
    fv_json_end(json);
}

/* Says which requirements the verdict after the actions judged again, and which of its facts are
 * only assumed. */
static void put_basis(fv_json *json, const fedval_report *report)
{
    put_requirements(json, "judged_again", report->judged_again);
    fv_json_array(json, "assumed");
    for (size_t i = 0; i < report->num_assumed; i++)
        fv_json_text(json, NULL, report->assumed[i]);
    fv_json_end(json);
    fv_json_array(json, "remaining");
    for (size_t i = 0; i < report->num_remaining; i++)
        fv_json_text(json, NULL, fedval_finding_code_to_string(report->remaining[i]));
    fv_json_end(json);
    put_requirements(json, "open_after", report->open_after);
    fv_json_bool(json, "needs_together", report->needs_together);
    fv_json_i64(json, "wait_s", report->wait_s);
    fv_json_bool(json, "wait_is_least", report->wait_is_least);
}

static void put_actions(fv_json *json, const fedval_report *report)
{
    fv_json_array(json, "actions");
    for (size_t i = 0; i < report->num_actions; i++)
        put_action(json, &report->actions[i]);
    fv_json_end(json);
    fv_json_text(json, "partner_alternative", report->partner_alternative);
    fv_json_word(json, "after_actions", report->after_actions, fedval_verdict_to_string);
    put_basis(json, report);
    fv_json_array(json, "not_checked");
    for (size_t i = 0; i < report->num_not_checked; i++)
        fv_json_text(json, NULL, fedval_not_checked_to_string(report->not_checked[i]));
    fv_json_end(json);
    fv_json_object(json, "not_checked_hints");
    for (size_t i = 0; i < report->num_not_checked; i++) {
        if (report->not_checked_hints[i] != FEDVAL_HINT_NONE) {
            fv_json_text(json, fedval_not_checked_to_string(report->not_checked[i]),
                         fedval_hint_to_string(report->not_checked_hints[i]));
        }
    }
    fv_json_end(json);
}

void fv_json_report(fv_json *json, const char *key, const fedval_report *report)
{
    fv_json_object(json, key);
    put_head(json, report);
    put_verdict(json, report);
    put_endpoints(json, report);
    fv_json_findings(json, "findings", report->findings, report->num_findings);
    fv_json_i64(json, "findings_left_out", (int64_t)report->num_findings_left_out);
    if (fedval_report_get_pass_of(report) != NULL)
        fv_json_text(json, "pass_of", fedval_report_get_pass_of(report));
    fv_json_bool(json, "both_domains_need_records", fedval_report_is_for_both_domains(report) != 0);
    fv_json_bool(json, "owner_letter", fedval_report_has_owner_letter(report) != 0);
    fv_json_text(json, "private_root", fedval_report_get_private_root(report));
    put_actions(json, report);
    fv_json_policy(json, "policy", report->policy);
    fv_json_end(json);
}

fedval_status fedval_report_to_json(const fedval_report *report, char **out_json, size_t *out_len)
{
    fv_json json;
    if (report == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    fv_json_report(&json, NULL, report);
    return fv_json_finish(&json, out_json, out_len);
}
