/* Keeps a path: its certificates, and a remark for every rule that it breaks. */
#include "trust/rules.h"
#include "trust/search.h"

static bool set_rung(fv_search *search, fv_trust_rung *rung, const fv_node *node)
{
    rung->certificate = node->certificate;
    rung->sent_index = node->sent_index;
    rung->name = fv_certificate_copy_name(search->arena, node->certificate);
    return rung->name != NULL;
}

static bool set_rungs(fv_search *search, fv_trust_path *path)
{
    path->rungs = fv_arena_alloc_array(search->arena, search->path_len, sizeof(*path->rungs));
    if (path->rungs == NULL)
        return false;
    path->num_rungs = search->path_len;
    for (size_t i = 0; i < search->path_len; i++) {
        if (!set_rung(search, &path->rungs[i], search->path[i]))
            return false;
    }
    return true;
}

static void stand_at(fv_sink *sink, const fv_trust_path *path, size_t rung)
{
    sink->at.rung = rung;
    sink->at.der = path->rungs[rung].certificate->der;
    sink->at.certificate = path->rungs[rung].name;
    sink->at.certificate_kind = fv_certificate_name_kind(path->rungs[rung].certificate);
}

/* ---- what is wrong ---- */

static void judge_link(fv_sink *sink, fv_search *search, const fv_trust_path *path, size_t child)
{
    fv_remark *remark = NULL;
    const fv_certificate *certificate = search->path[child]->certificate;
    uint32_t result = fv_search_verify(search, search->path[child], search->path[child + 1]);
    stand_at(sink, path, child);
    if (result == FEDVAL_VERIFY_BAD)
        remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_BAD_SIGNATURE);
    else if (result == FEDVAL_VERIFY_UNSUPPORTED)
        remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_SIGNATURE_UNSUPPORTED);
    fv_sink_param_shown(remark, "issuer", path->rungs[child + 1].name,
                        fv_certificate_name_kind(path->rungs[child + 1].certificate));
    if (result == FEDVAL_VERIFY_UNSUPPORTED)
        fv_sink_param_kept(remark, "algorithm", fv_algorithm_to_text(&certificate->algorithm));
}

static bool is_bad_link(fv_search *search, size_t child)
{
    return fv_search_verify(search, search->path[child], search->path[child + 1]) ==
           FEDVAL_VERIFY_BAD;
}

static void judge_rungs(fv_sink *sink, fv_search *search, const fv_trust_path *path,
                        size_t num_rungs)
{
    for (size_t i = 1; i < num_rungs; i++) {
        stand_at(sink, path, i);
        fv_trust_judge_issuer(sink, search->path[i]->certificate, search->path[i]->ends_path);
        fv_sink_place(sink, search, i);
    }
}

/* Where certificates of the issuer's name are, all of which have another key than the one that
 * signed. CIRCLE: one of them signed, and is on the path already. */
typedef enum other_key { NOWHERE, SENT, GIVEN, CIRCLE } other_key;

/* Whether the certificate itself was given as an anchor: then it is no root, or the path would have
 * ended at it. */
static bool is_given(const fv_search *search, const fv_node *last)
{
    size_t position = 0;
    const fv_anchor *anchor = NULL;
    while (search->input->anchors != NULL &&
           (anchor = fv_anchors_next_subject(search->input->anchors, &last->certificate->subject,
                                             &position)) != NULL) {
        if (fv_bytes_equal(anchor->certificate.der, last->certificate->der))
            return true;
    }
    return false;
}

/* Whether a CA that is on the path, below its end, signed the last certificate of the path. */
static bool closes_circle(fv_search *search)
{
    fv_node *last = search->path[search->path_len - 1];
    for (size_t i = 1; i + 1 < search->path_len; i++) {
        if (fv_name_equal(&search->path[i]->certificate->subject, &last->certificate->issuer) &&
            fv_search_verify(search, last, search->path[i]) == FEDVAL_VERIFY_GOOD)
            return true;
    }
    return false;
}

