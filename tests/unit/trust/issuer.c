/* What a CA certificate must be, and the place it stands at. */
#include "test.h"

static const struct {
    const char *what;
    toy_cert issuing; /* name, keys and issuer are filled in */
    uint32_t code;    /* 0: the path is sound */
} rows[] = {
    {"sound", {.ca = true}, 0},
    {"expired", {.ca = true, .to = "291231"}, FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED},
    {"the last day", {.ca = true, .to = "300101"}, 0},
    {"the first day", {.ca = true, .from = "300101"}, 0},
    {"not yet valid", {.ca = true, .from = "300102"}, FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED},
    {"no CA", {.ca = false, .pathlen = AT(0)}, FEDVAL_FINDING_CHAIN_NOT_A_CA},
    {"no basicConstraints",
     {.ca = true, .no_basic_constraints = true},
     FEDVAL_FINDING_CHAIN_NOT_A_CA},
    {"version 1", {.ca = true, .version = 1}, FEDVAL_FINDING_CHAIN_NOT_A_CA},
    {"no keyCertSign", {.ca = true, .usage = FV_KEY_USAGE_CRL_SIGN}, FEDVAL_FINDING_CHAIN_NOT_A_CA},
    {"no keyUsage", {.ca = true, .no_usage = true}, 0},
    {"clientAuth alone", {.ca = true, .eku = "client"}, FEDVAL_FINDING_CHAIN_EKU_NOT_PERMITTED},
    {"serverAuth", {.ca = true, .eku = "client,server"}, 0},
    {"any purpose", {.ca = true, .eku = "any"}, 0},
    {"unknown critical extension",
     {.ca = true, .unknown_critical = true},
     FEDVAL_FINDING_CHAIN_UNKNOWN_CRITICAL_EXTENSION},
    {"pathLen 0", {.ca = true, .pathlen = AT(0)}, 0},
};

static void a_ca_certificate_is_one_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        toy t;
        toy_cert issuing = rows[i].issuing;
        toy_open(&t);
        issuing.subject = "Issuing";
        issuing.key = 2;
        issuing.issuer = "Root";
        issuing.signer = 1;
        TOY_TRUST(&t, ROOT);
        TOY_SEND(&t, LEAF, .issuer = "Issuing", .signer = 2);
        toy_send(&t, &issuing);
        toy_run(&t);
        bool is_right = rows[i].code == 0 ? t.result.trust == FEDVAL_TRUST_BY_PUBLIC
                                          : t.result.trust == FEDVAL_TRUST_NONE &&
                                                toy_count(&t.result.chain, rows[i].code) > 0;
        if (!is_right)
            fail_msg("%s: %s", rows[i].what, toy_describe(&t, &t.result.chain));
        toy_close(&t);
    }
}

static void the_purpose_that_is_asked_for_counts(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .eku = "client");
    t->purpose = FEDVAL_PURPOSE_CLIENT;
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    t->purpose = FEDVAL_PURPOSE_ANY;
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    t->purpose = FEDVAL_PURPOSE_SERVER;
    toy_run(t);
    assert_string_equal(
        toy_param(&t->result.chain, FEDVAL_FINDING_CHAIN_EKU_NOT_PERMITTED, "usages"),
        "clientAuth");
}

static void the_usages_of_a_ca_are_named_one_by_one(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .eku = "server");
    t->purpose = FEDVAL_PURPOSE_CLIENT;
    toy_run(t);
    assert_string_equal(
        toy_param(&t->result.chain, FEDVAL_FINDING_CHAIN_EKU_NOT_PERMITTED, "usages"),
        "serverAuth");
}

static void an_anchor_that_has_expired_is_none(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .to = "291231");
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    assert_string_equal(
        toy_param(&t->result.chain, FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED, "certificate"), "CN=Root");
    assert_string_equal(toy_param(&t->result.chain, FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED, "state"),
                        "expired");
}

/* RFC 5280 4.2.1.9: the last certificate and self-issued ones are not counted. */
static void the_path_length_counts_what_it_should(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .pathlen = AT(1));
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 41);
    TOY_SEND(t, .subject = "Root", .ca = true, .key = 41, .issuer = "Root", .signer = 1,
             .pathlen = AT(1));
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
}

static void a_path_longer_than_allowed_says_by_how_much(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "C", .signer = 13);
    TOY_SEND(t, .subject = "C", .ca = true, .key = 13, .issuer = "B", .signer = 12);
    TOY_SEND(t, .subject = "B", .ca = true, .key = 12, .issuer = "A", .signer = 11);
    TOY_SEND(t, .subject = "A", .ca = true, .key = 11, .issuer = "Root", .signer = 1,
             .pathlen = AT(1));
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    const fv_trust_remarks *chain = &t->result.chain;
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CHAIN_PATH_TOO_LONG, "certificate"),
                        "CN=A");
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CHAIN_PATH_TOO_LONG, "max"), "1");
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CHAIN_PATH_TOO_LONG, "length"), "2");
}

