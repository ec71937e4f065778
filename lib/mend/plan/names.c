/* Makes one list of names for each certificate: those that federation needs, those that other
 * services need, and those of the present certificate. Each name says what it is for. */
#include "mend/plan/plan.h"

#include "base/hash.h"
#include "judge/judge.h"
#include "model/dns_name.h"

#include <string.h>

static uint64_t hash_name(fv_text name)
{
    return fv_hash_bytes(FV_HASH_SEED, (fv_bytes){(const uint8_t *)name.data, name.len}, 0x20);
}

static bool has_name(const fedval_plan_certificate *certificate, fv_text name)
{
    uint64_t hash = hash_name(name);
    for (size_t i = 0; i < certificate->num_names; i++) {
        if (certificate->names[i].hash == hash &&
            fv_text_equal_nocase(fv_text_of(certificate->names[i].name), name))
            return true;
    }
    return false;
}

static bool add_name(fedval_plan *plan, fedval_plan_certificate *certificate, const char *name,
                     const char *purpose)
{
    void *items = certificate->names;
    if (name == NULL || purpose == NULL)
        return false;
    if (has_name(certificate, fv_text_of(name)))
        return true;
    fv_plan_name *slot = fv_arena_append(&plan->arena, &items, &certificate->num_names,
                                         &certificate->names_capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    certificate->names = items;
    *slot = (fv_plan_name){name, purpose, hash_name(fv_text_of(name)), false};
    return true;
}

/* Adds a name that the certificate keeps for a reason of its own. A name that is in the list
 * already, because federation needs it, is not marked as kept. */
static bool keep_name(fedval_plan *plan, fedval_plan_certificate *certificate, const char *name,
                      const char *reason)
{
    size_t count = certificate->num_names;
    if (reason == NULL || !add_name(plan, certificate, name, FV_PLAN_JOIN(plan, "keep: ", reason)))
        return false;
    if (certificate->num_names > count)
        certificate->names[count].is_kept = true;
    return true;
}

static char *copy_lower(fedval_plan *plan, fv_text name)
{
    char *copy = fv_arena_copy_text(&plan->arena, name.data, name.len);
    for (size_t i = 0; copy != NULL && copy[i] != '\0'; i++)
        copy[i] = fv_ascii_lower(copy[i]);
    return copy;
}

/* Any peer may call for any domain or be called, so every certificate holds every target (see
 * fedval explain R8). */
static bool add_targets(fedval_plan *plan, fedval_plan_certificate *certificate)
{
    bool ok = true;
    for (size_t i = 0; ok && i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        if (domain->cluster == certificate->cluster && domain->target != NULL) {
            ok = add_name(plan, certificate, domain->target,
                          FV_PLAN_JOIN(plan, "R4 of ", domain->name));
        }
    }
    return ok;
}

/* While a call works by today's record, and as long as a cache may hold that record, the
 * certificate needs the name of its target. */
static bool add_old_targets(fedval_plan *plan, fedval_plan_certificate *certificate,
                            const fedval_plan_domain *domain)
{
    bool ok = true;
    for (size_t i = 0; ok && domain->srv != NULL && i < domain->srv->num_records; i++) {
        const fv_record *record = &domain->srv->records[i];
        fv_text target = fv_dns_name_without_dot(fv_text_of(record->data));
        if (record->type != FEDVAL_TYPE_SRV || !fv_host_name_is_valid(target) ||
            has_name(certificate, target))
            continue;
        const char *name = copy_lower(plan, target);
        ok = name != NULL && add_name(plan, certificate, name,
                                      FV_PLAN_JOIN(plan, "the record of today: ", domain->name));
    }
    return ok;
}

static bool add_all_old_targets(fedval_plan *plan, fedval_plan_certificate *certificate)
{
    bool ok = true;
    for (size_t i = 0; ok && i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        if (domain->cluster == certificate->cluster && domain->works != 0 &&
            !domain->is_at_provider)
            ok = add_old_targets(plan, certificate, domain);
    }
    return ok;
}

static bool add_kept(fv_planner *planner, fedval_plan_certificate *certificate)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[certificate->cluster];
    fedval_plan *plan = planner->plan;
    bool ok = true;
    for (size_t i = 0; ok && i < cluster->num_keep_names; i++) {
        const fv_intent_name *kept = &cluster->keep_names[i];
        if (kept->peer != NULL && strcmp(kept->peer, certificate->peer) != 0)
            continue;
        ok = keep_name(plan, certificate, fv_plan_copy(plan, kept->name),
                       kept->purpose != NULL ? kept->purpose : "the intent says so");
    }
    return ok;
}

