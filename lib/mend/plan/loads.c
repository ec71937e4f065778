/* The steps for certificates: request them, load the CAs that Expressway needs, load the
 * certificates. */
#include "mend/plan/step.h"

#include <string.h>

static fedval_plan_step certificate_step(const fv_planner *planner, size_t index, uint32_t kind)
{
    const fedval_plan_certificate *certificate = &planner->plan->certificates[index];
    return (fedval_plan_step){.side = FEDVAL_SIDE_CISCO,
                              .op = FEDVAL_OP_ADD,
                              .kind = kind,
                              .owner = certificate->peer,
                              .type = fv_plan_role_word(certificate->role),
                              .domain = SIZE_MAX,
                              .certificate = index};
}

static const char *list_names(fedval_plan *plan, const fedval_plan_certificate *certificate)
{
    fv_buf text;
    fv_buf_init(&text);
    fv_buf_append_text(&text, "SAN ");
    for (size_t i = 0; i < certificate->num_names; i++) {
        fv_buf_append_text(&text, i > 0 ? ", " : "");
        fv_buf_append_text(&text, certificate->names[i].name);
        fv_buf_append_text(&text, " (");
        fv_buf_append_text(&text, certificate->names[i].purpose);
        fv_buf_append_text(&text, ")");
    }
    const char *copy = text.failed ? NULL : fv_arena_copy_text(&plan->arena, text.data, text.len);
    fv_buf_clear(&text);
    return copy;
}

/* Says why a certificate is asked for anew though one lies ready. */
static const char *request_text(const fv_planner *planner,
                                const fedval_plan_certificate *certificate)
{
    fedval_plan *plan = planner->plan;
    const char *names = list_names(plan, certificate), *reasons = certificate->refused_for;
    if (names == NULL || !certificate->is_refused)
        return names;
    const size_t ready = fv_plan_store_of(planner, certificate)->ready;
    const fv_intent_file *file = &planner->intent->files[ready - 1];
    return FV_PLAN_JOIN(plan, names, "; anew, because ",
                        file->is_inline ? "what lies ready" : file->path, " will not do",
                        reasons[0] == '\0' ? "" : ": ", reasons);
}

bool fv_plan_add_requests(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    for (size_t i = 0; i < plan->num_certificates; i++) {
        const fedval_plan_certificate *certificate = &plan->certificates[i];
        fedval_plan_step step = certificate_step(planner, i, FEDVAL_PLAN_KIND_REQUEST);
        if (certificate->origin == FEDVAL_PLAN_ORIGIN_READY_REQUEST)
            step.data = "have the request that lies ready signed";
        else if (certificate->origin == FEDVAL_PLAN_ORIGIN_NEW)
            step.data = request_text(planner, certificate);
        else
            continue;
        if (fv_plan_add_step(planner, &step) == NULL)
            return false;
    }
    return true;
}

static uint32_t find_step(const fedval_plan *plan, uint32_t kind, size_t certificate)
{
    for (size_t i = 0; i < plan->num_steps; i++) {
        if (plan->steps[i].kind == kind && plan->steps[i].certificate == certificate)
            return plan->steps[i].number;
    }
    return 0;
}

/* ---- CAs ---- */

static bool changes_certificate(const fedval_plan *plan, size_t cluster)
{
    for (size_t i = 0; i < plan->num_certificates; i++) {
        if (plan->certificates[i].cluster == cluster &&
            plan->certificates[i].origin != FEDVAL_PLAN_ORIGIN_KEEP)
            return true;
    }
    return false;
}

/* A certificate that stays, and whose issuer neither it nor Expressway brings along. */
static bool lacks_issuer(const fedval_plan *plan, size_t cluster)
{
    for (size_t i = 0; i < plan->num_certificates; i++) {
        const fedval_plan_certificate *certificate = &plan->certificates[i];
        const fv_trust_remarks *chain = &certificate->chains[FV_PLAN_PLANNED].trust.chain;
        bool stays =
            certificate->cluster == cluster && certificate->origin == FEDVAL_PLAN_ORIGIN_KEEP;
        for (size_t k = 0; stays && k < chain->num_items; k++) {
            if (chain->items[k].remark.code == FEDVAL_FINDING_CHAIN_INCOMPLETE)
                return true;
        }
    }
    return false;
}

static const char *list_authorities(fedval_plan *plan, size_t cluster)
{
    fv_buf text;
    size_t count = 0;
    fv_buf_init(&text);
    for (size_t i = 0; i < plan->num_cas; i++) {
        const fv_plan_ca *ca = &plan->cas[i];
        if (ca->cluster != cluster && ca->cluster != SIZE_MAX)
            continue;
        fv_buf_append_text(&text, count++ > 0 ? ", " : "");
        fv_buf_append_text(&text, ca->name);
        fv_buf_append_text(&text, " (SHA-256 ");
        fv_buf_append_text(&text, ca->sha256);
        fv_buf_append_text(&text, ")");
    }
    if (count == 0) {
        fv_buf_append_text(&text, "the root and the intermediates of the CA that signs: Expressway "
                                  "sends only those that it trusts itself");
    }
    const char *copy = text.failed ? NULL : fv_arena_copy_text(&plan->arena, text.data, text.len);
    fv_buf_clear(&text);
    return copy;
}

static bool add_trust_steps(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    for (size_t i = 0; i < plan->num_clusters; i++) {
        fedval_plan_step step = {.side = FEDVAL_SIDE_CISCO,
                                 .op = FEDVAL_OP_ADD,
                                 .kind = FEDVAL_PLAN_KIND_TRUST,
                                 .owner = plan->clusters[i].name,
                                 .domain = SIZE_MAX,
                                 .certificate = SIZE_MAX};
        if (!changes_certificate(plan, i) && !lacks_issuer(plan, i))
            continue;
        step.data = list_authorities(plan, i);
        if (fv_plan_add_step(planner, &step) == NULL)
            return false;
    }
    return true;
}

