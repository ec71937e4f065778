/* The call that an entry is about. */
#include "logs/interpret/draft.h"

#include "names/sip.h"

#include <string.h>

#define MAX_HEADER 4000

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
    if (!fv_entry_get(draft->entry, key, 0, &span))
        return;
    if (span.to - span.from > MAX_HEADER)
        span.to = span.from + MAX_HEADER;
    if (!find_address(fv_sight_text(draft->sight, span), &address))
        return;
    fv_text user = address.uri.user;
    const char *domain =
        address.uri.host.len > 0 ? fv_draft_copy_name(draft, address.uri.host, &kind) : NULL;
    if (domain != NULL)
        *out_domain = domain;
    if (out_address != NULL && (user.len > 0 || domain != NULL))
        *out_address = join_address(draft, user, domain);
}

/* "2066245576 INVITE": the number, and the letters after it that are its method. */
static const char *read_cseq(fv_draft *draft)
{
    fv_span span;
    if (!fv_entry_get(draft->entry, FV_KEY_CSEQ, 0, &span))
        return NULL;
    size_t digits = fv_sight_count_digits(draft->sight, span.from, 20);
    size_t method = span.from + digits;
    size_t end = method;
    while (end < span.to && fv_ascii_is_upper(draft->sight->text[end]) &&
           (end == method || fv_sight_gap(draft->sight, end) == FV_GAP_NONE ||
            fv_sight_is_wrapped(draft->sight, end)))
        end++;
    if (digits == 0)
        return NULL;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append(&buf, draft->sight->text + span.from, digits);
    if (end > method) {
        fv_buf_append_char(&buf, ' ');
        fv_buf_append(&buf, draft->sight->text + method, end - method);
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
    incident->status = draft->entry->status;
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
