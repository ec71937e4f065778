/* UTF-8 (RFC 3629), strictly: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef FV_RENDER_UTF8_H
#define FV_RENDER_UTF8_H

#include "base/buf.h"
#include "base/text.h"

/* The first character: its length in bytes, 0 when the text does not begin with one. */
size_t fv_utf8_decode(fv_text text, uint32_t *out_char);
/* Appends the text, each byte that belongs to no character replaced by U+FFFD. */
void fv_utf8_append_repaired(fv_buf *buf, fv_text text);

/* Whether a character is a control, changes the direction of text, or cannot be seen: what a
 * terminal or a reader would be misled by. */
bool fv_utf8_is_hidden(uint32_t c);

#endif