static void an_issuer_that_expires_soon_is_a_warning(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .to = "300130");
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_string_equal(toy_param(&t->result.chain, FEDVAL_FINDING_CHAIN_EXPIRES_SOON, "days"),
                        "29");
    toy_set(t, FEDVAL_POLICY_EXPIRY_WARNING_DAYS, 29);
    toy_run(t);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_CHAIN_EXPIRES_SOON);
}

/* The toy verifier takes its signatures for good. */
static void a_key_off_its_curve_is_refused_in_every_profile(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .off_curve = true);
    for (uint32_t profile = 1; fedval_profile_to_string(profile) != NULL; profile++) {
        toy_set_profile(t, profile);
        toy_run(t);
        ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
        ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CERT_KEY_WEAK);
        assert_string_equal(toy_param(&t->result.chain, FEDVAL_FINDING_CERT_KEY_WEAK, "wanted"),
                            "a point on its curve");
    }
}

static void an_anchor_off_its_curve_is_none(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .off_curve = true);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CERT_KEY_WEAK);
}

/* RFC 5280 4.2.1.1: a hint, which some peers take for more. */
static void a_pointer_at_another_key_is_a_warning(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2, .wrong_issuer_key_id = 9);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH);
}

static void a_pointer_may_name_the_issuer_of_the_issuer(void **state)
{
    static const struct {
        const char *name;
        size_t num_findings;
    } names[] = {{"Root", 0}, {"root", 0}, {"Issuing", 1}, {"Another", 1}};
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        toy t;
        toy_open(&t);
        TOY_TRUST(&t, ROOT);
        TOY_SEND(&t, LEAF, .issuer = "Issuing", .signer = 2, .pointer_issuer = names[i].name);
        TOY_SEND(&t, ISSUING, .issuer = "Root", .signer = 1);
        toy_run(&t);
        ASSERT_TRUST(&t, FEDVAL_TRUST_BY_PUBLIC);
        assert_int_equal(toy_count(&t.result.chain, FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH),
                         names[i].num_findings);
        toy_close(&t);
    }
}

static void two_issuers_of_one_name_are_told_where_nothing_tells_them_apart(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_TRUST(t, .subject = "Root", .ca = true, .key = 7, .no_key_ids = true);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .no_key_ids = true);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH);
}

static void two_issuers_that_are_told_apart_are_no_fault(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_TRUST(t, .subject = "Root", .ca = true, .key = 7);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH);
}

static void an_issuer_that_was_sent_with_another_key_is_told_as_that(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 9, .wrong_issuer_key_id = 9);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    assert_string_equal(toy_param(&t->result.chain, FEDVAL_FINDING_CHAIN_INCOMPLETE, "reason"),
                        "was sent with another key than the one that signed it");
}

static void a_root_that_was_given_with_another_key_is_told_as_that(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 9, .wrong_issuer_key_id = 9);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    assert_string_equal(toy_param(&t->result.chain, FEDVAL_FINDING_CHAIN_INCOMPLETE, "reason"),
                        "is among the roots given, with another key than the one that signed it");
}

static uint32_t trust_of_root(toy *t, uint32_t profile, const toy_cert *root)
{
    toy_close(t);
    toy_open(t);
    toy_set_profile(t, profile);
    toy_trust(t, FEDVAL_ANCHOR_PUBLIC, root);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    return t->result.trust;
}

/* Without basicConstraints, OpenSSL takes a root for a CA by its version 1, its keyUsage or its
 * nsCertType. */
static void a_root_that_says_nothing_of_itself_is_no_ca_to_openssl(void **state)
{
    static const struct {
        const char *what;
        toy_cert root; /* name, key and `no_basic_constraints` are filled in */
        uint32_t trust;
    } roots[] = {
        {"bare", {.no_usage = true}, FEDVAL_TRUST_NONE},
        {"a keyUsage", {.ca = true}, FEDVAL_TRUST_BY_PUBLIC},
        {"version 1", {.version = 1}, FEDVAL_TRUST_BY_PUBLIC},
        {"version 2", {.version = 2}, FEDVAL_TRUST_NONE},
        {"sslCA", {.no_usage = true, .netscape = FV_NETSCAPE_SSL_CA}, FEDVAL_TRUST_BY_PUBLIC},
        {"sslServer", {.no_usage = true, .netscape = FV_NETSCAPE_SSL_SERVER}, FEDVAL_TRUST_NONE},
        {"sslCA and a keyUsage of CRLs alone",
         {.usage = FV_KEY_USAGE_CRL_SIGN, .netscape = FV_NETSCAPE_SSL_CA},
         FEDVAL_TRUST_NONE},
    };
    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        toy_cert root = roots[i].root;
        root.subject = "Root";
        root.key = 1;
        root.no_basic_constraints = true;
        if (trust_of_root(*state, FEDVAL_PROFILE_EXPRESSWAY, &root) != roots[i].trust)
            fail_msg("%s: not %s", roots[i].what, fedval_trust_to_string(roots[i].trust));
        if (root.usage == 0) {
            assert_int_equal(trust_of_root(*state, FEDVAL_PROFILE_MICROSOFT_EDGE, &root),
                             FEDVAL_TRUST_BY_PUBLIC);
        }
    }
}