/* ---- loading ---- */

static bool lacks_client_auth(const fedval_plan_certificate *certificate)
{
    const fv_certificate *facts = certificate->chains[FV_PLAN_PLANNED].certificates[0];
    return facts != NULL && facts->extended_key_usage.presence == FV_KNOWN &&
           !facts->extended_key_usage.has_client_auth && !facts->extended_key_usage.has_any;
}

static bool add_switch(fv_planner *planner, size_t index, uint32_t *out_number)
{
    fedval_plan *plan = planner->plan;
    const fedval_plan_certificate *certificate = &plan->certificates[index];
    fv_plan_cluster *cluster = &plan->clusters[certificate->cluster];
    *out_number = 0;
    if (!cluster->has_switch || certificate->role != FEDVAL_ROLE_SERVER ||
        !lacks_client_auth(certificate))
        return true;
    cluster->needs_switch = true;
    fedval_plan_step step = certificate_step(planner, index, FEDVAL_PLAN_KIND_EXPRESSWAY);
    step.op = FEDVAL_OP_REPLACE;
    step.data = "xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: On";
    fedval_plan_step *added = fv_plan_add_step(planner, &step);
    if (added == NULL)
        return false;
    *out_number = added->number;
    return true;
}

static const char *load_text(fedval_plan *plan, const fedval_plan_certificate *certificate)
{
    bool has_page = plan->clusters[certificate->cluster].version >= FV_PLAN_WITH_TWO_STORES;
    const char *what = certificate->origin == FEDVAL_PLAN_ORIGIN_READY_CERTIFICATE
                           ? "load the certificate that lies ready"
                           : "load the certificate that the CA has issued";
    if (certificate->role == FEDVAL_ROLE_CLIENT)
        return FV_PLAN_JOIN(plan, what, ": Maintenance > Security > Client certificate");
    return FV_PLAN_JOIN(plan, what, ": Maintenance > Security > Server certificate",
                        certificate->is_for_both && !has_page ? ", which calls with it too" : "");
}

/* Returns the message of cert-names-lost for a ready file; NULL: none. */
static const char *find_loss(const fedval_plan_certificate *certificate)
{
    bool is_ready = certificate->origin == FEDVAL_PLAN_ORIGIN_READY_CERTIFICATE ||
                    certificate->origin == FEDVAL_PLAN_ORIGIN_READY_REQUEST;
    for (size_t i = 0; is_ready && i < certificate->num_findings; i++) {
        if (certificate->findings[i].remark.code == FEDVAL_FINDING_CERT_NAMES_LOST)
            return fv_finding_text(&certificate->findings[i], FV_TEXT_MESSAGE);
    }
    return NULL;
}

static uint32_t find_trust(const fedval_plan *plan, size_t cluster)
{
    for (size_t i = 0; i < plan->num_steps; i++) {
        if (plan->steps[i].kind == FEDVAL_PLAN_KIND_TRUST &&
            strcmp(plan->steps[i].owner, plan->clusters[cluster].name) == 0)
            return plan->steps[i].number;
    }
    return 0;
}

/* A partner that has to import a private root has to do so before the certificate is loaded. */
static bool after_letters(fv_planner *planner, fedval_plan_step *step, const uint32_t *own,
                          size_t num_own)
{
    const fedval_plan *plan = planner->plan;
    uint32_t *after =
        fv_arena_alloc_array(&planner->work, num_own + plan->num_partners, sizeof(*after));
    size_t count = 0;
    if (after == NULL)
        return false;
    for (; count < num_own; count++)
        after[count] = own[count];
    bool tells_first = fv_plan_tells_first(plan);
    for (size_t i = 0; tells_first && i + 1 < plan->num_steps; i++) {
        if (plan->steps[i].kind == FEDVAL_PLAN_KIND_LETTER && count < num_own + plan->num_partners)
            after[count++] = plan->steps[i].number;
    }
    return fv_plan_set_after(planner, step, after, count);
}

static bool add_load_step(fv_planner *planner, size_t index)
{
    fedval_plan *plan = planner->plan;
    fedval_plan_certificate *certificate = &plan->certificates[index];
    uint32_t after[3] = {find_step(plan, FEDVAL_PLAN_KIND_REQUEST, index),
                         find_trust(plan, certificate->cluster), 0};
    if (!add_switch(planner, index, &after[2]))
        return false;
    fedval_plan_step step = certificate_step(planner, index, FEDVAL_PLAN_KIND_EXPRESSWAY);
    bool has_old = certificate->chains[FV_PLAN_PRESENT].is_known;
    step.op = has_old ? FEDVAL_OP_REPLACE : FEDVAL_OP_ADD;
    step.data = load_text(plan, certificate);
    step.effect = FV_PLAN_EFFECT_CERTIFICATE;
    step.hurts = find_loss(certificate);
    fedval_plan_step *added = fv_plan_add_step(planner, &step);
    return added != NULL && after_letters(planner, added, after, 3);
}

bool fv_plan_add_loads(fv_planner *planner)
{
    bool ok = add_trust_steps(planner);
    for (size_t i = 0; ok && i < planner->plan->num_certificates; i++) {
        if (planner->plan->certificates[i].origin != FEDVAL_PLAN_ORIGIN_KEEP)
            ok = add_load_step(planner, i);
    }
    return ok;
}
