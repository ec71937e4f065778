#include "logs/read/entry.h"

#include "logs/read/event.h"
#include "logs/read/printed.h"

#include <string.h>

#define ENTRY_MAX 16000
#define EXPRESSWAY_LINE_MAX 4000
#define EXPRESSWAY_HEAD_MAX 120
#define WINDOWS_EVENT_MAX 3000
#define MAX_JUNK_LINES 3

typedef struct reader {
    const fv_sight *sight;
    fv_entry *entry;
    size_t at;
    fv_header header; /* the header that was looked up last */
    fv_field *open;   /* the header whose value is being read */
    size_t junk_lines;
    size_t line_ends;
    size_t paragraphs;
    bool begun; /* $$begin_record was seen */
    bool done;
} reader;

static bool is_line_based(const fv_entry *entry)
{
    return entry->start == FV_START_SENTENCE;
}

static bool wants_attributes(const fv_entry *entry)
{
    return entry->start == FV_START_EXPRESSWAY && entry->message == FV_START_NONE;
}

static size_t max_len(const fv_entry *entry)
{
    if (entry->start == FV_START_WINDOWS_EVENT || entry->start == FV_START_SEARCH)
        return WINDOWS_EVENT_MAX;
    return wants_attributes(entry) ? EXPRESSWAY_LINE_MAX : ENTRY_MAX;
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
    r->entry->span.to = end;
    r->entry->ends = true;
    r->done = true;
}

static fv_field *add_field(reader *r, fv_key key, fv_span value)
{
    fv_entry *entry = r->entry;
    if (entry->num_fields == FV_ENTRY_MAX_FIELDS)
        return NULL;
    fv_field *field = &entry->fields[entry->num_fields++];
    *field = (fv_field){key, false, value};
    return field;
}

static bool has_field(const fv_entry *entry, fv_key key)
{
    for (size_t i = 0; i < entry->num_fields; i++) {
        if (entry->fields[i].key == key)
            return true;
    }
    return false;
}

/* In an Expressway log, only an entry of network.sip without Event and Detail holds a SIP
 * message. */
static bool may_hold_message(const reader *r)
{
    fv_span module;
    if (has_field(r->entry, FV_KEY_EVENT) || has_field(r->entry, FV_KEY_DETAIL))
        return false;
    return !fv_entry_get(r->entry, FV_KEY_MODULE, 0, &module) ||
           fv_sight_match(r->sight, module.from, "network.sip", NULL);
}

/* A start line belongs to the entry if the text before it announces a message. */
static bool is_announced(const reader *r)
{
    const fv_entry *entry = r->entry;
    if (entry->start == FV_START_EDGE || entry->start == FV_START_EDGE_FIELDS)
        return r->open != NULL && r->open->key == FV_KEY_START_LINE;
    if (entry->message != FV_START_NONE)
        return false;
    if (entry->start == FV_START_EXPRESSWAY)
        return strchr(":|", fv_sight_char(r->sight, r->at - 1)) != NULL && may_hold_message(r);
    fv_span before = {entry->span.from, r->at};
    return entry->start == FV_START_CLIENT && before.to - before.from < 300 &&
           fv_sight_find(r->sight, before, "End of") == before.to;
}

/* Whether entries of this kind never hold a SIP message. */
static bool is_of_prose(const fv_entry *entry)
{
    fv_start start = entry->start;
    return start == FV_START_WINDOWS_EVENT || start == FV_START_POWERSHELL ||
           start == FV_START_SEARCH;
}

static bool breaks_headers(reader *r)
{
    const fv_entry *entry = r->entry;
    fv_key key = fv_key_header_at(r->sight, r->at, &r->header);
    if (entry->start == FV_START_EXPRESSWAY || entry->start == FV_START_CLIENT)
        return entry->message == FV_START_NONE;
    if (entry->start != FV_START_HEADERS)
        return is_of_prose(entry);
    if (key == FV_KEY_DIAGNOSTICS)
        return has_field(entry, key) && !has_field(entry, FV_KEY_CSEQ);
    return key != FV_KEY_VIA && has_field(entry, key);
}

