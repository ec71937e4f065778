/* The lock of the verify cache. The build chooses: POSIX threads (lock_posix.c), or nothing where
 * the target has no threads (lock_none.c). */
#ifndef FV_TRUST_LOCK_H
#define FV_TRUST_LOCK_H

#include <stdbool.h>

typedef struct fv_lock fv_lock;

/* Returns NULL if memory is short. */
fv_lock *fv_lock_new(void);
/* Accepts NULL. */
void fv_lock_free(fv_lock *lock);
void fv_lock_take(fv_lock *lock);
void fv_lock_release(fv_lock *lock);

#endif
