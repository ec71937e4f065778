/* What of a report stands in a vector: everything that was decided, and no prose. */
#include "vector.h"

#include "base/calendar.h"
#include "fedval/policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put(json_t *object, const char *key, const char *value)
{
    if (value != NULL)
        json_object_set_new(object, key, json_string(value));
}

static json_t *time_or_null(int64_t time)
{
    char text[FV_CALENDAR_TEXT_SIZE];
    if (time == FV_TIME_UNKNOWN)
        return json_null();
    fv_calendar_format(time, text);
    return json_string(text);
}

static json_t *requirements(const fedval_report *report)
{
    json_t *object = json_object();
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        char key[] = {'R', (char)('0' + i), '\0'};
        /* Most domains have one peer, and R8 asks nothing of it. */
        if (i < 8 || report->requirements[i] != FEDVAL_VERDICT_NOT_CHECKED)
            put(object, key, fedval_verdict_to_string(report->requirements[i]));
    }
    return object;
}

static json_t *finding(const fedval_finding *finding)
{
    const fv_remark *from = &finding->remark;
    json_t *object = json_object();
    put(object, "code", fedval_finding_code_to_string(from->code));
    put(object, "severity", fedval_severity_to_string(from->severity));
    if (from->requirement != 0)
        json_object_set_new(object, "requirement", json_integer(from->requirement));
    put(object, "target", from->where.target);
    put(object, "address", from->where.address);
    if (from->where.role == FEDVAL_ROLE_CLIENT)
        put(object, "role", fedval_role_to_string(from->where.role));
    if (from->acceptance != 0) {
        put(object, "acceptance", fedval_acceptance_to_string(from->acceptance));
        json_object_set_new(object, "accepted_until", time_or_null(from->accepted_until));
    }
    /* The words about chains are those of trust/, with tests of their own. */
    if (finding->entry->family <= FEDVAL_FAMILY_NAME)
        put(object, "message", fedval_finding_get_message(finding));
    return object;
}

static json_t *action(const fv_report_action *from)
{
    json_t *object = json_object(), *why = json_array();
    put(object, "side", fedval_side_to_string(from->side));
    put(object, "op", fedval_op_to_string(from->op));
    put(object, "kind", fedval_action_kind_to_string(from->kind));
    put(object, "owner", from->owner);
    put(object, "type", fedval_action_get_type(from));
    if (from->kind == FEDVAL_ACTION_DNS)
        json_object_set_new(object, "ttl", json_integer(from->record.ttl));
    put(object, "data", from->data);
    if (from->role == FEDVAL_ROLE_CLIENT)
        put(object, "role", fedval_role_to_string(from->role));
    if (from->is_for_both)
        json_object_set_new(object, "for_both", json_true());
    for (size_t i = 0; i < from->num_why; i++)
        json_array_append_new(why, json_string(fedval_finding_code_to_string(from->why[i])));
    json_object_set_new(object, "why", why);
    return object;
}

static json_t *not_checked(const fedval_report *report)
{
    json_t *array = json_array();
    for (size_t i = 0; i < report->num_not_checked; i++)
        json_array_append_new(array, json_string(fedval_report_get_not_checked(report, i)));
    return array;
}

/* "broken cert-expired": the mark, and what decides it. */
static void put_step(json_t *object, const char *key, const fedval_report *report,
                     fv_report_step step)
{
    char text[128];
    const char *id = step.finding == 0 ? "" : report->findings[step.finding - 1].entry->id;
    (void)snprintf(text, sizeof(text), "%s%s%s", fedval_mark_to_string(step.mark),
                   step.finding == 0 ? "" : " ", id);
    put(object, key, text);
}

static json_t *address_steps(const fedval_report *report, const fv_report_address *address)
{
    json_t *object = json_object();
    put_step(object, "address", report, address->step);
    put_step(object, "tls", report, address->tls);
    put_step(object, "name", report, address->presented.name);
    put_step(object, "chain", report, address->presented.chain);
    return object;
}

static json_t *endpoint_steps(const fedval_report *report, const fv_report_endpoint *endpoint)
{
    json_t *object = json_object(), *addresses = json_array();
    put_step(object, "srv", report, endpoint->srv);
    put_step(object, "lookup", report, endpoint->lookup);
    for (size_t i = 0; i < endpoint->num_addresses; i++)
        json_array_append_new(addresses, address_steps(report, &endpoint->addresses[i]));
    json_object_set_new(object, "addresses", addresses);
    return object;
}

static json_t *steps(const fedval_report *report)
{
    json_t *object = json_object(), *endpoints = json_array();
    if (report->num_endpoints == 0)
        put_step(object, "srv", report, report->srv);
    for (size_t i = 0; i < report->num_endpoints; i++)
        json_array_append_new(endpoints, endpoint_steps(report, &report->endpoints[i]));
    json_object_set_new(object, "endpoints", endpoints);
    if (report->client.certificate != NULL) {
        put_step(object, "client_name", report, report->client.name);
        put_step(object, "client_chain", report, report->client.chain);
    }
    return object;
}

json_t *expected_from_report(const fedval_report *report)
{
    json_t *object = json_object(), *findings = json_array(), *actions = json_array();
    put(object, "verdict", fedval_verdict_to_string(report->verdict));
    put(object, "side", fedval_side_to_string(report->side));
    json_object_set_new(object, "requirements", requirements(report));
    json_object_set_new(object, "valid_until", time_or_null(report->valid_until));
    for (size_t i = 0; i < report->num_findings; i++)
        json_array_append_new(findings, finding(&report->findings[i]));
    json_object_set_new(object, "findings", findings);
    json_object_set_new(object, "steps", steps(report));
    for (size_t i = 0; i < report->num_actions; i++)
        json_array_append_new(actions, action(&report->actions[i]));
    json_object_set_new(object, "actions", actions);
    put(object, "partner_alternative", report->partner_alternative);
    put(object, "after_actions", fedval_verdict_to_string(report->after_actions));
    json_object_set_new(object, "not_checked", not_checked(report));
    return object;
}

char *vector_text_with(const vector *v, json_t *expected)
{
    json_object_set(v->root, "expected", expected);
    char *text = json_dumps(v->root, JSON_INDENT(2) | JSON_ENSURE_ASCII);
    char *with_newline = text == NULL ? NULL : malloc(strlen(text) + 2);
    if (with_newline != NULL) {
        strcpy(with_newline, text);
        strcat(with_newline, "\n");
    }
    free(text);
    return with_newline;
}
