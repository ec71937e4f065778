#include "logs/read/record.h"

#include "logs/read/event.h"
#include "logs/read/printed.h"

#include <string.h>

#define RECORD_MAX 16000
#define EXPRESSWAY_LINE_MAX 4000
#define EXPRESSWAY_HEAD_MAX 120
#define WINDOWS_EVENT_MAX 3000
#define MAX_JUNK_LINES 3

typedef struct reader {
    const fv_view *view;
    fv_record *record;
    size_t at;
    fv_header header; /* what was looked for last */
    fv_field *open;   /* the header whose value is being read */
    size_t junk_lines;
    size_t line_ends;
    size_t paragraphs;
    bool begun; /* $$begin_record was seen */
    bool done;
} reader;

static bool is_line_based(const fv_record *record)
{
    return record->start == FV_START_SENTENCE;
}

static bool wants_attributes(const fv_record *record)
{
    return record->start == FV_START_EXPRESSWAY && record->message == FV_START_NONE;
}

static size_t max_len(const fv_record *record)
{
    if (record->start == FV_START_WINDOWS_EVENT || record->start == FV_START_SEARCH)
        return WINDOWS_EVENT_MAX;
    return wants_attributes(record) ? EXPRESSWAY_LINE_MAX : RECORD_MAX;
}

static void close_field(reader *r)
{
    if (r->open != NULL)
        r->open->value.to = r->at;
    r->open = NULL;
}

static void finish(reader *r, size_t end)
{
    close_field(r);
    r->record->span.to = end;
    r->record->ends = true;
    r->done = true;
}

static fv_field *add_field(reader *r, fv_key key, fv_span value)
{
    fv_record *record = r->record;
    if (record->num_fields == FV_RECORD_MAX_FIELDS)
        return NULL;
    fv_field *field = &record->fields[record->num_fields++];
    *field = (fv_field){key, value};
    return field;
}

static bool has_field(const fv_record *record, fv_key key)
{
    for (size_t i = 0; i < record->num_fields; i++)
        if (record->fields[i].key == key)
            return true;
    return false;
}

/* Expressway's messages stand in records of network.sip that tell neither event nor detail. */
static bool may_hold_message(const reader *r)
{
    fv_span module;
    if (has_field(r->record, FV_KEY_EVENT) || has_field(r->record, FV_KEY_DETAIL))
        return false;
    return !fv_record_get(r->record, FV_KEY_MODULE, 0, &module) ||
           fv_view_match(r->view, module.from, "network.sip", NULL);
}

/* A start line belongs to the record when the record announced it. */
static bool is_announced(const reader *r)
{
    const fv_record *record = r->record;
    if (record->start == FV_START_EDGE || record->start == FV_START_EDGE_FIELDS)
        return r->open != NULL && r->open->key == FV_KEY_START_LINE;
    if (record->message != FV_START_NONE)
        return false;
    if (record->start == FV_START_EXPRESSWAY)
        return strchr(":|", fv_view_char(r->view, r->at - 1)) != NULL && may_hold_message(r);
    fv_span before = {record->span.from, r->at};
    return record->start == FV_START_CLIENT && before.to - before.from < 300 &&
           fv_view_find(r->view, before, "End of") == before.to;
}

/* Whether no message of SIP stands in such a record. */
static bool is_of_prose(const fv_record *record)
{
    fv_start start = record->start;
    return start == FV_START_WINDOWS_EVENT || start == FV_START_POWERSHELL ||
           start == FV_START_SEARCH;
}

static bool breaks_headers(reader *r)
{
    const fv_record *record = r->record;
    fv_key key = fv_key_header_at(r->view, r->at, &r->header);
    if (record->start == FV_START_EXPRESSWAY || record->start == FV_START_CLIENT)
        return record->message == FV_START_NONE;
    if (record->start != FV_START_HEADERS)
        return is_of_prose(record);
    if (key == FV_KEY_DIAGNOSTICS)
        return has_field(record, key) && !has_field(record, FV_KEY_CSEQ);
    return key != FV_KEY_VIA && has_field(record, key);
}

/* "tvcs:" and what names the record stand in its head; the same once more, or a date, begin
 * another. */
