/* Copies texts out of an entry. */
#include "logs/interpret/draft.h"

#include <string.h>

#define MASK_MIN_LEN 3

const char *fv_draft_copy_text(fv_draft *draft, const char *text, size_t len)
{
    if (len > FV_INCIDENT_TEXT_MAX)
        len = FV_INCIDENT_TEXT_MAX;
    char *copy = fv_arena_copy_text(draft->arena, text, len);
    draft->failed = draft->failed || copy == NULL;
    return copy;
}

const char *fv_draft_take(fv_draft *draft, fv_buf *buf)
{
    const char *text = buf->data != NULL ? buf->data : "";
    const char *copy = buf->failed ? NULL : fv_draft_copy_text(draft, text, buf->len);
    draft->failed = draft->failed || copy == NULL;
    fv_buf_clear(buf);
    return copy;
}

const char *fv_draft_copy(fv_draft *draft, fv_span span)
{
    if (span.to <= span.from)
        return NULL;
    fv_text text = fv_sight_text(draft->sight, span);
    return fv_draft_copy_text(draft, text.data, text.len);
}

const char *fv_draft_copy_spaced(fv_draft *draft, fv_span span)
{
    if (span.to <= span.from)
        return NULL;
    if (span.to - span.from > FV_INCIDENT_TEXT_MAX)
        span.to = span.from + FV_INCIDENT_TEXT_MAX;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_sight_append_spaced(draft->sight, span, &buf);
    return fv_draft_take(draft, &buf);
}

const char *fv_draft_field(fv_draft *draft, fv_key key)
{
    fv_span span;
    return fv_entry_get(draft->entry, key, 0, &span) ? fv_draft_copy(draft, span) : NULL;
}

const char *fv_draft_field_spaced(fv_draft *draft, fv_key key)
{
    fv_span span;
    return fv_entry_get(draft->entry, key, 0, &span) ? fv_draft_copy_spaced(draft, span) : NULL;
}

uint32_t fv_draft_field_number(fv_draft *draft, fv_key key)
{
    fv_span span;
    uint64_t value = 0;
    if (!fv_entry_get(draft->entry, key, 0, &span))
        return 0;
    size_t end = span.from + fv_sight_count_digits(draft->sight, span.from, 9);
    if (end < span.to && fv_sight_gap(draft->sight, end) == FV_GAP_NONE &&
        fv_ascii_is_alnum(draft->sight->text[end]))
        return 0; /* a digit was read as a letter */
    span.to = end;
    return fv_text_to_u64(fv_sight_text(draft->sight, span), &value) ? (uint32_t)value : 0;
}

const char *fv_draft_number_text(fv_draft *draft, uint32_t number)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_u64(&buf, number);
    return fv_draft_take(draft, &buf);
}

const char *fv_draft_param(fv_draft *draft, const fv_params *params, const char *name)
{
    fv_span span;
    return fv_params_get(draft->sight, params, name, &span) ? fv_draft_copy(draft, span) : NULL;
}

/* Names and addresses with ports, separated by commas. Brackets may enclose an IPv6 address, and an
 * asterisk may be a whole first label. Any other mark shows that the name is damaged or masked. */
bool fv_draft_is_name(const char *text)
{
    char before = ',';
    for (const char *c = text; *c != '\0'; before = *c++) {
        bool begins = before == ',' || before == ' ';
        bool fits = fv_ascii_is_alnum(*c) || strchr("-_.:, ", *c) != NULL ||
                    (*c == '[' && begins) || (*c == ']' && text[0] == '[') ||
                    (*c == '*' && begins && c[1] == '.');
        if (!fits)
            return false;
    }
    return true;
}

/* Whether a line ends behind a hyphen within the value: the hyphen may be the name's, or that of
 * who broke the line. */
static bool is_hyphenated(const fv_sight *sight, const fv_params *params, const char *name)
{
    fv_span value;
    if (!fv_params_get(sight, params, name, &value))
        return false;
    for (size_t at = value.from + 1; at < value.to; at++) {
        if (sight->text[at - 1] == '-' && fv_sight_gap(sight, at) != FV_GAP_NONE)
            return true;
    }
    return false;
}