/* Returns whether it is the FQDN of another peer of the cluster. */
static bool is_other_peer(const fv_planner *planner, const fedval_plan_certificate *certificate,
                          fv_text name)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[certificate->cluster];
    for (size_t i = 0; i < cluster->num_peers; i++) {
        if (i != certificate->peer_index &&
            fv_text_equal_nocase(fv_text_of(cluster->peers[i].name), name))
            return true;
    }
    return false;
}

/* ---- other services in today's DNS ---- */

/* Services that share an Expressway with federation, as the owners of their SRV records begin. */
static const char *const services[] = {"_collab-edge._tls.", "_sips._tcp.", "_sip._tcp.",
                                       "_xmpp-server._tcp."};

static bool is_of_service(const fedval_fact *fact)
{
    const fedval_question *q = &fact->question;
    if (q->kind != FEDVAL_QUESTION_DNS || q->type != FEDVAL_TYPE_SRV)
        return false;
    for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
        if (fv_begins_with(q->name, services[i]))
            return true;
    }
    return false;
}

/* Returns whether `host` has an address of a peer of the cluster today. Any of its peers may come
 * to serve that host, so all of them hold the name. */
static bool leads_to_peer(const fv_planner *planner, const fedval_plan_certificate *certificate,
                          const fedval_evidence *today, const char *host)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[certificate->cluster];
    for (size_t f = 0; f < FV_PLAN_NUM_FAMILIES; f++) {
        const uint32_t type = fv_plan_address_types[f];
        const fedval_fact *fact = fv_evidence_find_dns(today, host, type, 0);
        for (size_t i = 0; fact != NULL && i < fact->num_records; i++) {
            if (fact->records[i].type == type &&
                fv_plan_peer_at(cluster, fact->records[i].data) != SIZE_MAX)
                return true;
        }
    }
    return false;
}

static bool add_targets_of_service(fv_planner *planner, fedval_plan_certificate *certificate,
                                   const fedval_evidence *today, const fedval_fact *fact)
{
    fedval_plan *plan = planner->plan;
    bool ok = true;
    for (size_t i = 0; ok && i < fact->num_records; i++) {
        fv_text target = fv_dns_name_without_dot(fv_text_of(fact->records[i].data));
        if (fact->records[i].type != FEDVAL_TYPE_SRV || !fv_host_name_is_valid(target) ||
            has_name(certificate, target) || is_other_peer(planner, certificate, target))
            continue;
        const char *name = copy_lower(plan, target);
        ok = name != NULL && (!leads_to_peer(planner, certificate, today, name) ||
                              keep_name(plan, certificate, name, fact->question.name));
    }
    return ok;
}

/* Adds the names by which other services reach the same peer today, whatever the intent says. */
static bool add_services(fv_planner *planner, fedval_plan_certificate *certificate)
{
    bool ok = true;
    for (size_t i = 0; i < planner->plan->num_domains; i++) {
        const fedval_evidence *today = planner->plan->domains[i].today;
        for (size_t k = 0; ok && today != NULL && k < today->num_facts; k++) {
            const fedval_fact *fact = today->in_order[k];
            ok = !is_of_service(fact) || add_targets_of_service(planner, certificate, today, fact);
        }
    }
    return ok;
}

/* Adds the hosts that a partner has configured as the proxy: it compares the certificate with that
 * name. */
