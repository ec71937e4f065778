/* Allocation failures in x509/: every certificate and CRL that the tests have. */
#include "oom.h"

#include "base/pem.h"
#include "x509/certificate.h"
#include "x509/crl.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char folder[] = FEDVAL_SOURCE_ROOT "/tests/pki/out";

static fedval_status decode(fv_arena *arena, const fv_pem_block *block)
{
    if (block->label.len == strlen("X509 CRL")) {
        fv_crl crl;
        return fv_crl_decode(arena, block->der, &crl);
    }
    fv_certificate certificate;
    return fv_certificate_decode(arena, block->der, &certificate);
}

static fedval_status decode_all(void *context)
{
    fv_arena arena;
    fv_arena_init(&arena);
    fv_pem pem;
    fv_pem_init(&pem, *(const fv_text *)context);
    fv_pem_block block;
    enum fv_pem_result result;
    fedval_status status = FEDVAL_OK;
    while (status == FEDVAL_OK && (result = fv_pem_next(&pem, &arena, &block)) != FV_PEM_END)
        status = result == FV_PEM_BLOCK ? decode(&arena, &block) : FEDVAL_ERROR_NO_MEMORY;
    fv_arena_clear(&arena);
    return status;
}

static size_t decode_file(const char *name)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    size_t len = 0;
    char *data = oom_read_file(path, &len);
    fv_text text = {data, len};
    size_t made = oom_run(decode_all, &text);
    free(data);
    return made;
}

static size_t decode_files_ending(const char *suffix)
{
    DIR *opened = opendir(folder);
    assert_non_null(opened);
    size_t num_files = 0;
    for (struct dirent *entry; (entry = readdir(opened)) != NULL;) {
        const char *end = strrchr(entry->d_name, '.');
        if (end == NULL || strcmp(end, suffix) != 0)
            continue;
        assert_true(decode_file(entry->d_name) > 0);
        num_files++;
    }
    closedir(opened);
    return num_files;
}

static void certificates_survive_failures(void **state)
{
    (void)state;
    assert_true(decode_files_ending(".pem") > 50);
}

static void crls_survive_failures(void **state)
{
    (void)state;
    assert_true(decode_files_ending(".crl") > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certificates_survive_failures),
        cmocka_unit_test(crls_survive_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
