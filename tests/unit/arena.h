/* An arena for each test, as its state. */
#ifndef FV_TEST_ARENA_H
#define FV_TEST_ARENA_H

#include "base/arena.h"

static inline int set_up(void **state)
{
    static fv_arena arena;
    fv_arena_init(&arena);
    *state = &arena;
    return 0;
}

static inline int tear_down(void **state)
{
    fv_arena_clear(*state);
    return 0;
}

#endif
