/* Which path is found, and what is said of those that were tried. */
#include "test.h"

static void a_leaf_and_its_intermediate_lead_to_the_root(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_int_equal(t->result.num_paths, 1);
    assert_int_equal(t->result.accepted->num_rungs, 3);
    assert_string_equal(t->result.accepted->rungs[2].name, "CN=Root");
    assert_int_equal(t->result.accepted->rungs[2].sent_index, SIZE_MAX);
    assert_int_equal(t->result.accepted->anchor_class, FEDVAL_ANCHOR_PUBLIC);
    assert_int_equal(t->num_verified, 2);
}

static void the_order_in_which_certificates_are_sent_does_not_matter(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "C", .signer = 13);
    TOY_SEND(t, .subject = "A", .ca = true, .key = 11, .issuer = "Root", .signer = 1);
    TOY_SEND(t, .subject = "Stranger", .ca = true, .key = 50);
    TOY_SEND(t, .subject = "C", .ca = true, .key = 13, .issuer = "B", .signer = 12);
    TOY_SEND(t, .subject = "B", .ca = true, .key = 12, .issuer = "A", .signer = 11);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_int_equal(t->result.accepted->num_rungs, 5);
}

static void the_class_of_the_anchor_is_that_of_the_result(void **state)
{
    toy *t = *state;
    TOY_TRUST_PRIVATE(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PRIVATE);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_PRIVATE_ROOT);
    assert_string_equal(toy_param(&t->result.chain, FEDVAL_FINDING_CHAIN_PRIVATE_ROOT, "root"),
                        "CN=Root");
}

static void a_missing_intermediate_is_named_with_its_url(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_INCOMPLETE);
    const fv_trust_remarks *chain = &t->result.chain;
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CHAIN_INCOMPLETE, "issuer"), "CN=Issuing");
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CHAIN_INCOMPLETE, "aia_url"),
                        "http://pki.example.com/issuer.der");
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CHAIN_INCOMPLETE, "num_anchors"), "1");
}

static void a_root_that_is_sent_and_not_trusted_is_named(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, .ca = true, .subject = "Another", .key = 9);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    TOY_SEND(t, ROOT);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    const fv_trust_remarks *chain = &t->result.chain;
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT, "root"), "CN=Root");
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT, "root_sent"), "yes");
}

static void a_root_that_is_not_sent_and_not_trusted_is_named(void **state)
{
    toy *t = *state;
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    const fv_trust_remarks *chain = &t->result.chain;
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT, "root"), "CN=Root");
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT, "root_sent"), "no");
    assert_int_equal(toy_count(chain, FEDVAL_FINDING_CHAIN_INCOMPLETE), 0);
}

static void a_self_signed_end_entity_certificate_is_no_untrusted_root(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_SELF_SIGNED);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT);
}

static void a_self_signed_end_entity_certificate_can_be_an_anchor(void **state)
{
    toy *t = *state;
    toy_trust(t, FEDVAL_ANCHOR_PRIVATE, &(const toy_cert){LEAF});
    TOY_SEND(t, LEAF);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PRIVATE);
    assert_int_equal(t->num_verified, 0);
}

/* ---- several certificates of one CA ---- */

static void a_bogus_issuer_of_the_same_name_does_not_hide_the_good_one(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2, .no_key_ids = true);
    TOY_SEND(t, .subject = "Issuing", .ca = true, .key = 66, .issuer = "Root", .signer = 1,
             .from = "250101"); /* newer, so tried first */
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_int_equal(t->result.num_paths, 2);
    assert_true(t->result.paths[0].accepted);
    assert_int_equal(toy_count(&t->result.paths[1].remarks, FEDVAL_FINDING_CHAIN_BAD_SIGNATURE), 1);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_CHAIN_BAD_SIGNATURE);
}

static void the_key_id_says_which_of_two_cas_of_one_name_to_try(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, .ca = true, .subject = "Root", .key = 66, .from = "250101");
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_int_equal(t->num_verified, 1);
}

static void a_wrong_key_id_does_not_hide_the_issuer(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .wrong_issuer_key_id = 77);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
}

static void another_ca_of_the_same_name_is_no_bad_signature(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, .ca = true, .subject = "Issuing", .key = 66);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    toy_run(t);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_INCOMPLETE);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_CHAIN_BAD_SIGNATURE);
}

