/* Texts out of a record, and the call that it is about. */
#include "logs/incidents/incident.h"

#include "names/sip.h"

#include <string.h>

#define MAX_HEADER 4000

const char *fv_draft_copy_text(fv_draft *draft, const char *text, size_t len)
{
    if (len > FV_INCIDENT_TEXT_MAX)
        len = FV_INCIDENT_TEXT_MAX;
    char *copy = fv_arena_copy_text(draft->arena, text, len);
    draft->failed = draft->failed || copy == NULL;
    return copy;
}

const char *fv_draft_copy(fv_draft *draft, fv_span span)
{
    if (span.to <= span.from)
        return NULL;
    fv_text text = fv_view_text(draft->view, span);
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
    fv_view_append_spaced(draft->view, span, &buf);
    const char *copy = buf.failed ? NULL : fv_draft_copy_text(draft, buf.data, buf.len);
    draft->failed = draft->failed || copy == NULL;
    fv_buf_clear(&buf);
    return copy;
}

const char *fv_draft_field(fv_draft *draft, fv_key key)
{
    fv_span span;
    return fv_record_get(draft->record, key, 0, &span) ? fv_draft_copy(draft, span) : NULL;
}

const char *fv_draft_field_spaced(fv_draft *draft, fv_key key)
{
    fv_span span;
    return fv_record_get(draft->record, key, 0, &span) ? fv_draft_copy_spaced(draft, span) : NULL;
}

uint32_t fv_draft_field_number(fv_draft *draft, fv_key key)
{
    fv_span span;
    uint64_t value = 0;
    if (!fv_record_get(draft->record, key, 0, &span))
        return 0;
    span.to = span.from + fv_view_count_digits(draft->view, span.from, 9);
    return fv_text_to_u64(fv_view_text(draft->view, span), &value) ? (uint32_t)value : 0;
}

const char *fv_draft_param(fv_draft *draft, const fv_params *params, const char *name)
{
    fv_span span;
    return fv_params_get(draft->view, params, name, &span) ? fv_draft_copy(draft, span) : NULL;
}

/* The name in the one form in which names are compared; NULL when it is none. */
static const char *copy_name(fv_draft *draft, fv_text text, uint32_t *out_kind)
{
    char name[FEDVAL_NAME_SIZE];
    fedval_status status =
        fedval_name_normalise(text.data, text.len, name, sizeof(name), out_kind, NULL);
    draft->failed = draft->failed || status == FEDVAL_ERROR_NO_MEMORY;
    return status == FEDVAL_OK ? fv_draft_copy_text(draft, name, strlen(name)) : NULL;
}

const char *fv_draft_domain(fv_draft *draft, const char *text)
{
    uint32_t kind;
    const char *name = text != NULL ? copy_name(draft, fv_text_of(text), &kind) : NULL;
    if (name == NULL || kind == FEDVAL_NAME_KIND_IPV4 || kind == FEDVAL_NAME_KIND_IPV6 ||
        kind == FEDVAL_NAME_KIND_ROOT)
        return NULL;
    return name;
}

bool fv_draft_has(const fv_draft *draft, const char *phrase)
{
    fv_span span = draft->record->span;
    return fv_view_find(draft->view, span, phrase) < span.to;
}

bool fv_draft_find_after(const fv_draft *draft, const char *phrase, size_t *out_after)
{
    fv_span span = draft->record->span;
    size_t at = fv_view_find(draft->view, span, phrase);
    return at < span.to && fv_view_match(draft->view, at, phrase, out_after);
}

fv_span fv_draft_span_until(const fv_draft *draft, size_t from, const char *ends)
{
    size_t to = from;
    while (to < draft->record->span.to && strchr(ends, draft->view->text[to]) == NULL)
        to++;
    return (fv_span){from, to};
}

/* "2000@acano.steven.lab" */
static const char *join_address(fv_draft *draft, fv_text user, const char *domain)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append(&buf, user.data, user.len);
    if (user.len > 0 && domain != NULL)
        fv_buf_append_char(&buf, '@');
    fv_buf_append_text(&buf, domain);
    const char *copy = buf.failed ? NULL : fv_draft_copy_text(draft, buf.data, buf.len);
    draft->failed = draft->failed || copy == NULL;
    fv_buf_clear(&buf);
    return copy;
}

static bool find_address(fv_text header, fv_sip_address *out)
{
    fv_sip_values values;
    fv_text value;
    fv_sip_values_init(&values, header);
    while (fv_sip_values_next(&values, &value))
        if (fv_sip_address_parse(value, out))
            return true;
    return false;
}

/* The first address of a header with a domain. */
static void read_address(fv_draft *draft, fv_key key, const char **out_address,
                         const char **out_domain)
{
    fv_span span;
    fv_sip_address address;
    uint32_t kind;
    if (!fv_record_get(draft->record, key, 0, &span))
        return;
    if (span.to - span.from > MAX_HEADER)
        span.to = span.from + MAX_HEADER;
    if (!find_address(fv_view_text(draft->view, span), &address))
        return;
    fv_text user = address.uri.user;
    const char *domain =
        address.uri.host.len > 0 ? copy_name(draft, address.uri.host, &kind) : NULL;
    if (domain != NULL)
        *out_domain = domain;
    if (out_address != NULL && (user.len > 0 || domain != NULL))
        *out_address = join_address(draft, user, domain);
}

/* "2066245576 INVITE": the number, and the letters after it that are its method. */
static const char *read_cseq(fv_draft *draft)
{
    fv_span span;
    if (!fv_record_get(draft->record, FV_KEY_CSEQ, 0, &span))
        return NULL;
    size_t digits = fv_view_count_digits(draft->view, span.from, 20);
    size_t method = span.from + digits;
    size_t end = method;
    while (end < span.to && fv_ascii_is_upper(draft->view->text[end]) &&
           (end == method || fv_view_gap(draft->view, end) == FV_GAP_NONE ||
            fv_view_is_wrapped(draft->view, end)))
        end++;
    if (digits == 0)
        return NULL;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append(&buf, draft->view->text + span.from, digits);
    if (end > method) {
        fv_buf_append_char(&buf, ' ');
        fv_buf_append(&buf, draft->view->text + method, end - method);
    }
    const char *copy = buf.failed ? NULL : fv_draft_copy_text(draft, buf.data, buf.len);
    draft->failed = draft->failed || copy == NULL;
    fv_buf_clear(&buf);
    return copy;
}

void fv_draft_read_call(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    const char *asserted = NULL;
    incident->call_id = fv_draft_field(draft, FV_KEY_CALL_ID);
    incident->cseq = read_cseq(draft);
    incident->server = fv_draft_field_spaced(draft, FV_KEY_SERVER);
    incident->status = draft->record->status;
    read_address(draft, FV_KEY_FROM, &incident->from, &incident->from_domain);
    read_address(draft, FV_KEY_TO, &incident->to, &incident->to_domain);
    read_address(draft, FV_KEY_ASSERTED, NULL, &asserted);
    if (asserted != NULL && incident->from_domain != NULL &&
        strcmp(asserted, incident->from_domain) != 0)
        incident->other_domain = asserted;
    else if (incident->from_domain == NULL)
        incident->from_domain = asserted;
    fv_draft_read_hops(draft);
}
