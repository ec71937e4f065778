/* Names, arrays and files in an intent. */
#include "base/error.h"
#include "fedval/name.h"
#include "model/dns_name.h"
#include "render/json/intent_read.h"

#include <string.h>

bool fv_intent_complain(fv_intent_reader *r, fedval_status status, const char *message)
{
    fv_json_complain(&r->json, status, message);
    return false;
}

/* Complains about a member of the object that is being read. */
bool fv_intent_complain_at(fv_intent_reader *r, json_t *object, const char *key,
                           const char *message)
{
    json_t *value = fv_json_enter_member(&r->json, object, key);
    fv_intent_complain(r, FEDVAL_ERROR_SYNTAX, message);
    if (value != NULL)
        fv_json_leave(&r->json);
    return false;
}

const char *fv_intent_keep(fv_intent_reader *r, const char *text)
{
    const char *copy = fv_arena_copy_text(&r->intent->arena, text, strlen(text));
    if (copy == NULL)
        fv_intent_complain(r, FEDVAL_ERROR_NO_MEMORY, "out of memory");
    return copy;
}

static void *new_array(fv_intent_reader *r, size_t count, size_t size)
{
    void *array = fv_arena_alloc_array(&r->intent->arena, count, size);
    if (array == NULL)
        fv_intent_complain(r, FEDVAL_ERROR_NO_MEMORY, "out of memory");
    return array;
}

/* ---- names ---- */

/* A host name in the arena, as A-labels; NULL after a complaint about the value under way. */
const char *fv_intent_normalise(fv_intent_reader *r, const char *text)
{
    char name[FEDVAL_NAME_SIZE];
    uint32_t fault = 0;
    fedval_status status =
        fedval_name_normalise(text, strlen(text), name, sizeof(name), NULL, &fault);
    if (status == FEDVAL_ERROR_NO_MEMORY) {
        fv_intent_complain(r, status, "out of memory");
        return NULL;
    }
    fv_address address;
    if (status != FEDVAL_OK || fv_address_parse(fv_text_of(name), &address)) {
        fv_intent_complain(r, FEDVAL_ERROR_SYNTAX, "not a DNS name");
        return NULL;
    }
    return fv_intent_keep(r, name);
}

/* A member that is a host name, normalised; absent or null leaves `*out` as it is. */
bool fv_intent_get_name(fv_intent_reader *r, json_t *object, const char *key, const char **out)
{
    const char *text = NULL;
    if (!fv_json_get_text(&r->json, object, key, &text))
        return false;
    if (text == NULL)
        return true;
    (void)fv_json_enter_member(&r->json, object, key);
    const char *name = fv_intent_normalise(r, text);
    fv_json_leave(&r->json);
    if (name != NULL)
        *out = name;
    return name != NULL;
}

bool fv_intent_get_host(fv_intent_reader *r, json_t *object, const char *key, const char **out)
{
    const char *name = NULL;
    if (!fv_intent_get_name(r, object, key, &name))
        return false;
    if (name == NULL)
        return true;
    *out = name;
    return fv_host_name_is_valid(fv_text_of(name)) ||
           fv_intent_complain_at(r, object, key,
                                 "no host name: only letters, digits, hyphens and dots are allowed "
                                 "(no underscore, no asterisk)");
}

bool fv_intent_has_name(fv_intent_reader *r, json_t *object, const char *key, const char *name)
{
    return name != NULL || fv_intent_complain_at(r, object, key, "a DNS name is missing");
}

/* ---- arrays ---- */

/* Reads each item of an array with `read`. `open` makes room for them; it is called when the member
 * is there. */
bool fv_intent_read_array(fv_intent_reader *r, json_t *object, const char *key, size_t most,
                          size_t item_size, void **out_items, size_t *out_count,
                          fv_intent_item read)
{
    json_t *array;
    if (!fv_json_get_array(&r->json, object, key, &array))
        return false;
    if (array == NULL)
        return true;
    (void)fv_json_enter_member(&r->json, object, key);
    size_t count = json_array_size(array);
    bool ok = count <= most || fv_intent_complain(r, FEDVAL_ERROR_LIMIT, "too many");
    void *items = ok ? new_array(r, count, item_size) : NULL;
    ok = ok && items != NULL;
    if (ok) {
        *out_items = items;
        *out_count = count;
    }
    for (size_t i = 0; ok && i < count; i++) {
        json_t *item = fv_json_enter_item(&r->json, array, i);
        ok = read(r, item, (char *)items + i * item_size, i);
        fv_json_leave(&r->json);
    }
    fv_json_leave(&r->json);
    return ok;
}

