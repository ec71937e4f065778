/* CRLs (RFC 5280 5 and 6.3). */
#include "revoked.h"

#include "trust/crl_scope.h"

#include <stdio.h>

#define ISSUER .issuer = "Root", .signer = 1
#define POINT "http://pki.example.com/ca.crl"

static const struct {
    const char *what;
    toy_crl crl;
    int outcome;
} rows[] = {
    {"it is not listed", {ISSUER}, SILENT},
    {"it is listed", {ISSUER, .revoked = 3}, REVOKED},
    {"it is listed with a reason", {ISSUER, .revoked = 3, .reason = AT(1)}, REVOKED},
    {"it is listed as removed, in no delta", {ISSUER, .revoked = 3, .reason = AT(8)}, UNUSABLE},
    {"another one is listed", {ISSUER, .revoked = 4}, SILENT},
    {"of another issuer", {.issuer = "Other", .signer = 1, .revoked = 3}, NOT_CHECKED},
    {"signed by another key", {.issuer = "Root", .signer = 9, .revoked = 3}, UNUSABLE},
    {"signed by nobody", {ISSUER, .bad = true}, UNUSABLE},
    {"out of date", {ISSUER, .to = "210101"}, UNUSABLE},
    {"out of date, but it lists it", {ISSUER, .to = "210101", .revoked = 3}, REVOKED},
    {"of the future", {ISSUER, .from = "350101"}, UNUSABLE},
    {"without nextUpdate", {ISSUER, .to = "-"}, UNUSABLE},
    {"without nextUpdate, but it lists it", {ISSUER, .to = "-", .revoked = 3}, REVOKED},
    {"without number", {ISSUER, .no_number = true}, SILENT},
    {"a delta", {ISSUER, .delta = true}, UNUSABLE},
    {"indirect, of its own issuer", {ISSUER, .indirect = true}, SILENT},
    {"an entry of another issuer",
     {ISSUER, .indirect = true, .revoked = 3, .entry_issuer = "Other"},
     SILENT},
    {"an entry of another issuer in a CRL that is not indirect",
     {ISSUER, .revoked = 3, .entry_issuer = "Other"},
     UNUSABLE},
    {"an entry of its own issuer by name in a CRL that is not indirect",
     {ISSUER, .revoked = 3, .entry_issuer = "Root"},
     REVOKED},
    {"an entry of its own issuer by name",
     {ISSUER, .indirect = true, .revoked = 3, .entry_issuer = "Root"},
     REVOKED},
    {"unknown critical extension", {ISSUER, .unknown_critical = true}, UNUSABLE},
    {"unknown critical extension of another entry",
     {ISSUER, .revoked = 8, .entry_unknown_critical = true},
     UNUSABLE},
    {"unknown critical extension of its own entry",
     {ISSUER, .revoked = 3, .entry_unknown_critical = true},
     UNUSABLE},
    {"some reasons only", {ISSUER, .some_reasons = true}, UNUSABLE},
    {"end-entity certificates only", {ISSUER, .users_only = true}, SILENT},
    {"CA certificates only", {ISSUER, .cas_only = true, .revoked = 3}, UNUSABLE},
    {"the certificate's distribution point", {ISSUER, .point = POINT, .revoked = 3}, REVOKED},
    {"another distribution point", {ISSUER, .point = POINT "2", .revoked = 3}, UNUSABLE},
    {"scheme and host in capitals",
     {ISSUER, .point = "HTTP://PKI.Example.COM/ca.crl", .revoked = 3},
     REVOKED},
    {"path in capitals",
     {ISSUER, .point = "http://pki.example.com/CA.crl", .revoked = 3},
     UNUSABLE},
    {"the point by the issuer's name", {ISSUER, .point_directory = "Root", .revoked = 3}, REVOKED},
};

static void send(toy *t)
{
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, ISSUER);
}

