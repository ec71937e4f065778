/* An arena: everything that hangs on one report, evidence or log result goes with it. */
#ifndef FV_BASE_ARENA_H
#define FV_BASE_ARENA_H

#include "base/text.h"

#include <stdbool.h>

typedef struct fv_arena {
    struct fv_arena_block *blocks;
} fv_arena;

void fv_arena_init(fv_arena *arena);
void fv_arena_clear(fv_arena *arena);
/* Gives a new arena room for so many bytes at once, where it is known to grow that large. */
bool fv_arena_reserve(fv_arena *arena, size_t size);
/* Zeroed memory aligned for any type; NULL when memory is short. size 0 gives a valid pointer. */
void *fv_arena_alloc(fv_arena *arena, size_t size);
/* The same for count things of size bytes; NULL also when the product overflows. */
void *fv_arena_alloc_array(fv_arena *arena, size_t count, size_t size);
/* NUL-ended copy. */
char *fv_arena_copy_text(fv_arena *arena, const char *text, size_t text_len);
/* The same of what is only shown: a longer text is cut and "..." put behind it, and a NUL is shown
 * as "?", so that nothing after it is hidden. */
char *fv_arena_copy_excerpt(fv_arena *arena, fv_text text, size_t most_len);
/* Copies the bytes; false (and *out untouched) when memory is short. */
bool fv_arena_copy_bytes(fv_arena *arena, fv_bytes from, fv_bytes *out);
/* Room for one more item in an arena-held array that doubles as it grows: moves *items when full.
 * Returns the zeroed new slot (and adds 1 to *num_items), or NULL when memory is short. */
void *fv_arena_append(fv_arena *arena, void **items, size_t *num_items, size_t *capacity,
                      size_t item_size);

#endif
