/* A run of bytes that somebody else owns. Decoded facts point into their DER with it. */
#ifndef FV_BASE_BYTES_H
#define FV_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct fv_bytes {
    const uint8_t *data; /* NULL only when len is 0 */
    size_t len;
} fv_bytes;

/* An empty run may have a NULL address, which memcmp must not be given (C11 7.24.1). */
static inline bool fv_bytes_equal(fv_bytes a, fv_bytes b)
{
    return a.len == b.len && (a.data == b.data || a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* Returns the byte at `at`; 0 past the end. */
static inline uint8_t fv_bytes_at(fv_bytes bytes, size_t at)
{
    return at < bytes.len ? bytes.data[at] : 0;
}

/* Whether all of `text` is in `bytes` at `at`. */
static inline bool fv_bytes_have(fv_bytes bytes, size_t at, const char *text)
{
    size_t len = strlen(text);
    return at <= bytes.len && bytes.len - at >= len &&
           (len == 0 || memcmp(bytes.data + at, text, len) == 0);
}

#endif
