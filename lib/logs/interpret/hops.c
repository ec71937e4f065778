/* The ladder of hops: the Via headers of a response, the side that answered first. */
#include "logs/interpret/draft.h"

#include <string.h>

/* "SIP/2.0/TLS10.48.36.47:5061": the sent-by follows the transport, whose letters it can be told
 * from by the gap between them, or by being a number. */
static fv_span find_sent_by(const fv_sight *sight, fv_span via)
{
    size_t end;
    if (!fv_sight_match(sight, via.from, "SIP/2.0/", &end))
        return (fv_span){via.from, via.from};
    while (end < via.to && fv_ascii_is_alpha(sight->text[end]) &&
           fv_sight_gap(sight, end + 1) == FV_GAP_NONE && fv_ascii_is_alpha(sight->text[end + 1]))
        end++;
    size_t start = end < via.to ? end + 1 : via.to;
    while (start < via.to && sight->text[start] == '_')
        start++;
    size_t stop = start;
    while (stop < via.to && sight->text[stop] != ';' && sight->text[stop] != ',')
        stop++;
    return (fv_span){start, stop};
}

static const char *const shown[] = {"egress-zone", "ingress-zone", "received", "ms-received-port"};

static const char *describe_hop(fv_draft *draft, fv_span sent_by, const fv_params *params)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_text host = fv_sight_text(draft->sight, sent_by);
    fv_buf_append(&buf, host.data, host.len);
    for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
        fv_span value;
        if (!fv_params_get(draft->sight, params, shown[i], &value))
            continue;
        fv_text text = fv_sight_text(draft->sight, value);
        fv_buf_append_char(&buf, ' ');
        fv_buf_append_text(&buf, shown[i]);
        fv_buf_append_char(&buf, '=');
        fv_buf_append(&buf, text.data, text.len);
    }
    const char *copy = buf.failed ? NULL : fv_draft_copy_text(draft, buf.data, buf.len);
    draft->failed = draft->failed || copy == NULL;
    fv_buf_clear(&buf);
    return copy;
}

/* The port of the connection between the sides, where this is Expressway's hop. */
static void read_port(fv_draft *draft, const fv_params *params)
{
    fv_span value;
    uint64_t port;
    if (draft->incident->port == 0 && fv_params_get(draft->sight, params, "egress-zone", &value) &&
        fv_params_get(draft->sight, params, "ms-received-port", &value) &&
        fv_text_to_u64(fv_sight_text(draft->sight, value), &port) && port <= UINT16_MAX)
        draft->incident->port = (uint32_t)port;
}

void fv_draft_read_hops(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    fv_span via;
    for (size_t n = 0; incident->num_hops < FV_INCIDENT_MAX_HOPS &&
                       fv_entry_get(draft->entry, FV_KEY_VIA, n, &via);
         n++) {
        fv_params params;
        fv_span sent_by = find_sent_by(draft->sight, via);
        if (sent_by.to <= sent_by.from)
            continue;
        fv_params_read(draft->sight, (fv_span){sent_by.to, via.to}, &params);
        if (incident->num_hops == 0)
            read_port(draft, &params);
        const char *hop = describe_hop(draft, sent_by, &params);
        if (hop == NULL)
            return;
        incident->hops[incident->num_hops++] = hop;
    }
}
