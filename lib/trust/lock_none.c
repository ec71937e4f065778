/* A target without threads needs no locks. */
#include "trust/lock.h"

#include <stddef.h>

struct fv_lock {
    char unused;
};

static fv_lock only;

fv_lock *fv_lock_new(void)
{
    return &only;
}

void fv_lock_free(fv_lock *lock)
{
    (void)lock;
}

void fv_lock_take(fv_lock *lock)
{
    (void)lock;
}

void fv_lock_release(fv_lock *lock)
{
    (void)lock;
}
