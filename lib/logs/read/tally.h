/* Counts what a source holds, with or without faults: its formats, and its SIP answers by
 * status. */
#ifndef FV_LOGS_TALLY_H
#define FV_LOGS_TALLY_H

#include "base/bytes.h"
#include "logs/read/entry.h"
#include "logs/read/scan.h"

#define FV_TALLY_STATUSES 700

typedef struct fv_tally {
    uint32_t formats;    /* FEDVAL_LOG_FORMAT_ */
    uint32_t num_looked; /* how many pieces were searched for a format */
    uint64_t answers[FV_TALLY_STATUSES];
    bool has_cut_answer; /* a 504 of which no header could be read */
} fv_tally;

void fv_tally_init(fv_tally *tally);
/* Looks for the words of each format until one is found; gives up after a few pieces. */
void fv_tally_look(fv_tally *tally, fv_bytes bytes);
void fv_tally_answer(fv_tally *tally, uint32_t status);
/* How far the first pass looks (`end`), and up to where it counts answers (`count_to`). Answers
 * after that are counted next time. */
typedef struct fv_reach {
    size_t end;
    size_t count_to;
} fv_reach;

/* Returns the next place worth reading, from `from` on. Counts the answers before it that need no
 * reading. */
size_t fv_tally_next(fv_tally *tally, const fv_scan *scan, const uint8_t *bytes, size_t from,
                     fv_reach reach);
/* Counts the answer whose "2.0 " is at `at` if it accepts a call: nothing was read there. */
void fv_tally_unread(fv_tally *tally, const uint8_t *bytes, size_t at, size_t end);
/* Counts the answers of a stretch that the first pass will skip. */
void fv_tally_rest(fv_tally *tally, const fv_scan *scan, const uint8_t *bytes, size_t from,
                   size_t end);
void fv_tally_entry(fv_tally *tally, const fv_entry *entry);

#endif
