/* Converts between calendar dates and seconds since 1970-01-01T00:00:00Z, by the proleptic
 * Gregorian calendar. Reads no clock and no time zone files. */
#ifndef FV_BASE_CALENDAR_H
#define FV_BASE_CALENDAR_H

#include "base/text.h"

#define FV_TIME_UNKNOWN INT64_MIN
#define FV_CALENDAR_TEXT_SIZE 24 /* "9999-12-31T23:59:59Z" and NUL, with room */

typedef struct fv_calendar {
    int32_t year;                              /* 0..9999 */
    uint32_t month, day, hour, minute, second; /* 1..12, 1..31, 0..23, 0..59, 0..59 */
} fv_calendar;

bool fv_calendar_to_seconds(const fv_calendar *calendar, int64_t *out); /* false: no such moment */
bool fv_calendar_from_seconds(int64_t seconds, fv_calendar *out);
/* Parses an RFC 3339 time, or a bare date, which means midnight UTC. A fraction of a second is cut
 * off. */
bool fv_calendar_parse(fv_text text, int64_t *out);
/* Writes "2017-03-02T07:10:46Z", or "" for a time outside the years 0 to 9999. */
void fv_calendar_format(int64_t seconds, char out[FV_CALENDAR_TEXT_SIZE]);

#endif
