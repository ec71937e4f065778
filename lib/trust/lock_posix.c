/* Locks of POSIX threads. */
#include "trust/lock.h"

#include <pthread.h>
#include <stdlib.h>

struct fv_lock {
    pthread_mutex_t mutex;
};

fv_lock *fv_lock_new(void)
{
    fv_lock *made = malloc(sizeof(*made));
    if (made != NULL && pthread_mutex_init(&made->mutex, NULL) != 0) {
        free(made);
        made = NULL;
    }
    return made;
}

void fv_lock_free(fv_lock *lock)
{
    if (lock == NULL)
        return;
    pthread_mutex_destroy(&lock->mutex);
    free(lock);
}

void fv_lock_take(fv_lock *lock)
{
    pthread_mutex_lock(&lock->mutex);
}

void fv_lock_release(fv_lock *lock)
{
    pthread_mutex_unlock(&lock->mutex);
}
