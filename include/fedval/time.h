/*
 * Times: seconds since 1970-01-01T00:00:00Z, as int64_t, everywhere in the library.
 *
 *     int64_t time = FEDVAL_TIME_UNKNOWN;
 *     fedval_time_from_string("2017-03-02T07:10:46Z", FEDVAL_NUL_ENDED, &time);
 *
 * The library reads no clock: a time comes from the caller, or from what is read.
 */
#ifndef FEDVAL_TIME_H
#define FEDVAL_TIME_H

#include "fedval/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A moment that is not known. All times are seconds since 1970-01-01T00:00:00Z. */
#define FEDVAL_TIME_UNKNOWN INT64_MIN

/** Room for a time as text and its NUL. */
#define FEDVAL_TIME_SIZE 24

/**
 * Reads a time: RFC 3339 ("2017-03-02T07:10:46Z"), or a date alone (then midnight UTC).
 * @param text text_len bytes @param out_time seconds since 1970; a fraction of a second is cut off
 * @returns 0; ARGUMENT for NULL; SYNTAX for a text that is no time, or no moment of the calendar.
 * Threads: any. Source: RFC 3339 5.6. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_time_from_string(const char *text, size_t text_len,
                                                 int64_t *out_time);
/**
 * Writes a time as RFC 3339 in UTC. @param out_text receives the text and its NUL, out_size bytes;
 * FEDVAL_TIME_SIZE is always enough.
 * @returns 0; ARGUMENT for NULL, or a time outside the years 0 to 9999; LIMIT when out_size is too
 * small. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_time_to_string(int64_t time, char *out_text, size_t out_size);

#ifdef __cplusplus
}
#endif

#endif