static void a_crl_says_it_or_says_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        toy t;
        toy_open(&t);
        send(&t);
        toy_give_crl(&t, &rows[i].crl);
        toy_run(&t);
        if (outcome_of(&t) != rows[i].outcome)
            fail_msg("%s: %s", rows[i].what, toy_describe(&t, &t.result.chain));
        assert_int_equal(t.result.accepted != NULL, rows[i].outcome != REVOKED);
        toy_close(&t);
    }
}

static void no_crl_is_not_the_same_as_not_revoked(void **state)
{
    toy *t = *state;
    send(t);
    toy_run(t);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_REVOCATION_NOT_CHECKED);
    assert_int_equal(t->result.valid_until,
                     t->result.accepted->rungs[0].certificate->not_after.seconds);
}

static void a_policy_can_require_a_crl(void **state)
{
    toy *t = *state;
    send(t);
    toy_set(t, FEDVAL_POLICY_REQUIRE_CRL, 1);
    TOY_CRL(t, .issuer = "Other", .signer = 9);
    toy_run(t);
    assert_int_equal(outcome_of(t), UNUSABLE);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_REVOCATION_NOT_CHECKED);
    TOY_CRL(t, ISSUER);
    toy_run(t);
    assert_int_equal(outcome_of(t), SILENT);
}

static void the_next_update_bounds_how_long_the_path_holds(void **state)
{
    toy *t = *state;
    send(t);
    TOY_CRL(t, ISSUER, .to = "310101");
    toy_run(t);
    assert_int_equal(t->result.valid_until, INT64_C(1924992000));
}

/* RFC 5280 5.1.2.5: the next CRL "will be issued by" nextUpdate: up to that second this one holds.
 */
static void a_crl_holds_from_its_first_second_to_its_last(void **state)
{
    const int64_t first = INT64_C(1893456000), last = INT64_C(1924992000);
    const struct {
        int64_t time;
        int outcome;
    } times[] = {{first - 1, UNUSABLE}, {first, SILENT}, {last, SILENT}, {last + 1, UNUSABLE}};
    toy *t = *state;
    send(t);
    TOY_CRL(t, ISSUER, .from = "300101", .to = "310101");
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        t->time = times[i].time;
        toy_run(t);
        assert_int_equal(outcome_of(t), times[i].outcome);
    }
}

static void an_issuer_without_crl_sign_signs_none(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .usage = FV_KEY_USAGE_KEY_CERT_SIGN);
    TOY_SEND(t, LEAF, ISSUER);
    TOY_CRL(t, ISSUER);
    toy_run(t);
    assert_int_equal(outcome_of(t), UNUSABLE);
    assert_string_equal(toy_param(&t->result.chain, FEDVAL_FINDING_CRL_UNUSABLE, "reason"),
                        "its issuer's keyUsage has no cRLSign");
}

static void another_crl_of_the_issuer_makes_up_for_one_that_is_unusable(void **state)
{
    toy *t = *state;
    send(t);
    TOY_CRL(t, ISSUER, .to = "210101");
    TOY_CRL(t, ISSUER);
    toy_run(t);
    assert_int_equal(outcome_of(t), SILENT);
}

static void a_revoked_intermediate_breaks_its_path_alone(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, ISSUER);
    TOY_CRL(t, ISSUER, .revoked = 2);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    const fv_trust_remarks *chain = &t->result.chain;
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CERT_REVOKED, "certificate"), "CN=Issuing");
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CERT_REVOKED, "serial"), "02");
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CERT_REVOKED, "revoked_at"),
                        "2021-01-01T00:00:00Z");
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CERT_REVOKED, "crl_reason"),
                        "no reason given");
}

