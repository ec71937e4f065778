#include "logs/read/neighbours.h"

#include "base/text.h"
#include "logs/read/spacing.h"

#include <string.h>

#define LINE_MAX_LEN ((size_t)4 << 10)
#define END_LINES ((size_t)4) /* so many before and after decide */

size_t fv_line_text_len(fv_bytes piece, size_t at, const char *text)
{
    size_t len = 0;
    while (text[len] != '\0' && fv_bytes_at(piece, at + len) == (uint8_t)text[len])
        len++;
    return text[len] == '\0' ? len : 0;
}

bool fv_line_has_shape(fv_bytes piece, size_t at, const char *shape)
{
    for (size_t i = 0; shape[i] != '\0'; i++) {
        char c = (char)fv_bytes_at(piece, at + i);
        if (shape[i] == '0'   ? !fv_ascii_is_digit(c)
            : shape[i] == 'a' ? !fv_ascii_is_alpha(c)
                              : c != shape[i])
            return false;
    }
    return true;
}

size_t fv_line_after(fv_bytes piece, size_t at)
{
    size_t limit = piece.len - at > LINE_MAX_LEN ? at + LINE_MAX_LEN : piece.len;
    while (at < limit && !fv_is_line_end(piece.data[at]))
        at++;
    while (at < limit && (fv_is_line_end(piece.data[at]) || fv_is_blank(piece.data[at])))
        at++;
    return at < limit ? at : FV_NO_LINE;
}

size_t fv_line_before(fv_bytes piece, size_t at)
{
    size_t limit = at > LINE_MAX_LEN ? at - LINE_MAX_LEN : 0;
    while (at > limit && !fv_is_line_end(piece.data[at - 1]))
        at--;
    while (at > limit && (fv_is_line_end(piece.data[at - 1]) || fv_is_blank(piece.data[at - 1])))
        at--;
    if (at == limit)
        return FV_NO_LINE;
    while (at > limit && !fv_is_line_end(piece.data[at - 1]))
        at--;
    if (at == limit && limit > 0)
        return FV_NO_LINE;
    while (at < piece.len && fv_is_blank(piece.data[at]))
        at++;
    return at;
}

/* ---- marks that end each line ---- */

/* Returns the last visible character of the line of `at`; 0 if there is none. */
static uint8_t last_of_line(fv_bytes piece, size_t at)
{
    size_t start = at;
    while (at < piece.len && at - start < LINE_MAX_LEN && !fv_is_line_end(piece.data[at]))
        at++;
    while (at > start && fv_is_blank(piece.data[at - 1]))
        at--;
    return at > start ? piece.data[at - 1] : 0;
}

typedef size_t next_line(fv_bytes piece, size_t at);

/* Counts the lines from `at` on, at most END_LINES, that end with `mark`. Returns FV_NO_LINE if
 * another line is among them. */
static size_t count_ends(fv_bytes piece, size_t at, next_line *next, uint8_t mark)
{
    size_t count = 0;
    for (at = next(piece, at); at != FV_NO_LINE && count < END_LINES; at = next(piece, at)) {
        if (last_of_line(piece, at) != mark)
            return FV_NO_LINE;
        count++;
    }
    return count;
}

bool fv_repeated_ends(fv_bytes piece, size_t at, size_t least)
{
    uint8_t mark = piece.data[at];
    size_t after = count_ends(piece, at, fv_line_after, mark);
    if (after == FV_NO_LINE)
        return false;
    size_t before = count_ends(piece, at, fv_line_before, mark);
    return before != FV_NO_LINE && before + after >= least;
}

size_t fv_repeated_closing(fv_bytes piece, size_t at)
{
    size_t end = at;
    uint8_t quote = at > 0 ? piece.data[at - 1] : 0;
    if (quote != '"' && quote != '\'')
        return FV_REPEATED_OPEN;
    while (end < piece.len && end - at < LINE_MAX_LEN && !fv_is_line_end(piece.data[end]))
        end++;
    while (end > at && piece.data[end - 1] != quote &&
           strchr(" \t,;)+", piece.data[end - 1]) != NULL)
        end--;
    return end > at && piece.data[end - 1] == quote ? end - 1 : FV_REPEATED_OPEN;
}
