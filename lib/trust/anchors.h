/* The set of anchors, and its two indexes. */
#ifndef FV_TRUST_ANCHORS_H
#define FV_TRUST_ANCHORS_H

#include "base/arena.h"
#include "fedval/trust.h"
#include "model/report.h"
#include "trust/index.h"
#include "x509/certificate.h"

#include <stdatomic.h>

typedef struct fv_anchor {
    fv_certificate certificate;
    uint32_t anchor_class; /* FEDVAL_ANCHOR_ */
    _Atomic(void *) key;   /* opened by the set's verifier at the first use, then shared */
} fv_anchor;

struct fedval_anchors {
    _Atomic(size_t) num_holders; /* the caller counts as one, each judge that has it as one more */
    fv_arena arena;
    bool is_sealed;
    fv_anchor **items;
    size_t num_items, capacity;
    fv_index by_subject, by_key_id, by_der;
    fedval_verifier *verifier; /* whose keys the anchors hold; NULL: none */
    char digests[FEDVAL_ANCHOR_PRIVATE + 1][FV_DIGEST_TEXT_SIZE]; /* see fv_anchors_digest */
};

/* Walks the anchors whose subject is `subject`. `*position` is 0 at first, and each call moves it
 * on. NULL: no more. */
fv_anchor *fv_anchors_next_subject(const fedval_anchors *anchors, const fv_name *subject,
                                   size_t *position);
/* The same for the anchors whose subjectKeyIdentifier is `key_id`. */
fv_anchor *fv_anchors_next_key_id(const fedval_anchors *anchors, fv_bytes key_id, size_t *position);
/* The anchor that is this certificate, byte for byte; NULL: none. */
fv_anchor *fv_anchors_find(const fedval_anchors *anchors, const fv_certificate *certificate);
/* Opens the key of `anchor` with `verifier`. If `*out_is_shared` becomes true the set keeps the
 * key: do not close it. */
fedval_status fv_anchors_open_key(const fedval_anchors *anchors, fv_anchor *anchor,
                                  const fedval_verifier *verifier, void **out_key,
                                  bool *out_is_shared);
/* SHA-256 in hex over the sorted digests of a class; "" when they are not known. */
const char *fv_anchors_digest(const fedval_anchors *anchors, uint32_t anchor_class);

/* Takes one more reference. The set lives until fedval_anchors_free has been called for each. */
static inline fedval_anchors *fv_anchors_hold(fedval_anchors *anchors)
{
    atomic_fetch_add(&anchors->num_holders, 1);
    return anchors;
}

#endif
