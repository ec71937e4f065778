#include "logs/read/event.h"

#define HEAD_MAX 1000

static const char *const number_labels[] = {
    "EventID:", "Ereignis-ID:", "ID de l'\xc3\xa9v\xc3\xa9nement:", "Gebeurtenis-id:",
    "Id. del evento:"};
static const char *const log_labels[] = {
    "LogName:", "Protokollname:", "Nom du journal:", "Logboeknaam:", "Nombre de registro:"};
#define NUM_LANGUAGES (sizeof(number_labels) / sizeof(number_labels[0]))

static bool is_one_of(const char *const labels[NUM_LANGUAGES], const fv_sight *sight, size_t pos)
{
    for (size_t i = 0; i < NUM_LANGUAGES; i++) {
        if (fv_sight_match(sight, pos, labels[i], NULL))
            return true;
    }
    return false;
}

bool fv_event_is_number_label(const fv_sight *sight, size_t pos)
{
    return is_one_of(number_labels, sight, pos);
}

bool fv_event_is_log_label(const fv_sight *sight, size_t pos)
{
    return is_one_of(log_labels, sight, pos);
}

static bool has_number_within(const fv_sight *sight, size_t pos, size_t len)
{
    for (size_t i = 0; i < NUM_LANGUAGES; i++) {
        if (fv_sight_has_within(sight, pos, len, number_labels[i]))
            return true;
    }
    return false;
}

bool fv_event_is_start(const fv_sight *sight, size_t pos)
{
    if (fv_sight_gap(sight, pos) < FV_GAP_FOLD)
        return false;
    if (fv_event_is_log_label(sight, pos))
        return has_number_within(sight, pos, 300);
    if (fv_sight_match(sight, pos, "In the past", NULL))
        return fv_sight_has_within(sight, pos, 120, "invalid incoming certificates");
    return fv_event_is_number_label(sight, pos) ||
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
    bool is_head = fv_event_is_log_label(sight, at) || fv_event_is_number_label(sight, at);
    return is_head && (has_field(entry, FV_KEY_EVENT_ID) || has_field(entry, FV_KEY_DESCRIPTION));
}

size_t fv_event_head(const fv_sight *sight, size_t from)
{
    size_t head = from;
    if (fv_event_is_log_label(sight, from))
        return from;
    while (head > 0 && from - head < HEAD_MAX && fv_sight_gap(sight, head) < FV_GAP_PARAGRAPH)
        head--;
    return head;
}
