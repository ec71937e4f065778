/* PEM and base64: what was decoded comes out the same after it was encoded again. */
#include "fuzz.h"

#include "base/base64.h"
#include "base/pem.h"

#include <stdlib.h>
#include <string.h>

static void check_round_trip(fv_bytes der)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_base64_encode(&buf, der);
    fv_arena arena;
    fv_arena_init(&arena);
    fv_bytes again;
    fv_text text = {buf.data, buf.len};
    if (der.len != 0 && (fv_base64_decode(&arena, text, &again) != FEDVAL_OK ||
                         again.len != der.len || memcmp(again.data, der.data, der.len) != 0))
        abort();
    fv_arena_clear(&arena);
    fv_buf_clear(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fv_arena arena;
    fv_arena_init(&arena);
    fv_pem pem;
    fv_text text = {(const char *)data, size};
    fv_pem_init(&pem, text);
    fv_pem_block block;
    while (fv_pem_next(&pem, &arena, &block) == FV_PEM_BLOCK)
        check_round_trip(block.der);
    fv_arena_clear(&arena);
    return 0;
}