static bool breaks_expressway(const reader *r)
{
    const fv_record *record = r->record;
    char first = fv_ascii_lower(fv_view_char(r->view, r->at));
    if (record->start != FV_START_EXPRESSWAY)
        return true;
    if (first == 't')
        return r->at - record->span.from > EXPRESSWAY_HEAD_MAX;
    if (first != 'e' && first != 'm')
        return true;
    return record->message != FV_START_NONE || has_field(record, FV_KEY_EVENT) ||
           has_field(record, FV_KEY_MODULE);
}

/* Whether what begins here is another record. */
static bool breaks(reader *r, fv_start start)
{
    const fv_record *record = r->record;
    bool edge = record->start == FV_START_EDGE || record->start == FV_START_EDGE_FIELDS;
    switch (start) {
    case FV_START_EDGE:
        return !(edge && !r->begun && fv_view_char(r->view, r->at) == '$');
    case FV_START_EDGE_FIELDS:
        return !edge && record->start != FV_START_HEADERS;
    case FV_START_EXPRESSWAY:
        return breaks_expressway(r);
    case FV_START_RESPONSE:
    case FV_START_REQUEST:
        return !is_announced(r) && !(edge && r->open != NULL);
    case FV_START_HEADERS:
        return breaks_headers(r);
    case FV_START_POWERSHELL:
        return fv_printed_breaks(r->view, record, r->at);
    case FV_START_WINDOWS_EVENT:
        return fv_event_breaks(r->view, record, r->at);
    default:
        return true;
    }
}

static void take_start_line(reader *r, fv_start message)
{
    fv_record *record = r->record;
    size_t end = r->at;
    if (message == FV_START_RESPONSE && fv_start_is_response(r->view, r->at, &end)) {
        uint64_t status = 0;
        fv_text_to_u64(fv_view_text(r->view, (fv_span){end - 3, end}), &status);
        record->status = (uint32_t)status;
    } else if (message == FV_START_REQUEST) {
        fv_start_is_request(r->view, r->at, &end);
    }
    record->message = message;
    close_field(r);
    r->at = end;
    r->open = add_field(r, FV_KEY_START_LINE, (fv_span){end, end});
}

/* True when something was taken, or the record is done. */
static bool take_start(reader *r)
{
    fv_start start = fv_start_at(r->view, r->at, &r->header);
    if (start == FV_START_NONE)
        return false;
    if (breaks(r, start)) {
        finish(r, r->at);
        return true;
    }
    if (start != FV_START_RESPONSE && start != FV_START_REQUEST)
        return false;
    if (!is_announced(r))
        return false;
    take_start_line(r, start);
    return true;
}

static bool take_marker(reader *r)
{
    size_t end;
    if (r->view->text[r->at] != '$')
        return false;
    if (fv_view_match(r->view, r->at, "$$begin_record", &end)) {
        r->begun = true;
        close_field(r);
        r->at = end;
        return true;
    }
    if (fv_view_match(r->view, r->at, "$$end_record", &end)) {
        finish(r, end);
        return true;
    }
    return false;
}

static bool take_attribute(reader *r)
{
    size_t value;
    fv_key key = fv_key_attribute_at(r->view, r->at, &value);
    if (key == FV_KEY_NONE)
        return false;
    size_t end = value;
    if (fv_view_char(r->view, value) == '"') {
        end = fv_quote_end(r->view, value);
        add_field(r, key, (fv_span){value + 1, end});
        r->at = end < r->view->len ? end + 1 : end;
        return true;
    }
    while (end < r->view->len && strchr(",;", r->view->text[end]) == NULL &&
           (end == value || fv_view_gap(r->view, end) == FV_GAP_NONE))
        end++;
    add_field(r, key, (fv_span){value, end});
    r->at = end;
    return true;
}

static bool take_header(reader *r)
{
    bool at_line = fv_view_gap(r->view, r->at) >= FV_GAP_FOLD && r->record->message != 0;
    fv_key key = fv_key_header_at(r->view, r->at, &r->header);
    size_t value = r->header.value;
    if (key == FV_KEY_NONE && at_line)
        key = fv_key_compact_at(r->view, r->at, &value);
    if (key == FV_KEY_NONE)
        return false;
    close_field(r);
    r->open = add_field(r, key, (fv_span){value, value});
    r->junk_lines = 0;
    r->at = value;
    return true;
}

static bool is_doubled(const reader *r)
{
    return r->line_ends == 0 && r->paragraphs >= 2;
}

/* A line begins that is no header: the rest of the value before it, or of no interest, or the end
 * of the message. */
