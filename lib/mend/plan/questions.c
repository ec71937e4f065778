/* Asks the questions that only the administrator can answer. */
#include "mend/plan/plan.h"

#include "base/address.h"
#include "model/dns_name.h"
#include "trust/anchors.h"

#include <string.h>

/* Returns the member of a peer that names its certificate. */
static const char *member_of(const fedval_plan_certificate *certificate)
{
    return certificate->role == FEDVAL_ROLE_CLIENT ? "calling.certificate" : "server.certificate";
}

static bool ask_peer(fv_planner *planner, const fv_intent_peer *peer)
{
    fedval_plan *plan = planner->plan;
    bool ok = peer->num_addresses > 0 ||
              fv_plan_add_question(plan, "addresses", peer->name,
                                   FV_PLAN_JOIN(plan, "what are the public addresses of ",
                                                peer->name, "? (addresses)"));
    for (size_t i = 0; ok && i < peer->num_addresses; i++) {
        fv_address address;
        if (fv_address_parse(fv_text_of(peer->addresses[i]), &address) &&
            fv_address_not_public(&address) != NULL) {
            ok = fv_plan_add_question(
                plan, "addresses", peer->addresses[i],
                FV_PLAN_JOIN(plan, peer->addresses[i], " of ", peer->name,
                             " is not public: ", fv_address_not_public(&address),
                             "; which address do partners reach it at?"));
        }
    }
    return ok;
}

/* Before X15.5 an Expressway has one certificate for both roles (see fedval explain R6). */
static bool ask_store(fedval_plan *plan, const fv_intent_cluster *cluster,
                      const fv_intent_peer *peer)
{
    if (!peer->calling.is_given || cluster->version == 0 ||
        cluster->version >= FV_PLAN_WITH_TWO_STORES)
        return true;
    return fv_plan_add_question(
        plan, NULL, peer->name,
        FV_PLAN_JOIN(plan, "does ", peer->name,
                     " run a release before X15.5? Such a release calls with its "
                     "server certificate, so no calling certificate is planned "
                     "(version, calling)"));
}

static bool ask_cluster(fv_planner *planner, size_t index)
{
    fedval_plan *plan = planner->plan;
    const fv_intent_cluster *cluster = &planner->intent->clusters[index];
    const char *name = plan->clusters[index].name;
    bool ok = cluster->version != 0 ||
              fv_plan_add_question(
                  plan, "version", name,
                  FV_PLAN_JOIN(plan, "which release runs on ", name,
                               "? From X15.5 on the calling certificate is one of its own "
                               "(version)"));
    if (ok && !cluster->says_keep_names) {
        ok = fv_plan_add_question(
            plan, "keep_names", name,
            FV_PLAN_JOIN(plan, "is ", name,
                         " in use for _collab-edge._tls, _sips._tcp, _sip._tcp, "
                         "_xmpp-server._tcp, webbridge or turn? Their names have to "
                         "stay in the certificates (keep_names)"));
    }
    if (ok && cluster->name == NULL && cluster->num_peers > 1) {
        ok = fv_plan_add_question(plan, "name", name,
                                  FV_PLAN_JOIN(plan, "what is the FQDN of the cluster of ", name,
                                               "? Its certificates hold it (name)"));
    }
    for (size_t i = 0; ok && i < cluster->num_peers; i++)
        ok = ask_peer(planner, &cluster->peers[i]) && ask_store(plan, cluster, &cluster->peers[i]);
    return ok;
}

static bool ask_ca(fedval_plan *plan, const fedval_plan_certificate *certificate)
{
    bool is_signed = certificate->origin == FEDVAL_PLAN_ORIGIN_NEW ||
                     certificate->origin == FEDVAL_PLAN_ORIGIN_READY_REQUEST;
    return !is_signed || plan->ca != FV_CA_UNKNOWN ||
           fv_plan_add_question(
               plan, "ca", NULL,
               "which CA signs the requests, a public or a private one? Public ones stop "
               "issuing clientAuth, which a calling certificate needs; the root of a private "
               "one has to be imported by each partner before (ca)");
}

/* A wrong file is easily given: that of another peer, or of the partner. */
static bool ask_whose(fedval_plan *plan, const fedval_plan_certificate *certificate)
{
    const char *role = fv_plan_role_word(certificate->role);
    if (!certificate->is_present_doubtful)
        return true;
    const char *subject = fv_certificate_copy_name(
        &plan->arena, certificate->chains[FV_PLAN_PRESENT].certificates[0]);
    return subject != NULL &&
           fv_plan_add_question(
               plan, member_of(certificate), subject,
               FV_PLAN_JOIN(plan, "the ", role, " certificate in use of ", certificate->peer, ", ",
                            subject, ", does not hold ", certificate->peer, ": is it this peer's? ",
                            certificate->is_present_strange
                                ? "None of its names is requested ("
                                : "Its names are requested, but for those of other peers (",
                            role, ".certificate)"));
}

