/* Message and remedy of an incident. */
#include "logs/incidents/tell.h"

#include "base/sip_tls.h"
#include "catalogue/catalogue.h"
#include "logs/incidents/store.h"

#include <string.h>

#define MAX_PARAMS 16

const char *fv_shown(const fv_shower *shower, uint32_t what, const char *text)
{
    return shower == NULL || text == NULL ? text : shower->show(shower->user, what, text);
}

/* The fields of an incident as they may be shown, by the names that templates have for them. */
typedef struct wording {
    const fv_shower *shower;
    fv_param params[MAX_PARAMS];
    size_t num_params;
    fv_buf owner;
    fv_buf reported;
    fv_buf port;
} wording;

static void add(wording *w, const char *key, const char *value, const char *fallback)
{
    w->params[w->num_params++] = (fv_param){key, value != NULL ? value : fallback};
}

static const char *first_fqdn(const fedval_incident *incident)
{
    return incident->num_fqdns > 0 ? incident->fqdns[0] : NULL;
}

static const char *domain_of(const wording *w, const fedval_incident *incident)
{
    return fv_shown(w->shower, FV_SHOWN_DOMAIN, incident->domain);
}

static const char *host_of(const wording *w, const char *host)
{
    return fv_shown(w->shower, FV_SHOWN_HOST, host);
}

static void word_parts(wording *w, const fedval_incident *incident)
{
    const char *domain = domain_of(w, incident);
    const char *code = fv_shown(w->shower, FV_SHOWN_TEXT, incident->reported_code);
    const char *text = fv_shown(w->shower, FV_SHOWN_TEXT, incident->reported_text);
    fv_buf_append_text(&w->owner, FV_SRV_FEDERATION ".");
    fv_buf_append_text(&w->owner, domain != NULL ? domain : "<domain>");
    fv_buf_append_text(&w->reported, code);
    if (code != NULL && text != NULL)
        fv_buf_append_char(&w->reported, ' ');
    fv_buf_append_text(&w->reported, text);
    if (w->reported.len == 0)
        fv_buf_append_text(&w->reported, "no text");
    fv_buf_append_u64(&w->port,
                      incident->remote_port != 0 ? incident->remote_port : FV_SIP_TLS_PORT);
}

/* Clear the wording, whatever comes. */
static void word(wording *w, const fedval_incident *incident, const fv_shower *shower)
{
    w->shower = shower;
    w->num_params = 0;
    fv_buf_init(&w->owner);
    fv_buf_init(&w->reported);
    fv_buf_init(&w->port);
    word_parts(w, incident);
    bool is_open = incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    const char *peer = host_of(w, incident->peer);
    const char *names = fv_shown(shower, FV_SHOWN_NAMES, incident->presented_name);
    add(w, "domain", domain_of(w, incident), is_open ? "the domain of the caller" : "<domain>");
    add(w, "owner", w->owner.data, NULL);
    add(w, "reported", w->reported.data, NULL);
    add(w, "port", w->port.data, NULL);
    add(w, "peer", peer, "the peer");
    add(w, "address", peer, "its address");
    add(w, "target", host_of(w, first_fqdn(incident)), "the peer");
    add(w, "reference", host_of(w, incident->expected_name), "the SRV target");
    add(w, "names", names, "other names");
    add(w, "certificate", names, "of the peer");
    add(w, "other", fv_shown(shower, FV_SHOWN_DOMAIN, incident->other_domain), "the other domain");
    add(w, "root", NULL, "the root of its chain");
    add(w, "issuer", NULL, "its issuer");
}

/* A text that could not be made whole is none. */
static void clear_wording(wording *w, fv_buf *text)
{
    text->failed = text->failed || w->owner.failed || w->reported.failed || w->port.failed;
    fv_buf_clear(&w->owner);
    fv_buf_clear(&w->reported);
    fv_buf_clear(&w->port);
}

static void append_names(fv_buf *buf, const wording *w, const fedval_incident *incident)
{
    if (incident->expected_name != NULL) {
        fv_buf_append_text(buf, ": wanted ");
        fv_buf_append_text(buf, host_of(w, incident->expected_name));
        if (incident->presented_name != NULL &&
            strcmp(incident->presented_name, incident->expected_name) != 0) {
            fv_buf_append_text(buf, ", found ");
            fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_NAMES, incident->presented_name));
        }
    } else if (incident->num_fqdns > 0) {
        fv_buf_append_text(buf, ": ");
        fv_buf_append_text(buf, domain_of(w, incident));
        fv_buf_append_text(buf, incident->domain != NULL ? " -> " : "");
        for (size_t i = 0; i < incident->num_fqdns; i++) {
            fv_buf_append_text(buf, i > 0 ? ", " : "");
            fv_buf_append_text(buf, host_of(w, incident->fqdns[i]));
        }
    } else if (incident->domain != NULL) {
        fv_buf_append_text(buf, ": ");
        fv_buf_append_text(buf, domain_of(w, incident));
    }
}

