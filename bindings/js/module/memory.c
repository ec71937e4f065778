/* The allocator of the module, in the place of wasi-libc's, which has ten times its size. A block
 * has one of four sizes between two powers of two, and a freed block waits in the list of its size
 * for the next that asks for that size. Memory only grows: a page that reads the next log takes the
 * blocks of the last. There are no threads. */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ALIGNMENT 16
#define STEPS 4 /* sizes between two powers of two */
#define NUM_SIZES (32 * STEPS)
#define PAGE ((size_t)65536)
#define LARGEST ((size_t)1 << 30)

/* Stands before each block. */
typedef struct head {
    uint32_t which; /* of the sizes */
    struct head *next;
    uint32_t unused[2];
} head;

_Static_assert(sizeof(head) == ALIGNMENT, "what stands before a block keeps it aligned");

extern unsigned char __heap_base;

static head *waiting[NUM_SIZES];
static uintptr_t fresh, end; /* memory that was never a block */

/* Returns which of the sizes the smallest is that has room for `size` bytes, and writes it. */
static uint32_t size_for(size_t size, size_t *out_size)
{
    uint32_t power = 4;
    while (((size_t)1 << (power + 1)) <= size)
        power++;
    size_t step = ((size_t)1 << power) / STEPS, base = (size_t)1 << power;
    size_t steps = size <= base ? 0 : (size - base + step - 1) / step;
    *out_size = (base + steps * step + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    return power * STEPS + (uint32_t)steps;
}

/* Takes memory that was never a block; NULL: the host gives no more. */
static head *take_fresh(size_t size)
{
    if (fresh == 0) {
        fresh = ((uintptr_t)&__heap_base + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
        end = __builtin_wasm_memory_size(0) * PAGE;
    }
    if (end - fresh < size) {
        size_t pages = (size - (end - fresh) + PAGE - 1) / PAGE;
        if (__builtin_wasm_memory_grow(0, pages) == SIZE_MAX)
            return NULL;
        end += pages * PAGE;
    }
    head *block = (head *)fresh;
    fresh += size;
    return block;
}

void *malloc(size_t size)
{
    size_t whole;
    if (size > LARGEST) {
        errno = ENOMEM;
        return NULL;
    }
    uint32_t which = size_for(size, &whole);
    head *block = waiting[which];
    if (block != NULL) {
        waiting[which] = block->next;
    } else {
        block = take_fresh(sizeof(head) + whole);
        if (block == NULL) {
            errno = ENOMEM;
            return NULL;
        }
        block->which = which;
    }
    return block + 1;
}

void free(void *memory)
{
    if (memory == NULL)
        return;
    head *block = (head *)memory - 1;
    block->next = waiting[block->which];
    waiting[block->which] = block;
}

/* Without the attribute clang makes a call of calloc of the two calls. */
__attribute__((no_builtin)) void *calloc(size_t count, size_t size)
{
    size_t whole;
    void *memory = __builtin_mul_overflow(count, size, &whole) ? NULL : malloc(whole);
    return memory == NULL ? NULL : memset(memory, 0, whole);
}

/* Returns how many bytes a block of a size has room for. */
static size_t room_of(uint32_t which)
{
    size_t base = (size_t)1 << (which / STEPS);
    return base + which % STEPS * (base / STEPS);
}

void *realloc(void *memory, size_t size)
{
    if (memory == NULL)
        return malloc(size);
    size_t room = room_of(((head *)memory - 1)->which);
    if (size <= room && size >= room / 2)
        return memory;
    void *moved = malloc(size);
    if (moved == NULL)
        return size <= room ? memory : NULL;
    memcpy(moved, memory, size < room ? size : room);
    free(memory);
    return moved;
}
