/* PKCS #12 files: opened, refused without their password, and bounded in work. */
#include "pkcs12.h"

#include <fedval/openssl.h>

fedval_status (*const pkcs12_opener)(const void *data, size_t len, const char *password,
                                     size_t password_len, char **out_pem, size_t *out_len,
                                     fedval_error *error) = fedval_openssl_pkcs12_open;

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
        cmocka_unit_test(a_password_ends_where_its_length_says),
        cmocka_unit_test(a_file_without_a_password_is_opened_without_one),
        cmocka_unit_test(another_kind_of_file_is_none),
        cmocka_unit_test(a_file_that_asks_for_much_work_is_refused),
        cmocka_unit_test(the_work_of_a_file_is_summed),
        cmocka_unit_test(a_mac_that_asks_for_much_work_is_refused),
        cmocka_unit_test(a_mac_of_pbmac1_is_bounded_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
