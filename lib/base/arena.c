#include "base/arena.h"

#include "base/arena_mode.h"
#include "base/size.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCK_SIZE 2048
#define LARGEST_BLOCK_SIZE (64 * 1024)

struct fv_arena_block {
    struct fv_arena_block *next;
    size_t used;
    size_t size;
    max_align_t data[];
};

/* A text with memory of its own, or an object that `release` frees. */
struct fv_arena_kept {
    struct fv_arena_kept *next;
    void *object;
    void (*release)(void *object); /* NULL: it is a text */
    char text[];
};

void fv_arena_init(fv_arena *arena)
{
    arena->blocks = NULL;
    atomic_init(&arena->kept, NULL);
}

static void clear_kept(fv_arena *arena)
{
    struct fv_arena_kept *kept = atomic_load_explicit(&arena->kept, memory_order_acquire);
    while (kept != NULL) {
        struct fv_arena_kept *next = kept->next;
        if (kept->release != NULL)
            kept->release(kept->object);
        free(kept);
        kept = next;
    }
    atomic_init(&arena->kept, NULL);
}

void fv_arena_clear(fv_arena *arena)
{
    struct fv_arena_block *block = arena->blocks;
    while (block != NULL) {
        struct fv_arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->blocks = NULL;
    clear_kept(arena);
}

static size_t next_block_size(const struct fv_arena_block *head)
{
    if (head == NULL)
        return FIRST_BLOCK_SIZE;
    return head->size >= LARGEST_BLOCK_SIZE / 2 ? LARGEST_BLOCK_SIZE : head->size * 2;
}

/* Adds a block that holds `size` bytes. A large item gets a block to itself, placed behind the head
 * block, so that later small items can still use the room left in the head. */
static struct fv_arena_block *add_block(fv_arena *arena, size_t size)
{
    size_t usual = fv_arena_is_single ? size : next_block_size(arena->blocks);
    bool is_large = size > usual / 4 && arena->blocks != NULL;
    size_t room = size > usual || is_large ? size : usual;
    size_t total;
    if (!fv_size_add(room, sizeof(struct fv_arena_block), &total))
        return NULL;
    struct fv_arena_block *block = malloc(total);
    if (block == NULL)
        return NULL;
    block->used = 0;
    block->size = room;
    struct fv_arena_block **place = is_large ? &arena->blocks->next : &arena->blocks;
    block->next = *place;
    *place = block;
    return block;
}

bool fv_arena_reserve(fv_arena *arena, size_t size)
{
    return add_block(arena, size) != NULL;
}

static void *take_from_new_block(fv_arena *arena, size_t size)
{
    struct fv_arena_block *block = add_block(arena, size);
    if (block == NULL)
        return NULL;
    block->used = size;
    return block->data;
}

/* Returns uninitialised memory, for callers that overwrite all of it at once. */
static inline void *take(fv_arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    struct fv_arena_block *block = arena->blocks;
    size_t rounded;
    if (!fv_size_add(size == 0 ? 1 : size, align - 1, &rounded))
        return NULL;
    rounded -= rounded % align;
    if (fv_arena_is_single)
        return take_from_new_block(arena, size);
    if (block == NULL || block->size - block->used < rounded)
        return take_from_new_block(arena, rounded);
    char *memory = (char *)block->data + block->used;
    block->used += rounded;
    return memory;
}

void *fv_arena_alloc(fv_arena *arena, size_t size)
{
    void *memory = take(arena, size);
    return memory != NULL ? memset(memory, 0, size) : NULL;
}

void *fv_arena_alloc_array(fv_arena *arena, size_t count, size_t size)
{
    size_t total;
    return fv_size_mul(count, size, &total) ? fv_arena_alloc(arena, total) : NULL;
}

char *fv_arena_join(fv_arena *arena, const char *const *pieces)
{
    size_t size = 1;
    for (size_t i = 0; pieces[i] != NULL; i++)
        size += strlen(pieces[i]);
    char *joined = fv_arena_alloc(arena, size);
    char *at = joined;
    for (size_t i = 0; joined != NULL && pieces[i] != NULL; i++) {
        size_t len = strlen(pieces[i]);
        memcpy(at, pieces[i], len);
        at += len;
    }
    return joined;
}

char *fv_arena_copy_text(fv_arena *arena, const char *text, size_t text_len)
{
    size_t size;
    if (!fv_size_add(text_len, 1, &size))
        return NULL;
    char *copy = take(arena, size);
    if (copy == NULL)
        return NULL;
    if (text_len > 0)
        memcpy(copy, text, text_len);
    copy[text_len] = '\0';
    return copy;
}

bool fv_arena_copy_if(fv_arena *arena, const char *text, const char **out)
{
    const char *copy = text != NULL ? fv_arena_copy_text(arena, text, strlen(text)) : NULL;
    if (text != NULL && copy == NULL)
        return false;
    *out = copy;
    return true;
}

char *fv_arena_copy_excerpt(fv_arena *arena, fv_text text, size_t most_len)
{
    static const char dots[] = "...";
    fv_text kept = fv_text_cut(text, most_len);
    size_t size;
    if (!fv_size_add(kept.len, sizeof(dots), &size))
        return NULL;
    char *copy = fv_arena_alloc(arena, size);
    if (copy == NULL)
        return NULL;
    char *end = copy + kept.len, *nul;
    if (kept.len > 0)
        memcpy(copy, kept.data, kept.len);
    while ((nul = memchr(copy, '\0', (size_t)(end - copy))) != NULL)
        *nul = '?';
    if (kept.len < text.len)
        memcpy(end, dots, sizeof(dots));
    return copy;
}

bool fv_arena_copy_bytes(fv_arena *arena, fv_bytes from, fv_bytes *out)
{
    uint8_t *copy = take(arena, from.len);
    if (copy == NULL)
        return false;
    if (from.len > 0)
        memcpy(copy, from.data, from.len);
    *out = (fv_bytes){copy, from.len};
    return true;
}

/* Doubles the array. `items` may point to a variable of any pointer type (a `fedval_fact **`, say),
 * so the pointer in it is read and written with memcpy. */
static bool grow(fv_arena *arena, void **items, size_t num_items, size_t *capacity,
                 size_t item_size)
{
    size_t wider = 4, size;
    if ((*capacity > 0 && !fv_size_mul(*capacity, 2, &wider)) ||
        !fv_size_mul(wider, item_size, &size))
        return false;
    void *fresh = take(arena, size);
    if (fresh == NULL)
        return false;
    void *old;
    memcpy(&old, items, sizeof(old));
    if (num_items > 0)
        memcpy(fresh, old, num_items * item_size);
    memcpy(items, &fresh, sizeof(fresh));
    *capacity = wider;
    return true;
}

void *fv_arena_append(fv_arena *arena, void **items, size_t *num_items, size_t *capacity,
                      size_t item_size)
{
    if (*num_items >= *capacity && !grow(arena, items, *num_items, capacity, item_size))
        return NULL;
    char *array;
    memcpy(&array, items, sizeof(array));
    return memset(array + (*num_items)++ * item_size, 0, item_size);
}

static struct fv_arena_kept *new_kept(fv_text text)
{
    size_t size;
    if (!fv_size_add(text.len, sizeof(struct fv_arena_kept) + 1, &size))
        return NULL;
    struct fv_arena_kept *kept = malloc(size);
    if (kept == NULL)
        return NULL;
    if (text.len > 0)
        memcpy(kept->text, text.data, text.len);
    kept->text[text.len] = '\0';
    kept->object = NULL;
    kept->release = NULL;
    return kept;
}

static void push(fv_arena *arena, struct fv_arena_kept *kept)
{
    kept->next = atomic_load(&arena->kept);
    while (!atomic_compare_exchange_weak(&arena->kept, &kept->next, kept)) {
    }
}

const char *fv_arena_keep_once(fv_arena *arena, fv_late_text *slot, fv_text text)
{
    struct fv_arena_kept *kept = new_kept(text);
    const char *present = NULL;
    if (kept == NULL)
        return NULL;
    if (!atomic_compare_exchange_strong(slot, &present, kept->text)) {
        free(kept);
        return present;
    }
    push(arena, kept);
    return kept->text;
}

void *fv_arena_adopt_once(fv_arena *arena, fv_late_object *slot, void *object,
                          void (*release)(void *object))
{
    struct fv_arena_kept *kept = new_kept((fv_text){"", 0});
    void *present = NULL;
    if (kept == NULL) {
        release(object);
        return NULL;
    }
    if (!atomic_compare_exchange_strong(slot, &present, object)) {
        free(kept);
        release(object);
        return present;
    }
    kept->object = object;
    kept->release = release;
    push(arena, kept);
    return object;
}
