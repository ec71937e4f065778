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

static void judge_path_length(fv_judge *judge, const fv_search *search, size_t rung)
{
    const fv_basic_constraints *own = &search->path[rung]->certificate->basic_constraints;
    size_t below = count_below(search, rung);
    if (!own->has_path_length || below <= own->path_length)
        return;
    fv_finding *finding = fv_judge_add(judge, FEDVAL_FINDING_CHAIN_PATH_TOO_LONG);
    fv_judge_param_number(judge, finding, "max", own->path_length);
    fv_judge_param_number(judge, finding, "length", (int64_t)below);
}

/* The finding stands at the certificate whose name is not permitted. */
static void judge_name_constraints(fv_judge *judge, const fv_search *search, size_t rung)
{
    const fv_certificate *issuer = search->path[rung]->certificate;
    size_t own_rung = judge->rung;
    const char *own_name = judge->certificate;
    if (issuer->name_constraints.presence != FV_KNOWN)
        return;
    for (size_t i = 0; i < rung; i++) {
        /* 6.1.3 (b): not applied to self-issued certificates but the last. */
        if (i > 0 && search->path[i]->is_self_issued)
            continue;
        judge->rung = i;
        fv_judge_set_certificate(judge, search->path[i]->certificate);
        fv_judge_names(judge, issuer, search->path[i]->certificate, i == 0);
    }
    judge->rung = own_rung;
    judge->certificate = own_name;
}

/* Baseline Requirements 7.1.2.11.1: the same as the issuer's subjectKeyIdentifier. */
static void judge_key_id(fv_judge *judge, const fv_search *search, size_t rung)
{
    const fv_key_id *wanted = &search->path[rung - 1]->certificate->authority_key_id;
    const fv_key_id *there = &search->path[rung]->certificate->subject_key_id;
    if (!fv_judge_is_strict(judge) || !wanted->has_key_id || !there->has_key_id)
        return;
    if (!fv_bytes_equal(wanted->key_id, there->key_id))
        fv_judge_add_reason(judge, FEDVAL_FINDING_CERT_MALFORMED,
                            "its subjectKeyIdentifier is not the authorityKeyIdentifier of what "
                            "it issued");
}

void fv_judge_place(fv_judge *judge, const fv_search *search, size_t rung)
{
    judge_key_id(judge, search, rung);
    judge_path_length(judge, search, rung);
    judge_name_constraints(judge, search, rung);
}

void fv_judge_policies(fv_judge *judge, fv_search *search)
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
    switch (
        fv_policies_check(&search->scratch, path, search->path_len, &judge->num_name_comparisons,
                          (size_t)search->input->policy->limits.name_comparisons, &rung, &reason)) {
    case FV_POLICIES_HOLD:
        return;
    case FV_POLICIES_NO_MEMORY:
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return;
    case FV_POLICIES_LIMIT:
        judge->name_limit_reached = true;
        judge->num_faults++;
        return;
    case FV_POLICIES_VIOLATED:
        break;
    }
    judge->rung = rung;
    fv_judge_set_certificate(judge, path[rung]);
    fv_judge_add_reason(judge, FEDVAL_FINDING_CHAIN_POLICY_VIOLATED, reason);
}
