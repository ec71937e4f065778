#include "trust/verifier.h"

#include "base/code.h"
#include "base/versioned.h"

#include <stdlib.h>

static const fv_code results[] = {
    {FEDVAL_VERIFY_GOOD, "good"},
    {FEDVAL_VERIFY_BAD, "bad"},
    {FEDVAL_VERIFY_UNSUPPORTED, "unsupported"},
    {FEDVAL_VERIFY_FAILED, "failed"},
};
#define NUM_RESULTS (sizeof(results) / sizeof(results[0]))

const char *fedval_verify_to_string(uint32_t result)
{
    return fv_code_to_string(results, NUM_RESULTS, result);
}

fedval_status fedval_verify_from_string(const char *text, size_t text_len, uint32_t *out_result)
{
    return fv_code_from_string(results, NUM_RESULTS, fv_text_given(text, text_len), out_result);
}

fedval_status fedval_verifier_new(const fedval_verifier_vtable *vtable, void *user,
                                  fedval_verifier **out_verifier)
{
    fedval_verifier_vtable copy;
    if (vtable == NULL || out_verifier == NULL || !fv_versioned_copy(&copy, sizeof(copy), vtable))
        return FEDVAL_ERROR_ARGUMENT;
    if (copy.digest == NULL || copy.key_open == NULL || copy.key_close == NULL ||
        copy.verify == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_verifier *verifier = malloc(sizeof(*verifier));
    if (verifier == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    verifier->vtable = copy;
    verifier->user = user;
    verifier->self = verifier;
    atomic_init(&verifier->num_holders, 1);
    *out_verifier = verifier;
    return FEDVAL_OK;
}

void fedval_verifier_free(fedval_verifier *verifier)
{
    if (verifier == NULL || atomic_fetch_sub(&verifier->num_holders, 1) > 1)
        return;
    if (verifier->vtable.destroy != NULL)
        verifier->vtable.destroy(verifier->user);
    free(verifier);
}
