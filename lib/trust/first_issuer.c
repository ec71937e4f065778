/* The path that OpenSSL would take (build_chain in crypto/x509/x509_vfy.c): at each step the first
 * issuer that fits, trusted ones before those that were sent. It does not go back when that issuer
 * proves to be unusable. */
#include "trust/rules.h"
#include "trust/search.h"

typedef struct walk {
    fv_node **nodes; /* end-entity first */
    size_t len;
    bool reaches_anchor;
} walk;

/* OpenSSL's idea of an issuer before it looks at any signature (ossl_x509_likely_issued): the name,
 * the key identifier and the kind of key fit. */
static bool seems_issuer(const fv_certificate *child, const fv_certificate *issuer)
{
    return fv_name_equal(&issuer->subject, &child->issuer) &&
           fv_trust_find_pointer_fault(child, issuer) == NULL &&
           fv_algorithm_fits_key(&child->algorithm, &issuer->key);
}

static bool is_valid_now(const fv_search *search, const fv_certificate *certificate)
{
    int64_t now = search->input->time;
    return certificate->not_before.seconds <= now && now <= certificate->not_after.seconds;
}

/* Returns whether the choice is over: the first that is valid now is taken. Among others the one
 * that ends last is. */
static bool choose(const fv_search *search, fv_node **chosen, fv_node *other)
{
    const fv_certificate *certificate = other->certificate;
    bool is_valid = is_valid_now(search, certificate);
    if (is_valid || *chosen == NULL ||
        certificate->not_after.seconds > (*chosen)->certificate->not_after.seconds)
        *chosen = other;
    return is_valid;
}

/* The order of several anchors of one name is not known, so the one on the path that was found is
 * taken where it fits. */
static fv_node *find_trusted(fv_search *search, const walk *so_far)
{
    enum { MOST = 64 };
    const fv_certificate *child = so_far->nodes[so_far->len - 1]->certificate;
    fv_node *own = so_far->len < search->path_len ? search->path[so_far->len] : NULL;
    fv_node *chosen = NULL;
    size_t position = 0;
    if (own != NULL && own->anchor != NULL && seems_issuer(child, own->certificate))
        return own;
    for (size_t i = 0; i < MOST; i++) {
        fv_anchor *anchor =
            fv_anchors_next_subject(search->input->anchors, &child->issuer, &position);
        if (anchor == NULL)
            break;
        if (!seems_issuer(child, &anchor->certificate))
            continue;
        fv_node *node = fv_search_anchor_node(search, anchor);
        if (node == NULL || choose(search, &chosen, node))
            break;
    }
    return chosen;
}

static bool is_on_walk(const walk *so_far, const fv_node *node)
{
    for (size_t i = 0; i < so_far->len; i++) {
        if (so_far->nodes[i] == node)
            return true;
    }
    return false;
}

static fv_node *find_sent(fv_search *search, const walk *so_far)
{
    const fv_certificate *child = so_far->nodes[so_far->len - 1]->certificate;
    fv_node *chosen = NULL;
    for (size_t i = 1; i < search->num_sent; i++) {
        fv_node *node = &search->sent[i];
        if (seems_issuer(child, node->certificate) && !is_on_walk(so_far, node) &&
            choose(search, &chosen, node))
            break;
    }
    return chosen;
}

/* Once an issuer is a trusted one, those above it are too. */
static void take_first_issuers(fv_search *search, walk *out, size_t capacity)
{
    out->nodes[0] = search->path[0];
    out->len = 1;
    while (out->len < capacity && search->status == FEDVAL_OK) {
        fv_node *child = out->nodes[out->len - 1];
        out->reaches_anchor = out->len > 1 && child->ends_path;
        if (out->reaches_anchor || seems_issuer(child->certificate, child->certificate))
            return;
        fv_node *issuer = find_trusted(search, out);
        if (issuer == NULL && (out->len == 1 || child->anchor == NULL))
            issuer = find_sent(search, out);
        if (issuer == NULL)
            return;
        out->nodes[out->len++] = issuer;
    }
    out->reaches_anchor = out->nodes[out->len - 1]->ends_path;
}

/* ---- what is wrong with it ---- */

static const struct {
    uint32_t code;
    const char *text;
} faults[] = {
    {FEDVAL_FINDING_CHAIN_NOT_A_CA, "it is no CA's"},
    {FEDVAL_FINDING_CHAIN_EKU_NOT_PERMITTED, "its extKeyUsage does not permit this purpose"},
    {FEDVAL_FINDING_CHAIN_NAME_NOT_PERMITTED, "its name constraints refuse what is below it"},
    {FEDVAL_FINDING_CHAIN_UNKNOWN_CRITICAL_EXTENSION,
     "it has a critical extension that is not understood"},
    {FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED, "it, or one above it, is not valid now"},
    {FEDVAL_FINDING_CHAIN_PATH_TOO_LONG, "its pathLenConstraint does not permit this chain"},
    {FEDVAL_FINDING_CHAIN_BAD_SIGNATURE, "a signature on the way to its root is wrong"},
    {FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT, "it leads to none of the roots given"},
};

