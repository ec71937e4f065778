/* Control sequences of a terminal (ECMA-48): colours, titles, links. Some pages and tickets lose
 * the escape character and keep the rest of a colour, as in "[31m504[0m". */
#include "base/text.h"
#include "logs/read/unwrap.h"

#include <string.h>

#define ESCAPE 0x1b

/* Ends a control sequence. One that moves the cursor to another line begins a line: CUU, CUD, CNL,
 * CPL, CUP, VPA, HVP (ECMA-48 8.3). */
static void end_sequence(fv_unwrap *unwrap, uint8_t c)
{
    unwrap->colour.state = FV_COLOUR_OUTSIDE;
    if (c < 0x20)
        fv_unwrap_push_percent(unwrap, c);
    else if (strchr("ABEFHdf", c) != NULL)
        fv_unwrap_push_percent(unwrap, FV_INNER_LINE_END);
}

/* ---- colours without their escape character ---- */

static bool is_parameter(uint8_t c)
{
    return fv_ascii_is_digit((char)c) || c == ';';
}

/* SGR sets a colour, EL erases the rest of the line, as grep does (ECMA-48 8.3.117, 8.3.41). */
static bool ends_bare(uint8_t c)
{
    return c == 'm' || c == 'K';
}

void fv_unwrap_finish_colour(fv_unwrap *unwrap)
{
    fv_colour *colour = &unwrap->colour;
    for (uint8_t i = 0; i < colour->num_held; i++)
        fv_unwrap_push_percent(unwrap, colour->held[i]);
    colour->num_held = 0;
}

static void push_bare(fv_unwrap *unwrap, uint8_t c)
{
    fv_colour *colour = &unwrap->colour;
    if (colour->num_held > 0 && ends_bare(c)) {
        colour->num_held = 0;
        return;
    }
    bool goes_on = colour->num_held > 0 && is_parameter(c) && colour->num_held < FV_COLOUR_HELD;
    if (!goes_on)
        fv_unwrap_finish_colour(unwrap);
    if (goes_on || c == '[')
        colour->held[colour->num_held++] = c;
    else
        fv_unwrap_push_percent(unwrap, c);
}

/* Whether the escape character before `at` is there, in another form: ^[, \x1b, \033, \e. */
static bool has_escape_before(fv_bytes bytes, size_t at)
{
    uint8_t last = at > 0 ? bytes.data[at - 1] : 0, before = at > 1 ? bytes.data[at - 2] : 0;
    return (before == '^' && last == '[') || (before == '1' && (last == 'b' || last == 'B')) ||
           (before == '3' && last == '3') || (before == '\\' && last == 'e');
}

/* A colour and a reset are wanted: two resets without parameters may be "[main] [main]". */
uint16_t fv_unwrap_bare_colours(fv_bytes bytes, size_t from, size_t to)
{
    bool has_reset = false, has_colour = false;
    while (from < to) {
        const uint8_t *found = memchr(bytes.data + from, '[', to - from);
        if (found == NULL)
            break;
        size_t begin = (size_t)(found - bytes.data) + 1, end = begin;
        while (end < to && end - begin < FV_COLOUR_HELD && is_parameter(bytes.data[end]))
            end++;
        if (end < to && bytes.data[end] == 'm' && !has_escape_before(bytes, begin - 1)) {
            bool is_reset = true;
            for (size_t i = begin; i < end; i++)
                is_reset = is_reset && bytes.data[i] == '0';
            has_reset = has_reset || is_reset;
            has_colour = has_colour || !is_reset;
        }
        from = end > begin ? end : begin;
    }
    return has_reset && has_colour ? FV_WRAP_BARE_COLOUR : FV_WRAP_NONE;
}

/* ---- colours as they are ---- */

/* Drops control sequences (ECMA-48 5.4: ESC [, parameters, a final byte) and control strings (5.6:
 * ESC ], a text, then BEL or ESC \\), which hold titles and links. */
void fv_unwrap_push_colour(fv_unwrap *unwrap, uint8_t c)
{
    fv_colour *colour = &unwrap->colour;
    bool is_on = (unwrap->kinds & FV_WRAP_COLOUR) != 0;
    if (!is_on || (colour->state == FV_COLOUR_OUTSIDE && c != ESCAPE)) {
        if ((unwrap->kinds & FV_WRAP_BARE_COLOUR) != 0)
            push_bare(unwrap, c);
        else
            fv_unwrap_push_percent(unwrap, c);
    } else if (c == ESCAPE)
        colour->state = FV_COLOUR_ESCAPE;
    else if (colour->state == FV_COLOUR_ESCAPE) {
        colour->state = c == '['                               ? FV_COLOUR_SEQUENCE
                        : c != 0 && strchr("]P_^X", c) != NULL ? FV_COLOUR_STRING
                                                               : FV_COLOUR_OUTSIDE;
    } else if (colour->state == FV_COLOUR_SEQUENCE && (c < 0x20 || c >= 0x40))
        end_sequence(unwrap, c);
    else if (colour->state == FV_COLOUR_STRING && (c == '\a' || c == '\n')) {
        colour->state = FV_COLOUR_OUTSIDE;
        if (c == '\n')
            fv_unwrap_push_percent(unwrap, c);
    }
}