/* RFC 5280 5.2, BR 7.2: what issuers of CRLs must write counts in the webpki profile. */
static void the_web_pki_is_stricter_with_crls(void **state)
{
    static const struct {
        toy_crl crl;
        const char *reason;
    } sloppy[] = {
        {{ISSUER, .no_number = true}, "it has no cRLNumber"},
        {{ISSUER, .revoked = 4, .twice = true}, "it lists a serial number twice"},
        {{ISSUER, .point = POINT, .odd_point = true},
         "its issuingDistributionPoint has a name that is no URI"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(sloppy) / sizeof(sloppy[0]); i++) {
        toy t;
        toy_open(&t);
        send(&t);
        toy_give_crl(&t, &sloppy[i].crl);
        toy_run(&t);
        assert_int_equal(outcome_of(&t), SILENT);
        toy_set_profile(&t, FEDVAL_PROFILE_WEBPKI);
        toy_run(&t);
        assert_int_equal(outcome_of(&t), UNUSABLE);
        assert_string_equal(toy_param(&t.result.chain, FEDVAL_FINDING_CRL_UNUSABLE, "reason"),
                            sloppy[i].reason);
        toy_close(&t);
    }
}

static void a_sloppy_crl_still_revokes_what_it_lists(void **state)
{
    toy *t = *state;
    toy_set_profile(t, FEDVAL_PROFILE_WEBPKI);
    send(t);
    TOY_CRL(t, ISSUER, .revoked = 3, .twice = true);
    toy_run(t);
    assert_int_equal(outcome_of(t), REVOKED);
}

/* ---- what several CRLs say together ---- */

static void expect(toy *t, int outcome)
{
    toy_run(t);
    if (outcome_of(t) != outcome)
        fail_msg("%d: %s", outcome, toy_describe(t, &t->result.chain));
}

static void points_are_compared_whatever_their_form(void **state)
{
    static const struct {
        toy_cert leaf;
        toy_crl crl;
        int outcome;
    } forms[] = {
        {{.point_directory = "Shard 1"}, {.point_directory = "Shard 1"}, REVOKED},
        {{.point_directory = "Shard 1"}, {.point_directory = "shard  1"}, REVOKED},
        {{.point_directory = "Shard 1"}, {.point_directory = "Shard 2"}, UNUSABLE},
        {{.point_relative = "Shard 1"}, {.point_relative = "Shard 1"}, REVOKED},
        {{.point_relative = "Shard 1"}, {.point_relative = "Shard 2"}, UNUSABLE},
        {{.point_relative = "Shard 1"}, {.point_directory = "Shard 1"}, UNUSABLE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        toy t;
        toy_cert leaf = forms[i].leaf;
        toy_crl crl = forms[i].crl;
        leaf.subject = "host.example.com";
        leaf.names = "dns:host.example.com";
        leaf.key = 3;
        leaf.issuer = crl.issuer = "Root";
        leaf.signer = crl.signer = 1;
        crl.revoked = 3;
        toy_open(&t);
        TOY_TRUST(&t, ROOT);
        toy_send(&t, &leaf);
        toy_give_crl(&t, &crl);
        expect(&t, forms[i].outcome);
        toy_close(&t);
    }
}

static void a_delta_is_applied_over_its_base(void **state)
{
    static const struct {
        toy_crl base, delta;
        int outcome;
    } pairs[] = {
        {{ISSUER}, {ISSUER, .delta = true, .number = AT(8), .base = AT(7), .revoked = 3}, REVOKED},
        {{ISSUER}, {ISSUER, .delta = true, .number = AT(8), .base = AT(6), .revoked = 3}, REVOKED},
        {{ISSUER}, {ISSUER, .delta = true, .number = AT(8), .base = AT(8), .revoked = 3}, UNUSABLE},
        {{ISSUER}, {ISSUER, .delta = true, .number = AT(7), .base = AT(6), .revoked = 3}, UNUSABLE},
        {{ISSUER},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(7), .revoked = 3, .bad = true},
         UNUSABLE},
        {{ISSUER},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(7), .revoked = 3, .users_only = true},
         UNUSABLE},
        {{ISSUER, .revoked = 3, .reason = AT(6)},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(7), .revoked = 3, .reason = AT(8)},
         SILENT},
        {{ISSUER, .revoked = 3, .reason = AT(6)},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(7), .revoked = 3, .reason = AT(8),
          .to = "210101"},
         REVOKED},
        {{ISSUER, .revoked = 3}, {ISSUER, .delta = true, .number = AT(8), .base = AT(7)}, REVOKED},
        {{ISSUER, .to = "210101"},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(7)},
         UNUSABLE},
        /* With a newer delta that does not fit its base, the base is not enough. */
        {{ISSUER}, {ISSUER, .delta = true, .number = AT(8), .base = AT(8), .revoked = 4}, UNUSABLE},
        {{ISSUER}, {ISSUER, .delta = true, .no_number = true, .revoked = 3}, UNUSABLE},
        {{ISSUER, .no_number = true}, {ISSUER, .delta = true, .revoked = 3}, UNUSABLE},
        {{ISSUER},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(7), .revoked = 3, .cas_only = true},
         UNUSABLE},
        {{ISSUER},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(8), .revoked = 3, .point = POINT},
         UNUSABLE},
        {{ISSUER, .from = "200201", .number = AT(9)},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(8), .revoked = 3},
         SILENT},
        {{ISSUER},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(8), .revoked = 3, .reason = AT(8)},
         UNUSABLE},
        {{ISSUER},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(7), .to = "210101"},
         UNUSABLE},
        {{ISSUER}, {ISSUER, .delta = true, .number = AT(8), .base = AT(7), .to = "-"}, UNUSABLE},
        {{ISSUER}, {ISSUER, .delta = true, .number = AT(8), .base = AT(7), .bad = true}, UNUSABLE},
        {{ISSUER},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(7), .revoked = 3,
          .entry_issuer = "Other"},
         UNUSABLE},
        {{ISSUER},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(7), .from = "350101", .bad = true},
         SILENT},
        {{ISSUER}, {ISSUER, .delta = true, .number = AT(7), .base = AT(6), .bad = true}, SILENT},
        /* Nor does a list whose signature is wrong, unless a newer good one was given. */
        {{ISSUER},
         {ISSUER, .number = AT(8), .from = "250201", .revoked = 3, .bad = true},
         UNUSABLE},
        {{ISSUER}, {ISSUER, .number = AT(8), .from = "250201", .revoked = 4, .bad = true}, SILENT},
        {{ISSUER, .number = AT(8), .from = "250201"}, {ISSUER, .revoked = 3, .bad = true}, SILENT},
        {{ISSUER, .number = AT(9), .from = "250201"},
         {ISSUER, .delta = true, .number = AT(8), .base = AT(7), .revoked = 3, .bad = true},
         SILENT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        toy t;
        toy_open(&t);
        send(&t);
        toy_give_crl(&t, &pairs[i].delta);
        toy_give_crl(&t, &pairs[i].base);
        expect(&t, pairs[i].outcome);
        toy_close(&t);
    }
}

