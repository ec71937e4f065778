/* What a line begins with, the lines before and after it, and the marks that a program put at the
 * end of each. */
#ifndef FV_LOGS_NEIGHBOURS_H
#define FV_LOGS_NEIGHBOURS_H

#include "base/bytes.h"

#include <stdbool.h>

#define FV_NO_LINE SIZE_MAX

/* Returns the length of `text` if it begins at `at`, else 0. Mostly its first byte decides. */
size_t fv_line_text_len(fv_bytes piece, size_t at, const char *text);
/* Compares with a pattern: "0" matches any digit, "a" any letter. */
bool fv_line_has_shape(fv_bytes piece, size_t at, const char *shape);
/* Return the first visible character of the next line, or of the line before, that has one.
 * FV_NO_LINE if there is no such line nearby. */
size_t fv_line_after(fv_bytes piece, size_t at);
size_t fv_line_before(fv_bytes piece, size_t at);
/* Where the text ends that begins at `at`, after a quotation mark of a head: at the mark that
 * closes it, with nothing but "," ";" ")" or "+" between it and the end of the line.
 * FV_REPEATED_OPEN if no mark is before `at`, or none closes. */
#define FV_REPEATED_OPEN SIZE_MAX
size_t fv_repeated_closing(fv_bytes piece, size_t at);
/* Whether the mark at `at`, which ends its line, also ends each of the next lines before and after,
 * and these are at least `least`: a program put it there. */
bool fv_repeated_ends(fv_bytes piece, size_t at, size_t least);

#endif