static void a_damaged_signature_is_one(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .bad = true);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_BAD_SIGNATURE);
    assert_string_equal(toy_param(&t->result.chain, FEDVAL_FINDING_CHAIN_BAD_SIGNATURE, "issuer"),
                        "CN=Root");
}

static void a_cross_signed_issuer_that_leads_nowhere_is_passed_over(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Gone", .signer = 99, .from = "250101");
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_int_equal(t->result.num_paths, 2);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_UNNEEDED_CERTIFICATES);
}

/* May 2020: the root among the anchors had expired, and so had its cross-signed double. */
static void an_expired_root_is_avoided_where_another_path_holds(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, .ca = true, .subject = "AddTrust", .key = 21, .to = "200530");
    TOY_TRUST(t, .ca = true, .subject = "UserTrust", .key = 22);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "UserTrust", .signer = 22);
    TOY_SEND(t, .subject = "UserTrust", .ca = true, .key = 22, .issuer = "AddTrust", .signer = 21);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_int_equal(t->result.accepted->num_rungs, 3);
}

static void an_expired_copy_of_a_root_beside_a_valid_one_does_no_harm(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .to = "210101");
    TOY_TRUST(t, ROOT, .from = "210101");
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
}

static void cas_that_sign_one_another_end_the_search(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "A", .signer = 11);
    TOY_SEND(t, .subject = "A", .ca = true, .key = 11, .issuer = "B", .signer = 12);
    TOY_SEND(t, .subject = "B", .ca = true, .key = 12, .issuer = "A", .signer = 11);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    assert_in_range(t->num_verified, 1, 4);
}

static void a_key_rollover_certificate_is_followed(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 41);
    TOY_SEND(t, .subject = "Root", .ca = true, .key = 41, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_int_equal(t->result.accepted->num_rungs, 3);
}

static void a_root_that_is_sent_too_is_taken_from_the_anchors(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    TOY_SEND(t, ROOT);
    toy_run(t);
    assert_int_equal(t->result.accepted->num_rungs, 2);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_CHAIN_UNNEEDED_CERTIFICATES);
}

/* ---- what the policy says of anchors ---- */

static void an_intermediate_is_an_anchor_where_the_policy_says_so(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ISSUING, .issuer = "Root", .signer = 1);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    toy_set(t, FEDVAL_POLICY_ALLOW_PARTIAL_CHAIN, 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
}

static void an_intermediate_among_the_anchors_helps_to_build_a_path(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_TRUST(t, ISSUING, .issuer = "Root", .signer = 1);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_int_equal(t->result.accepted->num_rungs, 3);
}

static void a_public_anchor_is_looked_for_where_the_policy_wants_one(void **state)
{
    toy *t = *state;
    toy_set_profile(t, FEDVAL_PROFILE_OFFICE365);
    TOY_TRUST_PRIVATE(t, .ca = true, .subject = "Lab", .key = 31);
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Lab", .signer = 31, .from = "250101");
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_CHAIN_PRIVATE_ROOT);
}

static void a_private_anchor_is_taken_when_there_is_no_public_one(void **state)
{
    toy *t = *state;
    toy_set_profile(t, FEDVAL_PROFILE_OFFICE365);
    TOY_TRUST_PRIVATE(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PRIVATE);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_PRIVATE_ROOT);
}

static void an_anchor_of_version_1_will_do(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .version = 1);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
}

/* ---- signatures that cannot be checked ---- */

static void an_unsupported_algorithm_leaves_trust_unknown(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .unsupported = true);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_UNKNOWN);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_SIGNATURE_UNSUPPORTED);
}

static void without_a_verifier_trust_is_unknown(void **state)
{
    toy *t = *state;
    fedval_verifier *verifier = t->verifier;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    t->verifier = NULL;
    toy_run(t);
    t->verifier = verifier;
    ASSERT_TRUST(t, FEDVAL_TRUST_UNKNOWN);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_SIGNATURE_UNSUPPORTED);
}

/* ---- the diagnosis ---- */

static void a_broken_path_is_followed_to_its_end(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .to = "210101");
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    assert_int_equal(t->result.num_paths, 1);
    const fv_trust_path *path = &t->result.paths[0];
    assert_int_equal(path->num_rungs, 3);
    assert_true(path->ends_at_anchor);
    assert_int_equal(path->remarks.items[0].rung, 1);
    assert_int_equal(path->remarks.items[0].remark.code, FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED);
}

