/* The call that an entry is about. */
#include "logs/interpret/draft.h"
#include "logs/interpret/method.h"

#include "names/sip.h"

#include <string.h>

#define MAX_HEADER 4000
#define UUID_LEN ((size_t)36)

static const char *copy_part(fv_draft *draft, fv_text part)
{
    return part.len > 0 ? fv_draft_copy_text(draft, part.data, part.len) : NULL;
}

/* The host in From of a caller who wants to stay unknown, in place of the own domain (RFC 3323
 * 4.1.1.3). */
#define HIDDEN_CALLER "anonymous.invalid"

/* Sets the host and the whole text of the party; the user must be set before. */
static void complete_party(fv_draft *draft, fv_text host, fv_party *out)
{
    uint32_t kind;
    /* A name that ends with a dot was broken there: "meet. example. org". */
    if (host.len > 0 && host.data[host.len - 1] != '.')
        out->host = fv_draft_copy_name(draft, host, &kind);
    out->is_hidden = fv_incident_is_same_text(out->host, HIDDEN_CALLER);
    if (out->host != NULL && kind != FEDVAL_NAME_KIND_IPV4 && kind != FEDVAL_NAME_KIND_IPV6 &&
        !out->is_hidden)
        out->domain = out->host;
    if (out->user == NULL && out->host == NULL)
        return;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, out->user);
    if (out->user != NULL && out->host != NULL)
        fv_buf_append_char(&buf, '@');
    fv_buf_append_text(&buf, out->host);
    out->text = fv_draft_take(draft, &buf);
}

/* Returns the first address of the header with a host, or else the first one. */
static bool find_address(fv_text header, fv_sip_address *out)
{
    fv_sip_values values;
    fv_sip_address address;
    fv_text value;
    bool found = false;
    fv_sip_values_init(&values, header);
    while (fv_sip_values_next(&values, &value)) {
        if (!fv_sip_address_parse(value, &address) || (found && address.uri.host.len == 0))
            continue;
        *out = address;
        found = true;
        if (address.uri.host.len > 0)
            break;
    }
    return found;
}

/* Reads an alias without a scheme: "2000@acano.steven.lab", "2000". */
static void read_alias(fv_draft *draft, fv_text alias, fv_party *out)
{
    size_t at = 0;
    while (at < alias.len && alias.data[at] != '@')
        at++;
    out->user = copy_part(draft, (fv_text){alias.data, at});
    fv_text host = {alias.data + at, 0};
    if (at < alias.len) {
        for (host.data++; host.len < alias.len - at - 1; host.len++) {
            if (strchr(":;>", host.data[host.len]) != NULL)
                break;
        }
    }
    complete_party(draft, host, out);
}

static void take_address(fv_draft *draft, const fv_sip_address *address, fv_party *out)
{
    out->user = copy_part(draft, address->uri.user);
    out->display = copy_part(draft, address->display);
    complete_party(draft, address->is_cut ? (fv_text){NULL, 0} : address->uri.host, out);
}

/* Reads one address. Commas and semicolons before its "@" belong to the user. */
void fv_draft_read_party(fv_draft *draft, fv_text address, fv_party *out)
{
    fv_sip_address found = {.display = {NULL, 0}};
    memset(out, 0, sizeof(*out));
    if (address.len > MAX_HEADER)
        address.len = MAX_HEADER;
    bool has_brackets = memchr(address.data, '<', address.len) != NULL;
    if (has_brackets ? fv_sip_address_parse(address, &found)
                     : fv_sip_uri_parse(address, &found.uri))
        take_address(draft, &found, out);
    else
        read_alias(draft, address, out);
}

/* Returns the value of the tag parameter after the address, or NULL. RFC 3261 25.1: a token. */
static const char *read_tag(fv_draft *draft, fv_span header)
{
    static const char marks[] = "-.!%*_+`'~";
    size_t at = header.to, value = header.to;
    for (size_t next = header.from;
         (next = fv_sight_find(draft->sight, header, ";tag=")) < header.to; header.from = next + 1)
        at = next;
    if (at == header.to || !fv_sight_match(draft->sight, at, ";tag=", &value))
        return NULL;
    size_t end = value;
    while (end < header.to && (fv_ascii_is_alnum(draft->sight->text[end]) ||
                               strchr(marks, draft->sight->text[end]) != NULL))
        end++;
    return fv_draft_copy(draft, (fv_span){value, end});
}

