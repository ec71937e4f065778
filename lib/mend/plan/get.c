/* The getters of a plan and of its parts. */
#include "mend/plan/plan.h"

#include "base/code.h"

static const fv_code kinds[] = {
    {FEDVAL_PLAN_KIND_DNS, "dns"},
    {FEDVAL_PLAN_KIND_REQUEST, "request"},
    {FEDVAL_PLAN_KIND_TRUST, "trust"},
    {FEDVAL_PLAN_KIND_EXPRESSWAY, "expressway"},
    {FEDVAL_PLAN_KIND_POWERSHELL, "powershell"},
    {FEDVAL_PLAN_KIND_LETTER, "letter"},
};

static const fv_code origins[] = {
    {FEDVAL_PLAN_ORIGIN_KEEP, "keep"},
    {FEDVAL_PLAN_ORIGIN_READY_CERTIFICATE, "ready-certificate"},
    {FEDVAL_PLAN_ORIGIN_READY_REQUEST, "ready-request"},
    {FEDVAL_PLAN_ORIGIN_NEW, "new"},
};

static const fv_code readies[] = {
    {FEDVAL_PLAN_READY_CERTIFICATE, "certificate"},
    {FEDVAL_PLAN_READY_REQUEST, "request"},
};

static const fv_code harms[] = {
    {FEDVAL_PLAN_HARM_NONE, "none"},
    {FEDVAL_PLAN_HARM_NONE_KNOWN, "none-known"},
    {FEDVAL_PLAN_HARM_UNKNOWN, "unknown"},
    {FEDVAL_PLAN_HARM_SOME, "some"},
};

FV_CODE_FUNCTIONS(plan_harm, harms)
FV_CODE_FUNCTIONS(plan_kind, kinds)
FV_CODE_FUNCTIONS(plan_origin, origins)
FV_CODE_FUNCTIONS(plan_ready, readies)

int64_t fedval_plan_get_evaluated_at(const fedval_plan *plan)
{
    return plan == NULL ? FEDVAL_TIME_UNKNOWN : plan->evaluated_at;
}

uint32_t fedval_plan_get_verdict_today(const fedval_plan *plan)
{
    return plan == NULL ? (uint32_t)FEDVAL_VERDICT_NOT_CHECKED : plan->verdict_today;
}

uint32_t fedval_plan_get_verdict_after(const fedval_plan *plan)
{
    return plan == NULL ? (uint32_t)FEDVAL_VERDICT_NOT_CHECKED : plan->verdict_after;
}

uint32_t fedval_plan_get_harm(const fedval_plan *plan)
{
    return plan == NULL ? 0 : plan->harm;
}

uint32_t fedval_plan_is_judged_again(const fedval_plan *plan, uint32_t requirement)
{
    return plan != NULL && requirement >= 1 && requirement <= 8 && plan->judged_again[requirement];
}

size_t fedval_plan_count_assumed(const fedval_plan *plan)
{
    return plan == NULL ? 0 : plan->assumed.count;
}

const char *fedval_plan_get_assumed(const fedval_plan *plan, size_t index)
{
    return plan == NULL || index >= plan->assumed.count ? NULL : plan->assumed.items[index];
}

size_t fedval_plan_count_questions(const fedval_plan *plan)
{
    return plan == NULL ? 0 : plan->num_questions;
}

const char *fedval_plan_get_question(const fedval_plan *plan, size_t index)
{
    return plan == NULL || index >= plan->num_questions ? NULL : plan->questions[index].text;
}

const char *fedval_plan_get_question_member(const fedval_plan *plan, size_t index)
{
    return plan == NULL || index >= plan->num_questions ? NULL : plan->questions[index].member;
}

const char *fedval_plan_get_question_about(const fedval_plan *plan, size_t index)
{
    return plan == NULL || index >= plan->num_questions ? NULL : plan->questions[index].about;
}

size_t fedval_plan_count_domains(const fedval_plan *plan)
{
    return plan == NULL ? 0 : plan->num_domains;
}

const fedval_plan_domain *fedval_plan_get_domain(const fedval_plan *plan, size_t index)
{
    return plan == NULL || index >= plan->num_domains ? NULL : &plan->domains[index];
}

const char *fedval_plan_domain_get_name(const fedval_plan_domain *domain)
{
    return domain == NULL ? NULL : domain->name;
}

uint32_t fedval_plan_domain_get_side(const fedval_plan_domain *domain)
{
    return domain == NULL ? 0 : domain->side;
}

const char *fedval_plan_domain_get_target(const fedval_plan_domain *domain)
{
    return domain == NULL ? NULL : domain->target;
}

