/* The texts of JSON (RFC 8259 7), decoded. */
#include "base/text.h"
#include "logs/read/unwrap_json.h"

#include <string.h>

#define ABOUT_MAX 96
#define LINE_ENDS_MAX 8 /* more line ends in a row count as this many */

/* The name of the time of a Windows event; with its colon it is a label of Event Viewer. */
static const char event_time[] = "TimeCreated:";

/* Names of values that collectors add to an entry. Where each line of the log is a document, such
 * values are between the lines. */
static const char *const names_about_entry[] = {
    "stream",        "time",        "timestamp",  "@timestamp",   "_time",          "ts",
    "date",          "host",        "hostname",   "level",        "severity",       "container",
    "pod",           "namespace",   "tag",        "tags",         "source",         "sourcetype",
    "index",         "_index",      "_type",      "_id",          "type",           "id",
    "version",       "@version",    "facility",   "_facility",    "priority",       "pid",
    "program",       "logger",      "thread",     "input",        "file",           "path",
    "job",           "app",         "env",        "unit",         "offset",         "name",
    "splunk_server", "_sourcetype", "_indextime", "container_id", "container_name", "cluster",
};

static bool is_about_entry(const fv_json_level *l)
{
    for (size_t i = 0; i < sizeof(names_about_entry) / sizeof(names_about_entry[0]); i++) {
        if (l->name_len == strlen(names_about_entry[i]) &&
            memcmp(l->name, names_about_entry[i], l->name_len) == 0)
            return true;
    }
    return false;
}

static bool holds(fv_text name, const char *word)
{
    size_t len = strlen(word);
    for (size_t at = 0; at + len <= name.len; at++) {
        if (memcmp(name.data + at, word, len) == 0)
            return true;
    }
    return false;
}

/* Whether the name of the value tells that it can hold lines of the log. */
static bool is_message_name(const fv_json_level *l)
{
    static const char *const names[] = {"log", "line", "text", "body", "data"};
    fv_text name = {l->name, l->name_len < FV_UNWRAP_NAME ? l->name_len : FV_UNWRAP_NAME};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (fv_text_equal_nocase(name, fv_text_of(names[i])))
            return true;
    }
    return holds(name, "message") || holds(name, "msg") || holds(name, "raw");
}

/* Whether the value is the time of a Windows event, which a collector adds to no other entry. */
static bool is_event_time(const fv_json_level *l)
{
    fv_text name = {l->name, l->name_len};
    fv_text label = {event_time, sizeof(event_time) - 2};
    return l->depth > 0 && (l->kinds & 1) != 0 && fv_text_equal_nocase(name, label);
}

/* Separates a text from the one before it. Two texts of one object do not continue each other, so
 * an empty line goes between them; elements of a list are the lines of a log. */
static void open_text(fv_unwrap *unwrap, size_t level)
{
    fv_json_level *l = &unwrap->json[level];
    l->is_waiting = false;
    if (level + 1 < FV_UNWRAP_JSON_DEPTH)
        fv_wrapped_init(&unwrap->json[level + 1]);
    if (l->has_text)
        fv_wrapped_emit(unwrap, level, FV_INNER_LINE_END);
    if (l->has_text && (l->is_same_object || l->has_lines))
        fv_wrapped_emit(unwrap, level, FV_INNER_LINE_END);
    l->has_text = true;
    l->has_lines = false;
    l->is_same_object = (l->kinds & 1) != 0;
    for (const char *label = is_event_time(l) ? event_time : ""; *label != '\0'; label++)
        fv_wrapped_emit(unwrap, level, (uint8_t)*label);
    for (uint8_t i = 0; i < l->num_held; i++)
        fv_wrapped_emit(unwrap, level, l->held[i]);
    l->num_held = 0;
}

void fv_wrapped_begin_text(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    l->quote = c;
    l->high = 0;
    l->has_cr = false;
    l->line_ends = 0;
    l->num_held = 0;
    l->is_waiting = true;
    l->num_digits = 0;
    l->code = 0;
    l->colour = FV_COLOUR_OUTSIDE;
    l->is_muted = l->depth > 0 && (l->kinds & 1) != 0 && is_about_entry(l);
    l->state = FV_JSON_VALUE;
}

/* Whether the whole value is the name of a log, as a search tells it beside each line. */
static bool is_file_name(const fv_json_level *l)
{
    return l->num_held > 4 && (memcmp(l->held + l->num_held - 4, ".log", 4) == 0 ||
                               memcmp(l->held + l->num_held - 4, ".txt", 4) == 0);
}

