/* The result of one chain that is judged by itself. The judge fills it once; rendering only reads
 * it. */
#ifndef FV_JUDGE_CHAIN_RESULT_H
#define FV_JUDGE_CHAIN_RESULT_H

#include "fedval/chain.h"
#include "model/finding.h"

struct fedval_chain_result {
    fv_arena arena;
    const char *source; /* where the chain came from, in the caller's words; NULL: not given */
    uint32_t profile;   /* FEDVAL_PROFILE_ */
    const fedval_policy *policy; /* the policy that judged */
    uint32_t purpose;            /* FEDVAL_PURPOSE_ */
    const char *name;            /* reference identity, normalised; NULL: no name was compared */
    int64_t evaluated_at;
    uint32_t verdict;    /* FEDVAL_VERDICT_ */
    int64_t valid_until; /* FEDVAL_TIME_UNKNOWN: no path is accepted */
    /* certificate, name_match, trust and paths: first the accepted path, or the one that got
     * furthest */
    fv_report_presented presented;
    size_t num_paths_dropped; /* how many more were tried than presented.paths holds */
    fedval_finding
        *findings; /* errors first, then indeterminate, warnings, notes; by code within */
    size_t num_findings;
    size_t num_findings_left_out; /* beyond the limit of the policy */
    fv_anchors_by_class anchors;
};

/* Makes all texts of the result, as fv_reports_make_texts. */
bool fv_chain_result_make_texts(const fedval_chain_result *result);

#endif
