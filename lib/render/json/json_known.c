/* Members and words that a format does not have: most are misspelt, and would be passed over in
 * silence. */
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

/* Whether `word` is near enough to `wanted` to be meant, and nearer than `*least`, which is then
 * set. A word that `wanted` is the begin of is as near as one with one letter wrong. */
static bool is_nearer(const char *wanted, const char *word, size_t *least)
{
    fv_text a = fv_text_of(wanted), b = fv_text_of(word);
    if (a.len > FV_JSON_MAX_KEY || b.len > FV_JSON_MAX_KEY)
        return false;
    size_t far = distance(a, b);
    if (a.len > 2 && a.len < b.len && memcmp(a.data, b.data, a.len) == 0)
        far = 1;
    if (far > a.len / 2 || far >= *least)
        return false;
    *least = far;
    return true;
}

/* The name of the object's format that is nearest to `key`; NULL: none is near. */
static const char *nearest(const fv_json_reader *reader, const json_t *object, const char *key)
{
    size_t least = SIZE_MAX;
    const char *found = NULL;
    for (size_t i = 0; i < reader->num_asked; i++) {
        if (reader->asked[i].object == object && is_nearer(key, reader->asked[i].key, &least))
            found = reader->asked[i].key;
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
    reader->path[reader->depth++] = (fv_json_segment){key, 0};
    fv_json_complain(reader, FEDVAL_ERROR_SYNTAX, message.failed ? "no such member" : message.data);
    fv_json_leave(reader);
    fv_buf_clear(&message);
    return false;
}

/* Drops the members that were asked of `object`. */
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

/* ---- what is there in place of a member or of a word ---- */

/* Complains with "`said`; `rest` `word`", or with `said` alone where there is no such word. */
static void complain(fv_json_reader *reader, const char *said, const char *rest, const char *word)
{
    fv_buf message;
    fv_buf_init(&message);
    fv_buf_append_text(&message, said);
    if (word != NULL) {
        fv_buf_append_text(&message, rest);
        fv_buf_append_text(&message, word);
    }
    fv_json_complain(reader, FEDVAL_ERROR_SYNTAX, message.failed ? said : message.data);
    fv_buf_clear(&message);
}

bool fv_json_refuse_absent(fv_json_reader *reader, json_t *object, const char *key)
{
    const char *other, *found = NULL;
    size_t least = SIZE_MAX;
    json_t *value;
    json_object_foreach(object, other, value)
    {
        if (!is_asked(reader, object, other) && is_nearer(key, other, &least))
            found = other;
    }
    /* The place of an absent member is that of the object that lacks it. */
    reader->path[reader->depth++] = (fv_json_segment){key, 0};
    complain(reader, "missing", "; what is there is ", found);
    fv_json_leave(reader);
    return false;
}

/* Names the word that is nearest to `text`, or the words if they are few. */
static void refuse_word(fv_json_reader *reader, const char *text,
                        const char *(*to_string)(uint32_t code))
{
    enum { MOST_CODES = 512, MOST_WORDS = 24 };
    const char *word, *found = NULL;
    size_t least = SIZE_MAX, count = 0;
    fv_buf known;
    fv_buf_init(&known);
    for (uint32_t code = 0; code < MOST_CODES; code++) {
        word = to_string(code);
        if (word == NULL)
            continue;
        if (is_nearer(text, word, &least))
            found = word;
        fv_buf_append_text(&known, count++ > 0 ? ", " : "");
        fv_buf_append_text(&known, word);
    }
    bool is_short = count > 0 && count <= MOST_WORDS && !known.failed;
    complain(reader, "an unknown word", found != NULL ? "; the nearest is " : "; known are ",
             found != NULL ? found
             : is_short    ? known.data
                           : NULL);
    fv_buf_clear(&known);
}

bool fv_json_need_text(fv_json_reader *reader, json_t *object, const char *key, const char **out)
{
    const char *text = NULL;
    if (!fv_json_get_text(reader, object, key, &text))
        return false;
    if (text == NULL)
        return fv_json_refuse_absent(reader, object, key);
    *out = text;
    return true;
}

bool fv_json_get_word(fv_json_reader *reader, json_t *object, const char *key,
                      fedval_status (*from_string)(const char *text, size_t text_len,
                                                   uint32_t *out_code),
                      const char *(*to_string)(uint32_t code), uint32_t *out)
{
    const char *text = NULL;
    if (!fv_json_get_text(reader, object, key, &text))
        return false;
    if (text == NULL || from_string(text, FEDVAL_NUL_ENDED, out) == FEDVAL_OK)
        return true;
    (void)fv_json_enter_member(reader, object, key);
    refuse_word(reader, text, to_string);
    fv_json_leave(reader);
    return false;
}
