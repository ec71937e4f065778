/* A JSON reader. It checks limits before the parser sees a byte, then reads members by name. Each
 * complaint has a place in the text. */
#ifndef FV_RENDER_JSON_READ_H
#define FV_RENDER_JSON_READ_H

#include "base/arena.h"
#include "base/text.h"
#include "fedval/status.h"

#include <jansson.h>

#define FV_JSON_MAX_BYTES ((size_t)64 << 20)
#define FV_JSON_IN_UTF16 "not JSON in UTF-8: this is text in UTF-16, which has to be saved as UTF-8"
#define FV_JSON_READ_DEPTH 12

/* One segment of the path from the root to the value that is being read. */
typedef struct fv_json_segment {
    const char *key; /* NULL: an item of an array, at `index` */
    size_t index;
} fv_json_segment;

/* A member that was asked for: what a format asks for is what it has. */
typedef struct fv_json_asked {
    const json_t *object;
    const char *key; /* static */
} fv_json_asked;

#define FV_JSON_MAX_ASKED 128
#define FV_JSON_MAX_KEY 64

typedef struct fv_json_reader {
    fv_text text;
    json_t *root;
    fedval_error *error; /* may be NULL */
    fv_json_segment path[FV_JSON_READ_DEPTH];
    size_t depth;
    fedval_status status;                   /* of the first complaint */
    bool is_lenient;                        /* members that a format does not have are let pass */
    fv_json_asked asked[FV_JSON_MAX_ASKED]; /* of the objects under way */
    size_t num_asked;
} fv_json_reader;

/* Parses the whole text. SYNTAX, LIMIT or NO_MEMORY, with its place. The root may say `"strict":
 * false`, and name its `$schema`. */
fedval_status fv_json_open(fv_json_reader *reader, const char *json, size_t json_len,
                           fedval_error *error);
void fv_json_close(fv_json_reader *reader);
/* Checks that the root's member "format" is `wanted`, such as "fedval-evidence/1". FORMAT: it is
 * another one. */
fedval_status fv_json_check_format(fv_json_reader *reader, const char *wanted);

/* Going down and up again. enter_member gives NULL when the member is absent or null. */
json_t *fv_json_enter_member(fv_json_reader *reader, json_t *object, const char *key);
json_t *fv_json_enter_item(fv_json_reader *reader, json_t *array, size_t index);
void fv_json_leave(fv_json_reader *reader);

/* Reads one item of an array. Returns false when the reader has complained. */
typedef bool (*fv_json_item)(fv_json_reader *reader, json_t *item, void *context);
/* Reads each item of the array `key` with `read`, until one is refused. A member that is absent or
 * null has no items. */
bool fv_json_get_items(fv_json_reader *reader, json_t *object, const char *key, fv_json_item read,
                       void *context);

/* Turns the status of a setter of the model into a complaint about the value that is being read.
 * True: the setter succeeded. */
bool fv_json_check(fv_json_reader *reader, fedval_status status, const char *message);
/* Complains about the value that is being read. Example: "facts[3].outcome: " and then `message`.
 */
fedval_status fv_json_complain(fv_json_reader *reader, fedval_status status, const char *message);

/* Read a member of an object. If the member is absent or null, `*out` is left as it is. If it has
 * the wrong type or is out of range, that is a complaint, and false is returned. */
bool fv_json_get_text(fv_json_reader *reader, json_t *object, const char *key, const char **out);
bool fv_json_get_i64(fv_json_reader *reader, json_t *object, const char *key, int64_t min,
                     int64_t max, int64_t *out);
bool fv_json_get_bool(fv_json_reader *reader, json_t *object, const char *key, bool *out);
bool fv_json_get_time(fv_json_reader *reader, json_t *object, const char *key, int64_t *out);
bool fv_json_get_word(fv_json_reader *reader, json_t *object, const char *key,
                      fedval_status (*from_string)(const char *text, size_t text_len,
                                                   uint32_t *out_code),
                      const char *(*to_string)(uint32_t code), uint32_t *out);
/* If the member is absent or null, returns true and sets `*out` to NULL. */
bool fv_json_get_array(fv_json_reader *reader, json_t *object, const char *key, json_t **out);
/* The same for a text that must be there. */
bool fv_json_need_text(fv_json_reader *reader, json_t *object, const char *key, const char **out);

/* ---- members that a format does not have (json_known.c) ---- */

/* To be called when all members of an object were asked for: a member that nobody asked for is a
 * complaint, which names the nearest one, and gives false. */
bool fv_json_check_members(fv_json_reader *reader, json_t *object);
/* Complains about a member that is missing, and names the member of nearly the same name that is
 * there, if there is one. Gives false. */
bool fv_json_refuse_absent(fv_json_reader *reader, json_t *object, const char *key);

/* ---- places in the text (json_place.c) ---- */

/* Counts nesting, members and values, which the parser would hold in memory. Returns the offset at
 * which one of them exceeds its limit, or SIZE_MAX. */
size_t fv_json_find_excess(fv_text text, const char **out_what);
/* Returns the offset at which the value of `path` begins. If it is not there: that of the deepest
 * segment that was found. */
size_t fv_json_find_value(fv_text text, const fv_json_segment *path, size_t depth);
/* Computes the line and column of an offset, both from 1; a column is a byte. */
void fv_json_place(fv_text text, size_t offset, uint32_t *out_line, uint32_t *out_column);

#endif
