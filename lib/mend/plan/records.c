/* Plans the records of each domain: an SRV target one label under it, and an address for each
 * peer. */
#include "mend/plan/records.h"

#include "base/sip_tls.h"
#include "model/dns_name.h"

#include <string.h>

static bool must_not_change(const fv_planner *planner, const char *name)
{
    for (size_t i = 0; i < planner->intent->num_keep_records; i++) {
        if (strcmp(planner->intent->keep_records[i], name) == 0)
            return true;
    }
    return false;
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
    const char *foreign = fv_plan_find_foreign(planner, domain, host);
    if (must_not_change(planner, host) &&
        (foreign != NULL || !fv_plan_is_complete(planner, domain, host)))
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
           fv_plan_add_question(plan, "host", domain->name,
                                FV_PLAN_JOIN(plan, "which host label is free under ", domain->name,
                                             "? Every one that is known is taken", planned,
                                             " (host)"));
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
        ok = fv_plan_add_question(
            plan, "host", domain->name,
            FV_PLAN_JOIN(plan, wanted, ".", domain->name, " is taken: ", c.wanted_taken, "; ",
                         domain->target != NULL ? domain->target : "no other name",
                         " is planned in its place. Is that right, or which label is free?"));
    } else if (!is_known) {
        ok = ask_for_label(plan, domain);
    }
    return ok ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
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
        is_right |= record->port == FV_SIP_TLS_PORT && domain->target != NULL &&
                    fv_text_equal_nocase(fv_dns_name_without_dot(fv_text_of(record->data)),
                                         fv_text_of(domain->target));
    }
    domain->has_old_srv = count > 0;
    domain->old_ttl = fv_plan_find_ttl(domain, domain->srv_owner, FEDVAL_TYPE_SRV);
    domain->is_target_in_use |= domain->target != NULL && is_target_today(domain, domain->target);
    domain->has_new_srv = domain->target != NULL && !domain->is_proxy &&
                          (count != 1 || !is_right || domain->is_owner_alias);
}

fedval_status fv_plan_records(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < plan->num_domains; i++) {
        fedval_plan_domain *domain = &plan->domains[i];
        if (domain->side == FEDVAL_SIDE_MICROSOFT)
            continue;
        status = plan->edge_fqdn != NULL
                     ? fv_plan_take_proxy(planner, domain, plan->edge_fqdn)
                     : choose_target(planner, domain, planner->intent->domains[i].host);
        note_srv(domain);
        if (status == FEDVAL_OK && domain->target != NULL)
            status = fv_plan_addresses(planner, domain);
    }
    return status;
}
