/* Both signature verifiers on the tree's certificates: they say the same, or that they cannot. */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../reading.h"
#include "backends/signature/scheme.h"
#include "base/pem.h"
#include "fedval/request.h"
#include "trust/verifier.h"
#include "x509/certificate.h"

#ifdef HAVE_FEDVAL_OPENSSL
#include "fedval/openssl.h"
#endif
#ifdef HAVE_FEDVAL_MBEDTLS
#include "fedval/mbedtls.h"
#endif

typedef fedval_status make_verifier(fedval_verifier **out);

static const struct {
    const char *name;
    make_verifier *make;
    bool knows_ed25519;
} verifiers[] = {
#ifdef HAVE_FEDVAL_OPENSSL
    {"openssl", fedval_openssl_verifier_new, true},
#endif
#ifdef HAVE_FEDVAL_MBEDTLS
    {"mbedtls", fedval_mbedtls_verifier_new, false},
#endif
};
#define NUM_VERIFIERS (sizeof(verifiers) / sizeof(verifiers[0]))

static fv_arena arena;

static void read_certificate(const char *name, fv_certificate *out)
{
    char path[256];
    size_t len = 0;
    fv_pem pem;
    fv_pem_block block;
    snprintf(path, sizeof(path), FEDVAL_SOURCE_ROOT "/tests/pki/out/certs/%s.pem", name);
    char *text = read_file(path, &len);
    assert_non_null(text);
    fv_pem_init(&pem, (fv_text){text, len});
    assert_int_equal(fv_pem_next(&pem, &arena, &block), FV_PEM_BLOCK);
    assert_int_equal(fv_certificate_decode(&arena, block.der, out), FEDVAL_OK);
    free(text);
}

static uint32_t check(const fedval_verifier *verifier, const fv_certificate *child,
                      const fv_certificate *issuer)
{
    void *key = NULL;
    switch (fv_verifier_key_open(verifier, issuer->key.spki, &key)) {
    case FEDVAL_OK:
        break;
    case FEDVAL_ERROR_NOT_FOUND:
        return FEDVAL_VERIFY_UNSUPPORTED;
    default:
        return FEDVAL_VERIFY_FAILED;
    }
    uint32_t result =
        fv_verifier_verify(verifier, key, child->algorithm.der, child->tbs, child->signature);
    fv_verifier_key_close(verifier, key);
    return result;
}

static const struct {
    const char *certificate, *issuer;
    uint32_t result;
    bool is_ed25519;
} rows[] = {
    {"valid", "issuing", FEDVAL_VERIFY_GOOD, false},
    {"issuing", "root", FEDVAL_VERIFY_GOOD, false},
    {"valid", "root", FEDVAL_VERIFY_BAD, false},
    {"valid", "issuing-p256", FEDVAL_VERIFY_BAD, false},
    {"signature-bad", "issuing", FEDVAL_VERIFY_BAD, false},
    {"signature-sha1", "issuing", FEDVAL_VERIFY_GOOD, false},
    {"signature-md5", "issuing", FEDVAL_VERIFY_GOOD, false},
    {"valid-pss", "issuing", FEDVAL_VERIFY_GOOD, false},
    {"valid-pss", "root", FEDVAL_VERIFY_BAD, false},
    {"valid-p256", "issuing-p256", FEDVAL_VERIFY_GOOD, false},
    {"valid-p256", "root-p256", FEDVAL_VERIFY_BAD, false},
    {"valid-p256", "issuing", FEDVAL_VERIFY_BAD, false},
    {"valid-p384", "issuing-p384", FEDVAL_VERIFY_GOOD, false},
    {"valid-ed25519", "root-ed25519", FEDVAL_VERIFY_GOOD, true},
};

static void signatures_are_good_or_bad(void **state)
{
    (void)state;
    for (size_t v = 0; v < NUM_VERIFIERS; v++) {
        fedval_verifier *verifier = NULL;
        assert_int_equal(verifiers[v].make(&verifier), FEDVAL_OK);
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
            fv_certificate child, issuer;
            read_certificate(rows[i].certificate, &child);
            read_certificate(rows[i].issuer, &issuer);
            uint32_t wanted = rows[i].is_ed25519 && !verifiers[v].knows_ed25519
                                  ? FEDVAL_VERIFY_UNSUPPORTED
                                  : rows[i].result;
            uint32_t result = check(verifier, &child, &issuer);
            if (result != wanted) {
                fail_msg("%s: %s by %s is %s", verifiers[v].name, rows[i].certificate,
                         rows[i].issuer, fedval_verify_to_string(result));
            }
        }
        fedval_verifier_free(verifier);
    }
}