/* Ends a text. The line end of the document also ends the last line of the text. A text that is a
 * time or a number is dropped, and so is a single word that is not called a message. */
static void end_text(fv_unwrap *unwrap, size_t level)
{
    fv_json_level *l = &unwrap->json[level];
    bool is_named = l->depth > 0 && (l->kinds & 1) != 0 && !is_message_name(l);
    l->state = FV_JSON_STRUCTURE;
    if (l->is_waiting && !l->is_muted && l->num_held > 0 &&
        (is_event_time(l) ||
         !fv_unwrap_is_about(l->held, l->num_held, is_named || is_file_name(l))))
        open_text(unwrap, level);
    l->name_len = 0;
    l->num_held = 0;
    if (l->is_muted || l->is_waiting)
        return;
    l->has_lines = l->has_lines || l->line_ends > 1;
    if (level + 1 < FV_UNWRAP_JSON_DEPTH) {
        fv_wrapped_release(unwrap, level + 1);
        fv_wrapped_init(&unwrap->json[level + 1]);
    }
}

/* Whether `c` belongs to a colour, such as "\u001b[31m" (ECMA-48 5.4). The stage before may have
 * taken all but the escape character. */
static bool is_of_colour(fv_json_level *l, uint8_t c)
{
    uint8_t before = l->colour;
    l->colour = c == 0x1b                                  ? FV_COLOUR_ESCAPE
                : before == FV_COLOUR_ESCAPE && c == '['   ? FV_COLOUR_SEQUENCE
                : before == FV_COLOUR_SEQUENCE && c < 0x40 ? FV_COLOUR_SEQUENCE
                                                           : FV_COLOUR_OUTSIDE;
    return l->colour != FV_COLOUR_OUTSIDE || before == FV_COLOUR_SEQUENCE;
}

static void emit_character(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (l->is_muted || is_of_colour(l, c))
        return;
    if (l->is_waiting && l->line_ends == 0 && !l->has_cr && fv_unwrap_may_be_about(c) &&
        l->num_held < ABOUT_MAX) {
        l->held[l->num_held++] = c;
        return;
    }
    if (l->is_waiting)
        open_text(unwrap, level);
    l->line_ends = (uint8_t)(l->line_ends + l->has_cr);
    l->has_lines = l->has_lines || l->line_ends > 0;
    for (; l->line_ends > 0; l->line_ends--)
        fv_wrapped_emit(unwrap, level, FV_INNER_LINE_END);
    l->has_cr = false;
    fv_wrapped_emit(unwrap, level, c);
}

static void emit_line_end(fv_unwrap *unwrap, size_t level)
{
    fv_json_level *l = &unwrap->json[level];
    l->has_cr = false;
    if (l->line_ends < LINE_ENDS_MAX)
        l->line_ends++;
}

/* Emits the second or a later byte of a UTF-8 character. */
static void emit_rest(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    if (!unwrap->json[level].is_muted)
        fv_wrapped_emit(unwrap, level, c);
}

static void emit_code(fv_unwrap *unwrap, size_t level, uint32_t code)
{
    fv_json_level *l = &unwrap->json[level];
    if (code == '\n') {
        emit_line_end(unwrap, level);
    } else if (code == '\r') {
        l->has_cr = true;
    } else if (code < 0x80) {
        emit_character(unwrap, level, (uint8_t)(code < 0x20 && code != 0x1b ? ' ' : code));
    } else if (code < 0x800) {
        emit_character(unwrap, level, (uint8_t)(0xc0 | code >> 6));
        emit_rest(unwrap, level, (uint8_t)(0x80 | (code & 0x3f)));
    } else if ((code & 0xfc00) == 0xd800) {
        l->high = code;
    } else if ((code & 0xfc00) == 0xdc00) {
        uint32_t c = l->high == 0 ? 0xfffd : 0x10000 + ((l->high - 0xd800) << 10) + (code - 0xdc00);
        emit_character(unwrap, level, (uint8_t)(c < 0x10000 ? 0xef : 0xf0 | c >> 18));
        if (c >= 0x10000)
            emit_rest(unwrap, level, (uint8_t)(0x80 | (c >> 12 & 0x3f)));
        emit_rest(unwrap, level, (uint8_t)(0x80 | (c >> 6 & 0x3f)));
        emit_rest(unwrap, level, (uint8_t)(0x80 | (c & 0x3f)));
        l->high = 0;
    } else {
        emit_character(unwrap, level, (uint8_t)(0xe0 | code >> 12));
        emit_rest(unwrap, level, (uint8_t)(0x80 | (code >> 6 & 0x3f)));
        emit_rest(unwrap, level, (uint8_t)(0x80 | (code & 0x3f)));
    }
}