/* The first delta put the certificate on hold; the second, made after the hold, has a later base.
 */
static void a_newer_delta_over_a_base_that_was_given_overtakes_an_older_one(void **state)
{
    const toy_crl base = {ISSUER, .number = AT(7)};
    const toy_crl older = {ISSUER,        .delta = true, .number = AT(9),
                           .base = AT(6), .revoked = 3,  .reason = AT(6)};
    toy_crl newer = {ISSUER, .delta = true, .number = AT(10), .base = AT(7), .from = "250201"};
    toy *t = *state;
    send(t);
    toy_give_crl(t, &base);
    toy_give_crl(t, &older);
    expect(t, REVOKED);
    toy_give_crl(t, &newer);
    expect(t, SILENT);
}

static void a_newer_delta_without_its_base_overtakes_none(void **state)
{
    const toy_crl older = {ISSUER,        .delta = true, .number = AT(9),
                           .base = AT(8), .revoked = 3,  .reason = AT(6)};
    toy *t = *state;
    send(t);
    TOY_CRL(t, ISSUER);
    toy_give_crl(t, &older);
    TOY_CRL(t, ISSUER, .delta = true, .number = AT(11), .base = AT(10), .from = "250201");
    expect(t, UNUSABLE);
}

static void reasons_are_collected_over_several_crls(void **state)
{
    toy *t = *state;
    send(t);
    TOY_CRL(t, ISSUER, .reasons = 0x60);
    expect(t, UNUSABLE);
    assert_string_equal(toy_param(&t->result.chain, FEDVAL_FINDING_CRL_UNUSABLE, "reason"),
                        "it speaks of some reasons only, and no other CRL of the rest");
    TOY_CRL(t, ISSUER, .reasons = 0x1f);
    expect(t, UNUSABLE); /* aACompromise stands in the second byte */
    TOY_CRL(t, ISSUER);
    expect(t, SILENT);
}

