/* What other programs put before each line and is not part of the log: "> " of quoted mail, line
 * numbers, file names, colours. */
#include "base/text.h"
#include "logs/read/repeated.h"
#include "logs/read/spacing.h"

#include <string.h>

#define TRACE_HEAD_MAX 200
#define JOURNAL_NAME_MAX 64
#define JOURNAL_MAX_FIELDS 60

static size_t skip_digits(fv_bytes piece, size_t at)
{
    while (fv_ascii_is_digit((char)fv_bytes_at(piece, at)))
        at++;
    return at;
}

static size_t skip_blanks(fv_bytes piece, size_t at)
{
    for (;;) {
        if (fv_bytes_at(piece, at) == ' ' || fv_bytes_at(piece, at) == '\t')
            at++;
        else if (fv_bytes_have(piece, at, "\xc2\xa0"))
            at += 2;
        else
            return at;
    }
}

/* Skips the line number "190:" or "190-". Not before a digit: "07:10:46" is a time and must stay
 * whole. */
static size_t skip_line_number(fv_bytes piece, size_t at)
{
    size_t end = skip_digits(piece, at);
    uint8_t mark = fv_bytes_at(piece, end);
    uint8_t next = fv_bytes_at(piece, end + 1);
    if (end == at || end - at > 9 || (mark != ':' && mark != '-'))
        return at;
    bool begins_text = next == '|' || next == '$' || next == ' ';
    /* After a hyphen, a letter would be the rest of a broken identifier ("190-a"). */
    if (mark == ':')
        begins_text = begins_text || fv_ascii_is_alpha((char)next);
    return begins_text ? end + 1 : at;
}

/* "Line 190: " */
static size_t skip_line_word(fv_bytes piece, size_t at)
{
    if (!fv_bytes_have(piece, at, "Line ") && !fv_bytes_have(piece, at, "line "))
        return at;
    size_t number = skip_blanks(piece, at + 5);
    size_t end = skip_digits(piece, number);
    return end > number && fv_bytes_at(piece, end) == ':' ? end + 1 : at;
}

/* Returns the first offset of `byte` in [at, limit); `limit` if there is none. */
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
        size_t word = fv_bytes_have(piece, i, "SIP") ? skip_blanks(piece, i + 3) : i;
        if (word > i + 3 && fv_bytes_have(piece, word, "trace:"))
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
    bool is_file = end - at > 4 && fv_bytes_at(piece, end) == ':' &&
                   (fv_bytes_have(piece, end - 4, ".log") || fv_bytes_have(piece, end - 4, ".txt"));
    if (!is_file)
        return at;
    size_t number = skip_digits(piece, end + 1);
    return number > end + 1 && fv_bytes_at(piece, number) == ':' ? number + 1 : end + 1;
}

static size_t line_end(fv_bytes piece, size_t at)
{
    const uint8_t *found = memchr(piece.data + at, '\n', piece.len - at);
    return found != NULL ? (size_t)(found - piece.data) : piece.len;
}

/* Whether a line of a journal (journalctl -o export or verbose) begins at `at` that is about the
 * entry: "_PID=812", "Tue 2019-05-14 11:22:33.480123 CEST [s=...", or an empty line. */
static bool is_about_entry(fv_bytes piece, size_t at)
{
    size_t end = at;
    while (end - at < JOURNAL_NAME_MAX &&
           (fv_ascii_is_upper((char)fv_bytes_at(piece, end)) || fv_bytes_at(piece, end) == '_' ||
            (end > at && fv_ascii_is_digit((char)fv_bytes_at(piece, end)))))
        end++;
    if (end - at > 1 && fv_bytes_at(piece, end) == '=')
        return true;
    size_t line = line_end(piece, at);
    if (line == at)
        return line < piece.len;
    size_t bracket = find_byte(piece, at, line, '[');
    return fv_ascii_is_digit((char)fv_bytes_at(piece, at + 4)) &&
           fv_bytes_at(piece, at + 8) == '-' && fv_bytes_have(piece, bracket, "[s=");
}

/* Returns the offset after "MESSAGE=" of the next entry of a journal, where all lines before it are
 * about that entry or the one before. */
static size_t skip_journal(fv_bytes piece, size_t at)
{
    size_t line = at;
    for (size_t i = 0; i < JOURNAL_MAX_FIELDS && line < piece.len; i++) {
        size_t field = skip_blanks(piece, line);
        if (fv_bytes_have(piece, field, "MESSAGE="))
            return field + strlen("MESSAGE=");
        if (!is_about_entry(piece, field))
            return at;
        line = line_end(piece, field) + 1;
    }
    return at;
}

/* Colours, as grep and consoles put them around a line. */
static size_t skip_colours(fv_bytes piece, size_t at)
{
    fv_symbol symbol;
    while ((fv_bytes_at(piece, at) == 0x1b || fv_bytes_have(piece, at, "^[[")) &&
           fv_disguise_read(piece, at, &symbol))
        at += symbol.len;
    return at;
}

static size_t skip_front(fv_bytes piece, size_t at)
{
    for (;;) {
        size_t next = skip_colours(piece, skip_blanks(piece, at));
        bool is_added =
            fv_bytes_at(piece, next) == '+' &&
            (fv_ascii_is_alpha((char)fv_bytes_at(piece, next + 1)) ||
             fv_bytes_at(piece, next + 1) == '$' || fv_bytes_at(piece, next + 1) == '|');
        size_t border = fv_spacing_border_len(piece, next);
        if (border > 0)
            at = next + border;
        else if (fv_bytes_at(piece, next) == '>' || fv_bytes_at(piece, next) == '|' || is_added)
            at = next + 1;
        else
            return skip_colours(piece, at);
    }
}

size_t fv_spacing_prefix_len(fv_bytes piece, size_t at)
{
    typedef size_t rule(fv_bytes, size_t);
    static rule *const rules[] = {skip_trace_head,  skip_line_word, skip_file_name,
                                  skip_line_number, skip_journal,   fv_repeated_skip};
    size_t start = at;
    if (fv_bytes_have(piece, at, "\xef\xbb\xbf")) { /* byte order mark */
        at += 3;
    }
    at = skip_front(piece, at);
    size_t next = skip_blanks(piece, at);
    size_t end = next;
    /* Most lines begin with a header of their own. */
    if (fv_repeated_is_line_word(piece, next))
        return at - start;
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]) && end == next; i++)
        end = rules[i](piece, next);
    if (end == next)
        return at - start; /* only blanks: the reader needs to see them */
    next = skip_blanks(piece, skip_colours(piece, end));
    return (fv_bytes_at(piece, next) == '|' ? next + 1 : end) - start;
}
