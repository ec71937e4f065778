/* Where entries and messages begin. */
#ifndef FV_LOGS_START_H
#define FV_LOGS_START_H

#include "logs/read/key.h"

/* One of FV_START_*. */
typedef uint8_t fv_start;

enum {
    FV_START_NONE = 0,
    FV_START_EDGE,        /* TL_WARN(TF_DIAG) ...; or only the begin marker */
    FV_START_EDGE_FIELDS, /* an entry without its first line */
    FV_START_EXPRESSWAY,  /* 2017-03-02T08:10:46.240+01:00 host tvcs: ... */
    FV_START_CLIENT,      /* 04/16/2013|03:17:30.168 1F68:C14 INFO  :: ... */
    FV_START_RESPONSE,    /* SIP/2.0 504 ... */
    FV_START_REQUEST,     /* INVITE sip:... */
    FV_START_HEADERS,     /* SIP headers without their start line */
    FV_START_POWERSHELL,
    FV_START_WINDOWS_EVENT,
    FV_START_HISTORY,  /* a row of the search history */
    FV_START_SEARCH,   /* details of one search: Search (91), State: Completed ... */
    FV_START_SENTENCE, /* 403 Forbidden: From URI not authorized ...; handshake error 104 on ... */
};

/* Returns what begins at `pos`, or FV_START_NONE. `last` keeps the header that was looked up
 * last. */
fv_start fv_start_at(const fv_sight *sight, size_t pos, fv_header *last);

/* Returns the end of the row of the search history that begins at `pos`. */
size_t fv_start_history_end(const fv_sight *sight, size_t pos);

/* Whether the start line of a response or request begins at `pos`, anywhere in a line. Sets
 * `*out_end` to the position after the status code or the method. */
bool fv_start_is_response(const fv_sight *sight, size_t pos, size_t *out_end);
bool fv_start_is_request(const fv_sight *sight, size_t pos, size_t *out_end);

#endif
