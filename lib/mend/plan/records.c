/* Plans the records of each domain: an SRV target one label under it, and an address for each
 * peer. */
#include "mend/plan/plan.h"

#include "base/sip_tls.h"
#include "model/dns_name.h"

#include <string.h>

/* ---- addresses ---- */

static uint32_t type_of(const char *address)
{
    return strchr(address, ':') != NULL ? FEDVAL_TYPE_AAAA : FEDVAL_TYPE_A;
}

static bool must_not_change(const fv_planner *planner, const char *name)
{
    for (size_t i = 0; i < planner->intent->num_keep_records; i++) {
        if (strcmp(planner->intent->keep_records[i], name) == 0)
            return true;
    }
    return false;
}

static const fedval_fact *find_addresses(const fedval_plan_domain *domain, const char *host,
                                         uint32_t type)
{
    return domain->today == NULL ? NULL : fv_evidence_find_dns(domain->today, host, type, 0);
}

static bool is_there(const fedval_plan_domain *domain, const char *host, const char *address)
{
    const fedval_fact *fact = find_addresses(domain, host, type_of(address));
    for (size_t i = 0; fact != NULL && i < fact->num_records; i++) {
        if (fact->records[i].type == type_of(address) &&
            strcmp(fact->records[i].data, address) == 0)
            return true;
    }
    return false;
}

/* Returns whether the host has every address of the cluster already. */
static bool is_complete(const fv_planner *planner, const fedval_plan_domain *domain,
                        const char *host)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[domain->cluster];
    size_t count = 0;
    for (size_t i = 0; i < cluster->num_peers; i++) {
        for (size_t k = 0; k < cluster->peers[i].num_addresses; k++, count++) {
            if (!is_there(domain, host, cluster->peers[i].addresses[k]))
                return false;
        }
    }
    return count > 0;
}

/* Returns an address or an alias at the host that belongs to no peer. NULL: there is none. */
static const char *find_foreign(const fv_planner *planner, const fedval_plan_domain *domain,
                                const char *host)
{
    static const uint32_t families[] = {FEDVAL_TYPE_A, FEDVAL_TYPE_AAAA};
    const fv_intent_cluster *cluster = &planner->intent->clusters[domain->cluster];
    for (size_t f = 0; f < 2; f++) {
        const fedval_fact *fact = find_addresses(domain, host, families[f]);
        for (size_t i = 0; fact != NULL && i < fact->num_records; i++) {
            const fv_record *record = &fact->records[i];
            if (record->type == FEDVAL_TYPE_CNAME ||
                fv_plan_peer_at(cluster, record->data) == SIZE_MAX)
                return record->data;
        }
    }
    return NULL;
}

static bool is_target_today(const fedval_plan_domain *domain, const char *host)
{
    for (size_t i = 0; domain->srv != NULL && i < domain->srv->num_records; i++) {
        const fv_record *record = &domain->srv->records[i];
        if (record->type == FEDVAL_TYPE_SRV &&
            fv_host_name_is_valid(fv_dns_name_without_dot(fv_text_of(record->data))) &&
            fv_text_equal_nocase(fv_dns_name_without_dot(fv_text_of(record->data)),
                                 fv_text_of(host)))
            return true;
    }
    return false;
}

/* Returns why the host cannot be the target: it has records of somebody else, or its records would
 * have to change and must not. NULL: it can. */
static const char *why_taken(fv_planner *planner, const fedval_plan_domain *domain,
                             const char *host)
{
    fedval_plan *plan = planner->plan;
    const char *foreign = find_foreign(planner, domain, host);
    if (must_not_change(planner, host) && !is_complete(planner, domain, host))
        return FV_PLAN_JOIN(plan, "its records must not change (keep_records)");
    if (foreign == NULL || is_target_today(domain, host))
        return NULL;
    return FV_PLAN_JOIN(plan, "it leads to ", foreign, ", which is no peer's");
}

/* ---- the target ---- */

typedef struct candidates {
    fv_planner *planner;
    fedval_plan_domain *domain;
    const char *wanted_taken; /* why the host that the intent wants cannot be used */
    bool is_out_of_memory;
} candidates;

/* Tries "<label>.<domain>". True: it is the target now. False: `*out_taken` says why not. */
static bool try_label(candidates *c, fv_text label, const char **out_taken)
{
    fedval_plan *plan = c->planner->plan;
    fedval_plan_domain *domain = c->domain;
    if (label.len == 0 || label.len + 1 + strlen(domain->name) > FV_NAME_MAX_LEN ||
        !fv_host_name_is_valid(label))
        return false;
    const char *copy = fv_arena_copy_text(&c->planner->work, label.data, label.len);
    const char *host = copy == NULL ? NULL : FV_PLAN_JOIN(plan, copy, ".", domain->name);
    if (host == NULL) {
        c->is_out_of_memory = true;
        return false;
    }
    *out_taken = why_taken(c->planner, domain, host);
    if (*out_taken == NULL)
        domain->target = host;
    return *out_taken == NULL;
}

