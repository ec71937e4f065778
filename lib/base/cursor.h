/* The one cursor that all untrusted bytes are read through. A read either succeeds whole or moves
 * nothing and returns false. */
#ifndef FV_BASE_CURSOR_H
#define FV_BASE_CURSOR_H

#include "base/bytes.h"

#include <stdbool.h>

typedef struct fv_cursor {
    const uint8_t *start;
    const uint8_t *next;
    const uint8_t *end;
} fv_cursor;

void fv_cursor_init(fv_cursor *cursor, fv_bytes bytes);
size_t fv_cursor_left(const fv_cursor *cursor);
size_t fv_cursor_offset(const fv_cursor *cursor);
bool fv_cursor_peek_u8(const fv_cursor *cursor, uint8_t *out);
bool fv_cursor_read_u8(fv_cursor *cursor, uint8_t *out);
bool fv_cursor_read_u16(fv_cursor *cursor, uint16_t *out); /* network order */
bool fv_cursor_read_u24(fv_cursor *cursor, uint32_t *out);
bool fv_cursor_read_u32(fv_cursor *cursor, uint32_t *out);
bool fv_cursor_take(fv_cursor *cursor, size_t len, fv_bytes *out);
bool fv_cursor_skip(fv_cursor *cursor, size_t len);

#endif
