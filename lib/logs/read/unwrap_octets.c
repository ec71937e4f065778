/* Syslog over TCP with octet counting (RFC 6587 3.4.1): "MSG-LEN SP SYSLOG-MSG", one frame after
 * another, often without a line end between them. Each message begins with its priority: "<134>".
 */
#include "base/text.h"
#include "logs/read/neighbours.h"
#include "logs/read/spacing.h"
#include "logs/read/unwrap.h"

#include <string.h>

#define COUNT_DIGITS 6
#define PRIORITY_DIGITS 3
#define HEAD_SEARCHED ((size_t)16 << 10)
#define NOT_KNOWN SIZE_MAX

/* Where a count and a priority are, as in "121 <134>". */
typedef struct mark {
    size_t digits; /* the first digit of the count */
    size_t blank;
    size_t end; /* after the ">" */
} mark;

static bool is_digit(uint8_t c)
{
    return fv_ascii_is_digit((char)c);
}

static size_t number_of(const uint8_t *digits, size_t len)
{
    size_t number = 0;
    for (size_t i = 0; i < len; i++)
        number = number * 10 + (size_t)(digits[i] - '0');
    return number;
}

/* Whether a count may be written in these digits. */
static bool is_count(const uint8_t *digits, size_t len)
{
    return len > 0 && len <= COUNT_DIGITS && digits[0] != '0';
}

/* ---- the beginning of a source ---- */

/* Finds the next mark that begins at or after `from`. */
static bool find_mark(fv_bytes bytes, size_t from, mark *out)
{
    for (size_t at = from; at < bytes.len; at++) {
        const uint8_t *found = memchr(bytes.data + at, '<', bytes.len - at);
        if (found == NULL)
            return false;
        at = (size_t)(found - bytes.data);
        size_t end = at + 1, first = at > 0 ? at - 1 : 0;
        while (end - at <= PRIORITY_DIGITS && is_digit(fv_bytes_at(bytes, end)))
            end++;
        while (first > from && is_digit(bytes.data[first - 1]))
            first--;
        *out = (mark){first, at > 0 ? at - 1 : 0, end + 1};
        if (at > from + 1 && bytes.data[at - 1] == ' ' && first < at - 1 && end > at + 1 &&
            fv_bytes_at(bytes, end) == '>')
            return true;
    }
    return false;
}

/* Finds the frame after that of `from`, whose count begins at `first`. Sets `*out_first` to where
 * the count of the next begins: digits of a message may be before it. */
static bool find_next(fv_bytes bytes, const mark *from, size_t first, mark *out, size_t *out_first)
{
    size_t len = from->blank - first;
    if (!find_mark(bytes, from->end, out) || !is_count(bytes.data + first, len))
        return false;
    *out_first = from->blank + 1 + number_of(bytes.data + first, len);
    return *out_first >= out->digits && *out_first < out->blank &&
           is_count(bytes.data + *out_first, out->blank - *out_first);
}

/* Whether the count of `frame` leads to the next frame, and that one's to the frame after it.
 * `is_first`: of the source, so that two frames may be all of it. */
static bool is_right(fv_bytes bytes, const mark *frame, bool is_first)
{
    for (size_t first = frame->digits; first < frame->blank; first++) {
        mark next, last;
        size_t next_first, last_first;
        if (find_next(bytes, frame, first, &next, &next_first) &&
            (find_next(bytes, &next, next_first, &last, &last_first) ||
             (is_first && !find_mark(bytes, next.end, &last))))
            return true;
    }
    return false;
}

uint16_t fv_unwrap_octets(fv_bytes head)
{
    mark at;
    fv_bytes bytes = {head.data, head.len < HEAD_SEARCHED ? head.len : HEAD_SEARCHED};
    uint16_t kinds = FV_WRAP_NONE;
    for (size_t from = 0; find_mark(bytes, from, &at); from = at.end) {
        if (is_right(bytes, &at, from == 0))
            return FV_WRAP_OCTETS | FV_WRAP_COUNTED;
        if (at.digits == fv_line_text_len(bytes, 0, "\xef\xbb\xbf"))
            kinds = FV_WRAP_OCTETS;
    }
    return kinds;
}

/* ---- the stage ---- */

