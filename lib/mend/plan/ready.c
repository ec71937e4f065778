/* Judges the ready and the present certificates against the names and the rules: which will do? */
#include "mend/plan/plan.h"

#include "judge/finding.h"
#include "judge/judge.h"
#include "trust/request.h"
#include "x509/request.h"

/* One file keeps so many findings; more would say the same of other domains. */
#define MOST_FINDINGS 50

/* ---- findings ---- */

static bool is_told(const fedval_plan_certificate *certificate, const fedval_finding *finding)
{
    for (size_t i = 0; i < certificate->num_findings; i++) {
        if (fv_remark_is_same_message(&certificate->findings[i].remark, &finding->remark))
            return true;
    }
    return false;
}

static fedval_status tell(fv_planner *planner, fedval_plan_certificate *certificate,
                          const fv_scene *scene, const fv_remark *remark)
{
    void *items = certificate->findings;
    fedval_finding finding;
    fv_scene lasting = *scene;
    lasting.arena = &planner->plan->arena;
    if (certificate->num_findings >= MOST_FINDINGS)
        return FEDVAL_OK;
    if (!fv_finding_tell(&lasting, remark, &finding))
        return FEDVAL_ERROR_NO_MEMORY;
    if (is_told(certificate, &finding))
        return FEDVAL_OK;
    fedval_finding *slot = fv_arena_append(lasting.arena, &items, &certificate->num_findings,
                                           &certificate->findings_capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    certificate->findings = items;
    *slot = finding;
    return FEDVAL_OK;
}

static bool is_about(const fedval_plan_certificate *certificate, const fv_remark *remark)
{
    return remark->where.role != 0 && remark->severity > FEDVAL_SEVERITY_NOTE &&
           (certificate->is_for_both || remark->where.role == certificate->role);
}

/* No new certificate should have a weak key or signature, though a partner may take the old one. */
static bool is_of_weakness(const fv_remark *remark)
{
    return remark->code == FEDVAL_FINDING_CERT_KEY_WEAK ||
           remark->code == FEDVAL_FINDING_CERT_SIGNATURE_WEAK;
}

/* Returns whether a remark makes the certificate unfit: an error, a weakness, or a missing name. It
 * is inferred that the Edge compares the calling certificate, but nobody should get a certificate
 * without the name because of that. */
static bool is_reason_to_refuse(const fv_remark *remark)
{
    return remark->severity == FEDVAL_SEVERITY_ERROR || is_of_weakness(remark) ||
           (remark->severity == FEDVAL_SEVERITY_INDETERMINATE &&
            fedval_catalogue_find(remark->code)->family == FEDVAL_FAMILY_NAME);
}

/* ---- judging a chain for every domain ---- */

static fedval_status judge_for(fv_planner *planner, fedval_plan_certificate *certificate,
                               const fedval_plan_domain *domain, bool tells, bool *out_refused)
{
    fv_plan_state state = {.has_new_srv = true,
                           .has_new_addresses = true,
                           .is_clean = true,
                           .chain = FV_PLAN_READY,
                           .only = certificate->peer_index};
    fv_judgement judgement;
    fedval_policy policy;
    fv_rules_input input;
    fedval_evidence *evidence = NULL;
    fv_arena scratch;
    /* With `tells`, the findings go into the plan, so they have to live in its arena. */
    fv_arena_init(&scratch);
    fedval_status status = fv_plan_judge(planner, tells ? &planner->plan->arena : &scratch, domain,
                                         &state, &judgement, &policy, &input, &evidence);
    for (size_t i = 0; status == FEDVAL_OK && i < judgement.remarks.num_items; i++) {
        const fv_remark *remark = &judgement.remarks.items[i];
        if (!is_about(certificate, remark))
            continue;
        *out_refused |= is_reason_to_refuse(remark);
        if (tells)
            status = tell(planner, certificate, &judgement.scene, remark);
    }
    fedval_evidence_free(evidence);
    fv_arena_clear(&scratch);
    return status;
}

/* Judges the chain FV_PLAN_READY for every domain that it serves. */
static fedval_status judge_chain(fv_planner *planner, fedval_plan_certificate *certificate,
                                 bool tells, bool *out_refused)
{
    const fedval_plan *plan = planner->plan;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        if (domain->cluster != certificate->cluster || domain->target == NULL)
            continue;
        if (!tells && *out_refused)
            break;
        status = judge_for(planner, certificate, domain, tells, out_refused);
    }
    return status;
}

/* ---- names ---- */