static bool has_private_root(const fv_planner *planner)
{
    fedval_policy policy;
    const fedval_plan_domain any = {.side = FEDVAL_SIDE_CISCO};
    const fedval_anchors *anchors = fv_plan_input(planner, &any, &policy).anchors;
    for (size_t i = 0; anchors != NULL && i < anchors->num_items; i++) {
        if (anchors->items[i]->anchor_class == FEDVAL_ANCHOR_PRIVATE)
            return true;
    }
    return false;
}

static bool ask_root(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    return plan->num_certificates == 0 || plan->ca != FV_CA_PRIVATE || has_private_root(planner) ||
           fv_plan_add_question(
               plan, "trust", NULL,
               "which root has the private CA? Without it no certificate of that CA is "
               "trusted here: give its file as trust in the intent, or as a private root beside it "
               "(trust)");
}

/* Asks for the present certificate if it is not known, and for the CA of a new calling certificate:
 * public CAs stop issuing clientAuth (see fedval explain R6). */
static bool ask_certificate(fedval_plan *plan, const fedval_plan_certificate *certificate)
{
    const char *role = fv_plan_role_word(certificate->role);
    bool calls = certificate->role == FEDVAL_ROLE_CLIENT || certificate->is_for_both;
    bool ok = ask_ca(plan, certificate) && ask_whose(plan, certificate) &&
              (certificate->chains[FV_PLAN_PRESENT].is_known ||
               certificate->origin != FEDVAL_PLAN_ORIGIN_NEW ||
               fv_plan_add_question(
                   plan, member_of(certificate), certificate->peer,
                   FV_PLAN_JOIN(plan, "which ", role, " certificate does ", certificate->peer,
                                " have now? Its names would stay (", role, ".certificate)")));
    if (ok && calls && certificate->origin == FEDVAL_PLAN_ORIGIN_NEW && plan->ca == FV_CA_PUBLIC) {
        ok = fv_plan_add_question(
            plan, "ca", certificate->peer,
            FV_PLAN_JOIN(plan, "which CA signs the certificate that ", certificate->peer,
                         " calls with? Public CAs stop issuing clientAuth; a private one has "
                         "to be imported by the partner (ca)"));
    }
    return ok;
}

static bool is_wildcard(const fv_general_name *item)
{
    fv_text name = {(const char *)item->value.data, item->value.len};
    return item->type == FV_GN_DNS && fv_presented_dns_name_is_valid(name) &&
           fv_dns_name_has_wildcard(name);
}

/* `name` NULL: the wildcards after the last that is asked about by itself. */
static bool ask_wildcard(fedval_plan *plan, const fedval_plan_certificate *certificate,
                         const fv_general_name *name)
{
    const char *copy =
        name == NULL
            ? "the other wildcards"
            : fv_arena_copy_text(&plan->arena, (const char *)name->value.data, name->value.len);
    return copy != NULL &&
           fv_plan_add_question(
               plan, "keep_names", copy,
               FV_PLAN_JOIN(plan, "which hosts rely on ", copy, " in the present certificate of ",
                            certificate->peer,
                            "? The new one has no wildcard, so each has to be named "
                            "(keep_names)"));
}

/* A wildcard is not planned anew: it is no name for Expressway (see fedval explain R4). What hangs
 * on it is not known. */
static bool ask_wildcards(fedval_plan *plan, const fedval_plan_certificate *certificate)
{
    enum { MOST_WILDCARDS = 20 };
    const fv_plan_chain *present = &certificate->chains[FV_PLAN_PRESENT];
    const fv_certificate *facts = present->is_known ? present->certificates[0] : NULL;
    size_t num_asked = 0;
    bool ok = true;
    if (facts == NULL || certificate->origin == FEDVAL_PLAN_ORIGIN_KEEP)
        return true;
    const fv_general_names *names = &facts->subject_alt_name.names;
    for (size_t i = 0; ok && i < names->num_items && num_asked <= MOST_WILDCARDS; i++) {
        if (!is_wildcard(&names->items[i]))
            continue;
        ok = ask_wildcard(plan, certificate, num_asked < MOST_WILDCARDS ? &names->items[i] : NULL);
        num_asked++;
    }
    return ok;
}

/* An intent may forget an address that a peer has. */
static bool ask_stale(fedval_plan *plan, const fedval_plan_domain *domain)
{
    bool ok = true;
    for (size_t i = 0; ok && i < domain->num_stale; i++) {
        const fv_plan_address *stale = &domain->stale[i];
        ok = fv_plan_add_question(
            plan, "addresses", stale->address,
            FV_PLAN_JOIN(plan, "is ", stale->address, " at ", stale->owner,
                         " an address of a peer? The plan removes it, because no peer "
                         "of the intent has it (addresses)"));
    }
    return ok;
}

