/* Reads the parts of a text that somebody wants explained. */
#ifndef FV_CATALOGUE_ASKED_H
#define FV_CATALOGUE_ASKED_H

#include "base/text.h"

typedef struct fv_asked_number {
    uint32_t value;
    /* all 32 bits matter: the number was hexadecimal, negative, or too large for a signed number */
    bool is_hresult;
    fv_text rest; /* the text behind it */
} fv_asked_number;

/* Removes blanks, quotes, brackets and punctuation at both ends. */
fv_text fv_asked_strip(fv_text text);
/* Returns the text without its first `len` bytes. */
fv_text fv_asked_skip(fv_text text, size_t len);
/* Reads up to eight hexadecimal digits at the beginning of the text. Returns false when there are
 * none. */
bool fv_asked_read_hex(fv_text text, fv_asked_number *out);
/* Reads the number at the beginning of the text. Returns false when there is none, or when a
 * letter, a digit or "_" follows it. */
bool fv_asked_read_number(fv_text text, fv_asked_number *out);
/* Reads the name of a kind ("TLS alert", "event id") and moves `text` to the number behind it.
 * Returns FEDVAL_TOPIC_, or 0 when the text names no kind. */
uint32_t fv_asked_read_kind(fv_text *text);

#endif
