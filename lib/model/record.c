/* DNS records as the lines of a zone file have them. */
#include "base/buf.h"
#include "model/fact.h"

#include <string.h>

const char *fv_record_type_word(uint32_t type)
{
    return type == FV_TYPE_RRSIG ? "RRSIG" : fedval_type_to_string(type);
}

uint32_t fv_record_type_of(const char *word)
{
    uint32_t type = 0;
    if (strcmp(word, "RRSIG") == 0)
        return FV_TYPE_RRSIG;
    return fedval_type_from_string(word, FEDVAL_NUL_ENDED, &type) == FEDVAL_OK ? type : 0;
}

/* The root "." has its dot already. */
static void put_name(fv_buf *out, const char *name)
{
    fv_buf_append_text(out, name);
    fv_buf_append_text(out, strcmp(name, ".") == 0 ? "" : ".");
}

static void put_data(fv_buf *out, const fv_record *record)
{
    if (record->type == FEDVAL_TYPE_SRV) {
        fv_buf_append_u64(out, record->priority);
        fv_buf_append_char(out, ' ');
        fv_buf_append_u64(out, record->weight);
        fv_buf_append_char(out, ' ');
        fv_buf_append_u64(out, record->port);
        fv_buf_append_char(out, ' ');
        put_name(out, record->data);
    } else if (record->type == FEDVAL_TYPE_CNAME) {
        put_name(out, record->data);
    } else {
        fv_buf_append_text(out, record->data);
    }
}

static const char *keep(fv_arena *arena, fv_buf *out)
{
    const char *text = out->failed ? NULL : fv_arena_copy_text(arena, out->data, out->len);
    fv_buf_clear(out);
    return text;
}

const char *fv_record_print_data(fv_arena *arena, const fv_record *record)
{
    fv_buf out;
    if (record->data == NULL)
        return NULL;
    fv_buf_init(&out);
    put_data(&out, record);
    return keep(arena, &out);
}

const char *fv_record_print_name(fv_arena *arena, const char *name)
{
    fv_buf out;
    if (name == NULL)
        return NULL;
    fv_buf_init(&out);
    put_name(&out, name);
    return keep(arena, &out);
}
