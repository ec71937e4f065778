/* The first pass: finds the few places of a log that are worth reading, at the speed of memory.
 *
 * A marker is four bytes, in either letter case, that occur in the text we want and seldom
 * elsewhere. Each kind of entry has two markers that share no byte: if a line was broken within
 * one, the other is still found. The search is the algorithm called Teddy: each byte is looked up
 * by its two nibbles, and the bits of a byte are eight buckets of markers. */
#ifndef FV_LOGS_SCAN_H
#define FV_LOGS_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FV_SCAN_MARKER_LEN 4

typedef struct fv_scan {
    /* Bit 8 * k + b of exact[c] is set if the byte c can be byte number k of a marker in bucket
     * b. */
    uint32_t exact[256];
    /* The same for the two nibbles of a byte; may allow more than `exact` does. */
    uint8_t low[FV_SCAN_MARKER_LEN][16];
    uint8_t high[FV_SCAN_MARKER_LEN][16];
    bool wide; /* the processor has the instructions of fv_scan_wide */
} fv_scan;

void fv_scan_init(fv_scan *scan);

/* Returns the first offset, from `from` on, of a marker that ends at or before `end` and whose
 * neighbours fit. Returns `end` if there is none. */
size_t fv_scan_next(const fv_scan *scan, const uint8_t *data, size_t from, size_t end);

/* Counts the line ends in data[from..end): LF, CR, and CRLF (at its LF). A CR in the last byte
 * counts only if `at_end` says that nothing follows. */
size_t fv_scan_count_lines(const uint8_t *data, size_t from, size_t end, bool at_end);

/* Returns the buckets of which a marker can begin at `at`. Reads four bytes. */
static inline uint32_t fv_scan_buckets_at(const fv_scan *scan, const uint8_t *at)
{
    return scan->exact[at[0]] & scan->exact[at[1]] >> 8 & scan->exact[at[2]] >> 16 &
           scan->exact[at[3]] >> 24 & 0xff;
}

/* Whether a marker begins at `at` and its neighbours fit. At least four bytes must remain before
 * `end`. */
bool fv_scan_is_marker(const fv_scan *scan, const uint8_t *data, size_t at, size_t end);

/* Returns the status of a SIP answer that is only counted and not read ("SIP/2.0 200 OK"); 0 for
 * anything else. `at` is the place of its "2.0 ". */
uint32_t fv_scan_passing_status(const uint8_t *data, size_t at, size_t end);

/* Whether the answer accepts a call: 200, and its CSeq names INVITE. `at` is the place of its "2.0
 * ". */
bool fv_scan_is_set_up(const uint8_t *data, size_t at, size_t end);

/* Returns the place to read for the marker at `at`. For a SIP answer this is its status, so that
 * "SIP/2.0" is before the place. */
size_t fv_scan_place(const uint8_t *data, size_t at, size_t end);

/* Adds the markers to tables that are empty. */
void fv_scan_allow_markers(fv_scan *scan);

/* For this processor (scan_avx2.c or scan_plain.c): whether it has a wide search. That search
 * returns the first offset of a marker from `from` on, or an offset before which there is none. */
bool fv_scan_has_wide(void);
size_t fv_scan_wide(const fv_scan *scan, const uint8_t *data, size_t from, size_t end);

#endif
