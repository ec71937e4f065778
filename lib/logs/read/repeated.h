/* Prefixes that only the neighbouring lines reveal: numbers that count up, names and times on each
 * line. */
#ifndef FV_LOGS_REPEATED_H
#define FV_LOGS_REPEATED_H

#include "base/bytes.h"

#include <stdbool.h>

/* Returns the offset after such a prefix; `at` if there is none. `at` is the first visible
 * character of a line. */
size_t fv_repeated_skip(fv_bytes piece, size_t at);

/* Whether a line of a message or an entry begins at `at` that no program can have put there:
 * "Call-ID: ...". */
bool fv_repeated_is_line_word(fv_bytes piece, size_t at);
/* Where the text ends that begins at `at`, after a quotation mark of a head: at the mark that
 * closes it, with nothing but "," ";" ")" or "+" between it and the end of the line.
 * FV_REPEATED_OPEN if no mark is before `at`, or none closes. */
#define FV_REPEATED_OPEN SIZE_MAX
size_t fv_repeated_closing(fv_bytes piece, size_t at);
/* Whether the mark at `at`, which ends its line, also ends each of the next lines before and after,
 * and these are at least `least`: a program put it there. */
bool fv_repeated_ends(fv_bytes piece, size_t at, size_t least);

#endif
