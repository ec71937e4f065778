/* The number of an event of Windows, in each form in which it is written. */
#include "logs/interpret/draft.h"
#include "logs/read/event.h"

/* Returns the number after the source, in a list or a table whose columns have no label: "Id :
 * 14499", "LS Protocol Stack,14499,". */
static uint32_t number_after_source(const fv_draft *draft)
{
    const fv_sight *sight = draft->sight;
    size_t from = fv_event_head(sight, draft->entry->span.from), to = draft->entry->span.from;
    size_t at = fv_sight_find(sight, (fv_span){from, to}, "Protocol Stack");
    for (; at < to; at++) {
        size_t digits = fv_sight_count_digits(sight, at, 6);
        uint64_t id = 0;
        if (digits == 5 && !fv_ascii_is_digit(fv_sight_char(sight, at - 1)) &&
            fv_text_to_u64(fv_sight_text(sight, (fv_span){at, at + digits}), &id))
            return (uint32_t)id;
    }
    return 0;
}

uint32_t fv_draft_event_number(fv_draft *draft)
{
    size_t number;
    uint64_t id = 0;
    uint32_t labelled = fv_draft_field_number(draft, FV_KEY_EVENT_ID);
    if (labelled != 0)
        return labelled;
    if (!fv_event_is_provider(draft->sight, draft->entry->span.from, &number))
        return number_after_source(draft);
    fv_span digits = {number, number + fv_sight_count_digits(draft->sight, number, 6)};
    return fv_text_to_u64(fv_sight_text(draft->sight, digits), &id) ? (uint32_t)id : 0;
}