void fv_unwrap_init_octets(fv_octets *octets)
{
    octets->left = NOT_KNOWN;
    octets->num_held = 0;
    octets->num_digits = 0;
    octets->last = '\n';
}

/* Passes on the first byte that is held. */
static void pass_first(fv_unwrap *unwrap)
{
    fv_octets *octets = &unwrap->octets;
    uint8_t c = octets->held[0];
    octets->num_held--;
    memmove(octets->held, octets->held + 1, octets->num_held);
    if (octets->num_digits > 0)
        octets->num_digits--;
    if (octets->left != NOT_KNOWN)
        octets->left = octets->left > 0 ? octets->left - 1 : NOT_KNOWN;
    octets->last = c;
    fv_unwrap_push_colour(unwrap, c);
}

void fv_unwrap_finish_octets(fv_unwrap *unwrap)
{
    while (unwrap->octets.num_held > 0)
        pass_first(unwrap);
}

/* Passes on the digits before the count, which belong to the message before. Returns false if the
 * count before did not tell how many these are. */
static bool pass_message(fv_unwrap *unwrap)
{
    fv_octets *octets = &unwrap->octets;
    if (fv_is_line_end(octets->last))
        return is_count(octets->held, octets->num_digits);
    if ((unwrap->kinds & FV_WRAP_COUNTED) == 0 || octets->left >= octets->num_digits ||
        !is_count(octets->held + octets->left, octets->num_digits - octets->left))
        return false;
    for (size_t i = octets->left; i > 0; i--)
        pass_first(unwrap);
    return true;
}

/* Whether a word that ends with `c` would be another one without the digits that follow it. */
static bool is_of_word(uint8_t c)
{
    return fv_ascii_is_alnum((char)c) || (c != 0 && strchr("-._@%+", c) != NULL);
}

/* Ends the frame before the mark that is held, and drops its count. Where the count before did not
 * tell which digits are the count, the last word of the message is not known. */
static void begin_frame(fv_unwrap *unwrap)
{
    fv_octets *octets = &unwrap->octets;
    bool is_known = pass_message(unwrap);
    uint8_t num_digits = octets->num_digits;
    octets->left =
        is_count(octets->held, num_digits) ? number_of(octets->held, num_digits) : NOT_KNOWN;
    if (!is_known && is_of_word(octets->last))
        fv_unwrap_push_colour(unwrap, FV_STRUCK_OUT);
    if (!fv_is_line_end(octets->last))
        fv_unwrap_push_colour(unwrap, FV_INNER_LINE_END);
    octets->num_held = (uint8_t)(octets->num_held - num_digits - 1);
    memmove(octets->held, octets->held + num_digits + 1, octets->num_held);
    octets->num_digits = 0;
    fv_unwrap_finish_octets(unwrap);
}

/* Whether `c` goes on with the mark that is held. */
static bool goes_on(const fv_octets *octets, uint8_t c)
{
    size_t after = octets->num_held - octets->num_digits;
    if (octets->num_digits == 0)
        return false;
    if (after == 0)
        return c == ' ';
    if (after == 1)
        return c == '<';
    return is_digit(c) ? after < 2 + PRIORITY_DIGITS : c == '>' && after > 2;
}

static void hold(fv_unwrap *unwrap, uint8_t c)
{
    fv_octets *octets = &unwrap->octets;
    if (octets->num_digits == FV_OCTETS_DIGITS)
        pass_first(unwrap);
    octets->held[octets->num_held++] = c;
    octets->num_digits++;
}

void fv_unwrap_push_octets(fv_unwrap *unwrap, uint8_t c)
{
    fv_octets *octets = &unwrap->octets;
    if ((unwrap->kinds & FV_WRAP_OCTETS) == 0) {
        fv_unwrap_push_colour(unwrap, c);
        return;
    }
    bool only_digits = octets->num_held == octets->num_digits;
    if (goes_on(octets, c)) {
        octets->held[octets->num_held++] = c;
        if (c == '>')
            begin_frame(unwrap);
        return;
    }
    if (!is_digit(c) || !only_digits)
        fv_unwrap_finish_octets(unwrap);
    hold(unwrap, c);
    if (!is_digit(c))
        fv_unwrap_finish_octets(unwrap);
}
