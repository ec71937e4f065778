/* "fedval-diagnosis/1" */
#include "render/diagnosis/diagnosis.h"

#include "render/json/json.h"

typedef struct writer {
    fv_json json;
    fv_redactor redactor;
    const fedval_log *log;
} writer;

static void put_text(writer *w, const char *key, const char *text)
{
    fv_json_text(&w->json, key, fv_redact(&w->redactor, text));
}

static void put_time(writer *w, const char *key, int64_t milliseconds, bool zone_known)
{
    char text[FV_DIAGNOSIS_TIME_SIZE];
    fv_diagnosis_time(milliseconds, zone_known, text);
    fv_json_text(&w->json, key, text[0] != '\0' ? text : NULL);
}

static void put_number(writer *w, const char *key, uint64_t number)
{
    if (number == 0)
        fv_json_null(&w->json, key);
    else
        fv_json_i64(&w->json, key, (int64_t)number);
}

static void put_place(writer *w, const fedval_incident *incident)
{
    fv_json_i64(&w->json, "id", fedval_incident_get_id(incident));
    put_text(w, "source", fedval_incident_get_source(incident));
    fv_json_i64(&w->json, "line", (int64_t)fedval_incident_get_line(incident));
    put_time(w, "time", fedval_incident_get_time_ms(incident),
             fedval_incident_is_zone_known(incident) != 0);
    fv_json_bool(&w->json, "zone_known", fedval_incident_is_zone_known(incident) != 0);
    fv_json_text(&w->json, "kind",
                 fedval_incident_kind_to_string(fedval_incident_get_kind(incident)));
}

static void put_call(writer *w, const fedval_incident *incident)
{
    put_text(w, "call_id", fedval_incident_get_call_id(incident));
    put_text(w, "cseq", fedval_incident_get_cseq(incident));
    fv_json_text(&w->json, "direction",
                 fedval_call_direction_to_string(fedval_incident_get_direction(incident)));
    put_text(w, "from", fedval_incident_get_from(incident));
    put_text(w, "to", fedval_incident_get_to(incident));
    put_text(w, "peer", fedval_incident_get_peer(incident));
    put_number(w, "port", fedval_incident_get_port(incident));
    fv_json_i64(&w->json, "times_logged", fedval_incident_get_times_logged(incident));
    fv_json_array(&w->json, "hops");
    for (size_t i = 0; i < fedval_incident_count_hops(incident); i++)
        put_text(w, NULL, fedval_incident_get_hop(incident, i));
    fv_json_end(&w->json);
}

static void put_names(writer *w, const fedval_incident *incident)
{
    put_text(w, "domain", fedval_incident_get_domain(incident));
    fv_json_array(&w->json, "fqdns");
    for (size_t i = 0; i < fedval_incident_count_fqdns(incident); i++)
        put_text(w, NULL, fedval_incident_get_fqdn(incident, i));
    fv_json_end(&w->json);
    put_text(w, "expected_name", fedval_incident_get_expected_name(incident));
    put_text(w, "presented_name", fedval_incident_get_presented_name(incident));
    put_text(w, "reported_code", fedval_incident_get_reported_code(incident));
    put_text(w, "reported_text", fedval_incident_get_reported_text(incident));
}

static void put_finding(writer *w, const fedval_incident *incident)
{
    fv_json_text(&w->json, "finding",
                 fedval_finding_code_to_string(fedval_incident_get_finding(incident)));
    fv_json_text(&w->json, "certainty",
                 fedval_certainty_to_string(fedval_incident_get_certainty(incident)));
    put_number(w, "explained_by", fedval_incident_get_explained_by(incident));
    fv_json_text(&w->json, "joined_by", fedval_incident_get_joined_by(incident));
    put_text(w, "message", fedval_incident_get_message(incident));
    put_text(w, "remedy", fedval_incident_get_remedy(incident));
    fv_json_text(&w->json, "mend_side",
                 fedval_mend_side_to_string(fedval_incident_get_mend_side(incident)));
}

static void put_members(writer *w, const fedval_incident *incident)
{
    put_place(w, incident);
    put_call(w, incident);
    put_names(w, incident);
    put_finding(w, incident);
}

static void put_incidents(writer *w)
{
    for (size_t i = 0; i < fedval_log_count_incidents(w->log); i++) {
        fv_json_object(&w->json, NULL);
        put_members(w, fedval_log_get_incident(w->log, i));
        fv_json_end(&w->json);
    }
}

static void put_groups(writer *w)
{
    for (size_t i = 0; i < fedval_log_count_groups(w->log); i++) {
        const fedval_incident *first = fedval_log_get_group_first(w->log, i);
        bool zone_known = fedval_incident_is_zone_known(first) != 0;
        fv_json_object(&w->json, NULL);
        put_members(w, first);
        fv_json_i64(&w->json, "count", (int64_t)fedval_log_get_group_size(w->log, i));
        put_time(w, "first_time", fedval_log_get_group_first_time_ms(w->log, i), zone_known);
        put_time(w, "last_time", fedval_log_get_group_last_time_ms(w->log, i), zone_known);
        fv_json_end(&w->json);
    }
}

static void put_document(writer *w, bool grouped)
{
    uint64_t not_kept = fedval_log_count_not_kept(w->log);
    fv_json_object(&w->json, NULL);
    fv_json_text(&w->json, "format", "fedval-diagnosis/1");
    fv_json_text(&w->json, "version", fedval_version());
    fv_json_text(&w->json, "diagnosis",
                 fedval_diagnosis_to_string(fedval_log_get_diagnosis(w->log)));
    fv_json_bool(&w->json, "grouped", grouped);
    fv_json_text(&w->json, "limit", not_kept > 0 ? "limit-reached" : NULL);
    fv_json_i64(&w->json, "not_kept", (int64_t)not_kept);
    fv_json_array(&w->json, "domains");
    for (size_t i = 0; i < fedval_log_count_domains(w->log); i++)
        fv_json_text(&w->json, NULL, fedval_log_get_domain(w->log, i));
    fv_json_end(&w->json);
    fv_json_array(&w->json, "incidents");
    if (grouped)
        put_groups(w);
    else
        put_incidents(w);
    fv_json_end(&w->json);
    fv_json_end(&w->json);
}

fedval_status fedval_log_to_json(const fedval_log *log, const fedval_diagnosis_options *options,
                                 char **out_json, size_t *out_len)
{
    writer w = {.log = log};
    fedval_diagnosis_options chosen;
    fedval_status status = fv_diagnosis_check(log, options, out_json, &chosen);
    if (status != FEDVAL_OK)
        return status;
    fv_json_init(&w.json);
    fv_redactor_init(&w.redactor, chosen.redact != 0);
    put_document(&w, chosen.group != 0);
    char *json = NULL;
    size_t len = 0;
    status = fv_json_finish(&w.json, &json, &len);
    if (status == FEDVAL_OK && w.redactor.failed) {
        fedval_text_free(json);
        status = FEDVAL_ERROR_NO_MEMORY;
    }
    fv_redactor_clear(&w.redactor);
    if (status != FEDVAL_OK)
        return status;
    *out_json = json;
    if (out_len != NULL)
        *out_len = len;
    return FEDVAL_OK;
}