/* "504 Server time-out from RTC/6.0 without a reason: ..." */
static void append_bare(fv_buf *buf, const wording *w, const fedval_incident *incident)
{
    fv_buf_append_text(buf, w->reported.data);
    if (incident->server != NULL) {
        fv_buf_append_text(buf, " from ");
        fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_TEXT, incident->server));
    }
    fv_buf_append_text(buf,
                       " without a reason: the cause is not in this log, it can be R2 (the SRV "
                       "target) or R4 (the name in the certificate) of ");
    fv_buf_append_text(buf,
                       incident->domain != NULL ? domain_of(w, incident) : "the caller's domain");
}

/* A connection that Expressway itself wanted. */
static bool is_failed_call(const fedval_incident *incident)
{
    return (incident->finding == FEDVAL_FINDING_CONNECT_REFUSED ||
            incident->finding == FEDVAL_FINDING_CONNECT_TIMEOUT) &&
           incident->direction == FEDVAL_CALL_DIRECTION_TO_MICROSOFT && incident->peer != NULL;
}

/* "Expressway reports of 192.0.2.1: ..." for what it says of its connections. */
static void append_expressway(fv_buf *buf, const wording *w, const fedval_incident *incident)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(incident->finding);
    if (entry != NULL && entry->family == FEDVAL_FAMILY_LOG) {
        fv_template_append(buf, entry->message, w->params, w->num_params);
        return;
    }
    if (is_failed_call(incident)) {
        fv_buf_append_text(buf, "Expressway could not connect to ");
        fv_buf_append_text(buf, host_of(w, incident->peer));
        fv_buf_append_char(buf, ':');
        fv_buf_append_text(buf, w->port.data);
        fv_buf_append_text(buf, ": ");
        fv_buf_append_text(buf, w->reported.data);
        return;
    }
    fv_buf_append_text(buf, "Expressway reports of ");
    fv_buf_append_text(buf, incident->num_fqdns > 0    ? host_of(w, first_fqdn(incident))
                            : incident->domain != NULL ? domain_of(w, incident)
                            : incident->peer != NULL   ? host_of(w, incident->peer)
                                                       : "a peer");
    fv_buf_append_text(buf, ": ");
    fv_buf_append_text(buf, w->reported.data);
}

static void append_message(fv_buf *buf, const wording *w, const fedval_incident *incident)
{
    if (incident->in_traversal)
        fv_buf_append_text(buf, "between Expressway-C and Expressway-E, not with the partner: ");
    if (fv_incident_is_of_expressway(incident)) {
        append_expressway(buf, w, incident);
    } else if (incident->detail == NULL) {
        append_bare(buf, w, incident);
    } else {
        fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_TEXT, incident->reported_code));
        fv_buf_append_text(buf, incident->reported_code != NULL ? ": " : "");
        fv_buf_append_text(buf, incident->detail);
        append_names(buf, w, incident);
    }
    if (incident->certainty == FEDVAL_CERTAINTY_INFERRED && incident->basis != NULL) {
        fv_buf_append_text(buf, " (inferred: ");
        fv_buf_append_text(buf, incident->basis);
        fv_buf_append_text(buf, ")");
    }
    if (incident->other_domain != NULL) {
        fv_buf_append_text(buf, "; P-Asserted-Identity names ");
        fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_DOMAIN, incident->other_domain));
        fv_buf_append_text(buf, ", and which of the two counts is not known: check both");
    }
}

/* "; explained by incident 2 (edge.log:1), joined by Call-ID and CSeq" */
static void append_cause(fv_buf *buf, const wording *w, const fedval_incident *incident)
{
    const fedval_incident *cause = incident->cause;
    if (cause == NULL)
        return;
    fv_buf_append_text(buf, "; explained by incident ");
    fv_buf_append_u64(buf, cause->id);
    fv_buf_append_text(buf, " (");
    fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_SOURCE, cause->source));
    fv_buf_append_char(buf, ':');
    fv_buf_append_u64(buf, cause->line);
    fv_buf_append_text(buf, "), joined by ");
    fv_buf_append_text(buf, incident->joined_by);
}

void fv_tell_message(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower)
{
    wording w;
    word(&w, incident, shower);
    append_message(buf, &w, incident);
    append_cause(buf, &w, incident);
    clear_wording(&w, buf);
}

/* ---- the remedy ---- */

#define TRAVERSAL_NAME                                                                             \
    "On Expressway-C: give the peer of the traversal zone by a name that stands in the "           \
    "certificate of Expressway-E, not by its address; on Expressway-E, the TLS verify subject "    \
    "name by one in the certificate of Expressway-C"
#define TRAVERSAL_TRUST                                                                            \
    "On Expressway-C and Expressway-E: each needs the other's CA in its trusted CA list, and a "   \
    "valid certificate for both clientAuth and serverAuth"

