/* One chain that was judged by itself -> "fedval-chain/1". */
#include "fedval/name.h"
#include "fedval/policy.h"
#include "fedval/render.h"
#include "judge/chain_result.h"
#include "render/json/finding_json.h"

fedval_status fedval_chain_result_to_json(const fedval_chain_result *result, char **out_json,
                                          size_t *out_len)
{
    fv_json json;
    if (result == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    const fv_report_presented *presented = &result->presented;
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "format", "fedval-chain/1");
    fv_json_text(&json, "version", fedval_version());
    fv_json_text(&json, "source", result->source);
    fv_json_text(&json, "profile", fedval_profile_to_string(result->profile));
    fv_json_text(&json, "purpose", fedval_purpose_to_string(result->purpose));
    fv_json_text(&json, "name", result->name);
    fv_json_time(&json, "evaluated_at", result->evaluated_at);
    fv_json_anchors(&json, result->anchors);
    fv_json_text(&json, "verdict", fedval_verdict_to_string(result->verdict));
    fv_json_word(&json, "name_match", presented->name_match, fedval_name_match_to_string);
    fv_json_text(&json, "trust", fedval_trust_to_string(presented->trust));
    fv_json_time(&json, "valid_until", result->valid_until);
    fv_json_certificate(&json, "certificate", presented);
    fv_json_paths(&json, "paths", presented->paths, presented->num_paths);
    fv_json_i64(&json, "paths_dropped", (int64_t)result->num_paths_dropped);
    fv_json_findings(&json, "findings", result->findings, result->num_findings);
    fv_json_i64(&json, "findings_left_out", (int64_t)result->num_findings_left_out);
    fv_json_policy(&json, "policy", result->policy);
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}
