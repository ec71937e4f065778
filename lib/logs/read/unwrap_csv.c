/* CSV whose fields hold quotation marks, each written twice (RFC 4180 2.7). */
#include "logs/read/unwrap.h"

enum { FIELD_START, BARE, QUOTED, QUOTE };

void fv_unwrap_init_csv(fv_csv *csv, bool in_field)
{
    csv->state = in_field ? QUOTED : FIELD_START;
}

static bool is_separator(uint8_t c)
{
    return c == ',' || c == ';' || c == '\t' || c == '|';
}

static bool is_line_end(uint8_t c)
{
    return c == '\n' || c == '\r' || c == FV_INNER_LINE_END;
}

static void push(fv_unwrap *unwrap, uint8_t c)
{
    fv_unwrap_push_json(unwrap, 0, c);
}

static void take_bare(fv_unwrap *unwrap, uint8_t c)
{
    unwrap->csv.state = is_separator(c) || is_line_end(c) ? FIELD_START : BARE;
    push(unwrap, c);
}

/* After a quotation mark inside a field, `c` decides: a second mark, the end of the field, or else
 * a mark that was not doubled. */
static void take_after_quote(fv_unwrap *unwrap, uint8_t c)
{
    if (c == '"') {
        unwrap->csv.state = QUOTED;
        push(unwrap, '"');
    } else if (is_separator(c) || is_line_end(c)) {
        unwrap->csv.state = FIELD_START;
        push(unwrap, FV_INNER_LINE_END);
        push(unwrap, is_separator(c) ? FV_INNER_LINE_END : c);
    } else {
        unwrap->csv.state = QUOTED;
        push(unwrap, '"');
        push(unwrap, c);
    }
}

void fv_unwrap_push_csv(fv_unwrap *unwrap, uint8_t c)
{
    fv_csv *csv = &unwrap->csv;
    if (!csv->is_on) {
        push(unwrap, c);
        return;
    }
    switch (csv->state) {
    case QUOTED:
        if (c == '"')
            csv->state = QUOTE;
        else
            push(unwrap, c);
        break;
    case QUOTE:
        take_after_quote(unwrap, c);
        break;
    case FIELD_START:
        if (c == '"') {
            csv->state = QUOTED;
            push(unwrap, FV_INNER_LINE_END);
        } else {
            take_bare(unwrap, c);
        }
        break;
    default:
        take_bare(unwrap, c);
    }
}
