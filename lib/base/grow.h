/* A list on the heap that grows. (A list in an arena grows by fv_arena_append.) */
#ifndef FV_BASE_GROW_H
#define FV_BASE_GROW_H

#include <stddef.h>

/* Makes room in `items` for `wanted` items of `item_size` bytes. The room doubles, so that a list
 * that is filled one by one is moved a few times only; `*capacity` is how many items fit. Returns
 * the list, which may have moved; what is new in it is not set. NULL: memory is short, and the list
 * and its capacity are as before. */
void *fv_grow(void *items, size_t wanted, size_t *capacity, size_t item_size);

#endif
