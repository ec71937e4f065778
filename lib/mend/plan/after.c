/* Judges the intended state of each domain: once as a whole, and once more for each further peer
 * that calls. */
#include "mend/plan/plan.h"

#include "base/sip_tls.h"
#include "judge/finding.h"
#include "judge/judge.h"

#include <string.h>

static uint32_t worse(uint32_t a, uint32_t b)
{
    static const uint32_t order[] = {FEDVAL_VERDICT_PASS, FEDVAL_VERDICT_NOT_CHECKED,
                                     FEDVAL_VERDICT_INDETERMINATE, FEDVAL_VERDICT_FAIL};
    size_t at_a = 0, at_b = 0;
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        at_a = order[i] == a ? i : at_a;
        at_b = order[i] == b ? i : at_b;
    }
    return at_a > at_b ? a : b;
}

/* The first pass tells all findings but notes. The others tell only those on the calling
 * certificate. */
static bool is_told(const fv_remark *remark, bool is_first)
{
    return remark->severity > FEDVAL_SEVERITY_NOTE &&
           (is_first || remark->where.role == FEDVAL_ROLE_CLIENT);
}

static size_t count_told(const fv_remarks *remarks, bool is_first)
{
    size_t count = 0;
    for (size_t i = 0; i < remarks->num_items; i++)
        count += is_told(&remarks->items[i], is_first);
    return count;
}

