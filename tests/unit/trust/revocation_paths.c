/* Revocation where several paths lead to an anchor (RFC 5280 6.3 works it out for one of them). */
#include "revoked.h"

#include "trust/crl_scope.h"

/* ---- two certificates of one CA, under two roots ---- */

/* `first` is the root whose certificate of the CA is sent first. Its key identifiers do not say
 * which one is meant. */
static void send_under_two_roots(toy *t, unsigned first, unsigned usage_of_first)
{
    toy_cert roots[] = {{.subject = "Root 1", .key = 11, .ca = true},
                        {.subject = "Root 2", .key = 12, .ca = true}};
    toy_trust(t, FEDVAL_ANCHOR_PUBLIC, &roots[0]);
    toy_trust(t, FEDVAL_ANCHOR_PUBLIC, &roots[1]);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    for (unsigned i = 0; i < 2; i++) {
        const toy_cert *root = &roots[i == 0 ? first - 1 : 2 - first];
        TOY_SEND(t, ISSUING, .issuer = root->subject, .signer = root->key,
                 .usage = i == 0 ? usage_of_first : 0);
    }
}

typedef struct two_roots {
    const char *what;
    bool has_crl_of_leaf, has_crl_of_1, has_crl_of_2;
    unsigned revoked_by_1, revoked_by_2;
    int outcome;
    unsigned root; /* that the accepted path ends at; 0: either; 3: no path is accepted */
} two_roots;

static const two_roots rows[] = {
    {"the lists of the second are complete", true, false, true, 0, 0, SILENT, 2},
    {"the lists of the first are complete", true, true, false, 0, 0, SILENT, 1},
    {"both are complete", true, true, true, 0, 0, SILENT, 0},
    {"neither is complete", true, false, false, 0, 0, NOT_CHECKED, 0},
    {"the list of the leaf is missing", false, true, true, 0, 0, NOT_CHECKED, 0},
    {"the CA is revoked by the first, sound by the second", true, true, true, 2, 0, SILENT, 2},
    {"the CA is revoked by the second, sound by the first", true, true, true, 0, 2, SILENT, 1},
    {"the CA is revoked by the first, the second gave none", true, true, false, 2, 0, NOT_CHECKED,
     2},
    {"the CA is revoked by both", true, true, true, 2, 2, REVOKED, 3},
};

static void assert_root(const toy *t, const two_roots *row)
{
    const fv_trust_path *path = t->result.accepted;
    if (row->root == 3) {
        assert_null(path);
        return;
    }
    assert_non_null(path);
    if (row->root != 0)
        assert_string_equal(path->rungs[2].name, row->root == 1 ? "CN=Root 1" : "CN=Root 2");
}

static void run_two_roots(const two_roots *row, unsigned first)
{
    toy t;
    toy_open(&t);
    send_under_two_roots(&t, first, 0);
    if (row->has_crl_of_leaf)
        TOY_CRL(&t, .issuer = "Issuing", .signer = 2);
    if (row->has_crl_of_1)
        TOY_CRL(&t, .issuer = "Root 1", .signer = 11, .revoked = row->revoked_by_1);
    if (row->has_crl_of_2)
        TOY_CRL(&t, .issuer = "Root 2", .signer = 12, .revoked = row->revoked_by_2);
    toy_run(&t);
    if (outcome_of(&t) != row->outcome)
        fail_msg("%s, %u first: %s", row->what, first, toy_describe(&t, &t.result.chain));
    assert_root(&t, row);
    toy_close(&t);
}

static void the_path_whose_revocation_is_known_speaks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        run_two_roots(&rows[i], 1);
        run_two_roots(&rows[i], 2);
    }
}

/* On the path through the certificate that may not sign CRLs the list of the CA counts for nothing,
 * and the leaf seems unchecked; the other path proves that it is revoked. */
static void what_one_path_proves_revoked_is_revoked_on_the_other(void **state)
{
    (void)state;
    for (unsigned first = 1; first <= 2; first++) {
        toy t;
        toy_open(&t);
        send_under_two_roots(&t, first, FV_KEY_USAGE_KEY_CERT_SIGN);
        TOY_CRL(&t, .issuer = "Issuing", .signer = 2, .revoked = 3);
        TOY_CRL(&t, .issuer = "Root 1", .signer = 11);
        TOY_CRL(&t, .issuer = "Root 2", .signer = 12);
        toy_run(&t);
        assert_int_equal(outcome_of(&t), REVOKED);
        assert_null(t.result.accepted);
        toy_close(&t);
    }
}

/* A revoked CA proves nothing of those below it. */
static void what_a_revoked_ca_lists_counts_on_no_other_path(void **state)
{
    toy *t = *state;
    send_under_two_roots(t, 2, FV_KEY_USAGE_KEY_CERT_SIGN);
    TOY_CRL(t, .issuer = "Issuing", .signer = 2, .revoked = 3);
    TOY_CRL(t, .issuer = "Root 1", .signer = 11, .revoked = 2);
    TOY_CRL(t, .issuer = "Root 2", .signer = 12);
    toy_run(t);
    assert_int_equal(outcome_of(t), UNUSABLE);
    assert_non_null(t->result.accepted);
}

