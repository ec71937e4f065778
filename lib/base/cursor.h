/* The one cursor through which all untrusted bytes are read. A read either succeeds completely, or
 * returns false and moves nothing. */
#ifndef FV_BASE_CURSOR_H
#define FV_BASE_CURSOR_H

#include "base/bytes.h"

#include <stdbool.h>

typedef struct fv_cursor {
    const uint8_t *start;
    const uint8_t *next;
    const uint8_t *end;
} fv_cursor;

/* These functions are inline because decoding one certificate calls them some hundred times. */

static inline void fv_cursor_init(fv_cursor *cursor, fv_bytes bytes)
{
    static const uint8_t nothing[1];
    cursor->start = bytes.data == NULL ? nothing : bytes.data;
    cursor->next = cursor->start;
    cursor->end = cursor->start + bytes.len;
}

static inline size_t fv_cursor_left(const fv_cursor *cursor)
{
    return (size_t)(cursor->end - cursor->next);
}

static inline size_t fv_cursor_offset(const fv_cursor *cursor)
{
    return (size_t)(cursor->next - cursor->start);
}

static inline bool fv_cursor_peek_u8(const fv_cursor *cursor, uint8_t *out)
{
    if (cursor->next == cursor->end)
        return false;
    *out = *cursor->next;
    return true;
}

static inline bool fv_cursor_read_u8(fv_cursor *cursor, uint8_t *out)
{
    if (!fv_cursor_peek_u8(cursor, out))
        return false;
    cursor->next++;
    return true;
}

static inline bool fv_cursor_take(fv_cursor *cursor, size_t len, fv_bytes *out)
{
    if (len > fv_cursor_left(cursor))
        return false;
    *out = (fv_bytes){cursor->next, len};
    cursor->next += len;
    return true;
}

static inline bool fv_cursor_skip(fv_cursor *cursor, size_t len)
{
    fv_bytes passed;
    return fv_cursor_take(cursor, len, &passed);
}

/* The next three functions read in network byte order. */
static inline bool fv_cursor_read_u16(fv_cursor *cursor, uint16_t *out)
{
    fv_bytes b;
    if (!fv_cursor_take(cursor, 2, &b))
        return false;
    *out = (uint16_t)((b.data[0] << 8) | b.data[1]);
    return true;
}

static inline bool fv_cursor_read_u24(fv_cursor *cursor, uint32_t *out)
{
    fv_bytes b;
    if (!fv_cursor_take(cursor, 3, &b))
        return false;
    *out = ((uint32_t)b.data[0] << 16) | ((uint32_t)b.data[1] << 8) | b.data[2];
    return true;
}

#endif
