#include "logs/read/sight.h"

#include "base/grow.h"
#include "logs/read/neighbours.h"
#include "logs/read/spacing.h"

#include <stdlib.h>
#include <string.h>

/* A line that, with the next word, is shorter than this was not broken. */
#define WRAPPED_WIDTH 60
#define SHORTEST_WRAPPED 10
#define WRITTEN_PREFIX 30
#define LINE_MAX_LEN 4000
#define REPEATED_LEAD 5

const bool fv_sight_closing_marks[256] = {
    [':'] = true, ['|'] = true, ['>'] = true, [')'] = true, [']'] = true,
    ['}'] = true, ['"'] = true, [';'] = true, [','] = true,
};

void fv_sight_init(fv_sight *sight)
{
    memset(sight, 0, sizeof(*sight));
}

void fv_sight_clear(fv_sight *sight)
{
    free(sight->text);
    free(sight->marks);
    fv_sight_init(sight);
}

static bool reserve(fv_sight *sight, size_t wanted)
{
    char *text = fv_grow(sight->text, wanted, &sight->text_capacity, 1);
    if (text != NULL)
        sight->text = text;
    fv_mark *marks = fv_grow(sight->marks, wanted, &sight->marks_capacity, sizeof(*marks));
    if (marks != NULL)
        sight->marks = marks;
    return text != NULL && marks != NULL;
}

/* The state of reading a piece. */
typedef struct reading {
    fv_bytes piece;
    size_t at;
    size_t line_ends;   /* since the last visible character */
    bool blank;         /* a blank since the last line end */
    uint32_t width;     /* characters in this line so far */
    uint16_t old_width; /* in the line before the last line end that followed characters */
    size_t closing;     /* where a quotation mark closes the text of this line */
} reading;

static uint16_t to_width(uint32_t width)
{
    return width > UINT16_MAX ? UINT16_MAX : (uint16_t)width;
}

/* Skips what another program put before the line. Returns its length. */
static size_t skip_prefix(reading *r)
{
    size_t prefix = fv_spacing_prefix_len(r->piece, r->at);
    r->at += prefix;
    r->closing = prefix > 0 ? fv_repeated_closing(r->piece, r->at) : FV_REPEATED_OPEN;
    return prefix;
}

/* Skips the mark that closes the text of a line, and what is after it. */
static void skip_closing(reading *r)
{
    while (r->at < r->piece.len && r->piece.data[r->at] != '\n' && r->piece.data[r->at] != '\r')
        r->at++;
    r->closing = FV_REPEATED_OPEN;
}

/* Takes back a mark that ends each line: the "+" of psql, the dot that a packet tool prints in
 * place of the CR. The gap before it stays. */
static void drop_end_mark(fv_sight *sight, reading *r)
{
    size_t last = sight->len - 1;
    if (sight->len == 0 || r->line_ends > 0 || strchr("+.", sight->text[last]) == NULL)
        return;
    size_t at = fv_sight_origin(sight, last);
    /* A dot may as well be one of a name, where a line was broken. */
    if (!fv_repeated_ends(r->piece, at, sight->text[last] == '.' ? 4 : 1))
        return;
    uint8_t gap = sight->marks[last].gap;
    r->line_ends = gap == FV_GAP_PARAGRAPH ? 2 : gap >= FV_GAP_FOLD ? 1 : 0;
    sight->len--;
}

static void end_line(reading *r)
{
    if (r->width > 0)
        r->old_width = to_width(r->width);
    r->width = 0;
    r->line_ends++;
    r->blank = false;
    size_t prefix = skip_prefix(r);
    /* A long prefix was part of the printed line, so it counts in the width. A short one, as a line
     * number, was added later. */
    if (prefix >= WRITTEN_PREFIX)
        r->width = (uint32_t)prefix;
}

/* A line end of the log that is written as text ("\n"): the file's own line goes on. */
static void end_escaped_line(reading *r)
{
    r->old_width = 0;
    r->line_ends++;
    r->blank = false;
}

