/* The remarks about the chain as a whole: those of one path, and those about the certificates that
 * were sent. */
#include "trust/search.h"

#include <string.h>

/* ---- which path speaks for the chain ---- */

static size_t count_code(const fv_trust_path *path, uint32_t code)
{
    size_t count = 0;
    for (size_t i = 0; i < path->remarks.num_items; i++)
        count += path->remarks.items[i].remark.code == code;
    return count;
}

/* Whether all remarks of a path say that something could not be checked. */
static bool is_only_unsupported(const fv_trust_path *path)
{
    return path->remarks.num_items > 0 &&
           count_code(path, FEDVAL_FINDING_CHAIN_SIGNATURE_UNSUPPORTED) +
                   count_code(path, FEDVAL_FINDING_CRL_UNUSABLE) ==
               path->remarks.num_items;
}

static bool got_further(const fv_trust_path *a, const fv_trust_path *b)
{
    if (a->reach != b->reach)
        return a->reach > b->reach;
    if (is_only_unsupported(a) != is_only_unsupported(b))
        return is_only_unsupported(a);
    if (a->remarks.num_items != b->remarks.num_items)
        return a->remarks.num_items < b->remarks.num_items;
    return a->num_rungs > b->num_rungs;
}

/* Moves the path that got furthest to the front; accepted ones got further than any other. */
static void put_best_first(fv_trust_result *result)
{
    size_t best = 0;
    for (size_t i = 1; i < result->num_paths; i++) {
        if (got_further(&result->paths[i], &result->paths[best]))
            best = i;
    }
    if (best == 0)
        return;
    fv_trust_path moved = result->paths[best];
    memmove(&result->paths[1], &result->paths[0], best * sizeof(moved));
    result->paths[0] = moved;
    if (result->accepted != NULL)
        result->accepted = &result->paths[0];
}

static void copy_findings(fv_sink *sink, const fv_trust_path *path)
{
    for (size_t i = 0; i < path->remarks.num_items; i++) {
        fv_trust_remarks *list = sink->remarks;
        fv_trust_remark *copy = fv_arena_append(sink->arena, (void **)&list->items,
                                                &list->num_items, &list->capacity, sizeof(*copy));
        if (copy == NULL) {
            sink->no_memory = true;
            return;
        }
        *copy = path->remarks.items[i];
    }
}

/* ---- limits ---- */

static void add_limits(fv_sink *sink, const fv_search *search)
{
    const fv_limits *values = &search->input->policy->limits;
    const struct {
        uint32_t limit, field;
        int64_t value;
    } rows[] = {
        {FV_LIMIT_DEPTH, FEDVAL_POLICY_MAX_DEPTH, values->depth},
        {FV_LIMIT_SIGNATURES, FEDVAL_POLICY_MAX_SIGNATURE_CHECKS, values->signature_checks},
        {FV_LIMIT_TRIES, FEDVAL_POLICY_MAX_TRIES, values->tries},
        {FV_LIMIT_NAMES, FEDVAL_POLICY_MAX_NAME_COMPARISONS, values->name_comparisons},
        {FV_LIMIT_CERTIFICATES, FEDVAL_POLICY_MAX_CERTIFICATES, values->certificates},
        {FV_LIMIT_BYTES, FEDVAL_POLICY_MAX_CHAIN_BYTES, values->chain_bytes},
    };
    const uint32_t always = FV_LIMIT_CERTIFICATES | FV_LIMIT_BYTES;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if ((search->limits & rows[i].limit) == 0 ||
            (search->result->accepted != NULL && (rows[i].limit & always) == 0))
            continue;
        fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_LIMIT_REACHED);
        fv_sink_param_text(sink, remark, "limit", fedval_policy_field_to_string(rows[i].field));
        fv_sink_param_number(sink, remark, "value", rows[i].value);
    }
}

/* ---- what was sent ---- */

static bool is_same(const fv_certificate *a, const fv_certificate *b)
{
    return a == b || fv_bytes_equal(a->der, b->der);
}

/* Returns the position of a certificate of a path among those that were sent; an anchor can be one
 * of them. */
static size_t find_sent(const fv_search *search, const fv_certificate *certificate)
{
    for (size_t i = 0; i < search->num_sent; i++) {
        if (is_same(search->sent[i].certificate, certificate))
            return search->sent[i].sent_index;
    }
    return SIZE_MAX;
}

/* Appends the positions that the certificates of a path had when they were sent, from 1: "1, 3, 2".
 */
static void append_order(fv_buf *buf, const fv_search *search, const fv_trust_path *path)
{
    for (size_t i = 0; i < path->num_rungs; i++) {
        size_t at = find_sent(search, path->rungs[i].certificate);
        if (at == SIZE_MAX)
            continue;
        fv_buf_append_text(buf, buf->len > 0 ? ", " : "");
        fv_buf_append_u64(buf, at + 1);
    }
}

