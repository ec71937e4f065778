#include "catalogue/catalogue.h"

#include <string.h>

static const char *value_of(fv_text key, const fv_param *params, size_t num_params)
{
    for (size_t i = 0; i < num_params; i++) {
        if (strncmp(params[i].key, key.data, key.len) == 0 && params[i].key[key.len] == '\0')
            return params[i].value;
    }
    return NULL;
}

void fv_template_append(fv_buf *buf, const char *text, const fv_param *params, size_t num_params)
{
    while (text != NULL && *text != '\0') {
        const char *brace = strchr(text, '{');
        const char *end = brace != NULL ? strchr(brace, '}') : NULL;
        if (end == NULL) {
            fv_buf_append_text(buf, text);
            return;
        }
        fv_buf_append(buf, text, (size_t)(brace - text));
        fv_text key = {brace + 1, (size_t)(end - brace) - 1};
        const char *value = value_of(key, params, num_params);
        fv_buf_append_text(buf, value != NULL ? value : "not known");
        text = end + 1;
    }
}
