#include "accepted.h"

#include <fedval/catalogue.h>
#include <fedval/evidence.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t count_all(const cmd_policies *policies)
{
    size_t count = 0;
    for (size_t i = 0; i < policies->count; i++)
        count += fedval_policy_count_acceptances(policies->items[i]);
    return count;
}

bool accepted_init(cmd_accepted *accepted, const cmd_policies *policies)
{
    size_t count = count_all(policies);
    *accepted = (cmd_accepted){0};
    if (count == 0)
        return true;
    accepted->has_met = calloc(count, sizeof(*accepted->has_met));
    return accepted->has_met != NULL;
}

void accepted_clear(cmd_accepted *accepted)
{
    free(accepted->has_met);
    *accepted = (cmd_accepted){0};
}

static bool is_met_by(const fedval_finding *finding, uint32_t code)
{
    return fedval_finding_get_acceptance(finding) != 0 &&
           (fedval_finding_get_code(finding) == code || fedval_finding_get_fault(finding) == code);
}

static bool meets(const fedval_policy *policy, size_t index, const fedval_report *report)
{
    uint32_t code = fedval_policy_get_acceptance_code(policy, index);
    const char *domain = fedval_policy_get_acceptance_domain(policy, index);
    if (domain != NULL && strcmp(domain, fedval_report_get_domain(report)) != 0)
        return false;
    for (size_t i = 0; i < fedval_report_count_findings(report); i++) {
        if (is_met_by(fedval_report_get_finding(report, i), code))
            return true;
    }
    return false;
}

/* A chain is of no domain. */
static bool meets_chain(const fedval_policy *policy, size_t index,
                        const fedval_chain_result *result)
{
    if (fedval_policy_get_acceptance_domain(policy, index) != NULL)
        return false;
    for (size_t i = 0; i < fedval_chain_result_count_findings(result); i++) {
        if (is_met_by(fedval_chain_result_get_finding(result, i),
                      fedval_policy_get_acceptance_code(policy, index)))
            return true;
    }
    return false;
}

static bool meets_timeline(const fedval_policy *policy, size_t index,
                           const fedval_timeline *timeline)
{
    uint32_t code = fedval_policy_get_acceptance_code(policy, index);
    const char *domain = fedval_policy_get_acceptance_domain(policy, index);
    if (domain != NULL && strcmp(domain, fedval_timeline_get_domain(timeline)) != 0)
        return false;
    for (size_t i = 0; i < fedval_timeline_count_accepted(timeline); i++) {
        if (fedval_timeline_get_accepted(timeline, i) == code)
            return true;
    }
    return false;
}

/* One of the three; the others are NULL. */
static void note(cmd_accepted *accepted, const cmd_policies *policies, const fedval_report *report,
                 const fedval_chain_result *chain, const fedval_timeline *timeline)
{
    size_t at = 0;
    accepted->num_results++;
    for (size_t i = 0; accepted->has_met != NULL && i < policies->count; i++) {
        const fedval_policy *policy = policies->items[i];
        for (size_t k = 0; k < fedval_policy_count_acceptances(policy); k++, at++) {
            accepted->has_met[at] |= report != NULL  ? meets(policy, k, report)
                                     : chain != NULL ? meets_chain(policy, k, chain)
                                                     : meets_timeline(policy, k, timeline);
        }
    }
}

void accepted_note(cmd_accepted *accepted, const cmd_policies *policies,
                   const fedval_report *report)
{
    note(accepted, policies, report, NULL, NULL);
}

void accepted_note_chain(cmd_accepted *accepted, const cmd_policies *policies,
                         const fedval_chain_result *result)
{
    note(accepted, policies, NULL, result, NULL);
}

void accepted_note_timeline(cmd_accepted *accepted, const cmd_policies *policies,
                            const fedval_timeline *timeline)
{
    note(accepted, policies, NULL, NULL, timeline);
}

static bool is_same(const fedval_policy *a, size_t i, const fedval_policy *b, size_t k)
{
    const char *one = fedval_policy_get_acceptance_domain(a, i);
    const char *other = fedval_policy_get_acceptance_domain(b, k);
    return fedval_policy_get_acceptance_code(a, i) == fedval_policy_get_acceptance_code(b, k) &&
           (one == NULL ? other == NULL : other != NULL && strcmp(one, other) == 0);
}

/* Each policy of a run holds what --ignore says: once is enough, and one use under any of them is
 * one. */
static bool is_idle(const cmd_accepted *accepted, const cmd_policies *policies, size_t place,
                    const fedval_policy *policy, size_t index)
{
    size_t at = 0;
    for (size_t i = 0; i < policies->count; i++) {
        const fedval_policy *other = policies->items[i];
        for (size_t k = 0; k < fedval_policy_count_acceptances(other); k++, at++) {
            if (is_same(policy, index, other, k) && (accepted->has_met[at] || at < place))
                return false;
        }
    }
    return true;
}

static void tell(const fedval_policy *policy, size_t index)
{
    const char *domain = fedval_policy_get_acceptance_domain(policy, index);
    int64_t until = fedval_policy_get_acceptance_until(policy, index);
    char text[FEDVAL_TIME_SIZE] = "";
    if (until != FEDVAL_TIME_UNKNOWN)
        (void)fedval_time_to_string(until, text, sizeof(text)); /* it is in the policy */
    fprintf(stderr,
            "fedval: accepted, and not found: %s%s%s%s%s; --ignore or the policy that says "
            "so can be left out, or names another code or domain than is meant\n",
            fedval_finding_code_to_string(fedval_policy_get_acceptance_code(policy, index)),
            domain == NULL ? "" : "@", domain == NULL ? "" : domain,
            text[0] == '\0' ? "" : " until ", text);
}

void accepted_tell(const cmd_accepted *accepted, const cmd_policies *policies)
{
    size_t at = 0;
    for (size_t i = 0;
         accepted->num_results > 0 && accepted->has_met != NULL && i < policies->count; i++) {
        const fedval_policy *policy = policies->items[i];
        for (size_t k = 0; k < fedval_policy_count_acceptances(policy); k++, at++) {
            if (is_idle(accepted, policies, at, policy, k))
                tell(policy, k);
        }
    }
}
