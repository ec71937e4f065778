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
#endif
