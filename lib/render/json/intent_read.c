/* "fedval-intent/1" -> intent. */
#include "render/json/intent_read.h"
#include "base/error.h"
#include "base/sip_tls.h"
#include "fedval/policy.h"
#include "model/dns_name.h"

#include <string.h>

/* ---- domains ---- */

/* Which cluster serves a domain. */
static bool find_cluster(fv_intent_reader *r, json_t *item, fv_intent_domain *domain)
{
    const char *name = domain->cluster_name;
    for (size_t i = 0; i < r->intent->num_clusters; i++) {
        const fv_intent_cluster *cluster = &r->intent->clusters[i];
        const char *own = cluster->name != NULL ? cluster->name : cluster->peers[0].name;
        domain->cluster = i;
        if (name == NULL ? r->intent->num_clusters == 1 : strcmp(own, name) == 0)
            return true;
    }
    if (domain->side == FEDVAL_SIDE_MICROSOFT && name == NULL)
        return true;
    if (name != NULL)
        return fv_intent_complain_at(r, item, "cluster", "no cluster has that name");
    return fv_intent_complain_at(r, item, "name",
                                 r->intent->num_clusters == 0
                                     ? "there is no cluster that could serve it (clusters)"
                                     : "there are several clusters: which serves it? (cluster)");
}

/* A second look, once all members are known to be spelt well: a misspelt "clusters" is named as
 * that. */
static bool find_clusters(fv_intent_reader *r)
{
    bool ok = true;
    for (size_t i = 0; ok && i < r->intent->num_domains; i++) {
        json_t *array = fv_json_enter_member(&r->json, r->json.root, "domains");
        json_t *item = fv_json_enter_item(&r->json, array, i);
        ok = find_cluster(r, item, &r->intent->domains[i]);
        fv_json_leave(&r->json);
        fv_json_leave(&r->json);
    }
    return ok;
}

static bool is_label(const char *text)
{
    fv_text label = fv_text_of(text);
    return fv_host_name_is_valid(label) && memchr(label.data, '.', label.len) == NULL;
}

static bool read_host(fv_intent_reader *r, json_t *item, fv_intent_domain *domain)
{
    const char *text = NULL;
    if (!fv_json_get_text(&r->json, item, "host", &text))
        return false;
    if (text == NULL)
        return true;
    if (!is_label(text)) {
        return fv_intent_complain_at(
            r, item, "host", "not one label of letters, digits and hyphens, such as \"expe\"");
    }
    (void)fv_json_enter_member(&r->json, item, "host");
    domain->host = fv_intent_normalise(r, text);
    fv_json_leave(&r->json);
    return domain->host != NULL;
}

/* The SRV owner and the target have to fit into a DNS name too. */
static bool check_length(fv_intent_reader *r, json_t *item, const fv_intent_domain *domain)
{
    return strlen(FV_SRV_FEDERATION ".") + strlen(domain->name) <= FV_NAME_MAX_LEN ||
           fv_intent_complain_at(r, item, "name", "too long for an SRV record below it");
}

/* "example.com" holds the records of "example.com" and of "sales.example.com". */
static bool check_zone(fv_intent_reader *r, json_t *item, const fv_intent_domain *domain)
{
    size_t len = strlen(domain->name), zone_len = strlen(domain->zone);
    bool ends_alike = zone_len <= len && strcmp(domain->name + len - zone_len, domain->zone) == 0;
    return (ends_alike && (zone_len == len || domain->name[len - zone_len - 1] == '.')) ||
           fv_intent_complain_at(r, item, "zone", "neither the domain nor a parent of it");
}

static bool read_domain(fv_intent_reader *r, json_t *item, void *out, size_t index)
{
    fv_intent_domain *domain = out;
    (void)index;
    const char *given = NULL;
    domain->side = FEDVAL_SIDE_CISCO;
    if (!fv_intent_is_object(r, item) || !fv_intent_get_host(r, item, "name", &domain->name) ||
        !fv_json_get_text(&r->json, item, "name", &given) ||
        !fv_json_get_word(&r->json, item, "side", fedval_side_from_string, fedval_side_to_string,
                          &domain->side) ||
        !read_host(r, item, domain) || !fv_intent_get_name(r, item, "zone", &domain->zone) ||
        !fv_intent_get_name(r, item, "cluster", &domain->cluster_name) ||
        !fv_json_check_members(&r->json, item) ||
        !fv_intent_has_name(r, item, "name", domain->name))
        return false;
    domain->given = fv_intent_keep(r, given);
    domain->says_zone = domain->zone != NULL;
    if (domain->zone == NULL)
        domain->zone = domain->name;
    return domain->given != NULL && check_length(r, item, domain) && check_zone(r, item, domain);
}

