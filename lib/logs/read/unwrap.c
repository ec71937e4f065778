#include "logs/read/unwrap.h"

#include "logs/read/unwrap_json.h"

#include <string.h>

void fv_unwrap_init(fv_unwrap *unwrap)
{
    memset(unwrap, 0, sizeof(*unwrap));
    unwrap->push_json = fv_unwrap_push_json;
    for (size_t i = 0; i < FV_UNWRAP_JSON_DEPTH; i++)
        fv_wrapped_init(&unwrap->json[i]);
    fv_unwrap_init_csv(&unwrap->csv, false);
}

void fv_unwrap_start(fv_unwrap *unwrap, uint8_t kinds, bool in_field)
{
    unwrap->kinds |= kinds;
    for (size_t i = 0; i < FV_UNWRAP_JSON_DEPTH; i++)
        fv_wrapped_init(&unwrap->json[i]);
    unwrap->csv.is_on = (unwrap->kinds & FV_WRAP_CSV) != 0;
    fv_unwrap_init_csv(&unwrap->csv, in_field);
    unwrap->quoted.is_on = (unwrap->kinds & FV_WRAP_QUOTED) != 0;
    unwrap->quoted.is_mail = (unwrap->kinds & FV_WRAP_MAIL) != 0;
}

/* Ends a control sequence. One that moves the cursor to another line begins a line: CUU, CUD, CNL,
 * CPL, CUP, VPA, HVP (ECMA-48 8.3). */
static void end_sequence(fv_unwrap *unwrap, uint8_t c)
{
    unwrap->colour = FV_COLOUR_OUTSIDE;
    if (c < 0x20)
        fv_unwrap_push_percent(unwrap, c);
    else if (strchr("ABEFHdf", c) != NULL)
        fv_unwrap_push_percent(unwrap, FV_INNER_LINE_END);
}

/* Drops control sequences (ECMA-48 5.4: ESC [, parameters, a final byte) and control strings (5.6:
 * ESC ], a text, then BEL or ESC \\), which hold titles and links. */
static void push_colour(fv_unwrap *unwrap, uint8_t c)
{
    if ((unwrap->kinds & FV_WRAP_COLOUR) == 0 || (unwrap->colour == FV_COLOUR_OUTSIDE && c != 0x1b))
        fv_unwrap_push_percent(unwrap, c);
    else if (c == 0x1b)
        unwrap->colour = FV_COLOUR_ESCAPE;
    else if (unwrap->colour == FV_COLOUR_ESCAPE) {
        unwrap->colour = c == '['                               ? FV_COLOUR_SEQUENCE
                         : c != 0 && strchr("]P_^X", c) != NULL ? FV_COLOUR_STRING
                                                                : FV_COLOUR_OUTSIDE;
    } else if (unwrap->colour == FV_COLOUR_SEQUENCE && (c < 0x20 || c >= 0x40))
        end_sequence(unwrap, c);
    else if (unwrap->colour == FV_COLOUR_STRING && (c == '\a' || c == '\n')) {
        unwrap->colour = FV_COLOUR_OUTSIDE;
        if (c == '\n')
            fv_unwrap_push_percent(unwrap, c);
    }
}

size_t fv_unwrap_read(fv_unwrap *unwrap, fv_bytes *bytes, uint8_t *out, size_t out_size)
{
    unwrap->out = out;
    unwrap->out_len = 0;
    size_t count = 0;
    while (count < bytes->len && out_size - unwrap->out_len >= FV_UNWRAP_MARGIN)
        push_colour(unwrap, bytes->data[count++]);
    bytes->data += count;
    bytes->len -= count;
    unwrap->out = NULL;
    return unwrap->out_len;
}

size_t fv_unwrap_finish(fv_unwrap *unwrap, uint8_t *out)
{
    unwrap->out = out;
    unwrap->out_len = 0;
    fv_unwrap_finish_csv(unwrap);
    for (size_t i = 0; i < FV_UNWRAP_JSON_DEPTH; i++)
        fv_wrapped_release(unwrap, i);
    unwrap->out = NULL;
    return unwrap->out_len;
}