/* Returns the text of header number `n` (from 0) with this key. Returns false if there is none. */
static bool header_at(const fv_draft *draft, fv_key key, size_t n, fv_span *out)
{
    if (!fv_entry_get(draft->entry, key, n, out) || fv_entry_is_cut(draft->entry, key))
        return false;
    if (out->to - out->from > MAX_HEADER)
        out->to = out->from + MAX_HEADER;
    return true;
}

static void read_header(fv_draft *draft, fv_key key, fv_party *out)
{
    fv_span span;
    fv_sip_address found;
    if (!header_at(draft, key, 0, &span))
        return;
    if (find_address(fv_sight_text(draft->sight, span), &found))
        take_address(draft, &found, out);
    out->is_unreadable = out->host == NULL && fv_sight_find(draft->sight, span, "@") < span.to;
    out->tag = read_tag(draft, span);
}

/* How much an identity tells beside the one in From: another domain most, then what is no domain of
 * public DNS, then the same domain. */
static uint32_t rank_of_asserted(const fv_draft *draft, const fv_party *party)
{
    bool is_same = fv_incident_is_same_text(party->host, draft->incident->from.host);
    if (party->host == NULL)
        return 0;
    if (is_same)
        return 1;
    return party->domain == NULL || fv_draft_is_private_name(party->domain) ? 2 : 3;
}

/* RFC 3325 9.1: "There may be one or two P-Asserted-Identity values", a sip: and a tel: address, in
 * one header or in two. */
static void read_asserted(fv_draft *draft, fv_party *out)
{
    fv_span span;
    for (size_t n = 0; n < 2 && header_at(draft, FV_KEY_ASSERTED, n, &span); n++) {
        fv_sip_values values;
        fv_text value;
        fv_sip_values_init(&values, fv_sight_text(draft->sight, span));
        for (size_t i = 0; i < 2 && fv_sip_values_next(&values, &value); i++) {
            fv_sip_address address;
            fv_party here = {.text = NULL};
            if (fv_sip_address_parse(value, &address))
                take_address(draft, &address, &here);
            if (rank_of_asserted(draft, &here) > rank_of_asserted(draft, out))
                *out = here;
        }
    }
}

/* The identity in an answer is that of who answers (RFC 3325 9.1); logs that were put together by
 * hand have the caller's in a failure, too. */
static bool is_of_caller(const fedval_incident *incident, const fv_party *asserted)
{
    return incident->status == 0 || (incident->status >= 300 &&
                                     !fv_incident_is_same_text(asserted->host, incident->to.host));
}

/* Notes the identity in P-Asserted-Identity if it is another than the one in From. */
static void take_asserted(fedval_incident *incident, const fv_party *asserted)
{
    const fv_party *from = &incident->from;
    bool is_other = !fv_incident_is_same_text(asserted->host, from->host);
    bool is_nowhere = asserted->host != NULL && !asserted->is_hidden &&
                      (asserted->domain == NULL || fv_draft_is_private_name(asserted->domain));
    if (is_other && is_nowhere && from->domain != NULL && !fv_draft_is_private_name(from->domain))
        incident->asserted = *asserted;
    else if (asserted->domain != NULL && from->host != NULL && is_other)
        incident->other_domain = asserted->domain;
    else if (from->domain == NULL)
        incident->from.domain = asserted->domain;
}

/* Whether the entry has "sip/2.0", which no server writes: something put the log into small
 * letters. */
static bool is_in_small_letters(const fv_draft *draft)
{
    fv_span span = draft->entry->span;
    size_t version = fv_sight_find(draft->sight, span, "SIP/2.0");
    return version < span.to && draft->sight->text[version] == 's';
}

