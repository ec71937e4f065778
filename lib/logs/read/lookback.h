/* Finds the beginning of the entry around a place. */
#ifndef FV_LOGS_LOOKBACK_H
#define FV_LOGS_LOOKBACK_H

#include "base/bytes.h"

#define FV_LOOKBACK_MAX ((size_t)6 << 10)

/* Returns the start of the entry or message that covers `at`, never before `from`. Searches at most
 * FV_LOOKBACK_MAX bytes back and returns that limit if it finds no start. */
size_t fv_lookback(const uint8_t *bytes, size_t from, size_t at);

#endif