static uint8_t gap_before(const reading *r)
{
    if (r->line_ends > 1)
        return FV_GAP_PARAGRAPH;
    if (r->line_ends == 1)
        return r->blank ? FV_GAP_FOLD : FV_GAP_LINE;
    return r->blank ? FV_GAP_BLANK : FV_GAP_NONE;
}

static void append(fv_sight *sight, reading *r, char c, size_t origin)
{
    fv_mark *mark = &sight->marks[sight->len];
    mark->origin = (uint32_t)origin;
    mark->gap = gap_before(r);
    mark->indented = r->line_ends > 0 && r->blank;
    mark->width = r->line_ends > 0 ? r->old_width : 0;
    sight->text[sight->len++] = c;
    r->line_ends = 0;
    r->blank = false;
}

static void take_symbol(fv_sight *sight, reading *r, const fv_symbol *symbol)
{
    size_t origin = r->at;
    r->at += symbol->len;
    switch (symbol->kind) {
    case FV_SYMBOL_VISIBLE:
        append(sight, r, symbol->c, origin);
        r->width++;
        break;
    case FV_SYMBOL_BLANK:
        r->blank = true;
        r->width++;
        break;
    case FV_SYMBOL_LINE_END:
        drop_end_mark(sight, r);
        end_line(r);
        break;
    case FV_SYMBOL_ESCAPED_LINE_END:
        end_escaped_line(r);
        r->width += (uint32_t)symbol->len;
        break;
    case FV_SYMBOL_NOTHING:
        break;
    }
}

/* Bytes that need no translation, by far the most: all visible ASCII except
 * # $ & * < > ? [ \ ] ^ _ ` |. */
/* clang-format off */
static const uint8_t plain[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
    0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0,
};
/* clang-format on */

static size_t count_plain(fv_bytes piece, size_t at)
{
    size_t end = at;
    while (end < piece.len && plain[piece.data[end]] != 0)
        end++;
    return end - at;
}

/* Appends `count` bytes that need no translation. There can be a gap only before the first, so only
 * the first gets a mark. */
static void append_plain(fv_sight *sight, reading *r, size_t count)
{
    const uint8_t *bytes = r->piece.data + r->at;
    append(sight, r, (char)bytes[0], r->at);
    memcpy(sight->text + sight->len, bytes + 1, count - 1);
    memset(sight->marks + sight->len, 0, (count - 1) * sizeof(fv_mark));
    sight->len += count - 1;
    r->width += (uint32_t)count;
    r->at += count;
}

bool fv_sight_read(fv_sight *sight, fv_bytes piece)
{
    if (piece.len > UINT32_MAX || !reserve(sight, piece.len == 0 ? 1 : piece.len))
        return false;
    sight->len = 0;
    sight->ends_line = piece.len > 0 && strchr("\r\n", piece.data[piece.len - 1]) != NULL &&
                       piece.data[piece.len - 1] != '\0';
    reading r = {.piece = piece, .line_ends = 2};
    skip_prefix(&r);
    while (r.at < piece.len) {
        fv_bytes open = {piece.data, r.closing < piece.len ? r.closing : piece.len};
        size_t num_plain = count_plain(open, r.at);
        if (num_plain > 0) {
            append_plain(sight, &r, num_plain);
            continue;
        }
        if (r.at == r.closing) {
            skip_closing(&r);
            continue;
        }
        fv_symbol symbol = {FV_SYMBOL_BLANK, '\0', 1};
        if (piece.data[r.at] != ' ')
            fv_symbol_read(piece, r.at, &symbol);
        take_symbol(sight, &r, &symbol);
    }
    return true;
}

size_t fv_sight_origin(const fv_sight *sight, size_t pos)
{
    size_t first = pos;
    while (first > 0 && sight->marks[first].origin == 0)
        first--;
    return sight->marks[first].origin + (pos - first);
}

fv_text fv_sight_text(const fv_sight *sight, fv_span span)
{
    return (fv_text){sight->text + span.from, span.to - span.from};
}

void fv_sight_append_spaced(const fv_sight *sight, fv_span span, fv_buf *buf)
{
    size_t from = span.from;
    for (size_t i = span.from + 1; i < span.to; i++) {
        if (sight->marks[i].gap == FV_GAP_NONE)
            continue;
        fv_buf_append(buf, sight->text + from, i - from);
        fv_buf_append_char(buf, ' ');
        from = i;
    }
    if (from < span.to)
        fv_buf_append(buf, sight->text + from, span.to - from);
}

