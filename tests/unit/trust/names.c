/* Name constraints: every form, permitted and excluded. */
#include "../name_table.h"
#include "test.h"

#include "trust/names.h"

#include <stdio.h>

#define NP FEDVAL_FINDING_CHAIN_NAME_NOT_PERMITTED

static const struct {
    const char *names, *permitted, *excluded;
    bool is_accepted;
} rows[] = {
    /* dNSName */
    {"dns:host.example.com", "dns:example.com", NULL, true},
    {"dns:example.com", "dns:example.com", NULL, true},
    {"dns:HOST.Example.COM", "dns:example.com", NULL, true},
    {"dns:notexample.com", "dns:example.com", NULL, false},
    {"dns:com", "dns:example.com", NULL, false},
    {"dns:host.example.com", "dns:", NULL, true},
    {"dns:host.example.com", NULL, "dns:", false},
    {"dns:host.example.com", "dns:.example.com", NULL, true},
    {"dns:example.com", "dns:.example.com", NULL, false},
    {"dns:host.example.com", NULL, "dns:example.com", false},
    {"dns:host.example.com", "dns:example.com", "dns:host.example.com", false},
    {"dns:host.example.com", NULL, "dns:other.example.com", true},
    {"dns:host.example.com,dns:other.example", "dns:example.com", NULL, false},
    {"dns:host.example.com,dns:other.example", "dns:example.com,dns:other.example", NULL, true},
    {"dns:.example.com", "dns:example.com", NULL, false},
    {"dns:host.example.com.", "dns:example.com", NULL, false},
    /* wildcards */
    {"dns:*.example.com", "dns:example.com", NULL, true},
    {"dns:*.example.com", "dns:host.example.com", NULL, false},
    {"dns:*.example.com", NULL, "dns:host.example.com", false},
    {"dns:*.example.com", NULL, "dns:a.host.example.com", true},
    {"dns:*.example.com", NULL, "dns:host.example.net", true},
    /* iPAddress */
    {"ip:192.0.2.7", "ip:192.0.2.0/24", NULL, true},
    {"ip:192.0.3.7", "ip:192.0.2.0/24", NULL, false},
    {"ip:192.0.2.7", NULL, "ip:192.0.2.0/24", false},
    {"ip:192.0.2.7", "ip:0.0.0.0/0", NULL, true},
    {"ip:2001:db8::1", "ip:2001:db8::/32", NULL, true},
    {"ip:2001:db9::1", "ip:2001:db8::/32", NULL, false},
    {"ip:2001:db8::1", "ip:192.0.2.0/24", NULL, false},
    {"ip:2001:db8::1", NULL, "ip:192.0.2.0/24", true},
    /* an internationalised mailbox, which constraints of rfc822Name are for too */
    {"box:\xC3\xA4@b.example", "mail:b.example", NULL, true},
    {"box:\xC3\xA4@b.example", "mail:c.example", NULL, false},
    {"box:\xC3\xA4@b.example", NULL, "mail:b.example", false},
    {"box:\xC3\xA4@b.example", NULL, "mail:c.example", true},
    {"box:a@\xC3\xA4.example", NULL, "mail:c.example", false},
    {"box:a@\xC3\xA4.example", NULL, "dns:c.example", true},
    /* a form that is not constrained */
    {"ip:192.0.2.7", "dns:example.com", NULL, true},
    {"dns:host.example.com", "ip:192.0.2.0/24", NULL, true},
    /* rfc822Name */
    {"mail:a@example.com", "mail:example.com", NULL, true},
    {"mail:a@sub.example.com", "mail:example.com", NULL, false},
    {"mail:a@sub.example.com", "mail:.example.com", NULL, true},
    {"mail:a@example.com", "mail:.example.com", NULL, false},
    {"mail:a@EXAMPLE.com", "mail:a@example.com", NULL, true},
    {"mail:A@example.com", "mail:a@example.com", NULL, false},
    {"mail:a@example.com", NULL, "mail:example.com", false},
    {"mail:nobody", "mail:example.com", NULL, false},
    /* uniformResourceIdentifier */
    {"uri:https://host.example.com:8443/x", "uri:host.example.com", NULL, true},
    {"uri:https://user@host.example.com", "uri:host.example.com", NULL, true},
    {"uri:https://host.example.com", "uri:example.com", NULL, false},
    {"uri:https://host.example.com", "uri:.example.com", NULL, true},
    {"uri:https://host.example.com", NULL, "uri:.example.com", false},
    {"uri:sip:example.com", "uri:example.com", NULL, false},
    {"uri:https://192.0.2.1/", NULL, "uri:example.com", false},
    /* directoryName, the subject too */
    {"dir:host.example.com", "dir:host.example.com", NULL, true},
    {"dns:host.example.com", "dir:host.example.com", NULL, true},
    {"dns:host.example.com", "dir:other", NULL, false},
    {"dns:host.example.com", NULL, "dir:host.example.com", false},
    /* a form that is not understood */
    {"rid:12", "rid:12", NULL, false},
    {"dns:host.example.com", "rid:12", NULL, true},
};

