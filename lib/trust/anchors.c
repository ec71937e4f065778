#include "trust/anchors.h"

#include "base/buf.h"
#include "base/error.h"
#include "trust/verifier.h"
#include "x509/bundle.h"

#include <stdlib.h>
#include <string.h>

fedval_status fedval_anchors_new(fedval_anchors **out_anchors)
{
    if (out_anchors == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_anchors *anchors = calloc(1, sizeof(*anchors));
    if (anchors == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&anchors->arena);
    atomic_init(&anchors->num_holders, 1);
    *out_anchors = anchors;
    return FEDVAL_OK;
}

void fedval_anchors_free(fedval_anchors *anchors)
{
    if (anchors == NULL || atomic_fetch_sub(&anchors->num_holders, 1) > 1)
        return;
    for (size_t i = 0; i < anchors->num_items; i++) {
        if (anchors->verifier != NULL)
            fv_verifier_key_close(anchors->verifier, atomic_load(&anchors->items[i]->key));
    }
    fedval_verifier_free(anchors->verifier);
    fv_index_clear(&anchors->by_subject);
    fv_index_clear(&anchors->by_key_id);
    fv_index_clear(&anchors->by_der);
    fv_arena_clear(&anchors->arena);
    free(anchors);
}

fv_anchor *fv_anchors_next_subject(const fedval_anchors *anchors, const fv_name *subject,
                                   size_t *position)
{
    size_t at;
    while (fv_index_next(&anchors->by_subject, subject->normalised, position, &at)) {
        if (fv_name_equal(&anchors->items[at]->certificate.subject, subject))
            return anchors->items[at];
    }
    return NULL;
}

fv_anchor *fv_anchors_next_key_id(const fedval_anchors *anchors, fv_bytes key_id, size_t *position)
{
    size_t at;
    while (fv_index_next(&anchors->by_key_id, key_id, position, &at)) {
        if (fv_bytes_equal(anchors->items[at]->certificate.subject_key_id.key_id, key_id))
            return anchors->items[at];
    }
    return NULL;
}

/* Returns the last bytes of a certificate: of its signature, which differs from any other's. The
 * index that finds a certificate by its bytes hashes these alone. */
static fv_bytes end_of(fv_bytes der)
{
    enum { END_LEN = 32 };
    size_t len = der.len < END_LEN ? der.len : END_LEN;
    return (fv_bytes){der.data + (der.len - len), len};
}

static fv_anchor *find_same(const fedval_anchors *anchors, const fv_certificate *certificate)
{
    size_t position = 0, at;
    while (fv_index_next(&anchors->by_der, end_of(certificate->der), &position, &at)) {
        if (fv_bytes_equal(anchors->items[at]->certificate.der, certificate->der))
            return anchors->items[at];
    }
    return NULL;
}

fv_anchor *fv_anchors_find(const fedval_anchors *anchors, const fv_certificate *certificate)
{
    return find_same(anchors, certificate);
}

/* ---- building ---- */

static fedval_status index_anchor(fedval_anchors *anchors, fv_anchor *anchor)
{
    size_t at = anchors->num_items;
    const fv_key_id *id = &anchor->certificate.subject_key_id;
    fv_anchor **slot = fv_arena_append(&anchors->arena, (void **)&anchors->items,
                                       &anchors->num_items, &anchors->capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *slot = anchor;
    if (!fv_index_add(&anchors->by_subject, anchor->certificate.subject.normalised, at))
        return FEDVAL_ERROR_NO_MEMORY;
    if (!fv_index_add(&anchors->by_der, end_of(anchor->certificate.der), at))
        return FEDVAL_ERROR_NO_MEMORY;
    if (id->presence == FV_KNOWN && !fv_index_add(&anchors->by_key_id, id->key_id, at))
        return FEDVAL_ERROR_NO_MEMORY;
    return FEDVAL_OK;
}

/* der lies in the arena. */
static fedval_status append_der(fedval_anchors *anchors, uint32_t anchor_class, fv_bytes der)
{
    fv_anchor *anchor = fv_arena_alloc(&anchors->arena, sizeof(*anchor));
    if (anchor == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fv_certificate_decode(&anchors->arena, der, &anchor->certificate);
    if (status == FEDVAL_OK && !fv_certificate_keep_name(&anchors->arena, &anchor->certificate))
        status = FEDVAL_ERROR_NO_MEMORY;
    if (status != FEDVAL_OK)
        return status;
    anchor->anchor_class = anchor_class;
    return index_anchor(anchors, anchor);
}

typedef struct taking {
    fedval_anchors *anchors;
    uint32_t anchor_class;
} taking;

static fedval_status take(fv_bytes der, void *user)
{
    const taking *self = user;
    return append_der(self->anchors, self->anchor_class, der);
}

typedef struct mark {
    size_t num_items, by_subject, by_key_id, by_der;
} mark;

static mark mark_of(const fedval_anchors *anchors)
{
    return (mark){anchors->num_items, anchors->by_subject.num_entries,
                  anchors->by_key_id.num_entries, anchors->by_der.num_entries};
}

static void roll_back(fedval_anchors *anchors, mark to)
{
    anchors->num_items = to.num_items;
    fv_index_truncate(&anchors->by_subject, to.by_subject);
    fv_index_truncate(&anchors->by_key_id, to.by_key_id);
    fv_index_truncate(&anchors->by_der, to.by_der);
}

/* Drops each appended anchor that the set has already; if one of the two copies is public, the one
 * that is kept becomes public. Nothing is allocated: there was room for all of them. */
static fedval_status drop_duplicates(fedval_anchors *anchors, mark before)
{
    size_t end = anchors->num_items;
    roll_back(anchors, before);
    for (size_t i = before.num_items; i < end; i++) {
        fv_anchor *added = anchors->items[i];
        fv_anchor *same = find_same(anchors, &added->certificate);
        if (same == NULL) {
            fedval_status status = index_anchor(anchors, added);
            if (status != FEDVAL_OK)
                return status;
        } else if (added->anchor_class == FEDVAL_ANCHOR_PUBLIC) {
            same->anchor_class = FEDVAL_ANCHOR_PUBLIC;
        }
    }
    return FEDVAL_OK;
}

fedval_status fedval_anchors_append(fedval_anchors *anchors, uint32_t anchor_class,
                                    const void *data, size_t data_len, fedval_error *error)
{
    fv_error_reset(error);
    if (anchors == NULL || (data == NULL && data_len > 0) ||
        fedval_anchor_class_to_string(anchor_class) == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (anchors->is_sealed)
        return FEDVAL_ERROR_STATE;
    mark before = mark_of(anchors);
    taking self = {anchors, anchor_class};
    fedval_status status = fv_bundle_each((fv_bytes){data, data_len}, &anchors->arena,
                                          FV_BUNDLE_CERTIFICATE, take, &self, error);
    if (status == FEDVAL_ERROR_NOT_FOUND)
        status = FEDVAL_ERROR_SYNTAX;
    if (status == FEDVAL_OK)
        status = drop_duplicates(anchors, before);
    if (status != FEDVAL_OK)
        roll_back(anchors, before);
    return status;
}

size_t fedval_anchors_count(const fedval_anchors *anchors, uint32_t anchor_class)
{
    size_t count = 0;
    if (anchors == NULL)
        return 0;
    for (size_t i = 0; i < anchors->num_items; i++)
        count += anchor_class == 0 || anchors->items[i]->anchor_class == anchor_class;
    return count;
}

const uint8_t *fedval_anchors_get(const fedval_anchors *anchors, uint32_t anchor_class,
                                  size_t index, uint32_t *out_class, size_t *out_len)
{
    const fv_anchor *found = NULL;
    for (size_t i = 0; anchors != NULL && i < anchors->num_items && found == NULL; i++) {
        const fv_anchor *anchor = anchors->items[i];
        if ((anchor_class == 0 || anchor->anchor_class == anchor_class) && index-- == 0)
            found = anchor;
    }
    if (found != NULL && out_class != NULL)
        *out_class = found->anchor_class;
    if (out_len != NULL)
        *out_len = found == NULL ? 0 : found->certificate.der.len;
    return found == NULL ? NULL : found->certificate.der.data;
}

/* ---- sealing ---- */

static int compare_digests(const void *a, const void *b)
{
    return memcmp(a, b, 32);
}

static fedval_status digest_class(fedval_anchors *anchors, uint32_t anchor_class,
                                  const fedval_verifier *verifier)
{
    uint8_t all[32];
    size_t num = 0;
    uint8_t(*digests)[32] = calloc(anchors->num_items + 1, sizeof(*digests));
    if (digests == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < anchors->num_items; i++) {
        if (anchors->items[i]->anchor_class == anchor_class)
            memcpy(digests[num++], anchors->items[i]->certificate.sha256, 32);
    }
    qsort(digests, num, sizeof(*digests), compare_digests);
    fedval_status status =
        fv_verifier_digest(verifier, (fv_bytes){digests[0], num * sizeof(*digests)}, all);
    free(digests);
    fv_buf hex;
    fv_buf_init(&hex);
    fv_buf_append_hex(&hex, (fv_bytes){all, sizeof(all)});
    if (status == FEDVAL_OK && hex.failed)
        status = FEDVAL_ERROR_NO_MEMORY;
    if (status == FEDVAL_OK)
        memcpy(anchors->digests[anchor_class], hex.data, hex.len + 1);
    fv_buf_clear(&hex);
    return status;
}

static fedval_status digest_anchors(fedval_anchors *anchors, const fedval_verifier *verifier)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; i < anchors->num_items && status == FEDVAL_OK; i++) {
        fv_certificate *certificate = &anchors->items[i]->certificate;
        status = fv_verifier_digest(verifier, certificate->der, certificate->sha256);
        certificate->has_sha256 = status == FEDVAL_OK;
    }
    if (status == FEDVAL_OK)
        status = digest_class(anchors, FEDVAL_ANCHOR_PUBLIC, verifier);
    if (status == FEDVAL_OK)
        status = digest_class(anchors, FEDVAL_ANCHOR_PRIVATE, verifier);
    return status;
}

fedval_status fedval_anchors_seal(fedval_anchors *anchors, const fedval_verifier *verifier)
{
    if (anchors == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (anchors->is_sealed)
        return FEDVAL_ERROR_STATE;
    fedval_status status = verifier == NULL ? FEDVAL_OK : digest_anchors(anchors, verifier);
    if (status != FEDVAL_OK)
        return status;
    anchors->verifier = verifier == NULL ? NULL : fv_verifier_hold(verifier);
    anchors->is_sealed = true;
    return FEDVAL_OK;
}

const char *fv_anchors_digest(const fedval_anchors *anchors, uint32_t anchor_class)
{
    return anchors->digests[anchor_class];
}

/* ---- keys ---- */

fedval_status fv_anchors_open_key(const fedval_anchors *anchors, fv_anchor *anchor,
                                  const fedval_verifier *verifier, void **out_key,
                                  bool *out_is_shared)
{
    void *key, *other = NULL;
    *out_is_shared = anchors->verifier == verifier;
    if (*out_is_shared && (key = atomic_load(&anchor->key)) != NULL) {
        *out_key = key;
        return FEDVAL_OK;
    }
    fedval_status status = fv_verifier_key_open(verifier, anchor->certificate.key.spki, &key);
    if (status != FEDVAL_OK)
        return status;
    if (*out_is_shared && !atomic_compare_exchange_strong(&anchor->key, &other, key)) {
        fv_verifier_key_close(verifier, key); /* another thread was faster */
        key = other;
    }
    *out_key = key;
    return FEDVAL_OK;
}
