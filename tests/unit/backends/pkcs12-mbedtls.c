/* PKCS #12 files with mbedTLS: opened, refused without their password, and bounded in work. */
#include "pkcs12.h"

#include <fedval/mbedtls.h>

fedval_status (*const pkcs12_opener)(const void *data, size_t len, const char *password,
                                     size_t password_len, char **out_pem, size_t *out_len,
                                     fedval_error *error) = fedval_mbedtls_pkcs12_open;

/* The key's own count is not looked at: the key is not opened. */
static void certificates_that_ask_for_much_work_are_refused(void **state)
{
    (void)state;
    static uint8_t data[65536];
    size_t len = load(FORMS "no-mac.p12", data, sizeof(data));
    assert_int_equal(open_bytes(data, len, NULL).num_certificates, 2);
    uint8_t *of_certificates = find_count(data, len, 0), *of_key = find_count(data, len, 1);
    assert_non_null(of_certificates);
    assert_non_null(of_key);
    memcpy(of_key, many, sizeof(many));
    assert_int_equal(open_bytes(data, len, NULL).num_certificates, 2);
    memcpy(of_certificates, many, sizeof(many));
    opened result = open_bytes(data, len, NULL);
    assert_int_equal(result.status, FEDVAL_ERROR_SYNTAX);
    assert_non_null(strstr(result.message, "too much work"));
}

static void a_mac_that_asks_for_much_work_is_refused(void **state)
{
    (void)state;
    static uint8_t data[65536];
    size_t len = load(FORMS "chain.p12", data, sizeof(data));
    uint8_t *count = find_count(data, len, 2);
    assert_non_null(count);
    memcpy(count, many, sizeof(many));
    assert_int_equal(open_bytes(data, len, "swordfish").status, FEDVAL_ERROR_SYNTAX);
}

/* Every byte but those of the key is authenticated. */
static void a_file_that_was_changed_is_not_opened(void **state)
{
    (void)state;
    static uint8_t data[65536];
    size_t len = load(FORMS "no-password.p12", data, sizeof(data));
    for (size_t i = 40; i < len; i += 29) {
        data[i] ^= 0x40;
        assert_int_not_equal(open_bytes(data, len, NULL).status, FEDVAL_OK);
        data[i] ^= 0x40;
    }
    assert_int_equal(open_bytes(data, len, NULL).status, FEDVAL_OK);
}

static void a_file_that_is_cut_is_none(void **state)
{
    (void)state;
    static uint8_t data[65536];
    size_t len = load(FORMS "no-mac.p12", data, sizeof(data));
    for (size_t cut = 0; cut < len; cut += 7)
        assert_int_equal(open_bytes(data, cut, NULL).status, FEDVAL_ERROR_NOT_FOUND);
}

static void a_password_beyond_what_mbedtls_takes_is_told(void **state)
{
    (void)state;
    opened result = open_file(FORMS "chain.p12", "a password of thirty-two letters");
    assert_int_equal(result.status, FEDVAL_ERROR_SYNTAX);
    assert_non_null(strstr(result.message, "more than 31 characters"));
    assert_int_equal(open_file(FORMS "chain.p12", "a password of thirty-one letter").status,
                     FEDVAL_ERROR_STATE);
    assert_int_equal(open_file(FORMS "chain.p12", "\xC3\xA4\xE2\x82\xAC").status,
                     FEDVAL_ERROR_STATE);
    assert_int_equal(open_file(FORMS "chain.p12", "\xFF").status, FEDVAL_ERROR_SYNTAX);
}

static void what_is_missing_is_refused(void **state)
{
    (void)state;
    char *pem = NULL;
    size_t len = 0;
    const uint8_t byte = 0x30;
    assert_int_equal(fedval_mbedtls_pkcs12_open(NULL, 0, NULL, 0, &pem, &len, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_mbedtls_pkcs12_open(&byte, 1, NULL, 0, NULL, &len, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_mbedtls_pkcs12_open(&byte, 1, NULL, 0, &pem, NULL, NULL),
                     FEDVAL_ERROR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_opened_with_its_password),
        cmocka_unit_test(a_password_ends_where_its_length_says),
        cmocka_unit_test(a_file_without_a_password_is_opened_without_one),
        cmocka_unit_test(another_kind_of_file_is_none),
        cmocka_unit_test(certificates_that_ask_for_much_work_are_refused),
        cmocka_unit_test(a_mac_that_asks_for_much_work_is_refused),
        cmocka_unit_test(a_file_that_was_changed_is_not_opened),
        cmocka_unit_test(a_file_that_is_cut_is_none),
        cmocka_unit_test(a_password_beyond_what_mbedtls_takes_is_told),
        cmocka_unit_test(what_is_missing_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
