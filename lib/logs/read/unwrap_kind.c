/* Finds out what a log is wrapped in, from the beginning of a source or from the bytes around a
 * place. */
#include "base/text.h"
#include "logs/read/neighbours.h"
#include "logs/read/unwrap.h"

#include <string.h>

#define HEAD_MAX ((size_t)64 << 10)
#define LINE_MAX_BACK ((size_t)8 << 10)
#define NAME_MAX_LEN 64
#define PERCENT_HEAD ((size_t)2 << 10)
#define ENTRY_BEFORE ((size_t)4 << 10)

static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_space(fv_bytes bytes, size_t at)
{
    while (is_space(fv_bytes_at(bytes, at)))
        at++;
    return at;
}

/* Whether a name in quotation marks and a colon, or Ruby's "=>", begin at `at`. */
static bool is_name_at(fv_bytes bytes, size_t at)
{
    uint8_t quote = fv_bytes_at(bytes, at);
    size_t end = at + 1;
    if (quote != '"' && quote != '\'')
        return false;
    while (end < bytes.len && end - at < NAME_MAX_LEN && bytes.data[end] != quote &&
           bytes.data[end] >= ' ')
        end++;
    size_t mark = skip_space(bytes, end + 1);
    return end > at + 1 && fv_bytes_at(bytes, end) == quote &&
           (fv_bytes_at(bytes, mark) == ':' ||
            (fv_bytes_at(bytes, mark) == '=' && fv_bytes_at(bytes, mark + 1) == '>'));
}

static size_t line_start(fv_bytes bytes, size_t floor, size_t at)
{
    size_t limit = at - floor > LINE_MAX_BACK ? at - LINE_MAX_BACK : floor;
    while (at > limit && bytes.data[at - 1] != '\n')
        at--;
    return at;
}

/* Whether a JSON document begins in the line, before `at`. */
static bool is_in_json(fv_bytes bytes, size_t line, size_t at)
{
    size_t first = line;
    while (first < at && is_space(bytes.data[first]))
        first++;
    if (fv_bytes_at(bytes, first) == '"' && is_name_at(bytes, first))
        return true;
    while (line < at) {
        const uint8_t *found = memchr(bytes.data + line, '{', at - line);
        if (found == NULL)
            return false;
        line = (size_t)(found - bytes.data) + 1;
        if (is_name_at(bytes, skip_space(bytes, line)))
            return true;
    }
    return false;
}

/* Whether quotation marks are doubled: name=""value"", the server ""name"". An empty value
 * (name="") has no letter or digit after it. */
static bool is_doubled_at(fv_bytes bytes, size_t at)
{
    uint8_t after = fv_bytes_at(bytes, at + 2);
    return at > 0 && bytes.data[at] == '"' && fv_bytes_at(bytes, at + 1) == '"' &&
           (bytes.data[at - 1] == '=' || bytes.data[at - 1] == ' ') &&
           (fv_ascii_is_alnum((char)after) || after >= 0x80);
}

static bool has_doubled_quotes(fv_bytes bytes, size_t from, size_t to)
{
    while (from < to) {
        const uint8_t *found = memchr(bytes.data + from, '"', to - from);
        if (found == NULL)
            return false;
        from = (size_t)(found - bytes.data);
        if (is_doubled_at(bytes, from))
            return true;
        from++;
    }
    return false;
}

static bool parts_fields(uint8_t c)
{
    return c == ',' || c == ';' || c == '\t' || c == '|' || c == '\n';
}

/* Returns where the CSV field around `at` begins: at a quotation mark that is not doubled. */
static size_t field_start(fv_bytes bytes, size_t floor, size_t at, bool *out_in_field)
{
    size_t limit = at - floor > LINE_MAX_BACK ? at - LINE_MAX_BACK : floor;
    *out_in_field = false;
    for (size_t i = at; i > limit; i--) {
        bool begins = i == 1 || parts_fields(bytes.data[i - 2]);
        if (bytes.data[i - 1] == '"' && begins && fv_bytes_at(bytes, i) != '"')
            return i - 1;
    }
    *out_in_field = true;
    return line_start(bytes, floor, at);
}

static bool is_hex(uint8_t c)
{
    return fv_ascii_is_digit((char)c) || (c >= 'A' && c <= 'F');
}

/* Whether each equals sign belongs to an encoding, and at least one is "=3D", the encoding of an
 * equals sign. */
