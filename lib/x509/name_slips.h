/* Rules about the texts of names that most programs do not hold to. */
#ifndef FV_X509_NAME_SLIPS_H
#define FV_X509_NAME_SLIPS_H

#include "base/bytes.h"

/* Returns which of FV_DEFECTS_OF_TEXTS an attribute has; `type` is its OID, `tag` that of its
 * value. */
uint64_t fv_attribute_find_slips(fv_bytes type, uint8_t tag, fv_bytes value);

#endif
