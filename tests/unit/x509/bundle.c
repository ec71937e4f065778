/* Files as people have them: every form of the same chain gives the same certificates, and what is
 * none of these is named. */
#include "x509/bundle.h"
#include "../../reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define FORMS FEDVAL_SOURCE_ROOT "/tests/pki/out/forms/"

static int set_up(void **state)
{
    fv_arena *arena = malloc(sizeof(*arena));
    fv_arena_init(arena);
    *state = arena;
    return 0;
}

static int tear_down(void **state)
{
    fv_arena_clear(*state);
    free(*state);
    return 0;
}

static fv_bytes load(const char *path)
{
    static char *data; /* of the last file */
    size_t len = 0;
    free(data);
    data = read_file(path, &len);
    assert_non_null(data);
    return (fv_bytes){(const uint8_t *)data, len};
}

static fv_bytes bytes_of(const char *text)
{
    return (fv_bytes){(const uint8_t *)text, strlen(text)};
}

typedef struct taken {
    char all[64];
    fedval_status status; /* of the block "bad" */
} taken;

static fedval_status take(fv_bytes der, void *user)
{
    taken *self = user;
    if (der.len == 3 && memcmp(der.data, "bad", 3) == 0)
        return self->status;
    strncat(self->all, (const char *)der.data, der.len);
    return FEDVAL_OK;
}

#define BLOCK(label, base64) "-----BEGIN " label "-----\n" base64 "\n-----END " label "-----\n"

static void every_block_of_a_kind_is_handed_on(void **state)
{
    static const char text[] =
        BLOCK("CERTIFICATE", "Zm9v") BLOCK("X509 CRL", "Y3Js") BLOCK("PRIVATE KEY", "a2V5")
            BLOCK("X509 CERTIFICATE", "YmFy") BLOCK("TRUSTED CERTIFICATE", "YmF6");
    taken certificates = {.all = ""}, crls = {.all = ""};
    assert_int_equal(
        fv_bundle_each(bytes_of(text), *state, FV_BUNDLE_CERTIFICATE, take, &certificates, NULL),
        FEDVAL_OK);
    assert_string_equal(certificates.all, "foobarbaz");
    assert_int_equal(fv_bundle_each(bytes_of(text), *state, FV_BUNDLE_CRL, take, &crls, NULL),
                     FEDVAL_OK);
    assert_string_equal(crls.all, "crl");
}

static void the_first_fault_ends_it_with_its_line(void **state)
{
    static const struct {
        const char *text;
        fedval_status taken, wanted;
        uint32_t line;
        const char *message;
    } cases[] = {
        {"", 0, FEDVAL_ERROR_NOT_FOUND, 0, "it is empty: a CRL is wanted"},
        {"a\nb\n", 0, FEDVAL_ERROR_NOT_FOUND, 0,
         "no CRL in it: no PEM block, which begins with -----BEGIN"},
        {"05/14/2019|09:41:09.990 INFO :: a line of a log that begins with 0\n", 0,
         FEDVAL_ERROR_NOT_FOUND, 0, "no CRL in it: no PEM block, which begins with -----BEGIN"},
        {"0 of 2\n" BLOCK("X509 CRL", "YmFk") "\n", FEDVAL_ERROR_SYNTAX, FEDVAL_ERROR_SYNTAX, 2,
         "not a CRL between these lines"},
        {"\x30\x82\x01\x01", 0, FEDVAL_ERROR_SYNTAX, 0, "not a CRL in DER"},
        {"a\nb\n" BLOCK("CERTIFICATE", "Zm9v") BLOCK("PRIVATE KEY", "Zm9v"), 0,
         FEDVAL_ERROR_NOT_FOUND, 0, "no CRL in it, but: a certificate"},
        {BLOCK("X509 CRL", "Y3Js") "\n" BLOCK("X509 CRL", "YmFk"), FEDVAL_ERROR_SYNTAX,
         FEDVAL_ERROR_SYNTAX, 5, "not a CRL between these lines"},
        {BLOCK("X509 CRL", "YmFk"), FEDVAL_ERROR_LIMIT, FEDVAL_ERROR_LIMIT, 1,
         "a CRL that is too large between these lines"},
        {BLOCK("X509 CRL", "YmFk"), FEDVAL_ERROR_NO_MEMORY, FEDVAL_ERROR_NO_MEMORY, 0, ""},
        {BLOCK("X509 CRL", "Y3Js") "-----BEGIN X509 CRL-----\n", 0, FEDVAL_ERROR_SYNTAX, 4,
         "a PEM block that is damaged or not closed"},
    };
    fedval_error *error = fedval_error_new();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        taken self = {.status = cases[i].taken};
        fedval_error_set(error, "", FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
        assert_int_equal(
            fv_bundle_each(bytes_of(cases[i].text), *state, FV_BUNDLE_CRL, take, &self, error),
            cases[i].wanted);
        assert_string_equal(fedval_error_get_message(error), cases[i].message);
        assert_int_equal(fedval_error_get_line(error), cases[i].line);
    }
    fedval_error_free(error);
}

