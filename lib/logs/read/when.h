/* The times of the log formats. */
#ifndef FV_LOGS_WHEN_H
#define FV_LOGS_WHEN_H

#include "base/calendar.h"
#include "fedval/time.h"
#include "logs/read/entry.h"

typedef struct fv_when {
    int64_t milliseconds; /* since 1970; or FEDVAL_TIME_UNKNOWN */
    bool zone_known;
} fv_when;

/* Returns the time of an entry, from the place where its format writes it. */
fv_when fv_when_of_entry(const fv_sight *sight, const fv_entry *entry);

#define FV_WHEN_TEXT_SIZE 40
/* Writes "2017-03-02T07:10:46.230Z", without the Z if the zone is unknown; "" for an unknown
 * time. */
void fv_when_format(int64_t milliseconds, bool zone_known, char out[FV_WHEN_TEXT_SIZE]);

/* Returns the number of the time slot, each `milliseconds` long. Indexes use it. */
uint32_t fv_time_slot(const fv_when *when, int64_t milliseconds);

/* The time of an entry that does not say when it was. */
#define FV_WHEN_UNKNOWN ((fv_when){FEDVAL_TIME_UNKNOWN, false})

/* ---- for the files of the times alone ---- */

/* Makes a time of a day with its clock, and `ms` milliseconds. FV_WHEN_UNKNOWN: the calendar has no
 * such day. */
fv_when fv_when_from_day(const fv_calendar *day, uint32_t ms, bool zone_known);
/* Returns the time of a Windows event. Its label may be a little before the entry. */
fv_when fv_when_of_event(const fv_sight *sight, fv_span entry);

#endif