/* Tries the targets of today that are one label under the domain. */
static bool try_today(candidates *c)
{
    const fedval_fact *srv = c->domain->srv;
    const char *taken;
    for (size_t i = 0; srv != NULL && i < srv->num_records; i++) {
        fv_text target = fv_dns_name_without_dot(fv_text_of(srv->records[i].data));
        if (srv->records[i].type == FEDVAL_TYPE_SRV &&
            fedval_srv_match(c->domain->name, strlen(c->domain->name), target.data, target.len) ==
                FEDVAL_SRV_MATCH_MATCH &&
            try_label(c, fv_dns_name_first_label(target), &taken))
            return true;
    }
    return false;
}

/* Tries names that the first peer's present certificate holds, so that it need not be reissued. */
static bool try_certificate(candidates *c)
{
    const fedval_plan_certificate *certificate =
        fv_plan_find_certificate(c->planner->plan, c->domain->cluster, 0, FEDVAL_ROLE_SERVER);
    const fv_plan_chain *present = &certificate->chains[FV_PLAN_PRESENT];
    const fv_certificate *facts = present->is_known ? present->certificates[0] : NULL;
    const char *taken;
    for (size_t i = 0; facts != NULL && i < facts->subject_alt_name.names.num_items; i++) {
        const fv_general_name *item = &facts->subject_alt_name.names.items[i];
        fv_text name = {(const char *)item->value.data, item->value.len};
        if (item->type == FV_GN_DNS && fv_host_name_is_valid(name) &&
            fedval_srv_match(c->domain->name, strlen(c->domain->name), name.data, name.len) ==
                FEDVAL_SRV_MATCH_MATCH &&
            try_label(c, fv_dns_name_first_label(name), &taken))
            return true;
    }
    return false;
}

static bool try_cluster(candidates *c)
{
    const fv_intent_cluster *cluster = &c->planner->intent->clusters[c->domain->cluster];
    const char *taken;
    fv_text label = {NULL, 0};
    if (cluster->name != NULL)
        label = fv_dns_name_first_label(fv_text_of(cluster->name));
    if (try_label(c, label, &taken))
        return true;
    for (size_t i = 0; i < cluster->num_peers; i++) {
        if (try_label(c, fv_dns_name_first_label(fv_text_of(cluster->peers[i].name)), &taken))
            return true;
    }
    return false;
}

/* Tries the label of the first peer with a number behind it: every label that is known is taken. */
static bool try_numbered(candidates *c)
{
    const fv_intent_cluster *cluster = &c->planner->intent->clusters[c->domain->cluster];
    const fv_text label = fv_dns_name_first_label(fv_text_of(cluster->peers[0].name));
    char numbered[FV_NAME_MAX_LEN + 1];
    const char *taken;
    if (label.len == 0 || label.len + 2 > sizeof(numbered))
        return false;
    memcpy(numbered, label.data, label.len);
    numbered[label.len] = '-';
    for (char digit = '2'; digit <= '9'; digit++) {
        numbered[label.len + 1] = digit;
        if (try_label(c, (fv_text){numbered, label.len + 2}, &taken))
            return true;
    }
    return false;
}

/* Asks whether a name that nobody gave is right, or which one is. */
static bool ask_for_label(fedval_plan *plan, const fedval_plan_domain *domain)
{
    const char *planned =
        domain->target == NULL ? "" : FV_PLAN_JOIN(plan, "; ", domain->target, " is planned");
    return planned != NULL &&
           fv_plan_add_text(plan, &plan->questions,
                            FV_PLAN_JOIN(plan, "which host label is free under ", domain->name,
                                         "? Every one that is known is taken", planned, " (host)"));
}

/* Tries the host that the intent wants, then the targets in use, then other names that are
 * known. */