bool fv_intent_is_object(fv_intent_reader *r, json_t *item)
{
    return json_is_object(item) || fv_intent_complain(r, FEDVAL_ERROR_SYNTAX, "not an object");
}

bool fv_intent_read_text(fv_intent_reader *r, json_t *item, void *out, size_t index)
{
    (void)index;
    if (!json_is_string(item))
        return fv_intent_complain(r, FEDVAL_ERROR_SYNTAX, "not a string");
    const char **text = out;
    *text = fv_intent_keep(r, json_string_value(item));
    return *text != NULL;
}

bool fv_intent_read_name(fv_intent_reader *r, json_t *item, void *out, size_t index)
{
    (void)index;
    if (!json_is_string(item))
        return fv_intent_complain(r, FEDVAL_ERROR_SYNTAX, "not a string");
    const char **name = out;
    *name = fv_intent_normalise(r, json_string_value(item));
    return *name != NULL;
}

bool fv_intent_read_address(fv_intent_reader *r, json_t *item, void *out, size_t index)
{
    char text[FV_ADDRESS_TEXT_SIZE];
    fv_address address;
    (void)index;
    if (!json_is_string(item) || !fv_address_parse(fv_text_of(json_string_value(item)), &address))
        return fv_intent_complain(r, FEDVAL_ERROR_SYNTAX, "not an IP address");
    fv_address_format(&address, text);
    const char **kept = out;
    *kept = fv_intent_keep(r, text);
    return *kept != NULL;
}

/* ---- files ---- */

/* A path, or PEM text itself, which is supplied at once. */
static bool add_file(fv_intent_reader *r, const char *path, uint32_t use, size_t *out_number)
{
    fedval_error error;
    const char *kept = fv_intent_keep(r, path);
    size_t number = kept == NULL ? 0 : fv_intent_add_file(r->intent, kept, use);
    if (number == 0)
        return fv_intent_complain(r, FEDVAL_ERROR_NO_MEMORY, "out of memory");
    fv_intent_file *file = &r->intent->files[number - 1];
    *out_number = number;
    if (!file->is_inline) {
        return path[0] != '\0' ||
               fv_intent_complain(r, FEDVAL_ERROR_SYNTAX, "the name of a file is missing");
    }
    fv_error_reset(&error);
    fedval_status status = fv_intent_supply_chain(
        r->intent, file, (fv_bytes){(const uint8_t *)path, strlen(path)}, &error);
    if (status == FEDVAL_OK)
        return true;
    return fv_intent_complain(r, status == FEDVAL_ERROR_NOT_FOUND ? FEDVAL_ERROR_SYNTAX : status,
                              error.message[0] == '\0' ? "cannot be read" : error.message);
}

bool fv_intent_get_file(fv_intent_reader *r, json_t *object, const char *key, uint32_t use,
                        size_t *out_number)
{
    const char *path = NULL;
    if (!fv_json_get_text(&r->json, object, key, &path))
        return false;
    if (path == NULL)
        return true;
    (void)fv_json_enter_member(&r->json, object, key);
    bool ok = add_file(r, path, use, out_number);
    fv_json_leave(&r->json);
    return ok;
}

bool fv_intent_read_files(fv_intent_reader *r, json_t *object, const char *key, uint32_t use)
{
    const char **paths = NULL;
    size_t count = 0, number;
    if (!FV_INTENT_READ_ARRAY(r, object, key, FV_INTENT_MAX_DOMAINS, &paths, &count,
                              fv_intent_read_text))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        (void)fv_json_enter_member(&r->json, object, key);
        ok = add_file(r, paths[i], use, &number);
        fv_json_leave(&r->json);
    }
    return ok;
}
