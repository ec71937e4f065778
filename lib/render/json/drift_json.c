/* A drift -> "fedval-diff/1". */
#include "drift/drift.h"
#include "render/json/json.h"

static void put_entry(fv_json *json, const fv_drift_item *item)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "what", fedval_changed_to_string(item->what));
    fv_json_text(json, "effect", fedval_change_to_string(item->effect));
    fv_json_text(json, "place", item->place);
    fv_json_text(json, "role", fedval_role_to_string(item->role));
    fv_json_text(json, "old", item->before);
    fv_json_text(json, "new", item->now);
    fv_json_bool(json, "renewal", item->is_renewal);
    fv_json_end(json);
}

fedval_status fedval_drift_to_json(const fedval_drift *drift, char **out_json, size_t *out_len)
{
    fv_json json;
    if (drift == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "format", "fedval-diff/1");
    fv_json_text(&json, "domain", drift->domain);
    fv_json_text(&json, "profile", drift->profile);
    fv_json_text(&json, "change", fedval_change_to_string(drift->change));
    fv_json_array(&json, "changes");
    for (size_t i = 0; i < drift->num_items; i++)
        put_entry(&json, &drift->items[i]);
    fv_json_end(&json);
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}
