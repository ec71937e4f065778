#include "trust/search.h"

#include "trust/verifier.h"

bool fv_is_same_ca(const fv_certificate *a, const fv_certificate *b)
{
    return fv_bytes_equal(a->key.spki, b->key.spki) && fv_name_equal(&a->subject, &b->subject);
}

static void init_node(const fv_search *search, fv_node *node, const fv_certificate *certificate)
{
    node->certificate = certificate;
    node->sent_index = SIZE_MAX;
    node->is_self_issued = fv_certificate_is_self_issued(certificate);
    /* A path can always end at a self-issued anchor. At another anchor it ends only if the policy
     * allows partial chains; otherwise that anchor is just one more certificate to build paths
     * with. */
    node->ends_path = node->is_self_issued || search->input->policy->allow_partial_chain != 0;
}

/* Whether the same certificate came before: of several copies the first one counts. */
static bool is_sent_already(const fv_search *search, const fv_certificate *certificate)
{
    for (size_t i = 0; i < search->num_sent; i++) {
        if (fv_bytes_equal(search->sent[i].certificate->der, certificate->der))
            return true;
    }
    return false;
}

/* Makes nodes of the certificates that were sent, as far as the limits of the policy on their
 * number and size allow. */
static void take_sent(fv_search *search)
{
    const fv_limits *limits = &search->input->policy->limits;
    size_t bytes = 0;
    for (size_t i = 0; i < search->input->num_certificates; i++) {
        const fv_certificate *certificate = search->input->certificates[i];
        if ((int64_t)i >= limits->certificates) {
            search->limits |= FV_LIMIT_CERTIFICATES;
            return;
        }
        bytes += certificate == NULL ? 0 : certificate->der.len;
        if ((int64_t)bytes > limits->chain_bytes) {
            search->limits |= FV_LIMIT_BYTES;
            return;
        }
        if (certificate == NULL || is_sent_already(search, certificate))
            continue;
        fv_node *node = &search->sent[search->num_sent++];
        init_node(search, node, certificate);
        node->ends_path = false;
        node->sent_index = i;
    }
}

fedval_status fv_search_init(fv_search *search, fv_arena *arena, const fv_trust_input *input,
                             fv_trust_result *result)
{
    *search = (fv_search){.input = input, .arena = arena, .result = result};
    fv_arena_init(&search->scratch);
    search->quiet = (fv_sink){.input = input};
    size_t num_sent = input->num_certificates;
    if ((int64_t)num_sent > input->policy->limits.certificates)
        num_sent = (size_t)input->policy->limits.certificates;
    search->sent = fv_arena_alloc_array(&search->scratch, num_sent, sizeof(*search->sent));
    /* Room for the end-entity certificate, as many CAs as the policy allows, the self-issued
     * certificates that were sent (they are not counted), and then the one CA too many or the
     * anchor. */
    size_t max_path_len = (size_t)input->policy->limits.depth + num_sent + 2;
    search->path = fv_arena_alloc_array(&search->scratch, max_path_len, sizeof(*search->path));
    search->levels = fv_arena_alloc_array(&search->scratch, max_path_len, sizeof(*search->levels));
    search->revocation =
        fv_arena_alloc_array(&search->scratch, max_path_len, sizeof(*search->revocation));
    search->revoked_by =
        fv_arena_alloc_array(&search->scratch, max_path_len, sizeof(*search->revoked_by));
    if (search->sent == NULL || search->path == NULL || search->levels == NULL ||
        search->revocation == NULL || search->revoked_by == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    take_sent(search);
    return FEDVAL_OK;
}

static void close_key(const fv_search *search, fv_node *node)
{
    if (node->key != NULL && !node->key_shared)
        fv_verifier_key_close(search->input->verifier, node->key);
}

void fv_search_clear(fv_search *search)
{
    for (size_t i = 0; i < search->num_sent; i++)
        close_key(search, &search->sent[i]);
    for (size_t i = 0; i < search->num_anchors; i++)
        close_key(search, search->anchors[i]);
    fv_arena_clear(&search->scratch);
}

fv_node *fv_search_anchor_node(fv_search *search, fv_anchor *anchor)
{
    for (size_t i = 0; i < search->num_anchors; i++) {
        if (search->anchors[i]->anchor == anchor)
            return search->anchors[i];
    }
    fv_node *node = fv_arena_alloc(&search->scratch, sizeof(*node));
    fv_node **slot = NULL;
    if (node != NULL) {
        slot = fv_arena_append(&search->scratch, (void **)&search->anchors, &search->num_anchors,
                               &search->anchors_capacity, sizeof(*slot));
    }
    if (slot == NULL) {
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return NULL;
    }
    init_node(search, node, &anchor->certificate);
    node->anchor = anchor;
    *slot = node;
    return node;
}
