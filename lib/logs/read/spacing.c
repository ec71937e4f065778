#include "logs/read/spacing.h"

#include "base/text.h"

#include <string.h>

#define TRACE_HEAD_MAX 200
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define TAG_MAX 300

typedef struct disguise {
    const char *bytes;
    fv_symbol_kind kind;
    char c;
} disguise;

/* By first byte; the longer of two that begin alike comes first. */
static const disguise disguises[] = {
    {"\r\n", FV_SYMBOL_LINE_END, 0},
    {"#015#012", FV_SYMBOL_ESCAPED_LINE_END, 0}, /* rsyslog's escapes; the LF became a blank */
    {"#015 ", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"#015", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"#012", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"#011", FV_SYMBOL_BLANK, 0},
    {"&quot;", FV_SYMBOL_VISIBLE, '"'},
    {"&#34;", FV_SYMBOL_VISIBLE, '"'},
    {"&#39;", FV_SYMBOL_VISIBLE, '\''},
    {"&lt;", FV_SYMBOL_VISIBLE, '<'},
    {"&gt;", FV_SYMBOL_VISIBLE, '>'},
    {"&amp;", FV_SYMBOL_VISIBLE, '&'},
    {"&nbsp;", FV_SYMBOL_BLANK, 0},
    {"\xc2\xa0", FV_SYMBOL_BLANK, 0},     /* U+00A0 no-break space */
    {"\xc2\xad", FV_SYMBOL_NOTHING, 0},   /* U+00AD soft hyphen */
    {"\xc2\xab", FV_SYMBOL_VISIBLE, '"'}, /* guillemets */
    {"\xc2\xbb", FV_SYMBOL_VISIBLE, '"'},
    {"\xe2\x80\xa8", FV_SYMBOL_LINE_END, 0}, /* U+2028 line separator */
    {"\xe2\x80\xa9", FV_SYMBOL_LINE_END, 0},
    {"\xe2\x80\xaf", FV_SYMBOL_BLANK, 0},
    {"\xe2\x80\x98", FV_SYMBOL_VISIBLE, '\''},
    {"\xe2\x80\x99", FV_SYMBOL_VISIBLE, '\''},
    {"\xe2\x80\x9c", FV_SYMBOL_VISIBLE, '"'},
    {"\xe2\x80\x9d", FV_SYMBOL_VISIBLE, '"'},
    {"\xe2\x80\x9e", FV_SYMBOL_VISIBLE, '"'},
    {"\xe2\x80\x9f", FV_SYMBOL_VISIBLE, '"'},
    {"\xe2\x80\xb3", FV_SYMBOL_VISIBLE, '"'},
    {"\xe2\x80\x90", FV_SYMBOL_VISIBLE, '-'},
    {"\xe2\x80\x91", FV_SYMBOL_VISIBLE, '-'},
    {"\xe2\x80\x92", FV_SYMBOL_VISIBLE, '-'},
    {"\xe2\x80\x93", FV_SYMBOL_VISIBLE, '-'},
    {"\xe2\x80\x8b", FV_SYMBOL_NOTHING, 0}, /* U+200B zero width space, and its kin */
    {"\xe2\x80\x8c", FV_SYMBOL_NOTHING, 0},
    {"\xe2\x80\x8d", FV_SYMBOL_NOTHING, 0},
    {"\xe2\x81\xa0", FV_SYMBOL_NOTHING, 0},
    {"\xe2\x80\x82", FV_SYMBOL_BLANK, 0},
    {"\xe2\x80\x83", FV_SYMBOL_BLANK, 0},
    {"\xe2\x80\x89", FV_SYMBOL_BLANK, 0},
    {"\xe3\x80\x80", FV_SYMBOL_BLANK, 0},
    {"\xef\xbb\xbf", FV_SYMBOL_NOTHING, 0}, /* U+FEFF */
};

static bool starts_with(fv_bytes piece, size_t at, const char *bytes)
{
    size_t len = strlen(bytes);
    return at <= piece.len && piece.len - at >= len && memcmp(piece.data + at, bytes, len) == 0;
}

/* How long the escape is that stands here: a line may have been broken within it. 0: none. */
static size_t escape_len(fv_bytes piece, size_t at, const char *escape)
{
    size_t end = at;
    for (; *escape != '\0'; escape++) {
        while (end > at && end < piece.len && (piece.data[end] == '\n' || piece.data[end] == '\r'))
            end++;
        if (end >= piece.len || piece.data[end] != (uint8_t)*escape)
            return 0;
        end++;
    }
    return end - at;
}

static bool read_disguise(fv_bytes piece, size_t at, fv_symbol *out)
{
    for (size_t i = 0; i < COUNT(disguises); i++) {
        const disguise *d = &disguises[i];
        if ((uint8_t)d->bytes[0] != piece.data[at])
            continue;
        bool is_escape = d->bytes[0] == '#' || d->bytes[0] == '&';
        size_t len = is_escape                          ? escape_len(piece, at, d->bytes)
                     : starts_with(piece, at, d->bytes) ? strlen(d->bytes)
                                                        : 0;
        if (len > 0) {
            *out = (fv_symbol){d->kind, d->c, len};
            return true;
        }
    }
    return false;
}

