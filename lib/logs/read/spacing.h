/* Turns the bytes of a log into characters and spacing, also where either is disguised. */
#ifndef FV_LOGS_SPACING_H
#define FV_LOGS_SPACING_H

#include "base/bytes.h"

#include <stdbool.h>

typedef enum fv_symbol_kind {
    FV_SYMBOL_VISIBLE,
    FV_SYMBOL_BLANK,
    FV_SYMBOL_LINE_END,
    FV_SYMBOL_ESCAPED_LINE_END, /* #015, <br> */
    FV_SYMBOL_NOTHING,          /* zero width, or an escape */
} fv_symbol_kind;

typedef struct fv_symbol {
    fv_symbol_kind kind;
    char c;     /* the character, if it is visible */
    size_t len; /* length in bytes, at least 1 */
} fv_symbol;

/* A line end of the log, or one inside a field that the unwrapping marked (FV_INNER_LINE_END). */
static inline bool fv_is_line_end(uint8_t c)
{
    return c == '\n' || c == '\r' || c == '\v';
}

static inline bool fv_is_blank(uint8_t c)
{
    return c == ' ' || c == '\t';
}

/* Reads the symbol at offset `at`, which must be inside the piece. */
void fv_symbol_read(fv_bytes piece, size_t at, fv_symbol *out);

/* Reads a disguised symbol (disguise.c). Returns false if there is none at `at`. */
bool fv_disguise_read(fv_bytes piece, size_t at, fv_symbol *out);

/* Returns the length of the character at `at` if windows and tables have it as a border, else 0. */
size_t fv_spacing_border_len(fv_bytes piece, size_t at);

/* Returns how many bytes at the beginning of a line are not part of the log: "Line 190: ",
 * "edge.log:12:", "> ", and the "|" that Expressway puts before a SIP message. `at` is the
 * beginning of the line; the neighbouring lines are looked at too. */
size_t fv_spacing_prefix_len(fv_bytes piece, size_t at);

#endif
