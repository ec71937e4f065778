#include "logs/read/params.h"

#include "logs/read/entry.h"

#include <string.h>

static size_t skip_marks(const fv_sight *sight, size_t at, size_t to)
{
    while (at < to && strchr(";, ", sight->text[at]) != NULL)
        at++;
    return at;
}

/* Some people write 'value' with apostrophes. Returns the closing one: it matches the one at `at`
 * and ends a word. Returns `at` if there is none. */
static size_t find_apostrophe(const fv_sight *sight, size_t at, size_t end)
{
    if (at >= end || sight->text[at] != '\'')
        return at;
    for (size_t i = at + 1; i < end; i++) {
        if (sight->text[i] == '\'' && (i + 1 == end || fv_sight_gap(sight, i + 1) != FV_GAP_NONE))
            return i;
    }
    return at;
}

/* Reads the value that begins at `at`; sets `*out_next` to where the next item can begin. */
static fv_span read_value(const fv_sight *sight, size_t at, size_t to, size_t *out_next)
{
    if (at < to && sight->text[at] == '"') {
        size_t end = fv_quote_end(sight, at);
        *out_next = end < to ? end + 1 : to;
        return (fv_span){at + 1, end < to ? end : to};
    }
    size_t end = at;
    while (end < to && sight->text[end] != ';')
        end++;
    *out_next = end;
    size_t close = find_apostrophe(sight, at, end);
    return close > at ? (fv_span){at + 1, close} : (fv_span){at, end};
}

/* Whether the rest from `at`, which has no "=", is the beginning of a name: one word after a
 * semicolon. */
static bool is_piece_of_name(const fv_sight *sight, size_t at, size_t to)
{
    if (at == 0 || at == to || sight->text[at - 1] != ';')
        return false;
    for (size_t i = at; i < to; i++) {
        bool is_within = i == at || fv_sight_gap(sight, i) == FV_GAP_NONE;
        if (!is_within || (!fv_ascii_is_alnum(sight->text[i]) && sight->text[i] != '-'))
            return false;
    }
    return true;
}

/* Whether the span ends in three dots, or in U+2026, for what was left out. */
static bool ends_in_dots(const fv_sight *sight, fv_span span)
{
    return span.to - span.from >= 3 && (memcmp(sight->text + span.to - 3, "...", 3) == 0 ||
                                        memcmp(sight->text + span.to - 3, "\xe2\x80\xa6", 3) == 0);
}

void fv_params_read(const fv_sight *sight, fv_span span, fv_params *out)
{
    out->num_items = 0;
    out->is_cut = ends_in_dots(sight, span);
    size_t at = skip_marks(sight, span.from, span.to);
    while (at < span.to && out->num_items < FV_PARAMS_MAX) {
        size_t name = at;
        while (at < span.to && sight->text[at] != '=' && sight->text[at] != ';')
            at++;
        if (at < span.to && sight->text[at] == '=') {
            fv_named_value *item = &out->items[out->num_items++];
            item->name = (fv_span){name, at};
            bool is_quoted = at + 1 < span.to && sight->text[at + 1] == '"';
            item->value = read_value(sight, at + 1, span.to, &at);
            item->is_cut = is_quoted && item->value.to == span.to;
            out->is_cut = out->is_cut || item->is_cut;
        } else if (at == span.to && out->num_items > 0) {
            out->is_cut = out->is_cut || is_piece_of_name(sight, name, at);
        }
        at = skip_marks(sight, at, span.to);
    }
}

static const fv_named_value *find_value(const fv_sight *sight, const fv_params *params,
                                        const char *name, bool is_empty)
{
    for (size_t i = 0; i < params->num_items; i++) {
        const fv_named_value *item = &params->items[i];
        size_t end;
        if ((item->value.to == item->value.from) == is_empty &&
            fv_sight_match(sight, item->name.from, name, &end) && end == item->name.to)
            return item;
    }
    return NULL;
}

bool fv_params_get(const fv_sight *sight, const fv_params *params, const char *name, fv_span *out)
{
    const fv_named_value *item = find_value(sight, params, name, false);
    if (item == NULL)
        return false;
    *out = item->value;
    return true;
}

