/* A chain from a file -> a fact. */
#include "base/address.h"
#include "base/error.h"
#include "fedval/evidence.h"
#include "x509/bundle.h"

#define MAX_FILE_LEN ((size_t)16 << 20)

static fedval_status take(fv_bytes der, void *user)
{
    return fedval_fact_append_certificate(user, der.data, der.len);
}

static fedval_status fill(fedval_fact *fact, fv_bytes bytes, fv_text name, fedval_error *error)
{
    fv_arena arena;
    fv_arena_init(&arena);
    fedval_status status = fv_bundle_each(bytes, &arena, FV_BUNDLE_CERTIFICATE, take, fact, error);
    if (status == FEDVAL_ERROR_NOT_FOUND)
        status = FEDVAL_ERROR_SYNTAX;
    if (status == FEDVAL_OK)
        status = fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_NOT_PROBED);
    if (status == FEDVAL_OK && name.data != NULL)
        status = fedval_fact_append_source(fact, FEDVAL_SOURCE_FILE, name.data, name.len);
    fv_arena_clear(&arena);
    return status;
}

static void complain_of_place(fedval_error *error, fv_text host, fv_text address)
{
    fv_address parsed;
    bool is_address = address.data != NULL && !fv_address_parse(address, &parsed);
    fv_error_set_detail(error, is_address ? "not an IP address" : "not a host name",
                        is_address ? address : host);
}

fedval_status fedval_fact_new_from_pem(const char *host, size_t host_len, const char *address,
                                       size_t address_len, uint16_t port, uint32_t role,
                                       const void *pem, size_t pem_len, const char *name,
                                       size_t name_len, fedval_fact **out_fact, fedval_error *error)
{
    fedval_fact *fact;
    fv_error_reset(error);
    if (pem == NULL || out_fact == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (pem_len > MAX_FILE_LEN) {
        fv_error_set(error, "a chain of more than 16 MiB");
        return FEDVAL_ERROR_LIMIT;
    }
    fedval_status status =
        fedval_fact_new_probe(host, host_len, address, address_len, port, role, &fact);
    if (status != FEDVAL_OK) {
        if (status == FEDVAL_ERROR_SYNTAX) {
            complain_of_place(error, fv_text_given(host, host_len),
                              fv_text_given(address, address_len));
        }
        return status;
    }
    status = fill(fact, (fv_bytes){pem, pem_len}, fv_text_given(name, name_len), error);
    if (status != FEDVAL_OK) {
        fedval_fact_free(fact);
        return status;
    }
    *out_fact = fact;
    return FEDVAL_OK;
}