static bool is_same_letter(char a, char b)
{
    return a == b || fv_ascii_lower(a) == fv_ascii_lower(b);
}

/* Skips an underscore, or a hyphen where a line was broken. */
static bool is_passed_over(const fv_sight *sight, size_t pos, char wanted)
{
    char c = fv_sight_char(sight, pos);
    return c == '_' || (c == '-' && wanted != '-' && fv_sight_gap(sight, pos + 1) >= FV_GAP_FOLD);
}

bool fv_sight_match_rest(const fv_sight *sight, size_t pos, const char *word, size_t *out_end)
{
    for (;;) {
        /* Most characters are the same, letter case included. */
        while (*word == fv_sight_char(sight, pos) && *word != '_' && *word != '\0') {
            pos++;
            word++;
        }
        if (*word == '\0')
            break;
        if (*word != '_' && is_same_letter(fv_sight_char(sight, pos), *word)) {
            pos++;
            word++;
        } else if (*word == '_' || *word == ' ') {
            word++;
        } else if (is_passed_over(sight, pos, *word)) {
            pos++;
        } else {
            return false;
        }
    }
    if (out_end != NULL)
        *out_end = pos;
    return true;
}

size_t fv_sight_find(const fv_sight *sight, fv_span span, const char *word)
{
    const char first = word[0];
    const char other = fv_ascii_is_alpha(first) ? (char)(first ^ 0x20) : first;
    for (size_t i = span.from; i < span.to; i++) {
        size_t end;
        if ((sight->text[i] == first || sight->text[i] == other) &&
            fv_sight_match(sight, i, word, &end) && end <= span.to)
            return i;
    }
    return span.to;
}

bool fv_sight_has_within(const fv_sight *sight, size_t pos, size_t len, const char *word)
{
    size_t to = pos + len < sight->len ? pos + len : sight->len;
    return fv_sight_find(sight, (fv_span){pos, to}, word) < to;
}

static size_t word_len(const fv_sight *sight, size_t pos)
{
    size_t end = pos + 1;
    while (end < sight->len && end - pos < WRAPPED_WIDTH && sight->marks[end].gap == FV_GAP_NONE)
        end++;
    return end - pos;
}

/* Whether the two are equal; any digit equals any other. */
static bool is_same_shape(char a, char b)
{
    return a == b || (fv_ascii_is_digit(a) && fv_ascii_is_digit(b));
}

/* "ingress-" at the end of a line: the word goes on in the next one. */
static bool is_after_hyphen(const fv_sight *sight, size_t pos)
{
    return fv_sight_char(sight, pos - 1) == '-' && fv_ascii_is_alpha(fv_sight_char(sight, pos - 2));
}

bool fv_sight_repeats_lead(const fv_sight *sight, size_t pos)
{
    size_t line = pos;
    while (line > 0 && pos - line < LINE_MAX_LEN && fv_sight_gap(sight, line - 1) < FV_GAP_FOLD)
        line--;
    if (line == 0 || pos - line >= LINE_MAX_LEN || is_after_hyphen(sight, pos))
        return false;
    line--;
    for (size_t i = 0; i < REPEATED_LEAD; i++) {
        if (line + i >= pos || pos + i >= sight->len ||
            !is_same_shape(sight->text[line + i], sight->text[pos + i]))
            return false;
    }
    return true;
}

bool fv_sight_is_wrapped(const fv_sight *sight, size_t pos)
{
    size_t width = pos < sight->len ? sight->marks[pos].width : 0;
    return width >= SHORTEST_WRAPPED && width + word_len(sight, pos) >= WRAPPED_WIDTH &&
           !fv_sight_repeats_lead(sight, pos);
}

size_t fv_sight_count_digits(const fv_sight *sight, size_t pos, size_t max)
{
    size_t count = 0;
    while (count < max && fv_ascii_is_digit(fv_sight_char(sight, pos + count)))
        count++;
    return count;
}
