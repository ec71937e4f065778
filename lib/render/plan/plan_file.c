/* The files of a plan: zone lines, CA certificates, xConfiguration lines, PowerShell. */
#include "render/plan/plan_file.h"

#include "base/pem.h"

#include <string.h>

/* ---- zone lines ---- */

/* What leaves a zone, and a TTL that is changed before or after, is a comment: the lines of the
 * file are the records as they will be. */
static bool is_record(const fedval_plan *plan, const fedval_plan_step *step)
{
    const fedval_plan_domain *domain = &plan->domains[step->domain];
    return step->op != FEDVAL_OP_REMOVE && !step->record.is_to_choose &&
           (step->effect == FV_PLAN_EFFECT_ADDRESSES || step->number == domain->srv_step);
}

static const char *word_for(const fedval_plan *plan, const fedval_plan_step *step)
{
    if (step->op == FEDVAL_OP_REMOVE) {
        return step->is_one_change ? "remove, in one change with the records that take its place: "
                                   : "remove ";
    }
    if (is_record(plan, step))
        return step->op == FEDVAL_OP_ADD ? "add" : "replace what is there";
    return step->op == FEDVAL_OP_ADD ? "add, once the address is known " : "set the TTL ";
}

void fv_plan_append_record(fv_buf *out, const fedval_plan_step *step)
{
    fv_buf_append_text(out, step->owner);
    fv_buf_append_char(out, ' ');
    fv_buf_append_u64(out, step->record.ttl);
    fv_buf_append_text(out, " IN ");
    fv_buf_append_text(out, step->type);
    fv_buf_append_char(out, ' ');
    fv_buf_append_text(out, step->data);
}

/* The records that an SRV record replaces: whoever appends the lines to a copy of the zone deletes
 * these there. */
static void put_replaced(fv_buf *out, const fedval_plan_domain *domain,
                         const fedval_plan_step *step)
{
    for (size_t i = 0; step->number == domain->srv_step && i < domain->num_old_srv; i++) {
        fv_buf_append_text(out, "; remove: ");
        fv_buf_append_text(out, step->owner);
        fv_buf_append_text(out, " IN SRV ");
        fv_buf_append_text(out, domain->old_srv[i]);
        fv_buf_append_char(out, '\n');
    }
}

static void write_zone(fv_buf *out, const fedval_plan *plan, const char *zone)
{
    fv_buf_append_text(out, "; changes to the zone ");
    fv_buf_append_text(out, zone);
    fv_buf_append_char(out, '\n');
    for (size_t i = 0; i < plan->num_steps; i++) {
        const fedval_plan_step *step = &plan->steps[i];
        if (step->kind != FEDVAL_PLAN_KIND_DNS || strcmp(step->zone, zone) != 0)
            continue;
        fv_buf_append_text(out, "; step ");
        fv_buf_append_u64(out, step->number);
        fv_buf_append_text(out, ": ");
        fv_buf_append_text(out, word_for(plan, step));
        if (is_record(plan, step))
            fv_buf_append_char(out, '\n');
        put_replaced(out, &plan->domains[step->domain], step);
        fv_plan_append_record(out, step);
        fv_buf_append_char(out, '\n');
        if (step->wait_s == 0)
            continue;
        fv_buf_append_text(out, "; then wait ");
        fv_buf_append_u64(out, step->wait_s);
        fv_buf_append_text(out, " s: so long may caches hold the old answer\n");
    }
}

/* ---- CA certificates ---- */

static void write_trust(fv_buf *out, const fedval_plan *plan, size_t cluster)
{
    for (size_t i = 0; i < plan->num_cas; i++) {
        const fv_plan_ca *ca = &plan->cas[i];
        if (ca->cluster != cluster && ca->cluster != SIZE_MAX)
            continue;
        fv_buf_append_text(out, "# ");
        fv_buf_append_text(out, ca->name);
        fv_buf_append_text(out, ca->is_root ? " (root)\n# SHA-256 " : "\n# SHA-256 ");
        fv_buf_append_text(out, ca->sha256);
        fv_buf_append_char(out, '\n');
        fv_pem_append(out, ca->der);
    }
}

/* ---- Expressway ---- */

