#include "render/json/pull.h"

#include <string.h>

/* ---- bytes ---- */

void fv_pull_init(fv_pull *pull, fv_text text, fv_arena *arena)
{
    *pull = (fv_pull){.text = text, .arena = arena};
}

static void complain(fv_pull *pull, const char *fault)
{
    if (pull->fault == NULL)
        pull->fault = fault;
}

/* JSON knows four kinds of space (RFC 8259 2). The byte that comes then; NUL at the end and once
 * something was wrong. */
static char peek(fv_pull *pull)
{
    while (pull->fault == NULL && pull->at < pull->text.len) {
        char c = pull->text.data[pull->at];
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
            return c;
        pull->at++;
    }
    return '\0';
}

static bool take(fv_pull *pull, char wanted, const char *fault)
{
    if (peek(pull) != wanted) {
        complain(pull, fault);
        return false;
    }
    pull->at++;
    return true;
}

static bool take_word(fv_pull *pull, const char *word)
{
    if (peek(pull) != word[0])
        return false;
    size_t len = strlen(word);
    if (pull->text.len - pull->at < len || memcmp(pull->text.data + pull->at, word, len) != 0)
        return false;
    pull->at += len;
    return true;
}

/* ---- strings ---- */

static size_t find_quote(fv_text text, size_t at)
{
    const char *quote = at < text.len ? memchr(text.data + at, '"', text.len - at) : NULL;
    return quote == NULL ? text.len : (size_t)(quote - text.data);
}

/* Returns the place of the quote that ends the string whose contents begin at `at`; the length of
 * the text if none does. The next quote is looked for only when the last one was escaped, so that
 * each byte is looked at twice at most, however many escapes there are. */
static size_t find_end(fv_text text, size_t at, bool *out_has_escape)
{
    size_t quote = find_quote(text, at);
    *out_has_escape = false;
    while (at < quote) {
        const char *escape = memchr(text.data + at, '\\', quote - at);
        if (escape == NULL)
            break;
        *out_has_escape = true;
        at = (size_t)(escape - text.data) + 2;
        if (at > quote)
            quote = find_quote(text, at);
    }
    return quote;
}

static size_t find_control(fv_text text, size_t at, size_t end)
{
    while (at < end && (unsigned char)text.data[at] >= ' ')
        at++;
    return at;
}

/* The raw contents of the string that comes. */
static bool take_string(fv_pull *pull, fv_text *out, bool *out_has_escape)
{
    if (!take(pull, '"', "a string is missing"))
        return false;
    size_t start = pull->at, end = find_end(pull->text, start, out_has_escape);
    pull->at = find_control(pull->text, start, end);
    if (pull->at < end) {
        complain(pull, "a control character in a string");
        return false;
    }
    if (end == pull->text.len) {
        complain(pull, "a string that does not end");
        return false;
    }
    *out = (fv_text){pull->text.data + start, end - start};
    pull->at = end + 1;
    return true;
}

