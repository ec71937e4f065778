/* A chain from a file -> a fact. */
#include "base/error.h"
#include "fedval/evidence.h"
#include "x509/bundle.h"

#define MAX_FILE_LEN ((size_t)16 << 20)

static fedval_status take(fv_bytes der, void *user)
{
    return fedval_fact_append_certificate(user, der.data, der.len);
}

static fedval_status fill(fedval_fact *fact, fv_bytes bytes, const char *source,
                          fedval_error *error)
{
    fv_arena arena;
    fv_arena_init(&arena);
    fedval_status status = fv_bundle_each(bytes, &arena, FV_BUNDLE_CERTIFICATE, take, fact, error);
    if (status == FEDVAL_ERROR_NOT_FOUND)
        status = FEDVAL_ERROR_SYNTAX;
    if (status == FEDVAL_OK)
        status = fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_NOT_PROBED);
    if (status == FEDVAL_OK && source != NULL)
        status = fedval_fact_set_source(fact, source);
    fv_arena_clear(&arena);
    return status;
}

fedval_status fedval_fact_new_from_pem(const char *host, uint16_t port, uint32_t role,
                                       const char *pem, size_t pem_len, const char *source,
                                       fedval_fact **out_fact, fedval_error *error)
{
    fedval_fact *fact;
    fv_error_reset(error);
    if (pem == NULL || out_fact == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (pem_len > MAX_FILE_LEN) {
        fv_error_set(error, "a chain of more than 16 MiB");
        return FEDVAL_ERROR_LIMIT;
    }
    fedval_status status = fedval_fact_new_probe(host, NULL, port, role, &fact);
    if (status != FEDVAL_OK) {
        if (status == FEDVAL_ERROR_SYNTAX)
            fv_error_set_detail(error, "not a host name", fv_text_of(host));
        return status;
    }
    status = fill(fact, (fv_bytes){(const uint8_t *)pem, pem_len}, source, error);
    if (status != FEDVAL_OK) {
        fedval_fact_free(fact);
        return status;
    }
    *out_fact = fact;
    return FEDVAL_OK;
}
