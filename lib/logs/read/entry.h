/* One entry or message of a log, as its fields. */
#ifndef FV_LOGS_ENTRY_H
#define FV_LOGS_ENTRY_H

#include "logs/read/key.h"
#include "logs/read/start.h"

#define FV_ENTRY_MAX_FIELDS 96

typedef struct fv_field {
    fv_key key;
    bool is_cut; /* the rest of the value is missing, or looks like the next line */
    fv_span value;
} fv_field;

typedef struct fv_entry {
    fv_start start;
    fv_start message; /* FV_START_RESPONSE, FV_START_REQUEST or FV_START_NONE */
    fv_span span;
    uint32_t status; /* of a response */
    bool ends;       /* its end was seen; false: the sight ended first */
    size_t num_fields;
    fv_field fields[FV_ENTRY_MAX_FIELDS];
} fv_entry;

/* Reads the entry that begins at `pos` into `out`. */
void fv_entry_read(const fv_sight *sight, size_t pos, fv_start start, fv_entry *out);

/* Gets the value of field number `n` (from 0) among those with `key`. Returns false if it is
 * missing or empty. */
bool fv_entry_get(const fv_entry *entry, fv_key key, size_t n, fv_span *out);

/* Whether a line was broken within the first field with `key`, and the rest was not read. */
bool fv_entry_is_cut(const fv_entry *entry, fv_key key);

/* Gets the rest of the first line: after the status of a response, or after the method of a
 * request. Returns false if the entry has no such line. */
bool fv_entry_get_first_line(const fv_entry *entry, fv_span *out);

/* Returns the position of the quotation mark that closes the one at `pos`; `sight->len` if it is
 * never closed. */
size_t fv_quote_end(const fv_sight *sight, size_t pos);

/* Whether a packet analyser added the line that begins at `pos`: "[Request Frame: 101]". */
bool fv_line_is_annotation(const fv_sight *sight, size_t pos);
/* Returns the position after the last character of the line of `pos`. */
size_t fv_line_end(const fv_sight *sight, size_t pos);
/* Whether the line that begins at `pos` is a single word, as the rest of a broken value is. */
bool fv_line_is_word(const fv_sight *sight, size_t pos);
/* Whether the value before the line end at `pos` continues after it. `doubled`: the log has an
 * empty line after each line. */
bool fv_line_goes_on(const fv_sight *sight, size_t pos, bool doubled);

#endif
