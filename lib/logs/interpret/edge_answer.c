/* Who made the answer that a protocol record of the Edge holds. The Edge passes on what the far
 * side of a call answered, after it checked the domain and the certificate of the one outside. */
#include "logs/interpret/draft.h"

#include <string.h>

/* The values of "Direction: incoming;source="external edge";destination="internal edge"". Records
 * of older Edges have the first word alone. */
typedef struct passage {
    bool is_outgoing;
    bool from_inside;
    const char *peer; /* the name of the peer; NULL: there is none, or an address */
} passage;

static bool read_passage(fv_draft *draft, passage *out)
{
    fv_span direction, peer;
    uint32_t port;
    if (!fv_entry_get(draft->entry, FV_KEY_ENTRY_DIRECTION, 0, &direction))
        return false;
    out->is_outgoing = fv_sight_match(draft->sight, direction.from, "outgoing", NULL);
    out->from_inside =
        fv_sight_find(draft->sight, direction, "source=\"internal edge\"") < direction.to;
    out->peer = fv_entry_get(draft->entry, FV_KEY_PEER, 0, &peer)
                    ? fv_draft_domain(draft, fv_draft_read_peer(draft, peer, &port))
                    : NULL;
    return true;
}

static bool is_under(const char *domain, const char *host)
{
    size_t len = strlen(domain), host_len = host != NULL ? strlen(host) : 0;
    return host_len > len && host[host_len - len - 1] == '.' &&
           strcmp(host + host_len - len, domain) == 0;
}

void fv_draft_read_answerer(fv_draft *draft)
{
    const fedval_incident *incident = draft->incident;
    const char *caller = incident->from.domain, *called = incident->to.domain;
    passage seen;
    fv_span server;
    if (draft->entry->message != FV_START_RESPONSE || caller == NULL || called == NULL ||
        strcmp(caller, called) == 0 || !read_passage(draft, &seen))
        return;
    bool is_foreign =
        fv_entry_get(draft->entry, FV_KEY_SERVER, 0, &server) && !fv_draft_is_of_microsoft(draft);
    /* To a server of the caller's own domain: the answer leaves the Microsoft side. */
    if (seen.is_outgoing && is_under(caller, seen.peer) && !is_foreign && seen.from_inside)
        draft->answered = FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
    /* An answer from inside is the Microsoft side's own, also if it names another product, so only
     * one from outside can be the partner's. */
    else if (!seen.from_inside &&
             (is_foreign || (!seen.is_outgoing && is_under(called, seen.peer))))
        draft->answered = FEDVAL_CALL_DIRECTION_FROM_MICROSOFT;
}
