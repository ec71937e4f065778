#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../arena.h"
#include "base/pem.h"

#include <stdlib.h>
#include <string.h>

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

static void lines_may_end_with_a_carriage_return_alone(void **state)
{
    static const char text[] = "prose\r\r-----BEGIN CERTIFICATE-----\rZm9v\rYmFy\r"
                               "-----END CERTIFICATE-----\r\r\n-----BEGIN X509 CRL-----\r\n"
                               "Zm9v\r\n-----END X509 CRL-----\r";
    fv_pem pem;
    fv_pem_block block;
    assert_int_equal(first_block(*state, text, &pem, &block), FV_PEM_BLOCK);
    assert_int_equal(block.line, 3);
    assert_int_equal(block.der.len, 6);
    assert_int_equal(fv_pem_next(&pem, *state, &block), FV_PEM_BLOCK);
    assert_int_equal(block.der.len, 3);
    assert_int_equal(fv_pem_next(&pem, *state, &block), FV_PEM_END);
}

/* If each line was looked for to the end of the text, this would not come to an end in an hour. */
static void a_text_of_very_many_lines_is_read_in_one_run(void **state)
{
    const size_t len = (size_t)16 << 20;
    char *text = malloc(len);
    fv_pem pem;
    fv_pem_block block;
    assert_non_null(text);
    for (size_t i = 0; i < len; i += 2)
        memcpy(text + i, "x\r", 2);
    fv_pem_init(&pem, (fv_text){text, len});
    assert_int_equal(fv_pem_next(&pem, *state, &block), FV_PEM_END);
    free(text);
}

static void what_is_written_is_read_again(void **state)
{
    uint8_t der[100];
    fv_buf text;
    fv_pem pem;
    fv_pem_block block;
    for (size_t i = 0; i < sizeof(der); i++)
        der[i] = (uint8_t)(i * 37);
    fv_buf_init(&text);
    fv_pem_append(&text, (fv_bytes){der, sizeof(der)});
    assert_false(text.failed);
    fv_pem_init(&pem, (fv_text){text.data, text.len});
    assert_int_equal(fv_pem_next(&pem, *state, &block), FV_PEM_BLOCK);
    assert_int_equal(block.der.len, sizeof(der));
    assert_memory_equal(block.der.data, der, sizeof(der));
    assert_int_equal(pem.line, 6); /* begin, three lines, end */
    fv_buf_clear(&text);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(blocks_are_found_between_prose),
        T(a_byte_order_mark_and_old_headers_are_passed_over),
        T(a_malformed_block_is_named_by_its_line),
        T(a_text_without_blocks_ends_at_once),
        T(lines_may_end_with_a_carriage_return_alone),
        T(what_is_written_is_read_again),
        T(a_text_of_very_many_lines_is_read_in_one_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
