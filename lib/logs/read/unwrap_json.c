/* JSON (RFC 8259), and the dictionaries that Python prints: the texts of its values, each on lines
 * of its own. A document begins with a bracket and a name, or is a line that begins with a name;
 * whatever fits neither passes as it is. */
#include "base/text.h"
#include "logs/read/unwrap.h"

#include <string.h>

#define NAME_MAX_LEN 64
#define DEPTH_MAX 64

enum {
    LINE, /* at the beginning of a line */
    TEXT,
    OPEN, /* after a bracket that may begin a document */
    NAME,
    AFTER_NAME,
    AFTER_COLON,
    STRUCTURE, /* within a document, outside its texts */
    KEY,
    KEY_ESCAPE,
    VALUE,
    VALUE_LINE, /* after a line end that nobody escaped */
    ESCAPE,
    UNICODE,
};

void fv_unwrap_init_json(fv_json_level *level)
{
    memset(level, 0, sizeof(*level));
}

static bool is_line_end(uint8_t c)
{
    return c == '\n' || c == '\r' || c == FV_INNER_LINE_END;
}

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t';
}

static void emit(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    if (level + 1 < FV_UNWRAP_JSON_DEPTH)
        fv_unwrap_push_json(unwrap, level + 1, c);
    else
        unwrap->out[unwrap->out_len++] = c;
}

static bool open_bracket(fv_json_level *l, uint8_t c)
{
    if (l->depth == DEPTH_MAX)
        return false;
    l->kinds = l->kinds << 1 | (c == '{');
    l->depth++;
    l->wants_key = c == '{';
    return true;
}

/* ---- before a document is known to be one ---- */

static void take_text(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    l->state = TEXT;
    if (is_line_end(c)) {
        l->state = LINE;
    } else if (c == '{') {
        l->depth = 0;
        l->at_line = false;
        l->state = open_bracket(l, c) ? OPEN : TEXT;
    }
    emit(unwrap, level, c);
}

static void begin_name(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    l->quote = c;
    l->name_len = 0;
    l->state = NAME;
    emit(unwrap, level, c);
}

static void take_line(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    l->depth = 0;
    l->at_line = true;
    if (c == '{' || c == '[') {
        open_bracket(l, c);
        l->state = OPEN;
        emit(unwrap, level, c);
    } else if (c == '"') {
        begin_name(unwrap, level, c);
    } else if (is_blank(c) || is_line_end(c)) {
        emit(unwrap, level, c);
    } else {
        take_text(unwrap, level, c);
    }
}

static void take_structure(fv_unwrap *unwrap, size_t level, uint8_t c);

static void take_open(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    bool is_quote = c == '"' || c == '\'';
    if (is_quote && (l->kinds & 1) == 0) {
        l->state = STRUCTURE;
        take_structure(unwrap, level, c);
    } else if (is_quote) {
        begin_name(unwrap, level, c);
    } else if ((c == '{' || c == '[') && open_bracket(l, c)) {
        emit(unwrap, level, c);
    } else if (is_blank(c) || (is_line_end(c) && l->at_line)) {
        emit(unwrap, level, c);
    } else {
        take_text(unwrap, level, c);
    }
}

static bool is_name_character(uint8_t c)
{
    return fv_ascii_is_alnum((char)c) || (c != 0 && strchr("_@.-/: ", c) != NULL);
}

static void take_name(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (c == l->quote) {
        l->state = AFTER_NAME;
        emit(unwrap, level, c);
    } else if (is_name_character(c) && l->name_len++ < NAME_MAX_LEN) {
        emit(unwrap, level, c);
    } else {
        take_text(unwrap, level, c);
    }
}

static void take_colon(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (l->state == AFTER_NAME && c == ':') {
        l->state = AFTER_COLON;
        emit(unwrap, level, c);
    } else if (is_blank(c)) {
        emit(unwrap, level, c);
    } else if (l->state == AFTER_COLON && c != 0 && strchr("\"'{[-0123456789tfnTFN", c) != NULL) {
        l->state = STRUCTURE;
        l->wants_key = false;
        take_structure(unwrap, level, c);
    } else {
        take_text(unwrap, level, c);
    }
}

/* ---- within a document ---- */

static void leave(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    unwrap->json[level].depth = 0;
    take_text(unwrap, level, c);
}

/* The texts are parted by paragraphs: what one says is no part of the next. */
static void begin_value(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    l->quote = c;
    l->high = 0;
    l->has_cr = false;
    l->state = VALUE;
    if (level + 1 < FV_UNWRAP_JSON_DEPTH)
        fv_unwrap_init_json(&unwrap->json[level + 1]);
    emit(unwrap, level, FV_INNER_LINE_END);
}

static void end_value(fv_unwrap *unwrap, size_t level)
{
    unwrap->json[level].state = STRUCTURE;
    if (level + 1 < FV_UNWRAP_JSON_DEPTH)
        fv_unwrap_init_json(&unwrap->json[level + 1]);
    emit(unwrap, level, FV_INNER_LINE_END);
}

static void close_bracket(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (l->depth == 0) {
        leave(unwrap, level, c);
        return;
    }
    l->depth--;
    l->kinds >>= 1;
    l->wants_key = false;
    if (l->depth == 0)
        l->state = TEXT;
    emit(unwrap, level, FV_INNER_LINE_END);
}

