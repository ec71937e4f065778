/* The times at which a judgement can change: a sorted list without repetitions. */
#ifndef FV_DRIFT_DUE_TIMES_H
#define FV_DRIFT_DUE_TIMES_H

#include "base/arena.h"
#include "judge/judgement.h"

/* Evidence can hold tens of thousands of certificates. The list keeps only so many times, the
 * earliest. */
#define FV_DUE_TIMES_MOST 2000

typedef struct fv_due_times {
    fv_arena *arena;
    int64_t after; /* only later times are kept */
    int64_t *items;
    size_t num, capacity;
    bool failed;
} fv_due_times;

/* Adds the times at which `judgement` can change. */
void fv_due_times_collect(fv_due_times *times, const fv_judgement *judgement);
/* Returns the first time after `time`. FV_TIME_UNKNOWN: there is none. */
int64_t fv_due_times_next(const fv_due_times *times, int64_t time);

#endif