static other_key find_other_key(fv_search *search, const fv_node *last)
{
    size_t position = 0;
    if (last->is_self_issued)
        return NOWHERE;
    if (closes_circle(search))
        return CIRCLE;
    for (size_t i = 1; i < search->num_sent; i++) {
        if (fv_name_equal(&search->sent[i].certificate->subject, &last->certificate->issuer))
            return SENT;
    }
    return search->input->anchors != NULL &&
                   fv_anchors_next_subject(search->input->anchors, &last->certificate->issuer,
                                           &position) != NULL
               ? GIVEN
               : NOWHERE;
}

/* The end of the message, "its issuer {issuer} ..." or "the chain ends at {root}, ...". */
static void add_reason(fv_sink *sink, fv_remark *remark, other_key where, bool is_incomplete)
{
    fv_buf text;
    fv_buf_init(&text);
    if (is_incomplete && where == SENT) {
        fv_buf_append_text(&text, "was sent with another key than the one that signed it");
    } else if (is_incomplete && where == GIVEN) {
        fv_buf_append_text(&text, "is among the roots given, with another key than the one that "
                                  "signed it");
    } else if (where == CIRCLE) {
        fv_buf_append_text(&text, "which is on this path already: the CAs have signed one another "
                                  "in a circle, and no root is reached");
    } else if (where == SENT) {
        fv_buf_append_text(&text, "which was sent with another key than the one that signed");
    } else if (where == GIVEN) {
        fv_buf_append_text(&text, "which is among the roots given with another key than the one "
                                  "that signed");
    } else {
        fv_buf_append_text(&text, is_incomplete ? "is neither sent nor among the roots given ("
                                                : "which is not among the roots given (");
        fv_buf_append_u64(&text, fedval_anchors_count(sink->input->anchors, 0));
        fv_buf_append_char(&text, ')');
    }
    fv_sink_param_buf(sink, remark, "reason", &text);
}

static fv_text find_http_url(const fv_urls *urls)
{
    static const char scheme[] = "http://";
    const fv_text wanted = {scheme, sizeof(scheme) - 1};
    for (size_t i = 0; i < urls->num_items; i++) {
        if (urls->items[i].len > wanted.len &&
            fv_text_equal_nocase((fv_text){urls->items[i].data, wanted.len}, wanted))
            return urls->items[i];
    }
    return (fv_text){NULL, 0};
}

/* Windows fetches an issuer that is missing where the certificate says from where; Expressway and
 * other OpenSSL peers do not [C]. */
static void tell_who_fetches(fv_sink *sink, fv_remark *remark, fv_text url)
{
    uint32_t profile = sink->input->policy->profile;
    bool is_windows =
        profile == FEDVAL_PROFILE_MICROSOFT_EDGE || profile == FEDVAL_PROFILE_OFFICE365;
    fv_buf text;
    if (url.len == 0 || !is_windows) {
        fv_sink_param_kept(remark, "fetch",
                           url.len > 0 ? "; Expressway and OpenSSL peers do not fetch it" : "");
        return;
    }
    remark->severity = FEDVAL_SEVERITY_INDETERMINATE;
    fv_buf_init(&text);
    fv_buf_append_text(&text, "; that breaks Expressway and OpenSSL peers, while Windows fetches "
                              "it from ");
    fv_buf_append(&text, url.data, url.len);
    fv_sink_param_buf(sink, remark, "fetch", &text);
}

/* The reasons where the last certificate of the path was given, and the policy does not let a path
 * end at it (allow_partial_chain). */
#define GIVEN_LEAF                                                                                 \
    "is not given; the certificate itself is, but it is no root, and a path ends there only "      \
    "where "                                                                                       \
    "the policy has allow_partial_chain"
#define GIVEN_PART                                                                                 \
    "which is not given; the certificate below it is, but that is no root, and a path ends there " \
    "only where the policy has allow_partial_chain"

