/* SIP messages and entries as the log reader parses them: every span lies within the sight, and the
 * walk always goes on. */
#include "fuzz.h"

#include "logs/read/entry.h"
#include "logs/read/params.h"
#include "logs/read/when.h"

#include <stdlib.h>

static void check_field(const fv_sight *sight, const fv_field *field)
{
    fv_diagnostic diagnostic;
    uint32_t number;
    require(field->value.to <= sight->len);
    if (field->value.from >= field->value.to)
        return;
    fv_text text = fv_sight_text(sight, field->value);
    fv_number_state state = fv_hresult_read(text, &number);
    require(state != FV_NUMBER_READ || number >= 0x80000000u);
    if (!fv_diagnostic_read(sight, field->value, &diagnostic))
        fv_params_read(sight, field->value, &diagnostic.params);
    for (size_t i = 0; i < diagnostic.params.num_items; i++) {
        const fv_named_value *item = &diagnostic.params.items[i];
        require(item->value.to <= field->value.to && item->name.to <= field->value.to);
    }
}

static void check_entry(const fv_sight *sight, size_t pos, fv_start start, fv_entry *entry)
{
    fv_entry_read(sight, pos, start, entry);
    require(entry->span.from == pos && entry->span.to > pos && entry->span.to <= sight->len);
    require(entry->num_fields <= FV_ENTRY_MAX_FIELDS);
    for (size_t i = 0; i < entry->num_fields; i++)
        check_field(sight, &entry->fields[i]);
    (void)fv_when_of_entry(sight, entry);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fv_entry entry;
    fv_sight sight;
    fv_header header = FV_HEADER_UNREAD;
    fv_sight_init(&sight);
    require(fv_sight_read(&sight, (fv_bytes){data, size}));
    require(sight.len <= size);
    for (size_t pos = 0; pos < sight.len;) {
        fv_start start = fv_start_at(&sight, pos, &header);
        if (start == FV_START_NONE) {
            pos++;
            continue;
        }
        check_entry(&sight, pos, start, &entry);
        pos = entry.span.to;
    }
    fv_sight_clear(&sight);
    return 0;
}
