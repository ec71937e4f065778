/* A table of permanent codes and their kebab-case names: the inside of each to_string and
 * from_string. */
#ifndef FV_BASE_CODE_H
#define FV_BASE_CODE_H

#include "fedval/status.h"

typedef struct fv_code {
    uint32_t code;
    const char *name;
} fv_code;

/* The name of a code, or NULL for one that the table does not hold. */
const char *fv_code_to_string(const fv_code *table, size_t num_codes, uint32_t code);
/* 0; FEDVAL_ERROR_ARGUMENT for NULL, FEDVAL_ERROR_NOT_FOUND for a name that is not there. */
fedval_status fv_code_from_string(const fv_code *table, size_t num_codes, const char *text,
                                  uint32_t *out_code);

#endif