static void add_dead_end(fv_sink *sink, fv_search *search, fv_path_end end)
{
    const fv_node *last = search->path[search->path_len - 1];
    const fv_urls *urls = &last->certificate->info_access.ca_issuers;
    bool is_root = end == FV_END_UNTRUSTED_ROOT;
    fv_remark *remark;
    if (is_root && search->path_len == 1)
        remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_SELF_SIGNED);
    else if (is_root || search->path_len > 1)
        remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT);
    else
        remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_INCOMPLETE);
    if (remark == NULL)
        return;
    if (remark->code != FEDVAL_FINDING_CHAIN_SELF_SIGNED) {
        fv_sink_param_name(sink, remark,
                           remark->code == FEDVAL_FINDING_CHAIN_INCOMPLETE ? "issuer" : "root",
                           &last->certificate->issuer);
    }
    fv_sink_param_number(sink, remark, "num_anchors",
                         (int64_t)fedval_anchors_count(search->input->anchors, 0));
    if (remark->code == FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT)
        fv_sink_param_text(sink, remark, "root_sent", is_root ? "yes" : "no");
    if (remark->code != FEDVAL_FINDING_CHAIN_SELF_SIGNED && is_given(search, last)) {
        fv_sink_param_kept(remark, "reason",
                           remark->code == FEDVAL_FINDING_CHAIN_INCOMPLETE ? GIVEN_LEAF
                                                                           : GIVEN_PART);
    } else if (remark->code != FEDVAL_FINDING_CHAIN_SELF_SIGNED) {
        add_reason(sink, remark, find_other_key(search, last),
                   remark->code == FEDVAL_FINDING_CHAIN_INCOMPLETE);
    }
    fv_text url = find_http_url(urls);
    if (remark->code == FEDVAL_FINDING_CHAIN_INCOMPLETE)
        tell_who_fetches(sink, remark, url);
    if (!is_root && urls->num_items > 0)
        fv_sink_param(sink, remark, "aia_url", url.len > 0 ? url : urls->items[0]);
}

static void add_private_root(fv_sink *sink, const fedval_policy *policy, const fv_trust_rung *root)
{
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_PRIVATE_ROOT);
    fv_sink_param_shown(remark, "root", root->name, fv_certificate_name_kind(root->certificate));
    fv_sink_param_text(sink, remark, "consequence",
                       policy->trust == FEDVAL_ROOTS_PUBLIC_ONLY
                           ? "Office 365 takes public CAs only"
                           : "it holds if the partner has imported it");
}

/* Adds the notes and warnings of an accepted path, which do not break it. */
static void add_notes(fv_sink *sink, fv_search *search, const fv_trust_path *path)
{
    size_t last = path->num_rungs - 1;
    bool is_unclear = false;
    for (size_t i = 0; i < last; i++) {
        stand_at(sink, path, i);
        is_unclear |= fv_trust_judge_pointer(sink, search, i);
    }
    if (!is_unclear && last > 0 && search->depth == 0)
        fv_trust_judge_first_issuer(sink, search);
    for (size_t i = 1; i < path->num_rungs; i++) {
        stand_at(sink, path, i);
        fv_trust_warn_of_end(sink, FEDVAL_FINDING_CHAIN_EXPIRES_SOON,
                             path->rungs[i].certificate->not_after.seconds);
        fv_trust_warn_of_key(sink, path->rungs[i].certificate);
        /* An anchor was chosen by somebody who trusts it, so its encoding does not matter. */
        if (!search->path[i]->ends_path) {
            fv_trust_judge_slips(sink, path->rungs[i].certificate);
            fv_trust_warn_of_signature(sink, path->rungs[i].certificate);
        } else {
            fv_trust_warn_of_bytes_behind(sink, path->rungs[i].certificate);
        }
        fv_trust_warn_of_resources(sink, search, i);
        if (i == last)
            fv_trust_judge_root_pointer(sink, path->rungs[i].certificate);
    }
    stand_at(sink, path, last);
    if (path->anchor_class == FEDVAL_ANCHOR_PRIVATE)
        add_private_root(sink, search->input->policy, &path->rungs[last]);
}

static int64_t earliest_end(const fv_trust_path *path)
{
    int64_t until = INT64_MAX;
    for (size_t i = 0; i < path->num_rungs; i++) {
        if (path->rungs[i].certificate->not_after.seconds < until)
            until = path->rungs[i].certificate->not_after.seconds;
    }
    return until;
}

