/* Percent-encoding (RFC 3986 2.1), and blanks written as "+" as forms do: logs out of an address or
 * a form of a web page. */
#include "base/text.h"
#include "logs/read/unwrap.h"

#include <string.h>

enum { PLAIN, PERCENT, DIGIT };

#define LEAST 6 /* so many encoded marks; a SIP address may hold one or two */

uint16_t fv_unwrap_percent_kinds(fv_bytes bytes, size_t from, size_t to)
{
    size_t marks = 0;
    if (from >= to || memchr(bytes.data + from, '"', to - from) != NULL)
        return FV_WRAP_NONE;
    for (size_t at = from; at < to; at++) {
        const uint8_t *found = memchr(bytes.data + at, '%', to - at);
        if (found == NULL)
            break;
        at = (size_t)(found - bytes.data);
        if (at + 2 >= to)
            break;
        int high = fv_ascii_hex_digit((char)bytes.data[at + 1]),
            low = fv_ascii_hex_digit((char)bytes.data[at + 2]);
        if (high < 0 || low < 0)
            return FV_WRAP_NONE;
        int c = high << 4 | low;
        marks += c == '"' || c == '=' || c == ':' || c == '\n' || c == '<' || c == ';';
    }
    if (marks < LEAST)
        return FV_WRAP_NONE;
    bool has_blank = memchr(bytes.data + from, ' ', to - from) != NULL;
    return has_blank ? FV_WRAP_PERCENT : FV_WRAP_PERCENT | FV_WRAP_FORM;
}

static void push_decoded(fv_unwrap *unwrap, uint8_t c)
{
    if (c == '\n')
        fv_unwrap_push_quoted(unwrap, FV_INNER_LINE_END);
    else if (c != '\r')
        fv_unwrap_push_quoted(unwrap, c);
}

static void take_plain(fv_unwrap *unwrap, uint8_t c)
{
    if (c == '%')
        unwrap->percent.state = PERCENT;
    else
        fv_unwrap_push_quoted(unwrap, c == '+' && (unwrap->kinds & FV_WRAP_FORM) != 0 ? ' ' : c);
}

void fv_unwrap_push_percent(fv_unwrap *unwrap, uint8_t c)
{
    fv_percent *p = &unwrap->percent;
    if ((unwrap->kinds & FV_WRAP_PERCENT) == 0) {
        fv_unwrap_push_quoted(unwrap, c);
        return;
    }
    if (p->state == PLAIN) {
        take_plain(unwrap, c);
    } else if (fv_ascii_hex_digit((char)c) < 0) {
        fv_unwrap_push_quoted(unwrap, '%');
        if (p->state == DIGIT)
            fv_unwrap_push_quoted(unwrap, p->digit);
        p->state = PLAIN;
        take_plain(unwrap, c);
    } else if (p->state == PERCENT) {
        p->digit = c;
        p->state = DIGIT;
    } else {
        p->state = PLAIN;
        push_decoded(unwrap, (uint8_t)(fv_ascii_hex_digit((char)p->digit) << 4 |
                                       fv_ascii_hex_digit((char)c)));
    }
}
