#include "names/sip.h"

#include "base/cursor.h"
#include "fedval/name.h"

#include <string.h>

/* ---- spans ---- */

/* A set is a handful of characters: a loop over it costs less than a call. */
static inline bool is_one_of(char c, const char *set)
{
    while (*set != '\0' && *set != c)
        set++;
    return *set != '\0';
}

/* The index of the first character of a set, or the length. */
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

/* RFC 3986 3.1; 0 for what cannot be a scheme. */
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

/* Where the user part ends: at the one "@" that RFC 3261 allows, or, where somebody left an
 * e-mail address unescaped in the user part, at the last one before the parameters. The user part
 * itself may hold ";" and "?". */
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

/* Moves over a quoted string with its escapes; not at all when its end is missing. */
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

/* The index of the first character of a set that stands outside quoted strings, or the length. A
 * quote that is never closed is a character like any other; as every quote after it would be an
 * escaped one inside it, none of those is closed either, and they are not tried again. */
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

/* The length of the value at the beginning of a text: up to a comma, of which those in quotes and
 * in angle brackets do not count. A bracket that is not closed before the next one opens, or at
 * all, holds no commas. */
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
        /* RFC 3261 20.10: without brackets a semicolon begins the header's own parameters. */
        if (!fv_sip_uri_parse(head(value, find(value, ";")), &address.uri))
            return false;
        *out = address;
        return true;
    }
    fv_text inside = after(value, open);
    if (!fv_sip_uri_parse(head(inside, find(inside, ">")), &address.uri))
        return false;
    take_display(head(value, open), &address);
    *out = address;
    return true;
}
