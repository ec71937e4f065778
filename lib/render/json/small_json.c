/* The small documents: "fedval-match/1" and "fedval-error/1". */
#include "fedval/name.h"
#include "fedval/policy.h"
#include "fedval/render.h"
#include "model/policy.h"
#include "render/json/json.h"

fedval_status fedval_srv_match_to_json(const char *domain, size_t domain_len, const char *target,
                                       size_t target_len, char **out_json, size_t *out_len)
{
    fv_json json;
    if (domain == NULL || target == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    uint32_t match = fedval_srv_match(domain, domain_len, target, target_len);
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "format", "fedval-match/1");
    fv_json_run(&json, "domain", fv_text_given(domain, domain_len));
    fv_json_run(&json, "target", fv_text_given(target, target_len));
    fv_json_text(&json, "srv_match", fedval_srv_match_to_string(match));
    fv_json_bool(&json, "is_provider", fedval_provider_is_known(target, target_len) != 0);
    fv_json_text(&json, "provider_of_cloud", fedval_provider_of_cloud(target, target_len));
    fv_json_text(&json, "provider_without_dot",
                 fv_provider_without_dot(NULL, fv_text_given(target, target_len),
                                         fv_text_given(domain, domain_len)));
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}

static void put_number(fv_json *json, const char *key, uint64_t value, bool is_known)
{
    if (is_known && value <= INT64_MAX)
        fv_json_i64(json, key, (int64_t)value);
    else
        fv_json_null(json, key);
}

fedval_status fedval_error_to_json(const char *source, size_t source_len, fedval_status status,
                                   const fedval_error *error, char **out_json, size_t *out_len)
{
    fv_json json;
    if (out_json == NULL || fedval_status_to_string(status) == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    const char *message = fedval_error_get_message(error);
    uint32_t line = fedval_error_get_line(error), column = fedval_error_get_column(error);
    uint64_t offset = error == NULL ? UINT64_MAX : fedval_error_get_offset(error);
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "format", "fedval-error/1");
    fv_json_run(&json, "source", fv_text_given(source, source_len));
    fv_json_text(&json, "status", fedval_status_to_string(status));
    fv_json_text(&json, "message", message[0] == '\0' ? fedval_status_to_string(status) : message);
    put_number(&json, "line", line, line != 0);
    put_number(&json, "column", column, column != 0);
    put_number(&json, "offset", offset, offset != UINT64_MAX);
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}
