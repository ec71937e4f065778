/* Walks a whole report and prints it, by the getters alone: each object has one set of them,
 * wherever it hangs. Saved evidence comes from standard input; there are no anchors, so trust stays
 * open.
 *
 * usage: walk-report <EVIDENCE.json */
#include <fedval/evaluate.h>

#include <inttypes.h>
#include <stdio.h>

static const char *or_dash(const char *text)
{
    return text == NULL ? "-" : text;
}

static void print_time(const char *what, int64_t time)
{
    char text[FEDVAL_TIME_SIZE];
    if (fedval_time_to_string(time, text, sizeof(text)) == FEDVAL_OK)
        printf("%s %s\n", what, text);
}

static void print_step(const char *name, const fedval_step *step)
{
    size_t finding = fedval_step_get_finding_index(step);
    printf("    step %s: %s", name, or_dash(fedval_mark_to_string(fedval_step_get_mark(step))));
    if (finding != SIZE_MAX)
        printf(", finding %zu", finding);
    printf("\n");
}

static void print_finding(const fedval_finding *finding)
{
    printf("  %s %s R%" PRIu32 ": %s\n",
           fedval_severity_to_string(fedval_finding_get_severity(finding)),
           fedval_finding_code_to_string(fedval_finding_get_code(finding)),
           fedval_finding_get_requirement(finding), fedval_finding_get_message(finding));
    printf(
        "    at %s %s; wanted %s; seen %s; rule %s\n", or_dash(fedval_finding_get_target(finding)),
        or_dash(fedval_finding_get_address(finding)), or_dash(fedval_finding_get_expected(finding)),
        or_dash(fedval_finding_get_observed(finding)), fedval_finding_get_source(finding));
    for (size_t i = 0; i < fedval_finding_count_params(finding); i++) {
        printf("    %s = %s\n", fedval_finding_get_param_name(finding, i),
               or_dash(fedval_finding_get_param_value(finding, i)));
    }
    for (size_t i = 0; i < fedval_finding_count_symptoms(finding); i++) {
        const fedval_symptom *symptom = fedval_finding_get_symptom(finding, i);
        printf(
            "    %s shows %s %s\n", fedval_seen_by_to_string(fedval_symptom_get_seen_by(symptom)),
            or_dash(fedval_symptom_get_code(symptom)), or_dash(fedval_symptom_get_text(symptom)));
    }
    printf("    remedy: %s\n", or_dash(fedval_finding_get_remedy(finding)));
}

/* A certificate's bytes lead to all that is in it (fedval/certificate.h). */
static void print_certificate(const fedval_report_certificate *shown)
{
    size_t der_len = 0;
    const uint8_t *der = fedval_report_certificate_get_der(shown, &der_len);
    fedval_certificate *certificate = NULL;
    printf("    %s\n", or_dash(fedval_report_certificate_get_subject(shown)));
    if (fedval_certificate_new(der, der_len, &certificate) != FEDVAL_OK)
        return;
    printf("      issuer %s, %s of %" PRIu32 " bits\n", fedval_certificate_get_issuer(certificate),
           fedval_key_type_to_string(fedval_certificate_get_key_type(certificate)),
           fedval_certificate_get_key_bits(certificate));
    print_time("      ends", fedval_report_certificate_get_not_after(shown));
    fedval_certificate_free(certificate);
}

static void print_presented(const fedval_presented *presented)
{
    if (fedval_presented_get_certificate(presented) == NULL)
        return;
    print_certificate(fedval_presented_get_certificate(presented));
    printf("    name %s, trust %s\n",
           or_dash(fedval_name_match_to_string(fedval_presented_get_name_match(presented))),
           fedval_trust_to_string(fedval_presented_get_trust(presented)));
    print_step("name", fedval_presented_get_name_step(presented));
    print_step("chain", fedval_presented_get_chain_step(presented));
    for (size_t i = 0; i < fedval_presented_count_paths(presented); i++) {
        const fedval_path *path = fedval_presented_get_path(presented, i);
        printf("   path %zu, %s\n", i, fedval_path_is_accepted(path) ? "accepted" : "refused");
        for (size_t j = 0; j < fedval_path_count_certificates(path); j++)
            print_certificate(fedval_path_get_certificate(path, j));
        for (size_t j = 0; j < fedval_path_count_findings(path); j++)
            print_finding(fedval_path_get_finding(path, j));
    }
}

static void print_endpoint(const fedval_endpoint *endpoint)
{
    printf("endpoint %s:%" PRIu16 ", %s\n", fedval_endpoint_get_target(endpoint),
           fedval_endpoint_get_port(endpoint),
           or_dash(fedval_srv_match_to_string(fedval_endpoint_get_srv_match(endpoint))));
    print_step("srv", fedval_endpoint_get_srv_step(endpoint));
    for (size_t i = 0; i < fedval_endpoint_count_addresses(endpoint); i++) {
        const fedval_address *address = fedval_endpoint_get_address(endpoint, i);
        printf("  address %s: %s, %s\n", or_dash(fedval_address_get_text(address)),
               or_dash(fedval_outcome_to_string(fedval_address_get_probe(address))),
               or_dash(fedval_address_get_tls_version(address)));
        print_step("address", fedval_address_get_address_step(address));
        print_step("tls", fedval_address_get_tls_step(address));
        print_presented(fedval_address_get_presented(address));
    }
}

