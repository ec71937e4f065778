/* RFC 4648 base64. */
#ifndef FV_BASE_BASE64_H
#define FV_BASE_BASE64_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "fedval/status.h"

/* Decodes strictly: padding is required, blanks are refused, unused bits must be zero. Returns
 * FEDVAL_OK, FEDVAL_ERROR_SYNTAX or FEDVAL_ERROR_NO_MEMORY. */
fedval_status fv_base64_decode(fv_arena *arena, fv_text text, fv_bytes *out);
/* The same, with blanks and line ends allowed anywhere. Counts the line ends; after a syntax error,
 * those before the fault, so that the caller can name the line. */
fedval_status fv_base64_decode_lines(fv_arena *arena, fv_text text, fv_bytes *out,
                                     uint32_t *out_num_lines);
void fv_base64_encode(fv_buf *buf, fv_bytes bytes);

#endif
