/* A verifier that remembers good signatures, in front of another one. Its size is bounded: it is a
 * table of sets of four entries, and a new entry replaces the one of its set that was not used for
 * longest. */
#include "base/size.h"
#include "fedval/trust.h"
#include "trust/lock.h"
#include "trust/verifier.h"

#include <stdlib.h>
#include <string.h>

enum { WAYS = 4, DIGEST_SIZE = 32 };

typedef struct entry {
    uint8_t digest[DIGEST_SIZE];
    uint64_t last_use; /* 0: empty */
} entry;

typedef struct cache {
    fedval_verifier *inner;
    fv_lock *lock;
    uint64_t clock; /* counts look-ups */
    size_t num_sets;
    entry *entries;
} cache;

/* The key of the inner verifier is opened only when a signature is not remembered. */
typedef struct cache_key {
    uint8_t spki_digest[DIGEST_SIZE];
    fv_bytes spki; /* its bytes follow this structure */
    fv_lock *lock;
    void *inner;
    fedval_status status; /* the result of opening `inner`, once it was tried */
    bool is_tried;
} cache_key;

static fedval_status digest(const uint8_t *data, size_t data_len, uint8_t out[DIGEST_SIZE],
                            void *user)
{
    const cache *self = user;
    return fv_verifier_digest(self->inner, (fv_bytes){data, data_len}, out);
}

static void key_close(void *opened, void *user)
{
    const cache *self = user;
    cache_key *key = opened;
    if (key == NULL)
        return;
    fv_verifier_key_close(self->inner, key->inner);
    fv_lock_free(key->lock);
    free(key);
}

