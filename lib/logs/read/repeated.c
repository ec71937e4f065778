#include "logs/read/repeated.h"

#include "base/text.h"
#include "logs/read/neighbours.h"
#include "logs/read/spacing.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define LINE_MAX_LEN ((size_t)4 << 10)
#define HEAD_MAX_LEN 160
#define HEAD_MIN_LEN 4
#define NAME_MAX_LEN 120

static size_t skip_blanks(fv_bytes piece, size_t at)
{
    while (fv_is_blank(fv_bytes_at(piece, at)))
        at++;
    return at;
}

/* ---- numbers that count: cat -n, lists ---- */

typedef struct number {
    uint64_t value;
    uint8_t before; /* the bracket before the number, or 0 */
    uint8_t mark;   /* the mark after the number */
    size_t end;     /* after the mark */
} number;

static bool read_number(fv_bytes piece, size_t at, number *out)
{
    *out = (number){0};
    if (fv_bytes_at(piece, at) == '[' || fv_bytes_at(piece, at) == '(')
        out->before = piece.data[at++];
    size_t digits = at;
    while (fv_ascii_is_digit((char)fv_bytes_at(piece, at)) && at - digits < 9)
        out->value = out->value * 10 + (uint64_t)(piece.data[at++] - '0');
    out->mark = fv_bytes_at(piece, at);
    out->end = at + 1;
    if (at == digits || out->mark == 0)
        return false;
    if (fv_is_line_end(out->mark))
        out->end = at;
    return strchr("\t .):|]>-\n\r\v", out->mark) != NULL;
}

static bool counts(fv_bytes piece, size_t at, const number *here, int step)
{
    number other;
    if (at == FV_NO_LINE || !read_number(piece, at, &other) || other.before != here->before)
        return false;
    bool same_mark =
        other.mark == here->mark || fv_is_line_end(other.mark) || fv_is_line_end(here->mark);
    return same_mark && other.value == here->value + (uint64_t)step;
}

static size_t skip_number(fv_bytes piece, size_t at)
{
    number here;
    if (!read_number(piece, at, &here))
        return at;
    size_t after = fv_line_after(piece, at), before = fv_line_before(piece, at);
    bool is_counted = counts(piece, after, &here, 1) || counts(piece, before, &here, -1);
    /* A number with a line of its own: the next is after the line that it counts. */
    if (!is_counted && fv_is_line_end(here.mark)) {
        is_counted =
            (after != FV_NO_LINE && counts(piece, fv_line_after(piece, after), &here, 1)) ||
            (before != FV_NO_LINE && counts(piece, fv_line_before(piece, before), &here, -1));
    }
    return is_counted ? here.end : at;
}

/* ---- names of files: grep, grep -n, -A, -B, -C ---- */

static bool same_bytes(fv_bytes piece, size_t a, size_t b, size_t len)
{
    return a != FV_NO_LINE && piece.len - a >= len &&
           memcmp(piece.data + a, piece.data + b, len) == 0;
}

static bool is_file_mark(uint8_t c)
{
    return c == ':' || c == '-';
}

/* Reads "12-" after a file name: the number, and the offset after the hyphen. */
static bool read_file_line(fv_bytes piece, size_t at, uint64_t *out_value, size_t *out_end)
{
    size_t digits = at;
    uint64_t value = 0;
    while (fv_ascii_is_digit((char)fv_bytes_at(piece, at)) && at - digits < 9)
        value = value * 10 + (uint64_t)(piece.data[at++] - '0');
    if (at == digits || !is_file_mark(fv_bytes_at(piece, at)))
        return false;
    *out_value = value;
    *out_end = at + 1;
    return true;
}

static bool names_file(fv_bytes piece, size_t other, size_t at, size_t len, uint64_t value,
                       bool numbered, int step)
{
    uint64_t other_value;
    size_t end;
    if (!same_bytes(piece, other, at, len) || !is_file_mark(fv_bytes_at(piece, other + len)))
        return false;
    if (!numbered)
        return true;
    return read_file_line(piece, other + len + 1, &other_value, &end) &&
           other_value == value + (uint64_t)step;
}

