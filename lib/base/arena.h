/* An arena owns many allocations and frees them all at once. A report, an evidence or a log result
 * has one that holds everything in it. */
#ifndef FV_BASE_ARENA_H
#define FV_BASE_ARENA_H

#include "base/text.h"

#include <stdatomic.h>
#include <stdbool.h>

typedef struct fv_arena {
    struct fv_arena_block *blocks;
    /* what was made when somebody asked for it (fv_arena_keep_once, fv_arena_adopt_once) */
    struct fv_arena_kept *_Atomic kept;
} fv_arena;

/* A text that is made when it is first asked for. NULL: nobody has asked yet. */
typedef const char *_Atomic fv_late_text;
/* The same for an object. */
typedef void *_Atomic fv_late_object;

void fv_arena_init(fv_arena *arena);
void fv_arena_clear(fv_arena *arena);
/* Allocates `size` bytes for a new arena at once, where the caller knows that the arena will grow
 * that large. */
bool fv_arena_reserve(fv_arena *arena, size_t size);
/* Returns zeroed memory, aligned for any type, or NULL when memory is short. A `size` of 0 gives a
 * valid pointer. */
void *fv_arena_alloc(fv_arena *arena, size_t size);
/* The same for `count` things of `size` bytes each; NULL also when the product overflows. */
void *fv_arena_alloc_array(fv_arena *arena, size_t count, size_t size);
/* Copies the text and adds a NUL. */
char *fv_arena_copy_text(fv_arena *arena, const char *text, size_t text_len);
/* The same for a text that ends with a NUL and may be absent: NULL stays NULL. Returns false, with
 * `*out` untouched, when memory is short. */
bool fv_arena_copy_if(fv_arena *arena, const char *text, const char **out);
/* Joins `pieces`, the last of which is followed by NULL. NULL: memory is short. */
char *fv_arena_join(fv_arena *arena, const char *const *pieces);
/* Copies a text that is only shown to people. A text longer than `most_len` is cut and "..." added;
 * a NUL becomes "?", because a reader would not see anything behind a NUL. */
char *fv_arena_copy_excerpt(fv_arena *arena, fv_text text, size_t most_len);
/* Copies the bytes. Returns false, with `*out` untouched, when memory is short. */
bool fv_arena_copy_bytes(fv_arena *arena, fv_bytes from, fv_bytes *out);
/* Makes room for one more item in an array that the arena holds. When the array is full, it is
 * copied to one twice as large and `*items` changes. Returns the new slot, zeroed, and adds 1 to
 * `*num_items`; NULL when memory is short. */
void *fv_arena_append(fv_arena *arena, void **items, size_t *num_items, size_t *capacity,
                      size_t item_size);
/* Copies the text for as long as the arena lives, and sets `*slot` to the copy. If `*slot` has a
 * text already, that one stays. Returns the text of `*slot`; NULL when memory is short. This
 * function and the next one alone may be called by several threads at once, with one arena and one
 * slot. */
const char *fv_arena_keep_once(fv_arena *arena, fv_late_text *slot, fv_text text);
/* The same for an object: the arena owns it from now on, and gives it to `release` when the arena
 * is cleared; at once, if `*slot` has an object already or memory is short. */
void *fv_arena_adopt_once(fv_arena *arena, fv_late_object *slot, void *object,
                          void (*release)(void *object));

#endif