static bool holds(const fv_certificate *facts, const char *name)
{
    const fv_general_names *names = &facts->subject_alt_name.names;
    for (size_t i = 0; i < names->num_items; i++) {
        fv_text held = {(const char *)names->items[i].value.data, names->items[i].value.len};
        if (names->items[i].type == FV_GN_DNS && fv_text_equal_nocase(held, fv_text_of(name)))
            return true;
    }
    return false;
}

static bool holds_all(const fedval_plan_certificate *certificate, const fv_certificate *facts)
{
    for (size_t i = 0; i < certificate->num_names; i++) {
        if (!holds(facts, certificate->names[i].name))
            return false;
    }
    return true;
}

/* Returns whether the ready certificate lacks the peer's own name. It need not have it if the
 * present one is known and has not. */
static bool lacks_peer(const fedval_plan_certificate *certificate, const fv_certificate *facts)
{
    const fv_plan_chain *present = &certificate->chains[FV_PLAN_PRESENT];
    bool is_its = present->is_known && !certificate->is_present_strange;
    const fv_certificate *now = is_its ? present->certificates[0] : NULL;
    return !holds(facts, certificate->peer) && (now == NULL || holds(now, certificate->peer));
}

/* Returns the name of the peer of the cluster that the ready certificate is meant for in place of
 * this one. NULL: there is none. */
static const char *find_another(const fv_planner *planner,
                                const fedval_plan_certificate *certificate,
                                const fv_certificate *facts)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[certificate->cluster];
    const char *another = NULL;
    if (!lacks_peer(certificate, facts))
        return NULL;
    for (size_t i = 0; another == NULL && i < cluster->num_peers; i++) {
        if (i != certificate->peer_index && holds(facts, cluster->peers[i].name))
            another = planner->plan->clusters[certificate->cluster].peers[i].name;
    }
    return another;
}

/* Returns the names of the peer, of other services and of the present certificate that the ready
 * one lacks, as "a, b". */
static const char *list_lost(fedval_plan *plan, const fedval_plan_certificate *certificate,
                             const fv_certificate *facts)
{
    const char *lost = lacks_peer(certificate, facts) ? certificate->peer : "";
    for (size_t i = 0; lost != NULL && i < certificate->num_names; i++) {
        const fv_plan_name *name = &certificate->names[i];
        if (name->is_kept && !holds(facts, name->name))
            lost = FV_PLAN_JOIN(plan, lost, lost[0] == '\0' ? "" : ", ", name->name);
    }
    return lost;
}

