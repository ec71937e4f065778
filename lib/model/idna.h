/* Internationalised names (IDNA). The build chooses who converts them: libidn2 (idna_libidn2.c), or
 * nobody (idna_none.c), or the host of the library, which then defines this function. */
#ifndef FV_MODEL_IDNA_H
#define FV_MODEL_IDNA_H

#include "base/text.h"
#include "fedval/status.h"

/* Turns a name with letters beyond ASCII into A-labels. `text` is shorter than `out_size` and holds
 * no NUL. Returns 0; NO_MEMORY; SYNTAX, with FEDVAL_NAME_FAULT_ in `out_fault`. */
fedval_status fv_idna_to_ascii(fv_text text, char *out, size_t out_size, uint32_t *out_fault);

#endif