/* ---- files ---- */

#define MAX_SEEN 4

typedef struct seen {
    size_t num;
    size_t len[MAX_SEEN];
    uint8_t first[MAX_SEEN][32]; /* of the DER */
} seen;

static fedval_status remember(fv_bytes der, void *user)
{
    seen *self = user;
    assert_true(self->num < MAX_SEEN && der.len >= 32);
    self->len[self->num] = der.len;
    memcpy(self->first[self->num++], der.data, 32);
    return FEDVAL_OK;
}

static void every_form_of_a_chain_gives_the_same_certificates(void **state)
{
    static const char *const forms[] = {
        "chain.der",         "chain.p7b",         "chain.p7b.pem", "chain-and-crl.p7c",
        "chain-utf16le.pem", "chain-utf16be.pem", "chain-crlf.pem"};
    seen wanted = {0};
    assert_int_equal(fv_bundle_each(load(FORMS "../valid.pem"), *state, FV_BUNDLE_CERTIFICATE,
                                    remember, &wanted, NULL),
                     FEDVAL_OK);
    assert_int_equal(wanted.num, 2);
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        char path[512];
        seen got = {0};
        (void)snprintf(path, sizeof(path), "%s%s", FORMS, forms[i]);
        print_message("%s\n", forms[i]);
        assert_int_equal(
            fv_bundle_each(load(path), *state, FV_BUNDLE_CERTIFICATE, remember, &got, NULL),
            FEDVAL_OK);
        assert_memory_equal(&got, &wanted, sizeof(got));
    }
}

/* ---- PEM and DER in one file ---- */

typedef struct file {
    uint8_t data[32768];
    size_t len;
} file;

static void append(file *self, fv_bytes bytes)
{
    assert_true(bytes.len <= sizeof(self->data) - self->len);
    memcpy(self->data + self->len, bytes.data, bytes.len);
    self->len += bytes.len;
}

static fedval_status keep(fv_bytes der, void *user)
{
    *(fv_bytes *)user = der;
    return FEDVAL_OK;
}

static fv_bytes load_crl(fv_arena *arena)
{
    fv_bytes crl = {NULL, 0};
    assert_int_equal(
        fv_bundle_each(load(FORMS "../issuing.crl"), arena, FV_BUNDLE_CRL, keep, &crl, NULL),
        FEDVAL_OK);
    return crl;
}

/* Puts together what the letters of `parts` name: P and D are two certificates as PEM and as DER, C
 * is a CRL in DER, L a CRL whose end is missing, z zeros, t a text, b bytes that are neither, s a
 * short document of no kind that is known; a blank or a line end is itself. */
static void assemble(fv_arena *arena, file *self, const char *parts)
{
    self->len = 0;
    for (; *parts != '\0'; parts++) {
        fv_bytes part = {(const uint8_t *)parts, 1};
        if (*parts == 'P')
            part = load(FORMS "../valid.pem");
        else if (*parts == 'D')
            part = load(FORMS "chain.der");
        else if (*parts == 'C' || *parts == 'L')
            part = load_crl(arena);
        else if (*parts == 'z')
            part = (fv_bytes){(const uint8_t *)"\0\0\0", 3};
        else if (*parts == 't')
            part = bytes_of("0 of 2: a text\r\n\t0\xE9 ");
        else if (*parts == 'b')
            part = bytes_of("\x02\x01\x05");
        else if (*parts == 's')
            part = bytes_of("\x30\x03\x02\x01\x05");
        if (*parts == 'L')
            part.len -= 9;
        append(self, part);
    }
}

static fedval_status count(fv_bytes der, void *user)
{
    (void)der;
    ++*(size_t *)user;
    return FEDVAL_OK;
}

