/* Members that a format does not have: most are misspelt, and would be passed over in silence. */
#include "base/buf.h"
#include "render/json/json_read.h"

#include <string.h>

static bool is_asked(const fv_json_reader *reader, const json_t *object, const char *key)
{
    for (size_t i = reader->num_asked; i-- > 0;) {
        if (reader->asked[i].object == object && strcmp(reader->asked[i].key, key) == 0)
            return true;
    }
    return false;
}

/* Levenshtein's distance of two short names. */
static size_t distance(fv_text a, fv_text b)
{
    size_t row[FV_JSON_MAX_KEY + 1];
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t best = diagonal + (a.data[i - 1] != b.data[j - 1]);
            diagonal = row[j];
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            row[j] = diagonal + 1 < best ? diagonal + 1 : best;
        }
    }
    return row[b.len];
}

/* The name of the object's format that is nearest to `key`; NULL: none is near. */
static const char *nearest(const fv_json_reader *reader, const json_t *object, const char *key)
{
    fv_text wanted = fv_text_of(key);
    size_t least = wanted.len / 2 + 1;
    const char *found = NULL;
    for (size_t i = 0; wanted.len <= FV_JSON_MAX_KEY && i < reader->num_asked; i++) {
        fv_text known = fv_text_of(reader->asked[i].key);
        if (reader->asked[i].object != object || known.len > FV_JSON_MAX_KEY)
            continue;
        size_t far = distance(wanted, known);
        if (far < least) {
            least = far;
            found = known.data;
        }
    }
    return found;
}

static bool refuse(fv_json_reader *reader, json_t *object, const char *key)
{
    const char *near_key = nearest(reader, object, key);
    fv_buf message;
    fv_buf_init(&message);
    fv_buf_append_text(&message, "this format has no such member");
    if (near_key != NULL) {
        fv_buf_append_text(&message, "; the nearest is ");
        fv_buf_append_text(&message, near_key);
    }
    reader->path[reader->depth++] = (fv_json_step){key, 0};
    fv_json_complain(reader, FEDVAL_ERROR_SYNTAX, message.failed ? "no such member" : message.data);
    fv_json_leave(reader);
    fv_buf_clear(&message);
    return false;
}

/* What was asked of this object is not needed any more. */
static void forget(fv_json_reader *reader, const json_t *object)
{
    size_t kept = 0;
    for (size_t i = 0; i < reader->num_asked; i++) {
        if (reader->asked[i].object != object)
            reader->asked[kept++] = reader->asked[i];
    }
    reader->num_asked = kept;
}

bool fv_json_check_members(fv_json_reader *reader, json_t *object)
{
    const char *key;
    json_t *value;
    bool is_known = true;
    json_object_foreach(object, key, value)
    {
        if (reader->is_lenient || is_asked(reader, object, key))
            continue;
        is_known = refuse(reader, object, key);
        break;
    }
    forget(reader, object);
    return is_known;
}
