/* The string types of names: recodes them to UTF-8, and brings them into the form in which RFC 5280
 * 7.1 compares them. */
#ifndef FV_X509_NAME_STRING_H
#define FV_X509_NAME_STRING_H

#include "base/arena.h"
#include "base/text.h"

/* Whether the bytes are text of the type `tag`: valid UTF-8, or whole characters of two or four
 * bytes that exist in Unicode. */
bool fv_string_is_well_formed(uint8_t tag, fv_bytes value);
/* Whether a value of that type may be in a name. Those of other types are not loaded by OpenSSL. */
bool fv_string_is_allowed(uint8_t tag);
/* Whether a text is empty, or a text of single bytes has a NUL. */
bool fv_string_has_odd_contents(uint8_t tag, fv_bytes value);
/* Whether a PrintableString or an IA5String has characters that are not ASCII. */
bool fv_string_has_odd_characters(uint8_t tag, fv_bytes value);
/* Whether the type holds text, which is compared as text. Values of other types are compared byte
 * by byte. */
bool fv_string_is_text(uint8_t tag);
/* Returns by how many bytes, at most, the value grows when it is recoded to UTF-8. */
size_t fv_string_growth(uint8_t tag, fv_bytes value);
/* Writes the value; a text is recoded, folded to lower case and its blanks squeezed. Needs room for
 * the length of the value and its growth. Returns the end of what was written. */
uint8_t *fv_string_normalise(uint8_t tag, fv_bytes value, uint8_t *to);
/* Gives the value as UTF-8. Bytes that need no recoding are not copied; otherwise the copy is in
 * the arena. Returns false only when memory is short. */
bool fv_string_to_text(fv_arena *arena, uint8_t tag, fv_bytes value, fv_text *out);
/* Returns the length of the UTF-8 character at the start, or 0 when the bytes there are no UTF-8
 * (RFC 3629). */
size_t fv_string_utf8_len(fv_text text);

#endif
