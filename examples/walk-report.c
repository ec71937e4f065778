/* Walks a whole report and prints it. It calls every getter of a report and of what hangs on it;
 * each object has one set of them, wherever it hangs. Saved evidence comes from standard input;
 * there are no anchors, so trust stays open. usage: walk-report <EVIDENCE.json */
#include <fedval/evaluate.h>
#include <fedval/pair.h>

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

static void print_index(const char *what, size_t index)
{
    if (index != SIZE_MAX)
        printf(" %s %zu", what, index);
}

static void print_place(const fedval_finding *finding)
{
    printf("    at %s port %" PRIu16 ", address %s; certificate %s (%s)",
           or_dash(fedval_finding_get_target(finding)), fedval_finding_get_port(finding),
           or_dash(fedval_finding_get_address(finding)),
           or_dash(fedval_finding_get_certificate(finding)),
           or_dash(fedval_role_to_string(fedval_finding_get_role(finding))));
    print_index("endpoint", fedval_finding_get_endpoint_index(finding));
    print_index("address", fedval_finding_get_address_index(finding));
    printf("\n");
}

static void print_symptom(const fedval_symptom *symptom)
{
    printf("    %s, %s, shows %s %s: %s\n",
           fedval_seen_by_to_string(fedval_symptom_get_seen_by(symptom)),
           or_dash(fedval_direction_to_string(fedval_symptom_get_direction(symptom))),
           or_dash(fedval_symptom_get_code(symptom)), or_dash(fedval_symptom_get_name(symptom)),
           or_dash(fedval_symptom_get_text(symptom)));
}

static void print_weight(const fedval_finding *finding)
{
    uint32_t acceptance = fedval_finding_get_acceptance(finding);
    for (uint32_t way = FEDVAL_WAY_TO_MICROSOFT; way <= FEDVAL_WAY_CALL_BACK; way++) {
        if (fedval_finding_is_breaking(finding, way))
            printf("    breaks %s\n", fedval_way_to_string(way));
    }
    printf("    breaks calls %" PRIx32 ", %s by an action\n", fedval_finding_get_breaks(finding),
           fedval_finding_is_mended(finding) ? "mended" : "not mended");
    if (fedval_finding_get_fault(finding) != 0) {
        printf("    the standby has %s\n",
               fedval_finding_code_to_string(fedval_finding_get_fault(finding)));
    }
    if (acceptance != 0) {
        printf("    acceptance %s\n", fedval_acceptance_to_string(acceptance));
        print_time("    until", fedval_finding_get_accepted_until(finding));
    }
}

/* `decoded` is NULL where there is no certificate, or none that can be read. */
static void print_identity(const char *sha256, const fedval_certificate *decoded)
{
    if (sha256 != NULL)
        printf("      SHA-256 %s\n", sha256);
    if (decoded != NULL) {
        printf("      issued by %s; %s, %" PRIu32 " bits\n", fedval_certificate_get_issuer(decoded),
               or_dash(fedval_key_type_to_string(fedval_certificate_get_key_type(decoded))),
               fedval_certificate_get_key_bits(decoded));
    }
}

static void print_finding(const fedval_finding *finding)
{
    printf("  %s %s R%" PRIu32 ": %s\n",
           fedval_severity_to_string(fedval_finding_get_severity(finding)),
           fedval_finding_code_to_string(fedval_finding_get_code(finding)),
           fedval_finding_get_requirement(finding), fedval_finding_get_message(finding));
    print_place(finding);
    printf("    wanted %s; seen %s; rule %s\n", or_dash(fedval_finding_get_expected(finding)),
           or_dash(fedval_finding_get_observed(finding)), fedval_finding_get_source(finding));
    for (size_t i = 0; i < fedval_finding_count_params(finding); i++) {
        printf("    %s = %s\n", fedval_finding_get_param_name(finding, i),
               or_dash(fedval_finding_get_param_value(finding, i)));
    }
    for (size_t i = 0; i < fedval_finding_count_symptoms(finding); i++)
        print_symptom(fedval_finding_get_symptom(finding, i));
    print_weight(finding);
    print_identity(fedval_finding_get_certificate_sha256(finding),
                   fedval_finding_get_decoded_certificate(finding));
    printf("    remedy: %s\n", or_dash(fedval_finding_get_remedy(finding)));
}

