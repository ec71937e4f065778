/* CSV whose fields hold quotation marks, each written twice (RFC 4180 2.7). */
#include "logs/read/spacing.h"
#include "logs/read/unwrap.h"

enum { FIELD_START, BARE, BARE_WORD, QUOTED, QUOTE };

void fv_unwrap_init_csv(fv_csv *csv, bool in_field)
{
    csv->state = in_field ? QUOTED : FIELD_START;
    csv->is_waiting = false;
    csv->has_lines = false;
    csv->has_text = in_field;
    csv->num_held = 0;
    csv->separator = 0;
    csv->before = 0;
}

static bool is_separator(uint8_t c)
{
    return c == ',' || c == ';' || c == '\t' || c == '|';
}

static void push(fv_unwrap *unwrap, uint8_t c)
{
    fv_unwrap_push_json(unwrap, 0, c);
}

/* Passes on what was held of a quoted field: it is not about the entry. */
static void open_field(fv_unwrap *unwrap)
{
    fv_csv *csv = &unwrap->csv;
    if (!csv->is_waiting)
        return;
    csv->is_waiting = false;
    if (csv->has_text)
        push(unwrap, FV_INNER_LINE_END);
    csv->has_text = true;
    for (uint8_t i = 0; i < csv->num_held; i++)
        push(unwrap, csv->held[i]);
}

static void take_bare(fv_unwrap *unwrap, uint8_t c)
{
    unwrap->csv.state = is_separator(c) || fv_is_line_end(c) ? FIELD_START : BARE;
    unwrap->csv.has_text = !fv_is_line_end(c);
    unwrap->csv.before = is_separator(c) ? c : fv_is_line_end(c) ? 0 : unwrap->csv.before;
    push(unwrap, c);
}

/* Begins a field without quotation marks. In a row with the separator of the table it is held, for
 * it can be about the entry. */
static void begin_bare(fv_unwrap *unwrap, uint8_t c)
{
    fv_csv *csv = &unwrap->csv;
    if (csv->separator == 0 || c == csv->separator || !fv_unwrap_may_be_about(c)) {
        take_bare(unwrap, c);
        return;
    }
    csv->state = BARE_WORD;
    csv->num_held = 1;
    csv->held[0] = c;
}

/* Drops the field if it is about the entry and not alone in its row. */
static void take_bare_word(fv_unwrap *unwrap, uint8_t c)
{
    fv_csv *csv = &unwrap->csv;
    bool ends = c == csv->separator || (fv_is_line_end(c) && csv->has_text);
    if (ends && fv_unwrap_is_about(csv->held, csv->num_held, true)) {
        csv->num_held = 0;
        csv->before = is_separator(c) ? c : 0;
        csv->state = FIELD_START;
        if (fv_is_line_end(c)) {
            csv->has_text = false;
            push(unwrap, c);
        }
    } else if (!ends && !fv_is_line_end(c) && csv->num_held < FV_CSV_HELD &&
               fv_unwrap_may_be_about(c)) {
        csv->held[csv->num_held++] = c;
    } else {
        for (uint8_t i = 0; i < csv->num_held; i++)
            push(unwrap, csv->held[i]);
        csv->num_held = 0;
        take_bare(unwrap, c);
    }
}

static void take_quoted(fv_unwrap *unwrap, uint8_t c)
{
    fv_csv *csv = &unwrap->csv;
    if (csv->is_waiting && csv->num_held < FV_CSV_HELD && fv_unwrap_may_be_about(c)) {
        csv->held[csv->num_held++] = c;
        return;
    }
    open_field(unwrap);
    csv->has_lines = csv->has_lines || fv_is_line_end(c);
    push(unwrap, c);
}

/* Ends a field. Between two entries, and between an entry and the next field, there is an empty
 * line; rows of one line each are the lines of a log. */
static void end_field(fv_unwrap *unwrap, uint8_t c)
{
    fv_csv *csv = &unwrap->csv;
    csv->state = FIELD_START;
    csv->before = is_separator(c) ? c : 0;
    if (is_separator(c))
        csv->separator = c;
    if (!csv->is_waiting || !fv_unwrap_is_about(csv->held, csv->num_held, true)) {
        open_field(unwrap);
        if (is_separator(c) || csv->has_lines)
            push(unwrap, FV_INNER_LINE_END);
    }
    if (fv_is_line_end(c)) {
        csv->has_text = false;
        push(unwrap, c);
    }
}

/* After a quotation mark inside a field, `c` decides: a second mark, the end of the field, or else
 * a mark that was not doubled. */
static void take_after_quote(fv_unwrap *unwrap, uint8_t c)
{
    if (is_separator(c) || fv_is_line_end(c)) {
        end_field(unwrap, c);
        return;
    }
    unwrap->csv.state = QUOTED;
    take_quoted(unwrap, '"');
    if (c != '"')
        take_quoted(unwrap, c);
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
            take_quoted(unwrap, c);
        break;
    case QUOTE:
        take_after_quote(unwrap, c);
        break;
    case FIELD_START:
        if (c == '"') {
            csv->state = QUOTED;
            csv->separator = csv->is_lines && csv->before != 0 ? csv->before : csv->separator;
            csv->is_waiting = true;
            csv->has_lines = false;
            csv->num_held = 0;
        } else {
            begin_bare(unwrap, c);
        }
        break;
    case BARE_WORD:
        take_bare_word(unwrap, c);
        break;
    default:
        take_bare(unwrap, c);
    }
}

void fv_unwrap_finish_csv(fv_unwrap *unwrap)
{
    fv_csv *csv = &unwrap->csv;
    if (csv->is_on && (csv->state == QUOTED || csv->state == QUOTE))
        open_field(unwrap);
    for (uint8_t i = 0; csv->is_on && csv->state == BARE_WORD && i < csv->num_held; i++)
        push(unwrap, csv->held[i]);
}