static bool has_ending(fv_bytes piece, size_t at, size_t end)
{
    for (size_t i = end; i > at + 1 && end - i < 6; i--) {
        if (piece.data[i - 1] == '.')
            return i < end;
    }
    return false;
}

static size_t skip_file(fv_bytes piece, size_t at)
{
    uint8_t first = fv_bytes_at(piece, at);
    if (!fv_ascii_is_alpha((char)first) && first != '.' && first != '/' && first != '_')
        return at;
    size_t after = FV_NO_LINE, before = FV_NO_LINE;
    for (size_t i = at + 1; i - at < NAME_MAX_LEN && fv_bytes_at(piece, i) > ' '; i++) {
        uint64_t value = 0;
        size_t end = i + 1;
        if (!is_file_mark(piece.data[i]) || fv_bytes_at(piece, i + 1) == ':')
            continue;
        bool numbered = read_file_line(piece, i + 1, &value, &end);
        if (!numbered && !has_ending(piece, at, i))
            continue;
        if (after == FV_NO_LINE && before == FV_NO_LINE) {
            after = fv_line_after(piece, at);
            before = fv_line_before(piece, at);
        }
        if (numbered && (names_file(piece, after, at, i - at, value, true, 1) ||
                         names_file(piece, before, at, i - at, value, true, -1)))
            return end;
        if (has_ending(piece, at, i) && (names_file(piece, after, at, i - at, 0, false, 0) ||
                                         names_file(piece, before, at, i - at, 0, false, 0)))
            return i + 1;
    }
    return at;
}

/* ---- marks that each line has: comments, lists, patches ---- */

static size_t skip_lead(fv_bytes piece, size_t at)
{
    static const char *const leads[] = {"+", "#", "//", ";", "* ", "- ", "-", "% ", "\xe2\x80\xa2"};
    for (size_t i = 0; i < COUNT(leads); i++) {
        size_t len = fv_line_text_len(piece, at, leads[i]);
        if (len == 0)
            continue;
        size_t after = fv_line_after(piece, at), before = fv_line_before(piece, at);
        bool same = (after == FV_NO_LINE || same_bytes(piece, after, at, len)) &&
                    (before == FV_NO_LINE || same_bytes(piece, before, at, len));
        return same && (after != FV_NO_LINE || before != FV_NO_LINE) ? at + len : at;
    }
    return at;
}

/* ---- names and times that each line has: collectors of logs ---- */

#define LETTERS 128
#define WORDS(...)                                                                                 \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

/* Words that begin a line of a message or an entry, after the head that a collector added: by their
 * first letter, in lower case; each list ends with NULL. */
static const char *const *const line_words[LETTERS] = {
    ['$'] = WORDS("$$begin_record", "$$end_record"),
    ['a'] = WORDS("allow", "auth"),
    ['c'] = WORDS("call-id:", "cseq:", "contact:", "content-"),
    ['d'] = WORDS("data:", "diagnosis", "direction:", "description:"),
    ['e'] = WORDS("error message", "event id:"),
    ['f'] = WORDS("from:"),
    ['i'] = WORDS("invite sip:", "instance-id:"),
    ['l'] = WORDS("logtype:", "latency", "log name:"),
    ['m'] = WORDS("max-forwards:", "ms-", "message-type:"),
    ['p'] = WORDS("p-asserted-", "proxy-", "peer:"),
    ['r'] = WORDS("record-route:", "route:", "require:", "result-code:", "result ",
                  "retry-after:", "reason:"),
    ['s'] = WORDS("sip/2.0 ", "sipmsg:", "server:", "supported:", "severity:", "sip-start-line:",
                  "sip-call-id:", "sip-cseq:", "start-line:", "session-"),
    ['t'] = WORDS("to:", "tl_", "text:", "target fqdn"),
    ['u'] = WORDS("user-agent:"),
    ['v'] = WORDS("via:"),
    ['w'] = WORDS("www-authenticate:", "warning:"),
};

