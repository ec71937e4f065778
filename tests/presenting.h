/* Certificates of the tree, as a server presents them. */
#ifndef FV_TEST_PRESENTING_H
#define FV_TEST_PRESENTING_H

#include "base/pem.h"
#include "fedval/fact.h"
#include "reading.h"

#include <string.h>

/* Appends the chain of tests/pki/out/NAME.pem to `fact`. STATE: there is no such file. */
static inline fedval_status append_chain(fedval_fact *fact, const char *name)
{
    char path[1024];
    size_t len = 0;
    (void)snprintf(path, sizeof(path), FEDVAL_SOURCE_ROOT "/tests/pki/out/%s.pem", name);
    char *text = read_file(path, &len);
    fedval_status status = text != NULL ? FEDVAL_OK : FEDVAL_ERROR_STATE;
    fv_arena arena;
    fv_pem pem;
    fv_pem_block block;
    fv_arena_init(&arena);
    fv_pem_init(&pem, (fv_text){text, len});
    while (status == FEDVAL_OK && fv_pem_next(&pem, &arena, &block) == FV_PEM_BLOCK)
        status = fedval_fact_append_certificate(fact, block.der.data, block.der.len);
    fv_arena_clear(&arena);
    free(text);
    return status;
}

#endif
