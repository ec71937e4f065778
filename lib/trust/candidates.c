/* The possible issuers of a certificate, and which to try first (RFC 4158 3.5). */
#include "trust/search.h"

/* RFC 5280 4.2.1.1: the key ids are a hint. If they disagree, the certificate may be the issuer all
 * the same. */
static uint32_t score_key_id(const fv_certificate *child, const fv_certificate *issuer)
{
    const fv_key_id *wanted = &child->authority_key_id, *there = &issuer->subject_key_id;
    if (wanted->presence != FV_KNOWN || !wanted->has_key_id || there->presence != FV_KNOWN)
        return FV_SCORE_KEY_ID_NOT_OTHER;
    return fv_bytes_equal(wanted->key_id, there->key_id)
               ? FV_SCORE_KEY_ID_NOT_OTHER | FV_SCORE_KEY_ID_AGREES
               : 0;
}

static bool is_valid_at(const fv_certificate *certificate, int64_t time)
{
    return certificate->not_before.seconds <= time && time <= certificate->not_after.seconds;
}

static uint32_t score(const fv_search *search, const fv_node *child, const fv_node *issuer)
{
    uint32_t out = score_key_id(child->certificate, issuer->certificate);
    if (issuer->anchor != NULL)
        out |= FV_SCORE_IS_ANCHOR;
    if (is_valid_at(issuer->certificate, search->input->time))
        out |= FV_SCORE_IS_VALID;
    if (issuer->anchor != NULL && issuer->anchor->anchor_class == FEDVAL_ANCHOR_PUBLIC)
        out |= FV_SCORE_IS_PUBLIC;
    return out;
}

static bool is_better(const fv_candidate *a, const fv_candidate *b)
{
    return a->score != b->score ? a->score > b->score : a->not_before > b->not_before;
}

/* Inserts `issuer` according to its score, then its notBefore, the latest first. Equals keep the
 * order in which they came. */
static bool insert(fv_search *search, const fv_node *child, fv_node *issuer, fv_level *level)
{
    fv_candidate *slot = fv_arena_append(&search->scratch, (void **)&level->candidates,
                                         &level->num_candidates, &level->capacity, sizeof(*slot));
    if (slot == NULL) {
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return false;
    }
    fv_candidate added = {issuer, score(search, child, issuer),
                          issuer->certificate->not_before.seconds};
    while (slot > level->candidates && is_better(&added, slot - 1)) {
        *slot = slot[-1];
        slot--;
    }
    *slot = added;
    return true;
}

static bool is_on_path(const fv_search *search, const fv_certificate *certificate)
{
    for (size_t i = 0; i < search->path_len; i++) {
        if (search->path[i]->certificate == certificate ||
            fv_is_same_ca(search->path[i]->certificate, certificate))
            return true;
    }
    return false;
}

static bool is_collected(const fv_level *level, const fv_certificate *certificate)
{
    for (size_t i = 0; i < level->num_candidates; i++) {
        if (fv_bytes_equal(level->candidates[i].node->certificate->der, certificate->der))
            return true;
    }
    return false;
}

static bool collect_anchor(fv_search *search, const fv_node *node, fv_anchor *anchor,
                           fv_level *level)
{
    if (is_on_path(search, &anchor->certificate) || is_collected(level, &anchor->certificate))
        return true;
    fv_node *issuer = fv_search_anchor_node(search, anchor);
    return issuer != NULL && insert(search, node, issuer, level);
}

/* Collects the anchors with the wanted key id first, through an index of their own. So the anchor
 * that fits is found even if very many anchors have the same name. */
static bool collect_anchors(fv_search *search, const fv_node *node, fv_level *level)
{
    /* At most so many issuers of one name, or of one key identifier, are tried. An honest store
     * has fewer; a hostile one must not make the search long. */
    enum { MAX_OF_ONE_NAME = 64 };
    const fedval_anchors *anchors = search->input->anchors;
    const fv_certificate *child = node->certificate;
    fv_anchor *anchor;
    size_t position = 0;
    if (anchors == NULL)
        return true;
    size_t num_seen = 0;
    while (child->authority_key_id.has_key_id && num_seen++ < MAX_OF_ONE_NAME &&
           (anchor = fv_anchors_next_key_id(anchors, child->authority_key_id.key_id, &position)) !=
               NULL) {
        if (fv_name_equal(&anchor->certificate.subject, &child->issuer) &&
            !collect_anchor(search, node, anchor, level))
            return false;
    }
    position = 0;
    num_seen = 0;
    while (level->num_candidates < MAX_OF_ONE_NAME && num_seen++ < MAX_OF_ONE_NAME &&
           (anchor = fv_anchors_next_subject(anchors, &child->issuer, &position)) != NULL) {
        if (!collect_anchor(search, node, anchor, level))
            return false;
    }
    return true;
}

static bool collect_sent(fv_search *search, const fv_node *node, fv_level *level)
{
    for (size_t i = 1; i < search->num_sent; i++) {
        fv_node *issuer = &search->sent[i];
        if (!fv_name_equal(&issuer->certificate->subject, &node->certificate->issuer) ||
            is_on_path(search, issuer->certificate) || is_collected(level, issuer->certificate))
            continue;
        if (!insert(search, node, issuer, level))
            return false;
    }
    return true;
}

bool fv_candidates_collect(fv_search *search, const fv_node *node, fv_level *level)
{
    level->num_candidates = 0;
    return collect_anchors(search, node, level) && collect_sent(search, node, level);
}