static fedval_status keep(fv_arena *arena, fedval_plan_domain *domain,
                          const fv_judgement *judgement, bool is_first)
{
    size_t count = count_told(&judgement->remarks, is_first), num = 0;
    fedval_finding *all, *told;
    if (count == 0)
        return FEDVAL_OK;
    fedval_status status = fv_findings_fill(&judgement->scene, &judgement->remarks, &all, &num);
    if (status == FEDVAL_OK && !fv_findings_make_texts(all, num))
        status = FEDVAL_ERROR_NO_MEMORY;
    if (status != FEDVAL_OK)
        return status;
    /* Findings beyond the limit of the policy have no texts. */
    (void)fv_findings_cut(judgement->scene.input->policy, &num);
    told = fv_arena_alloc_array(arena, domain->num_findings + count, sizeof(*told));
    if (told == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    if (domain->num_findings > 0)
        memcpy(told, domain->findings, domain->num_findings * sizeof(*told));
    domain->findings = told;
    for (size_t i = 0; i < num; i++) {
        if (is_told(&all[i].remark, is_first))
            told[domain->num_findings++] = all[i];
    }
    return FEDVAL_OK;
}

/* Judges in a scratch arena first. Only if there is something to tell, judges again in the plan's
 * arena. */
static fedval_status judge_pass(fv_planner *planner, fedval_plan_domain *domain, size_t peer)
{
    fv_plan_state state = {.has_new_srv = true,
                           .has_new_addresses = true,
                           .is_clean = true,
                           .chain = FV_PLAN_PLANNED,
                           .only = peer};
    bool is_first = peer == SIZE_MAX;
    fv_arena scratch;
    fv_arena_init(&scratch);
    fedval_status status = FEDVAL_OK;
    for (int pass = 0; status == FEDVAL_OK && pass < 2; pass++) {
        fv_arena *arena = pass == 0 ? &scratch : &planner->plan->arena;
        fv_judgement judgement;
        fedval_policy policy;
        fv_rules_input input;
        fedval_evidence *evidence = NULL;
        status =
            fv_plan_judge(planner, arena, domain, &state, &judgement, &policy, &input, &evidence);
        bool has_more = status == FEDVAL_OK && count_told(&judgement.remarks, is_first) > 0;
        if (status == FEDVAL_OK && pass == 0)
            domain->verdict_after = worse(domain->verdict_after, judgement.verdict);
        if (has_more && pass == 1)
            status = keep(arena, domain, &judgement, is_first);
        fedval_evidence_free(evidence);
        if (!has_more)
            break;
    }
    fv_arena_clear(&scratch);
    return status;
}

static fedval_status judge_domain(fv_planner *planner, fedval_plan_domain *domain)
{
    if (domain->side == FEDVAL_SIDE_MICROSOFT) {
        domain->verdict_after = domain->verdict_today;
        return FEDVAL_OK;
    }
    domain->verdict_after = FEDVAL_VERDICT_PASS;
    fedval_status status = judge_pass(planner, domain, SIZE_MAX);
    size_t num_peers = planner->intent->clusters[domain->cluster].num_peers;
    for (size_t i = 1; status == FEDVAL_OK && i < num_peers; i++) {
        if (planner->intent->clusters[domain->cluster].peers[i].num_addresses > 0)
            status = judge_pass(planner, domain, i);
    }
    return status;
}

/* ---- what is assumed ---- */

static bool assume(fedval_plan *plan, const char *text)
{
    return fv_plan_add_text(plan, &plan->assumed, text);
}

static bool assume_certificate(fedval_plan *plan, const fedval_plan_certificate *certificate)
{
    const char *role = fv_plan_role_word(certificate->role);
    if (certificate->is_present_reversed &&
        !assume(plan, FV_PLAN_JOIN(plan, "the file with the ", role, " certificate of ",
                                   certificate->peer,
                                   " is in reverse, the CA first: it is read the other way round")))
        return false;
    if (certificate->origin == FEDVAL_PLAN_ORIGIN_NEW ||
        certificate->origin == FEDVAL_PLAN_ORIGIN_READY_REQUEST) {
        return assume(plan, "a CA signs the requests as asked, and the partners trust it (trust "
                            "and validity of a request are not checked)");
    }
    return certificate->chains[FV_PLAN_PRESENT].is_known ||
           assume(plan, FV_PLAN_JOIN(plan, "nothing works now that hangs on the ", role,
                                     " certificate of ", certificate->peer,
                                     ": the present one was not seen"));
}

static bool list_assumed(fedval_plan *plan)
{
    bool ok = plan->num_certificates == 0 ||
              assume(plan, "each peer presents the certificate that the plan has for it on "
                           "port " FV_SIP_TLS_PORT_TEXT ", and calls with the one for that");
    for (size_t i = 0; ok && i < plan->num_certificates; i++)
        ok = assume_certificate(plan, &plan->certificates[i]);
    for (size_t i = 0; ok && i < plan->num_clusters; i++) {
        if (!plan->clusters[i].has_domains) {
            ok = assume(plan, FV_PLAN_JOIN(plan, plan->clusters[i].name,
                                           " stays as it is: it serves no domain of the Cisco "
                                           "side, so nothing of it was judged or planned"));
        }
    }
    for (size_t i = 0; ok && i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        if (domain->num_wanted > 0 && domain->wanted[0].is_to_choose)
            ok = assume(plan, FV_PLAN_JOIN(plan, "a public address of ", domain->target));
        if (ok && domain->side == FEDVAL_SIDE_MICROSOFT) {
            ok = assume(plan, FV_PLAN_JOIN(plan, domain->name,
                                           " stays as it is: nothing is planned for a domain of "
                                           "the Microsoft side"));
        }
    }
    return ok;
}

static bool is_any_assumed(const fedval_plan *plan)
{
    for (size_t i = 0; i < plan->num_certificates; i++) {
        if (plan->certificates[i].chains[FV_PLAN_PLANNED].is_assumed)
            return true;
    }
    return false;
}

static bool is_any_address_chosen(const fedval_plan *plan)
{
    for (size_t i = 0; i < plan->num_domains; i++) {
        if (plan->domains[i].num_wanted > 0 && plan->domains[i].wanted[0].is_to_choose)
            return true;
    }
    return false;
}

static void note_judged(const fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    bool any = false, is_assumed = is_any_assumed(plan);
    for (size_t i = 0; i < plan->num_domains; i++)
        any |= plan->domains[i].target != NULL;
    for (size_t i = 1; any && i <= 8; i++)
        plan->judged_again[i] = true;
    plan->judged_again[1] &= plan->edge_fqdn == NULL; /* no SRV record is consulted */
    plan->judged_again[2] &= plan->edge_fqdn == NULL;
    plan->judged_again[3] &= !is_any_address_chosen(plan);
    plan->judged_again[5] &= !is_assumed && planner->judge->verifier != NULL;
    plan->judged_again[7] &= !is_assumed;
}

fedval_status fv_plan_judge_after(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    fedval_status status = FEDVAL_OK;
    plan->verdict_today = plan->verdict_after = FEDVAL_VERDICT_PASS;
    for (size_t i = 0; status == FEDVAL_OK && i < plan->num_domains; i++) {
        fedval_plan_domain *domain = &plan->domains[i];
        status = judge_domain(planner, domain);
        plan->verdict_today = worse(plan->verdict_today, domain->verdict_today);
        plan->verdict_after = worse(plan->verdict_after, domain->verdict_after);
    }
    note_judged(planner);
    return status == FEDVAL_OK && !list_assumed(plan) ? FEDVAL_ERROR_NO_MEMORY : status;
}
