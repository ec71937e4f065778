/* Finds the line and column of a value in a JSON text. The parser keeps no positions, so the text
 * is searched again when there is a complaint to make. */
#include "render/json/json_read.h"

#include <string.h>

#define MAX_DEPTH 12 /* evidence and policy need 6 */
#define MAX_CONTAINERS 250000
#define MAX_VALUES 2000000 /* commas and colons; a certificate is one value */
/* of one object: its keys share a hash table with a known seed, so many could be made to collide */
#define MAX_MEMBERS 256

/* ---- limits ---- */

typedef struct scan {
    bool is_object[MAX_DEPTH];
    size_t num_members[MAX_DEPTH];
    size_t depth, num_containers, num_values;
} scan;

/* Returns the offset after the string that begins at `i`. */
static size_t skip_string(fv_text text, size_t i)
{
    for (i++; i < text.len && text.data[i] != '"'; i++) {
        if (text.data[i] == '\\')
            i++;
    }
    return i < text.len ? i + 1 : text.len;
}

static const char *open_container(scan *s, bool is_object)
{
    if (s->depth == MAX_DEPTH)
        return "nested too deeply";
    if (++s->num_containers > MAX_CONTAINERS)
        return "too many objects and arrays";
    s->is_object[s->depth] = is_object;
    s->num_members[s->depth++] = 1;
    return NULL;
}

static const char *count_value(scan *s, char c)
{
    if (++s->num_values > MAX_VALUES)
        return "too many values";
    if (c == ',' && s->depth > 0 && s->is_object[s->depth - 1] &&
        ++s->num_members[s->depth - 1] > MAX_MEMBERS)
        return "an object with too many members";
    return NULL;
}

size_t fv_json_find_excess(fv_text text, const char **out_what)
{
    scan s = {.depth = 0};
    for (size_t i = 0; i < text.len;) {
        const char *what = NULL;
        char c = text.data[i];
        if (c == '"') {
            i = skip_string(text, i);
            continue;
        }
        if (c == '{' || c == '[')
            what = open_container(&s, c == '{');
        else if ((c == '}' || c == ']') && s.depth > 0)
            s.depth--;
        else if (c == ',' || c == ':')
            what = count_value(&s, c);
        if (what != NULL) {
            *out_what = what;
            return i;
        }
        i++;
    }
    return SIZE_MAX;
}

/* ---- values ---- */

static size_t skip_space(fv_text text, size_t i)
{
    while (i < text.len && fv_ascii_is_space(text.data[i]))
        i++;
    return i;
}

/* Returns the offset after the value that begins at `i`. The text is known to be JSON. */
static size_t skip_value(fv_text text, size_t i)
{
    size_t depth = 0;
    while (i < text.len) {
        char c = text.data[i];
        if (c == '"') {
            i = skip_string(text, i);
            if (depth == 0)
                return i;
            continue;
        }
        if (c == '{' || c == '[')
            depth++;
        if (depth == 0 && (c == ',' || c == '}' || c == ']'))
            return i;
        if ((c == '}' || c == ']') && --depth == 0)
            return i + 1;
        i++;
    }
    return i;
}

/* Whether the entry at `*at`, number `index` of its object or array, is the one that `segment`
 * names. In an object, moves `*at` from the key to the value. */
static bool is_at_segment(fv_text text, const fv_json_segment *segment, size_t index, size_t *at)
{
    if (segment->key == NULL)
        return index == segment->index;
    size_t end = skip_string(text, *at), key_len = strlen(segment->key);
    bool is_key =
        end - *at == key_len + 2 && memcmp(text.data + *at + 1, segment->key, key_len) == 0;
    *at = skip_space(text, skip_space(text, end) + 1); /* the colon */
    return is_key;
}

/* Returns the offset of the value that `segment` names in the object or array that opens at `i`;
 * SIZE_MAX: it has no such value. */
static size_t find_segment(fv_text text, size_t i, const fv_json_segment *segment)
{
    size_t index = 0;
    i = skip_space(text, i + 1);
    while (i < text.len && text.data[i] != '}' && text.data[i] != ']') {
        size_t at = i;
        if (is_at_segment(text, segment, index, &at))
            return at;
        i = skip_space(text, skip_value(text, at));
        if (i < text.len && text.data[i] == ',')
            i = skip_space(text, i + 1);
        index++;
    }
    return SIZE_MAX;
}

size_t fv_json_find_value(fv_text text, const fv_json_segment *path, size_t depth)
{
    size_t i = skip_space(text, 0);
    for (size_t d = 0; d < depth; d++) {
        size_t next = find_segment(text, i, &path[d]);
        if (next == SIZE_MAX)
            break;
        i = next;
    }
    return i;
}

void fv_json_place(fv_text text, size_t offset, uint32_t *out_line, uint32_t *out_column)
{
    uint32_t line = 1, column = 1;
    for (size_t i = 0; i < offset && i < text.len; i++) {
        column = text.data[i] == '\n' ? 1 : column + 1;
        line += text.data[i] == '\n';
    }
    *out_line = line;
    *out_column = column;
}
