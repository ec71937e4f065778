/* Signatures through the crypto port: keys opened once, links checked once. */
#include "trust/search.h"

#include "trust/verifier.h"

static void open_key(fv_search *search, fv_node *node)
{
    const fv_trust_input *input = search->input;
    node->key_tried = true;
    if (node->anchor != NULL) {
        node->key_status = fv_anchors_open_key(input->anchors, node->anchor, input->verifier,
                                               &node->key, &node->key_shared);
    } else {
        node->key_status =
            fv_verifier_key_open(input->verifier, node->certificate->key.spki, &node->key);
    }
    if (node->key_status != FEDVAL_OK)
        node->key = NULL;
}

/* The result of every signature by a key that could not be opened; `status` says why. Only two
 * statuses say something of the key. Any other one is a failure of the verifier: it accuses nobody,
 * and the search ends with it. */
static uint32_t result_without_key(fv_search *search, fedval_status status)
{
    uint32_t result = fv_verifier_result_without_key(status);
    if (result == FEDVAL_VERIFY_FAILED)
        search->status = status;
    return result;
}

uint32_t fv_search_verify_bytes(fv_search *search, fv_node *issuer, const fv_algorithm *algorithm,
                                fv_bytes tbs, fv_bytes signature)
{
    const fedval_verifier *verifier = search->input->verifier;
    if (!fv_algorithm_fits_key(algorithm, &issuer->certificate->key))
        return FEDVAL_VERIFY_BAD;
    if (verifier == NULL)
        return FEDVAL_VERIFY_UNSUPPORTED;
    if ((int64_t)search->num_signatures >= search->input->policy->limits.signature_checks) {
        search->limits |= FV_LIMIT_SIGNATURES;
        return FEDVAL_VERIFY_FAILED;
    }
    search->num_signatures++;
    if (!issuer->key_tried)
        open_key(search, issuer);
    if (issuer->key_status != FEDVAL_OK)
        return result_without_key(search, issuer->key_status);
    uint32_t result = fv_verifier_verify(verifier, issuer->key, algorithm->der, tbs, signature);
    if (result == FEDVAL_VERIFY_FAILED)
        search->status = FEDVAL_ERROR_NO_MEMORY;
    return result;
}

static uint32_t verify_child(fv_search *search, const fv_certificate *child, fv_node *issuer)
{
    if (child->signature_presence != FV_KNOWN || child->algorithm.presence != FV_KNOWN)
        return FEDVAL_VERIFY_BAD;
    return fv_search_verify_bytes(search, issuer, &child->algorithm, child->tbs, child->signature);
}

uint32_t fv_search_verify(fv_search *search, fv_node *child, fv_node *issuer)
{
    for (fv_link *link = child->links; link != NULL; link = link->next) {
        if (link->issuer == issuer || fv_is_same_ca(link->issuer->certificate, issuer->certificate))
            return link->result;
    }
    uint32_t result = verify_child(search, child->certificate, issuer);
    if (result == FEDVAL_VERIFY_FAILED)
        return result; /* a failed check teaches nothing, so it is not remembered */
    fv_link *link = fv_arena_alloc(&search->scratch, sizeof(*link));
    if (link == NULL) {
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return FEDVAL_VERIFY_FAILED;
    }
    *link = (fv_link){child->links, issuer, result};
    child->links = link;
    return result;
}