static bool read_hex(fv_text text, size_t at, uint32_t *out)
{
    *out = 0;
    if (text.len < 4 || at > text.len - 4)
        return false;
    for (size_t i = at; i < at + 4; i++) {
        int digit = fv_ascii_hex_digit(text.data[i]);
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

static size_t put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

/* "\u00e4", and the pairs of surrogates that stand for what has no place in 16 bits (RFC 8259 7).
 * Six bytes become three at most, twelve four. */
static bool unescape_unicode(fv_text raw, size_t *at, char *out, size_t *len)
{
    uint32_t c, low;
    if (!read_hex(raw, *at, &c))
        return false;
    *at += 4;
    if (c >= 0xd800 && c < 0xdc00) {
        if (*at + 2 > raw.len || raw.data[*at] != '\\' || raw.data[*at + 1] != 'u' ||
            !read_hex(raw, *at + 2, &low) || low < 0xdc00 || low > 0xdfff)
            return false;
        *at += 6;
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    } else if (c >= 0xdc00 && c < 0xe000) {
        return false;
    }
    if (c == 0)
        return false; /* no text of ours holds one */
    *len += put_utf8(out + *len, c);
    return true;
}

static bool unescape(fv_text raw, char *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    size_t len = 0;
    for (size_t i = 0; i < raw.len;) {
        char c = raw.data[i++];
        if (c != '\\') {
            out[len++] = c;
            continue;
        }
        c = raw.data[i++]; /* take_string has checked that a character follows */
        const char *known = c == '\0' ? NULL : strchr(from, c);
        if (known != NULL)
            out[len++] = to[known - from];
        else if (c != 'u' || !unescape_unicode(raw, &i, out, &len))
            return false;
    }
    out[len] = '\0';
    return true;
}

void fv_pull_text(fv_pull *pull, const char **out)
{
    fv_text raw;
    bool has_escape;
    if (take_word(pull, "null"))
        return;
    size_t start = pull->at;
    if (!take_string(pull, &raw, &has_escape))
        return;
    char *copy = fv_arena_copy_text(pull->arena, raw.data, raw.len);
    if (copy == NULL) {
        pull->is_out_of_memory = true;
        complain(pull, "out of memory");
    } else if (has_escape && !unescape(raw, copy)) {
        pull->at = start;
        complain(pull, "an escape that does not exist");
    } else {
        *out = copy;
    }
}

/* ---- numbers and words ---- */

static bool is_of_number(char c)
{
    return fv_ascii_is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

static fv_text take_number(fv_pull *pull)
{
    size_t start = pull->at;
    while (pull->at < pull->text.len && is_of_number(pull->text.data[pull->at]))
        pull->at++;
    return (fv_text){pull->text.data + start, pull->at - start};
}

void fv_pull_i64(fv_pull *pull, int64_t *out)
{
    uint64_t value;
    if (take_word(pull, "null"))
        return;
    (void)peek(pull);
    fv_text digits = take_number(pull);
    if (!fv_text_to_u64(digits, &value) || value > INT64_MAX) {
        complain(pull, "a whole number is missing");
        return;
    }
    if (pull->fault == NULL)
        *out = (int64_t)value;
}

void fv_pull_bool(fv_pull *pull, bool *out)
{
    if (take_word(pull, "null"))
        return;
    if (take_word(pull, "true"))
        *out = true;
    else if (take_word(pull, "false"))
        *out = false;
    else
        complain(pull, "neither true nor false");
}

/* ---- objects and arrays ---- */

bool fv_pull_open(fv_pull *pull, char opener)
{
    if (take_word(pull, "null") ||
        !take(pull, opener, opener == '{' ? "an object is missing" : "an array is missing"))
        return false;
    if (pull->depth == FV_PULL_MAX_DEPTH) {
        pull->is_beyond = true;
        complain(pull, "nested too deeply");
        return false;
    }
    pull->depth++;
    pull->has_items = false;
    return true;
}

static bool go_on(fv_pull *pull, char closer)
{
    if (peek(pull) == closer) {
        pull->at++;
        pull->depth--;
        pull->has_items = true; /* the outer one has this */
        return false;
    }
    if (pull->has_items && !take(pull, ',', "a comma is missing"))
        return false;
    pull->has_items = true;
    return pull->fault == NULL;
}

bool fv_pull_member(fv_pull *pull, fv_text *out_key)
{
    bool has_escape;
    if (!go_on(pull, '}') || !take_string(pull, out_key, &has_escape) ||
        !take(pull, ':', "a colon is missing"))
        return false;
    if (has_escape)
        out_key->len = 0;
    return true;
}

bool fv_pull_item(fv_pull *pull)
{
    return go_on(pull, ']');
}

static void skip_plain(fv_pull *pull)
{
    static const char *const words[] = {"null", "true", "false"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (take_word(pull, words[i]))
            return;
    }
    (void)peek(pull);
    if (take_number(pull).len == 0)
        complain(pull, "a value is missing");
}

/* Iterates, so that what is nested deeply costs no stack. An object or array whose items were begun
 * here is ended here. */
void fv_pull_skip(fv_pull *pull)
{
    bool is_object[FV_PULL_MAX_DEPTH + 1];
    size_t outer = pull->depth;
    fv_text text;
    bool has_escape;
    do {
        if (pull->depth > outer) {
            bool more = is_object[pull->depth] ? fv_pull_member(pull, &text) : fv_pull_item(pull);
            if (!more)
                continue;
        }
        char c = peek(pull);
        if (c == '{' || c == '[') {
            if (fv_pull_open(pull, c))
                is_object[pull->depth] = c == '{';
        } else if (c == '"') {
            (void)take_string(pull, &text, &has_escape);
        } else {
            skip_plain(pull);
        }
    } while (pull->depth > outer && pull->fault == NULL);
}

void fv_pull_end(fv_pull *pull)
{
    (void)peek(pull);
    if (pull->at < pull->text.len)
        complain(pull, "something comes behind the document");
}

bool fv_pull_is_key(fv_text key, const char *name)
{
    return key.len > 0 && key.data[0] == name[0] && strncmp(key.data, name, key.len) == 0 &&
           name[key.len] == '\0';
}
