/* The letter to a partner: what we have, and what they have to do. */
#include "render/plan/plan_file.h"

#include <string.h>

static void put(fv_buf *out, const char *const *pieces)
{
    for (size_t i = 0; pieces[i] != NULL; i++)
        fv_buf_append_text(out, pieces[i]);
}

#define PUT(out, ...) put((out), (const char *const[]){__VA_ARGS__, NULL})

static void put_domain(fv_buf *out, const fedval_plan_domain *domain)
{
    PUT(out, "  ", domain->name, "   SRV _sipfederationtls._tcp.", domain->name, " -> ",
        domain->target, ":5061\n");
    for (size_t i = 0; i < domain->num_wanted; i++)
        PUT(out, "      ", domain->target, "   ", domain->wanted[i].address, "\n");
}

static void put_authorities(fv_buf *out, const fedval_plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->num_cas; i++) {
        const fv_plan_ca *ca = &plan->cas[i];
        if (count++ == 0)
            fv_buf_append_text(out, "\nTheir issuers:\n");
        PUT(out, ca->is_root ? "  root          " : "  intermediate  ", ca->name,
            "\n      SHA-256 ", ca->sha256, "\n");
    }
}

static void put_trust(fv_buf *out, const fedval_plan *plan, const fv_plan_partner *partner)
{
    if (!plan->is_ca_private) {
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
}

static void put_allowed(fv_buf *out, const fv_plan_partner *partner)
{
    fv_buf_append_text(out, "\nPlease allow these domains; ");
    PUT(out, partner->name, ".ps1 holds the commands:\n");
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
            put_domain(out, &plan->domains[i]);
    }
    fv_buf_append_text(out, "\nPort 5061, TLS with certificates on both sides. The certificates of "
                            "all our peers hold each of the SRV targets above.\n");
    put_trust(out, plan, partner);
    put_allowed(out, partner);
    fv_buf_append_text(out, "\nTo check our side from yours: fedval check DOMAIN\n");
}
