/* Depth-first with backtracking over every candidate. The first search leaves a branch at the
 * first rule that it breaks. If it finds nothing, a second one follows the broken branches to their
 * ends, so that a person sees where each of them would have led. */
#include "trust/search.h"

#include "trust/rules.h"

#include <string.h>

static bool is_over(const fv_search *search)
{
    return search->status != FEDVAL_OK || search->result->accepted != NULL ||
           (search->limits & (FV_LIMIT_TRIES | FV_LIMIT_SIGNATURES | FV_LIMIT_NAMES)) != 0;
}

static bool count_try(fv_search *search)
{
    if ((int64_t)search->num_tries >= search->input->policy->limits.tries)
        search->limits |= FV_LIMIT_TRIES;
    search->num_tries++;
    return !is_over(search);
}

static bool is_quiet_about(fv_search *search, size_t faults_before)
{
    if (search->quiet.name_limit_reached)
        search->limits |= FV_LIMIT_NAMES;
    return search->quiet.num_faults == faults_before;
}

/* Whether a certificate is sound as an issuer. That does not depend on the path, so it is judged
 * once. */
static bool is_sound(fv_search *search, fv_node *node)
{
    if (node->state == FV_NODE_UNJUDGED) {
        size_t before = search->quiet.num_faults;
        search->quiet.at.rung = 1;
        fv_trust_judge_issuer(&search->quiet, node->certificate, node->ends_path);
        node->state = is_quiet_about(search, before) ? FV_NODE_SOUND : FV_NODE_FAULTY;
    }
    return node->state == FV_NODE_SOUND;
}

static bool fits_its_place(fv_search *search)
{
    size_t before = search->quiet.num_faults;
    search->quiet.at.rung = search->path_len - 1;
    fv_sink_place(&search->quiet, search, search->path_len - 1);
    return is_quiet_about(search, before);
}

/* ---- the end of a path ---- */

static bool holds_as_a_whole(fv_search *search)
{
    size_t before = search->quiet.num_faults;
    int64_t until = INT64_MAX;
    fv_trust_judge_policies(&search->quiet, search);
    fv_trust_judge_revocation(&search->quiet, search, &until);
    return is_quiet_about(search, before) && search->status == FEDVAL_OK;
}

/* What speaks for a sound path, as bits, the heaviest last. */
enum { REVOCATION_IS_KNOWN = 1, ANCHOR_IS_WANTED = 2, NOTHING_IS_OPEN = 3 };

/* Whether each certificate of the current path is known not to be revoked. Without CRLs no path
 * knows more than another. */
static bool is_revocation_known(const fv_search *search)
{
    for (size_t i = 0; search->input->crls != NULL && i + 1 < search->path_len; i++) {
        if (search->revocation[i] != FEDVAL_REVOCATION_GOOD)
            return false;
    }
    return true;
}

static unsigned rank_path(const fv_search *search)
{
    const fv_node *last = search->path[search->path_len - 1];
    bool is_wanted = search->input->policy->trust != FEDVAL_ROOTS_PUBLIC_ONLY ||
                     last->anchor->anchor_class == FEDVAL_ANCHOR_PUBLIC;
    return (is_revocation_known(search) ? REVOCATION_IS_KNOWN : 0u) |
           (is_wanted ? ANCHOR_IS_WANTED : 0u);
}

/* Keeps the path, where revocation or the wanted anchor is not settled, in case no better one is
 * found. Returns true: search on. */
static bool keep_as_fallback(fv_search *search)
{
    unsigned rank = rank_path(search);
    if (rank == NOTHING_IS_OPEN)
        return false;
    if (search->fallback != NULL && rank <= search->fallback_rank)
        return true;
    fv_node **kept = fv_arena_alloc_array(&search->scratch, search->path_len, sizeof(*kept));
    if (kept == NULL) {
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return true;
    }
    memcpy(kept, search->path, search->path_len * sizeof(*kept));
    search->fallback = kept;
    search->fallback_len = search->path_len;
    search->fallback_rank = rank;
    return true;
}

static bool ends_at_wanted_root(const fv_search *search)
{
    const fv_node *last = search->path[search->path_len - 1];
    return search->wanted_root == NULL ||
           (fv_name_equal(&last->certificate->subject, &search->wanted_root->subject) &&
            fv_bytes_equal(last->certificate->key.spki, search->wanted_root->key.spki));
}

static void reach_anchor(fv_search *search)
{
    if (!ends_at_wanted_root(search))
        return;
    if (search->is_diagnosis || !holds_as_a_whole(search)) {
        search->pruned = true;
        fv_search_keep(search, FV_END_REFUSED);
    } else if (!keep_as_fallback(search)) {
        fv_search_keep(search, FV_END_ACCEPTED);
    }
}

/* ---- one certificate more ---- */

static void extend(fv_search *search);

/* Whether the certificate that was just put on the path signed the one below it, so that the search
 * can go on above it. */
static bool is_linked(fv_search *search)
{
    fv_node *child = search->path[search->path_len - 2];
    switch (fv_search_verify(search, child, search->path[search->path_len - 1])) {
    case FEDVAL_VERIFY_GOOD:
        return true;
    case FEDVAL_VERIFY_UNSUPPORTED:
        if (search->is_diagnosis)
            return true;
        search->pruned = true;
        fv_search_keep(search, FV_END_PRUNED);
        return false;
    case FEDVAL_VERIFY_BAD:
        fv_search_keep(search, FV_END_BROKEN);
        return false;
    default:
        return false;
    }
}

