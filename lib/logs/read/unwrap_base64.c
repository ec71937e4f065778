/* Base64 (RFC 2045 6.8): parts of a mail, where the log is in another encoding or has long lines.
 */
#include "base/text.h"
#include "logs/read/unwrap.h"

#define LEAST_LINE 40
#define NUM_DECODED 24 /* so many bytes are decoded to see whether they are text */

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

/* ---- base64 without the header of a mail ---- */

/* Returns the length of the base64 at the start of `bytes`, up to its line end; 0 if something else
 * is in the line. */
static size_t base64_line(fv_bytes bytes)
{
    size_t len = 0, end;
    while (len < bytes.len && value_of(bytes.data[len]) >= 0)
        len++;
    for (end = len; end < bytes.len && bytes.data[end] == '=';)
        end++;
    return end == bytes.len || bytes.data[end] == '\n' || bytes.data[end] == '\r' ? end : 0;
}

static bool is_text(uint8_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && c < 0x7f);
}

/* Whether the line begins with text in ASCII, or in UTF-16 after its mark. */
static bool decodes_to_text(fv_bytes line)
{
    uint32_t bits = 0;
    unsigned num_bits = 0, count = 0;
    bool is_wide = false;
    for (size_t i = 0; i < line.len && count < NUM_DECODED; i++) {
        bits = bits << 6 | (uint32_t)value_of(line.data[i]);
        num_bits += 6;
        if (num_bits < 8)
            continue;
        num_bits -= 8;
        uint8_t c = (uint8_t)(bits >> num_bits);
        bits &= (UINT32_C(1) << num_bits) - 1;
        bool is_mark = count < 2 && c >= 0xfe;
        is_wide = is_wide || is_mark;
        if (!is_mark && !is_text(c) && !(is_wide && c == 0))
            return false;
        count++;
    }
    return count == NUM_DECODED;
}

/* The end of `head` may cut the last line. */
uint16_t fv_unwrap_bare_base64(fv_bytes head)
{
    size_t at = 0;
    while (at < head.len) {
        fv_bytes rest = {head.data + at, head.len - at};
        size_t len = base64_line(rest);
        if (len == 0 ||
            (at == 0 && (len < LEAST_LINE || !decodes_to_text((fv_bytes){rest.data, len}))))
            return FV_WRAP_NONE;
        at += len;
        while (at < head.len && (head.data[at] == '\n' || head.data[at] == '\r'))
            at++;
    }
    return at > 0 ? FV_WRAP_BASE64 : FV_WRAP_NONE;
}