static void names_lie_within_constraints_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        toy t;
        toy_open(&t);
        TOY_TRUST(&t, ROOT);
        TOY_SEND(&t, .subject = "host.example.com", .key = 3, .names = rows[i].names,
                 .issuer = "Issuing", .signer = 2);
        TOY_SEND(&t, ISSUING, .issuer = "Root", .signer = 1, .permitted = rows[i].permitted,
                 .excluded = rows[i].excluded);
        toy_run(&t);
        bool is_accepted = t.result.accepted != NULL;
        if (is_accepted != rows[i].is_accepted ||
            is_accepted != (toy_count(&t.result.chain, NP) == 0)) {
            fail_msg("%s, permitted %s, excluded %s: %s", rows[i].names,
                     rows[i].permitted ? rows[i].permitted : "-",
                     rows[i].excluded ? rows[i].excluded : "-", toy_describe(&t, &t.result.chain));
        }
        toy_close(&t);
    }
}

static void the_finding_names_the_name_and_whose_constraint_it_breaks(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .excluded = "dns:example.com");
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    assert_string_equal(toy_param(&t->result.chain, NP, "name"), "DNS:host.example.com");
    assert_string_equal(toy_param(&t->result.chain, NP, "issuer"), "CN=Root");
    assert_string_equal(toy_param(&t->result.chain, NP, "reason"), "it is excluded");
    assert_string_equal(toy_param(&t->result.chain, NP, "certificate"), "CN=host.example.com");
}

/* RFC 5280 6.1.3 (b) */
static void self_issued_intermediates_are_exempt_and_others_are_not(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .permitted = "dns:example.com");
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 41);
    TOY_SEND(t, .subject = "Root", .ca = true, .key = 41, .issuer = "Root", .signer = 1,
             .names = "dns:ca.example.net");
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
}

/* RFC 5280 6.1.3 (b): "if certificate i is self-issued and it is not the final certificate in the
 * path, skip this step": the last one is never skipped. */
static void a_self_issued_end_entity_certificate_is_constrained(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .excluded = "dns:example.com");
    TOY_SEND(t, .subject = "Root", .key = 3, .issuer = "Root", .signer = 1,
             .names = "dns:host.example.com");
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    ASSERT_CHAIN_HAS(t, NP);
}

/* RFC 5280 4.2.1.10: "When a certificate includes a subjectAltName extension of the type
 * rfc822Name, the constraint is not imposed" on emailAddress attributes. */
static void an_email_attribute_is_constrained_where_there_is_no_rfc822_name(void **state)
{
    static const struct {
        const char *names, *email;
        bool is_accepted;
    } senders[] = {
        {"dns:host.example.com", "a@example.net", false},
        {"dns:host.example.com", "a@example.com", true},
        {"mail:a@example.com", "a@example.net", true},
        {"mail:a@example.net", "a@example.com", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(senders) / sizeof(senders[0]); i++) {
        toy t;
        toy_open(&t);
        TOY_TRUST(&t, ROOT, .permitted = "mail:example.com");
        TOY_SEND(&t, .subject = "host.example.com", .key = 3, .issuer = "Root", .signer = 1,
                 .names = senders[i].names, .email = senders[i].email);
        toy_run(&t);
        if ((t.result.accepted != NULL) != senders[i].is_accepted) {
            fail_msg("%s, %s: %s", senders[i].names, senders[i].email,
                     toy_describe(&t, &t.result.chain));
        }
        toy_close(&t);
    }
}

/* RFC 5280 4.2.1.10: an address and a mask, of 8 octets together for IPv4, of 32 for IPv6. */
static void an_address_constraint_has_8_or_32_octets(void **state)
{
    static const uint8_t octets[40] = {192, 0, 2};
    const fv_name_form *form = fv_name_form_find(FV_GN_IP);
    (void)state;
    for (size_t len = 0; len <= sizeof(octets); len++) {
        const fv_general_name base = {.type = FV_GN_IP, .value = {octets, len}};
        assert_int_equal(form->is_usable(&base, false), len == 8 || len == 32);
        assert_int_equal(form->is_usable(&base, true), len == 8 || len == 32);
    }
}

static void the_mask_of_an_address_constraint_is_a_prefix(void **state)
{
    static const struct {
        uint8_t octets[8];
        bool is_usable;
    } masks[] = {
        {{192, 0, 2, 0, 255, 255, 255, 0}, true},  {{192, 0, 2, 1, 255, 255, 255, 255}, true},
        {{0, 0, 0, 0, 0, 0, 0, 0}, true},          {{192, 0, 2, 0, 255, 255, 254, 0}, true},
        {{192, 0, 2, 0, 255, 0, 255, 0}, false},   {{192, 0, 2, 0, 0, 255, 255, 255}, false},
        {{192, 0, 2, 0, 255, 255, 255, 1}, false}, {{192, 0, 2, 0, 127, 255, 255, 0}, false},
    };
    const fv_name_form *form = fv_name_form_find(FV_GN_IP);
    (void)state;
    for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
        const fv_general_name base = {.type = FV_GN_IP, .value = {masks[i].octets, 8}};
        assert_int_equal(form->is_usable(&base, false), masks[i].is_usable);
    }
}