static void print_action(const fedval_action *action)
{
    printf("action on the %s side: %s %s %s %s\n",
           fedval_side_to_string(fedval_action_get_side(action)),
           fedval_op_to_string(fedval_action_get_op(action)),
           or_dash(fedval_action_get_owner(action)), or_dash(fedval_action_get_type(action)),
           or_dash(fedval_action_get_data(action)));
    for (size_t i = 0; i < fedval_action_count_reasons(action); i++)
        printf("  mends %s\n", fedval_finding_code_to_string(fedval_action_get_reason(action, i)));
    if (fedval_action_get_hurts(action) != NULL)
        printf("  hurts: %s\n", fedval_action_get_hurts(action));
    if (fedval_action_get_alternative_index(action) != SIZE_MAX)
        printf("  in place of action %zu\n", fedval_action_get_alternative_index(action));
}

/* What the actions lead to, and what that is built on. */
static void print_outcome(const fedval_report *report)
{
    printf("after that: %s\n", fedval_verdict_to_string(fedval_report_get_after_actions(report)));
    for (uint32_t r = 1; r <= 8; r++) {
        if (fedval_report_is_judged_again(report, r))
            printf("  judged again: R%" PRIu32 "\n", r);
    }
    for (size_t i = 0; i < fedval_report_count_assumed(report); i++)
        printf("  assumed: %s\n", fedval_report_get_assumed(report, i));
    for (size_t i = 0; i < fedval_report_count_remaining(report); i++) {
        uint32_t code = fedval_report_get_remaining(report, i);
        printf("  remains: %s\n", fedval_finding_code_to_string(code));
    }
    if (fedval_report_has_joint_actions(report))
        printf("  all actions together\n");
    if (fedval_report_get_wait_s(report) > 0) {
        printf("  caches hold the old answers %s%" PRIu32 " s\n",
               fedval_report_is_wait_least(report) ? "at least " : "",
               fedval_report_get_wait_s(report));
    }
}

static void print_not_checked(const fedval_report *report)
{
    for (size_t i = 0; i < fedval_report_count_not_checked(report); i++) {
        uint32_t hint = fedval_report_get_not_checked_hint(report, i);
        printf("not checked: %s", fedval_report_get_not_checked(report, i));
        if (hint != FEDVAL_HINT_NONE)
            printf("; %s would", fedval_hint_to_string(hint));
        printf("\n");
    }
    if (fedval_report_get_num_findings_left_out(report) > 0)
        printf("%zu findings more\n", fedval_report_get_num_findings_left_out(report));
}

static void print_report(const fedval_report *report)
{
    printf("%s: %s, %s, by %s\n", fedval_report_get_domain(report),
           fedval_verdict_to_string(fedval_report_get_verdict(report)),
           fedval_side_to_string(fedval_report_get_side(report)),
           fedval_profile_to_string(fedval_report_get_profile(report)));
    print_time("judged at", fedval_report_get_evaluated_at(report));
    for (uint32_t r = 1; r <= 8; r++) {
        printf("R%" PRIu32 " %s%s\n", r,
               fedval_verdict_to_string(fedval_report_get_requirement(report, r)),
               fedval_report_is_required(report, r) ? ", required" : "");
    }
    for (size_t i = 0; i < fedval_report_count_endpoints(report); i++)
        print_endpoint(fedval_report_get_endpoint(report, i));
    print_presented(fedval_report_get_client(report));
    for (size_t i = 0; i < fedval_report_count_findings(report); i++)
        print_finding(fedval_report_get_finding(report, i));
    for (size_t i = 0; i < fedval_report_count_actions(report); i++)
        print_action(fedval_report_get_action(report, i));
    print_outcome(report);
    print_not_checked(report);
}

int main(void)
{
    static char json[1 << 20];
    size_t len = fread(json, 1, sizeof(json), stdin);
    fedval_evidence *evidence = NULL;
    fedval_judge *judge = NULL;
    fedval_report *report = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_evidence_new_from_json(json, len, &evidence, error);
    if (status == FEDVAL_OK)
        status = fedval_judge_new(&judge);
    if (status == FEDVAL_OK)
        status = fedval_judge_seal(judge);
    if (status == FEDVAL_OK)
        status = fedval_evaluate(judge, 0, evidence, &report);
    if (status == FEDVAL_OK)
        print_report(report);
    else {
        fprintf(stderr, "%s: %s\n", fedval_status_to_string(status),
                fedval_error_get_message(error));
    }
    fedval_report_free(report);
    fedval_judge_free(judge);
    fedval_evidence_free(evidence);
    fedval_error_free(error);
    return status == FEDVAL_OK ? 0 : 65;
}