static void the_path_that_got_furthest_speaks_for_the_chain(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Gone", .signer = 99);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .to = "210101");
    toy_run(t);
    assert_int_equal(t->result.num_paths, 2);
    assert_true(t->result.paths[0].ends_at_anchor);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT);
    assert_int_equal(toy_count(&t->result.paths[1].remarks, FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT),
                     1);
}

static void every_fault_of_a_path_is_recorded(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .pathlen = AT(0));
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .to = "210101", .eku = "client",
             .unknown_critical = true, .permitted = "dns:other.example");
    toy_run(t);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_EKU_NOT_PERMITTED);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_UNKNOWN_CRITICAL_EXTENSION);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_NAME_NOT_PERMITTED);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_PATH_TOO_LONG);
}

static void a_certificate_that_cannot_be_read_ends_it(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    toy_send_der(t, (fv_bytes){(const uint8_t *)"nothing", 7});
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    assert_int_equal(toy_count(&t->result.end_entity, FEDVAL_FINDING_CERT_MALFORMED), 1);
}

static void a_surplus_that_cannot_be_read_does_no_harm(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_send_der(t, (fv_bytes){(const uint8_t *)"nothing", 7});
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_UNNEEDED_CERTIFICATES);
}

static void anchors_that_are_not_sealed_are_refused(void **state)
{
    toy *t = *state;
    fv_trust_input input = {.policy = t->policy, .time = t->time, .anchors = t->anchors};
    fv_trust_result result;
    assert_int_equal(fv_trust_evaluate(&t->arena, &input, &result), FEDVAL_ERROR_STATE);
}

static void no_anchors_at_all_trust_nothing(void **state)
{
    toy *t = *state;
    fv_trust_result result;
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    fv_trust_input input = {.certificates = t->sent,
                            .num_certificates = 1,
                            .policy = t->policy,
                            .time = t->time,
                            .verifier = t->verifier};
    assert_int_equal(fv_trust_evaluate(&t->arena, &input, &result), FEDVAL_OK);
    assert_int_equal(result.trust, FEDVAL_TRUST_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_leaf_and_its_intermediate_lead_to_the_root),
        T(the_order_in_which_certificates_are_sent_does_not_matter),
        T(the_class_of_the_anchor_is_that_of_the_result),
        T(a_missing_intermediate_is_named_with_its_url),
        T(a_root_that_is_sent_and_not_trusted_is_named),
        T(a_root_that_is_not_sent_and_not_trusted_is_named),
        T(a_self_signed_end_entity_certificate_is_no_untrusted_root),
        T(a_self_signed_end_entity_certificate_can_be_an_anchor),
        T(a_bogus_issuer_of_the_same_name_does_not_hide_the_good_one),
        T(the_key_id_says_which_of_two_cas_of_one_name_to_try),
        T(a_wrong_key_id_does_not_hide_the_issuer),
        T(another_ca_of_the_same_name_is_no_bad_signature),
        T(a_damaged_signature_is_one),
        T(a_cross_signed_issuer_that_leads_nowhere_is_passed_over),
        T(an_expired_root_is_avoided_where_another_path_holds),
        T(an_expired_copy_of_a_root_beside_a_valid_one_does_no_harm),
        T(cas_that_sign_one_another_end_the_search),
        T(a_key_rollover_certificate_is_followed),
        T(a_root_that_is_sent_too_is_taken_from_the_anchors),
        T(an_intermediate_is_an_anchor_where_the_policy_says_so),
        T(an_intermediate_among_the_anchors_helps_to_build_a_path),
        T(a_public_anchor_is_looked_for_where_the_policy_wants_one),
        T(a_private_anchor_is_taken_when_there_is_no_public_one),
        T(an_anchor_of_version_1_will_do),
        T(an_unsupported_algorithm_leaves_trust_unknown),
        T(without_a_verifier_trust_is_unknown),
        T(a_broken_path_is_followed_to_its_end),
        T(the_path_that_got_furthest_speaks_for_the_chain),
        T(every_fault_of_a_path_is_recorded),
        T(a_certificate_that_cannot_be_read_ends_it),
        T(a_surplus_that_cannot_be_read_does_no_harm),
        T(anchors_that_are_not_sealed_are_refused),
        T(no_anchors_at_all_trust_nothing),
    };
    return cmocka_run_group_tests_name("trust/search", tests, NULL, NULL);
}
