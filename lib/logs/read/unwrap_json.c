/* Reads JSON (RFC 8259), and the dictionaries and hashes that Python and Ruby print, and puts each
 * text value on lines of its own. A document begins with a bracket and a name, or is a line that
 * begins with a name; everything else passes unchanged. */
#include "logs/read/unwrap_json.h"

#include "base/text.h"
#include "logs/read/spacing.h"

#include <string.h>

#define NAME_MAX_LEN 64

static bool open_bracket(fv_json_level *l, uint8_t c)
{
    if (l->depth == FV_JSON_DEPTH_MAX)
        return false;
    l->kinds = l->kinds << 1 | (c == '{');
    l->is_same_object = false;
    l->depth++;
    l->wants_key = c == '{';
    return true;
}

/* ---- before a document is known to be one ---- */

static void begin_document(fv_json_level *l)
{
    l->depth = 0;
    l->num_held = 0;
    l->has_text = false;
    l->has_lines = false;
    l->line_ends = 0;
    l->name_len = 0;
}

static void take_text(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    fv_wrapped_release(unwrap, level);
    l->state = FV_JSON_TEXT;
    if (c == '{') {
        begin_document(l);
        l->at_line = false;
        open_bracket(l, c);
        l->state = FV_JSON_OPEN;
        l->held[l->num_held++] = c;
        return;
    }
    if (fv_wrapped_is_line_end(c))
        l->state = FV_JSON_LINE;
    fv_wrapped_emit(unwrap, level, c);
}

/* Returns false when too much is held: then it is no document, and the bytes pass as text. */
static bool hold(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (l->num_held < FV_UNWRAP_HELD) {
        l->held[l->num_held++] = c;
        return true;
    }
    take_text(unwrap, level, c);
    return false;
}

static void begin_name(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    l->quote = c;
    l->name_len = 0;
    l->state = FV_JSON_NAME;
    hold(unwrap, level, c);
}

static void take_line(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    begin_document(l);
    l->at_line = true;
    if (c == '{' || c == '[') {
        open_bracket(l, c);
        l->state = FV_JSON_OPEN;
        hold(unwrap, level, c);
    } else if (c == '"') {
        begin_name(unwrap, level, c);
    } else if (fv_is_blank(c) || fv_wrapped_is_line_end(c)) {
        fv_wrapped_emit(unwrap, level, c);
    } else {
        take_text(unwrap, level, c);
    }
}

static void take_structure(fv_unwrap *unwrap, size_t level, uint8_t c);

/* It is a document: drops the held structure except its line ends. Text before it on the same line
 * was already passed on. */
static void confirm(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    uint8_t held = l->num_held;
    l->num_held = 0;
    for (uint8_t i = 0; i < held; i++) {
        if (fv_wrapped_is_line_end(l->held[i]))
            fv_wrapped_emit(unwrap, level, l->held[i]);
    }
    l->state = FV_JSON_STRUCTURE;
    take_structure(unwrap, level, c);
}

static void take_open(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    bool is_quote = c == '"' || c == '\'';
    if (is_quote && (l->kinds & 1) == 0)
        confirm(unwrap, level, c);
    else if (is_quote)
        begin_name(unwrap, level, c);
    else if ((c == '{' || c == '[') && open_bracket(l, c))
        hold(unwrap, level, c);
    else if (fv_is_blank(c) || (fv_wrapped_is_line_end(c) && l->at_line))
        hold(unwrap, level, c);
    else
        take_text(unwrap, level, c);
}

static bool is_name_character(uint8_t c)
{
    return fv_ascii_is_alnum((char)c) || (c != 0 && strchr("_@.-/: ", c) != NULL);
}

static void note_name(fv_json_level *l, uint8_t c)
{
    if (l->name_len < FV_UNWRAP_NAME)
        l->name[l->name_len] = fv_ascii_lower((char)c);
    if (l->name_len < UINT8_MAX)
        l->name_len++;
}

static void take_name(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (c == l->quote) {
        l->state = FV_JSON_AFTER_NAME;
        hold(unwrap, level, c);
    } else if (is_name_character(c) && l->name_len < NAME_MAX_LEN) {
        note_name(l, c);
        hold(unwrap, level, c);
    } else {
        take_text(unwrap, level, c);
    }
}