static void take_line_end(reader *r)
{
    bool paragraph = fv_view_gap(r->view, r->at) == FV_GAP_PARAGRAPH;
    if (fv_key_any_header_at(r->view, r->at) || fv_line_is_annotation(r->view, r->at)) {
        close_field(r);
        return;
    }
    if (fv_line_goes_on(r->view, r->at, is_doubled(r)))
        return;
    close_field(r);
    r->junk_lines++;
    if ((paragraph && !is_doubled(r)) || r->junk_lines >= MAX_JUNK_LINES)
        finish(r, r->at);
}

static void count_line_end(reader *r)
{
    uint8_t gap = fv_view_gap(r->view, r->at);
    if (gap == FV_GAP_PARAGRAPH)
        r->paragraphs++;
    else if (gap >= FV_GAP_FOLD)
        r->line_ends++;
}

static void take_quoted(reader *r)
{
    size_t end = fv_quote_end(r->view, r->at);
    r->at = end < r->view->len ? end + 1 : r->at + 1;
}

/* Records whose parts follow one another in lines or paragraphs of prose. */
static bool is_free_text(const fv_record *record)
{
    return record->start == FV_START_WINDOWS_EVENT || record->start == FV_START_SEARCH ||
           wants_attributes(record) ||
           (record->start == FV_START_CLIENT && record->message == FV_START_NONE);
}

static void take_word(reader *r)
{
    count_line_end(r);
    bool new_line = fv_view_gap(r->view, r->at) >= FV_GAP_FOLD;
    if (new_line && is_line_based(r->record) && !fv_view_is_wrapped(r->view, r->at)) {
        finish(r, r->at);
        return;
    }
    if (r->view->text[r->at] == '"') {
        take_quoted(r);
        return;
    }
    if (take_start(r) || take_marker(r))
        return;
    /* No field begins right after a mark within a value. */
    if (fv_view_gap(r->view, r->at) == FV_GAP_NONE &&
        strchr(";,:|", r->view->text[r->at - 1]) != NULL) {
        r->at++;
        return;
    }
    if (wants_attributes(r->record) ? take_attribute(r) : take_header(r))
        return;
    if (new_line && !is_free_text(r->record) && !is_line_based(r->record))
        take_line_end(r);
    if (!r->done)
        r->at++;
}

static void begin(reader *r, fv_start start)
{
    if (start == FV_START_RESPONSE || start == FV_START_REQUEST) {
        take_start_line(r, start);
        return;
    }
    size_t end;
    if (start == FV_START_HISTORY) {
        r->at = fv_start_history_end(r->view, r->at);
        if (r->at < r->view->len)
            finish(r, r->at);
        return;
    }
    if (fv_view_match(r->view, r->at, "$$begin_record", &end)) {
        r->begun = true;
        r->at = end;
    } else if (start == FV_START_EXPRESSWAY ? !take_attribute(r) : !take_header(r)) {
        r->at++;
    }
}

/* To the next place where something can begin, or where the record is too long. */
static void skip_within_word(reader *r)
{
    const fv_view *view = r->view;
    size_t limit = r->record->span.from + max_len(r->record) + 1;
    if (limit > view->len)
        limit = view->len;
    do
        r->at++;
    while (r->at < limit && view->text[r->at] != '"' && !fv_view_begins_word(view, r->at));
}

void fv_record_read(const fv_view *view, size_t pos, fv_start start, fv_record *out)
{
    out->start = start;
    out->message = FV_START_NONE;
    out->span = (fv_span){pos, pos};
    out->status = 0;
    out->ends = false;
    out->num_fields = 0;
    reader r = {.view = view, .record = out, .at = pos, .header = FV_HEADER_UNREAD};
    begin(&r, start);
    while (!r.done && r.at < view->len) {
        if (r.at - pos > max_len(out))
            finish(&r, r.at);
        else if (fv_view_begins_word(view, r.at))
            take_word(&r);
        else if (view->text[r.at] == '"')
            take_quoted(&r);
        else
            skip_within_word(&r);
    }
    if (!r.done) {
        close_field(&r);
        out->span.to = view->len;
    }
}

bool fv_record_get(const fv_record *record, fv_key key, size_t n, fv_span *out)
{
    for (size_t i = 0; i < record->num_fields; i++) {
        const fv_field *field = &record->fields[i];
        if (field->key != key || field->value.to <= field->value.from)
            continue;
        if (n-- == 0) {
            *out = field->value;
            return true;
        }
    }
    return false;
}