/* Returns the end of the letters from `from` on that are capitals, or no capitals, as the first. */
static size_t end_of_method(const fv_sight *sight, size_t from, size_t to)
{
    size_t end = from;
    bool is_upper = from < to && fv_ascii_is_upper(sight->text[from]);
    while (
        end < to && fv_ascii_is_alpha(sight->text[end]) &&
        fv_ascii_is_upper(sight->text[end]) == is_upper &&
        (end == from || fv_sight_gap(sight, end) == FV_GAP_NONE || fv_sight_is_wrapped(sight, end)))
        end++;
    return end;
}

/* Reads "2066245576 INVITE": the number, and the letters after it as the method. RFC 3261 20.16:
 * "The method part of CSeq is case-sensitive", so "invite" is another one, unless the whole log is
 * in small letters. */
static const char *read_cseq(fv_draft *draft)
{
    fv_span span;
    if (!fv_entry_get(draft->entry, FV_KEY_CSEQ, 0, &span))
        return NULL;
    const char *text = draft->sight->text;
    size_t digits = fv_sight_count_digits(draft->sight, span.from, 20);
    size_t from = span.from + digits;
    fv_text name = {text + from, end_of_method(draft->sight, from, span.to) - from};
    fv_method method = fv_method_find(name);
    bool is_upper = name.len > 0 && fv_ascii_is_upper(name.data[0]);
    if (digits == 0 || (is_upper && method == FV_METHOD_UNKNOWN))
        return NULL;
    if (is_upper || is_in_small_letters(draft))
        draft->incident->method = method;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append(&buf, text + span.from, digits);
    if (method != FV_METHOD_UNKNOWN) {
        fv_buf_append_char(&buf, ' ');
        if (draft->incident->method == method)
            fv_buf_append_text(&buf, fv_method_name(method));
        else
            fv_buf_append(&buf, name.data, name.len);
    }
    return fv_draft_take(draft, &buf);
}

/* Whether the character at `pos` begins another line and not the rest of a broken value. A blank
 * after its first word shows that. */
static bool is_other_line(const fv_sight *sight, size_t pos)
{
    size_t end = pos + 1;
    if (fv_sight_gap(sight, pos) < FV_GAP_FOLD)
        return false;
    while (end < sight->len && fv_sight_gap(sight, end) == FV_GAP_NONE)
        end++;
    return end < sight->len && fv_sight_gap(sight, end) == FV_GAP_BLANK;
}

/* Whether the text is a UUID or the beginning of one; or hexadecimal digits, without `hyphens`. */
static bool is_of_uuid(const fv_sight *sight, fv_span id, bool hyphens)
{
    for (size_t i = 0; i < id.to - id.from; i++) {
        bool wants_hyphen = hyphens && (i == 8 || i == 13 || i == 18 || i == 23);
        char c = fv_ascii_lower(sight->text[id.from + i]);
        bool is_hex = fv_ascii_is_digit(c) || (c >= 'a' && c <= 'f');
        if (wants_hyphen ? c != '-' : !is_hex)
            return false;
    }
    return true;
}

/* Whether only a part of the Call-ID was read: a character that none has follows at once, a hyphen
 * has blanks around it, or a line was broken within the value. */
static bool is_piece_of_id(const fv_sight *sight, fv_span value, size_t end)
{
    char before = sight->text[end - 1], here = fv_sight_char(sight, end);
    bool is_cut_uuid = end - value.from > UUID_LEN / 2 && end - value.from < UUID_LEN &&
                       is_of_uuid(sight, (fv_span){value.from, end}, true);
    if (end >= value.to || is_cut_uuid)
        return before == '-' || is_cut_uuid;
    if (fv_sight_gap(sight, end) == FV_GAP_NONE)
        return strchr("\"\\,;|", here) == NULL;
    return before == '-' || here == '-';
}

/* Packet tools print a dot in place of the CR that ends a line. CSeq ends with a method, so a dot
 * there is no part of the value. */
static bool ends_with_dot(const fv_draft *draft, fv_key key)
{
    fv_span span;
    return fv_entry_get(draft->entry, key, 0, &span) && draft->sight->text[span.to - 1] == '.';
}

/* Whether the Call-ID is complete: a UUID or 32 hexadecimal digits, as these servers make them, and
 * no host after it. Then the next line is no part of it, whatever it is. */
