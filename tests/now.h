/* The clock of tests that run an event loop. The file that includes it asks for POSIX first. */
#ifndef TESTS_NOW_H
#define TESTS_NOW_H

#include <stdint.h>
#include <time.h>

/* Returns milliseconds of the monotonic clock. */
static inline int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

#endif