static void one_changed_byte_of_what_was_signed_is_bad(void **state)
{
    (void)state;
    for (size_t v = 0; v < NUM_VERIFIERS; v++) {
        fedval_verifier *verifier = NULL;
        fv_certificate child, issuer;
        uint8_t tbs[4096];
        assert_int_equal(verifiers[v].make(&verifier), FEDVAL_OK);
        read_certificate("valid", &child);
        read_certificate("issuing", &issuer);
        assert_true(child.tbs.len <= sizeof(tbs));
        memcpy(tbs, child.tbs.data, child.tbs.len);
        tbs[child.tbs.len - 1] ^= 1;
        child.tbs.data = tbs;
        assert_int_equal(check(verifier, &child, &issuer), FEDVAL_VERIFY_BAD);
        read_certificate("valid", &child);
        child.signature.len--;
        assert_int_equal(check(verifier, &child, &issuer), FEDVAL_VERIFY_BAD);
        child.signature.len = 0;
        assert_int_equal(check(verifier, &child, &issuer), FEDVAL_VERIFY_BAD);
        fedval_verifier_free(verifier);
    }
}

static void a_key_that_cannot_be_read_is_told_from_one_that_is_unknown(void **state)
{
    static const uint8_t unknown[] = {0x30, 0x0B, 0x30, 0x05, 0x06, 0x03, 0x2B,
                                      0x65, 0x71, 0x03, 0x02, 0x00, 0x01}; /* Ed448 */
    (void)state;
    for (size_t v = 0; v < NUM_VERIFIERS; v++) {
        fedval_verifier *verifier = NULL;
        fv_certificate issuer;
        void *key = NULL;
        assert_int_equal(verifiers[v].make(&verifier), FEDVAL_OK);
        read_certificate("issuing", &issuer);
        fv_bytes cut = {issuer.key.spki.data, issuer.key.spki.len - 1};
        assert_int_equal(fv_verifier_key_open(verifier, cut, &key), FEDVAL_ERROR_SYNTAX);
        assert_int_equal(fv_verifier_key_open(verifier, (fv_bytes){unknown, sizeof(unknown)}, &key),
                         FEDVAL_ERROR_NOT_FOUND);
        assert_null(key);
        fedval_verifier_free(verifier);
    }
}

static void the_digest_is_sha_256(void **state)
{
    static const uint8_t wanted[] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea};
    (void)state;
    for (size_t v = 0; v < NUM_VERIFIERS; v++) {
        fedval_verifier *verifier = NULL;
        uint8_t digest[32];
        assert_int_equal(verifiers[v].make(&verifier), FEDVAL_OK);
        assert_int_equal(
            fv_verifier_digest(verifier, (fv_bytes){(const uint8_t *)"abc", 3}, digest), FEDVAL_OK);
        assert_memory_equal(digest, wanted, sizeof(wanted));
        fedval_verifier_free(verifier);
        assert_int_equal(verifiers[v].make(NULL), FEDVAL_ERROR_ARGUMENT);
    }
}

#define BYTES(literal) ((fv_bytes){(const uint8_t *)(literal), sizeof(literal) - 1})

static void algorithms_are_read_strictly(void **state)
{
    (void)state;
    fv_scheme rsa = fv_scheme_read(BYTES("\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0B"
                                         "\x05\x00"));
    assert_int_equal(rsa.kind, FV_SCHEME_RSA_PKCS1);
    assert_int_equal(rsa.hash, FV_SCHEME_SHA256);
    fv_scheme with_rubbish =
        fv_scheme_read(BYTES("\x30\x0E\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0B\x04\x01\x00"));
    assert_int_equal(with_rubbish.kind, FV_SCHEME_UNKNOWN);
    fv_scheme ecdsa_with_null =
        fv_scheme_read(BYTES("\x30\x0C\x06\x08\x2A\x86\x48\xCE\x3D\x04\x03\x02\x05\x00"));
    assert_int_equal(ecdsa_with_null.kind, FV_SCHEME_ECDSA);
    fv_scheme ecdsa_with_rubbish =
        fv_scheme_read(BYTES("\x30\x0D\x06\x08\x2A\x86\x48\xCE\x3D\x04\x03\x02\x04\x01\x00"));
    assert_int_equal(ecdsa_with_rubbish.kind, FV_SCHEME_UNKNOWN);
    fv_scheme pss_defaults =
        fv_scheme_read(BYTES("\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A\x30\x00"));
    assert_int_equal(pss_defaults.kind, FV_SCHEME_RSA_PSS);
    assert_int_equal(pss_defaults.hash, FV_SCHEME_SHA1);
    assert_int_equal(pss_defaults.salt_len, 20);
    assert_int_equal(fv_scheme_read(BYTES("")).kind, FV_SCHEME_UNKNOWN);
}

static int clear_arena(void **state)
{
    (void)state;
    fv_arena_clear(&arena);
    return 0;
}

/* RFC 2986: a request is signed with the key that it holds. */
static void a_request_is_checked_with_its_own_key(void **state)
{
    (void)state;
    size_t len = 0;
    char *csr = read_file(FEDVAL_SOURCE_ROOT "/tests/pki/out/forms/request.der", &len);
    assert_non_null(csr);
    for (size_t i = 0; i < NUM_VERIFIERS * 2; i++) {
        fedval_verifier *verifier = NULL;
        fedval_request *request = NULL;
        uint32_t result = 0;
        bool is_changed = i % 2 == 1;
        char *name = is_changed ? memmem(csr, len, "expe1.example", 13) : NULL;
        if (name != NULL)
            name[4] = '2';
        assert_int_equal(verifiers[i / 2].make(&verifier), FEDVAL_OK);
        assert_int_equal(fedval_request_new(csr, len, &request, NULL), FEDVAL_OK);
        assert_int_equal(fedval_request_check_signature(request, verifier, &result), FEDVAL_OK);
        assert_int_equal(result, is_changed ? FEDVAL_VERIFY_BAD : FEDVAL_VERIFY_GOOD);
        if (name != NULL)
            name[4] = '1';
        fedval_request_free(request);
        fedval_verifier_free(verifier);
    }
    free(csr);
}