/* A resolver's cache tells what is left of a TTL, not what the zone has. */
static bool ask_ttl(fedval_plan *plan, const char *owner, fv_plan_ttl before)
{
    if (!before.is_left)
        return true;
    const char *seen = fv_plan_number(plan, before.seconds);
    const char *planned = fv_plan_number(plan, fv_plan_last_ttl(plan, before));
    return seen != NULL && planned != NULL &&
           fv_plan_add_question(plan, "today", owner,
                                FV_PLAN_JOIN(plan, "which TTL has ", owner, " in its zone? ", seen,
                                             " s were left of it in a cache; the plan waits for ",
                                             planned, " s (today: zones)"));
}

static bool ask_ttls(fedval_plan *plan, const fedval_plan_domain *domain)
{
    bool ok = !domain->has_new_srv || ask_ttl(plan, domain->srv_owner, domain->old_ttl);
    for (size_t f = 0; ok && f < FV_PLAN_NUM_FAMILIES; f++) {
        if (domain->clean_step[f] != 0)
            ok = ask_ttl(plan, domain->target, domain->address_ttl[f]);
    }
    return ok;
}

static bool ask_domain(fedval_plan *plan, const fedval_plan_domain *domain)
{
    /* A zone that was given need not cover the domain. */
    bool is_seen = domain->today != NULL && (domain->not_seen & 1u << 1) == 0;
    bool ok =
        is_seen || fv_plan_add_question(plan, "today", domain->name,
                                        FV_PLAN_JOIN(plan, "what does DNS say of ", domain->name,
                                                     " today? (today: zones, evidence or live)"));
    if (ok && domain->is_at_provider && domain->side != FEDVAL_SIDE_MICROSOFT) {
        ok = fv_plan_add_question(
            plan, NULL, domain->name,
            FV_PLAN_JOIN(plan, domain->name,
                         " leads to a hosting provider: are there users at Microsoft? "
                         "Then the Cisco side takes a SIP domain of its own"));
    }
    return ok && ask_stale(plan, domain) && ask_ttls(plan, domain);
}

static bool ask_partner(fedval_plan *plan, const fv_plan_partner *partner)
{
    if (partner->is_office365 && fv_plan_find_ca(plan) == FV_CA_PRIVATE &&
        !fv_plan_add_question(
            plan, "ca", partner->name,
            FV_PLAN_JOIN(plan, "how is ", partner->name,
                         " to federate? It is at Office 365, which takes certificates of "
                         "public CAs only, and these come from a private one (ca)")))
        return false;
    return partner->is_allowed != NULL ||
           fv_plan_add_question(
               plan, "allowed", partner->name,
               FV_PLAN_JOIN(plan,
                            "which of the domains are on the list of allowed domains "
                            "of ",
                            partner->name, " already? (allowed)"));
}

static bool is_same(const char *one, const char *other)
{
    return one == NULL || other == NULL ? one == other : strcmp(one, other) == 0;
}

/* A question that does not say whom it is about may mean the only cluster, or its first peer. */
static bool is_about_the_only(const fedval_plan *plan, const char *about)
{
    const fv_plan_cluster *only = plan->clusters;
    return plan->num_clusters == 1 &&
           (is_same(only->name, about) ||
            (only->num_peers > 0 && is_same(only->peers[0].name, about)));
}

/* Returns whether one of the first `num_own` questions asks for the same member, of the same
 * cluster, peer, domain or partner. */
static bool is_asked(const fedval_plan *plan, size_t num_own, const fv_intent_question *question)
{
    for (size_t i = 0; question->member != NULL && i < num_own; i++) {
        const fv_plan_question *own = &plan->questions[i];
        if (is_same(own->member, question->member) &&
            (is_same(own->about, question->about) ||
             (question->about == NULL && is_about_the_only(plan, own->about))))
            return true;
    }
    return false;
}

fedval_status fv_plan_ask(fv_planner *planner)
{
    const fedval_intent *intent = planner->intent;
    fedval_plan *plan = planner->plan;
    bool ok = true;
    for (size_t i = 0; ok && i < plan->num_clusters; i++)
        ok = !plan->clusters[i].has_domains || ask_cluster(planner, i);
    ok = ok && ask_root(planner);
    for (size_t i = 0; ok && i < plan->num_certificates; i++) {
        ok = ask_certificate(plan, &plan->certificates[i]) &&
             ask_wildcards(plan, &plan->certificates[i]);
    }
    for (size_t i = 0; ok && i < plan->num_domains; i++)
        ok = ask_domain(plan, &plan->domains[i]);
    for (size_t i = 0; ok && i < plan->num_partners; i++)
        ok = ask_partner(plan, &plan->partners[i]);
    const size_t num_own = plan->num_questions;
    for (size_t i = 0; ok && i < intent->num_questions; i++) {
        if (!is_asked(plan, num_own, &intent->questions[i])) {
            ok = fv_plan_add_question(plan, intent->questions[i].member, intent->questions[i].about,
                                      fv_plan_copy(plan, intent->questions[i].text));
        }
    }
    return ok ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}
