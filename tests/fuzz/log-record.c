/* SIP messages and records as the log reader parses them: every span lies within the view, and the
 * walk always goes on. */
#include "fuzz.h"

#include "logs/read/params.h"
#include "logs/read/record.h"
#include "logs/read/when.h"

#include <stdlib.h>

static void check(bool is_right)
{
    if (!is_right)
        abort();
}

static void check_field(const fv_view *view, const fv_field *field)
{
    fv_diagnostic diagnostic;
    uint32_t number;
    check(field->value.to <= view->len);
    if (field->value.from >= field->value.to)
        return;
    fv_text text = fv_view_text(view, field->value);
    fv_number_state state = fv_hresult_read(text, &number);
    check(state != FV_NUMBER_READ || number >= 0x80000000u);
    if (!fv_diagnostic_read(view, field->value, &diagnostic))
        fv_params_read(view, field->value, &diagnostic.params);
    for (size_t i = 0; i < diagnostic.params.num_pairs; i++) {
        const fv_pair *pair = &diagnostic.params.pairs[i];
        check(pair->value.to <= field->value.to && pair->name.to <= field->value.to);
    }
}

static void check_record(const fv_view *view, size_t pos, fv_start start, fv_record *record)
{
    fv_record_read(view, pos, start, record);
    check(record->span.from == pos && record->span.to > pos && record->span.to <= view->len);
    check(record->num_fields <= FV_RECORD_MAX_FIELDS);
    for (size_t i = 0; i < record->num_fields; i++)
        check_field(view, &record->fields[i]);
    (void)fv_when_of_record(view, record);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fv_record record;
    fv_view view;
    fv_header header = FV_HEADER_UNREAD;
    fv_view_init(&view);
    check(fv_view_read(&view, (fv_bytes){data, size}));
    check(view.len <= size);
    for (size_t pos = 0; pos < view.len;) {
        fv_start start = fv_start_at(&view, pos, &header);
        if (start == FV_START_NONE) {
            pos++;
            continue;
        }
        check_record(&view, pos, start, &record);
        pos = record.span.to;
    }
    fv_view_clear(&view);
    return 0;
}