static void the_newer_of_two_crls_of_one_scope_counts(void **state)
{
    toy *t = *state;
    send(t);
    TOY_CRL(t, ISSUER, .revoked = 3, .reason = AT(6));
    expect(t, REVOKED);
    TOY_CRL(t, ISSUER, .from = "200201", .bad = true);
    expect(t, REVOKED);
    TOY_CRL(t, ISSUER, .from = "200201", .number = AT(8));
    expect(t, SILENT);
    /* One of the future is not the newest yet, but it knows what was revoked by now. */
    TOY_CRL(t, ISSUER, .from = "350101", .number = AT(9), .revoked = 4);
    expect(t, SILENT);
    TOY_CRL(t, ISSUER, .from = "350101", .number = AT(9), .revoked = 3);
    expect(t, REVOKED);
}

static void an_indirect_crl_is_of_the_issuer_that_the_certificate_names(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, ISSUER, .crl_issuer = "Lists");
    TOY_SEND(t, .subject = "Lists", .key = 5, .issuer = "Root", .signer = 1,
             .usage = FV_KEY_USAGE_CRL_SIGN);
    TOY_CRL(t, ISSUER);
    TOY_CRL(t, .issuer = "Lists", .signer = 5, .indirect = true, .revoked = 4,
            .entry_issuer = "Root");
    expect(t, SILENT);
    TOY_CRL(t, .issuer = "Lists", .signer = 5, .from = "200201", .indirect = true, .revoked = 3,
            .entry_issuer = "Root");
    expect(t, REVOKED);
}

