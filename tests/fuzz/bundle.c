/* Certificate files: what is handed on lies whole in an arena, and the same file gives the same
 * things again. */
#include "fuzz.h"

#include "x509/bundle.h"

#include <stdlib.h>

typedef struct sum {
    size_t num;
    uint64_t bytes;
} sum;

static fedval_status add(fv_bytes der, void *user)
{
    sum *self = user;
    self->num++;
    for (size_t i = 0; i < der.len; i++)
        self->bytes = self->bytes * 31 + der.data[i];
    return FEDVAL_OK;
}

static sum read_all(const uint8_t *data, size_t size, fv_bundle_kind kind)
{
    fv_arena arena;
    sum found = {0};
    fv_arena_init(&arena);
    fedval_status status = fv_bundle_each((fv_bytes){data, size}, &arena, kind, add, &found, NULL);
    if ((status == FEDVAL_OK) != (found.num > 0) && status != FEDVAL_ERROR_SYNTAX)
        abort();
    fv_arena_clear(&arena);
    return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const fv_bundle_kind kinds[] = {FV_BUNDLE_CERTIFICATE, FV_BUNDLE_CRL, FV_BUNDLE_REQUEST};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        sum first = read_all(data, size, kinds[i]), second = read_all(data, size, kinds[i]);
        if (first.num != second.num || first.bytes != second.bytes)
            abort();
    }
    return 0;
}
