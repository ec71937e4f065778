/* The getters of the result of one chain. */
#include "judge/chain_result.h"

#include "fedval/evidence.h"
#include "fedval/report.h"

#include <stdlib.h>
#include <string.h>

void fedval_chain_result_free(fedval_chain_result *result)
{
    if (result == NULL)
        return;
    fv_arena_clear(&result->arena);
    free(result);
}

bool fv_chain_result_make_texts(const fedval_chain_result *result)
{
    return fv_findings_make_texts(result->findings, result->num_findings) &&
           fv_presented_make_texts(&result->presented);
}

fedval_status fedval_chain_result_set_source(fedval_chain_result *result, const char *source,
                                             size_t source_len)
{
    const char *copy = NULL;
    if (result == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (source != NULL) {
        fv_text text = fv_text_given(source, source_len);
        if (fv_text_has_nul(text))
            return FEDVAL_ERROR_SYNTAX;
        copy = fv_arena_copy_text(&result->arena, text.data, text.len);
        if (copy == NULL)
            return FEDVAL_ERROR_NO_MEMORY;
    }
    result->source = copy;
    result->presented.origin = copy == NULL ? 0 : FEDVAL_ORIGIN_FILE;
    return FEDVAL_OK;
}

const char *fedval_chain_result_get_source(const fedval_chain_result *result)
{
    return result == NULL ? NULL : result->source;
}

uint32_t fedval_chain_result_get_verdict(const fedval_chain_result *result)
{
    return result == NULL ? FEDVAL_VERDICT_NOT_CHECKED : result->verdict;
}

int64_t fedval_chain_result_get_valid_until(const fedval_chain_result *result)
{
    return result == NULL ? FEDVAL_TIME_UNKNOWN : result->valid_until;
}

int64_t fedval_chain_result_get_evaluated_at(const fedval_chain_result *result)
{
    return result == NULL ? FEDVAL_TIME_UNKNOWN : result->evaluated_at;
}

const fedval_policy *fedval_chain_result_get_policy(const fedval_chain_result *result)
{
    return result == NULL ? NULL : result->policy;
}

uint32_t fedval_chain_result_get_purpose(const fedval_chain_result *result)
{
    return result == NULL ? FEDVAL_PURPOSE_ANY : result->purpose;
}

const char *fedval_chain_result_get_name(const fedval_chain_result *result)
{
    return result == NULL ? NULL : result->name;
}

const fedval_presented *fedval_chain_result_get_presented(const fedval_chain_result *result)
{
    return result == NULL ? NULL : &result->presented;
}

size_t fedval_chain_result_get_num_paths_dropped(const fedval_chain_result *result)
{
    return result == NULL ? 0 : result->num_paths_dropped;
}

size_t fedval_chain_result_count_findings(const fedval_chain_result *result)
{
    return result == NULL ? 0 : result->num_findings;
}

const fedval_finding *fedval_chain_result_get_finding(const fedval_chain_result *result,
                                                      size_t index)
{
    return index < fedval_chain_result_count_findings(result) ? &result->findings[index] : NULL;
}

size_t fedval_chain_result_get_num_findings_left_out(const fedval_chain_result *result)
{
    return result == NULL ? 0 : result->num_findings_left_out;
}

size_t fedval_chain_result_get_num_anchors(const fedval_chain_result *result, uint32_t anchor_class)
{
    return result == NULL ? 0 : fv_report_anchors_of(result->anchors, anchor_class)->count;
}

const char *fedval_chain_result_get_anchors_sha256(const fedval_chain_result *result,
                                                   uint32_t anchor_class)
{
    return result == NULL ? NULL : fv_report_anchors_digest(result->anchors, anchor_class);
}
