#include "logs/read/event.h"

bool fv_event_is_start(const fv_view *view, size_t pos)
{
    if (fv_view_gap(view, pos) < FV_GAP_FOLD)
        return false;
    if (fv_view_match(view, pos, "LogName:", NULL))
        return fv_view_has_within(view, pos, 300, "EventID:");
    if (fv_view_match(view, pos, "In the past", NULL))
        return fv_view_has_within(view, pos, 120, "invalid incoming certificates");
    return fv_view_match(view, pos, "EventID:", NULL) ||
           fv_view_match(view, pos, "A significant number of connection failures", NULL) ||
           fv_view_match(view, pos, "A significant number of invalid certificates", NULL);
}

static bool has_field(const fv_record *record, fv_key key)
{
    for (size_t i = 0; i < record->num_fields; i++)
        if (record->fields[i].key == key)
            return true;
    return false;
}

/* An event begins anew after what closes one; a number, after a number or a description too. */
bool fv_event_breaks(const fv_view *view, const fv_record *record, size_t at)
{
    static const char *const closing[] = {"error code of the last failure", "Failure Type",
                                          "last one was from host"};
    fv_span seen = {record->span.from, at};
    if (record->start != FV_START_WINDOWS_EVENT)
        return true;
    for (size_t i = 0; i < sizeof(closing) / sizeof(closing[0]); i++)
        if (fv_view_find(view, seen, closing[i]) < seen.to)
            return true;
    bool is_head =
        fv_view_match(view, at, "LogName:", NULL) || fv_view_match(view, at, "EventID:", NULL);
    return is_head && (has_field(record, FV_KEY_EVENT_ID) || has_field(record, FV_KEY_DESCRIPTION));
}