static void write_xconfiguration(fv_buf *out, const fv_plan_cluster *cluster)
{
    static const char upload[] =
        "xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: On\n";
    if (cluster->has_switch) {
        fv_buf_append_text(out, "# X15.4 loads a server certificate without clientAuth only with "
                                "this; Expressway-E alone\n");
        fv_buf_append_text(out, cluster->needs_switch ? "" : "# ");
        fv_buf_append_text(out, upload);
        return;
    }
    fv_buf_append_text(out, "# On is the default: the certificate of whoever calls needs "
                            "clientAuth, or no extended key usage.\n"
                            "# Off lets a partner in whose certificate is for serverAuth alone.\n"
                            "xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode: "
                            "On\n");
}

/* ---- PowerShell ---- */

static void put_allow(fv_buf *out, const fedval_plan *plan, const fv_plan_partner *partner,
                      const char *domain)
{
    if (partner->is_office365) {
        fv_buf_append_text(out, "Set-CsTenantFederationConfiguration -AllowedDomainsAsAList "
                                "@{Add=\"");
        fv_buf_append_text(out, domain);
        fv_buf_append_text(out, "\"}\n");
    } else {
        fv_buf_append_text(out, "New-CsAllowedDomain -Identity \"");
        fv_buf_append_text(out, domain);
        fv_buf_append_text(out, plan->edge_fqdn == NULL ? "\"" : "\" -ProxyFqdn \"");
        fv_buf_append_text(out, plan->edge_fqdn == NULL ? "" : plan->edge_fqdn);
        fv_buf_append_text(out, plan->edge_fqdn == NULL ? "\n" : "\"\n");
    }
}

/* The proxy that the partner has configured stays right: the certificates hold its name. */
static void put_proxy(fv_buf *out, const fv_plan_partner *partner, const char *domain)
{
    fv_buf_append_text(out, "# only where SRV is not to be consulted:\n# Set-CsAllowedDomain "
                            "-Identity \"");
    fv_buf_append_text(out, domain);
    fv_buf_append_text(out, "\" -ProxyFqdn \"");
    fv_buf_append_text(out, partner->proxy_fqdn);
    fv_buf_append_text(out, "\"\n");
}

static void write_powershell(fv_buf *out, const fedval_plan *plan, const fv_plan_partner *partner)
{
    fv_buf_append_text(out, "# For the administrators of ");
    fv_buf_append_text(out, partner->name);
    fv_buf_append_text(out, partner->is_office365
                                ? ", Office 365\n# Get-CsTenantFederationConfiguration shows what "
                                  "is allowed now. Where AllowedDomains\n# is "
                                  "AllowAllKnownDomains, run none of this: a list allows "
                                  "those alone that are on it.\n"
                                : ", Lync or Skype for Business Server\n# Get-CsAllowedDomain "
                                  "shows what is allowed now.\n");
    if (partner->is_allowed == NULL)
        fv_buf_append_text(out, "# Leave the domains out that are on the list already.\n");
    for (size_t i = 0; i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        if (domain->target == NULL)
            continue;
        if (partner->is_allowed == NULL || !partner->is_allowed[i])
            put_allow(out, plan, partner, domain->name);
        else if (partner->proxy_fqdn != NULL && !partner->is_office365)
            put_proxy(out, partner, domain->name);
    }
}

/* ---- all of them ---- */

static void write_file(fv_buf *out, const fedval_plan *plan, const fv_plan_file *file)
{
    switch (file->kind) {
    case FV_PLAN_FILE_ZONE:
        write_zone(out, plan, plan->domains[file->index].zone);
        break;
    case FV_PLAN_FILE_CONFIG:
        fv_plan_write_config(out, &plan->certificates[file->index]);
        break;
    case FV_PLAN_FILE_PAGE:
        fv_plan_write_page(out, &plan->certificates[file->index]);
        break;
    case FV_PLAN_FILE_TRUST:
        write_trust(out, plan, file->index);
        break;
    case FV_PLAN_FILE_XCONFIGURATION:
        write_xconfiguration(out, &plan->clusters[file->index]);
        break;
    case FV_PLAN_FILE_POWERSHELL:
        write_powershell(out, plan, &plan->partners[file->index]);
        break;
    default:
        fv_plan_write_letter(out, plan, &plan->partners[file->index]);
        break;
    }
}

fedval_status fedval_plan_file_to_text(const fedval_plan *plan, size_t index, char **out_text,
                                       size_t *out_len)
{
    fv_buf out;
    if (plan == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (index >= plan->num_files)
        return FEDVAL_ERROR_NOT_FOUND;
    fv_buf_init(&out);
    write_file(&out, plan, &plan->files[index]);
    return fv_buf_hand_over(&out, out_text, out_len);
}