static void pem_and_der_in_one_file_are_all_read(void **state)
{
    static const struct {
        const char *parts;
        size_t num_certificates, num_crls;
    } cases[] = {
        {"PD", 4, 0},       {"DP", 4, 0},        {"D\nD", 4, 0},       {"DzD", 4, 0},
        {"PC", 2, 1},       {"CP", 2, 1},        {"C\nC", 0, 2},       {"CzC", 0, 2},
        {"tDt\nP", 4, 0},   {"PtDtC", 4, 1},     {"P\nCzDt\nP", 6, 1}, {"zC", 0, 1},
        {"\n D\n t", 2, 0}, {"Dt\n  Pzt", 4, 0}, {"CsC", 0, 2},        {"PsP", 4, 0},
    };
    file *mixed = malloc(sizeof(*mixed));
    assert_non_null(mixed);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t num_certificates = 0, num_crls = 0;
        print_message("%s\n", cases[i].parts);
        assemble(*state, mixed, cases[i].parts);
        fv_bytes bytes = {mixed->data, mixed->len};
        assert_int_equal(
            fv_bundle_each(bytes, *state, FV_BUNDLE_CERTIFICATE, count, &num_certificates, NULL),
            cases[i].num_certificates > 0 ? FEDVAL_OK : FEDVAL_ERROR_NOT_FOUND);
        assert_int_equal(fv_bundle_each(bytes, *state, FV_BUNDLE_CRL, count, &num_crls, NULL),
                         cases[i].num_crls > 0 ? FEDVAL_OK : FEDVAL_ERROR_NOT_FOUND);
        assert_int_equal(num_certificates, cases[i].num_certificates);
        assert_int_equal(num_crls, cases[i].num_crls);
    }
    free(mixed);
}

/* What is left of a file is never dropped in silence. */
static void bytes_that_are_neither_pem_nor_der_are_an_error_at_their_offset(void **state)
{
    static const struct {
        const char *before, *after;
    } cases[] = {{"P", "b"},     {"Pt", "b\nP"}, {"D", "bD"},   {"Dz", "b"},
                 {"t\nP", "bD"}, {"", "b\nP"},   {"P", "b\nD"}, {"P", "bb"}};
    file *damaged = malloc(sizeof(*damaged));
    fedval_error *error = fedval_error_new();
    assert_non_null(damaged);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char parts[32];
        size_t num = 0;
        assemble(*state, damaged, cases[i].before);
        size_t offset = damaged->len;
        (void)snprintf(parts, sizeof(parts), "%s%s", cases[i].before, cases[i].after);
        print_message("%s\n", parts);
        assemble(*state, damaged, parts);
        fedval_error_set(error, "", FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
        fv_bytes bytes = {damaged->data, damaged->len};
        assert_int_equal(fv_bundle_each(bytes, *state, FV_BUNDLE_CERTIFICATE, count, &num, error),
                         FEDVAL_ERROR_SYNTAX);
        assert_string_equal(fedval_error_get_message(error),
                            "bytes that are neither PEM nor DER beside what was read");
        assert_int_equal(fedval_error_get_offset(error), offset);
    }
    fedval_error_free(error);
    free(damaged);
}

static void der_that_is_cut_off_is_not_passed_over(void **state)
{
    static const char *const cases[] = {"CL", "PL", "P\nL", "C\nL", "PtL"};
    file *damaged = malloc(sizeof(*damaged));
    assert_non_null(damaged);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t num = 0;
        assemble(*state, damaged, cases[i]);
        fv_bytes bytes = {damaged->data, damaged->len};
        fv_bundle_kind wanted = cases[i][0] == 'P' ? FV_BUNDLE_CERTIFICATE : FV_BUNDLE_CRL;
        print_message("%s\n", cases[i]);
        assert_int_equal(fv_bundle_each(bytes, *state, wanted, count, &num, NULL),
                         FEDVAL_ERROR_SYNTAX);
    }
    free(damaged);
}

static void base64_without_its_armour_and_lengths_left_open_are_read(void **state)
{
    seen wanted = {0}, bare = {0}, open = {0}, crl = {0};
    assert_int_equal(fv_bundle_each(load(FORMS "../valid.pem"), *state, FV_BUNDLE_CERTIFICATE,
                                    remember, &wanted, NULL),
                     FEDVAL_OK);
    assert_int_equal(fv_bundle_each(load(FORMS "bare-base64.cer"), *state, FV_BUNDLE_CERTIFICATE,
                                    remember, &bare, NULL),
                     FEDVAL_OK);
    assert_int_equal(bare.num, 1);
    assert_memory_equal(bare.first[0], wanted.first[0], 32);
    assert_int_equal(fv_bundle_each(load(FORMS "indefinite.p7b"), *state, FV_BUNDLE_CERTIFICATE,
                                    remember, &open, NULL),
                     FEDVAL_OK);
    assert_true(open.num >= 2);
    assert_int_equal(fv_bundle_each(load(FORMS "chain-and-crl.p7c"), *state, FV_BUNDLE_CRL,
                                    remember, &crl, NULL),
                     FEDVAL_OK);
    assert_int_equal(crl.num, 1);
}