static void judge_order(fv_sink *sink, const fv_search *search, const fv_trust_path *path)
{
    fv_buf order;
    size_t last = 0;
    bool is_broken = false;
    for (size_t i = 0; i < path->num_rungs; i++) {
        size_t at = find_sent(search, path->rungs[i].certificate);
        is_broken |= at < last;
        last = at == SIZE_MAX ? last : at;
    }
    if (!is_broken)
        return;
    fv_buf_init(&order);
    append_order(&order, search, path);
    fv_sink_param_buf(sink, fv_sink_add(sink, FEDVAL_FINDING_CHAIN_OUT_OF_ORDER), "order", &order);
}

static bool is_needed(const fv_search *search, const fv_trust_path *path, size_t sent_index)
{
    for (size_t i = 0; i < path->num_rungs; i++) {
        if (find_sent(search, path->rungs[i].certificate) == sent_index)
            return true;
    }
    for (size_t i = 0; i < search->num_sent; i++) {
        if (search->sent[i].sent_index == sent_index)
            return search->sent[i].is_crl_signer;
    }
    return false;
}

static void append_unneeded(fv_sink *sink, const fv_search *search, size_t index, fv_buf *names,
                            fv_parts *parts)
{
    const fv_certificate *certificate = search->input->certificates[index];
    fv_buf_append_text(names, names->len > 0 ? "; " : "");
    if (certificate == NULL) {
        fv_buf_append_text(names, "(not a certificate)");
        return;
    }
    void *items = parts->items;
    size_t at = names->len;
    fv_name_append_text(names, &certificate->subject);
    fv_part *part =
        fv_arena_append(sink->arena, &items, &parts->num_items, &parts->capacity, sizeof(*part));
    sink->no_memory |= part == NULL;
    if (part == NULL)
        return;
    parts->items = items;
    *part = (fv_part){at, names->len - at, FV_VALUE_SUBJECT};
}

static void judge_surplus(fv_sink *sink, const fv_search *search, const fv_trust_path *path)
{
    enum { MAX_NAMED = 8 };
    fv_buf names;
    fv_parts parts = {0};
    size_t count = 0;
    fv_buf_init(&names);
    for (size_t i = 1; i < search->input->num_certificates; i++) {
        if (is_needed(search, path, i))
            continue;
        if (++count <= MAX_NAMED)
            append_unneeded(sink, search, i, &names, &parts);
    }
    if (count > MAX_NAMED)
        fv_buf_append_text(&names, "; ...");
    if (count > 0) {
        fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_UNNEEDED_CERTIFICATES);
        fv_sink_param_number(sink, remark, "count", (int64_t)count);
        fv_sink_param_list(sink, remark, "certificates", &names, &parts);
    }
    sink->no_memory |= names.failed;
    fv_buf_clear(&names);
}

/* If CRLs were given or are required, each certificate has a remark of its own already. */
static void note_unchecked_revocation(fv_sink *sink, const fv_search *search,
                                      const fv_trust_path *path)
{
    if (path->num_rungs >= 2 && search->input->policy->require_crl == 0 &&
        search->input->crls == NULL)
        fv_sink_add_reason(sink, FEDVAL_FINDING_REVOCATION_NOT_CHECKED, "no CRL was given");
}

/* ---- all together ---- */

static uint32_t trust_of_refused(const fv_search *search, const fv_trust_path *best)
{
    bool is_cut =
        search->input->is_incomplete && count_code(best, FEDVAL_FINDING_CHAIN_INCOMPLETE) > 0;
    return search->limits != 0 || is_cut || is_only_unsupported(best) ? FEDVAL_TRUST_UNKNOWN
                                                                      : FEDVAL_TRUST_NONE;
}

static void summarise_path(fv_sink *sink, fv_search *search, const fv_trust_path *best)
{
    bool is_accepted = search->result->accepted != NULL;
    if (!is_accepted)
        search->result->trust = trust_of_refused(search, best);
    /* Leaves out the remarks of a refused path if they prove nothing: the issuer is missing
     * because the source gives one certificate only, or the search was cut short and might have
     * found a path. */
    bool is_unknown = !is_accepted && search->result->trust == FEDVAL_TRUST_UNKNOWN;
    if (!is_unknown || is_only_unsupported(best))
        copy_findings(sink, best);
    sink->at.rung = FV_TRUST_NO_RUNG;
    if (!search->input->is_incomplete)
        judge_order(sink, search, best);
    if (is_accepted && !search->input->is_incomplete)
        judge_surplus(sink, search, best);
    if (is_accepted)
        note_unchecked_revocation(sink, search, best);
}

void fv_search_summarise(fv_search *search)
{
    fv_trust_result *result = search->result;
    fv_sink sink = {.input = search->input,
                    .arena = search->arena,
                    .remarks = &result->chain,
                    .at.rung = FV_TRUST_NO_RUNG};
    static const fv_trust_path nothing;
    put_best_first(result);
    fv_sink_set_certificate(&sink, search->input->certificates[0]);
    summarise_path(&sink, search, result->num_paths > 0 ? &result->paths[0] : &nothing);
    sink.at = (fv_sink_spot){.rung = FV_TRUST_NO_RUNG};
    add_limits(&sink, search);
    if (sink.no_memory)
        search->status = FEDVAL_ERROR_NO_MEMORY;
}