/* A head has "tvcs:" and one Event or Module. A second one, or a date, begins an entry. */
static bool breaks_expressway(const reader *r)
{
    const fv_entry *entry = r->entry;
    char first = fv_ascii_lower(fv_sight_char(r->sight, r->at));
    if (entry->start != FV_START_EXPRESSWAY)
        return true;
    if (first == 't')
        return r->at - entry->span.from > EXPRESSWAY_HEAD_MAX;
    if (first != 'e' && first != 'm')
        return true;
    return entry->message != FV_START_NONE || has_field(entry, FV_KEY_EVENT) ||
           has_field(entry, FV_KEY_MODULE);
}

/* Whether the start at this place begins another entry. */
static bool breaks(reader *r, fv_start start)
{
    const fv_entry *entry = r->entry;
    bool edge = entry->start == FV_START_EDGE || entry->start == FV_START_EDGE_FIELDS;
    switch (start) {
    case FV_START_EDGE:
        return !(edge && !r->begun && fv_sight_char(r->sight, r->at) == '$');
    case FV_START_EDGE_FIELDS:
        return !edge && entry->start != FV_START_HEADERS;
    case FV_START_EXPRESSWAY:
        return breaks_expressway(r);
    case FV_START_RESPONSE:
    case FV_START_REQUEST:
        return !is_announced(r) && !(edge && r->open != NULL);
    case FV_START_HEADERS:
        return breaks_headers(r);
    case FV_START_POWERSHELL:
        return fv_printed_breaks(r->sight, entry, r->at);
    case FV_START_WINDOWS_EVENT:
        return fv_event_breaks(r->sight, entry, r->at);
    default:
        return true;
    }
}

static void take_start_line(reader *r, fv_start message)
{
    fv_entry *entry = r->entry;
    size_t end = r->at;
    if (message == FV_START_RESPONSE && fv_start_is_response(r->sight, r->at, &end)) {
        uint64_t status = 0;
        fv_text_to_u64(fv_sight_text(r->sight, (fv_span){end - 3, end}), &status);
        entry->status = (uint32_t)status;
    } else if (message == FV_START_REQUEST) {
        fv_start_is_request(r->sight, r->at, &end);
    }
    entry->message = message;
    close_field(r);
    r->at = end;
    r->open = add_field(r, FV_KEY_START_LINE, (fv_span){end, end});
}

/* Returns true if it took a start line or finished the entry. */
static bool take_start(reader *r)
{
    fv_start start = fv_start_at(r->sight, r->at, &r->header);
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
    if (r->sight->text[r->at] != '$')
        return false;
    if (fv_sight_match(r->sight, r->at, "$$begin_record", &end)) {
        r->begun = true;
        close_field(r);
        r->at = end;
        return true;
    }
    if (fv_sight_match(r->sight, r->at, "$$end_record", &end)) {
        finish(r, end);
        return true;
    }
    return false;
}

/* A value whose closing quotation mark is missing ends with its line, and is cut. */
static bool take_attribute(reader *r)
{
    size_t value;
    fv_key key = fv_key_attribute_at(r->sight, r->at, &value);
    if (key == FV_KEY_NONE)
        return false;
    size_t end = value;
    if (fv_sight_char(r->sight, value) == '"') {
        end = fv_quote_end(r->sight, value);
        bool is_cut = end == r->sight->len;
        if (is_cut)
            end = fv_line_end(r->sight, value + 1);
        fv_field *field = add_field(r, key, (fv_span){value + 1, end});
        if (field != NULL)
            field->is_cut = is_cut;
        r->at = is_cut ? end : end + 1;
        return true;
    }
    /* Without quotation marks it does not begin on the next line. */
    bool is_empty = fv_sight_gap(r->sight, value) >= FV_GAP_FOLD;
    while (!is_empty && end < r->sight->len && strchr(",;", r->sight->text[end]) == NULL &&
           (end == value || fv_sight_gap(r->sight, end) == FV_GAP_NONE))
        end++;
    add_field(r, key, (fv_span){value, end});
    r->at = end;
    return true;
}

