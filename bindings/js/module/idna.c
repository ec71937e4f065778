/* Internationalised names: JavaScript knows how to make A-labels (URL), so it tells them before a
 * text that holds such names is read. A name that was not told is refused. */
#include "model/idna.h"

#include "fedval/name.h"

#include <stdlib.h>
#include <string.h>

fedval_status fedval_module_tell_name(const char *name, size_t name_len, const char *ascii,
                                      size_t ascii_len);

enum { MAX_NAMES = 64, MAX_BYTES = 1024 };

typedef struct told_name {
    char name[MAX_BYTES], ascii[MAX_BYTES];
    size_t name_len, ascii_len;
} told_name;

static told_name *names; /* MAX_NAMES of them; the oldest makes room */
static size_t next;

fedval_status fedval_module_tell_name(const char *name, size_t name_len, const char *ascii,
                                      size_t ascii_len)
{
    if (name_len >= MAX_BYTES || ascii_len >= MAX_BYTES)
        return FEDVAL_ERROR_LIMIT;
    if (names == NULL)
        names = calloc(MAX_NAMES, sizeof(*names));
    if (names == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    told_name *into = &names[next++ % MAX_NAMES];
    memcpy(into->name, name, name_len);
    memcpy(into->ascii, ascii, ascii_len);
    into->name_len = name_len;
    into->ascii_len = ascii_len;
    return FEDVAL_OK;
}

fedval_status fv_idna_to_ascii(fv_text text, char *out, size_t out_size, uint32_t *out_fault)
{
    for (size_t i = 0; names != NULL && i < MAX_NAMES; i++) {
        const told_name *known = &names[i];
        if (known->name_len != text.len || text.len == 0 ||
            memcmp(known->name, text.data, text.len) != 0 || known->ascii_len >= out_size)
            continue;
        memcpy(out, known->ascii, known->ascii_len);
        out[known->ascii_len] = '\0';
        return FEDVAL_OK;
    }
    *out_fault = FEDVAL_NAME_FAULT_BAD_IDN;
    return FEDVAL_ERROR_SYNTAX;
}
