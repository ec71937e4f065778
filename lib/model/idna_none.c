/* Internationalised names where nobody in the library converts them (-Didna=none). */
#include "model/idna.h"

#include "fedval/name.h"

fedval_status fv_idna_to_ascii(fv_text text, char *out, size_t out_size, uint32_t *out_fault)
{
    (void)text;
    (void)out;
    (void)out_size;
    *out_fault = FEDVAL_NAME_FAULT_BAD_IDN;
    return FEDVAL_ERROR_SYNTAX;
}
