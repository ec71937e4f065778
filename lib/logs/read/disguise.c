/* Byte sequences that a program or an editor wrote in place of a character, a blank or a line
 * end. */
#include "base/text.h"
#include "logs/read/spacing.h"

#include <string.h>

#define CONTROL_MAX 32
#define QUESTION_MAX 300
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

typedef struct disguise {
    const char *bytes;
    fv_symbol_kind kind;
    char c;
} disguise;

/* Found by the first byte. Where one sequence begins with another, the longer one comes first. */
static const disguise disguises[] = {
    {"^M\n", FV_SYMBOL_LINE_END, 0}, /* as cat -v and editors show control characters */
    {"^M^J", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"^M", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"^J", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"^I", FV_SYMBOL_BLANK, 0},
    {"\\015\\012", FV_SYMBOL_ESCAPED_LINE_END, 0}, /* as programs print strings */
    {"\\015", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\012", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\011", FV_SYMBOL_BLANK, 0},
    {"\\042", FV_SYMBOL_VISIBLE, '"'},
    {"\\r\\n", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\x0d\\x0a", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\x0D\\x0A", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\x0a", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\x0A", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\x22", FV_SYMBOL_VISIBLE, '"'},
    {"\\u000d\\u000a", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\u000D\\u000A", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\u000a", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\u000A", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\u0022", FV_SYMBOL_VISIBLE, '"'},
    {"\\u0026", FV_SYMBOL_VISIBLE, '&'},
    {"\\u0027", FV_SYMBOL_VISIBLE, '\''},
    {"\\u003c", FV_SYMBOL_VISIBLE, '<'},
    {"\\u003C", FV_SYMBOL_VISIBLE, '<'},
    {"\\u003d", FV_SYMBOL_VISIBLE, '='},
    {"\\u003D", FV_SYMBOL_VISIBLE, '='},
    {"\\u003e", FV_SYMBOL_VISIBLE, '>'},
    {"\\u003E", FV_SYMBOL_VISIBLE, '>'},
    {"&amp;quot;", FV_SYMBOL_VISIBLE, '"'}, /* escaped twice */
    {"&amp;lt;", FV_SYMBOL_VISIBLE, '<'},
    {"&amp;gt;", FV_SYMBOL_VISIBLE, '>'},
    {"&#13;&#10;", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"&#xD;&#xA;", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"&#13;\n", FV_SYMBOL_LINE_END, 0},
    {"&#xD;\n", FV_SYMBOL_LINE_END, 0},
    {"&#8220;", FV_SYMBOL_VISIBLE, '"'},
    {"&#8221;", FV_SYMBOL_VISIBLE, '"'},
    {"&ldquo;", FV_SYMBOL_VISIBLE, '"'},
    {"&rdquo;", FV_SYMBOL_VISIBLE, '"'},
    {"&apos;", FV_SYMBOL_VISIBLE, '\''},
    {"&colon;", FV_SYMBOL_VISIBLE, ':'},
    {"&semi;", FV_SYMBOL_VISIBLE, ';'},
    {"&equals;", FV_SYMBOL_VISIBLE, '='},
    {"&period;", FV_SYMBOL_VISIBLE, '.'},
    {"&comma;", FV_SYMBOL_VISIBLE, ','},
    {"&commat;", FV_SYMBOL_VISIBLE, '@'},
    {"&sol;", FV_SYMBOL_VISIBLE, '/'},
    {"&bsol;", FV_SYMBOL_VISIBLE, '\\'},
    {"&lpar;", FV_SYMBOL_VISIBLE, '('},
    {"&rpar;", FV_SYMBOL_VISIBLE, ')'},
    {"&lsqb;", FV_SYMBOL_VISIBLE, '['},
    {"&rsqb;", FV_SYMBOL_VISIBLE, ']'},
    {"&lowbar;", FV_SYMBOL_VISIBLE, '_'},
    {"&num;", FV_SYMBOL_VISIBLE, '#'},
    {"&dollar;", FV_SYMBOL_VISIBLE, '$'},
    {"&verbar;", FV_SYMBOL_VISIBLE, '|'},
    {"&ndash;", FV_SYMBOL_VISIBLE, '-'},
    {"&minus;", FV_SYMBOL_VISIBLE, '-'},
    {"&hyphen;", FV_SYMBOL_VISIBLE, '-'},
    {"&Tab;", FV_SYMBOL_BLANK, 0},
    {"&NewLine;", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\ldblquote ", FV_SYMBOL_VISIBLE, '"'}, /* RTF */
    {"\\rdblquote ", FV_SYMBOL_VISIBLE, '"'},
    {"\\'93", FV_SYMBOL_VISIBLE, '"'},
    {"\\'94", FV_SYMBOL_VISIBLE, '"'},
    {"\\'84", FV_SYMBOL_VISIBLE, '"'},
    {"\\par\r\n", FV_SYMBOL_LINE_END, 0},
    {"\\par\n", FV_SYMBOL_LINE_END, 0},
    {"\\par ", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\line ", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\\tab ", FV_SYMBOL_BLANK, 0},
    {"&#160;", FV_SYMBOL_BLANK, 0},
    /* UTF-8 that was read as Windows-1252, and once more; as Latin-1; as the code pages of a
     * console (437, 850); as Windows-1251. */
    {"\xc3\x83\xc2\xa2\xc3\xa2\xe2\x80\x9a\xc2\xac\xc3\x85\xe2\x80\x9c", FV_SYMBOL_VISIBLE, '"'},
    {"\xc3\x83\xc2\xa2\xc3\xa2\xe2\x80\x9a\xc2\xac\xc2\x9d", FV_SYMBOL_VISIBLE, '"'},
    {"\xc3\x83\xc2\xa2\xc3\xa2\xe2\x80\x9a\xc2\xac", FV_SYMBOL_VISIBLE, '"'},
    {"\xc3\xa2\xe2\x82\xac\xc5\x93", FV_SYMBOL_VISIBLE, '"'},
    {"\xc3\xa2\xe2\x82\xac\xc2\x9d", FV_SYMBOL_VISIBLE, '"'},
    {"\xc3\xa2\xe2\x82\xac\xc5\xbe", FV_SYMBOL_VISIBLE, '"'},
    {"\xc3\xa2\xe2\x82\xac\xe2\x84\xa2", FV_SYMBOL_VISIBLE, '\''},
    {"\xc3\xa2\xe2\x82\xac\xcb\x9c", FV_SYMBOL_VISIBLE, '\''},
    {"\xc3\xa2\xe2\x82\xac\xe2\x80\x9c", FV_SYMBOL_VISIBLE, '-'},
    {"\xc3\xa2\xe2\x82\xac\xe2\x80\x9d", FV_SYMBOL_VISIBLE, '-'},
    {"\xc3\xa2\xe2\x82\xac", FV_SYMBOL_VISIBLE, '"'},
    {"\xc3\xa2\xc2\x80\xc2\x9c", FV_SYMBOL_VISIBLE, '"'},
    {"\xc3\xa2\xc2\x80\xc2\x9d", FV_SYMBOL_VISIBLE, '"'},
    {"\xc3\xa2\xc2\x80\xc2\x98", FV_SYMBOL_VISIBLE, '\''},
    {"\xc3\xa2\xc2\x80\xc2\x99", FV_SYMBOL_VISIBLE, '\''},
    {"\xc3\xa2\xc2\x80\xc2\x93", FV_SYMBOL_VISIBLE, '-'},
    {"\xc3\x82\xc2\xa0", FV_SYMBOL_BLANK, 0},
    {"\xc3\x82\xc2\xab", FV_SYMBOL_VISIBLE, '"'},
    {"\xc3\x82\xc2\xbb", FV_SYMBOL_VISIBLE, '"'},
    {"\xce\x93\xc3\x87\xc2\xa3", FV_SYMBOL_VISIBLE, '"'},
    {"\xce\x93\xc3\x87\xc2\xa5", FV_SYMBOL_VISIBLE, '"'},
    {"\xc3\x94\xc3\x87\xc2\xa3", FV_SYMBOL_VISIBLE, '"'},
    {"\xc3\x94\xc3\x87\xc3\x98", FV_SYMBOL_VISIBLE, '"'},
    {"\xd0\xb2\xd0\x82\xd1\x9a", FV_SYMBOL_VISIBLE, '"'},
    {"\xd0\xb2\xd0\x82\xd1\x9c", FV_SYMBOL_VISIBLE, '"'},
    {"\xc2\x84", FV_SYMBOL_VISIBLE, '"'}, /* Windows-1252 that was read as Latin-1 */
    {"\xc2\x91", FV_SYMBOL_VISIBLE, '\''},
    {"\xc2\x92", FV_SYMBOL_VISIBLE, '\''},
    {"\xc2\x93", FV_SYMBOL_VISIBLE, '"'},
    {"\xc2\x94", FV_SYMBOL_VISIBLE, '"'},
    {"\xc2\x96", FV_SYMBOL_VISIBLE, '-'},
    {"\xe2\x90\x8d\xe2\x90\x8a", FV_SYMBOL_ESCAPED_LINE_END, 0}, /* pictures of CR and LF */
    {"\xe2\x90\x8d", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\xe2\x90\x8a", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"\xe2\x86\xb5", FV_SYMBOL_ESCAPED_LINE_END, 0}, /* U+21B5 */
    {"\xef\xbc\x9d", FV_SYMBOL_VISIBLE, '='},        /* full width */
    {"\xef\xbc\x9a", FV_SYMBOL_VISIBLE, ':'},
    {"\xef\xbc\x9b", FV_SYMBOL_VISIBLE, ';'},
    {"\xef\xbc\x82", FV_SYMBOL_VISIBLE, '"'},
    {"#015#012", FV_SYMBOL_ESCAPED_LINE_END, 0}, /* rsyslog's escapes; the LF became a blank */
    {"#015 ", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"#015", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"#012", FV_SYMBOL_ESCAPED_LINE_END, 0},
    {"#011", FV_SYMBOL_BLANK, 0},
    {"&quot;", FV_SYMBOL_VISIBLE, '"'},
    {"&lt;", FV_SYMBOL_VISIBLE, '<'},
    {"&gt;", FV_SYMBOL_VISIBLE, '>'},
    {"&amp;", FV_SYMBOL_VISIBLE, '&'},
    {"&nbsp;", FV_SYMBOL_BLANK, 0},
    {"\xc2\x85", FV_SYMBOL_LINE_END, 0},  /* U+0085 next line */
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
    {"\xe2\x88\x92", FV_SYMBOL_VISIBLE, '-'}, /* U+2212 minus */
    {"\xe3\x80\x82", FV_SYMBOL_VISIBLE, '.'}, /* U+3002, and full width */
    {"\xef\xbc\x8e", FV_SYMBOL_VISIBLE, '.'},
    {"\xef\xbc\xa0", FV_SYMBOL_VISIBLE, '@'},
    {"\xe2\x80\x8e", FV_SYMBOL_NOTHING, 0}, /* U+200E and its kin: the direction of writing */
    {"\xe2\x80\x8f", FV_SYMBOL_NOTHING, 0},
    {"\xe2\x80\xaa", FV_SYMBOL_NOTHING, 0},
    {"\xe2\x80\xab", FV_SYMBOL_NOTHING, 0},
    {"\xe2\x80\xac", FV_SYMBOL_NOTHING, 0},
    {"\xe2\x80\xad", FV_SYMBOL_NOTHING, 0},
    {"\xe2\x81\xa6", FV_SYMBOL_NOTHING, 0},
    {"\xe2\x81\xa7", FV_SYMBOL_NOTHING, 0},
    {"\xe2\x81\xa8", FV_SYMBOL_NOTHING, 0},
    {"\xe2\x81\xa9", FV_SYMBOL_NOTHING, 0},
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

/* Single bytes that are not UTF-8: the quotation marks and dashes of Windows-1252, of the code
 * pages of a console (437, 850), and of Mac OS Roman. */
typedef struct stray {
    uint8_t byte;
    fv_symbol_kind kind;
    char c;
} stray;

static const stray strays[] = {
    {0x84, FV_SYMBOL_VISIBLE, '"'},  {0x91, FV_SYMBOL_VISIBLE, '\''},
    {0x92, FV_SYMBOL_VISIBLE, '\''}, {0x93, FV_SYMBOL_VISIBLE, '"'},
    {0x94, FV_SYMBOL_VISIBLE, '"'},  {0x96, FV_SYMBOL_VISIBLE, '-'},
    {0xa0, FV_SYMBOL_BLANK, 0},      {0xab, FV_SYMBOL_VISIBLE, '"'},
    {0xae, FV_SYMBOL_VISIBLE, '"'},  {0xaf, FV_SYMBOL_VISIBLE, '"'},
    {0xbb, FV_SYMBOL_VISIBLE, '"'},  {0xd2, FV_SYMBOL_VISIBLE, '"'},
    {0xd3, FV_SYMBOL_VISIBLE, '"'},  {0xd4, FV_SYMBOL_VISIBLE, '\''},
    {0xd5, FV_SYMBOL_VISIBLE, '\''},
};

static uint8_t byte_at(fv_bytes piece, size_t at)
{
    return at < piece.len ? piece.data[at] : 0;
}

static bool starts_with(fv_bytes piece, size_t at, const char *bytes)
{
    size_t len = strlen(bytes);
    return at <= piece.len && piece.len - at >= len && memcmp(piece.data + at, bytes, len) == 0;
}

/* Returns the length of `escape` if it begins at `at`, else 0. Line ends within it are counted too:
 * a line may have been broken there. */
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

static bool is_continuation(uint8_t c)
{
    return (c & 0xc0) == 0x80;
}

/* Returns the length of the UTF-8 character that begins at `at`; 0 when none begins there. */
static size_t character_len(fv_bytes piece, size_t at)
{
    uint8_t lead = byte_at(piece, at);
    size_t len = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    for (size_t i = 1; i < len; i++) {
        if (!is_continuation(byte_at(piece, at + i)))
            return 0;
    }
    return len;
}

static bool is_within_character(fv_bytes piece, size_t at)
{
    for (size_t back = 0; back < 4 && back <= at; back++) {
        if (character_len(piece, at - back) > back)
            return true;
    }
    return false;
}

static bool read_stray(fv_bytes piece, size_t at, fv_symbol *out)
{
    for (size_t i = 0; i < COUNT(strays); i++) {
        if (strays[i].byte != piece.data[at] || is_within_character(piece, at))
            continue;
        *out = (fv_symbol){strays[i].kind, strays[i].c, 1};
        return true;
    }
    return false;
}

/* Reads U+FFFD as a quotation mark where only a quotation mark fits: after "=", or before ";" or a
 * blank. */
static bool read_replacement(fv_bytes piece, size_t at, fv_symbol *out)
{
    uint8_t before = at > 0 ? piece.data[at - 1] : 0;
    uint8_t after = byte_at(piece, at + 3);
    if (!starts_with(piece, at, "\xef\xbf\xbd") ||
        (before != '=' && (after == 0 || strchr(";,< \r\n", after) == NULL)))
        return false;
    *out = (fv_symbol){FV_SYMBOL_VISIBLE, '"', 3};
    return true;
}

/* Reads the question marks of "=?value?;" as quotation marks, which a narrower character set could
 * not show. */
static bool read_question(fv_bytes piece, size_t at, fv_symbol *out)
{
    uint8_t before = at > 0 ? piece.data[at - 1] : 0;
    uint8_t after = byte_at(piece, at + 1);
    bool opens = before == '=' && fv_ascii_is_alnum((char)after);
    bool closes = after == 0 || strchr(";,< \r\n", after) != NULL;
    for (size_t i = at; closes && !opens && i > 1 && at - i < QUESTION_MAX; i--) {
        if (piece.data[i - 1] == '\n')
            break;
        if (piece.data[i - 1] == '?') {
            opens = piece.data[i - 2] == '=';
            break;
        }
    }
    *out = (fv_symbol){FV_SYMBOL_VISIBLE, '"', 1};
    return opens;
}

/* Skips a colour, "ESC [ ... m" (ECMA-48 5.4), also as cat -v shows it: "^[[31m". */
static bool read_control_sequence(fv_bytes piece, size_t at, fv_symbol *out)
{
    size_t lead = piece.data[at] == 0x1b ? 1 : 2;
    size_t end = at + lead + 1;
    if ((lead == 2 && byte_at(piece, at + 1) != '[') || byte_at(piece, at + lead) != '[')
        return false;
    while (end - at < CONTROL_MAX && byte_at(piece, end) >= 0x20 && byte_at(piece, end) < 0x40)
        end++;
    if (byte_at(piece, end) < 0x40 || byte_at(piece, end) > 0x7e)
        return false;
    *out = (fv_symbol){FV_SYMBOL_NOTHING, 0, end + 1 - at};
    return true;
}

static int digit_of(uint8_t c, bool is_hex)
{
    char lower = fv_ascii_lower((char)c);
    if (fv_ascii_is_digit(lower))
        return lower - '0';
    return is_hex && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Reads a character of ASCII that was written as its number: "&#58;", "&#x3A;". */
static bool read_number(fv_bytes piece, size_t at, fv_symbol *out)
{
    uint32_t code = 0;
    bool is_hex = fv_ascii_lower((char)byte_at(piece, at + 2)) == 'x';
    size_t digits = at + (is_hex ? 3 : 2), end = digits;
    if (byte_at(piece, at + 1) != '#')
        return false;
    for (; end - digits < 5 && digit_of(byte_at(piece, end), is_hex) >= 0; end++)
        code = code * (is_hex ? 16 : 10) + (uint32_t)digit_of(byte_at(piece, end), is_hex);
    if (end == digits || byte_at(piece, end) != ';' || code >= 0x7f)
        return false;
    bool is_line_end = code == '\n' || code == '\r';
    fv_symbol_kind kind = is_line_end   ? FV_SYMBOL_ESCAPED_LINE_END
                          : code <= ' ' ? FV_SYMBOL_BLANK
                                        : FV_SYMBOL_VISIBLE;
    *out = (fv_symbol){kind, (char)code, end + 1 - at};
    return true;
}

bool fv_disguise_read(fv_bytes piece, size_t at, fv_symbol *out)
{
    uint8_t c = piece.data[at];
    if ((c == 0x1b || c == '^') && read_control_sequence(piece, at, out))
        return true;
    if (c == '?' && read_question(piece, at, out))
        return true;
    if (read_disguise(piece, at, out) || (c == '&' && read_number(piece, at, out)))
        return true;
    return c >= 0x80 && (read_replacement(piece, at, out) || read_stray(piece, at, out));
}
