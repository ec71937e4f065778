/* Sizes are added and multiplied only here. */
#ifndef FV_BASE_SIZE_H
#define FV_BASE_SIZE_H

#include <stdbool.h>
#include <stddef.h>

bool fv_size_add(size_t a, size_t b, size_t *out);
bool fv_size_mul(size_t a, size_t b, size_t *out);

#endif