static fedval_status tell_lost(fv_planner *planner, fedval_plan_certificate *certificate)
{
    fedval_plan *plan = planner->plan;
    const fv_certificate *facts = certificate->chains[FV_PLAN_READY].certificates[0];
    const char *lost = facts == NULL ? "" : list_lost(plan, certificate, facts);
    if (lost == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    if (lost[0] == '\0')
        return FEDVAL_OK;
    certificate->another = find_another(planner, certificate, facts);
    certificate->is_refused |= certificate->another != NULL;
    fedval_policy policy;
    const fedval_plan_domain any = {.side = FEDVAL_SIDE_CISCO, .cluster = certificate->cluster};
    fv_rules_input input = fv_plan_input(planner, &any, &policy);
    fv_kept_list kept = {0};
    fv_scene scene = {.arena = &plan->arena,
                      .kept = &kept,
                      .input = &input,
                      .domain = certificate->peer,
                      .side = FEDVAL_SIDE_CISCO};
    fv_param *params = fv_arena_alloc_array(&plan->arena, 2, sizeof(*params));
    if (params == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    const char *subject = fv_certificate_copy_name(&plan->arena, facts);
    if (subject == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    params[0] = (fv_param){"names", lost};
    params[1] = (fv_param){"certificate", subject, fv_certificate_name_kind(facts)};
    fv_remark remark = {.code = FEDVAL_FINDING_CERT_NAMES_LOST, .params = params, .num_params = 2};
    remark.severity = fv_severity_of(&input, remark.code);
    remark.where.role = certificate->role;
    remark.where.der = facts->der;
    remark.where.certificate = subject;
    remark.where.certificate_kind = fv_certificate_name_kind(facts);
    return tell(planner, certificate, &scene, &remark);
}

/* ---- ready files ---- */

static fedval_status read_request(fv_planner *planner, fedval_plan_certificate *certificate)
{
    fv_certificate *facts = fv_arena_alloc(&planner->plan->arena, sizeof(*facts));
    fv_plan_chain *ready = &certificate->chains[FV_PLAN_READY];
    if (facts == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status =
        fv_request_decode(&planner->plan->arena, certificate->ready_der[0], facts);
    if (status == FEDVAL_ERROR_NO_MEMORY)
        return status;
    if (status != FEDVAL_OK) { /* the request cannot be parsed, so nothing can be judged */
        certificate->signature = FEDVAL_VERIFY_BAD;
        return FEDVAL_OK;
    }
    status = fv_plan_assume(planner, certificate, facts, ready);
    if (status == FEDVAL_OK && planner->judge->verifier != NULL)
        status = fv_request_verify(facts, planner->judge->verifier, &certificate->signature);
    return status;
}

/* Notes the codes of the findings that refuse the ready file, each once. */
static fedval_status note_reasons(fedval_plan *plan, fedval_plan_certificate *certificate)
{
    const char *reasons = certificate->signature == FEDVAL_VERIFY_BAD ? "its signature" : "";
    uint32_t last = 0;
    for (size_t i = 0; reasons != NULL && i < certificate->num_findings; i++) {
        const fv_remark *remark = &certificate->findings[i].remark;
        bool is_lost =
            certificate->another != NULL && remark->code == FEDVAL_FINDING_CERT_NAMES_LOST;
        if ((!is_lost && !is_reason_to_refuse(remark)) || remark->code == last)
            continue;
        last = remark->code;
        reasons = FV_PLAN_JOIN(plan, reasons, reasons[0] == '\0' ? "" : ", ",
                               fedval_finding_code_to_string(last));
    }
    certificate->refused_for = reasons;
    return reasons == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

static fedval_status judge_ready(fv_planner *planner, fedval_plan_certificate *certificate)
{
    fedval_status status =
        certificate->is_ready_request
            ? read_request(planner, certificate)
            : fv_plan_evaluate(planner, certificate, certificate->ready_der,
                               certificate->num_ready_der, &certificate->chains[FV_PLAN_READY]);
    certificate->is_refused = certificate->signature == FEDVAL_VERIFY_BAD;
    if (status == FEDVAL_OK && certificate->chains[FV_PLAN_READY].is_known) {
        status = judge_chain(planner, certificate, true, &certificate->is_refused);
        if (status == FEDVAL_OK)
            status = tell_lost(planner, certificate);
    }
    return status == FEDVAL_OK ? note_reasons(planner->plan, certificate) : status;
}

fedval_status fv_plan_ready(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < plan->num_certificates; i++) {
        if (plan->certificates[i].num_ready_der > 0)
            status = judge_ready(planner, &plan->certificates[i]);
    }
    return status;
}

/* ---- which one it is to be ---- */

/* The present certificate will do if it holds every name and no rule refuses it. */
static fedval_status judge_present(fv_planner *planner, fedval_plan_certificate *certificate,
                                   bool *out_will_do)
{
    fv_plan_chain ready = certificate->chains[FV_PLAN_READY];
    const fv_plan_chain *present = &certificate->chains[FV_PLAN_PRESENT];
    bool is_refused = false;
    if (!present->is_known || present->certificates[0] == NULL ||
        !holds_all(certificate, present->certificates[0]))
        return FEDVAL_OK;
    certificate->chains[FV_PLAN_READY] = *present;
    fedval_status status = judge_chain(planner, certificate, false, &is_refused);
    certificate->chains[FV_PLAN_READY] = ready;
    *out_will_do = !is_refused;
    return status;
}

static fedval_status choose(fv_planner *planner, fedval_plan_certificate *certificate)
{
    bool keeps = false;
    if (certificate->num_ready_der > 0 && !certificate->is_refused) {
        certificate->origin = certificate->is_ready_request ? FEDVAL_PLAN_ORIGIN_READY_REQUEST
                                                            : FEDVAL_PLAN_ORIGIN_READY_CERTIFICATE;
        certificate->chains[FV_PLAN_PLANNED] = certificate->chains[FV_PLAN_READY];
        return FEDVAL_OK;
    }
    fedval_status status = judge_present(planner, certificate, &keeps);
    if (status != FEDVAL_OK)
        return status;
    certificate->origin = keeps ? FEDVAL_PLAN_ORIGIN_KEEP : FEDVAL_PLAN_ORIGIN_NEW;
    if (keeps) {
        certificate->chains[FV_PLAN_PLANNED] = certificate->chains[FV_PLAN_PRESENT];
        return FEDVAL_OK;
    }
    return fv_plan_ask_for(planner, certificate);
}

fedval_status fv_plan_choose(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < plan->num_certificates; i++)
        status = choose(planner, &plan->certificates[i]);
    return status;
}
