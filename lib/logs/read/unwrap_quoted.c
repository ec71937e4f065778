/* Quoted-printable (RFC 2045 6.7), and the headers of a mail that name the encoding of a part. */
#include "base/text.h"
#include "logs/read/unwrap.h"

#include <string.h>

enum { PLAIN, EQUALS, EQUALS_BLANK, EQUALS_CR, DIGIT };

/* A line end that was encoded ("=0A") is one of the inner log. */
static void push_decoded(fv_unwrap *unwrap, uint8_t c)
{
    if (c == '\n')
        fv_unwrap_push_csv(unwrap, FV_INNER_LINE_END);
    else if (c != '\r')
        fv_unwrap_push_csv(unwrap, c);
}

static void push_soft_break(fv_unwrap *unwrap)
{
    fv_unwrap_push_csv(unwrap, FV_SOFT_BREAK);
    fv_unwrap_push_csv(unwrap, '\n');
}

static void take_equals(fv_unwrap *unwrap, uint8_t c)
{
    fv_quoted *q = &unwrap->quoted;
    q->state = PLAIN;
    if (c == '\n') {
        push_soft_break(unwrap);
    } else if (c == '\r') {
        q->state = EQUALS_CR;
    } else if (c == ' ' || c == '\t') {
        q->state = EQUALS_BLANK;
    } else if (fv_ascii_hex_digit((char)c) >= 0) {
        q->digit = c;
        q->state = DIGIT;
    } else {
        fv_unwrap_push_csv(unwrap, '=');
        fv_unwrap_push_csv(unwrap, c);
    }
}

static void take_second_digit(fv_unwrap *unwrap, uint8_t c)
{
    fv_quoted *q = &unwrap->quoted;
    q->state = PLAIN;
    if (fv_ascii_hex_digit((char)c) >= 0) {
        push_decoded(unwrap, (uint8_t)(fv_ascii_hex_digit((char)q->digit) << 4 |
                                       fv_ascii_hex_digit((char)c)));
        return;
    }
    fv_unwrap_push_csv(unwrap, '=');
    fv_unwrap_push_csv(unwrap, q->digit);
    fv_unwrap_push_csv(unwrap, c);
}

static void decode(fv_unwrap *unwrap, uint8_t c)
{
    fv_quoted *q = &unwrap->quoted;
    switch (q->state) {
    case EQUALS:
        take_equals(unwrap, c);
        return;
    case EQUALS_BLANK: /* mail servers add blanks at line ends (RFC 2045 6.7, rule 3) */
        if (c == ' ' || c == '\t')
            return;
        q->state = PLAIN;
        if (c == '\n') {
            push_soft_break(unwrap);
        } else {
            fv_unwrap_push_csv(unwrap, '=');
            fv_unwrap_push_csv(unwrap, ' ');
            fv_unwrap_push_csv(unwrap, c);
        }
        return;
    case EQUALS_CR:
        q->state = PLAIN;
        push_soft_break(unwrap);
        if (c != '\n')
            fv_unwrap_push_csv(unwrap, c);
        return;
    case DIGIT:
        take_second_digit(unwrap, c);
        return;
    default:
        if (c == '=')
            q->state = EQUALS;
        else
            fv_unwrap_push_csv(unwrap, c);
    }
}

static bool starts_with(const fv_quoted *q, const char *text)
{
    size_t len = strlen(text);
    return q->line_len >= len && memcmp(q->line, text, len) == 0;
}

/* The headers of a mail, and of each of its parts, name the encoding of the text after them. */
static void end_line(fv_quoted *q)
{
    static const char header[] = "content-transfer-encoding:";
    if (q->line_len == 0) {
        if (q->is_next) {
            q->is_on = true;
            q->is_base64 = q->is_next_base64;
            q->num_bits = 0;
        }
        q->is_next = false;
    } else if (q->line_len > 3 && starts_with(q, "--") && q->line[2] != ' ') {
        q->is_on = false;
    } else if (!q->is_on && starts_with(q, header)) {
        size_t at = sizeof(header) - 1;
        while (at < q->line_len && q->line[at] == ' ')
            at++;
        bool has_word = q->line_len - at >= 6;
        q->is_next_base64 = has_word && memcmp(q->line + at, "base64", 6) == 0;
        q->is_next = q->is_next_base64 || (has_word && memcmp(q->line + at, "quoted", 6) == 0);
    }
    q->line_len = 0;
}

static void note(fv_quoted *q, uint8_t c)
{
    if (c == '\n')
        end_line(q);
    else if (c != '\r' && q->line_len < FV_QUOTED_LINE_SIZE)
        q->line[q->line_len++] = fv_ascii_lower((char)c);
}

void fv_unwrap_push_quoted(fv_unwrap *unwrap, uint8_t c)
{
    fv_quoted *q = &unwrap->quoted;
    if (q->is_mail && q->has_cr && c != '\n')
        end_line(q);
    q->has_cr = c == '\r';
    bool is_on = q->is_on, is_base64 = q->is_base64;
    if (q->is_mail)
        note(q, c);
    if (is_on && is_base64)
        fv_unwrap_push_base64(unwrap, c);
    else if (is_on)
        decode(unwrap, c);
    else
        fv_unwrap_push_csv(unwrap, c);
}