static void intermediates_are_constrained_too(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .permitted = "dns:example.com");
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .names = "dns:ca.example.net");
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    assert_string_equal(toy_param(&t->result.chain, NP, "certificate"), "CN=Issuing");
}

static void the_common_name_is_constrained_where_it_counts(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .excluded = "dns:example.com");
    TOY_SEND(t, .subject = "host.example.com", .key = 3, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    toy_set(t, FEDVAL_POLICY_COMMON_NAME, FEDVAL_CN_NEVER);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
}

static void a_constraint_that_nothing_can_be_compared_with_spoils_its_certificate(void **state)
{
    static const char *const bad[] = {"dns:*.example.com", "mail:a@b@example.com", "uri:a b",
                                      "ip:192.0.2.1"};
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        toy t;
        toy_open(&t);
        TOY_TRUST(&t, ROOT, .excluded = bad[i]);
        TOY_SEND(&t, LEAF, .issuer = "Root", .signer = 1);
        toy_run(&t);
        ASSERT_TRUST(&t, FEDVAL_TRUST_NONE);
        ASSERT_CHAIN_HAS(&t, FEDVAL_FINDING_CERT_MALFORMED);
        toy_close(&t);
    }
}

static const char *compare(const char *presented, const char *constraint)
{
    const fv_name_form *form = fv_name_form_find(FV_GN_DNS);
    const fv_general_name name = {.type = FV_GN_DNS,
                                  .value = {(const uint8_t *)presented, strlen(presented)}};
    const fv_general_name base = {.type = FV_GN_DNS,
                                  .value = {(const uint8_t *)constraint, strlen(constraint)}};
    if (!form->is_usable(&base, false))
        return "malformed";
    fv_name_fit fit = form->fit(&name, &base);
    return fit == FV_NAME_UNUSABLE ? "malformed" : fit == FV_NAME_WITHIN ? "match" : "no-match";
}

static void check_row(char *line)
{
    char *constraint = strchr(line, '\t');
    *constraint++ = '\0';
    char *outcome = strchr(constraint, '\t');
    *outcome++ = '\0';
    outcome[strcspn(outcome, "\n")] = '\0';
    if (strcmp(compare(line, constraint), outcome) != 0)
        fail_msg("%s against %s: %s", line, constraint, compare(line, constraint));
}

static void web_pki_table_is_kept_to_the_letter(void **state)
{
    (void)state;
    walk_name_table(NAME_TABLES "presented-vs-constraint.tsv", check_row, 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_lie_within_constraints_or_not),
        T(the_finding_names_the_name_and_whose_constraint_it_breaks),
        T(self_issued_intermediates_are_exempt_and_others_are_not),
        T(a_self_issued_end_entity_certificate_is_constrained),
        cmocka_unit_test(an_email_attribute_is_constrained_where_there_is_no_rfc822_name),
        cmocka_unit_test(an_address_constraint_has_8_or_32_octets),
        cmocka_unit_test(the_mask_of_an_address_constraint_is_a_prefix),
        T(intermediates_are_constrained_too),
        T(the_common_name_is_constrained_where_it_counts),
        cmocka_unit_test(a_constraint_that_nothing_can_be_compared_with_spoils_its_certificate),
        cmocka_unit_test(web_pki_table_is_kept_to_the_letter),
    };
    return cmocka_run_group_tests_name("trust/names", tests, NULL, NULL);
}
