/* The hops of a call: reads the Via headers of a response, nearest to the answering side first. */
#include "logs/interpret/draft.h"

#include <string.h>

/* Finds the sent-by of "SIP/2.0/TLS10.48.36.47:5061", which follows the transport. It begins at a
 * digit, or after the gap that the sight notes. */
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

static uint32_t read_port_text(fv_text text)
{
    uint64_t port;
    return fv_text_to_u64(text, &port) && port <= UINT16_MAX ? (uint32_t)port : 0;
}

static uint32_t port_param(const fv_draft *draft, const fv_params *params, const char *name)
{
    fv_span value;
    return fv_params_get(draft->sight, params, name, &value)
               ? read_port_text(fv_sight_text(draft->sight, value))
               : 0;
}

/* Reads "10.48.36.47:5061" or "[2001:db8::1]:5061": the port is after the last colon outside
 * brackets. */
static void read_sent_by(fv_draft *draft, fv_span sent_by, fv_hop *hop)
{
    fv_text text = fv_sight_text(draft->sight, sent_by);
    size_t colon = text.len;
    while (colon > 0 && text.data[colon - 1] != ':' && text.data[colon - 1] != ']')
        colon--;
    if (colon > 1 && text.data[colon - 1] == ':')
        hop->port = read_port_text((fv_text){text.data + colon, text.len - colon});
    size_t len = hop->port != 0 ? colon - 1 : text.len;
    hop->host = fv_draft_copy_text(draft, text.data, len);
}

static void read_hop(fv_draft *draft, fv_span sent_by, const fv_params *params, fv_hop *hop)
{
    *hop = (fv_hop){.egress_zone = fv_draft_param(draft, params, "egress-zone"),
                    .ingress_zone = fv_draft_param(draft, params, "ingress-zone"),
                    .received = fv_draft_param(draft, params, "received"),
                    .received_port = port_param(draft, params, "ms-received-port")};
    read_sent_by(draft, sent_by, hop);
}

void fv_draft_read_hops(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    fv_span via;
    incident->hops = fv_arena_alloc_array(draft->arena, FV_INCIDENT_MAX_HOPS, sizeof(fv_hop));
    draft->failed = draft->failed || incident->hops == NULL;
    for (size_t n = 0; !draft->failed && incident->num_hops < FV_INCIDENT_MAX_HOPS &&
                       fv_entry_get(draft->entry, FV_KEY_VIA, n, &via);
         n++) {
        fv_params params;
        fv_span sent_by = find_sent_by(draft->sight, via);
        if (sent_by.to <= sent_by.from)
            continue;
        fv_params_read(draft->sight, (fv_span){sent_by.to, via.to}, &params);
        read_hop(draft, sent_by, &params, &incident->hops[incident->num_hops++]);
    }
    /* If the first hop is an Expressway, this is the port of the connection between the two
     * sides. */
    if (incident->port == 0 && incident->num_hops > 0 && incident->hops[0].egress_zone != NULL)
        incident->port = incident->hops[0].received_port;
}
