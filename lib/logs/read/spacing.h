/* What the bytes of a log stand for: characters, spacing, and the ways in which both get disguised.
 */
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
    char c;     /* of a visible one */
    size_t len; /* bytes, at least 1 */
} fv_symbol;

/* The symbol at offset at, which lies within the piece. */
void fv_symbol_read(fv_bytes piece, size_t at, fv_symbol *out);

/* The same of what stands for something else (disguise.c); false when nothing of the kind is there.
 */
bool fv_disguise_read(fv_bytes piece, size_t at, fv_symbol *out);

/* How many bytes at the beginning of a line are not of the log: "Line 190: ", "edge.log:12:",
 * "> ", and the "|" that Expressway puts before a SIP message. `at` is the beginning of a line;
 * what stands before and after that line is looked at too. */
size_t fv_spacing_prefix_len(fv_bytes piece, size_t at);

#endif
