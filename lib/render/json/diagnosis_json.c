/* "fedval-diagnosis/1" */
#include "render/diagnosis/diagnosis.h"

#include "logs/incidents/story.h"
#include "logs/log.h"
#include "render/json/json.h"

typedef struct writer {
    fv_json json;
    fv_redactor redactor;
    const fedval_log *log;
} writer;

static void put_text(writer *w, const char *key, uint32_t what, const char *text)
{
    fv_json_text(&w->json, key, fv_redact(&w->redactor, what, text));
}

/* A text that was told anew, with the shower of the writer; clears the buffer. */
static void put_told(writer *w, const char *key, fv_buf *told, bool is_there)
{
    w->redactor.failed = w->redactor.failed || told->failed;
    fv_json_text(&w->json, key, is_there && !told->failed ? told->data : NULL);
    fv_buf_clear(told);
}

static const fv_shower *shower_of(const writer *w)
{
    return w->redactor.on ? &w->redactor.shower : NULL;
}

static void put_time(writer *w, const char *key, int64_t milliseconds, bool zone_known)
{
    char text[FV_WHEN_TEXT_SIZE];
    fv_when_format(milliseconds, zone_known, text);
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
    put_text(w, "source", FV_SHOWN_SOURCE, fedval_incident_get_source(incident));
    fv_json_i64(&w->json, "line", (int64_t)fedval_incident_get_line(incident));
    put_time(w, "time", fedval_incident_get_time_ms(incident),
             fedval_incident_is_zone_known(incident) != 0);
    fv_json_bool(&w->json, "zone_known", fedval_incident_is_zone_known(incident) != 0);
    fv_json_text(&w->json, "kind",
                 fedval_incident_kind_to_string(fedval_incident_get_kind(incident)));
}

static void put_party(writer *w, const char *key, const fv_party *party)
{
    fv_buf told;
    fv_buf_init(&told);
    fv_tell_party(&told, party, shower_of(w));
    put_told(w, key, &told, party->text != NULL);
}

/* Each hop on one line, and as its members. */
static void put_hops(writer *w, const fedval_incident *incident)
{
    fv_json_array(&w->json, "hops");
    for (size_t i = 0; i < incident->num_hops; i++) {
        fv_buf told;
        fv_buf_init(&told);
        fv_tell_hop(&told, &incident->hops[i], shower_of(w));
        put_told(w, NULL, &told, true);
    }
    fv_json_end(&w->json);
    fv_json_array(&w->json, "ladder");
    for (size_t i = 0; i < incident->num_hops; i++) {
        const fv_hop *hop = &incident->hops[i];
        fv_json_object(&w->json, NULL);
        put_text(w, "host", FV_SHOWN_HOST, hop->host);
        put_number(w, "port", hop->port);
        fv_json_text(&w->json, "role",
                     fedval_hop_role_to_string(fedval_incident_get_hop_role(incident, i)));
        put_text(w, "egress_zone", FV_SHOWN_ZONE, hop->egress_zone);
        put_text(w, "ingress_zone", FV_SHOWN_ZONE, hop->ingress_zone);
        put_text(w, "received", FV_SHOWN_HOST, hop->received);
        put_number(w, "received_port", hop->received_port);
        fv_json_end(&w->json);
    }
    fv_json_end(&w->json);
}

static void put_call(writer *w, const fedval_incident *incident)
{
    put_text(w, "call_id", FV_SHOWN_CALL_ID, fedval_incident_get_call_id(incident));
    put_text(w, "cseq", FV_SHOWN_CSEQ, fedval_incident_get_cseq(incident));
    fv_json_text(&w->json, "direction",
                 fedval_call_direction_to_string(fedval_incident_get_direction(incident)));
    put_party(w, "from", &incident->from);
    put_party(w, "to", &incident->to);
    put_party(w, "asserted", &incident->asserted);
    put_text(w, "reporter", FV_SHOWN_HOST, incident->reporter);
    put_text(w, "peer", FV_SHOWN_HOST, fedval_incident_get_peer(incident));
    put_number(w, "port", fedval_incident_get_port(incident));
    fv_json_i64(&w->json, "times_logged", fedval_incident_get_times_logged(incident));
    put_number(w, "status", incident->status);
    put_hops(w, incident);
}