void fv_wrapped_take_escape(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    l->state = FV_JSON_VALUE;
    switch (c) {
    case 'n':
        emit_line_end(unwrap, level);
        return;
    case 'r':
        l->has_cr = true;
        return;
    case 't':
    case 'b':
    case 'f':
        emit_character(unwrap, level, ' ');
        return;
    case 'u':
        l->code = 0;
        l->num_digits = 0;
        l->state = FV_JSON_UNICODE;
        return;
    default:
        if (c != '"' && c != '\\' && c != '/' && c != '\'')
            emit_character(unwrap, level, '\\');
        emit_character(unwrap, level, c);
    }
}

void fv_wrapped_take_digit(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    int digit = fv_ascii_hex_digit((char)c);
    if (digit < 0) {
        l->state = FV_JSON_VALUE;
        unwrap->push_json(unwrap, level, c);
        return;
    }
    l->code = l->code << 4 | (uint32_t)digit;
    if (++l->num_digits < 4)
        return;
    l->state = FV_JSON_VALUE;
    emit_code(unwrap, level, l->code);
}

bool fv_wrapped_may_be_bytes(const fv_json_level *l)
{
    fv_text name = {l->name, l->name_len < FV_UNWRAP_NAME ? l->name_len : FV_UNWRAP_NAME};
    return l->depth > 0 && l->depth < FV_JSON_DEPTH_MAX && (l->kinds & 1) != 0 &&
           holds(name, "message");
}

/* Emits a byte of the text. It may be the middle of a character without its beginning: what is held
 * goes before it. */
static void emit_byte(fv_unwrap *unwrap, size_t level, uint32_t byte)
{
    if (byte < 0x80)
        emit_code(unwrap, level, byte);
    else
        emit_character(unwrap, level, (uint8_t)byte);
}

/* Reads a list of bytes: journald writes a message so if it is not printable, for example because
 * of its colours. Another list is structure: what was read of it is no text. */
void fv_wrapped_take_byte(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (fv_ascii_is_digit((char)c) && l->num_digits < 3) {
        l->code = l->code * 10 + (uint32_t)(c - '0');
        l->num_digits++;
        return;
    }
    if (l->num_digits > 0 && l->code <= UINT8_MAX)
        emit_byte(unwrap, level, l->code);
    l->num_digits = 0;
    l->code = 0;
    if (c == ',' || c == ' ' || c == '\t')
        return;
    end_text(unwrap, level);
    if (c == ']')
        return;
    l->kinds <<= 1;
    l->depth++;
    l->is_same_object = false;
    unwrap->push_json(unwrap, level, c);
}

/* Handles a line end inside a text that was not escaped. If another document follows, or this one
 * began inside a line, the document was cut here; else the line was only broken. */
void fv_wrapped_take_value_line(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (!l->at_line || c == '{' || c == '[') {
        l->state = FV_JSON_LINE;
        /* The last word of the text was cut, so it does not go on in the next document. */
        fv_wrapped_emit(unwrap, level, FV_STRUCK_OUT);
        fv_wrapped_emit(unwrap, level, FV_INNER_LINE_END);
        if (level + 1 < FV_UNWRAP_JSON_DEPTH)
            fv_wrapped_init(&unwrap->json[level + 1]);
    } else if (!fv_wrapped_is_line_end(c)) {
        l->state = FV_JSON_VALUE;
    }
    if (l->state == FV_JSON_VALUE_LINE)
        fv_wrapped_emit(unwrap, level, c);
    else
        unwrap->push_json(unwrap, level, c);
}

void fv_wrapped_take_value(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (c == '\\')
        l->state = FV_JSON_ESCAPE;
    else if (c == l->quote)
        end_text(unwrap, level);
    else if (!fv_wrapped_is_line_end(c))
        emit_character(unwrap, level, c);
    else {
        fv_wrapped_emit(unwrap, level, c);
        l->state = FV_JSON_VALUE_LINE;
    }
}
