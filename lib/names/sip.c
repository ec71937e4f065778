#include "names/sip.h"

#include "base/cursor.h"
#include "fedval/name.h"

#include <string.h>

/* ---- spans ---- */

/* Whether `c` is in `set`. A set has only a few characters, so a loop is faster than a call of
 * strchr. */
static inline bool is_one_of(char c, const char *set)
{
    while (*set != '\0' && *set != c)
        set++;
    return *set != '\0';
}

/* Returns the index of the first character that is in `set`, or the length of the text. */
static size_t find(fv_text text, const char *set)
{
    size_t i = 0;

    while (i < text.len && !is_one_of(text.data[i], set))
        i++;
    return i;
}

static fv_text head(fv_text text, size_t len)
{
    return (fv_text){text.data, len};
}

static fv_text after(fv_text text, size_t index)
{
    return (fv_text){text.data + index + 1, text.len - index - 1};
}

/* ---- one URI ---- */

static const struct {
    const char *name;
    uint32_t scheme;
} schemes[] = {
    {"sip", FEDVAL_SIP_SCHEME_SIP},
    {"sips", FEDVAL_SIP_SCHEME_SIPS},
    {"tel", FEDVAL_SIP_SCHEME_TEL},
};

/* RFC 3986 3.1: reads the scheme. Returns 0 for a text that cannot be a scheme. */
static uint32_t read_scheme(fv_text text)
{
    if (text.len == 0 || !fv_ascii_is_alpha(text.data[0]))
        return 0;
    for (size_t i = 1; i < text.len; i++) {
        if (!fv_ascii_is_alnum(text.data[i]) && !is_one_of(text.data[i], "+-."))
            return 0;
    }
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (fv_text_equal_nocase(text, fv_text_of(schemes[i].name)))
            return schemes[i].scheme;
    }
    return FEDVAL_SIP_SCHEME_OTHER;
}

static bool read_port(fv_text text, uint32_t *out)
{
    uint64_t port;

    if (!fv_text_to_u64(fv_text_trim(text), &port) || port == 0 || port > UINT16_MAX)
        return false;
    *out = (uint32_t)port;
    return true;
}

static bool read_host_and_port(fv_text text, fv_sip_uri *out)
{
    text = fv_text_trim(text);
    size_t host_len = find(text, text.len > 0 && text.data[0] == '[' ? "]" : ":");
    if (host_len < text.len && text.data[host_len] == ']')
        host_len++;
    out->host = fv_text_trim(head(text, host_len));
    if (out->host.len == 0)
        return false;
    fv_text rest = fv_text_trim((fv_text){text.data + host_len, text.len - host_len});
    if (rest.len == 0)
        return true;
    return rest.data[0] == ':' && read_port(after(rest, 0), &out->port);
}

/* Returns the index of the "@" that ends the user part, or the length of the text. RFC 3261 allows
 * one "@", and the user part before it may hold ";" and "?". People also write
 * "sip:joe@a.com@b.com" without escaping the first "@"; then it is the last "@" before the
 * parameters. */
static size_t find_at(fv_text text)
{
    size_t at = find(text, "@");

    if (at == text.len)
        return at;
    size_t end = at + find((fv_text){text.data + at, text.len - at}, ";?");
    for (size_t i = at; i < end; i++) {
        if (text.data[i] == '@')
            at = i;
    }
    return at;
}

static bool read_sip(fv_text rest, fv_sip_uri *out)
{
    size_t at = find_at(rest);

    if (at < rest.len) {
        fv_text user = head(rest, at);
        out->user = fv_text_trim(head(user, find(user, ":"))); /* ":password" is not kept */
        rest = after(rest, at);
    }
    return read_host_and_port(head(rest, find(rest, ";?")), out);
}

bool fv_sip_uri_parse(fv_text uri, fv_sip_uri *out)
{
    fv_sip_uri parsed = {0};

    uri = fv_text_trim(uri);
    size_t colon = find(uri, ":");
    if (colon == uri.len || memchr(uri.data, '\0', uri.len) != NULL)
        return false;
    fv_text rest = fv_text_trim(after(uri, colon));
    parsed.scheme = read_scheme(fv_text_trim(head(uri, colon)));
    if (parsed.scheme == 0 || rest.len == 0)
        return false;
    if (parsed.scheme == FEDVAL_SIP_SCHEME_TEL)
        parsed.user = fv_text_trim(head(rest, find(rest, ";")));
    else if (parsed.scheme != FEDVAL_SIP_SCHEME_OTHER && !read_sip(rest, &parsed))
        return false;
    *out = parsed;
    return true;
}