static bool is_whole_id(const fv_sight *sight, fv_span id)
{
    size_t len = id.to - id.from;
    return (len == UUID_LEN || len == UUID_LEN - 4) && fv_sight_char(sight, id.to) != '@' &&
           is_of_uuid(sight, id, len == UUID_LEN);
}

/* Whether the value goes on with the character at `end`, after a gap. */
static bool id_goes_on(const fv_sight *sight, fv_span id)
{
    uint8_t gap = fv_sight_gap(sight, id.to);
    return gap == FV_GAP_NONE ||
           (gap != FV_GAP_BLANK && !is_other_line(sight, id.to) && !is_whole_id(sight, id));
}

/* Copies a Call-ID whole: two that begin alike are two calls. */
static const char *copy_id(fv_draft *draft, fv_span id)
{
    if (id.to - id.from > MAX_HEADER)
        return NULL;
    const char *copy =
        fv_arena_copy_text(draft->arena, draft->sight->text + id.from, id.to - id.from);
    draft->failed = draft->failed || copy == NULL;
    return copy;
}

/* RFC 3261 25.1: a word, an at sign and another word. A word may hold quotation marks and
 * backslashes, but here they end the value: some program put the value in quotes. */
static const char *read_call_id(fv_draft *draft)
{
    static const char marks[] = "-.!%*_+`'~()<>:/[]?{}@";
    fv_span span;
    if (!fv_entry_get(draft->entry, FV_KEY_CALL_ID, 0, &span) ||
        fv_entry_is_cut(draft->entry, FV_KEY_CALL_ID))
        return NULL;
    size_t end = span.from;
    while (end < span.to &&
           (fv_ascii_is_alnum(draft->sight->text[end]) ||
            strchr(marks, draft->sight->text[end]) != NULL) &&
           (end == span.from || id_goes_on(draft->sight, (fv_span){span.from, end})))
        end++;
    if (end == span.from || is_piece_of_id(draft->sight, span, end))
        return NULL;
    if (draft->sight->text[end - 1] == '.' && ends_with_dot(draft, FV_KEY_CSEQ))
        end--;
    return copy_id(draft, (fv_span){span.from, end});
}

void fv_draft_read_call(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    fv_party asserted = {.text = NULL};
    incident->call_id = read_call_id(draft);
    incident->cseq = read_cseq(draft);
    incident->server = fv_draft_field_spaced(draft, FV_KEY_SERVER);
    incident->status = draft->entry->status;
    read_header(draft, FV_KEY_FROM, &incident->from);
    read_header(draft, FV_KEY_TO, &incident->to);
    read_asserted(draft, &asserted);
    if (is_of_caller(incident, &asserted))
        take_asserted(incident, &asserted);
    fv_draft_read_hops(draft);
}

static bool has_blank(const fv_sight *sight, fv_span span)
{
    for (size_t i = span.from + 1; i < span.to; i++) {
        if (fv_sight_gap(sight, i) == FV_GAP_BLANK)
            return true;
    }
    return false;
}

bool fv_draft_has_message(const fv_draft *draft)
{
    fv_span span;
    if (fv_entry_get(draft->entry, FV_KEY_VIA, 0, &span) &&
        fv_sight_match(draft->sight, span.from, "SIP/2.0", NULL))
        return true;
    if (fv_entry_get(draft->entry, FV_KEY_CSEQ, 0, &span) &&
        fv_sight_count_digits(draft->sight, span.from, 1) > 0)
        return true;
    return fv_entry_get(draft->entry, FV_KEY_CALL_ID, 0, &span) && !has_blank(draft->sight, span);
}

bool fv_draft_is_of_own_server(const fedval_incident *incident)
{
    if (incident->method == FV_METHOD_REGISTER || incident->method == FV_METHOD_SERVICE)
        return true;
    if (incident->from.text == NULL || incident->to.text == NULL)
        return false;
    if (fv_text_equal_nocase(fv_text_of(incident->from.text), fv_text_of(incident->to.text)))
        return true;
    return incident->method == FV_METHOD_SUBSCRIBE && incident->from.domain != NULL &&
           fv_incident_is_same_text(incident->from.domain, incident->to.domain);
}
