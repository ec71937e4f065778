/* The part of a source that is in memory, and the way through it: the first pass finds places, and
 * the entries around each place are read. All decisions depend on offsets in the source, never on
 * the sizes of the pieces in which it was fed. */
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
    size_t scanned;  /* the first pass is done before this offset */
    size_t consumed; /* all entries before this offset have been read */
    size_t read_end; /* end of the sight that was read last */
    uint64_t lines;  /* line ends before bytes[0] */
    size_t counted;  /* the offset for which counted_lines is known */
    uint64_t counted_lines;
    fv_charset charset;
    fv_unwrap unwrap;
    bool head_seen; /* the beginning of the source was searched for what wraps it */
    size_t around;  /* the surroundings of places before this offset were looked at */
    fv_scan scan;
    fv_sight sight;
    fv_entry entry;
    fv_observer observer;
    fv_tally tally;
    const char *source;
} fv_window;

bool fv_window_init(fv_window *window); /* returns false if memory is short */
void fv_window_clear(fv_window *window);
void fv_window_begin(fv_window *window, const char *source);
/* Returns false if memory is short. */
bool fv_window_feed(fv_window *window, fv_bytes bytes, fv_store *store);
bool fv_window_end(fv_window *window, fv_store *store);

#endif
