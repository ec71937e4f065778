/* PKCS #12 files with mbedTLS: opened, refused without their password, and bounded in work. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <fedval/certificate.h>
#include <fedval/mbedtls.h>

#define FORMS FEDVAL_SOURCE_ROOT "/tests/pki/out/forms/"

typedef struct opened {
    fedval_status status;
    size_t num_certificates;
    char message[200];
} opened;

static size_t load(const char *path, uint8_t *data, size_t size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t len = fread(data, 1, size, file);
    assert_int_equal(fclose(file), 0);
    return len;
}

static opened open_bytes(const uint8_t *data, size_t len, const char *password)
{
    char *pem = NULL;
    size_t pem_len = 0;
    opened result = {.num_certificates = 0};
    fedval_error *error = fedval_error_new();
    result.status = fedval_mbedtls_pkcs12_open(data, len, password, &pem, &pem_len, error);
    (void)snprintf(result.message, sizeof(result.message), "%s", fedval_error_get_message(error));
    if (result.status == FEDVAL_OK) {
        fedval_certificate_list *list = NULL;
        assert_int_equal(fedval_certificate_list_new(pem, pem_len, &list, NULL), 0);
        result.num_certificates = fedval_certificate_list_count(list);
        fedval_certificate_list_free(list);
    } else {
        assert_null(pem);
    }
    fedval_text_free(pem);
    fedval_error_free(error);
    return result;
}

static opened open_file(const char *path, const char *password)
{
    static uint8_t data[65536];
    return open_bytes(data, load(path, data, sizeof(data)), password);
}

static void a_file_is_opened_with_its_password(void **state)
{
    (void)state;
    opened right = open_file(FORMS "chain.p12", "swordfish");
    assert_int_equal(right.status, FEDVAL_OK);
    assert_int_equal(right.num_certificates, 2);
    opened none = open_file(FORMS "chain.p12", NULL);
    assert_int_equal(none.status, FEDVAL_ERROR_STATE);
    assert_string_equal(none.message, "a PKCS #12 file, which has to be opened with its password");
    opened wrong = open_file(FORMS "chain.p12", "trout");
    assert_int_equal(wrong.status, FEDVAL_ERROR_STATE);
    assert_string_equal(wrong.message, "a PKCS #12 file, which this password does not open");
}

static void a_file_without_a_password_is_opened_without_one(void **state)
{
    (void)state;
    opened result = open_file(FORMS "no-password.p12", NULL);
    assert_int_equal(result.status, FEDVAL_OK);
    assert_int_equal(result.num_certificates, 2);
}

static void another_kind_of_file_is_none(void **state)
{
    (void)state;
    assert_int_equal(open_file(FORMS "chain.der", NULL).status, FEDVAL_ERROR_NOT_FOUND);
    assert_int_equal(open_file(FORMS "chain.p7b", NULL).status, FEDVAL_ERROR_NOT_FOUND);
    assert_int_equal(open_bytes((const uint8_t *)"", 0, NULL).status, FEDVAL_ERROR_NOT_FOUND);
}

static const uint8_t few[] = {2, 3, 1, 0, 0}, many[] = {2, 3, 0x7F, 0xFF, 0xFF};

static uint8_t *find_count(uint8_t *data, size_t len, size_t index)
{
    for (size_t i = 0; i + sizeof(few) <= len; i++) {
        if (memcmp(data + i, few, sizeof(few)) == 0 && index-- == 0)
            return data + i;
    }
    return NULL;
}

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
    assert_int_equal(fedval_mbedtls_pkcs12_open(NULL, 0, NULL, &pem, &len, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_mbedtls_pkcs12_open(&byte, 1, NULL, NULL, &len, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_mbedtls_pkcs12_open(&byte, 1, NULL, &pem, NULL, NULL),
                     FEDVAL_ERROR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_opened_with_its_password),
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
