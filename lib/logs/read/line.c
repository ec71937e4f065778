/* The fields of an entry that was read, and the lines of a message that are not headers. */
#include "logs/read/entry.h"

#include <string.h>

/* An IPv6 address in brackets cannot begin with a letter from g to z; a note can: "[Request". */
bool fv_line_is_annotation(const fv_sight *sight, size_t pos)
{
    char next = fv_ascii_lower(fv_sight_char(sight, pos + 1));
    return sight->text[pos] == '[' && next > 'f' && next <= 'z';
}

size_t fv_line_end(const fv_sight *sight, size_t pos)
{
    while (pos < sight->len && fv_sight_gap(sight, pos) < FV_GAP_FOLD)
        pos++;
    return pos;
}

bool fv_line_is_word(const fv_sight *sight, size_t pos)
{
    size_t end = pos + 1;
    while (end < sight->len && fv_sight_gap(sight, end) == FV_GAP_NONE)
        end++;
    return fv_sight_gap(sight, end) >= FV_GAP_FOLD && sight->text[end - 1] != ':';
}

bool fv_line_goes_on(const fv_sight *sight, size_t pos, bool doubled)
{
    if (fv_sight_repeats_lead(sight, pos))
        return false;
    char before = fv_sight_char(sight, pos - 1);
    char here = fv_sight_char(sight, pos);
    uint8_t gap = fv_sight_gap(sight, pos);
    bool one_line = gap != FV_GAP_PARAGRAPH || doubled;
    /* A header without a value, then an empty line: the next paragraph is not its value. */
    if (before == ':' && !one_line)
        return false;
    if (strchr(";,=:<(-", before) != NULL || strchr(";,=)>@", here) != NULL)
        return true;
    if (sight->marks[pos].indented && one_line)
        return true;
    return fv_sight_is_wrapped(sight, pos) && one_line;
}

bool fv_entry_get_first_line(const fv_entry *entry, fv_span *out)
{
    /* In a record of the Edge the label "Start-Line:" is a field of its own, before the line. */
    for (size_t i = entry->num_fields; i > 0; i--) {
        if (entry->fields[i - 1].key != FV_KEY_START_LINE)
            continue;
        *out = entry->fields[i - 1].value;
        return out->from > entry->span.from;
    }
    return false;
}

bool fv_entry_is_cut(const fv_entry *entry, fv_key key)
{
    for (size_t i = 0; i < entry->num_fields; i++) {
        if (entry->fields[i].key == key && entry->fields[i].value.to > entry->fields[i].value.from)
            return entry->fields[i].is_cut;
    }
    return false;
}

bool fv_entry_get(const fv_entry *entry, fv_key key, size_t n, fv_span *out)
{
    for (size_t i = 0; i < entry->num_fields; i++) {
        const fv_field *field = &entry->fields[i];
        if (field->key != key || field->value.to <= field->value.from)
            continue;
        if (n-- == 0) {
            *out = field->value;
            return true;
        }
    }
    return false;
}
