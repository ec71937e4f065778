/* The letter to a partner: what we have, and what they have to do. */
#include "base/sip_tls.h"
#include "render/plan/plan_file.h"

#include <string.h>

static void put(fv_buf *out, const char *const *pieces)
{
    for (size_t i = 0; pieces[i] != NULL; i++)
        fv_buf_append_text(out, pieces[i]);
}

#define PUT(out, ...) put((out), (const char *const[]){__VA_ARGS__, NULL})

/* The words behind a host in the letter. */
static const char *const words_for_news[] = {
    [FV_PLAN_NEWS_NONE] = "",
    [FV_PLAN_NEWS_LISTED] = "   (on your list already)",
    [FV_PLAN_NEWS_NOT_LISTED] = "   (NEW: not on your list yet)",
    [FV_PLAN_NEWS_PROXY] = "   (as your ProxyFqdn: SRV is not consulted)",
    [FV_PLAN_NEWS_FIRST] = "   (NEW: it has had no record so far)",
};

static void put_domain(fv_buf *out, const fedval_plan *plan, const fv_plan_partner *partner,
                       size_t index)
{
    const fedval_plan_domain *domain = &plan->domains[index];
    if (domain->is_proxy)
        PUT(out, "  ", domain->name, "   proxy ");
    else
        PUT(out, "  ", domain->name, "   SRV ", domain->srv_owner, " -> ");
    PUT(out, domain->target, ":" FV_SIP_TLS_PORT_TEXT,
        words_for_news[fv_plan_news(domain, partner, index)], "\n");
    for (size_t i = 0; i < domain->num_wanted; i++)
        PUT(out, "      ", domain->target, "   ", domain->wanted[i].address, "\n");
}

/* Whether a CA before `index` is the same certificate: several clusters may use one CA. */
static bool is_named_before(const fedval_plan *plan, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(plan->cas[i].sha256, plan->cas[index].sha256) == 0)
            return true;
    }
    return false;
}

static void put_authorities(fv_buf *out, const fedval_plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->num_cas; i++) {
        const fv_plan_ca *ca = &plan->cas[i];
        if (is_named_before(plan, i))
            continue;
        if (count++ == 0)
            fv_buf_append_text(out, "\nTheir issuers:\n");
        PUT(out, ca->is_root ? "  root          " : "  intermediate  ", ca->name,
            "\n      SHA-256 ", ca->sha256, "\n");
    }
}

/* The files that go with the letter. */
static void put_attached(fv_buf *out, const fedval_plan *plan)
{
    for (size_t i = 0; i < plan->num_files; i++) {
        if (plan->files[i].kind == FV_PLAN_FILE_TRUST)
            PUT(out, "Attached: ", plan->files[i].name, "\n");
    }
}

static void put_trust(fv_buf *out, const fedval_plan *plan, const fv_plan_partner *partner)
{
    uint32_t ca = fv_plan_find_ca(plan);
    if (ca == FV_CA_UNKNOWN) {
        fv_buf_append_text(out, "\nWhich CA signs our certificates is not settled yet. If it is a "
                                "public one, nothing is to be imported where your Edge "
                                "servers trust it. If it is a private one, its root and its "
                                "intermediates have to be imported before: we will send them to "
                                "you.\n");
    } else if (ca == FV_CA_PUBLIC) {
        fv_buf_append_text(out, "\nOur certificates come from a public CA: nothing is to be "
                                "imported where your Edge servers trust it.\n");
    } else if (partner->is_office365) {
        fv_buf_append_text(out, "\nOur certificates come from a private CA, which Office 365 does "
                                "not take: this will not work before they come from a public "
                                "one.\n");
    } else {
        fv_buf_append_text(out, "\nOur certificates come from a private CA. Please import its root "
                                "into the Trusted Root Certification Authorities of the computer "
                                "store of each Edge server, and its intermediates into the "
                                "Intermediate ones, before we load the new certificates.\n");
    }
    put_authorities(out, plan);
    if (ca == FV_CA_PRIVATE && !partner->is_office365)
        put_attached(out, plan);
}

static void put_allowed(fv_buf *out, const fedval_plan *plan, const fv_plan_partner *partner)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->num_domains; i++) {
        if (plan->domains[i].target == NULL || fv_plan_is_listed(partner, i))
            continue;
        if (count++ == 0)
            PUT(out, "\nPlease allow these domains; ", partner->name, ".ps1 holds the commands:\n");
        PUT(out, "  ", plan->domains[i].name, "\n");
    }
    if (count == 0) {
        fv_buf_append_text(out, "\nAll of these domains are on your list already.\n");
        return;
    }
    fv_buf_append_text(out,
                       partner->is_office365
                           ? "  Get-CsTenantFederationConfiguration shows what is allowed now.\n"
                           : "  Get-CsAllowedDomain shows what is allowed now, and "
                             "Get-CsAccessEdgeConfiguration whether partners are discovered.\n");
}

void fv_plan_write_letter(fv_buf *out, const fedval_plan *plan, const fv_plan_partner *partner)
{
    PUT(out, "To the administrators of ", partner->name,
        "\n\nWe are setting up SIP federation with you. Calls and presence of these domains of "
        "ours come from, and go to, Cisco Expressway-E:\n\n");
    for (size_t i = 0; i < plan->num_domains; i++) {
        if (plan->domains[i].target != NULL)
            put_domain(out, plan, partner, i);
    }
    fv_buf_append_text(out, "\nPort " FV_SIP_TLS_PORT_TEXT
                            ", TLS with certificates on both sides. The certificates of "
                            "all our peers hold each of the hosts above.\n");
    put_trust(out, plan, partner);
    put_allowed(out, plan, partner);
    fv_buf_append_text(out, "\nTo check our side from yours: fedval check DOMAIN\n");
}