static const char *remedy_of_open(const fedval_incident *incident)
{
    if (fv_incident_has_hint(incident, FV_SYMPTOM_NEXT_HOP)) {
        return "The failure was given one hop further: get the log of {peer} for the same call, "
               "and check {domain}";
    }
    if (fv_incident_has_hint(incident, FV_SYMPTOM_SECONDARY)) {
        return "Look in the same log for an earlier failure with this partner, and check {domain}; "
               "else get the Edge's SIPStack trace";
    }
    return NULL;
}

/* The template of what to change; static, NULL when nothing is known. */
static const char *remedy_of(const fedval_incident *incident)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(incident->finding);
    const char *remedy = NULL;
    if (incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG)
        remedy = remedy_of_open(incident);
    if (incident->finding == 0) {
        return "See whether DNS and certificates are sound: fedval check {domain}. If they are, "
               "ask the side that logged this for its cause";
    }
    if (incident->in_traversal && incident->finding != FEDVAL_FINDING_NOT_A_FEDERATION_FAULT) {
        return incident->finding == FEDVAL_FINDING_PEER_CERTIFICATE_NAME_REFUSED ? TRAVERSAL_NAME
                                                                                 : TRAVERSAL_TRUST;
    }
    if (remedy != NULL || entry == NULL)
        return remedy;
    return entry->log_remedy != NULL ? entry->log_remedy : entry->remedy;
}

bool fv_tell_remedy(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower)
{
    const fedval_incident *about = incident->cause != NULL ? incident->cause : incident;
    const char *remedy = remedy_of(about);
    wording w;
    if (remedy == NULL)
        return false;
    word(&w, about, shower);
    fv_template_append(buf, remedy, w.params, w.num_params);
    clear_wording(&w, buf);
    return true;
}

/* ---- parties and hops ---- */

void fv_tell_party(fv_buf *buf, const fv_party *party, const fv_shower *shower)
{
    fv_buf_append_text(buf, fv_shown(shower, FV_SHOWN_USER, party->user));
    if (party->user != NULL && party->host != NULL)
        fv_buf_append_char(buf, '@');
    fv_buf_append_text(buf, fv_shown(shower, FV_SHOWN_HOST, party->host));
}

static void append_value(fv_buf *buf, const char *name, const char *value)
{
    if (value == NULL)
        return;
    fv_buf_append_char(buf, ' ');
    fv_buf_append_text(buf, name);
    fv_buf_append_char(buf, '=');
    fv_buf_append_text(buf, value);
}

void fv_tell_hop(fv_buf *buf, const fv_hop *hop, const fv_shower *shower)
{
    fv_buf_append_text(buf, fv_shown(shower, FV_SHOWN_HOST, hop->host));
    if (hop->port != 0) {
        fv_buf_append_char(buf, ':');
        fv_buf_append_u64(buf, hop->port);
    }
    append_value(buf, "egress-zone", fv_shown(shower, FV_SHOWN_ZONE, hop->egress_zone));
    append_value(buf, "ingress-zone", fv_shown(shower, FV_SHOWN_ZONE, hop->ingress_zone));
    append_value(buf, "received", fv_shown(shower, FV_SHOWN_HOST, hop->received));
    if (hop->received_port != 0) {
        fv_buf_append_text(buf, " ms-received-port=");
        fv_buf_append_u64(buf, hop->received_port);
    }
}

/* ---- all of a store ---- */

/* Hands the text over to the arena; NULL when memory is short. */
static const char *take(fv_arena *arena, fv_buf *buf)
{
    const char *copy = buf->failed ? NULL : fv_arena_copy_text(arena, buf->data, buf->len);
    fv_buf_clear(buf);
    return copy;
}

static bool tell_hops(fv_arena *arena, fedval_incident *incident)
{
    for (size_t i = 0; i < incident->num_hops; i++) {
        fv_buf buf;
        fv_buf_init(&buf);
        fv_tell_hop(&buf, &incident->hops[i], NULL);
        incident->hops[i].text = take(arena, &buf);
        if (incident->hops[i].text == NULL)
            return false;
    }
    return true;
}

static bool tell(fv_arena *arena, fedval_incident *incident)
{
    fv_buf message, remedy;
    fv_buf_init(&message);
    fv_buf_init(&remedy);
    fv_tell_message(&message, incident, NULL);
    bool has_remedy = fv_tell_remedy(&remedy, incident, NULL);
    incident->message = take(arena, &message);
    incident->remedy = has_remedy ? take(arena, &remedy) : NULL;
    return incident->message != NULL && (incident->remedy != NULL) == has_remedy &&
           tell_hops(arena, incident);
}

bool fv_store_tell(fv_store *store)
{
    for (size_t i = 0; i < store->num_incidents; i++) {
        if (!tell(&store->arena, store->incidents[i]))
            return false;
    }
    return true;
}
