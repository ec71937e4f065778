/* The first pass: finds the few places of a log that are worth reading, at the speed of memory.
 *
 * A marker is four bytes, letters in either case, that stand in what has to be read and seldom
 * elsewhere. Each kind of entry has two that share no byte, so that a line broken within one
 * leaves the other. The search is the one called Teddy: each byte is looked up by its two
 * nibbles, and eight buckets of markers are carried as the bits of a byte. */
#ifndef FV_LOGS_SCAN_H
#define FV_LOGS_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FV_SCAN_MARKER_LEN 4

typedef struct fv_scan {
    /* Bit 8 * k + b of exact[c]: the byte c can be the k-th of a marker in bucket b. */
    uint32_t exact[256];
    /* The same by nibble, a superset. */
    uint8_t low[FV_SCAN_MARKER_LEN][16];
    uint8_t high[FV_SCAN_MARKER_LEN][16];
    bool wide; /* the processor has the instructions of fv_scan_wide */
} fv_scan;

void fv_scan_init(fv_scan *scan);

/* The first offset at or after from where a marker begins that lies whole before end, and whose
 * surroundings do not rule it out; end when there is none. */
size_t fv_scan_next(const fv_scan *scan, const uint8_t *data, size_t from, size_t end);

/* How many lines end in data[from..end): LF, CR, CRLF (counted at its LF). A CR in the last byte is
 * counted only when at_end says that nothing follows. */
size_t fv_scan_count_lines(const uint8_t *data, size_t from, size_t end, bool at_end);

/* The buckets of which a marker can begin here; four bytes are read. */
static inline uint32_t fv_scan_buckets_at(const fv_scan *scan, const uint8_t *at)
{
    return scan->exact[at[0]] & scan->exact[at[1]] >> 8 & scan->exact[at[2]] >> 16 &
           scan->exact[at[3]] >> 24 & 0xff;
}

/* Whether a marker begins here, and its surroundings do not rule it out; four bytes at least are
 * left. */
bool fv_scan_is_marker(const fv_scan *scan, const uint8_t *data, size_t at, size_t end);

/* The status of the SIP answer whose "2.0 " the first pass found, where such an answer is only
 * counted and not read ("SIP/2.0 200 OK"); 0 for anything else. */
uint32_t fv_scan_passing_status(const uint8_t *data, size_t at, size_t end);

/* The place that a marker stands for: of a SIP answer its status, so that the words that begin its
 * line are before it. */
size_t fv_scan_place(const uint8_t *data, size_t at, size_t end);

/* Puts the markers into empty tables. */
void fv_scan_allow_markers(fv_scan *scan);

/* Of the processor at hand (scan_avx2.c, scan_plain.c): whether there is a wide form; and the
 * first offset at or after from where a marker is, or one before which there is none. */
bool fv_scan_has_wide(void);
size_t fv_scan_wide(const fv_scan *scan, const uint8_t *data, size_t from, size_t end);

#endif
