/* The parts of a text that somebody wants explained. */
#ifndef FV_CATALOGUE_ASKED_H
#define FV_CATALOGUE_ASKED_H

#include "base/text.h"

typedef struct fv_asked_number {
    uint32_t value;
    bool is_hresult; /* written as hexadecimal, or too large or negative: 32 bits */
    fv_text rest;    /* what stands behind it */
} fv_asked_number;

/* Without the quotes, brackets and punctuation around it. */
fv_text fv_asked_strip(fv_text text);
/* The text from a place on. */
fv_text fv_asked_skip(fv_text text, size_t len);
/* At the beginning of the text; what follows must not go on with it. */
bool fv_asked_read_number(fv_text text, fv_asked_number *out);
/* Passes over the name of a kind and what parts it from the number; FEDVAL_TOPIC_; 0: none is
 * named. */
uint32_t fv_asked_read_kind(fv_text *text);

#endif
