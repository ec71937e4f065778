#include "catalogue/catalogue.h"

#include <string.h>

static const char *value_of(fv_text key, const fv_param *params, size_t num_params)
{
    for (size_t i = 0; i < num_params; i++) {
        if (strncmp(params[i].key, key.data, key.len) == 0 && params[i].key[key.len] == '\0' &&
            params[i].value != NULL)
            return params[i].value;
    }
    return "not known";
}

/* Cuts the next piece off a template: the text up to a parameter, and the parameter's value (NULL
 * where none follows). */
static fv_text next_piece(const char **text, const fv_param *params, size_t num_params,
                          const char **out_value)
{
    const char *start = *text;
    const char *brace = strchr(start, '{');
    const char *end = brace != NULL ? strchr(brace, '}') : NULL;
    *out_value = NULL;
    if (end == NULL) {
        size_t len = strlen(start);
        *text = start + len;
        return (fv_text){start, len};
    }
    fv_text key = {brace + 1, (size_t)(end - brace) - 1};
    *out_value = value_of(key, params, num_params);
    *text = end + 1;
    return (fv_text){start, (size_t)(brace - start)};
}

void fv_template_append(fv_buf *buf, const char *text, const fv_param *params, size_t num_params)
{
    while (text != NULL && *text != '\0') {
        const char *value;
        fv_text plain = next_piece(&text, params, num_params, &value);
        fv_buf_append(buf, plain.data, plain.len);
        fv_buf_append_text(buf, value);
    }
}

static size_t measure(const char *text, const fv_param *params, size_t num_params)
{
    size_t size = 1;
    while (*text != '\0') {
        const char *value;
        size += next_piece(&text, params, num_params, &value).len;
        size += value != NULL ? strlen(value) : 0;
    }
    return size;
}

/* Measured first, written then: no buffer grows, nothing is copied twice. */
const char *fv_template_fill(fv_arena *arena, const char *text, const fv_param *params,
                             size_t num_params)
{
    if (strchr(text, '{') == NULL)
        return text;
    char *filled = fv_arena_alloc(arena, measure(text, params, num_params));
    for (char *at = filled; at != NULL && *text != '\0';) {
        const char *value;
        fv_text plain = next_piece(&text, params, num_params, &value);
        memcpy(at, plain.data, plain.len);
        at += plain.len;
        if (value != NULL) {
            size_t len = strlen(value);
            memcpy(at, value, len);
            at += len;
        }
    }
    return filled;
}
