/* Merges what several entries say about the same incident. */
#include "logs/incidents/copy.h"
#include "logs/incidents/store.h"

/* Takes the caller from a message whose summary, without the caller, was logged before. */
static bool take_caller(fv_store *store, fedval_incident *known, const fedval_incident *again)
{
    if (known->domain != NULL || again->domain == NULL || known->finding != again->finding)
        return true;
    known->domain = again->domain;
    known->other_domain = again->other_domain;
    known->asserted = again->asserted;
    known->from = again->from;
    known->to = again->to;
    known->server = again->server;
    if (!fv_copy_text(&store->arena, &known->domain) ||
        !fv_copy_text(&store->arena, &known->other_domain) ||
        !fv_copy_party(&store->arena, &known->asserted) ||
        !fv_copy_party(&store->arena, &known->from) || !fv_copy_party(&store->arena, &known->to) ||
        !fv_copy_text(&store->arena, &known->server))
        return false;
    return fv_group_move(store, known);
}

static bool take_party(fv_arena *arena, fv_party *to, const fv_party *from)
{
    if (to->text != NULL || from->text == NULL)
        return true;
    *to = *from;
    return fv_copy_party(arena, to);
}

static bool take_peer(fv_arena *arena, fedval_incident *known, const fedval_incident *again)
{
    if (known->peer != NULL)
        return true;
    known->peer = again->peer;
    return fv_copy_text(arena, &known->peer);
}

/* Takes the hops if the new entry has more. A response logged nearer to the other side has more
 * hops, and the port of the connection between the sides. */
static bool take_outer(fv_store *store, fedval_incident *known, const fedval_incident *again)
{
    if (again->num_hops <= known->num_hops)
        return true;
    known->hops = again->hops;
    known->num_hops = again->num_hops;
    if (!fv_copy_hops(&store->arena, known))
        return false;
    if (again->peer == NULL || again->port == 0)
        return true;
    known->port = again->port;
    known->remote_port = again->remote_port;
    known->peer = again->peer;
    return fv_copy_text(&store->arena, &known->peer);
}

/* The more certain entry wins: "stated" replaces what was "inferred" from another entry. */
bool fv_store_merge(fv_store *store, fedval_incident *known, const fedval_incident *again)
{
    known->times_logged++;
    uint32_t direction = known->direction;
    bool more_certain = again->certainty < known->certainty;
    if (more_certain) {
        known->certainty = again->certainty;
        known->finding = again->finding;
        known->basis = again->basis;
        known->kind = again->kind;
        known->code = again->code;
        known->detail = again->detail;
        known->quoted = again->quoted;
        known->reported_text = again->reported_text;
        if (!fv_copy_text(&store->arena, &known->reported_text) ||
            !fv_copy_text(&store->arena, &known->detail) ||
            !fv_copy_text(&store->arena, &known->quoted))
            return false;
    }
    if (known->direction == FEDVAL_CALL_DIRECTION_UNKNOWN && known->finding == again->finding)
        known->direction = again->direction;
    if ((more_certain || known->direction != direction) && !fv_group_move(store, known))
        return false;
    if (!take_outer(store, known, again))
        return false;
    if (!take_caller(store, known, again))
        return false;
    return take_party(&store->arena, &known->from, &again->from) &&
           take_party(&store->arena, &known->to, &again->to) &&
           take_peer(&store->arena, known, again);
}
