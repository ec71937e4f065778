/* The times of the log formats. */
#ifndef FV_LOGS_WHEN_H
#define FV_LOGS_WHEN_H

#include "logs/read/entry.h"

typedef struct fv_when {
    int64_t milliseconds; /* since 1970; FEDVAL_TIME_UNKNOWN */
    bool zone_known;
} fv_when;

/* The time of an entry, wherever its format has it. */
fv_when fv_when_of_entry(const fv_sight *sight, const fv_entry *entry);

#define FV_WHEN_TEXT_SIZE 40
/* "2017-03-02T07:10:46.230Z", without the Z where the zone is not known; "" for an unknown time. */
void fv_when_format(int64_t milliseconds, bool zone_known, char out[FV_WHEN_TEXT_SIZE]);

/* The time as a count of slots of so many milliseconds: for indexes. */
uint32_t fv_time_slot(const fv_when *when, int64_t milliseconds);

/* The same of an event of Windows: the label may stand a little before the entry. */
fv_when fv_when_of_event(const fv_sight *sight, fv_span entry);

#endif
