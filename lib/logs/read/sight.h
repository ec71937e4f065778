/* A piece of a log without its spacing.
 *
 * Pasted logs are broken in lines, padded, doubled and joined at will: where blanks and line ends
 * stand says little. So a piece is read as its visible characters alone, each with a note of the
 * gap before it, and keywords and values are looked for there: a word is found whether or not a
 * line ends within it. Quotation marks and hyphens of typesetters, HTML entities, syslog's #015 and
 * the prefixes that grep and mail programs put in front of lines are brought into one form on the
 * way. */
#ifndef FV_LOGS_SIGHT_H
#define FV_LOGS_SIGHT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

/* What stood before a character. The order matters: from FV_GAP_FOLD on a line ended. */
enum {
    FV_GAP_NONE = 0,
    FV_GAP_BLANK = 1,
    FV_GAP_FOLD = 2,      /* a line end, then blanks */
    FV_GAP_LINE = 3,      /* a line end */
    FV_GAP_PARAGRAPH = 4, /* a line end and empty lines */
};

typedef struct fv_mark {
    /* Offset of the character in the piece; 0 when it is the next after that of the one before. */
    uint32_t origin;
    uint16_t width; /* how many characters the line had that ended before it */
    uint8_t gap;
    bool indented; /* a line end and blanks before it */
} fv_mark;

typedef struct fv_sight {
    char *text;     /* len characters, not NUL-ended */
    fv_mark *marks; /* one for each */
    size_t len;
    size_t capacity;
} fv_sight;

/* Part of a sight: [from, to). */
typedef struct fv_span {
    size_t from;
    size_t to;
} fv_span;

void fv_sight_init(fv_sight *sight);
void fv_sight_clear(fv_sight *sight);
/* Replaces the sight by that of piece, at most UINT32_MAX bytes; false when memory is short. */
bool fv_sight_read(fv_sight *sight, fv_bytes piece);

/* The offset in the piece of the character at pos, which lies within the sight. */
size_t fv_sight_origin(const fv_sight *sight, size_t pos);
/* The characters of a span as they are in the sight: without any spacing. */
fv_text fv_sight_text(const fv_sight *sight, fv_span span);
/* The characters with one blank for each gap. */
void fv_sight_append_spaced(const fv_sight *sight, fv_span span, fv_buf *buf);

bool fv_sight_match_rest(const fv_sight *sight, size_t pos, const char *word, size_t *out_end);

/* Whether word, which begins with neither a blank nor an underscore, stands at pos: letter case,
 * blanks, underscores (they get lost) and a hyphen at a line's end make no difference. Sets
 * *out_end to the position after it; out_end may be NULL. Most do not: their first letter differs.
 */
static inline bool fv_sight_match(const fv_sight *sight, size_t pos, const char *word,
                                  size_t *out_end)
{
    if (pos >= sight->len)
        return false;
    char c = sight->text[pos];
    if (fv_ascii_lower(c) != fv_ascii_lower(*word) && c != '_' && c != '-')
        return false;
    return fv_sight_match_rest(sight, pos, word, out_end);
}

/* The first position in the span where word stands; span.to when it does not. */
size_t fv_sight_find(const fv_sight *sight, fv_span span, const char *word);
/* Whether a word stands among the len characters from pos on. */
bool fv_sight_has_within(const fv_sight *sight, size_t pos, size_t len, const char *word);
/* '\0' past the end. */
static inline char fv_sight_char(const fv_sight *sight, size_t pos)
{
    return pos < sight->len ? sight->text[pos] : '\0';
}

/* The gap before pos; FV_GAP_PARAGRAPH at the beginning and past the end. */
static inline uint8_t fv_sight_gap(const fv_sight *sight, size_t pos)
{
    return pos < sight->len && pos > 0 ? sight->marks[pos].gap : FV_GAP_PARAGRAPH;
}

/* After these a word can begin without a gap. */
extern const bool fv_sight_closing_marks[256];

/* Whether a word can begin here: after a gap, or after a mark that closes something. */
static inline bool fv_sight_begins_word(const fv_sight *sight, size_t pos)
{
    return fv_sight_gap(sight, pos) != FV_GAP_NONE ||
           fv_sight_closing_marks[(uint8_t)sight->text[pos - 1]];
}

/* Whether the line that begins at pos begins like the one before it: with what stands in front of
 * every line, so that it is not the rest of that one. */
bool fv_sight_repeats_lead(const fv_sight *sight, size_t pos);
/* Whether the line that ended before pos may have been broken by what printed it: such programs
 * break at 60 columns or more. */
bool fv_sight_is_wrapped(const fv_sight *sight, size_t pos);
/* Reads decimal digits: how many there are from pos on, at most max. */
size_t fv_sight_count_digits(const fv_sight *sight, size_t pos, size_t max);

#endif