static void take_structure(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (c == '"' || c == '\'') {
        l->quote = c;
        if (l->wants_key)
            l->state = KEY;
        else
            begin_value(unwrap, level, c);
    } else if (c == '{' || c == '[') {
        if (!open_bracket(l, c))
            leave(unwrap, level, c);
    } else if (c == '}' || c == ']') {
        close_bracket(unwrap, level, c);
    } else if (c == ',') {
        l->wants_key = l->depth == 0 || (l->kinds & 1) != 0;
        emit(unwrap, level, FV_INNER_LINE_END);
    } else if (c == ':') {
        l->wants_key = false;
    } else if (is_line_end(c)) {
        if (l->depth == 0 || !l->at_line)
            l->state = LINE;
        emit(unwrap, level, c);
    } else if (!is_blank(c) && !fv_ascii_is_alnum((char)c) && c != '-' && c != '+' && c != '.') {
        leave(unwrap, level, c);
    }
}

static void take_key(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (l->state == KEY_ESCAPE)
        l->state = KEY;
    else if (c == '\\')
        l->state = KEY_ESCAPE;
    else if (c == l->quote)
        l->state = STRUCTURE;
    else if (is_line_end(c))
        leave(unwrap, level, c);
}

/* ---- a text ---- */

static void emit_character(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (l->has_cr)
        emit(unwrap, level, FV_INNER_LINE_END);
    l->has_cr = false;
    emit(unwrap, level, c);
}

static void emit_line_end(fv_unwrap *unwrap, size_t level)
{
    unwrap->json[level].has_cr = false;
    emit(unwrap, level, FV_INNER_LINE_END);
}

static void emit_code(fv_unwrap *unwrap, size_t level, uint32_t code)
{
    fv_json_level *l = &unwrap->json[level];
    if (code == '\n') {
        emit_line_end(unwrap, level);
    } else if (code == '\r') {
        l->has_cr = true;
    } else if (code < 0x80) {
        emit_character(unwrap, level, (uint8_t)(code < 0x20 ? ' ' : code));
    } else if (code < 0x800) {
        emit_character(unwrap, level, (uint8_t)(0xc0 | code >> 6));
        emit(unwrap, level, (uint8_t)(0x80 | (code & 0x3f)));
    } else if (code >= 0xd800 && code < 0xdc00) {
        l->high = code;
    } else if (code >= 0xdc00 && code < 0xe000) {
        uint32_t c = l->high == 0 ? 0xfffd : 0x10000 + ((l->high - 0xd800) << 10) + (code - 0xdc00);
        emit_character(unwrap, level, (uint8_t)(c < 0x10000 ? 0xef : 0xf0 | c >> 18));
        if (c >= 0x10000)
            emit(unwrap, level, (uint8_t)(0x80 | (c >> 12 & 0x3f)));
        emit(unwrap, level, (uint8_t)(0x80 | (c >> 6 & 0x3f)));
        emit(unwrap, level, (uint8_t)(0x80 | (c & 0x3f)));
        l->high = 0;
    } else {
        emit_character(unwrap, level, (uint8_t)(0xe0 | code >> 12));
        emit(unwrap, level, (uint8_t)(0x80 | (code >> 6 & 0x3f)));
        emit(unwrap, level, (uint8_t)(0x80 | (code & 0x3f)));
    }
}

static void take_escape(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    l->state = VALUE;
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
        l->state = UNICODE;
        return;
    default:
        if (c != '"' && c != '\\' && c != '/' && c != '\'')
            emit_character(unwrap, level, '\\');
        emit_character(unwrap, level, c);
    }
}

static void take_digit(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    uint8_t lower = (uint8_t)fv_ascii_lower((char)c);
    bool is_digit = fv_ascii_is_digit((char)c);
    if (!is_digit && (lower < 'a' || lower > 'f')) {
        l->state = VALUE;
        fv_unwrap_push_json(unwrap, level, c);
        return;
    }
    l->code = l->code << 4 | (uint32_t)(is_digit ? c - '0' : lower - 'a' + 10);
    if (++l->num_digits < 4)
        return;
    l->state = VALUE;
    emit_code(unwrap, level, l->code);
}

/* A line end that nobody escaped: the document was cut there when another one follows, or when it
 * had begun within a line; else the line was broken. */
static void take_value_line(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (!l->at_line || c == '{' || c == '[') {
        l->state = LINE;
        if (level + 1 < FV_UNWRAP_JSON_DEPTH)
            fv_unwrap_init_json(&unwrap->json[level + 1]);
    } else if (!is_line_end(c)) {
        l->state = VALUE;
    }
    if (l->state == VALUE_LINE)
        emit(unwrap, level, c);
    else
        fv_unwrap_push_json(unwrap, level, c);
}

static void take_value(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (c == '\\')
        l->state = ESCAPE;
    else if (c == l->quote)
        end_value(unwrap, level);
    else
        emit_character(unwrap, level, c);
    if (is_line_end(c))
        l->state = VALUE_LINE;
}

void fv_unwrap_push_json(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    typedef void taker(fv_unwrap *, size_t, uint8_t);
    static taker *const takers[] = {
        [LINE] = take_line,
        [TEXT] = take_text,
        [OPEN] = take_open,
        [NAME] = take_name,
        [AFTER_NAME] = take_colon,
        [AFTER_COLON] = take_colon,
        [STRUCTURE] = take_structure,
        [KEY] = take_key,
        [KEY_ESCAPE] = take_key,
        [VALUE] = take_value,
        [VALUE_LINE] = take_value_line,
        [ESCAPE] = take_escape,
        [UNICODE] = take_digit,
    };
    takers[unwrap->json[level].state](unwrap, level, c);
}