static void a_root_that_points_elsewhere_is_a_fault_to_openssl(void **state)
{
    const toy_cert root = {.subject = "Root", .key = 1, .ca = true, .wrong_issuer_key_id = 9};
    toy *t = *state;
    (void)trust_of_root(t, FEDVAL_PROFILE_EXPRESSWAY, &root);
    assert_int_equal(toy_count(&t->result.chain, FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH), 1);
    (void)trust_of_root(t, FEDVAL_PROFILE_MICROSOFT_EDGE, &root);
    assert_int_equal(toy_count(&t->result.chain, FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH), 0);
}

static void a_ca_of_each_purpose_is_for_some_profiles(void **state)
{
    static const struct {
        const char *eku;
        uint32_t profile, trust;
    } cases[] = {
        {"any", FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_TRUST_NONE},
        {"any,server", FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_TRUST_BY_PUBLIC},
        {"domain", FEDVAL_PROFILE_RFC5922_SIP, FEDVAL_TRUST_BY_PUBLIC},
        {"domain", FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_TRUST_NONE},
    };
    toy *t = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        toy_close(t);
        toy_open(t);
        toy_set_profile(t, cases[i].profile);
        TOY_TRUST(t, ROOT);
        TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
        TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .eku = cases[i].eku);
        toy_run(t);
        assert_int_equal(t->result.trust, cases[i].trust);
    }
}

/* RFC 3779, as OpenSSL 3.0 checks it: for the sake of the end-entity certificate alone. */
static void resources_have_to_be_among_those_of_the_issuer(void **state)
{
    static const struct {
        const char *leaf, *root;
        bool is_refused, is_told;
    } cases[] = {
        {"7", "7", false, false},        {"7", NULL, true, true},
        {"issuer's", "7", false, false}, {"issuer's", NULL, false, false},
        {NULL, "7", false, false},       {NULL, "issuer's", false, false},
        {"7", "issuer's", true, true},   {"7", "8", false, true},
    };
    (void)state;
    for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
        bool is_expressway = i % 2 == 0;
        toy t;
        toy_open(&t);
        toy_set_profile(&t,
                        is_expressway ? FEDVAL_PROFILE_EXPRESSWAY : FEDVAL_PROFILE_MICROSOFT_EDGE);
        TOY_TRUST(&t, ROOT, .as_numbers = cases[i / 2].root);
        TOY_SEND(&t, LEAF, .issuer = "Root", .signer = 1, .as_numbers = cases[i / 2].leaf);
        toy_run(&t);
        bool is_told = toy_count(&t.result.chain, FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS) == 1;
        if (is_told != cases[i / 2].is_told ||
            (t.result.accepted == NULL) != (is_expressway && cases[i / 2].is_refused))
            fail_msg("%zu: %s", i, toy_describe(&t, &t.result.chain));
        toy_close(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resources_have_to_be_among_those_of_the_issuer),
        cmocka_unit_test(a_ca_certificate_is_one_or_not),
        T(the_purpose_that_is_asked_for_counts),
        T(a_root_that_says_nothing_of_itself_is_no_ca_to_openssl),
        T(a_root_that_points_elsewhere_is_a_fault_to_openssl),
        T(a_ca_of_each_purpose_is_for_some_profiles),
        T(the_usages_of_a_ca_are_named_one_by_one),
        T(an_anchor_that_has_expired_is_none),
        T(the_path_length_counts_what_it_should),
        T(a_path_longer_than_allowed_says_by_how_much),
        T(an_issuer_that_expires_soon_is_a_warning),
        T(a_key_off_its_curve_is_refused_in_every_profile),
        T(an_anchor_off_its_curve_is_none),
        T(a_pointer_at_another_key_is_a_warning),
        cmocka_unit_test(a_pointer_may_name_the_issuer_of_the_issuer),
        T(two_issuers_of_one_name_are_told_where_nothing_tells_them_apart),
        T(two_issuers_that_are_told_apart_are_no_fault),
        T(an_issuer_that_was_sent_with_another_key_is_told_as_that),
        T(a_root_that_was_given_with_another_key_is_told_as_that),
    };
    return cmocka_run_group_tests_name("trust/issuer", tests, NULL, NULL);
}