uint32_t fedval_plan_domain_get_verdict_today(const fedval_plan_domain *domain)
{
    return domain == NULL ? (uint32_t)FEDVAL_VERDICT_NOT_CHECKED : domain->verdict_today;
}

size_t fedval_plan_domain_count_why(const fedval_plan_domain *domain)
{
    return domain == NULL ? 0 : domain->num_why;
}

uint32_t fedval_plan_domain_get_why(const fedval_plan_domain *domain, size_t index)
{
    return domain == NULL || index >= domain->num_why ? 0 : domain->why[index];
}

uint32_t fedval_plan_domain_is_not_seen(const fedval_plan_domain *domain, uint32_t requirement)
{
    return domain != NULL && requirement >= 1 && requirement <= FV_NUM_REQUIREMENTS &&
           (domain->not_seen >> requirement & 1) != 0;
}

uint32_t fedval_plan_domain_get_verdict_after(const fedval_plan_domain *domain)
{
    return domain == NULL ? (uint32_t)FEDVAL_VERDICT_NOT_CHECKED : domain->verdict_after;
}

size_t fedval_plan_domain_count_findings(const fedval_plan_domain *domain)
{
    return domain == NULL ? 0 : domain->num_findings;
}

const fedval_finding *fedval_plan_domain_get_finding(const fedval_plan_domain *domain, size_t index)
{
    return domain == NULL || index >= domain->num_findings ? NULL : &domain->findings[index];
}

size_t fedval_plan_count_certificates(const fedval_plan *plan)
{
    return plan == NULL ? 0 : plan->num_certificates;
}

const fedval_plan_certificate *fedval_plan_get_certificate(const fedval_plan *plan, size_t index)
{
    return plan == NULL || index >= plan->num_certificates ? NULL : &plan->certificates[index];
}

const char *fedval_plan_certificate_get_peer(const fedval_plan_certificate *certificate)
{
    return certificate == NULL ? NULL : certificate->peer;
}

uint32_t fedval_plan_certificate_get_role(const fedval_plan_certificate *certificate)
{
    return certificate == NULL ? 0 : certificate->role;
}

uint32_t fedval_plan_certificate_is_for_both(const fedval_plan_certificate *certificate)
{
    return certificate != NULL && certificate->is_for_both;
}

uint32_t fedval_plan_certificate_get_origin(const fedval_plan_certificate *certificate)
{
    return certificate == NULL ? 0 : certificate->origin;
}

const char *fedval_plan_certificate_get_subject(const fedval_plan_certificate *certificate)
{
    return certificate == NULL ? NULL : certificate->subject;
}

size_t fedval_plan_certificate_count_names(const fedval_plan_certificate *certificate)
{
    return certificate == NULL ? 0 : certificate->num_names;
}

const char *fedval_plan_certificate_get_name(const fedval_plan_certificate *certificate,
                                             size_t index)
{
    return certificate == NULL || index >= certificate->num_names ? NULL
                                                                  : certificate->names[index].name;
}

const char *fedval_plan_certificate_get_name_purpose(const fedval_plan_certificate *certificate,
                                                     size_t index)
{
    return certificate == NULL || index >= certificate->num_names
               ? NULL
               : certificate->names[index].purpose;
}

uint32_t fedval_plan_certificate_get_ready(const fedval_plan_certificate *certificate)
{
    if (certificate == NULL || certificate->num_ready_der == 0)
        return 0;
    return certificate->is_ready_request ? FEDVAL_PLAN_READY_REQUEST
                                         : FEDVAL_PLAN_READY_CERTIFICATE;
}

uint32_t fedval_plan_certificate_is_reversed(const fedval_plan_certificate *certificate)
{
    return certificate != NULL && certificate->is_reversed;
}

/* A request has no issuer and no dates. */
static const char *const unchecked_of_request[] = {"trust", "validity"};

size_t fedval_plan_certificate_count_not_checked(const fedval_plan_certificate *certificate)
{
    bool is_request = fedval_plan_certificate_get_ready(certificate) == FEDVAL_PLAN_READY_REQUEST;
    return is_request ? sizeof(unchecked_of_request) / sizeof(unchecked_of_request[0]) : 0;
}

const char *fedval_plan_certificate_get_not_checked(const fedval_plan_certificate *certificate,
                                                    size_t index)
{
    return index < fedval_plan_certificate_count_not_checked(certificate)
               ? unchecked_of_request[index]
               : NULL;
}