/* The reason is the true one, whatever is wrong with the CA that signed the list. */
static void what_is_wrong_with_the_signer_of_an_indirect_crl_is_said(void **state)
{
    static const struct {
        toy_cert signer;
        unsigned key;
        unsigned revoked;
        const char *reason;
    } cases[] = {
        {{.usage = FV_KEY_USAGE_DIGITAL_SIGNATURE}, 5, 4, "its issuer's keyUsage has no cRLSign"},
        {{.to = "210101"}, 5, 4, "the CA certificate that signed it has expired"},
        {{.from = "350101"}, 5, 4, "the CA certificate that signed it is not valid yet"},
        {{.unknown_critical = true},
         5,
         4,
         "the CA certificate that signed it has a fault of its own"},
        {{.ca = true}, 5, 5, "the CA certificate that signed it is revoked"},
        {{.ca = true}, 8, 4, "no certificate of the CA that issues it was sent or given"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        toy t;
        toy_cert signer = cases[i].signer;
        signer.subject = "Lists";
        signer.key = 5;
        signer.issuer = "Root";
        signer.signer = 1;
        signer.usage = signer.usage != 0 ? signer.usage : FV_KEY_USAGE_CRL_SIGN;
        toy_open(&t);
        TOY_TRUST(&t, ROOT);
        TOY_SEND(&t, LEAF, ISSUER, .crl_issuer = "Lists");
        toy_send(&t, &signer);
        TOY_CRL(&t, .issuer = "Lists", .signer = cases[i].key, .indirect = true);
        if (cases[i].revoked == 5)
            TOY_CRL(&t, ISSUER, .revoked = 5, .cas_only = true);
        expect(&t, UNUSABLE);
        print_message("%s\n", cases[i].reason);
        assert_string_equal(toy_param(&t.result.chain, FEDVAL_FINDING_CRL_UNUSABLE, "reason"),
                            cases[i].reason);
        toy_close(&t);
    }
}

static void the_signer_of_a_crl_that_was_used_is_not_sent_in_vain(void **state)
{
    static const unsigned keys[] = {5, 8};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        toy t;
        toy_open(&t);
        TOY_TRUST(&t, ROOT);
        TOY_SEND(&t, LEAF, ISSUER, .crl_issuer = "Lists");
        TOY_SEND(&t, .subject = "Lists", .key = 5, .issuer = "Root", .signer = 1,
                 .usage = FV_KEY_USAGE_CRL_SIGN);
        TOY_CRL(&t, .issuer = "Lists", .signer = keys[i], .indirect = true);
        toy_run(&t);
        assert_int_equal(toy_count(&t.result.chain, FEDVAL_FINDING_CHAIN_UNNEEDED_CERTIFICATES), i);
        toy_close(&t);
    }
}

/* A point with very many names costs no more than one with a few. */
static void the_names_of_a_point_that_are_compared_are_bounded(void **state)
{
    enum { MANY = 40 };
    char texts[2][MANY][16];
    fv_general_name names[2][MANY];
    toy *t = *state;
    fv_certificate certificate = {.issuer = {.presence = FV_KNOWN}};
    fv_crl crl = {.issuer = {.presence = FV_KNOWN}, .reasons = 1, .has_point_name = true};
    fv_crl_point point = {.reasons = 1};
    memset(names, 0, sizeof(names));
    for (int i = 0; i < 2 * MANY; i++) {
        int len = snprintf(texts[i / MANY][i % MANY], 16, "ldap:%d/%d", i / MANY, i % MANY);
        names[i / MANY][i % MANY] = (fv_general_name){
            .type = FV_GN_URI, .value = {(uint8_t *)texts[i / MANY][i % MANY], (size_t)len}};
    }
    crl.point_name.full = (fv_general_names){.items = names[0], .num_items = MANY};
    point.name.full = (fv_general_names){.items = names[1], .num_items = MANY};
    names[0][3] = names[1][9];
    assert_null(fv_crl_fit_of(&t->arena, &crl, &certificate, &point).fault);
    names[0][3] = names[1][30];
    assert_non_null(fv_crl_fit_of(&t->arena, &crl, &certificate, &point).fault);
}

/* RFC 3986 6.2.2.1: scheme and host are compared without case, and nothing else. */
static void the_case_of_a_uri_counts_but_for_scheme_and_host(void **state)
{
    static const struct {
        const char *a, *b;
        bool is_same;
    } uris[] = {
        {"http://me@pki.example/ca", "HTTP://me@PKI.Example/ca", true},
        {"http://me@pki.example/ca", "http://ME@pki.example/ca", false},
        {"http://me:word@pki.example/ca", "http://me:Word@pki.example/ca", false},
        {"http://a@b@pki.example/ca", "http://a@B@pki.example/ca", false},
        {"http://pki.example/me@x", "http://pki.EXAMPLE/me@x", true},
        {"http://pki.example/me@x", "http://pki.example/ME@x", false},
        {"http://pki.example?q@x", "http://PKI.example?q@x", true},
        {"http://m@ki.example/ca", "http://mk@i.example/ca", false},
        {"ldap:ME@host", "LDAP:ME@host", true},
        {"ldap:ME@host", "ldap:me@host", false},
    };
    toy *t = *state;
    fv_certificate certificate = {.issuer = {.presence = FV_KNOWN}};
    for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
        const char *texts[] = {uris[i].a, uris[i].b};
        fv_general_name names[2];
        for (size_t j = 0; j < 2; j++) {
            names[j] = (fv_general_name){.type = FV_GN_URI,
                                         .value = {(const uint8_t *)texts[j], strlen(texts[j])}};
        }
        fv_crl crl = {.issuer = {.presence = FV_KNOWN}, .reasons = 1, .has_point_name = true};
        fv_crl_point point = {.reasons = 1};
        crl.point_name.full = (fv_general_names){.items = &names[0], .num_items = 1};
        point.name.full = (fv_general_names){.items = &names[1], .num_items = 1};
        if ((fv_crl_fit_of(&t->arena, &crl, &certificate, &point).fault == NULL) != uris[i].is_same)
            fail_msg("%s beside %s", uris[i].a, uris[i].b);
    }
}

