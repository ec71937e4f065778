#include "logs/read/event.h"

#define HEAD_MAX 1000

bool fv_event_is_start(const fv_sight *sight, size_t pos)
{
    if (fv_sight_gap(sight, pos) < FV_GAP_FOLD)
        return false;
    if (fv_sight_match(sight, pos, "LogName:", NULL))
        return fv_sight_has_within(sight, pos, 300, "EventID:");
    if (fv_sight_match(sight, pos, "In the past", NULL))
        return fv_sight_has_within(sight, pos, 120, "invalid incoming certificates");
    return fv_sight_match(sight, pos, "EventID:", NULL) ||
           fv_sight_match(sight, pos, "A significant number of connection failures", NULL) ||
           fv_sight_match(sight, pos, "A significant number of invalid certificates", NULL);
}

static bool has_field(const fv_entry *entry, fv_key key)
{
    for (size_t i = 0; i < entry->num_fields; i++) {
        if (entry->fields[i].key == key)
            return true;
    }
    return false;
}

/* The last field of an event ("Failure Type") ends it: any start after that begins another event.
 * "Event ID:" and "Log Name:" also begin another after a number or a description. */
bool fv_event_breaks(const fv_sight *sight, const fv_entry *entry, size_t at)
{
    static const char *const closing[] = {"error code of the last failure", "Failure Type",
                                          "last one was from host"};
    fv_span seen = {entry->span.from, at};
    if (entry->start != FV_START_WINDOWS_EVENT)
        return true;
    for (size_t i = 0; i < sizeof(closing) / sizeof(closing[0]); i++) {
        if (fv_sight_find(sight, seen, closing[i]) < seen.to)
            return true;
    }
    bool is_head =
        fv_sight_match(sight, at, "LogName:", NULL) || fv_sight_match(sight, at, "EventID:", NULL);
    return is_head && (has_field(entry, FV_KEY_EVENT_ID) || has_field(entry, FV_KEY_DESCRIPTION));
}

size_t fv_event_head(const fv_sight *sight, size_t from)
{
    size_t head = from;
    if (fv_sight_match(sight, from, "LogName:", NULL))
        return from;
    while (head > 0 && from - head < HEAD_MAX && fv_sight_gap(sight, head) < FV_GAP_PARAGRAPH)
        head--;
    return head;
}
