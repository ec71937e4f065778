/* A JSON writer. The document is one line, and members appear in the order of the calls. */
#ifndef FV_RENDER_JSON_H
#define FV_RENDER_JSON_H

#include "base/buf.h"
#include "base/text.h"
#include "fedval/policy.h"

#define FV_JSON_MAX_DEPTH 16

typedef struct fv_json {
    fv_buf buf;
    /* the closing bracket of each open object or array, outermost first */
    char closers[FV_JSON_MAX_DEPTH];
    size_t depth;
    bool has_items; /* the innermost open object or array has an item already */
} fv_json;

void fv_json_init(fv_json *json);
/* Hands the document over to the caller. NO_MEMORY: memory ran short at some point. `out_len` may
 * be NULL. */
fedval_status fv_json_finish(fv_json *json, char **out_json, size_t *out_len);

/* Each function writes one value: a member if `key` is given, an item of an array if `key` is NULL.
 */
void fv_json_object(fv_json *json, const char *key);
void fv_json_array(fv_json *json, const char *key);
void fv_json_end(fv_json *json); /* closes the innermost object or array */
void fv_json_null(fv_json *json, const char *key);
void fv_json_bool(fv_json *json, const char *key, bool value);
void fv_json_i64(fv_json *json, const char *key, int64_t value);
/* Writes null for NULL. Bytes that are not UTF-8 become U+FFFD. */
void fv_json_text(fv_json *json, const char *key, const char *value);
/* The same for a text that is not NUL-ended: null if `value.data` is NULL. */
void fv_json_run(fv_json *json, const char *key, fv_text value);
/* Like fv_json_text, but writes nothing for NULL. */
void fv_json_text_if(fv_json *json, const char *key, const char *value);
/* RFC 3339; null for an unknown time. */
void fv_json_time(fv_json *json, const char *key, int64_t value);
/* "fedval-policy/1"; null for NULL. */
void fv_json_policy(fv_json *json, const char *key, const fedval_policy *policy);
void fv_json_base64(fv_json *json, const char *key, fv_bytes value);

#endif
