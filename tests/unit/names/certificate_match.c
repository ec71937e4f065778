#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../name_table.h"
#include "fedval/name.h"
#include "model/dns_name.h"
#include "names/certificate_match.h"

/* The rules of the profiles. */
static const fv_name_policy microsoft = {FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, false};
static const fv_name_policy trunk = {FEDVAL_WILDCARD_NEVER, FEDVAL_CN_REQUIRED, false};
static const fv_name_policy rfc5922 = {FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, true};
static const fv_name_policy webpki = {FEDVAL_WILDCARD_LEFT_MOST, FEDVAL_CN_NEVER, false};
static const fv_name_policy lenient = {FEDVAL_WILDCARD_LEFT_MOST, FEDVAL_CN_WITHOUT_SAN, false};

typedef struct vector {
    const char *names; /* of the SAN: "DNS:a.b URI:sip:b"; NULL: no extension */
    const char *cn;    /* NULL: none */
    const char *reference;
    const fv_name_policy *policy;
    uint32_t how;
    const char *presented;
} vector;

static const vector vectors[] = {
    {"DNS:vcse.steven.lab", "vcse.steven.lab", "vcse.steven.lab", &microsoft, FEDVAL_NAME_MATCH_SAN,
     "vcse.steven.lab"},
    {"DNS:a.example DNS:VCSE.steven.lab", NULL, "vcse.STEVEN.lab.", &microsoft,
     FEDVAL_NAME_MATCH_SAN, "VCSE.steven.lab"},
    {"DNS:vcse.steven.lab", NULL, "vcse.acano.steven.lab", &microsoft, FEDVAL_NAME_MATCH_NONE, ""},
    {"", "vcse.steven.lab", "vcse.steven.lab", &microsoft, FEDVAL_NAME_MATCH_CN_IGNORED,
     "vcse.steven.lab"},
    {"DNS:other.example", "vcse.steven.lab", "vcse.steven.lab", &microsoft,
     FEDVAL_NAME_MATCH_CN_IGNORED, "vcse.steven.lab"},
    {NULL, "vcse.steven.lab", "vcse.steven.lab", &microsoft, FEDVAL_NAME_MATCH_CN,
     "vcse.steven.lab"},
    {NULL, "vcse.steven.lab", "vcse.steven.lab", &webpki, FEDVAL_NAME_MATCH_CN_IGNORED,
     "vcse.steven.lab"},
    {NULL, "VCSE host", "vcse.steven.lab", &microsoft, FEDVAL_NAME_MATCH_NONE, ""},
    {NULL, NULL, "vcse.steven.lab", &microsoft, FEDVAL_NAME_MATCH_NONE, ""},
    {"DNS:xn--bcher-kva.example", NULL, "XN--BCHER-KVA.example", &microsoft, FEDVAL_NAME_MATCH_SAN,
     "xn--bcher-kva.example"},
    {"DNS:under_score.example.com", NULL, "under_score.example.com", &webpki, FEDVAL_NAME_MATCH_SAN,
     "under_score.example.com"},
    /* wildcards */
    {"DNS:*.example.com", NULL, "a.example.com", &webpki, FEDVAL_NAME_MATCH_SAN_WILDCARD,
     "*.example.com"},
    {"DNS:*.example.com", NULL, "a.example.com", &microsoft, FEDVAL_NAME_MATCH_WILDCARD_ONLY,
     "*.example.com"},
    {"DNS:*.example.com DNS:a.example.com", NULL, "a.example.com", &microsoft,
     FEDVAL_NAME_MATCH_SAN, "a.example.com"},
    {"DNS:*.example.com", NULL, "b.a.example.com", &webpki, FEDVAL_NAME_MATCH_NONE, ""},
    {"DNS:*.com", NULL, "example.com", &webpki, FEDVAL_NAME_MATCH_NONE, ""},
    {"DNS:*.example.com", "a.example.com", "a.example.com", &microsoft,
     FEDVAL_NAME_MATCH_WILDCARD_ONLY, "*.example.com"},
    {NULL, "*.example.com", "a.example.com", &microsoft, FEDVAL_NAME_MATCH_WILDCARD_ONLY,
     "*.example.com"},
    {NULL, "*.example.com", "a.example.com", &lenient, FEDVAL_NAME_MATCH_CN, "*.example.com"},
    {"DNS:b.example", "*.example.com", "a.example.com", &microsoft, FEDVAL_NAME_MATCH_NONE, ""},
    /* a trunk to a Front End: the Common Name must match too */
    {"DNS:pool.example", "pool.example", "pool.example", &trunk, FEDVAL_NAME_MATCH_CN,
     "pool.example"},
    {NULL, "pool.example", "pool.example", &trunk, FEDVAL_NAME_MATCH_CN, "pool.example"},
    {"DNS:pool.example", "cms.example", "pool.example", &trunk, FEDVAL_NAME_MATCH_CN_MISSING,
     "pool.example"},
    {"DNS:cms.example", "pool.example", "pool.example", &trunk, FEDVAL_NAME_MATCH_CN_IGNORED,
     "pool.example"},
    {"DNS:cms.example", "cms.example", "pool.example", &trunk, FEDVAL_NAME_MATCH_NONE, ""},
    {"DNS:*.example.com", "cms.example", "a.example.com", &trunk, FEDVAL_NAME_MATCH_WILDCARD_ONLY,
     "*.example.com"},
    /* SIP domains (RFC 5922 7.1) */
    {"URI:sip:Example.com", NULL, "example.com", &rfc5922, FEDVAL_NAME_MATCH_SAN_URI,
     "sip:Example.com"},
    {"URI:SIP:example.com:5061;transport=tls", NULL, "example.com", &rfc5922,
     FEDVAL_NAME_MATCH_SAN_URI, "SIP:example.com:5061;transport=tls"},
    {"URI:sip:example.com", NULL, "example.com", &microsoft, FEDVAL_NAME_MATCH_NONE, ""},
    {"URI:sip:bob@example.com", NULL, "example.com", &rfc5922, FEDVAL_NAME_MATCH_NONE, ""},
    {"URI:sip:@example.com", NULL, "example.com", &rfc5922, FEDVAL_NAME_MATCH_NONE, ""},
    {"URI:sips:example.com", NULL, "example.com", &rfc5922, FEDVAL_NAME_MATCH_NONE, ""},
    {"URI:sip:a.example.com", NULL, "example.com", &rfc5922, FEDVAL_NAME_MATCH_NONE, ""},
    {"URI:https://example.com", NULL, "example.com", &rfc5922, FEDVAL_NAME_MATCH_NONE, ""},
    {"DNS:example.com URI:sip:other.example", NULL, "example.com", &rfc5922, FEDVAL_NAME_MATCH_NONE,
     ""},
    {"URI:sip:bob@other.example DNS:example.com", NULL, "example.com", &rfc5922,
     FEDVAL_NAME_MATCH_SAN, "example.com"},
    {"URI:sip:other.example DNS:example.com", NULL, "example.com", &rfc5922, FEDVAL_NAME_MATCH_NONE,
     ""},
    {"URI:sip:other.example DNS:example.com URI:sip:example.com", NULL, "example.com", &rfc5922,
     FEDVAL_NAME_MATCH_SAN, "example.com"},
    {"DNS:example.com URI:sips:other.example", NULL, "example.com", &rfc5922, FEDVAL_NAME_MATCH_SAN,
     "example.com"},
    {"DNS:example.com URI:sip:other.example", NULL, "example.com", &microsoft,
     FEDVAL_NAME_MATCH_SAN, "example.com"},
    {"DNS:example.com URI:sip:example.com", NULL, "example.com", &rfc5922, FEDVAL_NAME_MATCH_SAN,
     "example.com"},
    {"DNS:*.example.com", NULL, "a.example.com", &rfc5922, FEDVAL_NAME_MATCH_WILDCARD_ONLY,
     "*.example.com"},
    /* addresses: "IP:" stands for 192.0.2.1 below */
    {"IP:", NULL, "192.0.2.1", &webpki, FEDVAL_NAME_MATCH_SAN_ADDRESS,
     "\xc0"
     "\0"
     "\x02\x01"},
    {"IP:", NULL, "192.0.2.2", &webpki, FEDVAL_NAME_MATCH_NONE, ""},
    {"IP:", NULL, "::ffff:192.0.2.1", &webpki, FEDVAL_NAME_MATCH_NONE, ""},
    {"DNS:192.0.2.1", NULL, "192.0.2.1", &webpki, FEDVAL_NAME_MATCH_NONE, ""},
    {NULL, "192.0.2.1", "192.0.2.1", &microsoft, FEDVAL_NAME_MATCH_CN_IGNORED, "192.0.2.1"},
    {"IP:", "192.0.2.1", "192.0.2.1", &microsoft, FEDVAL_NAME_MATCH_SAN_ADDRESS, NULL},
    {"IP:", "pool", "192.0.2.1", &trunk, FEDVAL_NAME_MATCH_CN_MISSING, NULL},
};