static void put_names(writer *w, const fedval_incident *incident)
{
    put_text(w, "domain", FV_SHOWN_DOMAIN, fedval_incident_get_domain(incident));
    fv_json_array(&w->json, "fqdns");
    for (size_t i = 0; i < fedval_incident_count_fqdns(incident); i++)
        put_text(w, NULL, FV_SHOWN_HOST, fedval_incident_get_fqdn(incident, i));
    fv_json_end(&w->json);
    put_text(w, "other_domain", FV_SHOWN_DOMAIN, incident->other_domain);
    put_text(w, "expected_name", FV_SHOWN_HOST, fedval_incident_get_expected_name(incident));
    put_text(w, "presented_name", FV_SHOWN_NAMES, fedval_incident_get_presented_name(incident));
    put_text(w, "reported_code", FV_SHOWN_TEXT, fedval_incident_get_reported_code(incident));
    put_text(w, "reported_text", FV_SHOWN_TEXT, fedval_incident_get_reported_text(incident));
}

static void put_words(writer *w, const fedval_incident *incident)
{
    fv_buf message, remedy, partner;
    fv_buf_init(&message);
    fv_buf_init(&remedy);
    fv_buf_init(&partner);
    fv_tell_message(&message, incident, shower_of(w));
    bool has_remedy = fv_tell_remedy(&remedy, incident, shower_of(w));
    put_told(w, "message", &message, true);
    put_told(w, "remedy", &remedy, has_remedy);
    bool has_partner = fv_tell_partner(&partner, incident, shower_of(w));
    put_told(w, "partner_remedy", &partner, has_partner);
}

/* What to write to the other side, and what to check. */
static void put_decisions(writer *w, const fedval_incident *incident)
{
    const char *domains[2];
    size_t num_domains = fv_incident_list_domains(incident, domains);
    fv_buf letter;
    fv_buf_init(&letter);
    bool has_letter =
        incident->cause == NULL && fv_tell_letter(&letter, &w->log->store, incident, shower_of(w));
    put_told(w, "letter", &letter, has_letter);
    fv_json_text(&w->json, "letter_to",
                 has_letter ? fedval_mend_side_to_string(fv_letter_side(&w->log->store, incident))
                            : NULL);
    fv_json_array(&w->json, "verify");
    for (size_t i = 0; i < num_domains; i++)
        put_text(w, NULL, FV_SHOWN_DOMAIN, domains[i]);
    fv_json_end(&w->json);
}

/* The calls that worked, beside a failure. */
static void put_worked(writer *w, const fedval_incident *incident)
{
    int64_t last_ms = fedval_incident_get_last_worked_ms(incident);
    put_number(w, "worked", fedval_incident_get_worked(incident));
    put_time(w, "last_worked", last_ms,
             last_ms != FEDVAL_TIME_UNKNOWN && incident->works->when.zone_known);
    put_number(w, "worked_for_other", fedval_incident_get_worked_for_other(incident));
}

static void put_finding(writer *w, const fedval_incident *incident)
{
    fv_json_text(&w->json, "finding",
                 fedval_finding_code_to_string(fedval_incident_get_finding(incident)));
    fv_json_text(&w->json, "certainty",
                 fedval_certainty_to_string(fedval_incident_get_certainty(incident)));
    put_number(w, "explained_by", fedval_incident_get_explained_by(incident));
    fv_json_text(&w->json, "joined_by", fedval_incident_get_joined_by(incident));
    put_worked(w, incident);
    put_words(w, incident);
    fv_json_text(&w->json, "mend_side",
                 fedval_mend_side_to_string(fedval_incident_get_mend_side(incident)));
    put_number(w, "requirement", fedval_incident_get_requirement(incident));
    fv_json_bool(&w->json, "related", incident->is_related);
    fv_json_text(&w->json, "sense",
                 fedval_incident_sense_to_string(fedval_incident_get_sense(incident)));
    fv_json_bool(&w->json, "verified_by_call", fedval_incident_is_verified_by_call(incident) != 0);
    fv_json_text(&w->json, "next", fedval_finding_code_to_string(fv_incident_next(incident)));
    put_decisions(w, incident);
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

static void put_formats(writer *w, uint32_t formats)
{
    fv_json_array(&w->json, "formats");
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        if ((formats & bit) != 0)
            fv_json_text(&w->json, NULL, fedval_log_format_to_string(bit));
    }
    fv_json_end(&w->json);
}

