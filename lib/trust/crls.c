#include "trust/crls.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/size.h"
#include "trust/verifier.h"
#include "x509/bundle.h"

#include <stdlib.h>
#include <string.h>

fedval_status fedval_crls_new(fedval_crls **out_crls)
{
    if (out_crls == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_crls *crls = calloc(1, sizeof(*crls));
    if (crls == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&crls->arena);
    atomic_init(&crls->num_holders, 1);
    *out_crls = crls;
    return FEDVAL_OK;
}

static void free_proof(fv_crl_proof *proof)
{
    if (proof == NULL)
        return;
    fedval_verifier_free(proof->verifier);
    free(proof);
}

void fedval_crls_free(fedval_crls *crls)
{
    if (crls == NULL || atomic_fetch_sub(&crls->num_holders, 1) > 1)
        return;
    for (size_t i = 0; i < crls->num_items; i++)
        free_proof(atomic_load(&crls->items[i]->proof));
    fv_arena_clear(&crls->arena);
    free(crls);
}

/* Made when the CRL is added, so that reading a sealed collection changes nothing. */
static const char *issuer_text(fv_arena *arena, const fv_name *issuer)
{
    fv_buf text;
    fv_buf_init(&text);
    fv_name_append_text(&text, issuer);
    const char *copy =
        text.failed ? NULL : fv_arena_copy_text(arena, text.len == 0 ? "" : text.data, text.len);
    fv_buf_clear(&text);
    return copy;
}

/* The dropped CRLs stay in the arena. They have no proof yet that would have to be freed. */
static void roll_back(fedval_crls *crls, size_t num_items)
{
    crls->num_items = num_items;
}

/* der lies in the arena. */
static fedval_status append_der(fedval_crls *crls, fv_bytes der)
{
    fv_given_crl *given = fv_arena_alloc(&crls->arena, sizeof(*given));
    if (given == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fv_crl_decode(&crls->arena, der, &given->crl);
    if (status != FEDVAL_OK)
        return status;
    given->issuer = issuer_text(&crls->arena, &given->crl.issuer);
    fv_given_crl **slot = fv_arena_append(&crls->arena, (void **)&crls->items, &crls->num_items,
                                          &crls->capacity, sizeof(*slot));
    if (given->issuer == NULL || slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    given->index = crls->num_items - 1;
    *slot = given;
    return FEDVAL_OK;
}

static fedval_status take(fv_bytes der, void *user)
{
    return append_der(user, der);
}

fedval_status fedval_crls_append(fedval_crls *crls, const void *data, size_t data_len,
                                 fedval_error *error)
{
    fv_error_reset(error);
    if (crls == NULL || (data == NULL && data_len > 0))
        return FEDVAL_ERROR_ARGUMENT;
    if (crls->is_sealed)
        return FEDVAL_ERROR_STATE;
    size_t before = crls->num_items;
    fedval_status status =
        fv_bundle_each((fv_bytes){data, data_len}, &crls->arena, FV_BUNDLE_CRL, take, crls, error);
    if (status == FEDVAL_ERROR_NOT_FOUND)
        status = FEDVAL_ERROR_SYNTAX;
    if (status != FEDVAL_OK)
        roll_back(crls, before);
    return status;
}

size_t fedval_crls_count(const fedval_crls *crls)
{
    return crls == NULL ? 0 : crls->num_items;
}

fedval_status fedval_crls_seal(fedval_crls *crls)
{
    if (crls == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (crls->is_sealed)
        return FEDVAL_ERROR_STATE;
    crls->is_sealed = true;
    return FEDVAL_OK;
}

/* ---- signatures ---- */

bool fv_given_crl_is_proven(fv_given_crl *given, const fedval_verifier *verifier, fv_bytes spki)
{
    const fv_crl_proof *proof = atomic_load(&given->proof);
    return proof != NULL && proof->verifier == verifier->self &&
           fv_bytes_equal((fv_bytes){proof->spki, proof->spki_len}, spki);
}

void fv_given_crl_prove(fv_given_crl *given, const fedval_verifier *verifier, fv_bytes spki)
{
    fv_crl_proof *none = NULL;
    size_t size;
    if (atomic_load(&given->proof) != NULL || spki.len == 0 ||
        !fv_size_add(sizeof(fv_crl_proof), spki.len, &size))
        return;
    fv_crl_proof *proof = malloc(size);
    if (proof == NULL)
        return; /* without memory the signature is checked again next time */
    proof->verifier = fv_verifier_hold(verifier);
    proof->spki_len = spki.len;
    memcpy(proof->spki, spki.data, spki.len);
    if (!atomic_compare_exchange_strong(&given->proof, &none, proof))
        free_proof(proof); /* another thread was faster */
}

/* ---- reading ---- */

/* NULL past the end. */
static const fv_crl *crl_at(const fedval_crls *crls, size_t index)
{
    return index < fedval_crls_count(crls) ? &crls->items[index]->crl : NULL;
}

static const uint8_t *give(fv_bytes bytes, size_t *out_len)
{
    if (out_len != NULL)
        *out_len = bytes.len;
    return bytes.data;
}

const uint8_t *fedval_crls_get(const fedval_crls *crls, size_t index, size_t *out_len)
{
    const fv_crl *crl = crl_at(crls, index);
    return give(crl == NULL ? (fv_bytes){NULL, 0} : crl->der, out_len);
}

const char *fedval_crls_get_issuer(const fedval_crls *crls, size_t index)
{
    return index < fedval_crls_count(crls) ? crls->items[index]->issuer : NULL;
}

int64_t fedval_crls_get_this_update(const fedval_crls *crls, size_t index)
{
    const fv_crl *crl = crl_at(crls, index);
    return crl == NULL ? FEDVAL_TIME_UNKNOWN : crl->this_update.seconds;
}

int64_t fedval_crls_get_next_update(const fedval_crls *crls, size_t index)
{
    const fv_crl *crl = crl_at(crls, index);
    return crl == NULL ? FEDVAL_TIME_UNKNOWN : crl->next_update.seconds;
}

size_t fedval_crls_count_revoked(const fedval_crls *crls, size_t index)
{
    const fv_crl *crl = crl_at(crls, index);
    return crl == NULL ? 0 : crl->num_entries;
}

const uint8_t *fedval_crls_get_revoked(const fedval_crls *crls, size_t index, size_t entry,
                                       int64_t *out_time, size_t *out_len)
{
    const fv_crl *crl = crl_at(crls, index);
    if (crl == NULL || entry >= crl->num_entries)
        return give((fv_bytes){NULL, 0}, out_len);
    if (out_time != NULL)
        *out_time = crl->entries[entry].revoked_at;
    return give(crl->entries[entry].serial, out_len);
}