static const char *text_of(uint32_t code)
{
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        if (faults[i].code == code)
            return faults[i].text;
    }
    return "OpenSSL refuses it";
}

/* Without basicConstraints OpenSSL takes a certificate for a CA's if its keyUsage says so
 * (check_ca). */
static bool is_ca_by_usage(const fv_certificate *certificate)
{
    return certificate->basic_constraints.presence == FV_ABSENT &&
           certificate->key_usage.presence == FV_KNOWN &&
           (certificate->key_usage.bits & FV_KEY_USAGE_KEY_CERT_SIGN) != 0;
}

/* Judges the certificates from `first` on at their places in the current path of `search`. */
static void judge_from(fv_sink *sink, fv_search *search, size_t first)
{
    for (size_t i = first; i < search->path_len; i++) {
        const fv_node *node = search->path[i];
        sink->at.rung = i;
        if (!is_ca_by_usage(node->certificate))
            fv_trust_judge_issuer(sink, node->certificate, node->ends_path);
        fv_sink_place(sink, search, i);
        if (fv_search_verify(search, search->path[i - 1], search->path[i]) == FEDVAL_VERIFY_BAD)
            fv_sink_add(sink, FEDVAL_FINDING_CHAIN_BAD_SIGNATURE);
    }
}

/* `walked` is the path as OpenSSL builds it. From certificate `first` on it differs from the path
 * that was found here. Returns why OpenSSL refuses it. NULL: OpenSSL does not, or a limit of the
 * policy was reached. */
static const char *find_fault(fv_search *search, const walk *walked, size_t first)
{
    fedval_policy as_openssl = *search->input->policy;
    as_openssl.profile = FEDVAL_PROFILE_EXPRESSWAY;
    fv_trust_input input = *search->input;
    input.policy = &as_openssl;
    fv_trust_remarks found = {0};
    fv_sink sink = {.input = &input,
                    .arena = &search->scratch,
                    .remarks = &found,
                    .num_name_comparisons = search->quiet.num_name_comparisons};
    fv_node **own = search->path;
    size_t own_len = search->path_len;
    uint32_t limits = search->limits;
    search->path = walked->nodes;
    search->path_len = walked->len;
    judge_from(&sink, search, first);
    search->path = own;
    search->path_len = own_len;
    bool is_limited = search->limits != limits || sink.name_limit_reached;
    search->limits = limits;
    if (sink.no_memory)
        search->status = FEDVAL_ERROR_NO_MEMORY;
    if (is_limited)
        return NULL;
    if (found.num_items > 0)
        return text_of(found.items[0].remark.code);
    return walked->reaches_anchor ? NULL : text_of(FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT);
}

static void add_finding(fv_sink *sink, const fv_search *search, const fv_node *taken, size_t child,
                        const char *fault)
{
    fv_buf reason;
    const fv_certificate *certificate = search->path[child]->certificate;
    sink->at.rung = child;
    fv_sink_set_certificate(sink, certificate);
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH);
    if (remark == NULL)
        return;
    fv_buf_init(&reason);
    fv_buf_append_text(&reason, "OpenSSL takes the first certificate of its issuer that fits, ");
    if (taken->anchor != NULL) {
        fv_buf_append_text(&reason, "one of the roots given");
    } else {
        fv_buf_append_text(&reason, "number ");
        fv_buf_append_u64(&reason, taken->sent_index + 1);
        fv_buf_append_text(&reason, " of those sent");
    }
    fv_buf_append_text(&reason, ", and tries no other when that one fails: ");
    fv_buf_append_text(&reason, fault);
    fv_sink_param_buf(sink, remark, "reason", &reason);
    fv_sink_param_name(sink, remark, "issuer", &certificate->issuer);
}

static size_t count_shared(const fv_search *search, const walk *walked)
{
    size_t shared = 0;
    while (shared < search->path_len && shared < walked->len &&
           search->path[shared] == walked->nodes[shared])
        shared++;
    return shared;
}

void fv_trust_judge_first_issuer(fv_sink *sink, fv_search *search)
{
    walk walked = {0};
    size_t capacity = (size_t)search->input->policy->limits.depth + search->num_sent + 2;
    walked.nodes = fv_arena_alloc_array(&search->scratch, capacity, sizeof(*walked.nodes));
    if (walked.nodes == NULL) {
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return;
    }
    take_first_issuers(search, &walked, capacity);
    size_t shared = count_shared(search, &walked);
    if (shared == search->path_len || search->status != FEDVAL_OK)
        return;
    if (shared == walked.len) { /* the only issuer does not seem to be one to OpenSSL */
        return;
    }
    const char *fault = find_fault(search, &walked, shared);
    if (fault != NULL)
        add_finding(sink, search, walked.nodes[shared], shared - 1, fault);
}
