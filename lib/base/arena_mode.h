/* Whether each allocation of an arena is a malloc of its own, so that AddressSanitizer and valgrind
 * see one run into the next: the build option `arena_single`. Slow, and for hunting faults only. */
#ifndef FV_BASE_ARENA_MODE_H
#define FV_BASE_ARENA_MODE_H

#include <stdbool.h>

extern const bool fv_arena_is_single;

#endif