static void print_certificate(const fedval_report_certificate *shown)
{
    printf("    %s, Common Name %s, %s, revocation %s, mark %s\n",
           or_dash(fedval_report_certificate_get_subject(shown)),
           or_dash(fedval_report_certificate_get_common_name(shown)),
           or_dash(fedval_role_to_string(fedval_report_certificate_get_role(shown))),
           or_dash(fedval_revocation_to_string(fedval_report_certificate_get_revocation(shown))),
           or_dash(fedval_mark_to_string(fedval_report_certificate_get_mark(shown))));
    for (size_t i = 0; i < fedval_report_certificate_count_dns_names(shown); i++)
        printf("      holds %s\n", fedval_report_certificate_get_dns_name(shown, i));
    printf("      and %zu names more\n",
           fedval_report_certificate_get_num_dns_names_left_out(shown));
    print_time("      begins", fedval_report_certificate_get_not_before(shown));
    print_time("      ends", fedval_report_certificate_get_not_after(shown));
    size_t der_len = 0;
    (void)fedval_report_certificate_get_der(shown, &der_len);
    printf("      %zu bytes of DER\n", der_len);
    print_identity(fedval_report_certificate_get_sha256(shown),
                   fedval_report_certificate_get_decoded(shown));
}

static void print_path(const fedval_path *path)
{
    printf("   a path, %s\n", fedval_path_is_accepted(path) ? "accepted" : "refused");
    for (size_t j = 0; j < fedval_path_count_certificates(path); j++)
        print_certificate(fedval_path_get_certificate(path, j));
    for (size_t j = 0; j < fedval_path_count_findings(path); j++) {
        print_index("   certificate", fedval_path_get_finding_rung(path, j));
        print_finding(fedval_path_get_finding(path, j));
    }
    printf("   and %zu findings more\n", fedval_path_get_num_findings_left_out(path));
}

static void print_presented(const fedval_presented *presented)
{
    if (fedval_presented_get_certificate(presented) == NULL)
        return;
    print_certificate(fedval_presented_get_certificate(presented));
    printf("    from a %s, name %s, trust %s\n",
           or_dash(fedval_origin_to_string(fedval_presented_get_origin(presented))),
           or_dash(fedval_name_match_to_string(fedval_presented_get_name_match(presented))),
           fedval_trust_to_string(fedval_presented_get_trust(presented)));
    print_step("name", fedval_presented_get_name_step(presented));
    print_step("chain", fedval_presented_get_chain_step(presented));
    for (size_t i = 0; i < fedval_presented_count_paths(presented); i++)
        print_path(fedval_presented_get_path(presented, i));
}

static void print_address(const fedval_address *address)
{
    const char *why = fedval_address_get_not_public(address);
    printf("  address %s: %s, %s, by %s\n", or_dash(fedval_address_get_text(address)),
           or_dash(fedval_outcome_to_string(fedval_address_get_probe(address))),
           or_dash(fedval_address_get_tls_version(address)),
           or_dash(fedval_address_get_probe_source(address)));
    if (why != NULL)
        printf("    %s, %s\n", why, fedval_address_is_allowed(address) ? "allowed" : "not allowed");
    printf("    alert %" PRId32 ", client certificate %s\n", fedval_address_get_alert(address),
           or_dash(fedval_client_certificate_to_string(
               fedval_address_get_client_certificate(address))));
    print_step("address", fedval_address_get_address_step(address));
    print_step("tls", fedval_address_get_tls_step(address));
    print_presented(fedval_address_get_presented(address));
}

static void print_endpoint(const fedval_endpoint *endpoint)
{
    printf("endpoint %s:%" PRIu16 ", %s\n", fedval_endpoint_get_target(endpoint),
           fedval_endpoint_get_port(endpoint),
           or_dash(fedval_srv_match_to_string(fedval_endpoint_get_srv_match(endpoint))));
    print_step("srv", fedval_endpoint_get_srv_step(endpoint));
    printf("  %s, priority %" PRIu16 ", weight %" PRIu16 ", TTL %" PRIu32 "%s%s\n",
           or_dash(fedval_rank_to_string(fedval_endpoint_get_rank(endpoint))),
           fedval_endpoint_get_priority(endpoint), fedval_endpoint_get_weight(endpoint),
           fedval_endpoint_get_ttl(endpoint),
           fedval_endpoint_is_provider(endpoint) ? ", at a provider" : "",
           fedval_endpoint_is_from_policy(endpoint) ? ", from the policy" : "");
    printf("  look-up of its addresses: %s\n",
           or_dash(fedval_outcome_to_string(fedval_endpoint_get_address_outcome(endpoint))));
    print_step("lookup", fedval_endpoint_get_lookup_step(endpoint));
    for (size_t i = 0; i < fedval_endpoint_count_addresses(endpoint); i++)
        print_address(fedval_endpoint_get_address(endpoint, i));
}

