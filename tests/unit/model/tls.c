/* The names of versions, suites and signature schemes are read exactly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/tls.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void a_version_has_its_number(void **state)
{
    static const struct {
        const char *name;
        uint16_t number;
    } rows[] = {{"SSLv3", 0x0300},   {"TLSv1", 0x0301},
                {"TLSv1.0", 0x0301}, {"TLSv1.1", 0x0302},
                {"TLSv1.2", 0x0303}, {"TLSv1.3", 0x0304},
                {"TLSv1.30", 0},     {"1.3", 0},
                {"tlsv1.2", 0},      {"", 0}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(fv_tls_version_of(fv_text_of(rows[i].name)), rows[i].number);
    assert_int_equal(fv_tls_version_of((fv_text){NULL, 0}), 0);
}

static void a_suite_tells_the_kind_of_key(void **state)
{
    static const struct {
        const char *name;
        fv_tls_key key;
    } rows[] = {
        {"TLS_RSA_WITH_AES_128_CBC_SHA", FV_TLS_KEY_RSA},
        {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", FV_TLS_KEY_RSA},
        {"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", FV_TLS_KEY_RSA},
        {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", FV_TLS_KEY_ECDSA},
        {"TLS_ECDH_RSA_WITH_AES_128_CBC_SHA", FV_TLS_KEY_ECDSA},
        {"TLS_DHE_DSS_WITH_AES_128_CBC_SHA", FV_TLS_KEY_UNKNOWN},
        {"TLS_DH_anon_WITH_AES_128_CBC_SHA", FV_TLS_KEY_UNKNOWN},
        {"TLS_AES_256_GCM_SHA384", FV_TLS_KEY_UNKNOWN},
        {"X_ECDSA_RSA_WITH_", FV_TLS_KEY_UNKNOWN},
        {"", FV_TLS_KEY_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(fv_tls_key_of_suite(fv_text_of(rows[i].name)), rows[i].key);
    assert_int_equal(fv_tls_key_of_suite((fv_text){NULL, 0}), FV_TLS_KEY_UNKNOWN);
}

static void a_scheme_tells_the_kind_of_key(void **state)
{
    static const struct {
        const char *name;
        fv_tls_key key;
    } rows[] = {
        {"rsa_pss_rsae_sha256", FV_TLS_KEY_RSA}, {"rsa_pkcs1_sha1", FV_TLS_KEY_RSA},
        {"ecdsa_sha1", FV_TLS_KEY_ECDSA},        {"ecdsa_secp256r1_sha256", FV_TLS_KEY_ECDSA},
        {"ed25519", FV_TLS_KEY_EDDSA},           {"ed448", FV_TLS_KEY_EDDSA},
        {"dsa_sha256", FV_TLS_KEY_UNKNOWN},      {"notrsa_sha256", FV_TLS_KEY_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(fv_tls_key_of_scheme(fv_text_of(rows[i].name)), rows[i].key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_version_has_its_number),
        cmocka_unit_test(a_suite_tells_the_kind_of_key),
        cmocka_unit_test(a_scheme_tells_the_kind_of_key),
    };
    return cmocka_run_group_tests_name("model/tls", tests, NULL, NULL);
}