uint32_t fedval_plan_certificate_get_signature(const fedval_plan_certificate *certificate)
{
    return certificate == NULL ? 0 : certificate->signature;
}

uint32_t fedval_plan_certificate_is_refused(const fedval_plan_certificate *certificate)
{
    return certificate != NULL && certificate->is_refused;
}

size_t fedval_plan_certificate_count_findings(const fedval_plan_certificate *certificate)
{
    return certificate == NULL ? 0 : certificate->num_findings;
}

const fedval_finding *
fedval_plan_certificate_get_finding(const fedval_plan_certificate *certificate, size_t index)
{
    return certificate == NULL || index >= certificate->num_findings
               ? NULL
               : &certificate->findings[index];
}

size_t fedval_plan_count_steps(const fedval_plan *plan)
{
    return plan == NULL ? 0 : plan->num_steps;
}

const fedval_plan_step *fedval_plan_get_step(const fedval_plan *plan, size_t index)
{
    return plan == NULL || index >= plan->num_steps ? NULL : &plan->steps[index];
}

uint32_t fedval_plan_step_get_number(const fedval_plan_step *step)
{
    return step == NULL ? 0 : step->number;
}

size_t fedval_plan_step_count_after(const fedval_plan_step *step)
{
    return step == NULL ? 0 : step->num_after;
}

uint32_t fedval_plan_step_get_after(const fedval_plan_step *step, size_t index)
{
    return step == NULL || index >= step->num_after ? 0 : step->after[index];
}

uint32_t fedval_plan_step_get_wait_s(const fedval_plan_step *step)
{
    return step == NULL ? 0 : step->wait_s;
}

uint32_t fedval_plan_step_get_side(const fedval_plan_step *step)
{
    return step == NULL ? 0 : step->side;
}

uint32_t fedval_plan_step_get_op(const fedval_plan_step *step)
{
    return step == NULL ? 0 : step->op;
}

uint32_t fedval_plan_step_get_kind(const fedval_plan_step *step)
{
    return step == NULL ? 0 : step->kind;
}

const char *fedval_plan_step_get_zone(const fedval_plan_step *step)
{
    return step == NULL ? NULL : step->zone;
}

const char *fedval_plan_step_get_owner(const fedval_plan_step *step)
{
    return step == NULL ? NULL : step->owner;
}

const char *fedval_plan_step_get_type(const fedval_plan_step *step)
{
    return step == NULL ? NULL : step->type;
}

uint32_t fedval_plan_step_get_ttl(const fedval_plan_step *step)
{
    return step == NULL ? 0 : step->record.ttl;
}

const char *fedval_plan_step_get_data(const fedval_plan_step *step)
{
    return step == NULL ? NULL : step->data;
}

size_t fedval_plan_step_count_why(const fedval_plan_step *step)
{
    return step == NULL ? 0 : step->num_why;
}

uint32_t fedval_plan_step_get_why(const fedval_plan_step *step, size_t index)
{
    return step == NULL || index >= step->num_why ? 0 : step->why[index];
}

uint32_t fedval_plan_step_is_one_change(const fedval_plan_step *step)
{
    return step != NULL && step->is_one_change;
}

const char *fedval_plan_step_get_hurts(const fedval_plan_step *step)
{
    return step == NULL ? NULL : step->hurts;
}

uint32_t fedval_plan_step_get_alternative_to(const fedval_plan_step *step)
{
    return step == NULL ? 0 : step->alternative_to;
}

size_t fedval_plan_count_files(const fedval_plan *plan)
{
    return plan == NULL ? 0 : plan->num_files;
}

const char *fedval_plan_get_file_purpose(const fedval_plan *plan, size_t index)
{
    static const char *const purposes[] = {
        [FV_PLAN_FILE_ZONE] = "lines for the zone: what to add, to replace, to remove",
        [FV_PLAN_FILE_CONFIG] = "makes a request: its first line is the openssl command",
        [FV_PLAN_FILE_PAGE] = "the values to type into Expressway's page instead",
        [FV_PLAN_FILE_TRUST] = "CA certificates for Expressway's trust list, and for partners",
        [FV_PLAN_FILE_XCONFIGURATION] = "commands for the Expressway",
        [FV_PLAN_FILE_POWERSHELL] = "commands for the partner's administrators",
        [FV_PLAN_FILE_LETTER] = "a letter to the partner",
    };
    return plan == NULL || index >= plan->num_files ? NULL : purposes[plan->files[index].kind];
}

const char *fedval_plan_get_file_name(const fedval_plan *plan, size_t index)
{
    return plan == NULL || index >= plan->num_files ? NULL : plan->files[index].name;
}
