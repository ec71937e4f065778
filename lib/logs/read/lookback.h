/* Where the entry begins that a place lies in. */
#ifndef FV_LOGS_LOOKBACK_H
#define FV_LOGS_LOOKBACK_H

#include "base/bytes.h"

#define FV_LOOKBACK_MAX ((size_t)6 << 10)

/* The offset, not before from, of a line that lies before the place at and begins an entry; where
 * none is near, an offset that is far enough back. */
size_t fv_lookback(const uint8_t *bytes, size_t from, size_t at);

#endif
