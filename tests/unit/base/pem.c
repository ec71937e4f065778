#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/pem.h"

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

typedef struct taken {
    char all[64];
    fedval_status status; /* of the block "bad" */
} taken;

static fedval_status take(fv_bytes der, void *user)
{
    taken *self = user;
    if (der.len == 3 && memcmp(der.data, "bad", 3) == 0)
        return self->status;
    strncat(self->all, (const char *)der.data, der.len);
    return FEDVAL_OK;
}

#define BLOCK(label, base64) "-----BEGIN " label "-----\n" base64 "\n-----END " label "-----\n"

static void every_block_of_a_kind_is_handed_on(void **state)
{
    static const char text[] =
        BLOCK("CERTIFICATE", "Zm9v") BLOCK("X509 CRL", "Y3Js") BLOCK("PRIVATE KEY", "a2V5")
            BLOCK("X509 CERTIFICATE", "YmFy") BLOCK("TRUSTED CERTIFICATE", "YmF6");
    taken certificates = {.all = ""}, crls = {.all = ""};
    assert_int_equal(
        fv_pem_each(fv_text_of(text), *state, FV_PEM_CERTIFICATE, take, &certificates, NULL),
        FEDVAL_OK);
    assert_string_equal(certificates.all, "foobarbaz");
    assert_int_equal(fv_pem_each(fv_text_of(text), *state, FV_PEM_CRL, take, &crls, NULL),
                     FEDVAL_OK);
    assert_string_equal(crls.all, "crl");
}

static void the_first_fault_ends_it_with_its_line(void **state)
{
    static const struct {
        const char *text;
        fedval_status taken, wanted;
        uint32_t line;
        const char *message;
    } cases[] = {
        {"", 0, FEDVAL_ERROR_NOT_FOUND, 0, "it is empty: a CRL is wanted"},
        {"a\nb\n", 0, FEDVAL_ERROR_NOT_FOUND, 0,
         "no CRL in it: no PEM block, which begins with -----BEGIN"},
        {"\x30\x82\x01\x01", 0, FEDVAL_ERROR_NOT_FOUND, 0,
         "no CRL in it: it looks like DER, where PEM is wanted"},
        {"a\nb\n" BLOCK("CERTIFICATE", "Zm9v") BLOCK("PRIVATE KEY", "Zm9v"), 0,
         FEDVAL_ERROR_NOT_FOUND, 0, "no CRL in it; the first PEM block: CERTIFICATE"},
        {BLOCK("X509 CRL", "Y3Js") "\n" BLOCK("X509 CRL", "YmFk"), FEDVAL_ERROR_SYNTAX,
         FEDVAL_ERROR_SYNTAX, 5, "not a CRL between these lines"},
        {BLOCK("X509 CRL", "YmFk"), FEDVAL_ERROR_LIMIT, FEDVAL_ERROR_LIMIT, 1,
         "a CRL that is too large between these lines"},
        {BLOCK("X509 CRL", "YmFk"), FEDVAL_ERROR_NO_MEMORY, FEDVAL_ERROR_NO_MEMORY, 0, ""},
        {BLOCK("X509 CRL", "Y3Js") "-----BEGIN X509 CRL-----\n", 0, FEDVAL_ERROR_SYNTAX, 4,
         "a PEM block that is damaged or not closed"},
    };
    fedval_error *error = fedval_error_new();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        taken self = {.status = cases[i].taken};
        fedval_error_set(error, "", 0, 0, UINT64_MAX);
        assert_int_equal(
            fv_pem_each(fv_text_of(cases[i].text), *state, FV_PEM_CRL, take, &self, error),
            cases[i].wanted);
        assert_string_equal(fedval_error_get_message(error), cases[i].message);
        assert_int_equal(fedval_error_get_line(error), cases[i].line);
    }
    fedval_error_free(error);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(blocks_are_found_between_prose),
        T(a_byte_order_mark_and_old_headers_are_passed_over),
        T(a_malformed_block_is_named_by_its_line),
        T(a_text_without_blocks_ends_at_once),
        T(every_block_of_a_kind_is_handed_on),
        T(the_first_fault_ends_it_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