static void print_action(const fedval_action *action)
{
    printf("action on the %s side: %s %s %s %s\n",
           fedval_side_to_string(fedval_action_get_side(action)),
           fedval_op_to_string(fedval_action_get_op(action)),
           or_dash(fedval_action_get_owner(action)), or_dash(fedval_action_get_type(action)),
           or_dash(fedval_action_get_data(action)));
    printf("  %s, TTL %" PRIu32 " (%s), certificate %s (%s%s) at %s, %zu names more\n",
           or_dash(fedval_action_kind_to_string(fedval_action_get_kind(action))),
           fedval_action_get_ttl(action),
           or_dash(fedval_authority_to_string(fedval_action_get_ttl_authority(action))),
           or_dash(fedval_action_get_certificate(action)),
           or_dash(fedval_role_to_string(fedval_action_get_role(action))),
           fedval_action_is_for_both(action) != 0 ? ", for both" : "",
           or_dash(fedval_action_get_address(action)),
           fedval_action_get_num_names_left_out(action));
    for (size_t i = 0; i < fedval_action_count_reasons(action); i++)
        printf("  mends %s\n", fedval_finding_code_to_string(fedval_action_get_reason(action, i)));
    printf("  hurts: %s\n", or_dash(fedval_action_get_hurts(action)));
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
        if (fedval_report_is_open_after(report, r))
            printf("  open: R%" PRIu32 "\n", r);
    }
    for (size_t i = 0; i < fedval_report_count_assumed(report); i++)
        printf("  assumed: %s\n", fedval_report_get_assumed(report, i));
    for (size_t i = 0; i < fedval_report_count_remaining(report); i++) {
        uint32_t code = fedval_report_get_remaining(report, i);
        printf("  remains: %s\n", fedval_finding_code_to_string(code));
    }
    printf("  or the partner: %s\n", or_dash(fedval_report_get_partner_alternative(report)));
    if (fedval_report_has_joint_actions(report))
        printf("  all actions together\n");
    if (fedval_report_get_wait_s(report) > 0) {
        printf("  caches hold the old answers %s%" PRIu32 " s\n",
               fedval_report_is_wait_least(report) ? "at least " : "",
               fedval_report_get_wait_s(report));
    }
}

/* What lies on the partner's side, or behind its servers, no check from outside can see. */
static int is_out_of_sight(uint32_t kind)
{
    return kind == FEDVAL_NOT_CHECKED_PARTNER_ALLOWED_LIST ||
           kind == FEDVAL_NOT_CHECKED_USER_POLICY || kind == FEDVAL_NOT_CHECKED_MEDIA;
}

static void print_not_checked(const fedval_report *report)
{
    for (size_t i = 0; i < fedval_report_count_not_checked(report); i++) {
        uint32_t hint = fedval_report_get_not_checked_hint(report, i);
        printf("not checked: %s", fedval_report_get_not_checked(report, i));
        if (hint != FEDVAL_HINT_NONE)
            printf("; %s would", fedval_hint_to_string(hint));
        if (is_out_of_sight(fedval_report_get_not_checked_kind(report, i)))
            printf("; nothing from outside would");
        printf("\n");
    }
    if (fedval_report_get_num_findings_left_out(report) > 0)
        printf("%zu findings more\n", fedval_report_get_num_findings_left_out(report));
}

/* Who judged what, by which policy and which anchors. */
static void print_basis(const fedval_report *report)
{
    const fedval_policy *policy = fedval_report_get_policy(report);
    printf("given as %s; side %s; scope %s; policy %s\n",
           or_dash(fedval_report_get_domain_given(report)),
           fedval_report_is_side_inferred(report) ? "inferred" : "given",
           fedval_scope_to_string(fedval_report_get_scope(report)),
           fedval_profile_to_string(fedval_policy_get_profile(policy)));
    for (uint32_t kind = FEDVAL_ANCHOR_PUBLIC; kind <= FEDVAL_ANCHOR_PRIVATE; kind++) {
        printf("%zu %s anchors, SHA-256 %s\n", fedval_report_get_num_anchors(report, kind),
               fedval_anchor_class_to_string(kind),
               or_dash(fedval_report_get_anchors_sha256(report, kind)));
    }
    print_time("gathered at", fedval_report_get_gathered_at(report));
    print_time("judged at", fedval_report_get_evaluated_at(report));
    print_time("valid until", fedval_report_get_valid_until(report));
    printf("a pass of %s; %s: %s, by %s%s\n", or_dash(fedval_report_get_pass_of(report)),
           or_dash(fedval_report_get_srv_owner(report)),
           or_dash(fedval_outcome_to_string(fedval_report_get_srv_outcome(report))),
           or_dash(fedval_report_get_dns_source(report)),
           fedval_report_is_for_both_domains(report) ? "; both domains are concerned" : "");
    print_step("srv", fedval_report_get_srv_step(report));
}

/* Who has to hear of it. */
static void print_partners(const fedval_report *report)
{
    if (fedval_report_has_owner_letter(report))
        printf("there is something to write to whoever runs this domain\n");
    if (fedval_report_get_private_root(report) != NULL)
        printf("partners have to trust %s\n", fedval_report_get_private_root(report));
}

static void print_report(const fedval_report *report)
{
    printf("%s: %s, %s, by %s\n", fedval_report_get_domain(report),
           fedval_verdict_to_string(fedval_report_get_verdict(report)),
           fedval_side_to_string(fedval_report_get_side(report)),
           fedval_profile_to_string(fedval_report_get_profile(report)));
    print_basis(report);
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
    print_partners(report);
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
