#include "catalogue/catalogue.h"

#include <string.h>

bool fv_template_is_key(const char *brace)
{
    return brace[0] == '{' && (brace[1] == '}' || (brace[1] >= 'a' && brace[1] <= 'z'));
}

static const fv_param *find_param(fv_text key, const fv_param *params, size_t num_params)
{
    static const fv_param none = {"", "not known", FV_VALUE_PLAIN};
    for (size_t i = 0; i < num_params; i++) {
        const char *own = params[i].key;
        if (own[0] == key.data[0] && strncmp(own, key.data, key.len) == 0 && own[key.len] == '\0' &&
            params[i].value != NULL)
            return &params[i];
    }
    return &none;
}

/* Returns the next {key}, or NULL. A key begins with a small letter; "@{Add=...}" is PowerShell. */
static const char *find_key(const char *text)
{
    const char *brace = strchr(text, '{');
    while (brace != NULL && !fv_template_is_key(brace))
        brace = strchr(brace + 1, '{');
    return brace;
}

bool fv_template_has_key(const char *text, const char *key)
{
    size_t len = strlen(key);
    const char *brace = text != NULL ? find_key(text) : NULL;
    while (brace != NULL && (strncmp(brace + 1, key, len) != 0 || brace[1 + len] != '}'))
        brace = find_key(brace + 1);
    return brace != NULL;
}

/* Cuts the next piece off a template: the text up to the next {key}, and in `*out_param` the
 * parameter of that key, or NULL when no key follows. */
static fv_text next_piece(const char **text, const fv_param *params, size_t num_params,
                          const fv_param **out_param)
{
    const char *start = *text;
    const char *brace = find_key(start);
    const char *end = brace != NULL ? strchr(brace, '}') : NULL;
    *out_param = NULL;
    if (end == NULL) {
        size_t len = strlen(start);
        *text = start + len;
        return (fv_text){start, len};
    }
    fv_text key = {brace + 1, (size_t)(end - brace) - 1};
    *out_param = find_param(key, params, num_params);
    *text = end + 1;
    return (fv_text){start, (size_t)(brace - start)};
}

void fv_template_append(fv_buf *buf, const char *text, const fv_param *params, size_t num_params)
{
    while (text != NULL && *text != '\0') {
        const fv_param *param;
        fv_text plain = next_piece(&text, params, num_params, &param);
        fv_buf_append(buf, plain.data, plain.len);
        fv_buf_append_text(buf, param != NULL ? param->value : NULL);
    }
}

static size_t measure(const char *text, const fv_param *params, size_t num_params)
{
    size_t size = 1;
    while (*text != '\0') {
        const fv_param *param;
        size += next_piece(&text, params, num_params, &param).len;
        size += param != NULL ? strlen(param->value) : 0;
    }
    return size;
}

/* Writes the filled template and its NUL. When there is no room, it stops and returns false. */
static bool write_filled(const char *text, const fv_param *params, size_t num_params, char *out,
                         size_t room, size_t *out_len)
{
    size_t len = 0;
    while (*text != '\0') {
        const fv_param *param;
        fv_text plain = next_piece(&text, params, num_params, &param);
        size_t value_len = param != NULL ? strlen(param->value) : 0;
        if (plain.len + value_len >= room - len)
            return false;
        memcpy(out + len, plain.data, plain.len);
        if (value_len > 0)
            memcpy(out + len + plain.len, param->value, value_len);
        len += plain.len + value_len;
    }
    out[len] = '\0';
    *out_len = len;
    return true;
}

/* Most texts are short, so the text is first written to the stack and then copied. */
const char *fv_template_fill(fv_arena *arena, const char *text, const fv_param *params,
                             size_t num_params)
{
    char usual[512];
    size_t len;
    if (strchr(text, '{') == NULL)
        return text;
    if (write_filled(text, params, num_params, usual, sizeof(usual), &len))
        return fv_arena_copy_text(arena, usual, len);
    size_t size = measure(text, params, num_params);
    char *filled = fv_arena_alloc(arena, size);
    if (filled != NULL)
        (void)write_filled(text, params, num_params, filled, size, &len);
    return filled;
}

static bool append_part(fv_arena *arena, fv_parts *parts, fv_part part)
{
    void *items = parts->items;
    fv_part *slot =
        fv_arena_append(arena, &items, &parts->num_items, &parts->capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    parts->items = items;
    *slot = part;
    return true;
}

/* Appends the parts of a value that begins at `at` of the filled text. */
static bool append_parts(fv_arena *arena, fv_parts *parts, const fv_param *param, size_t at)
{
    size_t len = strlen(param->value);
    if (param->kind == FV_VALUE_PLAIN)
        return true;
    if (param->kind != FV_VALUE_LIST)
        return append_part(arena, parts, (fv_part){at, len, param->kind});
    for (size_t i = 0; i < param->parts->num_items; i++) {
        fv_part part = fv_part_within(param->parts->items[i], len);
        part.at += at;
        if (!append_part(arena, parts, part))
            return false;
    }
    return true;
}

bool fv_template_fill_list(fv_arena *arena, const char *text, const fv_param *params,
                           size_t num_params, fv_param *out)
{
    fv_parts *parts = fv_arena_alloc(arena, sizeof(*parts));
    const char *filled = fv_template_fill(arena, text, params, num_params);
    bool ok = parts != NULL && filled != NULL;
    for (size_t at = 0; ok && *text != '\0';) {
        const fv_param *param;
        at += next_piece(&text, params, num_params, &param).len;
        if (param == NULL)
            continue;
        ok = append_parts(arena, parts, param, at);
        at += strlen(param->value);
    }
    if (!ok)
        return false;
    *out = (fv_param){out->key, filled, FV_VALUE_LIST, parts};
    return true;
}
