/* A piece of a log without its spacing.
 *
 * Pasted logs are broken into lines, padded, doubled and joined in any way, so blanks and line
 * ends mean little. A sight holds only the visible characters, each with a note of the gap
 * before it. Keywords and values are looked for there, and so a word is found even if a line
 * end is within it. On the way, several things get one form or are dropped: typographic
 * quotation marks and hyphens, HTML entities, syslog's #015, and the prefixes that grep and
 * mail programs put in front of lines. */
#ifndef FV_LOGS_SIGHT_H
#define FV_LOGS_SIGHT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

/* The gap before a character. The order matters: from FV_GAP_FOLD on, a line ended. */
enum {
    FV_GAP_NONE = 0,
    FV_GAP_BLANK = 1,
    FV_GAP_FOLD = 2,      /* a line end, then blanks */
    FV_GAP_LINE = 3,      /* a line end */
    FV_GAP_PARAGRAPH = 4, /* a line end and empty lines */
};

typedef struct fv_mark {
    /* Offset of the character in the piece; 0 if it directly follows the character before. */
    uint32_t origin;
    uint16_t width; /* length of the line that ended before the character */
    uint8_t gap;
    bool indented; /* a line end and blanks before it */
} fv_mark;

typedef struct fv_sight {
    char *text;     /* len characters, not NUL-ended */
    fv_mark *marks; /* one for each */
    size_t len;
    size_t text_capacity, marks_capacity;
    bool ends_line; /* the piece ends with a line end */
} fv_sight;

/* Part of a sight: [from, to). */
typedef struct fv_span {
    size_t from;
    size_t to;
} fv_span;

void fv_sight_init(fv_sight *sight);
void fv_sight_clear(fv_sight *sight);
/* Replaces the sight with that of `piece`, at most UINT32_MAX bytes. Returns false if memory is
 * short. */
bool fv_sight_read(fv_sight *sight, fv_bytes piece);

/* Returns the offset in the piece of the character at `pos`, which must be inside the sight. */
size_t fv_sight_origin(const fv_sight *sight, size_t pos);
/* Returns the characters of a span, without any spacing. */
fv_text fv_sight_text(const fv_sight *sight, fv_span span);
/* Appends the characters of a span, with one blank for each gap. */
void fv_sight_append_spaced(const fv_sight *sight, fv_span span, fv_buf *buf);

bool fv_sight_match_rest(const fv_sight *sight, size_t pos, const char *word, size_t *out_end);

/* Whether `word` is at `pos`. Letter case, blanks, underscores (they get lost) and a hyphen at a
 * line's end do not matter. Sets `*out_end` to the position after it; `out_end` may be NULL. `word`
 * must not begin with a blank or an underscore: the first letter decides most calls. */
static inline bool fv_sight_match(const fv_sight *sight, size_t pos, const char *word,
                                  size_t *out_end)
{
    if (pos >= sight->len)
        return false;
    char c = sight->text[pos];
    if (fv_ascii_lower(c) != fv_ascii_lower(*word))
        return (c == '_' || c == '-') && fv_sight_match_rest(sight, pos, word, out_end);
    /* Most words that begin with the same letter differ in the second one. */
    char second = pos + 1 < sight->len ? fv_ascii_lower(sight->text[pos + 1]) : '_';
    if (second != fv_ascii_lower(word[1]) && second != '_' && second != '-' &&
        fv_ascii_is_alpha(word[1]))
        return false;
    return fv_sight_match_rest(sight, pos, word, out_end);
}

/* Returns the first position of `word` in the span; `span.to` if it is not there. */
size_t fv_sight_find(const fv_sight *sight, fv_span span, const char *word);
/* Whether `word` occurs in the `len` characters from `pos` on. */
bool fv_sight_has_within(const fv_sight *sight, size_t pos, size_t len, const char *word);
/* Returns '\0' past the end. */
static inline char fv_sight_char(const fv_sight *sight, size_t pos)
{
    return pos < sight->len ? sight->text[pos] : '\0';
}

/* Returns the gap before `pos`; FV_GAP_PARAGRAPH at the beginning and past the end. */
static inline uint8_t fv_sight_gap(const fv_sight *sight, size_t pos)
{
    return pos < sight->len && pos > 0 ? sight->marks[pos].gap : FV_GAP_PARAGRAPH;
}

/* A word can begin directly after one of these, without a gap. */
extern const bool fv_sight_closing_marks[256];

/* Whether a word can begin here: after a gap, or after a mark that closes something. */
static inline bool fv_sight_begins_word(const fv_sight *sight, size_t pos)
{
    return fv_sight_gap(sight, pos) != FV_GAP_NONE ||
           fv_sight_closing_marks[(uint8_t)sight->text[pos - 1]];
}

/* Whether the line at `pos` begins like the line before it, digits aside. Then it is a line of its
 * own and does not continue the one before: each line has such a head. */
bool fv_sight_repeats_lead(const fv_sight *sight, size_t pos);
/* Whether a program may have broken the line that ended before `pos`; such programs break at 60
 * columns or more. */
bool fv_sight_is_wrapped(const fv_sight *sight, size_t pos);
/* Returns how many decimal digits there are from `pos` on, at most `max`. */
size_t fv_sight_count_digits(const fv_sight *sight, size_t pos, size_t max);

#endif
