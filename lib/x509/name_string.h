/* The string types of names: to UTF-8, and to the form in which RFC 5280 7.1 compares them. */
#ifndef FV_X509_NAME_STRING_H
#define FV_X509_NAME_STRING_H

#include "base/arena.h"
#include "base/text.h"

/* Whether the bytes are text of that type: UTF-8, or whole characters of two or four bytes. What
 * characters a PrintableString or an IA5String may hold is not looked at. */
bool fv_string_is_well_formed(uint8_t tag, fv_bytes value);
/* A type that holds text: it is compared as text. All others are compared byte by byte. */
bool fv_string_is_text(uint8_t tag);
/* By how many bytes the text may grow when it is recoded to UTF-8. */
size_t fv_string_growth(uint8_t tag, fv_bytes value);
/* Writes the value (at most its length and its growth), folded and squeezed if it is text; returns
 * the end of what was written. */
uint8_t *fv_string_normalise(uint8_t tag, fv_bytes value, uint8_t *to);
/* As UTF-8: in place where the bytes are the text already, else a copy in the arena. False only
 * when memory is short. */
bool fv_string_to_text(fv_arena *arena, uint8_t tag, fv_bytes value, fv_text *out);
/* The length of the UTF-8 character at the start, 0 if there is none (RFC 3629). */
size_t fv_string_utf8_len(fv_text text);

#endif