/* ---- partners, and the rest ---- */

static bool read_kind(fv_intent_reader *r, json_t *item, fv_intent_partner *partner)
{
    const char *kind = NULL;
    if (!fv_json_get_text(&r->json, item, "kind", &kind))
        return false;
    if (kind == NULL || strcmp(kind, "on-premises") == 0)
        return true;
    partner->is_office365 = strcmp(kind, "office365") == 0;
    return partner->is_office365 ||
           fv_intent_complain_at(r, item, "kind", "neither \"on-premises\" nor \"office365\"");
}

static bool read_partner(fv_intent_reader *r, json_t *item, void *out, size_t index)
{
    fv_intent_partner *partner = out;
    (void)index;
    if (!fv_intent_is_object(r, item) || !fv_intent_get_host(r, item, "name", &partner->name) ||
        !read_kind(r, item, partner) ||
        !fv_intent_get_host(r, item, "proxy_fqdn", &partner->proxy_fqdn) ||
        !FV_INTENT_READ_ARRAY(r, item, "allowed", FV_INTENT_MAX_DOMAINS, &partner->allowed,
                              &partner->num_allowed, fv_intent_read_name))
        return false;
    partner->says_allowed = partner->allowed != NULL;
    return fv_json_check_members(&r->json, item) &&
           fv_intent_has_name(r, item, "name", partner->name);
}

/* A text alone, or an object that says which member answers the question. */
static bool read_question(fv_intent_reader *r, json_t *item, void *out, size_t index)
{
    fv_intent_question *question = out;
    if (json_is_string(item))
        return fv_intent_read_text(r, item, &question->text, index);
    const char *text = NULL, *member = NULL, *about = NULL;
    if (!fv_intent_is_object(r, item) || !fv_json_need_text(&r->json, item, "question", &text) ||
        !fv_json_get_text(&r->json, item, "member", &member) ||
        !fv_json_get_text(&r->json, item, "about", &about) ||
        !fv_json_check_members(&r->json, item))
        return false;
    question->text = fv_intent_keep(r, text);
    question->member = member == NULL ? NULL : fv_intent_keep(r, member);
    question->about = about == NULL ? NULL : fv_intent_keep(r, about);
    return question->text != NULL && (question->member != NULL) == (member != NULL) &&
           (question->about != NULL) == (about != NULL);
}

static bool read_today(fv_intent_reader *r)
{
    fedval_intent *intent = r->intent;
    json_t *object = fv_json_enter_member(&r->json, r->json.root, "today");
    if (object == NULL)
        return true;
    bool ok = fv_intent_is_object(r, object) &&
              fv_intent_read_files(r, object, "zones", FEDVAL_INTENT_FILE_ZONE) &&
              fv_intent_read_files(r, object, "evidence", FEDVAL_INTENT_FILE_EVIDENCE) &&
              fv_json_get_text(&r->json, object, "resolver", &intent->resolver) &&
              fv_json_get_bool(&r->json, object, "live", &intent->is_live) &&
              fv_json_check_members(&r->json, object);
    if (ok && intent->resolver != NULL) {
        intent->resolver = fv_intent_keep(r, intent->resolver);
        ok = intent->resolver != NULL;
    }
    fv_json_leave(&r->json);
    return ok;
}

static bool read_ttls(fv_intent_reader *r)
{
    int64_t ttl = r->intent->ttl, low = r->intent->low_ttl;
    if (!fv_json_get_i64(&r->json, r->json.root, "ttl", 30, 604800, &ttl) ||
        !fv_json_get_i64(&r->json, r->json.root, "low_ttl", 30, 604800, &low))
        return false;
    r->intent->ttl = (uint32_t)ttl;
    r->intent->low_ttl = (uint32_t)low;
    return low <= ttl || fv_intent_complain_at(r, r->json.root, "low_ttl", "higher than ttl");
}