/* Whether a row of a search history begins here: "2019-05-14 11:22:33  sip:". */
static bool is_history_row(fv_bytes piece, size_t at)
{
    return fv_line_has_shape(piece, at, "0000-00-00 00:00:00 ") &&
           fv_line_text_len(piece, skip_blanks(piece, at + 19), "sip:") > 0;
}

bool fv_repeated_is_line_word(fv_bytes piece, size_t at)
{
    at = skip_blanks(piece, at);
    if (fv_ascii_is_digit((char)fv_bytes_at(piece, at)))
        return is_history_row(piece, at);
    if (fv_bytes_at(piece, at) == '|')
        at++;
    uint8_t letter = (uint8_t)fv_ascii_lower((char)fv_bytes_at(piece, at));
    const char *const *word = letter < LETTERS ? line_words[letter] : NULL;
    for (; word != NULL && *word != NULL; word++) {
        size_t same = 1;
        while ((*word)[same] != '\0' &&
               fv_ascii_lower((char)fv_bytes_at(piece, at + same)) == (*word)[same])
            same++;
        if ((*word)[same] == '\0')
            return true;
    }
    return false;
}

/* Returns how many bytes of the two lines are equal; any digit equals any other. */
static size_t alike_len(fv_bytes piece, size_t a, size_t b)
{
    size_t len = 0;
    while (len < HEAD_MAX_LEN && a + len < piece.len && b + len < piece.len) {
        uint8_t x = piece.data[a + len], y = piece.data[b + len];
        bool digits = fv_ascii_is_digit((char)x) && fv_ascii_is_digit((char)y);
        if ((x != y && !digits) || fv_is_line_end(x))
            break;
        len++;
    }
    return len;
}

/* Whether a head begins here that belongs to the log itself. The name of the program, and a value
 * in quotation marks, count only before an entry: collectors put them in front of each line. */
static bool is_own_head(fv_bytes piece, size_t at)
{
    static const struct {
        const char *word;
        bool may_be_added;
    } rows[] = {{"tvcs:", true}, {"UTCTime", false}, {"=\"", true},
                {"::", false},   {"TL_", false},     {"$$", false}};
    uint8_t first = fv_bytes_at(piece, at);
    /* Shortcut: one comparison of a byte in place of six of texts. */
    if (first != 't' && first != 'U' && first != '=' && first != ':' && first != 'T' &&
        first != '$')
        return false;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t len = fv_line_text_len(piece, at, rows[i].word);
        if (len > 0)
            return !rows[i].may_be_added || !fv_repeated_is_line_word(piece, at + len);
    }
    return false;
}

static bool is_quote(uint8_t c)
{
    return c == '"' || c == '\'';
}

static bool has_digit(fv_bytes piece, size_t at, size_t end)
{
    while (at < end && !fv_ascii_is_digit((char)piece.data[at]))
        at++;
    return at < end;
}

/* Returns whether the head of a line, which begins at `head`, can end before `at`. It ends after a
 * blank or a mark such as ":". It also ends after a quotation mark that the end of the line closes,
 * as in `12:00 "SIP/2.0 200 OK"`. Then the head must have a digit: without one, the line may be
 * from the source of a program, as `printf("SIP/2.0 200 OK")`. */
static bool is_parted(fv_bytes piece, size_t head, size_t at)
{
    uint8_t before = piece.data[at - 1];
    if (fv_ascii_is_alpha((char)before) || fv_ascii_is_digit((char)before))
        return false; /* most bytes are such */
    if (fv_is_blank(before) || (before != 0 && strchr(":|]>)=", before) != NULL))
        return true;
    return is_quote(before) && has_digit(piece, head, at) &&
           fv_repeated_closing(piece, at) != FV_REPEATED_OPEN;
}

/* Returns the length of the head that the lines at `a` and `b` share, if a line of a message begins
 * after it in line `a`; else 0. */
