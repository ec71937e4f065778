/* Byte sequences that a program or an editor wrote in place of a character, a blank or a line
 * end. */
#include "logs/read/disguise.h"

#include "base/text.h"
#include "logs/read/unwrap.h"

#include <string.h>

#define CONTROL_MAX 32
#define QUESTION_MAX 300
#define SHOWN_LINE_MAX 1000
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

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

/* Returns the offset after a line end that the wrapping put at `at`, if there is one. */
static size_t skip_soft_break(fv_bytes piece, size_t at)
{
    if (fv_bytes_at(piece, at) != FV_SOFT_BREAK)
        return at;
    return at + 1 + (fv_bytes_at(piece, at + 1) == '\n');
}

/* Returns the length of `bytes` if they begin at `at`, else 0. Soft line ends within them are
 * counted too; and all line ends, if `may_be_broken`: a line may have been broken within an escape.
 */
static size_t disguise_len(fv_bytes piece, size_t at, const char *bytes, bool may_be_broken)
{
    size_t end = at;
    for (; *bytes != '\0'; bytes++) {
        if (end > at)
            end = skip_soft_break(piece, end);
        while (may_be_broken && end > at && end < piece.len &&
               (piece.data[end] == '\n' || piece.data[end] == '\r'))
            end++;
        if (end >= piece.len || piece.data[end] != (uint8_t)*bytes)
            return 0;
        end++;
    }
    return end - at;
}

static bool read_disguise(fv_bytes piece, size_t at, fv_symbol *out)
{
    for (size_t i = 0; i < fv_num_disguises; i++) {
        const fv_disguise *d = &fv_disguises[i];
        if ((uint8_t)d->bytes[0] != piece.data[at])
            continue;
        bool is_escape = d->bytes[0] == '#' || d->bytes[0] == '&';
        size_t len = disguise_len(piece, at, d->bytes, is_escape);
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
    uint8_t lead = fv_bytes_at(piece, at);
    size_t len = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    for (size_t i = 1; i < len; i++) {
        if (!is_continuation(fv_bytes_at(piece, at + i)))
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
    uint8_t after = fv_bytes_at(piece, at + 3);
    if (!fv_bytes_have(piece, at, "\xef\xbf\xbd") ||
        (before != '=' && (after == 0 || strchr(";,:< \r\n", after) == NULL)))
        return false;
    *out = (fv_symbol){FV_SYMBOL_VISIBLE, '"', 3};
    return true;
}

/* Reads the question marks of "=?value?;" as quotation marks, which a narrower character set could
 * not show. */
static bool read_question(fv_bytes piece, size_t at, fv_symbol *out)
{
    uint8_t before = at > 0 ? piece.data[at - 1] : 0;
    uint8_t after = fv_bytes_at(piece, at + 1);
    bool opens = before == '=' && fv_ascii_is_alnum((char)after);
    bool closes = after == 0 || strchr(";,:< \r\n", after) != NULL;
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
    if ((lead == 2 && fv_bytes_at(piece, at + 1) != '[') || fv_bytes_at(piece, at + lead) != '[')
        return false;
    while (end - at < CONTROL_MAX && fv_bytes_at(piece, end) >= 0x20 &&
           fv_bytes_at(piece, end) < 0x40)
        end++;
    if (fv_bytes_at(piece, end) < 0x40 || fv_bytes_at(piece, end) > 0x7e)
        return false;
    *out = (fv_symbol){FV_SYMBOL_NOTHING, 0, end + 1 - at};
    return true;
}

static int digit_of(uint8_t c, bool is_hex)
{
    int digit = fv_ascii_hex_digit((char)c);
    return is_hex || digit < 10 ? digit : -1;
}

/* Reads a character of ASCII that was written as its number: "&#58;", "&#x3A;". */
static bool read_number(fv_bytes piece, size_t at, fv_symbol *out)
{
    uint32_t code = 0;
    bool is_hex = fv_ascii_lower((char)fv_bytes_at(piece, at + 2)) == 'x';
    size_t digits = at + (is_hex ? 3 : 2), end = digits;
    if (fv_bytes_at(piece, at + 1) != '#')
        return false;
    for (; end - digits < 5 && digit_of(fv_bytes_at(piece, end), is_hex) >= 0; end++)
        code = code * (is_hex ? 16 : 10) + (uint32_t)digit_of(fv_bytes_at(piece, end), is_hex);
    if (end == digits || fv_bytes_at(piece, end) != ';' || code >= 0x7f)
        return false;
    bool is_line_end = code == '\n' || code == '\r';
    fv_symbol_kind kind = is_line_end   ? FV_SYMBOL_ESCAPED_LINE_END
                          : code <= ' ' ? FV_SYMBOL_BLANK
                                        : FV_SYMBOL_VISIBLE;
    *out = (fv_symbol){kind, (char)code, end + 1 - at};
    return true;
}

/* The borders of windows and tables: U+2502, U+2503, U+2551, U+2588, U+258F, U+2595. */
size_t fv_spacing_border_len(fv_bytes piece, size_t at)
{
    static const char *const borders[] = {"\xe2\x94\x82", "\xe2\x94\x83", "\xe2\x95\x91",
                                          "\xe2\x96\x88", "\xe2\x96\x8f", "\xe2\x96\x95"};
    for (size_t i = 0; fv_bytes_at(piece, at) == 0xe2 && i < sizeof(borders) / sizeof(borders[0]);
         i++) {
        if (fv_bytes_have(piece, at, borders[i]))
            return strlen(borders[i]);
    }
    return 0;
}

/* Skips the border of a window or a table at the end of a line. */
static bool read_border(fv_bytes piece, size_t at, fv_symbol *out)
{
    size_t border = fv_spacing_border_len(piece, at);
    size_t end = at + border;
    while (fv_bytes_at(piece, end) == ' ')
        end++;
    *out = (fv_symbol){FV_SYMBOL_BLANK, 0, border};
    return border > 0 && strchr("\r\n", fv_bytes_at(piece, end)) != NULL;
}

/* Reads U+00B7 as a blank in a line that ends with U+00B6: a word processor shows its marks. */
static bool read_shown_blank(fv_bytes piece, size_t at, fv_symbol *out)
{
    if (!fv_bytes_have(piece, at, "\xc2\xb7"))
        return false;
    const uint8_t *found = memchr(piece.data + at, '\n', piece.len - at);
    size_t end = found != NULL ? (size_t)(found - piece.data) : piece.len;
    *out = (fv_symbol){FV_SYMBOL_BLANK, 0, 2};
    return end - at < SHOWN_LINE_MAX && end >= 2 && fv_bytes_have(piece, end - 2, "\xc2\xb6");
}

bool fv_disguise_read(fv_bytes piece, size_t at, fv_symbol *out)
{
    uint8_t c = piece.data[at];
    if (c == 0xc2 && read_shown_blank(piece, at, out))
        return true;
    if ((c == 0x1b || c == '^') && read_control_sequence(piece, at, out))
        return true;
    if (c == '?' && read_question(piece, at, out))
        return true;
    if (read_disguise(piece, at, out) || (c == '&' && read_number(piece, at, out)))
        return true;
    return read_border(piece, at, out) || read_replacement(piece, at, out) ||
           read_stray(piece, at, out);
}