/* ---- a path that was kept and proves to be revoked ---- */

/* Two certificates of the CA Mid, of which one may not sign CRLs: the CA below it seems unchecked
 * through that one, and is revoked. Its other certificate, from a third root, is unchecked too. */
static void another_path_is_taken_where_the_one_that_was_kept_is_revoked(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, .subject = "Root 1", .key = 11, .ca = true);
    TOY_TRUST(t, .subject = "Root 3", .key = 13, .ca = true);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Mid", .signer = 5);
    TOY_SEND(t, ISSUING, .issuer = "Root 3", .signer = 13);
    TOY_SEND(t, .subject = "Mid", .ca = true, .key = 5, .issuer = "Root 1", .signer = 11,
             .usage = FV_KEY_USAGE_KEY_CERT_SIGN);
    TOY_SEND(t, .subject = "Mid", .ca = true, .key = 5, .issuer = "Root 1", .signer = 11);
    TOY_CRL(t, .issuer = "Mid", .signer = 5, .revoked = 2);
    toy_run(t);
    assert_int_equal(outcome_of(t), NOT_CHECKED);
    assert_non_null(t->result.accepted);
    assert_string_equal(t->result.accepted->rungs[2].name, "CN=Root 3");
}

static void a_public_anchor_goes_before_known_revocation(void **state)
{
    toy *t = *state;
    toy_set_profile(t, FEDVAL_PROFILE_OFFICE365);
    TOY_TRUST_PRIVATE(t, .subject = "Root 1", .key = 11, .ca = true);
    TOY_TRUST(t, .subject = "Root 2", .key = 12, .ca = true);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root 1", .signer = 11);
    TOY_SEND(t, ISSUING, .issuer = "Root 2", .signer = 12);
    TOY_CRL(t, .issuer = "Issuing", .signer = 2);
    TOY_CRL(t, .issuer = "Root 1", .signer = 11);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_int_equal(outcome_of(t), NOT_CHECKED);
}

/* ---- the signer of a CRL ---- */

/* RFC 5280 6.3.3 (f): its path has to end at the root of the chain; that another one ends
 * elsewhere does not count against it. */
static void the_signer_of_a_crl_is_looked_for_under_the_root_of_each_path(void **state)
{
    (void)state;
    for (unsigned first = 1; first <= 2; first++) {
        toy t;
        toy_open(&t);
        send_under_two_roots(&t, 2, 0);
        for (unsigned i = 0; i < 2; i++) {
            bool is_1 = (i == 0) == (first == 1);
            TOY_SEND(&t, .subject = "Issuing", .key = 6, .ca = true,
                     .issuer = is_1 ? "Root 1" : "Root 2", .signer = is_1 ? 11 : 12);
        }
        TOY_CRL(&t, .issuer = "Issuing", .signer = 6);
        TOY_CRL(&t, .issuer = "Root 1", .signer = 11);
        toy_run(&t);
        if (outcome_of(&t) != SILENT)
            fail_msg("%u first: %s", first, toy_describe(&t, &t.result.chain));
        assert_string_equal(t.result.accepted->rungs[2].name, "CN=Root 1");
        toy_close(&t);
    }
}

/* The only certificate of the signer is under the second root. On the path to the first it is not
 * trusted; that is forgotten on the path to the second. */
static void a_signer_that_one_root_does_not_vouch_for_may_be_vouched_for_by_another(void **state)
{
    (void)state;
    for (unsigned first = 1; first <= 2; first++) {
        toy t;
        toy_open(&t);
        send_under_two_roots(&t, first, 0);
        TOY_SEND(&t, .subject = "Issuing", .key = 6, .ca = true, .issuer = "Root 2", .signer = 12);
        TOY_CRL(&t, .issuer = "Issuing", .signer = 6);
        TOY_CRL(&t, .issuer = "Root 1", .signer = 11);
        TOY_CRL(&t, .issuer = "Root 2", .signer = 12);
        toy_run(&t);
        if (outcome_of(&t) != SILENT)
            fail_msg("%u first: %s", first, toy_describe(&t, &t.result.chain));
        assert_string_equal(t.result.accepted->rungs[2].name, "CN=Root 2");
        toy_close(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_path_whose_revocation_is_known_speaks),
        cmocka_unit_test(what_one_path_proves_revoked_is_revoked_on_the_other),
        T(what_a_revoked_ca_lists_counts_on_no_other_path),
        T(another_path_is_taken_where_the_one_that_was_kept_is_revoked),
        T(a_public_anchor_goes_before_known_revocation),
        cmocka_unit_test(the_signer_of_a_crl_is_looked_for_under_the_root_of_each_path),
        cmocka_unit_test(a_signer_that_one_root_does_not_vouch_for_may_be_vouched_for_by_another),
    };
    return cmocka_run_group_tests_name("trust/revocation_paths", tests, NULL, NULL);
}