/* Markdown escapes ("TL\_WARN", "\$\$begin") and its backslash at a line's end. A backslash before
 * a letter or a quotation mark means itself. */
static bool is_escape(fv_bytes piece, size_t at)
{
    return at + 1 == piece.len ||
           (piece.data[at + 1] != '\0' && strchr("_$*<>[]\r\n", (char)piece.data[at + 1]) != NULL);
}

/* Also a byte of U+00A0, on either side. */
static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xc2 || c == 0xa0;
}

/* "**SIP/2.0 504 Server time-out**": Markdown's bold, told from masked characters
 * ("sip:***@**.org") by what stands outside. */
static bool is_bold(fv_bytes piece, size_t at)
{
    uint8_t before = at > 0 ? piece.data[at - 1] : '\n';
    uint8_t after = at + 2 < piece.len ? piece.data[at + 2] : '\n';
    if (at + 1 >= piece.len || piece.data[at + 1] != '*' || before == '*' || after == '*')
        return false;
    return is_space(before) || is_space(after) || after == ':';
}

typedef struct tag {
    const char *name;
    fv_symbol_kind kind;
} tag;

/* The elements of HTML in which logs are shown: those that begin a line, and those within one. */
static const tag tags[] = {
    {"br", FV_SYMBOL_ESCAPED_LINE_END},
    {"p", FV_SYMBOL_ESCAPED_LINE_END},
    {"div", FV_SYMBOL_ESCAPED_LINE_END},
    {"li", FV_SYMBOL_ESCAPED_LINE_END},
    {"pre", FV_SYMBOL_ESCAPED_LINE_END},
    {"tr", FV_SYMBOL_ESCAPED_LINE_END},
    {"td", FV_SYMBOL_ESCAPED_LINE_END},
    {"span", FV_SYMBOL_BLANK},
    {"code", FV_SYMBOL_BLANK},
    {"b", FV_SYMBOL_BLANK},
    {"strong", FV_SYMBOL_BLANK},
    {"i", FV_SYMBOL_BLANK},
    {"em", FV_SYMBOL_BLANK},
    {"font", FV_SYMBOL_BLANK},
    {"a", FV_SYMBOL_BLANK},
};

static const tag *find_tag(fv_text name)
{
    for (size_t i = 0; i < COUNT(tags); i++)
        if (fv_text_equal_nocase(name, fv_text_of(tags[i].name)))
            return &tags[i];
    return NULL;
}

static bool is_line_end(uint8_t c)
{
    return c == '\n' || c == '\r';
}

/* The name of an element, within which a line may have been broken. */
static size_t read_tag_name(fv_bytes piece, size_t at, char *name, size_t size)
{
    size_t len = 0;
    while (at < piece.len && len + 1 < size &&
           (fv_ascii_is_alpha((char)piece.data[at]) || is_line_end(piece.data[at]))) {
        if (!is_line_end(piece.data[at]))
            name[len++] = (char)piece.data[at];
        at++;
    }
    name[len] = '\0';
    return at;
}

/* "<span class="x">", "</p>": the whole of it. */
static bool read_tag(fv_bytes piece, size_t at, fv_symbol *out)
{
    char name[8];
    size_t start = at + 1;
    while (start < piece.len && (piece.data[start] == '/' || is_line_end(piece.data[start])))
        start++;
    size_t end = read_tag_name(piece, start, name, sizeof(name));
    if (end >= piece.len || (piece.data[end] != '>' && piece.data[end] != '/' &&
                             !is_space(piece.data[end]) && !is_line_end(piece.data[end - 1])))
        return false;
    const tag *found = find_tag(fv_text_of(name));
    if (found == NULL)
        return false;
    while (end < piece.len && end - at < TAG_MAX && piece.data[end] != '>' &&
           piece.data[end] != '<')
        end++;
    if (end >= piece.len || piece.data[end] != '>')
        return false;
    *out = (fv_symbol){found->kind, 0, end + 1 - at};
    return true;
}

/* A log within JSON: its line ends, and the quotation marks around values. A quoted quotation mark
 * of SIP stands between words. */
static bool read_json_escape(fv_bytes piece, size_t at, fv_symbol *out)
{
    uint8_t before = at > 0 ? piece.data[at - 1] : 0;
    uint8_t after = at + 2 < piece.len ? piece.data[at + 2] : 0;
    if (starts_with(piece, at, "\\r\\n")) {
        *out = (fv_symbol){FV_SYMBOL_ESCAPED_LINE_END, 0, 4};
        return true;
    }
    if (!starts_with(piece, at, "\\\"") || (before != '=' && after != ';' && after != '\\'))
        return false;
    *out = (fv_symbol){FV_SYMBOL_VISIBLE, '"', 2};
    return true;
}

static bool can_be_disguised(uint8_t c)
{
    return c == '\r' || c == '#' || c == '&' || c >= 0xc2;
}