static bool add_proxies(fv_planner *planner, fedval_plan_certificate *certificate)
{
    fedval_plan *plan = planner->plan;
    bool ok = plan->edge_fqdn == NULL ||
              add_name(plan, certificate, plan->edge_fqdn, "ProxyFqdn of the policy");
    for (size_t i = 0; ok && i < plan->num_partners; i++) {
        const fv_plan_partner *partner = &plan->partners[i];
        if (partner->proxy_fqdn != NULL) {
            ok = add_name(plan, certificate, partner->proxy_fqdn,
                          FV_PLAN_JOIN(plan, "ProxyFqdn at ", partner->name));
        }
    }
    return ok;
}

/* ---- the certificate in use ---- */

/* A file that the intent gives as the certificate in use may be that of another peer, or of a
 * stranger. One that names neither the peer nor anything else that is planned for it is taken for a
 * stranger's. */
static void doubt_present(fedval_plan_certificate *certificate, const fv_certificate *facts)
{
    bool names_any = false;
    for (size_t i = 0; !names_any && i < certificate->num_names; i++)
        names_any = fv_plan_is_named(facts, certificate->names[i].name);
    certificate->is_present_doubtful =
        certificate->is_present_given && !fv_plan_is_named(facts, certificate->peer);
    certificate->is_present_strange = certificate->is_present_doubtful && !names_any;
}

static bool add_present_name(fv_planner *planner, fedval_plan_certificate *certificate,
                             fv_text name)
{
    fedval_plan *plan = planner->plan;
    if (!fv_presented_dns_name_is_valid(name) || fv_dns_name_has_wildcard(name))
        return true;
    if (has_name(certificate, name))
        return true;
    if (certificate->is_present_doubtful && is_other_peer(planner, certificate, name))
        return true;
    return keep_name(plan, certificate, copy_lower(plan, name), "the present certificate has it");
}

/* RFC 2818 3.1: "If a subjectAltName extension of type dNSName is present, that MUST be used as the
 * identity." So the Common Name has to be in the list too. */
static bool add_present(fv_planner *planner, fedval_plan_certificate *certificate)
{
    const fv_plan_chain *present = &certificate->chains[FV_PLAN_PRESENT];
    const fv_certificate *facts = present->is_known ? present->certificates[0] : NULL;
    bool ok = true;
    if (facts == NULL)
        return true;
    doubt_present(certificate, facts);
    if (certificate->is_present_strange)
        return true;
    const fv_general_names *names = &facts->subject_alt_name.names;
    for (size_t i = 0; ok && i < names->num_items; i++) {
        fv_text name = {(const char *)names->items[i].value.data, names->items[i].value.len};
        if (names->items[i].type == FV_GN_DNS)
            ok = add_present_name(planner, certificate, name);
    }
    bool has_san = facts->subject_alt_name.presence != FV_ABSENT;
    for (size_t i = 0; ok && !has_san && i < facts->subject.num_common_names; i++)
        ok = add_present_name(planner, certificate, facts->subject.common_names[i]);
    return ok;
}

static bool fill_names(fv_planner *planner, fedval_plan_certificate *certificate)
{
    fedval_plan *plan = planner->plan;
    const fv_intent_cluster *cluster = &planner->intent->clusters[certificate->cluster];
    return add_name(plan, certificate, certificate->peer, "the peer itself") &&
           (cluster->name == NULL ||
            add_name(plan, certificate, fv_plan_copy(plan, cluster->name), "the cluster")) &&
           add_targets(plan, certificate) && add_all_old_targets(plan, certificate) &&
           add_proxies(planner, certificate) &&
           (certificate->role != FEDVAL_ROLE_SERVER ||
            (add_kept(planner, certificate) && add_services(planner, certificate))) &&
           add_present(planner, certificate);
}

fedval_status fv_plan_names(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    for (size_t i = 0; i < plan->num_certificates; i++) {
        if (!fill_names(planner, &plan->certificates[i]))
            return FEDVAL_ERROR_NO_MEMORY;
    }
    return FEDVAL_OK;
}