static fedval_status key_open(const uint8_t *spki, size_t spki_len, void **out_key, void *user)
{
    const cache *self = user;
    size_t size;
    if (!fv_size_add(sizeof(cache_key), spki_len, &size))
        return FEDVAL_ERROR_NO_MEMORY;
    cache_key *key = calloc(1, size);
    if (key == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    uint8_t *copy = (uint8_t *)(key + 1);
    memcpy(copy, spki, spki_len);
    key->spki = (fv_bytes){copy, spki_len};
    fedval_status status = fv_verifier_digest(self->inner, key->spki, key->spki_digest);
    if (status == FEDVAL_OK) {
        key->lock = fv_lock_new();
        status = key->lock == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
    }
    if (status != FEDVAL_OK) {
        free(key);
        return status;
    }
    *out_key = key;
    return FEDVAL_OK;
}

/* ---- the table ---- */

static entry *set_of(const cache *self, const uint8_t wanted[DIGEST_SIZE])
{
    uint64_t number;
    memcpy(&number, wanted, sizeof(number));
    return &self->entries[number % self->num_sets * WAYS];
}

static bool look_up(cache *self, const uint8_t wanted[DIGEST_SIZE])
{
    bool found = false;
    entry *set = set_of(self, wanted);
    fv_lock_take(self->lock);
    self->clock++;
    for (size_t i = 0; i < WAYS && !found; i++) {
        found = memcmp(set[i].digest, wanted, DIGEST_SIZE) == 0;
        if (found)
            set[i].last_use = self->clock;
    }
    fv_lock_release(self->lock);
    return found;
}

static void remember(cache *self, const uint8_t good[DIGEST_SIZE])
{
    entry *set = set_of(self, good), *oldest = set;
    fv_lock_take(self->lock);
    for (size_t i = 1; i < WAYS; i++) {
        if (set[i].last_use < oldest->last_use)
            oldest = &set[i];
    }
    memcpy(oldest->digest, good, DIGEST_SIZE);
    oldest->last_use = ++self->clock;
    fv_lock_release(self->lock);
}

/* ---- verifying ---- */

/* Computes the digest by which a good signature is remembered. It covers the key of the issuer, the
 * algorithm, the signed bytes and the signature. Each goes in as its digest or with its length, so
 * that two different signatures never give the same bytes. */
static bool digest_link(const cache *self, const cache_key *key, fv_bytes algorithm, fv_bytes tbs,
                        fv_bytes signature, uint8_t out[DIGEST_SIZE])
{
    uint8_t parts[4][DIGEST_SIZE];
    memcpy(parts[0], key->spki_digest, DIGEST_SIZE);
    return fv_verifier_digest(self->inner, algorithm, parts[1]) == FEDVAL_OK &&
           fv_verifier_digest(self->inner, tbs, parts[2]) == FEDVAL_OK &&
           fv_verifier_digest(self->inner, signature, parts[3]) == FEDVAL_OK &&
           fv_verifier_digest(self->inner, (fv_bytes){parts[0], sizeof(parts)}, out) == FEDVAL_OK;
}

static fedval_status open_inner(const cache *self, cache_key *key)
{
    fv_lock_take(key->lock);
    if (!key->is_tried)
        key->status = fv_verifier_key_open(self->inner, key->spki, &key->inner);
    key->is_tried = key->status != FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = key->status;
    fv_lock_release(key->lock);
    return status;
}

static uint32_t verify_inner(const cache *self, cache_key *key, fv_bytes algorithm, fv_bytes tbs,
                             fv_bytes signature)
{
    fedval_status status = open_inner(self, key);
    return status != FEDVAL_OK
               ? fv_verifier_result_without_key(status)
               : fv_verifier_verify(self->inner, key->inner, algorithm, tbs, signature);
}

static uint32_t verify(void *opened, const uint8_t *algorithm, size_t algorithm_len,
                       const uint8_t *tbs, size_t tbs_len, const uint8_t *signature,
                       size_t signature_len, void *user)
{
    cache *self = user;
    cache_key *key = opened;
    uint8_t link[DIGEST_SIZE];
    fv_bytes parts[3] = {{algorithm, algorithm_len}, {tbs, tbs_len}, {signature, signature_len}};
    if (!digest_link(self, key, parts[0], parts[1], parts[2], link))
        return FEDVAL_VERIFY_FAILED;
    if (look_up(self, link))
        return FEDVAL_VERIFY_GOOD;
    uint32_t result = verify_inner(self, key, parts[0], parts[1], parts[2]);
    if (result == FEDVAL_VERIFY_GOOD)
        remember(self, link);
    return result;
}

/* ---- building ---- */

static void destroy(void *user)
{
    cache *self = user;
    fv_lock_free(self->lock);
    fedval_verifier_free(self->inner);
    free(self->entries);
    free(self);
}

static cache *make(const fedval_verifier *verifier, size_t capacity)
{
    size_t num_entries, bytes;
    cache *self = calloc(1, sizeof(*self));
    if (self == NULL)
        return NULL;
    self->num_sets = capacity / WAYS + (capacity % WAYS != 0);
    if (fv_size_mul(self->num_sets, WAYS, &num_entries) &&
        fv_size_mul(num_entries, sizeof(entry), &bytes))
        self->entries = calloc(1, bytes);
    self->lock = fv_lock_new();
    if (self->entries == NULL || self->lock == NULL) {
        fv_lock_free(self->lock);
        free(self->entries);
        free(self);
        return NULL;
    }
    self->inner = fv_verifier_hold(verifier);
    return self;
}

fedval_status fedval_verify_cache_new(const fedval_verifier *verifier, size_t capacity,
                                      fedval_verifier **out_cache)
{
    static const fedval_verifier_vtable vtable = {
        .size = sizeof(vtable),
        .digest = digest,
        .key_open = key_open,
        .key_close = key_close,
        .verify = verify,
        .destroy = destroy,
    };
    if (verifier == NULL || capacity == 0 || out_cache == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    cache *self = make(verifier, capacity);
    if (self == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fedval_verifier_new(&vtable, self, out_cache);
    if (status != FEDVAL_OK)
        destroy(self);
    return status;
}