void fv_symbol_read(fv_bytes piece, size_t at, fv_symbol *out)
{
    uint8_t c = piece.data[at];
    if ((can_be_disguised(c) && read_disguise(piece, at, out)) ||
        (c == '<' && read_tag(piece, at, out)) || (c == '\\' && read_json_escape(piece, at, out)))
        return;
    *out = (fv_symbol){FV_SYMBOL_VISIBLE, (char)c, 1};
    if (c == '\n' || c == '\r')
        out->kind = FV_SYMBOL_LINE_END;
    else if (c <= ' ' || c == 0x7f)
        out->kind = FV_SYMBOL_BLANK;
    else if (c == '`' || (c == '\\' && is_escape(piece, at)))
        out->kind = FV_SYMBOL_NOTHING;
    else if (c == '*' && is_bold(piece, at))
        *out = (fv_symbol){FV_SYMBOL_BLANK, 0, 2};
}

static uint8_t byte_at(fv_bytes piece, size_t at)
{
    return at < piece.len ? piece.data[at] : 0;
}

static size_t skip_digits(fv_bytes piece, size_t at)
{
    while (fv_ascii_is_digit((char)byte_at(piece, at)))
        at++;
    return at;
}

static size_t skip_blanks(fv_bytes piece, size_t at)
{
    for (;;) {
        if (byte_at(piece, at) == ' ' || byte_at(piece, at) == '\t')
            at++;
        else if (starts_with(piece, at, "\xc2\xa0"))
            at += 2;
        else
            return at;
    }
}

/* "190:" or "190-" in front of something that is not a number: so that no time is cut short. */
static size_t skip_line_number(fv_bytes piece, size_t at)
{
    size_t end = skip_digits(piece, at);
    uint8_t mark = byte_at(piece, end);
    uint8_t next = byte_at(piece, end + 1);
    if (end == at || end - at > 9 || (mark != ':' && mark != '-'))
        return at;
    bool begins_text = next == '|' || next == '$' || next == ' ';
    /* No letter after a hyphen: that would be the rest of a broken identifier. */
    if (mark == ':')
        begins_text = begins_text || fv_ascii_is_alpha((char)next);
    return begins_text ? end + 1 : at;
}

/* "Line 190: " */
static size_t skip_line_word(fv_bytes piece, size_t at)
{
    if (!starts_with(piece, at, "Line ") && !starts_with(piece, at, "line "))
        return at;
    size_t number = skip_blanks(piece, at + 5);
    size_t end = skip_digits(piece, number);
    return end > number && byte_at(piece, end) == ':' ? end + 1 : at;
}

/* The first such byte in [at, limit); limit when there is none. */
static size_t find_byte(fv_bytes piece, size_t at, size_t limit, uint8_t byte)
{
    const uint8_t *found = at < limit ? memchr(piece.data + at, byte, limit - at) : NULL;
    return found != NULL ? (size_t)(found - piece.data) : limit;
}

/* "Aug 24 11:25:29 user.info cms1 host:server:  INFO : SIP trace: " before each line of a message,
 * as Cisco Meeting Server writes it. */
static size_t skip_trace_head(fv_bytes piece, size_t at)
{
    size_t limit = piece.len - at > TRACE_HEAD_MAX ? at + TRACE_HEAD_MAX : piece.len;
    limit = find_byte(piece, at, limit, '\n');
    for (size_t i = at; (i = find_byte(piece, i, limit, 'S')) < limit; i++) {
        size_t word = starts_with(piece, i, "SIP") ? skip_blanks(piece, i + 3) : i;
        if (word > i + 3 && starts_with(piece, word, "trace:"))
            return find_byte(piece, at, i, '\r') == i ? skip_blanks(piece, word + 6) : at;
    }
    return at;
}

/* "edge.log:12:" or "edge.log:" as grep and grep -n write them. */
static size_t skip_file_name(fv_bytes piece, size_t at)
{
    size_t end = at;
    while (end < piece.len && end - at < 200 && piece.data[end] > ' ' && piece.data[end] != ':')
        end++;
    bool is_file = end - at > 4 && byte_at(piece, end) == ':' &&
                   (starts_with(piece, end - 4, ".log") || starts_with(piece, end - 4, ".txt"));
    if (!is_file)
        return at;
    size_t number = skip_digits(piece, end + 1);
    return number > end + 1 && byte_at(piece, number) == ':' ? number + 1 : end + 1;
}

size_t fv_spacing_prefix_len(fv_bytes piece, size_t at)
{
    size_t start = at;
    if (starts_with(piece, at, "\xef\xbb\xbf")) /* a byte order mark */
        at += 3;
    size_t next = skip_blanks(piece, at);
    while (byte_at(piece, next) == '>' || byte_at(piece, next) == '|') {
        at = next + 1;
        next = skip_blanks(piece, at);
    }
    size_t end = skip_trace_head(piece, next);
    if (end == next)
        end = skip_line_word(piece, next);
    if (end == next)
        end = skip_file_name(piece, next);
    if (end == next)
        end = skip_line_number(piece, next);
    if (end == next)
        return at - start; /* blanks alone are for the reader to see */
    next = skip_blanks(piece, end);
    return (byte_at(piece, next) == '|' ? next + 1 : end) - start;
}