static bool take_header(reader *r)
{
    bool at_line = fv_sight_gap(r->sight, r->at) >= FV_GAP_FOLD && r->entry->message != 0;
    fv_key key = fv_key_header_at(r->sight, r->at, &r->header);
    size_t value = r->header.value;
    if (key == FV_KEY_NONE && at_line)
        key = fv_key_compact_at(r->sight, r->at, &value);
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

/* Handles a line that is no known header: it continues the value before it, or has no meaning for
 * us, or follows the end of the message. */
static void take_line_end(reader *r)
{
    bool paragraph = fv_sight_gap(r->sight, r->at) == FV_GAP_PARAGRAPH;
    if (fv_key_any_header_at(r->sight, r->at) || fv_line_is_annotation(r->sight, r->at)) {
        close_field(r);
        return;
    }
    if (fv_line_goes_on(r->sight, r->at, is_doubled(r)))
        return;
    if (r->open != NULL && !paragraph && fv_line_is_word(r->sight, r->at))
        r->open->is_cut = true;
    close_field(r);
    r->junk_lines++;
    if ((paragraph && !is_doubled(r)) || r->junk_lines >= MAX_JUNK_LINES)
        finish(r, r->at);
}

static void count_line_end(reader *r)
{
    uint8_t gap = fv_sight_gap(r->sight, r->at);
    if (gap == FV_GAP_PARAGRAPH)
        r->paragraphs++;
    else if (gap >= FV_GAP_FOLD)
        r->line_ends++;
}

static void take_quoted(reader *r)
{
    size_t end = fv_quote_end(r->sight, r->at);
    r->at = end < r->sight->len ? end + 1 : r->at + 1;
}

/* Whether the parts of the entry follow one another as lines or paragraphs of prose. */
static bool is_free_text(const fv_entry *entry)
{
    return entry->start == FV_START_WINDOWS_EVENT || entry->start == FV_START_SEARCH ||
           wants_attributes(entry) ||
           (entry->start == FV_START_CLIENT && entry->message == FV_START_NONE);
}

static void take_word(reader *r)
{
    count_line_end(r);
    bool new_line = fv_sight_gap(r->sight, r->at) >= FV_GAP_FOLD;
    if (new_line && is_line_based(r->entry) && !fv_sight_is_wrapped(r->sight, r->at)) {
        finish(r, r->at);
        return;
    }
    if (r->sight->text[r->at] == '"') {
        take_quoted(r);
        return;
    }
    if (take_start(r) || take_marker(r))
        return;
    /* No field begins directly after a mark inside a value. */
    if (fv_sight_gap(r->sight, r->at) == FV_GAP_NONE &&
        strchr(";,:|", r->sight->text[r->at - 1]) != NULL) {
        r->at++;
        return;
    }
    if (wants_attributes(r->entry) ? take_attribute(r) : take_header(r))
        return;
    if (new_line && !is_free_text(r->entry) && !is_line_based(r->entry))
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
        r->at = fv_start_history_end(r->sight, r->at);
        if (r->at < r->sight->len)
            finish(r, r->at);
        return;
    }
    if (fv_sight_match(r->sight, r->at, "$$begin_record", &end)) {
        r->begun = true;
        r->at = end;
    } else if (start == FV_START_EXPRESSWAY ? !take_attribute(r) : !take_header(r)) {
        r->at++;
    }
}

/* Moves to the next place where a word or a quoted string can begin, or to the maximum length. */
static void skip_within_word(reader *r)
{
    const fv_sight *sight = r->sight;
    size_t limit = r->entry->span.from + max_len(r->entry) + 1;
    if (limit > sight->len)
        limit = sight->len;
    size_t at = r->at + 1;
    while (at < limit && sight->text[at] != '"' && sight->marks[at].gap == FV_GAP_NONE &&
           !fv_sight_closing_marks[(uint8_t)sight->text[at - 1]])
        at++;
    r->at = at;
}

void fv_entry_read(const fv_sight *sight, size_t pos, fv_start start, fv_entry *out)
{
    out->start = start;
    out->message = FV_START_NONE;
    out->span = (fv_span){pos, pos};
    out->status = 0;
    out->ends = false;
    out->num_fields = 0;
    reader r = {.sight = sight, .entry = out, .at = pos, .header = FV_HEADER_UNREAD};
    begin(&r, start);
    while (!r.done && r.at < sight->len) {
        if (r.at - pos > max_len(out))
            finish(&r, r.at);
        else if (fv_sight_begins_word(sight, r.at))
            take_word(&r);
        else if (sight->text[r.at] == '"')
            take_quoted(&r);
        else
            skip_within_word(&r);
    }
    if (!r.done) {
        close_field(&r);
        out->span.to = sight->len;
    }
}