bool fv_params_is_empty(const fv_sight *sight, const fv_params *params, const char *name)
{
    return find_value(sight, params, name, false) == NULL &&
           find_value(sight, params, name, true) != NULL;
}

bool fv_params_is_cut(const fv_sight *sight, const fv_params *params, const char *name)
{
    const fv_named_value *item = find_value(sight, params, name, false);
    return item != NULL && item->is_cut;
}

static uint32_t read_number(const fv_sight *sight, size_t *at, size_t to)
{
    size_t digits = fv_sight_count_digits(sight, *at, 9);
    if (*at + digits > to)
        digits = to - *at;
    uint64_t value = 0;
    fv_text_to_u64(fv_sight_text(sight, (fv_span){*at, *at + digits}), &value);
    *at += digits;
    return (uint32_t)value;
}

bool fv_diagnostic_read(const fv_sight *sight, fv_span span, fv_diagnostic *out)
{
    size_t at = span.from;
    out->id = read_number(sight, &at, span.to);
    if (at == span.from)
        return false;
    out->sub_id = 0;
    if (at < span.to && sight->text[at] == '.') {
        at++;
        out->sub_id = read_number(sight, &at, span.to);
    }
    out->is_damaged = at < span.to && fv_sight_gap(sight, at) == FV_GAP_NONE &&
                      strchr("OolI", sight->text[at]) != NULL && sight->text[at] != '\0';
    while (out->is_damaged && at < span.to && fv_ascii_is_alnum(sight->text[at]) &&
           fv_sight_gap(sight, at) == FV_GAP_NONE)
        at++;
    out->word = (fv_span){span.from, at};
    fv_params_read(sight, (fv_span){at, span.to}, &out->params);
    if (out->params.num_items == 0 && at < span.to && sight->text[at] == '"') {
        size_t next;
        fv_span text = read_value(sight, at, span.to, &next);
        out->params.items[out->params.num_items++] = (fv_named_value){{at, at}, text, false};
    }
    return true;
}

static size_t read_hex(fv_text text, size_t at, uint64_t *out)
{
    size_t count = 0;
    *out = 0;
    while (at + count < text.len && count < 16 && fv_ascii_hex_digit(text.data[at + count]) >= 0) {
        *out = *out << 4 | (uint64_t)fv_ascii_hex_digit(text.data[at + count]);
        count++;
    }
    return count;
}

static fv_number_state check(uint64_t value, uint32_t *out)
{
    if (value < 0x80000000u || value > UINT32_MAX)
        return FV_NUMBER_DAMAGED;
    *out = (uint32_t)value;
    return FV_NUMBER_READ;
}

static fv_number_state read_decimal(fv_text text, bool negative, uint32_t *out)
{
    size_t count = 0;
    while (count < text.len && fv_ascii_is_digit(text.data[count]))
        count++;
    uint64_t value;
    if (count == 0 || !fv_text_to_u64((fv_text){text.data, count}, &value))
        return FV_NUMBER_DAMAGED;
    if (!negative)
        return check(value, out);
    /* A signed 32-bit number: -2147483648 to -1. */
    return value == 0 || value > 0x80000000u ? FV_NUMBER_DAMAGED
                                             : check(UINT32_MAX - value + 1, out);
}

fv_number_state fv_hresult_read(fv_text text, uint32_t *out)
{
    uint64_t value;
    if (text.len == 0)
        return FV_NUMBER_ABSENT;
    if (text.len > 2 && text.data[0] == '0' && fv_ascii_lower(text.data[1]) == 'x')
        return read_hex(text, 2, &value) == 8 ? check(value, out) : FV_NUMBER_DAMAGED;
    if (text.data[0] == '-')
        return read_decimal((fv_text){text.data + 1, text.len - 1}, true, out);
    /* Eight hexadecimal digits without their "0x". Ten digits are read as a decimal number. */
    if (read_hex(text, 0, &value) == 8 && fv_ascii_hex_digit(text.data[0]) >= 8)
        return check(value, out);
    return read_decimal(text, false, out);
}
