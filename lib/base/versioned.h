/* Structs that a caller fills and that begin with their own size: how they grow without breaking
 * programs that were compiled against an older or a newer header. */
#ifndef FV_BASE_VERSIONED_H
#define FV_BASE_VERSIONED_H

#include <stdbool.h>
#include <stddef.h>

/* Copies a struct whose first member is `size_t size`. A smaller one is filled up with zero bytes
 * (0, NULL); of a larger one the tail must be zero. False, and out untouched, when it is not, or
 * when the size cannot hold even itself. out->size becomes out_size. */
bool fv_versioned_copy(void *out, size_t out_size, const void *from);

#endif
