#include "base/code.h"

const char *fv_code_to_string(const fv_code *table, size_t num_codes, uint32_t code)
{
    for (size_t i = 0; i < num_codes; i++) {
        if (table[i].code == code)
            return table[i].name;
    }
    return NULL;
}

fedval_status fv_code_from_string(const fv_code *table, size_t num_codes, fv_text text,
                                  uint32_t *out_code)
{
    if (text.data == NULL || out_code == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    for (size_t i = 0; i < num_codes; i++) {
        if (fv_text_equal(fv_text_of(table[i].name), text)) {
            *out_code = table[i].code;
            return FEDVAL_OK;
        }
    }
    return FEDVAL_ERROR_NOT_FOUND;
}