/* ---- certificates, made by hand ---- */

/* Names that no reference of a vector equals: so many that an index of the names is made. */
#define NUM_OTHERS 40

typedef struct fixture {
    fv_certificate certificate;
    fv_general_name names[NUM_OTHERS + 8];
    fv_text cn;
} fixture;

static const uint8_t address[] = {192, 0, 2, 1};

static fv_general_name read_name(const char *text, size_t len)
{
    fv_general_name name = {.type = FV_GN_IP, .value = {address, sizeof(address)}};
    if (strncmp(text, "IP:", 3) == 0)
        return name;
    name.type = strncmp(text, "DNS:", 4) == 0 ? FV_GN_DNS : FV_GN_URI;
    name.value = (fv_bytes){(const uint8_t *)text + 4, len - 4};
    return name;
}

static void make(fixture *to, const char *names, const char *cn)
{
    size_t num_names = 0;
    memset(to, 0, sizeof(*to));
    for (const char *at = names; at != NULL && *at != '\0';) {
        size_t len = strcspn(at, " ");
        to->names[num_names++] = read_name(at, len);
        at += len + (at[len] == ' ');
    }
    fv_subject_alt_name *san = &to->certificate.subject_alt_name;
    san->presence = names == NULL ? FV_ABSENT : FV_KNOWN;
    san->names = (fv_general_names){.items = to->names, .num_items = num_names};
    to->cn = fv_text_of(cn);
    to->certificate.subject.presence = FV_KNOWN;
    to->certificate.subject.common_names = &to->cn;
    to->certificate.subject.num_common_names = cn != NULL;
}

