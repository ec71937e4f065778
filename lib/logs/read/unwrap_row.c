/* Whether a line is one row of a table (CSV, RFC 4180). */
#include "logs/read/unwrap.h"

#include <string.h>

typedef struct row {
    fv_bytes line;
    size_t at;
    uint8_t separator;
    size_t num_quoted, num_bare;
    bool begins_quoted;
} row;

static bool is_separator(uint8_t c)
{
    return c == ',' || c == ';' || c == '\t';
}

/* Moves behind a quoted field, in which each quotation mark is doubled. Returns false if the
 * field does not end before a separator or the end of the line. */
static bool take_quoted(row *r)
{
    for (r->at++; r->at < r->line.len; r->at++) {
        if (r->line.data[r->at] != '"')
            continue;
        if (fv_bytes_at(r->line, r->at + 1) != '"' || r->at + 1 == r->line.len)
            break;
        r->at++;
    }
    r->num_quoted++;
    r->at++;
    return r->at == r->line.len || (r->at < r->line.len && r->line.data[r->at] == r->separator);
}

/* Moves behind a field without quotation marks that is about the entry: the time, a host. */
static bool take_bare(row *r)
{
    size_t from = r->at;
    while (r->at < r->line.len && r->line.data[r->at] != r->separator) {
        uint8_t c = r->line.data[r->at++];
        if (c == '=' || !fv_unwrap_may_be_about(c))
            return false;
    }
    r->num_bare++;
    return r->at == from || fv_unwrap_is_about(r->line.data + from, r->at - from, true);
}

/* Whether the fields of the line are parted by `separator`. A number before one quoted text is no
 * row: 1008;"Unable to resolve". */
static bool is_parted_by(fv_bytes line, uint8_t separator)
{
    row r = {.line = line, .separator = separator};
    r.begins_quoted = fv_bytes_at(line, 0) == '"';
    for (bool more = true; more; r.at++) {
        if (!(fv_bytes_at(line, r.at) == '"' ? take_quoted(&r) : take_bare(&r)))
            return false;
        more = r.at < line.len;
    }
    return r.num_quoted > 0 && r.num_quoted + r.num_bare >= (r.begins_quoted ? 2 : 3);
}

/* A row may also hold quotation marks that are not doubled: it begins and ends with one, and `","`
 * is within it. */
static bool is_loose_row(fv_bytes line)
{
    if (line.len < 5 || line.data[0] != '"' || line.data[line.len - 1] != '"')
        return false;
    for (size_t i = 1; i + 3 < line.len; i++) {
        if (line.data[i] == '"' && is_separator(line.data[i + 1]) && line.data[i + 2] == '"' &&
            line.data[i - 1] != '"')
            return true;
    }
    return false;
}

uint16_t fv_unwrap_csv_row(fv_bytes bytes, size_t line, size_t at)
{
    const uint8_t *found = memchr(bytes.data + at, '\n', bytes.len - at);
    size_t end = found != NULL ? (size_t)(found - bytes.data) : bytes.len;
    while (end > line && (bytes.data[end - 1] == ' ' || bytes.data[end - 1] == '\r'))
        end--;
    fv_bytes text = {bytes.data + line, end - line};
    if (is_parted_by(text, ',') || is_parted_by(text, ';') || is_parted_by(text, '\t'))
        return FV_WRAP_CSV | FV_WRAP_CSV_LINES;
    return is_loose_row(text) ? FV_WRAP_CSV : FV_WRAP_NONE;
}
