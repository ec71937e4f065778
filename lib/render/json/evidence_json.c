/* Evidence -> "fedval-evidence/1". */
#include "model/evidence.h"
#include "render/json/json.h"
#include "render/json/views_json.h"

static void put_dns_question(fv_json *json, const fedval_question *question)
{
    fv_json_object(json, "question");
    fv_json_text(json, "name", question->name);
    fv_json_text(json, "type", fedval_type_to_string(question->type));
    fv_json_i64(json, "view", question->view);
    if (question->address != NULL) {
        fv_json_text(json, "server", question->host);
        fv_json_text(json, "address", question->address);
    }
    fv_json_end(json);
}

static void put_probe_question(fv_json *json, const fedval_question *question)
{
    fv_json_object(json, "question");
    fv_json_text(json, "probe", question->host);
    fv_json_text(json, "address", question->address);
    if (question->port == 0)
        fv_json_null(json, "port");
    else
        fv_json_i64(json, "port", question->port);
    if (question->look != FEDVAL_LOOK_ANY)
        fv_json_text(json, "look", fedval_look_to_string(question->look));
    fv_json_end(json);
}

static void put_record(fv_json *json, const fv_record *record)
{
    bool is_address = record->type == FEDVAL_TYPE_A || record->type == FEDVAL_TYPE_AAAA;
    fv_json_object(json, NULL);
    fv_json_text(json, "owner", record->owner);
    fv_json_text(json, "type", fedval_type_to_string(record->type));
    fv_json_i64(json, "ttl", record->ttl);
    if (record->type == FEDVAL_TYPE_SRV) {
        fv_json_i64(json, "priority", record->priority);
        fv_json_i64(json, "weight", record->weight);
        fv_json_i64(json, "port", record->port);
    }
    fv_json_text(json, is_address ? "address" : "target", record->data);
    fv_json_end(json);
}

static void put_sources(fv_json *json, const fv_fact_sources *sources)
{
    if (sources->count == 0)
        return;
    fv_json_array(json, "sources");
    for (size_t i = 0; i < sources->count; i++) {
        fv_json_object(json, NULL);
        fv_json_text(json, "kind", fedval_source_to_string(sources->items[i].kind));
        fv_json_text(json, "place", sources->items[i].place);
        fv_json_end(json);
    }
    fv_json_end(json);
}

static void put_common(fv_json *json, const fedval_fact *fact)
{
    fv_json_text(json, "outcome", fedval_outcome_to_string(fact->outcome));
    fv_json_time(json, "at", fact->time);
    fv_json_text(json, "source", fact->sources.text);
    put_sources(json, &fact->sources);
    fv_json_text(json, "detail", fact->detail);
}

/* RFC 8914 */
static void put_ede(fv_json *json, const fedval_fact *fact)
{
    if (fact->ede < 0) {
        fv_json_null(json, "ede");
        return;
    }
    fv_json_object(json, "ede");
    fv_json_i64(json, "code", fact->ede);
    fv_json_text(json, "text", fact->ede_text);
    fv_json_end(json);
}

static void put_dns(fv_json *json, const fedval_fact *fact)
{
    put_dns_question(json, &fact->question);
    put_common(json, fact);
    fv_json_text(json, "dnssec", fedval_dnssec_to_string(fact->dnssec));
    if (fact->authority != FEDVAL_AUTHORITY_UNKNOWN)
        fv_json_text(json, "authority", fedval_authority_to_string(fact->authority));
    put_ede(json, fact);
    fv_json_array(json, "records");
    for (size_t i = 0; i < fact->num_records; i++)
        put_record(json, &fact->records[i]);
    fv_json_end(json);
}

static void put_sip(fv_json *json, const fedval_fact *fact)
{
    if (fact->sip_status == 0) {
        fv_json_null(json, "sip");
        return;
    }
    fv_json_object(json, "sip");
    fv_json_i64(json, "status", fact->sip_status);
    fv_json_text(json, "server", fact->sip_server);
    fv_json_end(json);
}

/* Everything that a handshake shows apart from the certificate chain. */
static void put_handshake(fv_json *json, const fedval_fact *fact)
{
    fv_json_text(json, "tls_group", fact->tls_group);
    fv_json_text(json, "tls_signature", fact->tls_signature);
    fv_json_array(json, "client_cas");
    for (size_t i = 0; i < fact->num_client_cas; i++)
        fv_json_base64(json, NULL, fact->client_cas[i]);
    fv_json_end(json);
    if (!fact->has_ocsp)
        fv_json_null(json, "ocsp");
    else
        fv_json_base64(json, "ocsp", fact->ocsp);
    fv_json_text(json, "banner", fact->banner);
    put_sip(json, fact);
}

static void put_probe(fv_json *json, const fedval_fact *fact)
{
    put_probe_question(json, &fact->question);
    put_common(json, fact);
    fv_json_text(json, "role", fedval_role_to_string(fact->question.role));
    fv_json_text(json, "tls_version", fact->tls_version);
    fv_json_text(json, "tls_cipher", fact->tls_cipher);
    if (fact->alert < 0)
        fv_json_null(json, "alert");
    else
        fv_json_i64(json, "alert", fact->alert);
    fv_json_text(json, "client_certificate",
                 fedval_client_certificate_to_string(fact->client_certificate));
    fv_json_array(json, "chain");
    for (size_t i = 0; i < fact->num_chain; i++)
        fv_json_base64(json, NULL, fact->chain[i]);
    fv_json_end(json);
    fv_json_bool(json, "chain_complete", fact->chain_complete);
    put_handshake(json, fact);
}

fedval_status fedval_evidence_to_json(const fedval_evidence *evidence, char **out_json,
                                      size_t *out_len)
{
    fv_json json;
    if (evidence == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "format", "fedval-evidence/1");
    fv_json_text(&json, "domain", evidence->domain);
    fv_json_text(&json, "domain_given", evidence->domain_given);
    fv_json_time(&json, "gathered_at", evidence->time);
    fv_json_put_views(&json, evidence);
    fv_json_array(&json, "facts");
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->facts[i];
        fv_json_object(&json, NULL);
        if (fact->question.kind == FEDVAL_QUESTION_DNS)
            put_dns(&json, fact);
        else
            put_probe(&json, fact);
        fv_json_end(&json);
    }
    fv_json_end(&json);
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}