static void expect(const vector *v, const fixture *held)
{
    fv_name_match match = {0};
    assert_true(
        fv_certificate_match(&held->certificate, fv_text_of(v->reference), v->policy, &match));
    if (match.how != v->how) {
        fail_msg("%s, %s: %s", v->names == NULL ? "(no SAN)" : v->names, v->reference,
                 fedval_name_match_to_string(match.how));
    }
    if (v->presented != NULL && match.how != FEDVAL_NAME_MATCH_SAN_ADDRESS)
        assert_true(fv_text_equal(match.presented, fv_text_of(v->presented)));
    if (match.how == FEDVAL_NAME_MATCH_SAN_ADDRESS)
        assert_ptr_equal(match.presented.data, address);
}

static void every_certificate_matches_as_its_profile_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        fixture held;
        make(&held, vectors[i].names, vectors[i].cn);
        expect(&vectors[i], &held);
    }
}

/* Puts other names before those of the vector, and makes the index. */
static void add_others(fixture *held, char others[NUM_OTHERS][32], fv_arena *arena)
{
    fv_general_names *names = &held->certificate.subject_alt_name.names;
    memmove(held->names + NUM_OTHERS, held->names, names->num_items * sizeof(held->names[0]));
    for (size_t i = 0; i < NUM_OTHERS; i++) {
        int len = snprintf(others[i], sizeof(others[i]), "other-%zu.example", i);
        held->names[i] = (fv_general_name){.type = FV_GN_DNS,
                                           .value = {(const uint8_t *)others[i], (size_t)len}};
    }
    names->num_items += NUM_OTHERS;
    assert_true(fv_general_names_index(arena, names));
    assert_non_null(names->index);
}

static void many_names_match_as_few_do(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        fixture held;
        char others[NUM_OTHERS][32];
        fv_arena arena;
        if (vectors[i].names == NULL)
            continue;
        fv_arena_init(&arena);
        make(&held, vectors[i].names, vectors[i].cn);
        add_others(&held, others, &arena);
        expect(&vectors[i], &held);
        fv_arena_clear(&arena);
    }
}

/* Of names that differ in their case, the first one is told. */
static void the_first_of_equal_names_is_found(void **state)
{
    static const vector twice = {"DNS:A.example.com DNS:a.example.com",
                                 NULL,
                                 "a.example.com",
                                 &microsoft,
                                 FEDVAL_NAME_MATCH_SAN,
                                 "A.example.com"};
    fixture held;
    char others[NUM_OTHERS][32];
    fv_arena arena;
    (void)state;
    fv_arena_init(&arena);
    make(&held, twice.names, NULL);
    add_others(&held, others, &arena);
    expect(&twice, &held);
    for (size_t i = 0; i < NUM_OTHERS; i++) {
        const vector other = {"(others)", NULL, others[i], &microsoft, FEDVAL_NAME_MATCH_SAN,
                              others[i]};
        expect(&other, &held);
    }
    fv_arena_clear(&arena);
}

static void an_embedded_nul_matches_nothing(void **state)
{
    static const char evil[] = "good.example\0.evil.example";
    fixture held;
    fv_name_match match;
    (void)state;
    make(&held, NULL, "x");
    held.cn = (fv_text){evil, sizeof(evil) - 1};
    assert_true(
        fv_certificate_match(&held.certificate, fv_text_of("good.example"), &microsoft, &match));
    assert_int_equal(match.how, FEDVAL_NAME_MATCH_NONE);
    make(&held, "DNS:x", NULL);
    held.names[0].value = (fv_bytes){(const uint8_t *)evil, sizeof(evil) - 1};
    assert_true(
        fv_certificate_match(&held.certificate, fv_text_of("good.example"), &webpki, &match));
    assert_int_equal(match.how, FEDVAL_NAME_MATCH_NONE);
    assert_false(fv_certificate_match(&held.certificate, (fv_text){evil, sizeof(evil) - 1}, &webpki,
                                      &match));
}

