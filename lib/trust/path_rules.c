#include "trust/names.h"
#include "trust/policies.h"
#include "trust/search.h"

/* RFC 5280 6.1.4 (l), (m): self-issued certificates are not counted, nor the last one (4.2.1.9). */
static size_t count_below(const fv_search *search, size_t rung)
{
    size_t count = 0;
    for (size_t i = 1; i < rung; i++)
        count += !search->path[i]->is_self_issued;
    return count;
}

static void judge_path_length(fv_sink *sink, const fv_search *search, size_t rung)
{
    const fv_basic_constraints *own = &search->path[rung]->certificate->basic_constraints;
    size_t below = count_below(search, rung);
    if (!own->has_path_length || below <= own->path_length)
        return;
    fv_finding *finding = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_PATH_TOO_LONG);
    fv_sink_param_number(sink, finding, "max", own->path_length);
    fv_sink_param_number(sink, finding, "length", (int64_t)below);
}

/* The finding stands at the certificate whose name is not permitted. */
static void judge_name_constraints(fv_sink *sink, const fv_search *search, size_t rung)
{
    const fv_certificate *issuer = search->path[rung]->certificate;
    size_t own_rung = sink->rung;
    const char *own_name = sink->certificate;
    if (issuer->name_constraints.presence != FV_KNOWN)
        return;
    for (size_t i = 0; i < rung; i++) {
        /* 6.1.3 (b): not applied to self-issued certificates but the last. */
        if (i > 0 && search->path[i]->is_self_issued)
            continue;
        sink->rung = i;
        fv_sink_set_certificate(sink, search->path[i]->certificate);
        fv_trust_judge_names(sink, issuer, search->path[i]->certificate, i == 0);
    }
    sink->rung = own_rung;
    sink->certificate = own_name;
}

/* Baseline Requirements 7.1.2.11.1: the same as the issuer's subjectKeyIdentifier. */
static void judge_key_id(fv_sink *sink, const fv_search *search, size_t rung)
{
    const fv_key_id *wanted = &search->path[rung - 1]->certificate->authority_key_id;
    const fv_key_id *there = &search->path[rung]->certificate->subject_key_id;
    if (!fv_sink_is_strict(sink) || !wanted->has_key_id || !there->has_key_id)
        return;
    if (!fv_bytes_equal(wanted->key_id, there->key_id))
        fv_sink_add_reason(sink, FEDVAL_FINDING_CERT_MALFORMED,
                           "its subjectKeyIdentifier is not the authorityKeyIdentifier of what "
                           "it issued");
}

void fv_sink_place(fv_sink *sink, const fv_search *search, size_t rung)
{
    judge_key_id(sink, search, rung);
    judge_path_length(sink, search, rung);
    judge_name_constraints(sink, search, rung);
}

void fv_trust_judge_policies(fv_sink *sink, fv_search *search)
{
    size_t rung = 0;
    const char *reason = NULL;
    const fv_certificate **path =
        fv_arena_alloc_array(&search->scratch, search->path_len, sizeof(*path));
    if (path == NULL) {
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < search->path_len; i++)
        path[i] = search->path[i]->certificate;
    switch (fv_policies_check(&search->scratch, path, search->path_len, &sink->num_name_comparisons,
                              (size_t)search->input->policy->limits.name_comparisons, &rung,
                              &reason)) {
    case FV_POLICIES_HOLD:
        return;
    case FV_POLICIES_NO_MEMORY:
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return;
    case FV_POLICIES_LIMIT:
        sink->name_limit_reached = true;
        sink->num_faults++;
        return;
    case FV_POLICIES_VIOLATED:
        break;
    }
    sink->rung = rung;
    fv_sink_set_certificate(sink, path[rung]);
    fv_sink_add_reason(sink, FEDVAL_FINDING_CHAIN_POLICY_VIOLATED, reason);
}