static fedval_status choose_target(fv_planner *planner, fedval_plan_domain *domain,
                                   const char *wanted)
{
    candidates c = {.planner = planner, .domain = domain};
    fedval_plan *plan = planner->plan;
    bool ok = true, is_known = true;
    if (wanted == NULL || !try_label(&c, fv_text_of(wanted), &c.wanted_taken))
        is_known = try_today(&c) || try_certificate(&c) || try_cluster(&c);
    if (!is_known)
        (void)try_numbered(&c);
    if (c.is_out_of_memory)
        return FEDVAL_ERROR_NO_MEMORY;
    if (c.wanted_taken != NULL) {
        ok = fv_plan_add_text(
            plan, &plan->questions,
            FV_PLAN_JOIN(plan, wanted, ".", domain->name, " is taken: ", c.wanted_taken, "; ",
                         domain->target != NULL ? domain->target : "no other name",
                         " is planned in its place. Is that right, or which label is free?"));
    } else if (!is_known) {
        ok = ask_for_label(plan, domain);
    }
    return ok ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

/* ---- what is wanted, missing and stale ---- */

static uint32_t ttl_of(const fv_planner *planner, const fedval_plan_domain *domain, uint32_t type)
{
    const fedval_fact *fact = find_addresses(domain, domain->target, type);
    for (size_t i = 0; fact != NULL && i < fact->num_records; i++) {
        if (fact->records[i].type == type)
            return fact->records[i].ttl;
    }
    return planner->plan->ttl;
}

static fedval_status want(fv_planner *planner, fedval_plan_domain *domain, const char *address)
{
    uint32_t type = type_of(address);
    const char *kept = fv_plan_copy(planner->plan, address);
    if (kept == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_plan_address item = {domain->target, kept, type, ttl_of(planner, domain, type)};
    for (size_t i = 0; i < domain->num_wanted; i++) {
        if (strcmp(domain->wanted[i].address, address) == 0)
            return FEDVAL_OK;
    }
    domain->wanted[domain->num_wanted++] = item;
    if (!is_there(domain, domain->target, address))
        domain->missing[domain->num_missing++] = item;
    return FEDVAL_OK;
}

static fedval_status want_addresses(fv_planner *planner, fedval_plan_domain *domain)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[domain->cluster];
    fv_arena *arena = &planner->plan->arena;
    size_t count = 1;
    for (size_t i = 0; i < cluster->num_peers; i++)
        count += cluster->peers[i].num_addresses;
    domain->wanted = fv_arena_alloc_array(arena, count, sizeof(*domain->wanted));
    domain->missing = fv_arena_alloc_array(arena, count, sizeof(*domain->missing));
    if (domain->wanted == NULL || domain->missing == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; i < cluster->num_peers; i++) {
        for (size_t k = 0; status == FEDVAL_OK && k < cluster->peers[i].num_addresses; k++)
            status = want(planner, domain, cluster->peers[i].addresses[k]);
    }
    if (status == FEDVAL_OK && domain->num_wanted == 0 &&
        find_addresses(domain, domain->target, FEDVAL_TYPE_A) == NULL)
        status = want(planner, domain, FV_PLAN_ADDRESS_TO_CHOOSE);
    return status;
}

/* Notes the addresses of the target that no longer belong to a peer. */
static fedval_status note_stale(fv_planner *planner, fedval_plan_domain *domain, uint32_t type)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[domain->cluster];
    const fedval_fact *fact = find_addresses(domain, domain->target, type);
    for (size_t i = 0; fact != NULL && i < fact->num_records && domain->num_wanted > 0; i++) {
        const fv_record *record = &fact->records[i];
        if (record->type != type || fv_plan_peer_at(cluster, record->data) != SIZE_MAX)
            continue;
        const char *address = fv_plan_copy(planner->plan, record->data);
        if (address == NULL)
            return FEDVAL_ERROR_NO_MEMORY;
        domain->stale[domain->num_stale++] =
            (fv_plan_address){domain->target, address, type, record->ttl};
    }
    return FEDVAL_OK;
}

static fedval_status note_all_stale(fv_planner *planner, fedval_plan_domain *domain)
{
    static const uint32_t families[] = {FEDVAL_TYPE_A, FEDVAL_TYPE_AAAA};
    size_t count = 0;
    for (size_t f = 0; f < 2; f++) {
        const fedval_fact *fact = find_addresses(domain, domain->target, families[f]);
        count += fact == NULL ? 0 : fact->num_records;
    }
    domain->stale = fv_arena_alloc_array(&planner->plan->arena, count, sizeof(*domain->stale));
    if (domain->stale == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = note_stale(planner, domain, FEDVAL_TYPE_A);
    return status == FEDVAL_OK ? note_stale(planner, domain, FEDVAL_TYPE_AAAA) : status;
}

/* ---- the SRV record ---- */

static void note_srv(fedval_plan_domain *domain)
{
    size_t count = 0;
    bool is_right = false;
    for (size_t i = 0; domain->srv != NULL && i < domain->srv->num_records; i++) {
        const fv_record *record = &domain->srv->records[i];
        domain->is_owner_alias |= record->type == FEDVAL_TYPE_CNAME;
        if (record->type != FEDVAL_TYPE_SRV)
            continue;
        count++;
        if (record->ttl > domain->old_ttl)
            domain->old_ttl = record->ttl;
        is_right |= record->port == FV_SIP_TLS_PORT && domain->target != NULL &&
                    fv_text_equal_nocase(fv_dns_name_without_dot(fv_text_of(record->data)),
                                         fv_text_of(domain->target));
    }
    domain->has_old_srv = count > 0;
    domain->is_target_in_use = domain->target != NULL && is_target_today(domain, domain->target);
    domain->has_new_srv =
        domain->target != NULL && (count != 1 || !is_right || domain->is_owner_alias);
}

fedval_status fv_plan_records(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < plan->num_domains; i++) {
        fedval_plan_domain *domain = &plan->domains[i];
        if (domain->side == FEDVAL_SIDE_MICROSOFT)
            continue;
        status = choose_target(planner, domain, planner->intent->domains[i].host);
        note_srv(domain);
        if (status == FEDVAL_OK && domain->target != NULL)
            status = want_addresses(planner, domain);
        if (status == FEDVAL_OK && domain->target != NULL)
            status = note_all_stale(planner, domain);
    }
    return status;
}
