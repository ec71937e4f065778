/* PKCS #12 files: opened, refused without their password, and bounded in work. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../reading.h"

#include <fedval/certificate.h>
#include <fedval/openssl.h>

#define FORMS FEDVAL_SOURCE_ROOT "/tests/pki/out/forms/"

typedef struct opened {
    fedval_status status;
    size_t num_certificates;
    char message[200];
} opened;

static size_t load(const char *path, uint8_t *data, size_t size)
{
    size_t len = read_into(path, data, size);
    assert_true(len > 0);
    return len;
}

static opened open_bytes(const uint8_t *data, size_t len, const char *password)
{
    char *pem = NULL;
    size_t pem_len = 0;
    opened result = {.num_certificates = 0};
    fedval_error *error = fedval_error_new();
    result.status = fedval_openssl_pkcs12_open(data, len, password, &pem, &pem_len, error);
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

/* Where the file counts 65,536 rounds for the `index`-th time; NULL: no more. */
static uint8_t *find_count(uint8_t *data, size_t len, size_t index)
{
    for (size_t i = 0; i + sizeof(few) <= len; i++) {
        if (memcmp(data + i, few, sizeof(few)) == 0 && index-- == 0)
            return data + i;
    }
    return NULL;
}

/* Each of its counts in turn becomes 8,388,607. */
static void a_file_that_asks_for_much_work_is_refused(void **state)
{
    (void)state;
    static uint8_t data[65536];
    size_t len = load(FORMS "no-mac.p12", data, sizeof(data)), index = 0;
    assert_int_equal(open_bytes(data, len, NULL).num_certificates, 2);
    for (uint8_t *count; (count = find_count(data, len, index)) != NULL; index++) {
        memcpy(count, many, sizeof(many));
        assert_int_equal(open_bytes(data, len, NULL).status, FEDVAL_ERROR_SYNTAX);
        memcpy(count, few, sizeof(few));
    }
    assert_int_equal(index, 2); /* of the certificates, and of the key */
}

static void a_mac_that_asks_for_much_work_is_refused(void **state)
{
    (void)state;
    static uint8_t data[65536];
    size_t len = load(FORMS "chain.p12", data, sizeof(data));
    uint8_t *count = find_count(data, len, 2);
    assert_non_null(count);
    assert_null(find_count(data, len, 3));
    memcpy(count, many, sizeof(many));
    assert_int_equal(open_bytes(data, len, "swordfish").status, FEDVAL_ERROR_SYNTAX);
}

/* 4,194,303 rounds would do alone; at two places they are too many. */
static void the_work_of_a_file_is_summed(void **state)
{
    (void)state;
    static uint8_t data[65536];
    static const uint8_t half[] = {2, 3, 0x3F, 0xFF, 0xFF};
    size_t len = load(FORMS "no-mac.p12", data, sizeof(data));
    for (size_t i = 0; i < 2; i++) {
        uint8_t *count = find_count(data, len, 0);
        assert_non_null(count);
        memcpy(count, half, sizeof(half));
    }
    opened result = open_bytes(data, len, NULL);
    assert_int_equal(result.status, FEDVAL_ERROR_SYNTAX);
    assert_non_null(strstr(result.message, "too much work"));
}

/* RFC 9579: an empty file whose MAC is PBMAC1, of PBKDF2 with 65,536 rounds and a key of 32 bytes.
 * The digest is wrong. */
static const uint8_t pbmac1[] = {
    0x30, 0x81, 0x95, 0x02, 0x01, 0x03, 0x30, 0x11, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D,
    0x01, 0x07, 0x01, 0xA0, 0x04, 0x04, 0x02, 0x30, 0x00, 0x30, 0x7D, 0x30, 0x6E, 0x30, 0x4A, 0x06,
    0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0E, 0x30, 0x3D, 0x30, 0x2D, 0x06, 0x09,
    0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0C, 0x30, 0x20, 0x04, 0x08, 0x73, 0x61, 0x6C,
    0x74, 0x73, 0x61, 0x6C, 0x74, 0x02, 0x03, 0x01, 0x00, 0x00, 0x02, 0x01, 0x20, 0x30, 0x0C, 0x06,
    0x08, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x02, 0x09, 0x05, 0x00, 0x30, 0x0C, 0x06, 0x08, 0x2A,
    0x86, 0x48, 0x86, 0xF7, 0x0D, 0x02, 0x09, 0x05, 0x00, 0x04, 0x20, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x08, 0x73, 0x61, 0x6C,
    0x74, 0x73, 0x61, 0x6C, 0x74, 0x02, 0x01, 0x01};

static uint8_t *find_key_len(uint8_t *data)
{
    return find_count(data, sizeof(pbmac1), 0) + sizeof(few);
}

static void a_mac_of_pbmac1_is_bounded_too(void **state)
{
    (void)state;
    static const uint8_t fitting[] = {2, 1, 32}, long_key[] = {2, 1, 127};
    uint8_t data[sizeof(pbmac1)];
    memcpy(data, pbmac1, sizeof(data));
    assert_int_equal(open_bytes(data, sizeof(data), "swordfish").status, FEDVAL_ERROR_STATE);
    assert_memory_equal(find_key_len(data), fitting, sizeof(fitting));
    memcpy(find_key_len(data), long_key, sizeof(long_key));
    assert_int_equal(open_bytes(data, sizeof(data), "swordfish").status, FEDVAL_ERROR_SYNTAX);
    memcpy(data, pbmac1, sizeof(data));
    memcpy(find_count(data, sizeof(data), 0), many, sizeof(many));
    assert_int_equal(open_bytes(data, sizeof(data), "swordfish").status, FEDVAL_ERROR_SYNTAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_opened_with_its_password),
        cmocka_unit_test(a_file_without_a_password_is_opened_without_one),
        cmocka_unit_test(another_kind_of_file_is_none),
        cmocka_unit_test(a_file_that_asks_for_much_work_is_refused),
        cmocka_unit_test(the_work_of_a_file_is_summed),
        cmocka_unit_test(a_mac_that_asks_for_much_work_is_refused),
        cmocka_unit_test(a_mac_of_pbmac1_is_bounded_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
