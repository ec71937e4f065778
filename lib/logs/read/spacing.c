#include "logs/read/spacing.h"

#include "base/text.h"
#include "logs/read/markup.h"
#include "logs/read/unwrap.h"

#include <string.h>

#define HEADER_MAX_LEN 40
#define BOX_MAX_WIDTH 400

static bool is_line_end(uint8_t c)
{
    return c == '\n' || c == '\r';
}

/* Whether two backslashes end the line, as in LaTeX. */
static bool is_broken_off(fv_bytes piece, size_t at)
{
    return fv_bytes_at(piece, at) == '\\' && fv_bytes_at(piece, at + 1) == '\\' &&
           is_line_end(fv_bytes_at(piece, at + 2));
}

/* Whether this backslash is a Markdown escape ("TL\_WARN", "\$\$begin") or ends a line. Before a
 * letter or a quotation mark, a backslash is an ordinary character. */
static bool is_escape(fv_bytes piece, size_t at)
{
    return at + 1 == piece.len || is_broken_off(piece, at) ||
           (piece.data[at + 1] != '\0' &&
            strchr("_$*<>[]{}-!#~=|&%\r\n", (char)piece.data[at + 1]) != NULL);
}

/* Whether a header or start line follows, as after a printed line end: "\nVia: ", "\nSIP/2.0",
 * "\n\n". That is not so in a Windows path ("C:\new"). */
static bool begins_header(fv_bytes piece, size_t at)
{
    size_t end = at;
    while (fv_bytes_at(piece, end) == '\\' && fv_bytes_at(piece, end + 1) == 'n')
        end += 2;
    if (end > at && !fv_ascii_is_alpha((char)fv_bytes_at(piece, end)))
        return true;
    size_t name = end;
    while (end - name < HEADER_MAX_LEN &&
           (fv_ascii_is_alnum((char)fv_bytes_at(piece, end)) || fv_bytes_at(piece, end) == '-'))
        end++;
    uint8_t mark = fv_bytes_at(piece, end), next = fv_bytes_at(piece, end + 1);
    if (end - name >= 2 && mark == ':')
        return next == ' ' || fv_ascii_is_digit((char)next) || next == '"' || next == '<';
    return end - name == 3 && mark == '/' && next == '2';
}

/* Whether the line ends with a quotation mark: then it is a string in the source of a program. */
static bool is_program_text(fv_bytes piece, size_t at)
{
    const uint8_t *found = memchr(piece.data + at, '\n', piece.len - at);
    size_t end = found != NULL ? (size_t)(found - piece.data) : piece.len;
    while (end > at && strchr(" \r,;)", piece.data[end - 1]) != NULL)
        end--;
    return end > at && piece.data[end - 1] == '"';
}

/* Reads an escape of a message that was printed as a string: "\n", or the \" around a value. An
 * escaped quotation mark of SIP itself is between words and stays. */
static bool read_string_escape(fv_bytes piece, size_t at, fv_symbol *out)
{
    uint8_t before = fv_bytes_at(piece, at - 1), after = fv_bytes_at(piece, at + 2);
    /* YAML breaks a long text with a backslash. */
    bool is_broken = after == '\\' && is_line_end(fv_bytes_at(piece, at + 3));
    if (fv_bytes_at(piece, at + 1) == 'n' &&
        (is_broken || (begins_header(piece, at + 2) && !is_program_text(piece, at)))) {
        *out = (fv_symbol){FV_SYMBOL_ESCAPED_LINE_END, 0, 2};
        return true;
    }
    if (fv_bytes_at(piece, at + 1) != '"' ||
        (before != '=' && after != ';' && after != '\\' && after != ',' && after != '<'))
        return false;
    *out = (fv_symbol){FV_SYMBOL_VISIBLE, '"', 2};
    return true;
}

/* Whether this "$" is the end of a line as cat -A shows it. */
static bool is_shown_end(fv_bytes piece, size_t at)
{
    uint8_t before = at > 0 ? piece.data[at - 1] : '$';
    uint8_t after = fv_bytes_at(piece, at + 1);
    return before != '$' && (after == '\n' || after == '\r');
}

/* Whether this "|" closes a line that a "|" began: "| text |". */
static bool is_closing_bar(fv_bytes piece, size_t at)
{
    uint8_t after = at + 1 < piece.len ? piece.data[at + 1] : '\n';
    size_t start = at;
    if ((after != '\n' && after != '\r') || at == 0 || piece.data[at - 1] != ' ')
        return false;
    while (start > 0 && at - start < BOX_MAX_WIDTH && piece.data[start - 1] != '\n')
        start--;
    return piece.data[start] == '|' && start < at;
}

static bool read_special(fv_bytes piece, size_t at, fv_symbol *out)
{
    switch (piece.data[at]) {
    case '<':
    case '>':
    case '[':
    case ']':
    case '*':
        return fv_markup_read(piece, at, out);
    case '\\':
        return fv_disguise_read(piece, at, out) || read_string_escape(piece, at, out);
    case '#':
    case '&':
    case '?':
    case '^':
    case 0x1b:
        return fv_disguise_read(piece, at, out);
    case '|':
        *out = (fv_symbol){FV_SYMBOL_BLANK, 0, 1};
        return is_closing_bar(piece, at);
    case '_':
        return fv_bytes_at(piece, at + 1) == 'x' && fv_disguise_read(piece, at, out);
    case '\r':
        *out = (fv_symbol){FV_SYMBOL_LINE_END, 0, fv_bytes_at(piece, at + 1) == '\n' ? 2 : 1};
        return true;
    case FV_SOFT_BREAK:
        *out = (fv_symbol){FV_SYMBOL_NOTHING, 0, fv_bytes_at(piece, at + 1) == '\n' ? 2 : 1};
        return true;
    default:
        return piece.data[at] >= 0x80 && fv_disguise_read(piece, at, out);
    }
}

void fv_symbol_read(fv_bytes piece, size_t at, fv_symbol *out)
{
    uint8_t c = piece.data[at];
    if (read_special(piece, at, out))
        return;
    *out = (fv_symbol){FV_SYMBOL_VISIBLE, (char)c, 1};
    if (c == '\n' || c == FV_INNER_LINE_END)
        out->kind = FV_SYMBOL_LINE_END;
    else if (c == FV_STRUCK_OUT) {
        out->c = '^';
    } else if (c <= ' ' || c == 0x7f)
        out->kind = FV_SYMBOL_BLANK;
    else if (c == '`' || (c == '\\' && is_escape(piece, at)) ||
             (c == '$' && is_shown_end(piece, at)))
        out->kind = FV_SYMBOL_NOTHING;
}
