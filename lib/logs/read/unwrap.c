#include "logs/read/unwrap.h"

#include "logs/read/unwrap_json.h"

#include <string.h>

void fv_unwrap_init(fv_unwrap *unwrap)
{
    memset(unwrap, 0, sizeof(*unwrap));
    unwrap->push_json = fv_unwrap_push_json;
    for (size_t i = 0; i < FV_UNWRAP_JSON_DEPTH; i++)
        fv_wrapped_init(&unwrap->json[i]);
    fv_unwrap_init_octets(&unwrap->octets);
    fv_unwrap_init_csv(&unwrap->csv, false);
}

void fv_unwrap_start(fv_unwrap *unwrap, uint16_t kinds, bool in_field)
{
    unwrap->kinds |= kinds;
    for (size_t i = 0; i < FV_UNWRAP_JSON_DEPTH; i++)
        fv_wrapped_init(&unwrap->json[i]);
    unwrap->csv.is_on = (unwrap->kinds & FV_WRAP_CSV) != 0;
    unwrap->csv.is_lines = (unwrap->kinds & FV_WRAP_CSV_LINES) != 0;
    fv_unwrap_init_csv(&unwrap->csv, in_field);
    unwrap->quoted.is_on = (unwrap->kinds & FV_WRAP_QUOTED) != 0;
    if ((kinds & FV_WRAP_BASE64) != 0)
        unwrap->quoted.is_on = unwrap->quoted.is_base64 = true;
    unwrap->quoted.is_mail = (unwrap->kinds & FV_WRAP_MAIL) != 0;
}

size_t fv_unwrap_read(fv_unwrap *unwrap, fv_bytes *bytes, uint8_t *out, size_t out_size)
{
    unwrap->out = out;
    unwrap->out_len = 0;
    size_t count = 0;
    while (count < bytes->len && out_size - unwrap->out_len >= FV_UNWRAP_MARGIN)
        fv_unwrap_push_octets(unwrap, bytes->data[count++]);
    bytes->data += count;
    bytes->len -= count;
    unwrap->out = NULL;
    return unwrap->out_len;
}

size_t fv_unwrap_finish(fv_unwrap *unwrap, uint8_t *out)
{
    unwrap->out = out;
    unwrap->out_len = 0;
    fv_unwrap_finish_octets(unwrap);
    fv_unwrap_finish_colour(unwrap);
    fv_unwrap_finish_csv(unwrap);
    for (size_t i = 0; i < FV_UNWRAP_JSON_DEPTH; i++)
        fv_wrapped_release(unwrap, i);
    unwrap->out = NULL;
    return unwrap->out_len;
}