/* RFC 5280 6.1.4 (l): self-issued certificates are not counted. A path of them ends even so,
 * because no CA comes twice on a path. */
static bool is_at_depth(const fv_search *search)
{
    size_t count = 0;
    for (size_t i = 1; i < search->path_len; i++)
        count += !search->path[i]->is_self_issued;
    return (int64_t)count > search->input->policy->limits.depth;
}

static void climb(fv_search *search)
{
    const fv_node *top = search->path[search->path_len - 1];
    if (!search->is_diagnosis &&
        (!is_sound(search, search->path[search->path_len - 1]) || !fits_its_place(search))) {
        search->pruned = true;
        fv_search_keep(search, FV_END_PRUNED);
    } else if (!is_linked(search)) {
        return;
    } else if (top->ends_path) {
        reach_anchor(search);
    } else if (is_at_depth(search)) {
        search->limits |= FV_LIMIT_DEPTH;
        fv_search_keep(search, FV_END_LIMIT);
    } else {
        extend(search);
    }
}

/* Whether a candidate seems to be the issuer. If its key did not make the signature and its key id
 * disagrees too, it is just another CA of the same name. */
static bool is_issuer(const fv_node *child, const fv_candidate *candidate)
{
    for (const fv_link *link = child->links; link != NULL; link = link->next) {
        if (link->issuer == candidate->node) {
            return link->result != FEDVAL_VERIFY_BAD ||
                   (candidate->score & FV_SCORE_KEY_ID_NOT_OTHER) != 0;
        }
    }
    return true;
}

static void extend(fv_search *search)
{
    fv_node *child = search->path[search->path_len - 1];
    fv_level *level = &search->levels[search->path_len - 1];
    bool has_issuer = false;
    if (!fv_candidates_collect(search, child, level))
        return;
    for (size_t i = 0; i < level->num_candidates && count_try(search); i++) {
        search->path[search->path_len++] = level->candidates[i].node;
        climb(search);
        search->path_len--;
        has_issuer |= is_issuer(child, &level->candidates[i]);
    }
    if (!has_issuer && !is_over(search)) {
        fv_search_keep(search,
                       child->is_self_issued ? FV_END_UNTRUSTED_ROOT : FV_END_WITHOUT_ISSUER);
    }
}

/* ---- from the end-entity certificate ---- */

/* Tries the path of one certificate: the end-entity certificate may itself be an anchor. */
static void try_as_anchor(fv_search *search)
{
    const fedval_anchors *anchors = search->input->anchors;
    fv_node *leaf = &search->sent[0];
    fv_anchor *anchor = anchors == NULL ? NULL : fv_anchors_find(anchors, leaf->certificate);
    if (anchor == NULL)
        return;
    fv_node *node = fv_search_anchor_node(search, anchor);
    if (node == NULL || !node->ends_path)
        return;
    node->sent_index = 0;
    search->path[0] = node;
    search->path_len = 1;
    reach_anchor(search);
}

/* Accepts the path that was kept, unless a path that was tried after it showed that one of its
 * certificates is revoked. */
static bool take_fallback(fv_search *search)
{
    memcpy(search->path, search->fallback, search->fallback_len * sizeof(*search->path));
    search->path_len = search->fallback_len;
    search->fallback = NULL;
    if (!holds_as_a_whole(search))
        return false;
    fv_search_keep(search, FV_END_ACCEPTED);
    return true;
}

static void start(fv_search *search)
{
    search->path[0] = &search->sent[0];
    search->path_len = 1;
    extend(search);
}

/* Searches until nothing better is left. If the path that was kept proves to be revoked, another
 * one, which was passed over for it, may hold: then the search begins again. Each time one
 * certificate more is known to be revoked. */
static void find_path(fv_search *search, bool can_find)
{
    enum { MOST_TRIES = 4 };
    for (unsigned i = 0; i < MOST_TRIES && !is_over(search); i++) {
        if (i > 0)
            fv_search_forget(search);
        if (can_find)
            start(search);
        if (search->status != FEDVAL_OK || search->result->accepted != NULL ||
            search->fallback == NULL || take_fallback(search))
            return;
        search->pruned = true;
    }
}

void fv_search_run(fv_search *search)
{
    /* Without a verifier no link is good, so only the end-entity certificate itself can be
     * accepted, and the first search would find nothing. */
    bool can_find = search->input->verifier != NULL;
    try_as_anchor(search);
    find_path(search, can_find);
    search->pruned |= !can_find;
    if (search->status != FEDVAL_OK || search->result->accepted != NULL || !search->pruned)
        return;
    uint32_t limits = search->limits;
    fv_search_forget(search);
    search->is_diagnosis = true;
    search->num_tries = 0;
    search->quiet.num_name_comparisons = 0;
    search->limits &= FV_LIMIT_CERTIFICATES | FV_LIMIT_BYTES;
    start(search);
    /* The limits that the second search reaches only shorten the display. FV_LIMIT_NAMES is the
     * exception: if not all names were compared, the fault of a path may not have been found again.
     */
    search->limits = limits | (search->limits & FV_LIMIT_NAMES);
}
