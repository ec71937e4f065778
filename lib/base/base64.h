/* RFC 4648 base64. */
#ifndef FV_BASE_BASE64_H
#define FV_BASE_BASE64_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "fedval/status.h"

/* Strict: padding required, no blanks, unused bits zero. 0, SYNTAX or NO_MEMORY. */
fedval_status fv_base64_decode(fv_arena *arena, fv_text text, fv_bytes *out);
/* The same with blanks and line ends anywhere. Line ends passed are counted, up to a fault too. */
fedval_status fv_base64_decode_lines(fv_arena *arena, fv_text text, fv_bytes *out,
                                     uint32_t *out_num_lines);
void fv_base64_encode(fv_buf *buf, fv_bytes bytes);

#endif
