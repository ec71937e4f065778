#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base64.h"

#include <stdlib.h>
#include <string.h>

static int set_up(void **state)
{
    static fv_arena arena;
    fv_arena_init(&arena);
    *state = &arena;
    return 0;
}

static int tear_down(void **state)
{
    fv_arena_clear(*state);
    return 0;
}

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

static enum fv_pem_result first_block(fv_arena *arena, const char *text, fv_pem *pem,
                                      fv_pem_block *out)
{
    fv_pem_init(pem, fv_text_of(text));
    return fv_pem_next(pem, arena, out);
}

static void blocks_are_found_between_prose(void **state)
{
    static const char text[] =
        "subject=CN = vcse\n-----BEGIN CERTIFICATE-----\nZm9v\nYmFy\n"
        "-----END CERTIFICATE-----\n# more\r\n"
        "  -----BEGIN X509 CRL-----\r\n Zm9v\r\nZg==\r\n-----END X509 CRL-----  ";
    fv_pem pem;
    fv_pem_block block;
    assert_int_equal(first_block(*state, text, &pem, &block), FV_PEM_BLOCK);
    assert_true(fv_text_equal(block.label, fv_text_of("CERTIFICATE")));
    assert_int_equal(block.line, 2);
    assert_int_equal(block.der.len, 6);
    assert_memory_equal(block.der.data, "foobar", 6);
    assert_int_equal(fv_pem_next(&pem, *state, &block), FV_PEM_BLOCK);
    assert_true(fv_text_equal(block.label, fv_text_of("X509 CRL")));
    assert_int_equal(block.line, 7);
    assert_memory_equal(block.der.data, "foof", 4);
    assert_int_equal(fv_pem_next(&pem, *state, &block), FV_PEM_END);
    assert_int_equal(fv_pem_next(&pem, *state, &block), FV_PEM_END);
}

static void a_byte_order_mark_and_old_headers_are_passed_over(void **state)
{
    fv_pem pem;
    fv_pem_block block;
    assert_int_equal(first_block(*state,
                                 "\xEF\xBB\xBF-----BEGIN RSA PRIVATE KEY-----\n"
                                 "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nZm9v\n"
                                 "-----END RSA PRIVATE KEY-----\n",
                                 &pem, &block),
                     FV_PEM_BLOCK);
    assert_memory_equal(block.der.data, "foo", 3);
}

static void a_malformed_block_is_named_by_its_line(void **state)
{
    static const struct {
        const char *text;
        uint32_t line;
    } cases[] = {
        {"-----BEGIN CERTIFICATE-----", 1},
        {"x\n-----BEGIN CERTIFICATE-----\nZm9v\n", 2},
        {"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", 2},
        {"-----BEGIN CERTIFICATE-----\nZm9v\nZm!v\n-----END CERTIFICATE-----\n", 3},
        {"-----BEGIN CERTIFICATE-----\nZm9v\n-----END X509 CRL-----\n", 3},
        {"-----BEGIN CERTIFICATE-----\nZm9v\n-----BEGIN CERTIFICATE-----\n", 3},
        {"-----BEGIN CERTIFICATE----\nZm9v\n-----END CERTIFICATE-----\n", 1},
        {"----BEGIN CERTIFICATE-----\nZm9v\n-----END CERTIFICATE-----\n", 3},
        {"-----BEGIN CERTIFICATE-----\nZg==\nZm9v\n-----END CERTIFICATE-----\n", 3},
        {"-----BEGIN CERTIFICATE-----\nA: b\n", 1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fv_pem pem;
        fv_pem_block block = {.line = 77};
        if (first_block(*state, cases[i].text, &pem, &block) != FV_PEM_MALFORMED ||
            pem.line != cases[i].line)
            fail_msg("case %zu: line %u", i, (unsigned)pem.line);
        assert_int_equal(block.line, 77);
    }
}

static void a_text_without_blocks_ends_at_once(void **state)
{
    fv_pem pem;
    fv_pem_block block;
    assert_int_equal(first_block(*state, "", &pem, &block), FV_PEM_END);
    assert_int_equal(first_block(*state, NULL, &pem, &block), FV_PEM_END);
    assert_int_equal(first_block(*state, "\n\n-\n--\nprose - with dashes\n", &pem, &block),
                     FV_PEM_END);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_vectors_of_the_rfc_go_both_ways),
        T(every_byte_value_survives_at_every_length),
        T(anything_but_canonical_base64_is_refused),
        T(blocks_are_found_between_prose),
        T(a_byte_order_mark_and_old_headers_are_passed_over),
        T(a_malformed_block_is_named_by_its_line),
        T(a_text_without_blocks_ends_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
