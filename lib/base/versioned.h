/* Structs that a caller fills and that begin with their own size. A program compiled against an
 * older or a newer header works: see fv_versioned_copy. */
#ifndef FV_BASE_VERSIONED_H
#define FV_BASE_VERSIONED_H

#include <stdbool.h>
#include <stddef.h>

/* Copies a struct whose first member is `size_t size`. When the caller's struct is smaller (an
 * older header), the missing members become zero bytes. When it is larger (a newer header), the
 * members that are unknown here must be zero. Otherwise, or when `size` is smaller than a size_t,
 * it returns false and `out` is untouched. `out->size` becomes `out_size`. */
bool fv_versioned_copy(void *out, size_t out_size, const void *from);

#endif
