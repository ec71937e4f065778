/* Replaces the addresses and the subjects of certificates in a plan, so that it can be sent on. */
#include "judge/mask.h"
#include "mend/plan/plan.h"

static void learn_findings(fv_mask *mask, const fedval_finding *findings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fv_mask_learn_finding(mask, &findings[i]);
}

/* A chain that is assumed holds no certificate that there is: its subject is what is requested. */
static void learn_chains(fv_mask *mask, const fedval_plan_certificate *certificate)
{
    for (size_t i = 0; i < FV_PLAN_NUM_CHAINS; i++) {
        const fv_plan_chain *chain = &certificate->chains[i];
        if (!chain->is_assumed)
            fv_mask_learn_certificates(mask, chain->certificates, chain->num_certificates);
    }
}

static void learn_all(fv_mask *mask, const fedval_plan *plan)
{
    for (size_t i = 0; i < plan->num_cas; i++)
        fv_mask_learn(mask, plan->cas[i].name, plan->cas[i].name_kind);
    for (size_t i = 0; i < plan->num_certificates; i++) {
        const fedval_plan_certificate *certificate = &plan->certificates[i];
        learn_chains(mask, certificate);
        learn_findings(mask, certificate->findings, certificate->num_findings);
    }
    for (size_t i = 0; i < plan->num_domains; i++)
        learn_findings(mask, plan->domains[i].findings, plan->domains[i].num_findings);
}

static void mask_addresses(fv_mask *mask, fv_plan_address *addresses, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fv_mask_text(mask, &addresses[i].address);
}

static void mask_findings(fv_mask *mask, fedval_finding *findings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fv_mask_finding(mask, &findings[i]);
}

static void mask_domain(fv_mask *mask, fedval_plan_domain *domain)
{
    mask_addresses(mask, domain->wanted, domain->num_wanted);
    mask_addresses(mask, domain->missing, domain->num_missing);
    mask_addresses(mask, domain->stale, domain->num_stale);
    for (size_t i = 0; i < domain->num_old_srv; i++)
        fv_mask_text(mask, &domain->old_srv[i]);
    mask_findings(mask, domain->findings, domain->num_findings);
}

static void mask_step(fv_mask *mask, fedval_plan_step *step)
{
    fv_mask_text(mask, &step->owner);
    fv_mask_text(mask, &step->data);
    fv_mask_text(mask, &step->record.owner);
    fv_mask_text(mask, &step->record.data);
    fv_mask_text(mask, &step->hurts);
}

static void mask_texts(fv_mask *mask, fv_plan_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        fv_mask_text(mask, &texts->items[i]);
}

/* The files to trust hold the certificates themselves. */
static void drop_authorities(fv_mask *mask, fedval_plan *plan)
{
    size_t kept = 0;
    for (size_t i = 0; i < plan->num_cas; i++) {
        fv_mask_value(mask, &plan->cas[i].name, plan->cas[i].name_kind, NULL);
        plan->cas[i].der = (fv_bytes){NULL, 0};
        plan->cas[i].sha256[0] = '\0';
    }
    for (size_t i = 0; i < plan->num_files; i++) {
        if (plan->files[i].kind != FV_PLAN_FILE_TRUST)
            plan->files[kept++] = plan->files[i];
    }
    plan->num_files = kept;
}

fedval_status fedval_plan_redact(fedval_plan *plan)
{
    if (plan == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_mask mask = fv_mask_of(&plan->arena);
    learn_all(&mask, plan);
    fv_mask_sort(&mask);
    for (size_t i = 0; i < plan->num_steps; i++)
        mask_step(&mask, &plan->steps[i]);
    for (size_t i = 0; i < plan->num_domains; i++)
        mask_domain(&mask, &plan->domains[i]);
    for (size_t i = 0; i < plan->num_certificates; i++) {
        fedval_plan_certificate *certificate = &plan->certificates[i];
        mask_findings(&mask, certificate->findings, certificate->num_findings);
        certificate->serial = NULL;
    }
    mask_texts(&mask, &plan->assumed);
    for (size_t i = 0; i < plan->num_questions; i++) {
        fv_mask_text(&mask, &plan->questions[i].text);
        fv_mask_text(&mask, &plan->questions[i].about);
    }
    drop_authorities(&mask, plan);
    return fv_mask_status(&mask);
}
