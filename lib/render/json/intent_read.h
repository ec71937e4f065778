/* What the parts of an intent are read with. Each function that returns false has complained. */
#ifndef FV_RENDER_INTENT_READ_H
#define FV_RENDER_INTENT_READ_H

#include "model/intent.h"
#include "render/json/json_read.h"

typedef struct fv_intent_reader {
    fv_json_reader json;
    fedval_intent *intent;
} fv_intent_reader;

/* Complains about the value that is being read; false. */
bool fv_intent_complain(fv_intent_reader *r, fedval_status status, const char *message);
/* The same about a member of the object that is being read. */
bool fv_intent_complain_at(fv_intent_reader *r, json_t *object, const char *key,
                           const char *message);
bool fv_intent_is_object(fv_intent_reader *r, json_t *item);
/* A copy in the intent; NULL after a complaint. */
const char *fv_intent_keep(fv_intent_reader *r, const char *text);

/* A host name in the intent, as A-labels; NULL after a complaint about the value under way. */
const char *fv_intent_normalise(fv_intent_reader *r, const char *text);
/* A member that is a host name; absent or null leaves `*out` as it is. */
bool fv_intent_get_name(fv_intent_reader *r, json_t *object, const char *key, const char **out);
/* The same, but an underscore or an asterisk is a complaint: neither a host nor a SIP domain has
 * one.
 */
bool fv_intent_get_host(fv_intent_reader *r, json_t *object, const char *key, const char **out);
/* Complains where a member that has to be there was not. It is asked when all members are read: a
 * misspelt one is the better complaint. */
bool fv_intent_has_name(fv_intent_reader *r, json_t *object, const char *key, const char *name);

typedef bool (*fv_intent_item)(fv_intent_reader *r, json_t *item, void *out, size_t index);

/* Reads each item of an array, `item_size` bytes each, with `read`. Where the member is absent or
 * null, both outputs stay as they are. */
bool fv_intent_read_array(fv_intent_reader *r, json_t *object, const char *key, size_t most,
                          size_t item_size, void **out_items, size_t *out_count,
                          fv_intent_item read);
#define FV_INTENT_READ_ARRAY(r, object, key, most, items, count, read)                             \
    fv_intent_read_array((r), (object), (key), (most), sizeof(**(items)), (void **)(items),        \
                         (count), (read))
/* Items of three kinds. */
bool fv_intent_read_text(fv_intent_reader *r, json_t *item, void *out, size_t index);
bool fv_intent_read_name(fv_intent_reader *r, json_t *item, void *out, size_t index);
bool fv_intent_read_address(fv_intent_reader *r, json_t *item, void *out, size_t index);

/* A member that names a file, or an array of them. */
bool fv_intent_get_file(fv_intent_reader *r, json_t *object, const char *key, uint32_t use,
                        size_t *out_number);
bool fv_intent_read_files(fv_intent_reader *r, json_t *object, const char *key, uint32_t use);

/* A cluster (intent_cluster.c). */
bool fv_intent_read_cluster(fv_intent_reader *r, json_t *item, void *out, size_t index);
/* Returns whether all clusters go together; else complains. */
bool fv_intent_check_clusters(fv_intent_reader *r);

#endif