const char *fv_draft_param_name(fv_draft *draft, const fv_params *params, const char *name)
{
    const char *value = fv_draft_param(draft, params, name);
    if (value == NULL ||
        (fv_draft_is_name(value) && !fv_params_is_cut(draft->sight, params, name) &&
         !is_hyphenated(draft->sight, params, name)))
        return value;
    draft->is_damaged = true;
    return NULL;
}

/* Whether somebody put "xxxxx.xxx" or "XXXX.com" in place of a name that was not to be seen. */
static bool is_masked(const char *name)
{
    bool begins_masked = false;
    size_t len = strspn(name, "x");
    while (len >= MASK_MIN_LEN && name[len] == '.') {
        begins_masked = true;
        name += len + 1;
        len = strspn(name, "x");
    }
    bool is_whole = len >= MASK_MIN_LEN && name[len] == '\0';
    return is_whole || (begins_masked && strchr(name, '.') == NULL);
}

const char *fv_draft_copy_name(fv_draft *draft, fv_text text, uint32_t *out_kind)
{
    char name[FEDVAL_NAME_SIZE];
    fedval_status status =
        fedval_name_normalise(text.data, text.len, name, sizeof(name), out_kind, NULL);
    draft->failed = draft->failed || status == FEDVAL_ERROR_NO_MEMORY;
    /* A normalised name may hold more than logs ever write: treat such a name as damaged. */
    bool is_sound = status == FEDVAL_OK && fv_draft_is_name(name) && !is_masked(name);
    return is_sound ? fv_draft_copy_text(draft, name, strlen(name)) : NULL;
}

const char *fv_draft_domain(fv_draft *draft, const char *text)
{
    uint32_t kind;
    const char *name = text != NULL ? fv_draft_copy_name(draft, fv_text_of(text), &kind) : NULL;
    if (name == NULL || kind == FEDVAL_NAME_KIND_IPV4 || kind == FEDVAL_NAME_KIND_IPV6 ||
        kind == FEDVAL_NAME_KIND_ROOT)
        return NULL;
    return name;
}

bool fv_draft_has(const fv_draft *draft, const char *phrase)
{
    fv_span span = draft->entry->span;
    return fv_sight_find(draft->sight, span, phrase) < span.to;
}

bool fv_draft_find_after(const fv_draft *draft, const char *phrase, size_t *out_after)
{
    fv_span span = draft->entry->span;
    size_t at = fv_sight_find(draft->sight, span, phrase);
    return at < span.to && fv_sight_match(draft->sight, at, phrase, out_after);
}

fv_span fv_draft_span_until(const fv_draft *draft, size_t from, const char *ends)
{
    size_t to = from;
    while (to < draft->entry->span.to && strchr(ends, draft->sight->text[to]) == NULL)
        to++;
    return (fv_span){from, to};
}

const char *fv_draft_read_peer(fv_draft *draft, fv_span span, uint32_t *out_port)
{
    size_t end = span.from + 1;
    while (
        end < span.to && draft->sight->text[end] != ',' &&
        (fv_sight_gap(draft->sight, end) == FV_GAP_NONE || fv_sight_is_wrapped(draft->sight, end)))
        end++;
    const char *peer = fv_draft_copy(draft, (fv_span){span.from, end});
    if (peer == NULL)
        return NULL;
    const char *colon = strrchr(peer, ':');
    size_t digits = colon != NULL ? strspn(colon + 1, "0123456789") : 0;
    uint64_t port;
    if (digits > 0 && fv_text_to_u64((fv_text){colon + 1, digits}, &port) && port <= UINT16_MAX) {
        *out_port = (uint32_t)port;
        peer = fv_draft_copy_text(draft, peer, (size_t)(colon - peer));
    }
    return peer != NULL && fv_draft_is_name(peer) ? peer : NULL;
}
