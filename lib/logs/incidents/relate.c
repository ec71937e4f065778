/* Finds out which entries belong to federation. An Expressway-E faces the Internet, where scanners,
 * phones and other partners fail handshakes all day. A connection, or an answer that names no
 * server, counts only if a Microsoft server was seen at the same peer; an event of a whole Windows
 * machine only if its log has one of federation at the same moment. */
#include "logs/incidents/copy.h"
#include "logs/incidents/store.h"
#include "model/policy.h"

#include <string.h>

#define MAX_TIES 10000
#define MAX_ASSERTIONS 50000
#define MAX_CLOUD_DOMAINS 64
#define SAME_MOMENT_MS 3000
#define MAX_BESIDE 32 /* so many events before and after one are looked at */

static bool is_tied(const fv_store *store, const char *host)
{
    if (host == NULL)
        return false;
    fv_lookup_walk walk = {0};
    uint32_t at;
    while ((at = fv_lookup_next(&store->by_tie, fv_hash_text(store->seed, host), &walk)) !=
           FV_LOOKUP_NONE) {
        if (strcmp(store->ties[at], host) == 0)
            return true;
    }
    return false;
}

bool fv_store_tie(fv_store *store, const char *host)
{
    if (host == NULL || is_tied(store, host) || store->num_ties >= MAX_TIES)
        return true;
    const char *copy = fv_arena_copy_text(&store->arena, host, strlen(host));
    void *ties = store->ties;
    uint32_t at = (uint32_t)store->num_ties;
    const char **slot = fv_arena_append(&store->arena, &ties, &store->num_ties,
                                        &store->ties_capacity, sizeof(const char *));
    store->ties = ties;
    if (slot == NULL)
        return false;
    *slot = copy;
    return copy != NULL && fv_lookup_add(&store->by_tie, fv_hash_text(store->seed, copy), at);
}

static const fv_assertion *find_assertion(const fv_store *store, const char *call_id)
{
    fv_lookup_walk walk = {0};
    uint32_t at;
    uint64_t hash = fv_hash_text(store->seed, call_id);
    while ((at = fv_lookup_next(&store->by_asserted, hash, &walk)) != FV_LOOKUP_NONE) {
        if (strcmp(store->assertions[at].call_id, call_id) == 0)
            return &store->assertions[at];
    }
    return NULL;
}

bool fv_store_assert(fv_store *store, const fedval_incident *request)
{
    if (find_assertion(store, request->call_id) != NULL || store->num_assertions >= MAX_ASSERTIONS)
        return true;
    uint32_t at = (uint32_t)store->num_assertions;
    void *assertions = store->assertions;
    fv_assertion *slot = fv_arena_append(&store->arena, &assertions, &store->num_assertions,
                                         &store->assertions_capacity, sizeof(fv_assertion));
    store->assertions = assertions;
    if (slot == NULL)
        return false;
    *slot = (fv_assertion){request->call_id, request->other_domain, request->asserted};
    return fv_copy_text(&store->arena, &slot->call_id) &&
           fv_copy_text(&store->arena, &slot->domain) &&
           fv_copy_party(&store->arena, &slot->party) &&
           fv_lookup_add(&store->by_asserted, fv_hash_text(store->seed, slot->call_id), at);
}

/* Which of two identities counts is not known, so the one in From explains nothing by itself. */
static void open_caller(fedval_incident *incident)
{
    if (incident->finding != FEDVAL_FINDING_CALLER_NOT_A_DOMAIN)
        return;
    /* An address is itself what has to be mended. */
    if (incident->from.domain != NULL)
        incident->finding = FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    incident->basis = NULL;
}

/* Takes P-Asserted-Identity from the request of the call, because a response does not repeat it. */
static bool take_assertion(fv_store *store, fedval_incident *incident)
{
    if (incident->call_id == NULL || incident->other_domain != NULL ||
        incident->from.text == NULL || incident->from.is_unreadable)
        return true;
    const fv_assertion *assertion = find_assertion(store, incident->call_id);
    if (assertion == NULL || fv_incident_is_same_text(assertion->domain, incident->from.domain))
        return true;
    incident->other_domain = assertion->domain;
    if (assertion->domain == NULL)
        incident->asserted = assertion->party;
    else
        open_caller(incident);
    return !incident->in_group || fv_group_move(store, incident);
}

/* Some entries of inbound connections name the own address as the source. If a Microsoft server was
 * seen at the other end and not there, the other end is the peer. */
static void correct_peer(const fv_store *store, fedval_incident *incident)
{
    if (incident->way != FV_WAY_INBOUND || incident->own_address == NULL ||
        !is_tied(store, incident->own_address) || is_tied(store, incident->peer))
        return;
    const char *address = incident->peer;
    uint32_t port = incident->port;
    incident->peer = incident->own_address;
    incident->own_address = address;
    incident->port = incident->remote_port;
    incident->remote_port = port;
}

