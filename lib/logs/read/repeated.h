/* Prefixes that are told by the lines around them: numbers that count, names and times that each
 * line has. */
#ifndef FV_LOGS_REPEATED_H
#define FV_LOGS_REPEATED_H

#include "base/bytes.h"

/* The offset after such a prefix of the line whose first visible character is at `at`; `at` when
 * there is none. */
size_t fv_repeated_skip(fv_bytes piece, size_t at);

#endif
