/* intent -> "fedval-intent/1". What reading it again would give is written, and nothing else. */
#include "fedval/policy.h"
#include "model/intent.h"
#include "render/json/json.h"

#include <string.h>

static void put_file(fv_json *json, const char *key, const fedval_intent *intent, size_t number)
{
    if (number > 0)
        fv_json_text(json, key, intent->files[number - 1].path);
}

static void put_store(fv_json *json, const char *key, const fedval_intent *intent,
                      const fv_intent_store *store)
{
    if (!store->is_given)
        return;
    fv_json_object(json, key);
    put_file(json, "certificate", intent, store->certificate);
    put_file(json, "ready", intent, store->ready);
    fv_json_end(json);
}

static void put_texts(fv_json *json, const char *key, const char *const *texts, size_t count)
{
    fv_json_array(json, key);
    for (size_t i = 0; i < count; i++)
        fv_json_text(json, NULL, texts[i]);
    fv_json_end(json);
}

static void put_peer(fv_json *json, const fedval_intent *intent, const fv_intent_peer *peer)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "name", peer->name);
    put_texts(json, "addresses", peer->addresses, peer->num_addresses);
    put_store(json, "server", intent, &peer->server);
    put_store(json, "calling", intent, &peer->calling);
    fv_json_end(json);
}

static void put_version(fv_json *json, int64_t version)
{
    fv_buf text;
    if (version == 0)
        return;
    fv_buf_init(&text);
    fv_buf_append_i64(&text, version / 100);
    fv_buf_append_char(&text, '.');
    fv_buf_append_i64(&text, version % 100);
    json->buf.failed |= text.failed;
    fv_json_text(json, "version", text.failed ? NULL : text.data);
    fv_buf_clear(&text);
}

static void put_keep_names(fv_json *json, const fv_intent_cluster *cluster)
{
    if (!cluster->says_keep_names)
        return;
    fv_json_array(json, "keep_names");
    for (size_t i = 0; i < cluster->num_keep_names; i++) {
        fv_json_object(json, NULL);
        fv_json_text(json, "name", cluster->keep_names[i].name);
        fv_json_text_if(json, "for", cluster->keep_names[i].purpose);
        fv_json_text_if(json, "peer", cluster->keep_names[i].peer);
        fv_json_end(json);
    }
    fv_json_end(json);
}

static void put_clusters(fv_json *json, const fedval_intent *intent)
{
    fv_json_array(json, "clusters");
    for (size_t i = 0; i < intent->num_clusters; i++) {
        const fv_intent_cluster *cluster = &intent->clusters[i];
        fv_json_object(json, NULL);
        fv_json_text_if(json, "name", cluster->name);
        put_version(json, cluster->version);
        fv_json_array(json, "peers");
        for (size_t k = 0; k < cluster->num_peers; k++)
            put_peer(json, intent, &cluster->peers[k]);
        fv_json_end(json);
        put_keep_names(json, cluster);
        fv_json_end(json);
    }
    fv_json_end(json);
}

static void put_domains(fv_json *json, const fedval_intent *intent)
{
    fv_json_array(json, "domains");
    for (size_t i = 0; i < intent->num_domains; i++) {
        const fv_intent_domain *domain = &intent->domains[i];
        fv_json_object(json, NULL);
        fv_json_text(json, "name", domain->given);
        fv_json_text(json, "side", fedval_side_to_string(domain->side));
        fv_json_text_if(json, "host", domain->host);
        if (domain->says_zone)
            fv_json_text(json, "zone", domain->zone);
        if (intent->num_clusters > 1 && domain->side != FEDVAL_SIDE_MICROSOFT) {
            const fv_intent_cluster *cluster = &intent->clusters[domain->cluster];
            fv_json_text(json, "cluster",
                         cluster->name != NULL ? cluster->name : cluster->peers[0].name);
        }
        fv_json_end(json);
    }
    fv_json_end(json);
}

static void put_partners(fv_json *json, const fedval_intent *intent)
{
    fv_json_array(json, "partners");
    for (size_t i = 0; i < intent->num_partners; i++) {
        const fv_intent_partner *partner = &intent->partners[i];
        fv_json_object(json, NULL);
        fv_json_text(json, "name", partner->name);
        fv_json_text(json, "kind", partner->is_office365 ? "office365" : "on-premises");
        fv_json_text_if(json, "proxy_fqdn", partner->proxy_fqdn);
        if (partner->says_allowed)
            put_texts(json, "allowed", partner->allowed, partner->num_allowed);
        fv_json_end(json);
    }
    fv_json_end(json);
}

static void put_files(fv_json *json, const char *key, const fedval_intent *intent, uint32_t use)
{
    bool is_open = false;
    for (size_t i = 0; i < intent->num_files; i++) {
        if (intent->files[i].use != use)
            continue;
        if (!is_open)
            fv_json_array(json, key);
        is_open = true;
        fv_json_text(json, NULL, intent->files[i].path);
    }
    if (is_open)
        fv_json_end(json);
}

static void put_today(fv_json *json, const fedval_intent *intent)
{
    fv_json_object(json, "today");
    put_files(json, "zones", intent, FEDVAL_INTENT_FILE_ZONE);
    put_files(json, "evidence", intent, FEDVAL_INTENT_FILE_EVIDENCE);
    fv_json_text_if(json, "resolver", intent->resolver);
    if (intent->is_live)
        fv_json_bool(json, "live", true);
    fv_json_end(json);
}

/* A question that says no more than its text is that text. */
static void put_question(fv_json *json, const fv_intent_question *question)
{
    if (question->member == NULL && question->about == NULL) {
        fv_json_text(json, NULL, question->text);
        return;
    }
    fv_json_object(json, NULL);
    fv_json_text(json, "question", question->text);
    fv_json_text_if(json, "member", question->member);
    fv_json_text_if(json, "about", question->about);
    fv_json_end(json);
}

static void put_questions(fv_json *json, const fedval_intent *intent)
{
    fv_json_array(json, "questions");
    for (size_t i = 0; i < intent->num_questions; i++)
        put_question(json, &intent->questions[i]);
    fv_json_end(json);
}

static const char *const words_for_ca[] = {
    [FV_CA_UNKNOWN] = NULL,
    [FV_CA_PUBLIC] = "public",
    [FV_CA_PRIVATE] = "private",
};

fedval_status fedval_intent_to_json(const fedval_intent *intent, char **out_json, size_t *out_len)
{
    fv_json json;
    if (intent == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "format", "fedval-intent/1");
    put_domains(&json, intent);
    put_clusters(&json, intent);
    put_partners(&json, intent);
    if (intent->num_keep_records > 0)
        put_texts(&json, "keep_records", intent->keep_records, intent->num_keep_records);
    put_files(&json, "trust", intent, FEDVAL_INTENT_FILE_TRUST);
    put_today(&json, intent);
    fv_json_text(&json, "ca", words_for_ca[intent->ca]);
    fv_json_i64(&json, "ttl", intent->ttl);
    fv_json_i64(&json, "low_ttl", intent->low_ttl);
    if (intent->num_questions > 0)
        put_questions(&json, intent);
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}
