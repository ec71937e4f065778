#include "render/json/views_json.h"

void fv_json_put_views(fv_json *json, const fedval_evidence *evidence)
{
    if (evidence->num_views == 0)
        return;
    fv_json_array(json, "views");
    for (uint32_t i = 0; i < evidence->num_views; i++)
        fv_json_text(json, NULL, fedval_view_to_string(evidence->views[i]));
    fv_json_end(json);
}

static bool set_view(fedval_evidence *evidence, uint32_t view, const json_t *item)
{
    uint32_t kind;
    return json_is_string(item) &&
           fedval_view_from_string(json_string_value(item), FEDVAL_NUL_ENDED, &kind) == FEDVAL_OK &&
           fedval_evidence_set_view(evidence, view, kind) == FEDVAL_OK;
}

bool fv_json_get_views(fv_json_reader *reader, fedval_evidence *evidence)
{
    json_t *array;
    if (!fv_json_get_array(reader, reader->root, "views", &array))
        return false;
    for (size_t i = 0; array != NULL && i < json_array_size(array); i++) {
        if (i < FV_EVIDENCE_MAX_VIEWS && set_view(evidence, (uint32_t)i, json_array_get(array, i)))
            continue;
        (void)fv_json_enter_member(reader, reader->root, "views");
        fv_json_complain(reader, FEDVAL_ERROR_SYNTAX, "not at most 16 of unknown, public, system");
        fv_json_leave(reader);
        return false;
    }
    return true;
}
