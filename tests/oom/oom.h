/* Fails the n-th allocation of a piece of work, for each n, until it succeeds.
 *
 * malloc, calloc, realloc and free of everything that is linked into the test program are
 * interposed with the linker's --wrap, and jansson is told to use the same: so the harness also
 * works under AddressSanitizer, and sees a block that nobody freed without it. */
#ifndef FV_TEST_OOM_H
#define FV_TEST_OOM_H

#include "fedval/status.h"

#include <stdbool.h>
#include <stddef.h>

/* Does the work and frees all of it, whatever happened. Returns FEDVAL_OK, or
 * FEDVAL_ERROR_NO_MEMORY when memory ran short. It must not use cmocka's asserts, which jump. */
typedef fedval_status (*oom_work)(void *context);

/* Runs the work with the first, the second, ... allocation failing alone, and again with all
 * allocations failing from there on. Asserts that each failure is reported as no-memory, that
 * nothing is left allocated, and that the work succeeds when nothing fails.
 * Returns how many allocations the work makes. */
size_t oom_run(oom_work work, void *context);

/* The same for work that may do without an allocation (a cache that stays empty): success is right
 * too when one failed. */
size_t oom_run_tolerant(oom_work work, void *context);

/* Whether jansson's own allocations are counted only, and do not fail. For documents that are read:
 * its reader (2.14) drops characters of a string, and says nothing, when its buffer cannot grow. */
void oom_spare_jansson(bool spare);

/* How many blocks the work leaves behind when nothing fails. */
long oom_count_leaks(oom_work work, void *context);

/* Whether tools/soak asks for inputs that take minutes. */
bool oom_is_large(void);

/* Reads a file of the tree before the counting starts; the caller frees it. Never NULL. */
char *oom_read_file(const char *path, size_t *out_len);

#endif