static void keep_revocation(const fv_search *search, fv_trust_path *path)
{
    for (size_t i = 0; i < path->num_rungs; i++)
        path->rungs[i].revocation = search->revocation[i];
}

static void accept(fv_search *search, fv_sink *sink, fv_trust_path *path)
{
    fv_trust_result *result = search->result;
    result->valid_until = earliest_end(path);
    fv_trust_judge_revocation(sink, search, &result->valid_until);
    keep_revocation(search, path);
    add_notes(sink, search, path);
    path->accepted = true;
    result->accepted = path;
    result->trust = path->anchor_class == FEDVAL_ANCHOR_PUBLIC ? FEDVAL_TRUST_BY_PUBLIC
                                                               : FEDVAL_TRUST_BY_PRIVATE;
}

static void judge_path(fv_search *search, fv_sink *sink, fv_trust_path *path, fv_path_end end)
{
    int64_t until = INT64_MAX;
    size_t num_rungs = search->path_len;
    for (size_t i = 0; i < path->num_rungs; i++)
        path->rungs[i].revocation = FEDVAL_REVOCATION_NOT_CHECKED;
    if (end == FV_END_ACCEPTED) {
        accept(search, sink, path);
        return;
    }
    if (end == FV_END_BROKEN)
        num_rungs--; /* the last certificate did not issue the one before it, so it is not judged */
    judge_rungs(sink, search, path, num_rungs);
    for (size_t i = 0; i + 1 < search->path_len; i++)
        judge_link(sink, search, path, i);
    if (end == FV_END_WITHOUT_ISSUER || end == FV_END_UNTRUSTED_ROOT) {
        stand_at(sink, path, search->path_len - 1);
        add_dead_end(sink, search, end);
    } else if (end == FV_END_REFUSED) {
        fv_trust_judge_policies(sink, search);
        fv_trust_judge_revocation(sink, search, &until);
        keep_revocation(search, path);
    }
}

/* ---- the list ---- */

static fv_trust_path *add_path(fv_search *search)
{
    fv_trust_result *result = search->result;
    if (result->num_paths == 0 && result->paths == NULL) {
        result->paths =
            fv_arena_alloc_array(search->arena, FV_TRUST_MAX_PATHS, sizeof(*result->paths));
    }
    if (result->paths == NULL)
        return NULL;
    /* If the list is full, the new path takes the last place: the accepted path is always kept. */
    if (result->num_paths == FV_TRUST_MAX_PATHS) {
        result->num_paths--;
        result->num_paths_dropped++;
    }
    fv_trust_path *path = &result->paths[result->num_paths++];
    *path = (fv_trust_path){0};
    return path;
}

void fv_search_keep(fv_search *search, fv_path_end end)
{
    fv_trust_result *result = search->result;
    const fv_node *last = search->path[search->path_len - 1];
    if (result->num_paths == FV_TRUST_MAX_PATHS && end != FV_END_ACCEPTED) {
        result->num_paths_dropped++;
        return;
    }
    fv_trust_path *path = add_path(search);
    if (path == NULL || !set_rungs(search, path)) {
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return;
    }
    if (end == FV_END_PRUNED && is_bad_link(search, search->path_len - 2))
        end = FV_END_BROKEN;
    path->ends_at_anchor = last->ends_path && end != FV_END_BROKEN;
    path->anchor_class = path->ends_at_anchor ? last->anchor->anchor_class : 0;
    path->reach = (uint32_t)end;
    fv_sink sink = {.input = search->input,
                    .arena = search->arena,
                    .remarks = &path->remarks,
                    .num_name_comparisons = search->quiet.num_name_comparisons};
    judge_path(search, &sink, path, end);
    search->quiet.num_name_comparisons = sink.num_name_comparisons;
    if (search->is_diagnosis && sink.name_limit_reached)
        search->limits |= FV_LIMIT_NAMES;
    if (sink.no_memory)
        search->status = FEDVAL_ERROR_NO_MEMORY;
}

void fv_search_forget(fv_search *search)
{
    search->result->num_paths = 0;
    search->result->num_paths_dropped = 0;
}