static void take_colon(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (l->state == FV_JSON_AFTER_NAME && (c == ':' || c == '=')) {
        l->state = FV_JSON_AFTER_COLON;
        hold(unwrap, level, c);
    } else if (fv_is_blank(c) || (c == '>' && l->state == FV_JSON_AFTER_COLON)) {
        hold(unwrap, level, c);
    } else if (l->state == FV_JSON_AFTER_COLON && c != 0 &&
               strchr("\"'{[-0123456789tfnTFN", c) != NULL) {
        l->wants_key = false;
        confirm(unwrap, level, c);
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
    if (l->depth > 0)
        return;
    l->state = FV_JSON_AFTER;
    if (l->has_lines)
        fv_wrapped_emit(unwrap, level, FV_INNER_LINE_END);
}

/* Drops the brackets and marks that close what is around the document. Other text on its line is a
 * line of its own. */
static void take_after(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    if (c != 0 && strchr(" \t])},;\"'", c) != NULL)
        return;
    fv_json_level *l = &unwrap->json[level];
    if (l->has_text && !l->has_lines && !fv_wrapped_is_line_end(c) && c != '{')
        fv_wrapped_emit(unwrap, level, FV_INNER_LINE_END);
    take_text(unwrap, level, c);
}

static void take_structure(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (c == '"' || c == '\'') {
        l->quote = c;
        if (!l->wants_key) {
            fv_wrapped_begin_text(unwrap, level, c);
            return;
        }
        l->name_len = 0;
        l->state = FV_JSON_KEY;
    } else if (c == '[' && fv_wrapped_may_be_bytes(l)) {
        fv_wrapped_begin_text(unwrap, level, c);
        l->state = FV_JSON_BYTES;
    } else if (c == '{' || c == '[') {
        if (!open_bracket(l, c))
            leave(unwrap, level, c);
    } else if (c == '}' || c == ']') {
        close_bracket(unwrap, level, c);
    } else if (c == ',') {
        l->wants_key = l->depth == 0 || (l->kinds & 1) != 0;
    } else if (c == ':' || c == '=' || c == '>') {
        l->wants_key = false;
    } else if (fv_wrapped_is_line_end(c)) {
        if (l->depth == 0 || !l->at_line)
            l->state = FV_JSON_LINE;
        fv_wrapped_emit(unwrap, level, c);
    } else if (!fv_is_blank(c) && !fv_ascii_is_alnum((char)c) && c != '-' && c != '+' && c != '.') {
        leave(unwrap, level, c);
    }
}

static void take_key(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    fv_json_level *l = &unwrap->json[level];
    if (l->state == FV_JSON_KEY_ESCAPE)
        l->state = FV_JSON_KEY;
    else if (c == '\\')
        l->state = FV_JSON_KEY_ESCAPE;
    else if (c == l->quote)
        l->state = FV_JSON_STRUCTURE;
    else if (fv_wrapped_is_line_end(c))
        leave(unwrap, level, c);
    else
        note_name(l, c);
}

void fv_unwrap_push_json(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    typedef void taker(fv_unwrap *, size_t, uint8_t);
    static taker *const takers[] = {
        [FV_JSON_LINE] = take_line,
        [FV_JSON_TEXT] = take_text,
        [FV_JSON_OPEN] = take_open,
        [FV_JSON_NAME] = take_name,
        [FV_JSON_AFTER_NAME] = take_colon,
        [FV_JSON_AFTER_COLON] = take_colon,
        [FV_JSON_STRUCTURE] = take_structure,
        [FV_JSON_KEY] = take_key,
        [FV_JSON_KEY_ESCAPE] = take_key,
        [FV_JSON_VALUE] = fv_wrapped_take_value,
        [FV_JSON_VALUE_LINE] = fv_wrapped_take_value_line,
        [FV_JSON_ESCAPE] = fv_wrapped_take_escape,
        [FV_JSON_UNICODE] = fv_wrapped_take_digit,
        [FV_JSON_AFTER] = take_after,
        [FV_JSON_BYTES] = fv_wrapped_take_byte,
    };
    takers[unwrap->json[level].state](unwrap, level, c);
}
