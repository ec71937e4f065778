/* One target a program: NAME.c defines this function, corpus/NAME holds its seeds.
 * A target checks more than "does not crash" where it can, and aborts when a check fails. */
#ifndef FV_TEST_FUZZ_H
#define FV_TEST_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void require(bool holds)
{
    if (!holds)
        abort();
}

/* The input as a row of choices. */
typedef struct choices {
    const uint8_t *data;
    size_t left;
} choices;

/* The next choice, from 0 to `count` - 1; 0 once there are no more. */
static inline size_t choose(choices *c, size_t count)
{
    if (c->left == 0)
        return 0;
    c->left--;
    return *c->data++ % count;
}

#endif