static void a_control_character_does_not_pass_for_a_dot(void **state)
{
    fixture held;
    fv_name_match match;
    (void)state;
    make(&held,
         "DNS:good\x0e"
         "example",
         NULL);
    assert_true(
        fv_certificate_match(&held.certificate, fv_text_of("good.example"), &webpki, &match));
    assert_int_equal(match.how, FEDVAL_NAME_MATCH_NONE);
    make(&held,
         "DNS:*.good\x0e"
         "example",
         NULL);
    assert_true(
        fv_certificate_match(&held.certificate, fv_text_of("a.good.example"), &webpki, &match));
    assert_int_equal(match.how, FEDVAL_NAME_MATCH_NONE);
}

static void any_of_several_common_names_may_stand_in(void **state)
{
    const fv_text names[] = {{"lab", 3}, {"vcse.steven.lab", 15}, {"x", 1}};
    fixture held;
    fv_name_match match;
    (void)state;
    make(&held, NULL, "x");
    held.certificate.subject.common_names = names;
    held.certificate.subject.num_common_names = 3;
    assert_true(
        fv_certificate_match(&held.certificate, fv_text_of("vcse.steven.lab"), &microsoft, &match));
    assert_int_equal(match.how, FEDVAL_NAME_MATCH_CN);
}

static void a_malformed_extension_still_voids_the_common_name(void **state)
{
    fixture held;
    fv_name_match match;
    (void)state;
    make(&held, NULL, "vcse.steven.lab");
    held.certificate.subject_alt_name.presence = FV_MALFORMED;
    assert_true(
        fv_certificate_match(&held.certificate, fv_text_of("vcse.steven.lab"), &microsoft, &match));
    assert_int_equal(match.how, FEDVAL_NAME_MATCH_CN_IGNORED);
}

static void what_is_no_name_is_no_reference(void **state)
{
    static const char *const bad[] = {
        "", ".", "a..b", "*.example.com", "1.2.3", "b\xc3\xbc.example", "[::1]", "a b"};
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        fixture held;
        fv_name_match match = {.how = 77};
        make(&held, "DNS:example.com", NULL);
        assert_false(fv_certificate_match(&held.certificate, fv_text_of(bad[i]), &webpki, &match));
        assert_int_equal(match.how, 77);
    }
}

/* ---- the Web PKI table ---- */

/* "\0" in the table stands for a NUL. */
static size_t unescape(char *text)
{
    size_t len = 0;
    for (const char *at = text; *at != '\0'; at++) {
        bool is_nul = at[0] == '\\' && at[1] == '0';
        text[len++] = is_nul ? '\0' : *at;
        at += is_nul;
    }
    return len;
}

static void check_row(char *line)
{
    fixture held;
    fv_name_match match;
    char shown[300];
    snprintf(shown, sizeof(shown), "%s", line);
    char *presented = line, *wanted = strchr(line, '\t');
    *wanted++ = '\0';
    char *outcome = strchr(wanted, '\t');
    *outcome++ = '\0';
    make(&held, "DNS:x", NULL);
    held.names[0].value = (fv_bytes){(const uint8_t *)presented, unescape(presented)};
    assert_true(fv_certificate_match(&held.certificate, fv_text_of(wanted), &webpki, &match));
    bool accepted = fedval_name_match_is_accepted(match.how);
    bool is_sound = fv_presented_dns_name_is_valid(
        (fv_text){(const char *)held.names[0].value.data, held.names[0].value.len});
    const char *seen = accepted ? "match" : is_sound ? "no-match" : "malformed";
    if (strncmp(outcome, seen, strlen(seen)) != 0)
        fail_msg("%s: %s", shown, seen);
}

static void web_pki_table_is_kept_to_the_letter(void **state)
{
    (void)state;
    walk_name_table(NAME_TABLES "presented-vs-reference.tsv", check_row, 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_certificate_matches_as_its_profile_says),
        cmocka_unit_test(many_names_match_as_few_do),
        cmocka_unit_test(the_first_of_equal_names_is_found),
        cmocka_unit_test(an_embedded_nul_matches_nothing),
        cmocka_unit_test(a_control_character_does_not_pass_for_a_dot),
        cmocka_unit_test(any_of_several_common_names_may_stand_in),
        cmocka_unit_test(a_malformed_extension_still_voids_the_common_name),
        cmocka_unit_test(what_is_no_name_is_no_reference),
        cmocka_unit_test(web_pki_table_is_kept_to_the_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