static bool is_quoted_printable(fv_bytes bytes, size_t from, size_t to)
{
    size_t equals = 0;
    while (from < to) {
        const uint8_t *found = memchr(bytes.data + from, '=', to - from);
        if (found == NULL)
            break;
        from = (size_t)(found - bytes.data) + 1;
        uint8_t first = fv_bytes_at(bytes, from), second = fv_bytes_at(bytes, from + 1);
        if (first == '3' && second == 'D')
            equals++;
        else if (!is_space(first) && !(is_hex(first) && is_hex(second)) && from + 1 < bytes.len)
            return false;
    }
    return equals > 0;
}

uint16_t fv_unwrap_kinds_of_line(fv_bytes bytes, size_t floor, size_t at, size_t *out_from)
{
    /* The entry may have begun in earlier lines; those are wrapped in the same way. */
    *out_from = line_start(bytes, floor, at - floor > ENTRY_BEFORE ? at - ENTRY_BEFORE : floor);
    return is_in_json(bytes, line_start(bytes, floor, at), at) ? FV_WRAP_JSON : FV_WRAP_NONE;
}

uint16_t fv_unwrap_kinds_around(fv_bytes bytes, size_t floor, size_t at, size_t *out_from,
                                bool *out_in_field)
{
    size_t from = at - floor > FV_UNWRAP_AROUND ? at - FV_UNWRAP_AROUND : floor;
    size_t to = bytes.len - at > FV_UNWRAP_AROUND ? at + FV_UNWRAP_AROUND : bytes.len;
    *out_in_field = false;
    if (from < to && memchr(bytes.data + from, 0x1b, to - from) != NULL) {
        *out_from = line_start(bytes, floor, from);
        return FV_WRAP_COLOUR;
    }
    uint16_t bare = fv_unwrap_bare_colours(bytes, from, to);
    if (bare != FV_WRAP_NONE) {
        *out_from = line_start(bytes, floor, from);
        return bare;
    }
    uint16_t percent = fv_unwrap_percent_kinds(bytes, from, to);
    if (percent != FV_WRAP_NONE) {
        *out_from = line_start(bytes, floor, from);
        return percent;
    }
    uint16_t row = fv_unwrap_csv_row(bytes, line_start(bytes, floor, at), at);
    if (row != FV_WRAP_NONE) {
        *out_from = line_start(bytes, floor, from);
        return row;
    }
    if (has_doubled_quotes(bytes, from, to)) {
        *out_from = field_start(bytes, floor, at, out_in_field);
        return FV_WRAP_CSV;
    }
    if (is_quoted_printable(bytes, from, to)) {
        *out_from = line_start(bytes, floor, from);
        return FV_WRAP_QUOTED;
    }
    return FV_WRAP_NONE;
}

static bool has_word(fv_bytes bytes, size_t len, const char *word)
{
    size_t word_len = strlen(word);
    for (size_t i = 0; i + word_len <= len; i++) {
        const uint8_t *found = memchr(bytes.data + i, word[0], len - word_len + 1 - i);
        if (found == NULL)
            return false;
        i = (size_t)(found - bytes.data);
        if (memcmp(found, word, word_len) == 0)
            return true;
    }
    return false;
}

uint16_t fv_unwrap_kinds_of_head(fv_bytes head)
{
    size_t len = head.len < HEAD_MAX ? head.len : HEAD_MAX;
    size_t first = skip_space(head, fv_line_text_len(head, 0, "\xef\xbb\xbf"));
    uint16_t kinds = FV_WRAP_NONE;
    if (len > 0 && memchr(head.data, 0x1b, len) != NULL)
        kinds |= FV_WRAP_COLOUR;
    if (fv_bytes_at(head, first) == '{' || fv_bytes_at(head, first) == '[')
        kinds |= FV_WRAP_JSON;
    kinds |= fv_unwrap_percent_kinds(head, 0, len < PERCENT_HEAD ? len : PERCENT_HEAD);
    /* The first letter is left out: it may be a capital. */
    if ((has_word(head, len, "quoted-printable") || has_word(head, len, "base64") ||
         has_word(head, len, "BASE64")) &&
        (has_word(head, len, "ontent-Transfer-Encoding:") ||
         has_word(head, len, "ontent-transfer-encoding:")))
        kinds |= FV_WRAP_MAIL;
    return kinds | fv_unwrap_octets(head) | fv_unwrap_bare_colours(head, 0, len) |
           fv_unwrap_bare_base64(head);
}