static void a_crl_of_another_issuer_that_is_not_indirect_says_nothing(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, ISSUER, .crl_issuer = "Lists");
    TOY_SEND(t, .subject = "Lists", .key = 5, .issuer = "Root", .signer = 1,
             .usage = FV_KEY_USAGE_CRL_SIGN);
    TOY_CRL(t, .issuer = "Lists", .signer = 5, .revoked = 3);
    expect(t, UNUSABLE);
}

/* The CA has a new key, and signs its CRLs with one of the two. */
static void a_crl_may_be_signed_with_the_other_key_of_the_ca(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, ISSUER);
    TOY_SEND(t, .subject = "Issuing", .key = 6, ISSUER, .ca = true);
    TOY_CRL(t, ISSUER);
    TOY_CRL(t, .issuer = "Issuing", .signer = 6, .revoked = 3);
    expect(t, REVOKED);
}

static void the_other_key_needs_a_path_of_its_own(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, ISSUER);
    TOY_SEND(t, .subject = "Issuing", .key = 6, .issuer = "Nobody", .signer = 9, .ca = true);
    TOY_CRL(t, ISSUER);
    TOY_CRL(t, .issuer = "Issuing", .signer = 6, .revoked = 3);
    expect(t, UNUSABLE);
    assert_string_equal(toy_param(&t->result.chain, FEDVAL_FINDING_CRL_UNUSABLE, "reason"),
                        "no path leads from the CA that signed it to the root of this chain; "
                        "it lists this certificate as revoked");
}

/* RFC 5280 6.3.3 (f): two roots of one name are two anchors, unless one certifies the other's key.
 */
static void a_crl_of_another_root_of_the_same_name_says_nothing(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_TRUST(t, .subject = "Root", .key = 7, .issuer = "Root", .signer = 7, .ca = true);
    TOY_SEND(t, LEAF, ISSUER);
    TOY_CRL(t, .issuer = "Root", .signer = 7);
    expect(t, UNUSABLE);
    TOY_SEND(t, .subject = "Root", .key = 7, ISSUER, .ca = true);
    expect(t, SILENT);
}

/* The list of the leaf is signed with a key whose certificate is in a list that is signed with
 * another key of the root: each signer needs a path of its own. */
static void the_signer_of_a_signer_may_be_revoked_too(void **state)
{
    static const unsigned revoked[] = {9, 6};
    static const int outcomes[] = {REVOKED, UNUSABLE};
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, ISSUER);
    TOY_SEND(t, .subject = "Issuing", .key = 6, ISSUER, .ca = true);
    TOY_SEND(t, .subject = "Root", .key = 7, ISSUER, .ca = true);
    TOY_CRL(t, .issuer = "Issuing", .signer = 6, .revoked = 3);
    for (size_t i = 0; i < 2; i++) {
        TOY_CRL(t, .issuer = "Root", .signer = 7, .number = AT((unsigned)(7 + i)),
                .revoked = revoked[i]);
        expect(t, outcomes[i]);
    }
}

