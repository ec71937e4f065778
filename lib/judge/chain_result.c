/* Reading what came of one chain. */
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
    return FEDVAL_OK;
}

const char *fedval_chain_result_get_source(const fedval_chain_result *result)
{
    return result == NULL ? NULL : result->source;
}

uint32_t fedval_chain_result_get_trust(const fedval_chain_result *result)
{
    return result == NULL ? FEDVAL_TRUST_NOT_CHECKED : result->presented.trust;
}

uint32_t fedval_chain_result_get_verdict(const fedval_chain_result *result)
{
    return result == NULL ? FEDVAL_VERDICT_NOT_CHECKED : result->verdict;
}

uint32_t fedval_chain_result_get_name_match(const fedval_chain_result *result)
{
    return result == NULL ? 0 : result->presented.name_match;
}

int64_t fedval_chain_result_get_valid_until(const fedval_chain_result *result)
{
    return result == NULL ? FEDVAL_TIME_UNKNOWN : result->valid_until;
}

/* ---- findings ---- */

size_t fedval_chain_result_count_findings(const fedval_chain_result *result)
{
    return result == NULL ? 0 : result->num_findings;
}

static const fv_statement *find_statement(const fedval_chain_result *result, size_t index)
{
    return result == NULL || index >= result->num_findings ? NULL : &result->findings[index];
}

static uint32_t code_of(const fv_statement *statement)
{
    return statement == NULL ? 0 : statement->finding.code;
}

static uint32_t severity_of(const fv_statement *statement)
{
    return statement == NULL ? 0 : statement->finding.severity;
}

static const char *message_of(const fv_statement *statement)
{
    return statement == NULL ? NULL : statement->message;
}

uint32_t fedval_chain_result_get_finding_code(const fedval_chain_result *result, size_t index)
{
    return code_of(find_statement(result, index));
}

uint32_t fedval_chain_result_get_finding_severity(const fedval_chain_result *result, size_t index)
{
    return severity_of(find_statement(result, index));
}

const char *fedval_chain_result_get_finding_message(const fedval_chain_result *result, size_t index)
{
    return message_of(find_statement(result, index));
}

/* ---- paths ---- */

size_t fedval_chain_result_count_paths(const fedval_chain_result *result)
{
    return result == NULL ? 0 : result->presented.num_paths;
}

static const fv_report_path *find_path(const fedval_chain_result *result, size_t path)
{
    return path < fedval_chain_result_count_paths(result) ? &result->presented.paths[path] : NULL;
}

uint32_t fedval_chain_result_is_path_accepted(const fedval_chain_result *result, size_t path)
{
    const fv_report_path *found = find_path(result, path);
    return found != NULL && found->accepted ? 1 : 0;
}

size_t fedval_chain_result_count_path_certificates(const fedval_chain_result *result, size_t path)
{
    const fv_report_path *found = find_path(result, path);
    return found == NULL ? 0 : found->num_certificates;
}

const char *fedval_chain_result_get_path_certificate(const fedval_chain_result *result, size_t path,
                                                     size_t rung)
{
    return rung < fedval_chain_result_count_path_certificates(result, path)
               ? find_path(result, path)->certificates[rung]
               : NULL;
}

size_t fedval_chain_result_count_path_findings(const fedval_chain_result *result, size_t path)
{
    const fv_report_path *found = find_path(result, path);
    return found == NULL ? 0 : found->num_findings;
}

static const fv_statement *find_path_statement(const fedval_chain_result *result, size_t path,
                                               size_t index)
{
    return index < fedval_chain_result_count_path_findings(result, path)
               ? &find_path(result, path)->findings[index]
               : NULL;
}

uint32_t fedval_chain_result_get_path_finding_code(const fedval_chain_result *result, size_t path,
                                                   size_t index)
{
    return code_of(find_path_statement(result, path, index));
}

uint32_t fedval_chain_result_get_path_finding_severity(const fedval_chain_result *result,
                                                       size_t path, size_t index)
{
    return severity_of(find_path_statement(result, path, index));
}

size_t fedval_chain_result_get_path_finding_rung(const fedval_chain_result *result, size_t path,
                                                 size_t index)
{
    return find_path_statement(result, path, index) == NULL ? SIZE_MAX
                                                            : find_path(result, path)->rungs[index];
}

const char *fedval_chain_result_get_path_finding_message(const fedval_chain_result *result,
                                                         size_t path, size_t index)
{
    return message_of(find_path_statement(result, path, index));
}
