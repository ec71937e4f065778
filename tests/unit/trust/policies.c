/* Certificate policies (RFC 5280 6.1). */
#include "test.h"

static const struct {
    const char *what;
    toy_cert issuing, leaf; /* names and keys are filled in */
    bool is_accepted;
} rows[] = {
    {"nothing is required", {.policies = NULL}, {.policies = NULL}, true},
    {"required and there", {.require_explicit = AT(0), .policies = "1"}, {.policies = "1"}, true},
    {"required and missing in the leaf",
     {.require_explicit = AT(0), .policies = "1"},
     {.policies = NULL},
     false},
    {"required and another one",
     {.require_explicit = AT(0), .policies = "1"},
     {.policies = "2"},
     false},
    {"one of several", {.require_explicit = AT(0), .policies = "1,2"}, {.policies = "3,2"}, true},
    {"anyPolicy of the CA",
     {.require_explicit = AT(0), .policies = "any"},
     {.policies = "2"},
     true},
    {"anyPolicy of the leaf",
     {.require_explicit = AT(0), .policies = "1"},
     {.policies = "any"},
     true},
    {"anyPolicy inhibited",
     {.require_explicit = AT(0), .policies = "1", .inhibit_any = AT(0)},
     {.policies = "any"},
     false},
    {"anyPolicy inhibited later",
     {.require_explicit = AT(0), .policies = "1", .inhibit_any = AT(1)},
     {.policies = "any"},
     true},
    {"required only after more certificates than there are",
     {.require_explicit = AT(3), .policies = "1"},
     {.policies = "2"},
     true},
    {"mapped",
     {.require_explicit = AT(0), .policies = "1", .mappings = "1>7"},
     {.policies = "7"},
     true},
    {"the name before the mapping",
     {.require_explicit = AT(0), .policies = "1", .mappings = "1>7"},
     {.policies = "1"},
     false},
    {"mapped from anyPolicy",
     {.require_explicit = AT(0), .policies = "any", .mappings = "1>7"},
     {.policies = "7"},
     true},
    {"mapping anyPolicy", {.policies = "1", .mappings = "any>7"}, {.policies = "7"}, false},
    {"required by the leaf itself", {.policies = "1"}, {.require_explicit = AT(0)}, false},
    {"required by the leaf itself and there",
     {.policies = "1"},
     {.require_explicit = AT(0), .policies = "1"},
     true},
};

static void run_row(toy *t, size_t i)
{
    toy_cert issuing = rows[i].issuing, leaf = rows[i].leaf;
    issuing.subject = "Issuing";
    issuing.ca = true;
    issuing.key = 2;
    issuing.issuer = "Root";
    issuing.signer = 1;
    leaf.subject = "host.example.com";
    leaf.names = "dns:host.example.com";
    leaf.key = 3;
    leaf.issuer = "Issuing";
    leaf.signer = 2;
    TOY_TRUST(t, ROOT);
    toy_send(t, &leaf);
    toy_send(t, &issuing);
    toy_run(t);
}

static void policies_hold_along_the_path_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        toy t;
        toy_open(&t);
        run_row(&t, i);
        bool is_accepted = t.result.accepted != NULL;
        size_t violated = toy_count(&t.result.chain, FEDVAL_FINDING_CHAIN_POLICY_VIOLATED);
        if (is_accepted != rows[i].is_accepted || is_accepted != (violated == 0))
            fail_msg("%s: %s", rows[i].what, toy_describe(&t, &t.result.chain));
        toy_close(&t);
    }
}

/* 6.1.4 (b)(2): where mapping is inhibited a mapped policy is worth nothing. */
static void an_inhibited_mapping_takes_the_policy_away(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "B", .signer = 12, .policies = "7");
    TOY_SEND(t, .subject = "B", .ca = true, .key = 12, .issuer = "A", .signer = 11, .policies = "1",
             .mappings = "1>7");
    TOY_SEND(t, .subject = "A", .ca = true, .key = 11, .issuer = "Root", .signer = 1,
             .policies = "1", .require_explicit = AT(0), .inhibit_mapping = AT(0));
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_POLICY_VIOLATED);
}

/* 6.1.3 (d)(2): inhibited, anyPolicy still counts in a self-issued certificate, "if the certificate
 * is not the final certificate": there it does not. */
static void an_inhibited_any_policy_counts_for_nothing_in_the_last_certificate(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, .subject = "Issuing", .names = "dns:host.example.com", .key = 3,
             .issuer = "Issuing", .signer = 2, .policies = "any");
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .policies = "1", .require_explicit = AT(0),
             .inhibit_any = AT(0));
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_POLICY_VIOLATED);
}

static void an_inhibited_any_policy_counts_in_a_self_issued_intermediate(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 12, .policies = "1");
    TOY_SEND(t, .subject = "Issuing", .ca = true, .key = 12, .issuer = "Issuing", .signer = 2,
             .policies = "any");
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .policies = "1", .require_explicit = AT(0),
             .inhibit_any = AT(0));
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
}

static void the_anchors_own_requirement_counts(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .require_explicit = AT(0));
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
}

static void another_path_is_tried_where_policies_break_one(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .require_explicit = AT(0),
             .from = "250101");
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_int_equal(t->result.num_paths, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(policies_hold_along_the_path_or_not),
        T(an_inhibited_mapping_takes_the_policy_away),
        T(an_inhibited_any_policy_counts_for_nothing_in_the_last_certificate),
        T(an_inhibited_any_policy_counts_in_a_self_issued_intermediate),
        T(the_anchors_own_requirement_counts),
        T(another_path_is_tried_where_policies_break_one),
    };
    return cmocka_run_group_tests_name("trust/policies", tests, NULL, NULL);
}
