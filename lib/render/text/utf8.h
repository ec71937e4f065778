/* UTF-8 (RFC 3629), strictly: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef FV_RENDER_UTF8_H
#define FV_RENDER_UTF8_H

#include "base/buf.h"
#include "base/text.h"

/* Decodes the first character of `text`. Returns its length in bytes; 0: the text does not begin
 * with a valid one. */
size_t fv_utf8_decode(fv_text text, uint32_t *out_char);
/* Appends `text`. Each byte that is not part of a valid character becomes U+FFFD. */
void fv_utf8_append_repaired(fv_buf *buf, fv_text text);

/* Whether a character is a control, changes the direction of text, or is invisible. Such a
 * character could mislead a terminal or a reader. */
bool fv_utf8_is_hidden(uint32_t c);

#endif
