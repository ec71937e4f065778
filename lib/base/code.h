/* A table of permanent codes and their kebab-case names. Every to_string and from_string of the
 * public API looks things up in one. */
#ifndef FV_BASE_CODE_H
#define FV_BASE_CODE_H

#include "base/text.h"
#include "fedval/status.h"

typedef struct fv_code {
    uint32_t code;
    const char *name;
} fv_code;

/* Returns the name of `code`, or NULL when the table does not hold it. */
const char *fv_code_to_string(const fv_code *table, size_t num_codes, uint32_t code);
/* Finds the code with the name `text`. Returns FEDVAL_OK, FEDVAL_ERROR_ARGUMENT when `text` has no
 * data, or FEDVAL_ERROR_NOT_FOUND for an unknown name. */
fedval_status fv_code_from_string(const fv_code *table, size_t num_codes, fv_text text,
                                  uint32_t *out_code);

/* Defines fedval_<object>_to_string and fedval_<object>_from_string over `table`. */
#define FV_CODE_FUNCTIONS(object, table)                                                           \
    const char *fedval_##object##_to_string(uint32_t code)                                         \
    {                                                                                              \
        return fv_code_to_string(table, sizeof(table) / sizeof((table)[0]), code);                 \
    }                                                                                              \
    fedval_status fedval_##object##_from_string(const char *text, size_t text_len,                 \
                                                uint32_t *out_code)                                \
    {                                                                                              \
        return fv_code_from_string(table, sizeof(table) / sizeof((table)[0]),                      \
                                   fv_text_given(text, text_len), out_code);                       \
    }

#endif
