#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../arena.h"
#include "base/base64.h"

#include <stdlib.h>
#include <string.h>

/* RFC 4648 section 10. */
static const struct {
    const char *plain, *encoded;
} rfc_vectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};

static void the_vectors_of_the_rfc_go_both_ways(void **state)
{
    for (size_t i = 0; i < sizeof(rfc_vectors) / sizeof(rfc_vectors[0]); i++) {
        const char *plain = rfc_vectors[i].plain;
        fv_bytes bytes = {NULL, 99};
        fv_buf buf;
        fv_buf_init(&buf);
        fv_base64_encode(&buf, (fv_bytes){(const uint8_t *)plain, strlen(plain)});
        char *text = fv_buf_take(&buf, NULL);
        assert_string_equal(text, rfc_vectors[i].encoded);
        assert_int_equal(fv_base64_decode(*state, fv_text_of(text), &bytes), FEDVAL_OK);
        assert_int_equal(bytes.len, strlen(plain));
        assert_memory_equal(bytes.data, plain, bytes.len);
        free(text);
    }
}

static void every_byte_value_survives_at_every_length(void **state)
{
    uint8_t raw[300];
    for (size_t i = 0; i < sizeof(raw); i++)
        raw[i] = (uint8_t)(i * 7 + i / 256);
    for (size_t len = 0; len <= sizeof(raw); len++) {
        fv_buf buf;
        fv_bytes bytes;
        fv_buf_init(&buf);
        fv_base64_encode(&buf, (fv_bytes){raw, len});
        size_t text_len = 0;
        char *text = fv_buf_take(&buf, &text_len);
        assert_int_equal(fv_base64_decode(*state, (fv_text){text, text_len}, &bytes), FEDVAL_OK);
        assert_int_equal(bytes.len, len);
        assert_memory_equal(bytes.data, raw, len);
        free(text);
    }
}

static void anything_but_canonical_base64_is_refused(void **state)
{
    static const char *const refused[] = {
        "Z",      "Zg",     "Zg=",   "Zg===",       "=",        "====",     "Z===",  "Zh==",
        "Zm9=",   "Zm9v\n", "Zm 9v", "Zm9v!",       "Zg==Zg==", "Zm8=Zm9v", "Z-9v",  "Z_9v",
        "Zg=\n=", "Zg==\n", "Zg=a",  "\xC3\xA4Zm9", "Zm9vZ",    "Zm9vZm9",  " Zm9v",
    };
    fv_bytes bytes = {NULL, 99};
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        if (fv_base64_decode(*state, fv_text_of(refused[i]), &bytes) != FEDVAL_ERROR_SYNTAX)
            fail_msg("accepted: %s", refused[i]);
    }
    assert_int_equal(fv_base64_decode(*state, (fv_text){"Zm\0v", 4}, &bytes), FEDVAL_ERROR_SYNTAX);
    assert_int_equal(bytes.len, 99);
}

static void blanks_are_passed_over_and_lines_counted_where_they_may_stand(void **state)
{
    fv_bytes bytes = {NULL, 99};
    uint32_t num_lines = 99;
    assert_int_equal(
        fv_base64_decode_lines(*state, fv_text_of("\nZm\r\n9 v\n"), &bytes, &num_lines), FEDVAL_OK);
    assert_int_equal(bytes.len, 3);
    assert_memory_equal(bytes.data, "foo", 3);
    assert_int_equal(num_lines, 3);
    assert_int_equal(
        fv_base64_decode_lines(*state, fv_text_of("Zm9v\n\nZ!9v\n"), &bytes, &num_lines),
        FEDVAL_ERROR_SYNTAX);
    assert_int_equal(num_lines, 2);
    assert_int_equal(bytes.len, 3);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_vectors_of_the_rfc_go_both_ways),
        T(every_byte_value_survives_at_every_length),
        T(anything_but_canonical_base64_is_refused),
        T(blanks_are_passed_over_and_lines_counted_where_they_may_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