static bool read_ca(fv_intent_reader *r)
{
    const char *ca = NULL;
    if (!fv_json_get_text(&r->json, r->json.root, "ca", &ca))
        return false;
    if (ca != NULL && strcmp(ca, "private") == 0)
        r->intent->ca = FV_CA_PRIVATE;
    else if (ca != NULL && strcmp(ca, "public") == 0)
        r->intent->ca = FV_CA_PUBLIC;
    return ca == NULL || r->intent->ca != FV_CA_UNKNOWN ||
           fv_intent_complain_at(r, r->json.root, "ca", "neither \"public\" nor \"private\"");
}

static bool are_domains_different(fv_intent_reader *r)
{
    fedval_intent *intent = r->intent;
    for (size_t i = 0; i < intent->num_domains; i++) {
        if (fv_intent_find_domain(intent, intent->domains[i].name) != &intent->domains[i]) {
            json_t *array = fv_json_enter_member(&r->json, r->json.root, "domains");
            (void)fv_json_enter_item(&r->json, array, i);
            fv_intent_complain(r, FEDVAL_ERROR_SYNTAX,
                               "this domain is there twice: it has one SRV target, so one "
                               "cluster serves it; list the peers of both as one cluster");
            fv_json_leave(&r->json);
            fv_json_leave(&r->json);
            return false;
        }
    }
    return true;
}

static fedval_status read_intent(fv_intent_reader *r)
{
    fedval_intent *intent = r->intent;
    json_t *root = r->json.root;
    fedval_status status = fv_json_check_format(&r->json, "fedval-intent/1");
    if (status != FEDVAL_OK)
        return status;
    if (!FV_INTENT_READ_ARRAY(r, root, "clusters", FV_INTENT_MAX_CLUSTERS, &intent->clusters,
                              &intent->num_clusters, fv_intent_read_cluster) ||
        !fv_intent_check_clusters(r) ||
        !FV_INTENT_READ_ARRAY(r, root, "domains", FV_INTENT_MAX_DOMAINS, &intent->domains,
                              &intent->num_domains, read_domain) ||
        !FV_INTENT_READ_ARRAY(r, root, "partners", FV_INTENT_MAX_DOMAINS, &intent->partners,
                              &intent->num_partners, read_partner) ||
        !FV_INTENT_READ_ARRAY(r, root, "keep_records", FV_INTENT_MAX_DOMAINS, &intent->keep_records,
                              &intent->num_keep_records, fv_intent_read_name) ||
        !FV_INTENT_READ_ARRAY(r, root, "questions", FV_INTENT_MAX_DOMAINS, &intent->questions,
                              &intent->num_questions, read_question) ||
        !fv_intent_read_files(r, root, "trust", FEDVAL_INTENT_FILE_TRUST) || !read_today(r) ||
        !read_ttls(r) || !read_ca(r) || !fv_json_check_members(&r->json, root))
        return r->json.status;
    if (intent->num_domains == 0) {
        fv_intent_complain_at(r, root, "domains", "no domain is to be planned");
        return r->json.status;
    }
    return find_clusters(r) && are_domains_different(r) ? FEDVAL_OK : r->json.status;
}

static fedval_status read_document(const char *json, size_t json_len, bool is_lenient,
                                   fedval_intent **out_intent, fedval_error *error)
{
    fv_intent_reader r;
    fv_error_reset(error);
    if (json == NULL || out_intent == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_json_open(&r.json, json, json_len, error);
    if (status != FEDVAL_OK)
        return status;
    r.json.is_lenient |= is_lenient;
    r.intent = fv_intent_new();
    if (r.intent != NULL)
        r.intent->is_lenient = is_lenient;
    status = r.intent == NULL ? FEDVAL_ERROR_NO_MEMORY : read_intent(&r);
    fv_json_close(&r.json);
    if (status == FEDVAL_OK)
        *out_intent = r.intent;
    else
        fedval_intent_free(r.intent);
    return status;
}

fedval_status fedval_intent_new_from_json(const char *json, size_t json_len,
                                          fedval_intent **out_intent, fedval_error *error)
{
    return read_document(json, json_len, false, out_intent, error);
}

fedval_status fedval_intent_new_from_json_lenient(const char *json, size_t json_len,
                                                  fedval_intent **out_intent, fedval_error *error)
{
    return read_document(json, json_len, true, out_intent, error);
}