static void put_answers(writer *w, size_t source)
{
    fv_json_array(&w->json, "answers");
    for (size_t i = 0; i < fedval_log_count_source_answers(w->log, source); i++) {
        fv_json_object(&w->json, NULL);
        fv_json_i64(&w->json, "status", fedval_log_get_source_answer_status(w->log, source, i));
        fv_json_i64(&w->json, "count",
                    (int64_t)fedval_log_get_source_answer_times(w->log, source, i));
        fv_json_end(&w->json);
    }
    fv_json_end(&w->json);
}

static void put_sources(writer *w)
{
    fv_json_array(&w->json, "sources");
    for (size_t i = 0; i < fedval_log_count_sources(w->log); i++) {
        fv_json_object(&w->json, NULL);
        put_text(w, "source", FV_SHOWN_SOURCE, fedval_log_get_source_name(w->log, i));
        fv_json_i64(&w->json, "lines", (int64_t)fedval_log_get_source_lines(w->log, i));
        put_formats(w, fedval_log_get_source_formats(w->log, i));
        put_answers(w, i);
        fv_json_end(&w->json);
    }
    fv_json_end(&w->json);
}

static void put_document(writer *w, bool grouped)
{
    uint64_t not_kept = fedval_log_get_num_not_kept(w->log);
    uint32_t headline = fedval_log_get_headline(w->log);
    fv_json_object(&w->json, NULL);
    fv_json_text(&w->json, "format", "fedval-diagnosis/1");
    fv_json_text(&w->json, "version", fedval_version());
    fv_json_text(&w->json, "diagnosis",
                 fedval_diagnosis_to_string(fedval_log_get_diagnosis(w->log)));
    fv_json_text(&w->json, "headline", fedval_headline_to_string(headline));
    fv_json_text(&w->json, "headline_sentence", fedval_headline_get_sentence(headline));
    fv_json_i64(&w->json, "calls", (int64_t)fedval_log_get_num_calls(w->log));
    fv_json_i64(&w->json, "presence", (int64_t)fedval_log_get_num_presence(w->log));
    fv_json_i64(&w->json, "events", (int64_t)fedval_log_get_num_events(w->log));
    fv_json_i64(&w->json, "unrelated", (int64_t)fedval_log_get_num_unrelated(w->log));
    fv_json_text(&w->json, "mend_side",
                 fedval_mend_side_to_string(fedval_log_get_mend_side(w->log)));
    fv_json_bool(&w->json, "grouped", grouped);
    fv_json_text(&w->json, "limit", not_kept > 0 ? "limit-reached" : NULL);
    fv_json_i64(&w->json, "not_kept", (int64_t)not_kept);
    fv_json_i64(&w->json, "not_understood", (int64_t)fedval_log_get_num_not_understood(w->log));
    fv_json_text(&w->json, "not_judged", fedval_log_get_not_judged(w->log));
    fv_json_array(&w->json, "domains");
    for (size_t i = 0; i < fedval_log_count_domains(w->log); i++)
        put_text(w, NULL, FV_SHOWN_DOMAIN, fedval_log_get_domain(w->log, i));
    fv_json_end(&w->json);
    put_sources(w);
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
    fv_diagnosis_prepare(&w.redactor, log, chosen.redact != 0);
    put_document(&w, chosen.group != 0);
    char *json = NULL;
    size_t len = 0;
    status = fv_json_finish(&w.json, &json, &len);
    return fv_diagnosis_hand_out(&w.redactor, status, json, len, out_json, out_len);
}
