/* JSON read: limits before the parser sees a byte, then members by name, and for each complaint
 * its place. */
#ifndef FV_RENDER_JSON_READ_H
#define FV_RENDER_JSON_READ_H

#include "base/arena.h"
#include "base/text.h"
#include "fedval/status.h"

#include <jansson.h>

#define FV_JSON_MAX_BYTES ((size_t)64 << 20)
#define FV_JSON_READ_DEPTH 12

/* A step of the path from the root to the value under way. */
typedef struct fv_json_step {
    const char *key; /* NULL: an item */
    size_t index;
} fv_json_step;

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
    fv_json_step path[FV_JSON_READ_DEPTH];
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
/* Checks the root's "format" ("fedval-evidence/1"): FORMAT for another one. */
fedval_status fv_json_check_format(fv_json_reader *reader, const char *wanted);

/* The format of this object has such a member, whether it is there or not. */
void fv_json_note_key(fv_json_reader *reader, const json_t *object, const char *key);
/* Going down and up again. enter_member gives NULL when the member is absent or null. */
json_t *fv_json_enter_member(fv_json_reader *reader, json_t *object, const char *key);
json_t *fv_json_enter_item(fv_json_reader *reader, json_t *array, size_t index);
void fv_json_leave(fv_json_reader *reader);

/* Complains about the value under way: "facts[3].outcome: " and the message. */
fedval_status fv_json_complain(fv_json_reader *reader, fedval_status status, const char *message);

/* Members of an object. Each leaves *out as it is when the member is absent or null; a member of
 * the wrong type or out of range is a complaint and gives false. */
bool fv_json_get_text(fv_json_reader *reader, json_t *object, const char *key, const char **out);
bool fv_json_get_i64(fv_json_reader *reader, json_t *object, const char *key, int64_t min,
                     int64_t max, int64_t *out);
bool fv_json_get_bool(fv_json_reader *reader, json_t *object, const char *key, bool *out);
bool fv_json_get_time(fv_json_reader *reader, json_t *object, const char *key, int64_t *out);
bool fv_json_get_word(fv_json_reader *reader, json_t *object, const char *key,
                      fedval_status (*from_string)(const char *text, size_t text_len,
                                                   uint32_t *out_code),
                      uint32_t *out);
/* NULL when it is absent or null; *out is then NULL. */
bool fv_json_get_array(fv_json_reader *reader, json_t *object, const char *key, json_t **out);
/* A text that has to be there. */
bool fv_json_need_text(fv_json_reader *reader, json_t *object, const char *key, const char **out);

/* ---- members that a format does not have (json_known.c) ---- */

/* To be called when all members of an object were asked for: a member that nobody asked for is a
 * complaint, which names the nearest one, and gives false. */
bool fv_json_check_members(fv_json_reader *reader, json_t *object);

/* ---- places in the text (json_place.c) ---- */

/* Counts what the parser would have to hold: nesting, members, values. Gives the offset of what is
 * too much, or SIZE_MAX. */
size_t fv_json_find_excess(fv_text text, const char **out_what);
/* The offset at which the value of a path begins, or that of the deepest step found. */
size_t fv_json_find_value(fv_text text, const fv_json_step *path, size_t depth);
/* 1-based line and column (bytes) of an offset. */
void fv_json_place(fv_text text, size_t offset, uint32_t *out_line, uint32_t *out_column);

#endif
