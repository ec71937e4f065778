/* What both readers of PKCS #12 files are held by: a file of tests includes this once, and says
 * with `pkcs12_opener` which reader it means. */
#ifndef PKCS12_H
#define PKCS12_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../reading.h"

#include <fedval/certificate.h>

#define FORMS FEDVAL_SOURCE_ROOT "/tests/pki/out/forms/"

extern fedval_status (*const pkcs12_opener)(const void *data, size_t len, const char *password,
                                            size_t password_len, char **out_pem, size_t *out_len,
                                            fedval_error *error);

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

static opened open_given(const uint8_t *data, size_t len, const char *password, size_t password_len)
{
    char *pem = NULL;
    size_t pem_len = 0;
    opened result = {.num_certificates = 0};
    fedval_error *error = fedval_error_new();
    result.status = pkcs12_opener(data, len, password, password_len, &pem, &pem_len, error);
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

static opened open_bytes(const uint8_t *data, size_t len, const char *password)
{
    return open_given(data, len, password, FEDVAL_NUL_ENDED);
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

static void a_password_ends_where_its_length_says(void **state)
{
    static uint8_t data[65536];
    (void)state;
    size_t len = load(FORMS "chain.p12", data, sizeof(data));
    assert_int_equal(open_given(data, len, "swordfishes", 9).status, FEDVAL_OK);
    assert_int_equal(open_given(data, len, "swordfishes", 10).status, FEDVAL_ERROR_STATE);
    assert_int_equal(open_given(data, len, "sword\0fish", 10).status, FEDVAL_ERROR_ARGUMENT);
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

#endif