static bool has_tie(const fv_store *store, const fedval_incident *incident)
{
    bool tied = is_tied(store, incident->peer);
    for (size_t i = 0; i < incident->num_fqdns; i++)
        tied = tied || is_tied(store, incident->fqdns[i]);
    return tied && !incident->in_traversal;
}

static bool relate(fv_store *store, fedval_incident *incident)
{
    incident->is_related = true;
    if (fv_incident_is_of_connection(incident)) {
        incident->direction = incident->way == FV_WAY_INBOUND ? FEDVAL_CALL_DIRECTION_FROM_MICROSOFT
                              : incident->way == FV_WAY_OUTBOUND
                                  ? FEDVAL_CALL_DIRECTION_TO_MICROSOFT
                                  : FEDVAL_CALL_DIRECTION_UNKNOWN;
    }
    return fv_group_move(store, incident);
}

/* Whether the two events are of one source and of one moment, and none calls the other way. */
static bool is_beside(const fedval_incident *a, const fedval_incident *b)
{
    if (a->source != b->source || a->when.milliseconds == FEDVAL_TIME_UNKNOWN ||
        b->when.milliseconds == FEDVAL_TIME_UNKNOWN)
        return false;
    int64_t apart = a->when.milliseconds - b->when.milliseconds;
    bool is_other_way = a->direction != FEDVAL_CALL_DIRECTION_UNKNOWN &&
                        b->direction != FEDVAL_CALL_DIRECTION_UNKNOWN &&
                        a->direction != b->direction;
    return apart >= -SAME_MOMENT_MS && apart <= SAME_MOMENT_MS && !is_other_way;
}

/* Whether an event beside the one at `at` names a partner. Events are stored in the order of the
 * log. */
static bool has_partner_beside(const fv_store *store, size_t at)
{
    size_t from = at > MAX_BESIDE ? at - MAX_BESIDE : 0;
    for (size_t i = from; i < store->num_incidents && i <= at + MAX_BESIDE; i++) {
        const fedval_incident *other = store->incidents[i];
        if (other->kind == FEDVAL_INCIDENT_KIND_WINDOWS_EVENT && other->is_related &&
            other->expected_name != NULL && is_beside(store->incidents[at], other))
            return true;
    }
    return false;
}

/* An event of the whole machine belongs to one of federation at the same moment: one handshake
 * writes both. */
static bool relate_events(fv_store *store)
{
    for (size_t i = 0; i < store->num_incidents; i++) {
        fedval_incident *incident = store->incidents[i];
        if (incident->kind == FEDVAL_INCIDENT_KIND_WINDOWS_EVENT && !incident->is_related &&
            !incident->is_inside && has_partner_beside(store, i) && !relate(store, incident))
            return false;
    }
    return true;
}

/* ---- partners in a cloud ---- */

/* The domains whose federation record, as the log has it, leads to one of Microsoft's clouds. */
typedef struct cloud_domains {
    const char *names[MAX_CLOUD_DOMAINS];
    size_t count;
} cloud_domains;

static bool leads_to_cloud(const fedval_evidence *evidence)
{
    for (size_t i = 0; i < fedval_evidence_count_facts(evidence); i++) {
        const fedval_fact *fact = fedval_evidence_get_fact(evidence, i);
        for (size_t k = 0; k < fedval_fact_count_records(fact); k++) {
            if (fedval_fact_get_record_type(fact, k) == FEDVAL_TYPE_SRV &&
                fv_host_is_of_cloud(fedval_fact_get_record_data(fact, k)))
                return true;
        }
    }
    return false;
}

static void find_cloud_domains(const fv_store *store, cloud_domains *out)
{
    out->count = 0;
    for (size_t i = 0; i < store->num_evidence && out->count < MAX_CLOUD_DOMAINS; i++) {
        if (leads_to_cloud(store->evidence[i]))
            out->names[out->count++] = fedval_evidence_get_domain(store->evidence[i]);
    }
}

static bool is_with_cloud(const cloud_domains *clouds, const fedval_incident *incident)
{
    const char *partner = incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT
                              ? incident->from.domain
                              : incident->to.domain;
    for (size_t i = 0; partner != NULL && i < clouds->count; i++) {
        if (strcmp(clouds->names[i], partner) == 0)
            return true;
    }
    return false;
}

bool fv_store_relate(fv_store *store)
{
    cloud_domains clouds;
    find_cloud_domains(store, &clouds);
    for (size_t i = 0; i < store->num_incidents; i++) {
        fedval_incident *incident = store->incidents[i];
        if (!take_assertion(store, incident))
            return false;
        correct_peer(store, incident);
        incident->is_with_cloud = is_with_cloud(&clouds, incident);
        bool may_be_tied = fv_incident_is_of_connection(incident) || fv_incident_is_bare(incident);
        if (!incident->is_related && may_be_tied && has_tie(store, incident) &&
            !relate(store, incident))
            return false;
    }
    return relate_events(store);
}
