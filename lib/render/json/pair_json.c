/* A pair -> "fedval-pair/1". */
#include "model/pair.h"
#include "render/json/finding_json.h"

static void put_reason(fv_json *json, const fedval_pair_reason *reason)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "direction", fedval_way_to_string(reason->way));
    fv_json_text(json, "outlook", fedval_outlook_to_string(reason->outlook));
    fv_json_text(json, "side", fedval_side_to_string(reason->side));
    fv_json_text(json, "finding", reason->finding == NULL ? NULL : reason->finding->entry->id);
    if (reason->finding == NULL)
        fv_json_null(json, "finding_index");
    else
        fv_json_i64(json, "finding_index", (int64_t)reason->finding_index);
    fv_json_requirement(json, reason->finding == NULL ? reason->requirement
                                                      : reason->finding->remark.requirement);
    fv_json_end(json);
}

static void put_not_seen(fv_json *json, const fedval_pair *pair)
{
    fv_json_array(json, "not_seen");
    for (size_t i = 0; i < pair->num_not_seen; i++)
        fv_json_text(json, NULL, fedval_not_checked_to_string(pair->not_seen[i]));
    fv_json_end(json);
}

fedval_status fedval_pair_to_json(const fedval_pair *pair, char **out_json, size_t *out_len)
{
    fv_json json;
    if (pair == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "format", "fedval-pair/1");
    fv_json_object(&json, "directions");
    for (uint32_t way = 1; way <= FV_NUM_WAYS; way++) {
        fv_json_text(&json, fedval_way_to_string(way),
                     fedval_outlook_to_string(pair->outlooks[way]));
    }
    fv_json_end(&json);
    fv_json_text(&json, "outlook", fedval_outlook_to_string(fedval_pair_get_outlook_of_all(pair)));
    fv_json_array(&json, "because");
    for (size_t i = 0; i < pair->num_reasons; i++)
        put_reason(&json, &pair->reasons[i]);
    fv_json_end(&json);
    put_not_seen(&json, pair);
    fv_json_text(&json, "shared_server", pair->shared_server);
    fv_json_bool(&json, "perhaps_swapped", pair->is_perhaps_swapped);
    fv_json_report(&json, "cisco", pair->cisco);
    fv_json_report(&json, "microsoft", pair->microsoft);
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}
