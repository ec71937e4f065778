/* Base64 (RFC 2045 6.8): parts of a mail, where the log is in another encoding or has long lines.
 */
#include "base/text.h"
#include "logs/read/unwrap.h"

static int value_of(uint8_t c)
{
    if (fv_ascii_is_upper((char)c))
        return c - 'A';
    if (fv_ascii_is_alpha((char)c))
        return c - 'a' + 26;
    if (fv_ascii_is_digit((char)c))
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* The zeros and the mark of UTF-16 are left out: so its ASCII can be read. */
static void push_decoded(fv_unwrap *unwrap, uint8_t c)
{
    if (c == '\n')
        fv_unwrap_push_csv(unwrap, FV_INNER_LINE_END);
    else if (c != '\r' && c != 0 && c < 0xfe)
        fv_unwrap_push_csv(unwrap, c);
}

void fv_unwrap_push_base64(fv_unwrap *unwrap, uint8_t c)
{
    fv_quoted *q = &unwrap->quoted;
    int value = value_of(c);
    if (c == '\n') {
        fv_unwrap_push_csv(unwrap, FV_SOFT_BREAK);
        fv_unwrap_push_csv(unwrap, '\n');
        return;
    }
    /* The boundary between two parts begins with hyphens. */
    if (q->line_len > 0 && q->line[0] == '-')
        return;
    if (c == '=')
        q->num_bits = 0;
    if (value < 0)
        return;
    q->bits = (q->bits << 6 | (uint32_t)value) & 0xffffff;
    q->num_bits = (uint8_t)(q->num_bits + 6);
    if (q->num_bits >= 8) {
        q->num_bits = (uint8_t)(q->num_bits - 8);
        push_decoded(unwrap, (uint8_t)(q->bits >> q->num_bits));
    }
}