/* ---- header values ---- */

/* Moves over a quoted string and its escapes. When the closing quote is missing, it moves nothing
 * and returns false. */
static bool skip_quoted(fv_cursor *cursor)
{
    fv_cursor ahead = *cursor;
    uint8_t c;

    if (!fv_cursor_read_u8(&ahead, &c) || c != '"')
        return false;
    while (fv_cursor_read_u8(&ahead, &c)) {
        if (c == '"') {
            *cursor = ahead;
            return true;
        }
        if (c == '\\')
            (void)fv_cursor_skip(&ahead, 1);
    }
    return false;
}

/* Returns the index of the first character that is in `set` and not inside a quoted string, or the
 * length of the text. A quote that is never closed is an ordinary character. Every quote behind it
 * must be escaped, else it would have closed the first; so none of those is closed either, and
 * `*may_be_quoted` becomes false to save looking for their ends. */
static size_t find_unquoted(fv_text text, const char *set, bool *may_be_quoted)
{
    fv_cursor cursor;
    uint8_t c;

    fv_cursor_init(&cursor, (fv_bytes){(const uint8_t *)text.data, text.len});
    while (fv_cursor_peek_u8(&cursor, &c) && !is_one_of((char)c, set)) {
        if (c == '"' && *may_be_quoted) {
            *may_be_quoted = skip_quoted(&cursor);
            if (*may_be_quoted)
                continue;
        }
        (void)fv_cursor_skip(&cursor, 1);
    }
    return fv_cursor_offset(&cursor);
}

/* Returns the length of the first value of a header: up to the first comma that is not in quotes or
 * in angle brackets. When a "<" is not followed by its ">", or another "<" comes first, the next
 * comma ends the value. */
static size_t measure_value(fv_text text, bool *may_be_quoted)
{
    size_t end = find_unquoted(text, ",<", may_be_quoted);

    while (end < text.len && text.data[end] == '<') {
        fv_text inside = after(text, end);
        size_t closing = find(inside, "<>");
        if (closing == inside.len || inside.data[closing] == '<')
            return end + find((fv_text){text.data + end, text.len - end}, ",");
        fv_text rest = after(inside, closing);
        end = text.len - rest.len + find_unquoted(rest, ",<", may_be_quoted);
    }
    return end;
}

void fv_sip_values_init(fv_sip_values *values, fv_text header)
{
    values->rest = header;
    values->may_be_quoted = true;
}

bool fv_sip_values_next(fv_sip_values *values, fv_text *out)
{
    fv_text rest = values->rest;

    if (rest.len == 0)
        return false;
    size_t len = measure_value(rest, &values->may_be_quoted);
    *out = fv_text_trim(head(rest, len));
    values->rest = len == rest.len ? head(rest, 0) : after(rest, len);
    return true;
}

static void take_display(fv_text display, fv_sip_address *out)
{
    display = fv_text_trim(display);
    out->display = display;
    out->display_is_quoted =
        display.len >= 2 && display.data[0] == '"' && display.data[display.len - 1] == '"';
}

bool fv_sip_address_parse(fv_text value, fv_sip_address *out)
{
    fv_sip_address address = {0};
    bool may_be_quoted = true;
    size_t open = find_unquoted(value, "<", &may_be_quoted);

    if (open == value.len) {
        /* RFC 3261 20: "If the URI is not enclosed in angle brackets, any semicolon-delimited
         * parameters are header-parameters, not URI parameters." */
        if (!fv_sip_uri_parse(head(value, find(value, ";")), &address.uri))
            return false;
        *out = address;
        return true;
    }
    fv_text inside = after(value, open);
    /* Parameters behind the host show that the host is whole. */
    address.is_cut = find(inside, ">;?") == inside.len;
    if (!fv_sip_uri_parse(head(inside, find(inside, ">")), &address.uri))
        return false;
    take_display(head(value, open), &address);
    *out = address;
    return true;
}