static size_t head_len(fv_bytes piece, size_t a, size_t b)
{
    size_t alike = alike_len(piece, a, b);
    for (size_t i = 0; i <= alike; i++) {
        /* Mostly the byte before decides, so it is asked first. */
        if (i >= HEAD_MIN_LEN && is_parted(piece, a, a + i) &&
            fv_repeated_is_line_word(piece, a + i))
            return i;
        if (is_own_head(piece, a + i))
            return 0;
    }
    return 0;
}

/* Returns the offset after the next word and the blanks after it; `at` if the line ends there. */
static size_t skip_word(fv_bytes piece, size_t at)
{
    size_t end = at;
    while (fv_bytes_at(piece, end) > ' ')
        end++;
    return end > at && fv_is_blank(fv_bytes_at(piece, end)) ? skip_blanks(piece, end) : at;
}

/* Returns the offset after "May 14 11:22:33 " (RFC 3164 4.1.2) or "2019-05-14T11:22:33+02:00 ". */
static size_t skip_stamp(fv_bytes piece, size_t at)
{
    if (fv_line_has_shape(piece, at, "0000-00-00T00:"))
        return skip_word(piece, at);
    if (!fv_line_has_shape(piece, at, "aaa 00 00:00:00 ") &&
        !fv_line_has_shape(piece, at, "aaa  0 00:00:00 "))
        return at;
    return at + strlen("May 14 11:22:33 ");
}

/* Returns the offset after the head of a line of syslog, "May 14 11:22:33 host program[812]: ". A
 * server of syslog breaks a long message at any place, and puts the same head before each piece. */
static size_t skip_syslog(fv_bytes piece, size_t at)
{
    size_t host = skip_stamp(piece, at);
    size_t program = host > at ? skip_word(piece, host) : at;
    size_t end = program > host ? skip_word(piece, program) : at;
    if (end <= program || program <= host || fv_line_text_len(piece, program, "tvcs:") > 0)
        return at;
    while (fv_is_blank(fv_bytes_at(piece, end - 1)))
        end--;
    if (fv_bytes_at(piece, end - 1) != ':')
        return at;
    size_t len = end + 1 - at;
    bool is_broken = same_bytes(piece, fv_line_after(piece, at), at, len) ||
                     same_bytes(piece, fv_line_before(piece, at), at, len);
    return is_broken ? at + len : at;
}

/* Whether an entry of Expressway begins here, whose head is its own: "2019-05-14T11:22:33+02:00
 * host tvcs: UTCTime=". */
static bool is_expressway_line(fv_bytes piece, size_t at)
{
    size_t host = skip_stamp(piece, at);
    size_t program = host > at ? skip_word(piece, host) : at;
    return program > host && is_own_head(piece, program);
}

static size_t skip_head(fv_bytes piece, size_t at)
{
    if (fv_repeated_is_line_word(piece, at) || is_own_head(piece, at))
        return at;
    typedef size_t neighbour(fv_bytes, size_t);
    static neighbour *const neighbours[] = {fv_line_after, fv_line_before};
    for (size_t i = 0; i < COUNT(neighbours); i++) {
        size_t around = neighbours[i](piece, at);
        if (around == FV_NO_LINE || fv_repeated_is_line_word(piece, around))
            continue;
        size_t own = head_len(piece, at, around);
        size_t other = own > 0 ? own : head_len(piece, around, at);
        if (other > 0)
            return at + other;
    }
    return at;
}

size_t fv_repeated_skip(fv_bytes piece, size_t at)
{
    typedef size_t rule(fv_bytes, size_t);
    static rule *const rules[] = {skip_number, skip_file, skip_lead, skip_head, skip_syslog};
    size_t end = at;
    if (at >= piece.len || fv_is_line_end(piece.data[at]) || is_expressway_line(piece, at))
        return at;
    for (size_t i = 0; i < COUNT(rules) && end == at; i++)
        end = rules[i](piece, at);
    return end;
}
