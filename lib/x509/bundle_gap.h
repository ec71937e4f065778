/* What lies between the objects of a file: white space, zeros, and text for people. */
#ifndef FV_X509_BUNDLE_GAP_H
#define FV_X509_BUNDLE_GAP_H

#include "base/text.h"

typedef enum fv_bundle_end { FV_BUNDLE_AT_END, FV_BUNDLE_AT_PEM, FV_BUNDLE_AT_DER } fv_bundle_end;

typedef struct fv_bundle_gap {
    fv_bundle_end end; /* what follows it */
    size_t len;
    const char *foreign_at; /* its first byte that is no text; NULL: there is none */
} fv_bundle_gap;

/* Finds the next PEM block or DER document. With `is_clean` false, something foreign was found in
 * the file before: then DER is not looked for inside text, so that each file costs one vain look at
 * most. */
fv_bundle_gap fv_bundle_find_gap(fv_text rest, bool is_clean);
/* Whether a file that begins so is DER. */
bool fv_bundle_begins_der(fv_bytes bytes);

#endif