static void what_is_no_certificate_is_named_for_what_it_is(void **state)
{
    static const struct {
        const char *file, *message;
    } cases[] = {
        {"request.der", "no certificate in it, but: a certificate request (PKCS #10)"},
        {"request.pem", "no certificate in it, but: a certificate request (PKCS #10)"},
        {"chain.p12",
         "no certificate in it, but: a PKCS #12 file, which has to be opened with its password"},
        {"key-pkcs8.der", "no certificate in it, but: a private key"},
        {"key-pkcs1.der", "no certificate in it, but: a private key"},
        {"key-sec1.der", "no certificate in it, but: a private key"},
        {"key-encrypted.der", "no certificate in it, but: an encrypted private key"},
        {"key-public.der", "no certificate in it, but: a public key"},
        {"../issuing.crl", "no certificate in it, but: a certificate revocation list (CRL)"},
    };
    fedval_error *error = fedval_error_new();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char path[512];
        seen got = {0};
        (void)snprintf(path, sizeof(path), "%s%s", FORMS, cases[i].file);
        fedval_error_set(error, "", FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
        assert_int_equal(
            fv_bundle_each(load(path), *state, FV_BUNDLE_CERTIFICATE, remember, &got, error),
            FEDVAL_ERROR_NOT_FOUND);
        assert_string_equal(fedval_error_get_message(error), cases[i].message);
    }
    fedval_error_free(error);
}

static void a_pkcs12_file_that_is_cut_is_named(void **state)
{
    static const char named[] = "a PKCS #12 file whose end is missing: copy or export it again";
    const fv_bytes whole = load(FORMS "chain.p12");
    fedval_error *error = fedval_error_new();
    for (size_t len = 4; len < whole.len; len += 5) {
        seen got = {0};
        fedval_error_set(error, "", FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
        assert_int_equal(fv_bundle_each((fv_bytes){whole.data, len}, *state, FV_BUNDLE_CERTIFICATE,
                                        remember, &got, error),
                         FEDVAL_ERROR_SYNTAX);
        /* the tag and the length, the version, and the tag of what follows */
        if (len < 8)
            assert_string_equal(fedval_error_get_message(error), "not a certificate in DER");
        else
            assert_string_equal(fedval_error_get_message(error), named);
    }
    fedval_error_free(error);
}

static void a_request_is_found_where_one_is_wanted(void **state)
{
    seen der = {0}, pem = {0};
    assert_int_equal(
        fv_bundle_each(load(FORMS "request.der"), *state, FV_BUNDLE_REQUEST, remember, &der, NULL),
        FEDVAL_OK);
    assert_int_equal(
        fv_bundle_each(load(FORMS "request.pem"), *state, FV_BUNDLE_REQUEST, remember, &pem, NULL),
        FEDVAL_OK);
    assert_int_equal(der.num, 1);
    assert_memory_equal(&der, &pem, sizeof(der));
}

/* Cut at each byte: a clear answer, and nothing is read outside an exact copy. */
static void a_file_that_is_cut_is_refused(void **state)
{
    (void)state;
    static const char *const forms[] = {"chain.p7b", "indefinite.p7b", "chain-utf16le.pem"};
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        char path[512];
        (void)snprintf(path, sizeof(path), "%s%s", FORMS, forms[i]);
        fv_bytes whole = load(path);
        for (size_t len = 0; len < whole.len; len += 13) {
            uint8_t *copy = malloc(len + 1);
            fv_arena arena;
            seen got = {0};
            fv_arena_init(&arena);
            memcpy(copy, whole.data, len);
            fedval_status status = fv_bundle_each((fv_bytes){copy, len}, &arena,
                                                  FV_BUNDLE_CERTIFICATE, remember, &got, NULL);
            assert_true(status == FEDVAL_OK || status == FEDVAL_ERROR_SYNTAX ||
                        status == FEDVAL_ERROR_NOT_FOUND);
            fv_arena_clear(&arena);
            free(copy);
        }
    }
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_block_of_a_kind_is_handed_on),
        T(the_first_fault_ends_it_with_its_line),
        T(every_form_of_a_chain_gives_the_same_certificates),
        T(pem_and_der_in_one_file_are_all_read),
        T(bytes_that_are_neither_pem_nor_der_are_an_error_at_their_offset),
        T(der_that_is_cut_off_is_not_passed_over),
        T(base64_without_its_armour_and_lengths_left_open_are_read),
        T(what_is_no_certificate_is_named_for_what_it_is),
        T(a_pkcs12_file_that_is_cut_is_named),
        T(a_request_is_found_where_one_is_wanted),
        T(a_file_that_is_cut_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