/* The same two numbers in encodings that are no DER. */
static void ecdsa_signatures_that_are_no_der_are_bad(void **state)
{
    fv_certificate child, issuer;
    (void)state;
    read_certificate("valid-p256", &child);
    read_certificate("issuing-p256", &issuer);
    const uint8_t *sound = child.signature.data;
    size_t len = child.signature.len, first = 4u + sound[3];
    uint8_t other[5][128];
    size_t lens[5] = {len + 1, len + 1, len + 1, len + 2, len + 1};
    assert_true(len < 120 && sound[1] == len - 2);
    /* bytes after the end */
    memcpy(other[0], sound, len);
    other[0][len] = 0;
    /* a long length */
    memcpy(other[1] + 1, sound, len);
    memcpy(other[1], "\x30\x81", 2);
    other[1][2] = (uint8_t)(len - 2);
    /* bytes after the numbers, and a number with a zero too many */
    memcpy(other[2], sound, len);
    other[2][1]++;
    other[2][len] = 0;
    memcpy(other[3], sound, 4);
    memset(other[3] + 4, 0, 2);
    memcpy(other[3] + 6, sound + 4, len - 4);
    other[3][1] = (uint8_t)(sound[1] + 2);
    other[3][3] = (uint8_t)(sound[3] + 2);
    /* a long length of the second number */
    memcpy(other[4], sound, first + 1);
    other[4][1]++;
    other[4][first + 1] = 0x81;
    memcpy(other[4] + first + 2, sound + first + 1, len - first - 1);
    for (size_t v = 0; v < NUM_VERIFIERS; v++) {
        fedval_verifier *verifier = NULL;
        assert_int_equal(verifiers[v].make(&verifier), FEDVAL_OK);
        assert_int_equal(check(verifier, &child, &issuer), FEDVAL_VERIFY_GOOD);
        for (size_t i = 0; i < 5; i++) {
            fv_certificate changed = child;
            changed.signature = (fv_bytes){other[i], lens[i]};
            assert_int_equal(check(verifier, &changed, &issuer), FEDVAL_VERIFY_BAD);
        }
        fedval_verifier_free(verifier);
    }
}

/* SEC 1 2.3.3: a point may be written as its x and the parity of its y. libmbedcrypto cannot read
 * that, which is no fault of the signature. */
static void a_compressed_point_is_not_a_bad_signature(void **state)
{
    enum { ALGORITHM_END = 23, SPKI_LEN = 91, SHORT_LEN = 59 };
    fv_certificate child, issuer;
    uint8_t spki[SHORT_LEN] = {0x30, SHORT_LEN - 2};
    (void)state;
    read_certificate("valid-p256", &child);
    read_certificate("issuing-p256", &issuer);
    const uint8_t *sound = issuer.key.spki.data;
    assert_int_equal(issuer.key.spki.len, SPKI_LEN);
    memcpy(spki + 2, sound + 2, ALGORITHM_END - 2);
    memcpy(spki + ALGORITHM_END, "\x03\x22\x00", 3);
    spki[ALGORITHM_END + 3] = (uint8_t)(2 + (sound[SPKI_LEN - 1] & 1));
    memcpy(spki + ALGORITHM_END + 4, sound + ALGORITHM_END + 4, 32);
    issuer.key.spki = (fv_bytes){spki, sizeof(spki)};
    for (size_t v = 0; v < NUM_VERIFIERS; v++) {
        fedval_verifier *verifier = NULL;
        assert_int_equal(verifiers[v].make(&verifier), FEDVAL_OK);
        assert_int_equal(check(verifier, &child, &issuer), strcmp(verifiers[v].name, "mbedtls") == 0
                                                               ? FEDVAL_VERIFY_UNSUPPORTED
                                                               : FEDVAL_VERIFY_GOOD);
        fedval_verifier_free(verifier);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_checked_with_its_own_key),
        cmocka_unit_test(signatures_are_good_or_bad),
        cmocka_unit_test(one_changed_byte_of_what_was_signed_is_bad),
        cmocka_unit_test(a_key_that_cannot_be_read_is_told_from_one_that_is_unknown),
        cmocka_unit_test(the_digest_is_sha_256),
        cmocka_unit_test(algorithms_are_read_strictly),
        cmocka_unit_test(ecdsa_signatures_that_are_no_der_are_bad),
        cmocka_unit_test(a_compressed_point_is_not_a_bad_signature),
    };
    return cmocka_run_group_tests_name("backends/verifiers", tests, NULL, clear_arena);
}