/* AD CS signs a list with each key of a CA, and each lists what was issued with that key. */
static void a_list_of_the_new_key_does_not_replace_that_of_the_old_one(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, ISSUER);
    TOY_SEND(t, .subject = "Issuing", .key = 6, ISSUER, .ca = true);
    TOY_CRL(t, ISSUER);
    TOY_CRL(t, .issuer = "Issuing", .signer = 2, .revoked = 3);
    TOY_CRL(t, .issuer = "Issuing", .signer = 6, .from = "200201", .number = AT(8));
    expect(t, REVOKED);
}

static void every_certificate_of_the_path_is_said_to_be_checked_or_not(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, ISSUER);
    TOY_CRL(t, .issuer = "Issuing", .signer = 2);
    toy_run(t);
    const fv_trust_rung *rungs = t->result.accepted->rungs;
    assert_int_equal(rungs[0].revocation, FEDVAL_REVOCATION_GOOD);
    assert_int_equal(rungs[1].revocation, FEDVAL_REVOCATION_NOT_CHECKED);
    assert_int_equal(rungs[2].revocation, FEDVAL_REVOCATION_NOT_ASKED);
    assert_string_equal(
        toy_param(&t->result.chain, FEDVAL_FINDING_REVOCATION_NOT_CHECKED, "certificate"),
        "CN=Issuing");
}

static void a_crl_is_verified_once_for_all_chains(void **state)
{
    toy *t = *state;
    send(t);
    TOY_CRL(t, ISSUER);
    toy_run(t);
    size_t first = t->num_verified;
    toy_run(t);
    assert_int_equal(first, 2); /* the chain and the CRL */
    assert_int_equal(t->num_verified - first, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crl_says_it_or_says_nothing),
        T(no_crl_is_not_the_same_as_not_revoked),
        T(a_policy_can_require_a_crl),
        T(the_next_update_bounds_how_long_the_path_holds),
        T(a_crl_holds_from_its_first_second_to_its_last),
        T(an_issuer_without_crl_sign_signs_none),
        T(another_crl_of_the_issuer_makes_up_for_one_that_is_unusable),
        T(a_revoked_intermediate_breaks_its_path_alone),
        cmocka_unit_test(the_web_pki_is_stricter_with_crls),
        T(a_sloppy_crl_still_revokes_what_it_lists),
        cmocka_unit_test(points_are_compared_whatever_their_form),
        cmocka_unit_test(a_delta_is_applied_over_its_base),
        T(a_newer_delta_over_a_base_that_was_given_overtakes_an_older_one),
        T(a_newer_delta_without_its_base_overtakes_none),
        T(reasons_are_collected_over_several_crls),
        T(the_newer_of_two_crls_of_one_scope_counts),
        T(an_indirect_crl_is_of_the_issuer_that_the_certificate_names),
        T(what_is_wrong_with_the_signer_of_an_indirect_crl_is_said),
        T(the_signer_of_a_crl_that_was_used_is_not_sent_in_vain),
        T(the_names_of_a_point_that_are_compared_are_bounded),
        T(the_case_of_a_uri_counts_but_for_scheme_and_host),
        T(a_crl_of_another_issuer_that_is_not_indirect_says_nothing),
        T(a_crl_may_be_signed_with_the_other_key_of_the_ca),
        T(the_other_key_needs_a_path_of_its_own),
        T(a_crl_of_another_root_of_the_same_name_says_nothing),
        T(the_signer_of_a_signer_may_be_revoked_too),
        T(a_list_of_the_new_key_does_not_replace_that_of_the_old_one),
        T(every_certificate_of_the_path_is_said_to_be_checked_or_not),
        T(a_crl_is_verified_once_for_all_chains),
    };
    return cmocka_run_group_tests_name("trust/revocation", tests, NULL, NULL);
}
