/* The part of a source that is held in memory, and the way through it: the first pass, and around
 * each place that it finds the reading of entries. All decisions depend on offsets in the source,
 * never on how the bytes arrived. */
#ifndef FV_LOGS_WINDOW_H
#define FV_LOGS_WINDOW_H

#include "logs/incidents/store.h"
#include "logs/interpret/observe.h"
#include "logs/read/charset.h"
#include "logs/read/scan.h"
#include "logs/read/tally.h"
#include "logs/read/unwrap.h"

typedef struct fv_window {
    uint8_t *bytes;
    size_t len;
    size_t scanned;  /* before it nothing is left to be found */
    size_t consumed; /* before it every entry has been read */
    size_t read_end; /* up to here entries were looked for the last time */
    uint64_t lines;  /* line ends before bytes[0] */
    size_t counted;  /* offset up to which counted_lines are known */
    uint64_t counted_lines;
    fv_charset charset;
    fv_unwrap unwrap;
    bool head_seen; /* it was looked at what the source is */
    size_t around;  /* before it the surroundings of places were looked at */
    fv_scan scan;
    fv_sight sight;
    fv_entry entry;
    fv_observer observer;
    fv_tally tally;
    const char *source;
} fv_window;

bool fv_window_init(fv_window *window); /* false when memory is short */
void fv_window_clear(fv_window *window);
void fv_window_begin(fv_window *window, const char *source);
/* False when memory is short. */
bool fv_window_feed(fv_window *window, fv_bytes bytes, fv_store *store);
bool fv_window_end(fv_window *window, fv_store *store);

#endif
