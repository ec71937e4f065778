/* Allocation failures in base/: the arena, growable text, PEM. */
#include "oom.h"

#include "base/buf.h"
#include "base/pem.h"
#include "x509/bundle.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static fedval_status fill_an_arena(void *context)
{
    (void)context;
    fv_arena arena;
    fv_arena_init(&arena);
    fedval_status status = FEDVAL_OK;
    void *items = NULL;
    size_t num_items = 0;
    size_t capacity = 0;
    for (size_t i = 0; i < (oom_is_large() ? 3000000 : 3000) && status == FEDVAL_OK; i++) {
        if (fv_arena_append(&arena, &items, &num_items, &capacity, sizeof(uint64_t)) == NULL)
            status = FEDVAL_ERROR_NO_MEMORY;
    }
    fv_arena_clear(&arena);
    return status;
}

static void an_arena_array_survives_failures(void **state)
{
    (void)state;
    assert_true(oom_run(fill_an_arena, NULL) > 2);
}

static fedval_status fill_a_buffer(void *context)
{
    (void)context;
    fv_buf buf;
    fv_buf_init(&buf);
    for (uint64_t i = 0; i < (oom_is_large() ? 1000000 : 1000); i++)
        fv_buf_append_u64(&buf, i);
    char *text = fv_buf_take(&buf, NULL);
    fedval_status status = text == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
    free(text);
    fv_buf_clear(&buf);
    return status;
}

static void a_buffer_survives_failures(void **state)
{
    (void)state;
    assert_true(oom_run(fill_a_buffer, NULL) > 2);
}

static fedval_status read_pem(void *context)
{
    fv_arena arena;
    fv_arena_init(&arena);
    fv_pem pem;
    fv_pem_init(&pem, *(const fv_text *)context);
    fv_pem_block block;
    enum fv_pem_result result;
    while ((result = fv_pem_next(&pem, &arena, &block)) == FV_PEM_BLOCK)
        continue;
    fv_arena_clear(&arena);
    return result == FV_PEM_END ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

static void pem_blocks_survive_failures(void **state)
{
    (void)state;
    size_t len = 0;
    char *data = oom_read_file(FEDVAL_SOURCE_ROOT "/tests/pki/out/with-root.pem", &len);
    fv_text text = {data, len};
    assert_true(oom_run(read_pem, &text) > 0);
    free(data);
}

static fedval_status ignore(fv_bytes der, void *user)
{
    (void)der;
    (void)user;
    return FEDVAL_OK;
}

static fedval_status read_bundle(void *context)
{
    const fv_text *file = context;
    fv_arena arena;
    fv_arena_init(&arena);
    fedval_status status = fv_bundle_each((fv_bytes){(const uint8_t *)file->data, file->len},
                                          &arena, FV_BUNDLE_CERTIFICATE, ignore, NULL, NULL);
    fv_arena_clear(&arena);
    return status;
}

static void certificate_files_survive_failures(void **state)
{
    static const char *const forms[] = {"chain.p7b", "chain-utf16le.pem", "bare-base64.cer"};
    (void)state;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        char path[512];
        fv_text file;
        (void)snprintf(path, sizeof(path), "%s%s", FEDVAL_SOURCE_ROOT "/tests/pki/out/forms/",
                       forms[i]);
        char *data = oom_read_file(path, &file.len);
        file.data = data;
        assert_true(oom_run(read_bundle, &file) > 0);
        free(data);
    }
}

/* The harness itself: what it is there to find, it finds. */
static fedval_status forget_a_block(void *context)
{
    char **kept = context;
    *kept = malloc(1);
    return *kept == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

static void a_forgotten_block_is_counted(void **state)
{
    (void)state;
    char *kept = NULL;
    assert_int_equal(oom_count_leaks(forget_a_block, &kept), 1);
    free(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_array_survives_failures),
        cmocka_unit_test(a_buffer_survives_failures),
        cmocka_unit_test(pem_blocks_survive_failures),
        cmocka_unit_test(certificate_files_survive_failures),
        cmocka_unit_test(a_forgotten_block_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
