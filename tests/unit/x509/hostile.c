/* Inputs that somebody has tampered with: cut at each byte, each byte changed. Nothing may be read
 * outside the input (AddressSanitizer watches exact copies), and what is decoded stays within it.
 */
#include "../../reading.h"
#include "build.h"

#include <stdio.h>

#include "base/pem.h"

static const char *const files[] = {
    "certs/valid.pem",
    "certs/valid-cluster.pem",
    "certs/valid-pss.pem",
    "certs/valid-p384.pem",
    "certs/valid-ed25519.pem",
    "certs/issuing.pem",
    "certs/name-sip-uri.pem",
    "certs/name-ip.pem",
    "certs/issuing-permits.pem",
    "certs/issuing-requires-policy.pem",
    "issuing.crl",
    "issuing-indirect.crl",
};

static fv_bytes load(fv_arena *arena, const char *name)
{
    static char text[65536];
    char path[512];
    fv_pem pem;
    fv_pem_block block;
    assert_true(strlen(FEDVAL_SOURCE_ROOT) + strlen(name) < sizeof(path) - 32);
    strcpy(path, FEDVAL_SOURCE_ROOT "/tests/pki/out/");
    strcat(path, name);
    size_t len = read_into(path, text, sizeof(text));
    if (len == 0)
        fail_msg("cannot read %s", path);
    fv_pem_init(&pem, (fv_text){text, len});
    assert_int_equal(fv_pem_next(&pem, arena, &block), FV_PEM_BLOCK);
    return block.der;
}

static bool is_inside(fv_bytes part, fv_bytes whole)
{
    return part.len == 0 ||
           (part.data >= whole.data && part.data + part.len <= whole.data + whole.len);
}

static void check_views(const fv_certificate *c, fv_bytes der)
{
    const fv_bytes views[] = {c->der,
                              c->tbs,
                              c->signature,
                              c->serial,
                              c->issuer.raw,
                              c->subject.raw,
                              c->key.spki,
                              c->key.bits_der,
                              c->key.rsa_modulus,
                              c->algorithm.der,
                              c->not_before.raw,
                              c->subject_key_id.key_id,
                              c->authority_key_id.key_id};
    for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++)
        assert_true(is_inside(views[i], der));
    for (size_t i = 0; i < c->num_extensions; i++)
        assert_true(is_inside(c->extensions[i].value, der));
    for (size_t i = 0; i < c->subject_alt_name.names.num_items; i++)
        assert_true(is_inside(c->subject_alt_name.names.items[i].value, der));
    assert_true((c->defects.kinds == 0) == (c->defects.num_items == 0));
}

/* Decodes as both; returns whether it could be read as a certificate. */
static bool decode_both(fv_bytes der)
{
    fv_arena arena;
    fv_certificate certificate;
    fv_crl crl;
    fv_buf text;
    fv_arena_init(&arena);
    fv_buf_init(&text);
    fedval_status status = fv_certificate_decode(&arena, der, &certificate);
    if (status == FEDVAL_OK) {
        check_views(&certificate, der);
        fv_name_append_text(&text, &certificate.subject);
        for (size_t i = 0; i < certificate.subject_alt_name.names.num_items; i++)
            fv_general_name_append_text(&text, &certificate.subject_alt_name.names.items[i]);
        assert_false(text.failed);
    }
    assert_true(status == FEDVAL_OK || status == FEDVAL_ERROR_SYNTAX);
    if (fv_crl_decode(&arena, der, &crl) == FEDVAL_OK && crl.num_entries > 0)
        assert_non_null(fv_crl_find(&crl, crl.entries[0].serial));
    fv_buf_clear(&text);
    fv_arena_clear(&arena);
    return status == FEDVAL_OK;
}

static fv_bytes exact_copy(fv_bytes bytes, size_t len)
{
    uint8_t *copy = malloc(len == 0 ? 1 : len);
    assert_non_null(copy);
    memcpy(copy, bytes.data, len);
    return (fv_bytes){copy, len};
}

static void drop(fv_bytes copy)
{
    free((void *)(uintptr_t)copy.data);
}

static void a_truncated_input_is_a_syntax_error(void **state)
{
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        const fv_bytes der = load(*state, files[i]);
        for (size_t len = 0; len < der.len; len++) {
            const fv_bytes cut = exact_copy(der, len);
            assert_false(decode_both(cut));
            drop(cut);
        }
    }
}

static void no_changed_byte_does_harm(void **state)
{
    static const uint8_t changes[] = {0x01, 0x80, 0xFF, 0x20};
    size_t num_read = 0;
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        const fv_bytes der = load(*state, files[i]);
        uint8_t *copy = malloc(der.len);
        assert_non_null(copy);
        memcpy(copy, der.data, der.len);
        for (size_t at = 0; at < der.len; at++) {
            for (size_t k = 0; k < sizeof(changes); k++) {
                copy[at] ^= changes[k];
                num_read += decode_both((fv_bytes){copy, der.len});
                copy[at] = der.data[at];
            }
        }
        free(copy);
    }
    assert_true(num_read > 1000); /* most changes are inside, and the rest is read */
}

/* A length that says more than there is, at each place where a length can stand. */
static void no_lying_length_does_harm(void **state)
{
    static const uint8_t lengths[] = {0x00, 0x7F, 0x80, 0x81, 0x82, 0x84, 0xFF};
    const fv_bytes der = load(*state, files[0]);
    uint8_t *copy = malloc(der.len);
    assert_non_null(copy);
    memcpy(copy, der.data, der.len);
    for (size_t at = 1; at < der.len; at++) {
        for (size_t k = 0; k < sizeof(lengths); k++) {
            copy[at] = lengths[k];
            (void)decode_both((fv_bytes){copy, der.len});
        }
        copy[at] = der.data[at];
    }
    free(copy);
}

static void the_same_bytes_give_the_same_facts(void **state)
{
    fv_certificate a, b;
    const fv_bytes der = load(*state, files[1]);
    assert_int_equal(fv_certificate_decode(*state, der, &a), FEDVAL_OK);
    assert_int_equal(fv_certificate_decode(*state, der, &b), FEDVAL_OK);
    assert_true(fv_name_equal(&a.subject, &b.subject));
    assert_true(bytes_equal(a.tbs, b.tbs));
    assert_int_equal(a.subject_alt_name.names.num_items, 4);
    assert_int_equal(b.subject_alt_name.names.num_items, 4);
    assert_int_equal(a.defects.kinds, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_truncated_input_is_a_syntax_error),
        T(no_changed_byte_does_harm),
        T(no_lying_length_does_harm),
        T(the_same_bytes_give_the_same_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
