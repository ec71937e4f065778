#include "logs/incidents/wording.h"

#include "base/address.h"
#include "base/sip_tls.h"
#include "model/dns_name.h"
#include "model/policy.h"

#include <string.h>

static void add(fv_wording *w, const char *key, const char *value, const char *fallback)
{
    w->params[w->num_params++] = (fv_param){key, value != NULL ? value : fallback};
}

const char *fv_word_first_fqdn(const fedval_incident *incident)
{
    return incident->num_fqdns > 0 ? incident->fqdns[0] : NULL;
}

const char *fv_word_domain(const fv_wording *w, const fedval_incident *incident)
{
    return fv_shown(w->shower, FV_SHOWN_DOMAIN, incident->domain);
}

const char *fv_word_host(const fv_wording *w, const char *host)
{
    return fv_shown(w->shower, FV_SHOWN_HOST, host);
}

/* Returns the port that was called, never the caller's own port. */
static uint32_t called_port(const fedval_incident *incident)
{
    uint32_t port = incident->way == FV_WAY_INBOUND ? incident->port : incident->remote_port;
    return port != 0 ? port : FV_SIP_TLS_PORT;
}

/* Returns the certificate that an entry of the Cisco side is about. */
static const char *own_certificate(const fedval_incident *incident)
{
    if (incident->kind == FEDVAL_INCIDENT_KIND_MEETING_SERVER_TLS) {
        return incident->way == FV_WAY_INBOUND ? "the server certificate of the Meeting Server"
                                               : "the calling certificate of the Meeting Server";
    }
    return incident->way == FV_WAY_INBOUND    ? "the server certificate of the Expressway"
           : incident->way == FV_WAY_OUTBOUND ? "the calling certificate of the Expressway"
                                              : "the certificate";
}

/* Names the certificate of the peer that is meant: its calling certificate where the peer called,
 * else its server's. Returns NULL: not known, or not one of that peer. */
static const char *peer_certificate(const fedval_incident *incident)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(incident->finding);
    bool is_of_peer =
        entry != NULL && !fv_incident_is_of_expressway(incident) &&
        !fv_incident_is_of_connection(incident) &&
        (entry->family == FEDVAL_FAMILY_NAME || entry->family == FEDVAL_FAMILY_CERTIFICATE ||
         entry->family == FEDVAL_FAMILY_TRUST);
    if (!is_of_peer || incident->direction == FEDVAL_CALL_DIRECTION_UNKNOWN)
        return NULL;
    return incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT
               ? "the server certificate"
               : "the calling certificate (before X15.5 the same as the server's)";
}

/* Returns who sent no client certificate: the side that called. */
static const char *lacking(const fv_wording *w, const fedval_incident *incident)
{
    if (!fv_incident_lacks_own_certificate(incident))
        return fv_word_host(w, incident->peer);
    return fv_incident_is_of_expressway(incident) ? "the Expressway" : "the Edge";
}

/* Appends "vcse.example.com" of "vcse.example.com:5061". */
static void append_host(fv_buf *buf, const char *text)
{
    fv_text host = text != NULL ? fv_address_host_of(text) : (fv_text){NULL, 0};
    fv_buf_append(buf, host.data, host.len);
}

/* Returns the words for a domain that the entry does not name. The side that is called looks up the
 * domain of the caller; a Microsoft side that calls looks up the one that it calls. */
static const char *judged_domain(const fedval_incident *incident)
{
    bool is_open =
        incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG || incident->finding == 0;
    return is_open || incident->direction == FEDVAL_CALL_DIRECTION_TO_MICROSOFT
               ? "the domain of the caller"
           : incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT ? "the called domain"
                                                                         : "the partner's domain";
}

const char *fv_word_where_domain(const fedval_incident *incident, const char *text)
{
    if (incident->domain != NULL || text == NULL ||
        (strstr(text, "{domain}") == NULL && strstr(text, "{owner}") == NULL))
        return NULL;
    switch (incident->direction) {
    case FEDVAL_CALL_DIRECTION_TO_MICROSOFT:
        return " (this log does not name that domain: it is what follows the @ in the From of the "
               "call)";
    case FEDVAL_CALL_DIRECTION_FROM_MICROSOFT:
        return " (this log does not name that domain: it is what follows the @ in the To of the "
               "call)";
    default:
        return " (this log does not name that domain: it is what follows the @ in the address of "
               "the partner's user, in From or To of the call)";
    }
}

/* Returns the provider that the first target means without its final dot. */
static const char *undotted_provider(const fedval_incident *incident)
{
    const char *target = fv_word_first_fqdn(incident);
    return target != NULL && incident->domain != NULL
               ? fv_provider_without_dot(NULL, fv_address_host_of(target),
                                         fv_text_of(incident->domain))
               : NULL;
}

static void word_parts(fv_wording *w, const fedval_incident *incident)
{
    const char *domain = fv_word_domain(w, incident);
    const char *code = fv_shown(w->shower, FV_SHOWN_TEXT, incident->reported_code);
    const char *text = fv_shown(w->shower, FV_SHOWN_TEXT, incident->reported_text);
    if (domain != NULL)
        fv_dns_name_append_srv_owner(&w->owner, FV_SRV_FEDERATION, domain);
    else
        fv_buf_append_text(&w->owner, FV_SRV_FEDERATION " of it");
    fv_buf_append_text(&w->domain, domain);
    if (domain != NULL && incident->other_domain != NULL && fv_incident_is_bare(incident)) {
        fv_buf_append_text(&w->domain, " and ");
        fv_buf_append_text(&w->domain,
                           fv_shown(w->shower, FV_SHOWN_DOMAIN, incident->other_domain));
    }
    fv_buf_append_text(&w->reported, code);
    if (code != NULL && text != NULL)
        fv_buf_append_char(&w->reported, ' ');
    fv_buf_append_text(&w->reported, text);
    if (w->reported.len == 0)
        fv_buf_append_text(&w->reported, "no text");
    append_host(&w->target, fv_word_host(w, fv_word_first_fqdn(incident)));
    fv_buf_append_u64(&w->port, called_port(incident));
    fv_tell_party(&w->caller, &incident->from, w->shower);
    if (incident->code != NULL && incident->code->kind == FV_SYMPTOM_SIP_STATUS) {
        fv_buf_append_u64(&w->answer, incident->code->number);
        fv_buf_append_char(&w->answer, ' ');
        fv_buf_append_text(&w->answer, incident->code->name);
    }
}

void fv_word(fv_wording *w, const fedval_incident *incident, const fv_shower *shower)
{
    w->shower = shower;
    w->is_letter = false;
    w->is_to_peer = false;
    w->num_params = 0;
    fv_buf_init(&w->domain);
    fv_buf_init(&w->peer);
    fv_buf_init(&w->owner);
    fv_buf_init(&w->reported);
    fv_buf_init(&w->port);
    fv_buf_init(&w->caller);
    fv_buf_init(&w->answer);
    fv_buf_init(&w->target);
    word_parts(w, incident);
    const char *peer = fv_word_host(w, incident->peer);
    const char *names = fv_shown(shower, FV_SHOWN_NAMES, incident->presented_name);
    add(w, "domain", w->domain.data, judged_domain(incident));
    add(w, "owner", w->owner.data, NULL);
    add(w, "reported", w->reported.data, NULL);
    add(w, "port", w->port.data, NULL);
    add(w, "peer", peer, "the peer");
    add(w, "client", lacking(w, incident), "the peer");
    add(w, "address",
        fv_incident_is_of_connection(incident) || w->target.len == 0 ? peer : w->target.data,
        "the peer");
    add(w, "target", w->target.data, "the peer");
    add(w, "provider", undotted_provider(incident), "the provider's host");
    add(w, "reference", fv_word_host(w, incident->expected_name), "the SRV target");
    add(w, "names", names, "other names");
    add(w, "certificate", names, "of the peer");
    add(w, "other", fv_shown(shower, FV_SHOWN_DOMAIN, incident->other_domain), "the other domain");
    add(w, "answer", w->answer.data, "an answer");
    add(w, "caller", w->caller.data, "not told");
    add(w, "which", own_certificate(incident), NULL);
    add(w, "the_certificate", peer_certificate(incident), "the certificate");
    add(w, "peers", NULL, "each peer that shows it");
    add(w, "the_sender", NULL, "the server");
    add(w, "root", NULL, "the root of its chain");
    add(w, "issuer", NULL, "its issuer");
}

static void replace(fv_wording *w, const char *key, const char *from, const char *to)
{
    for (size_t i = 0; i < w->num_params; i++) {
        fv_param *param = &w->params[i];
        if (strcmp(param->key, key) == 0 && fv_incident_is_same_text(param->value, from))
            param->value = to;
    }
}

void fv_word_letter(fv_wording *w, const fedval_incident *incident, bool is_to_peer)
{
    const char *peer = fv_word_host(w, incident->peer);
    w->is_letter = true;
    w->is_to_peer = is_to_peer;
    if (!is_to_peer || peer == NULL)
        return;
    fv_buf_append_text(&w->peer, "your server ");
    fv_buf_append_text(&w->peer, peer);
    if (w->peer.failed)
        return;
    replace(w, "peer", peer, w->peer.data);
    replace(w, "client", peer, w->peer.data);
}

void fv_wording_clear(fv_wording *w, fv_buf *text)
{
    text->failed = text->failed || w->owner.failed || w->reported.failed || w->port.failed ||
                   w->caller.failed || w->answer.failed || w->target.failed || w->peer.failed ||
                   w->domain.failed;
    fv_buf_clear(&w->owner);
    fv_buf_clear(&w->reported);
    fv_buf_clear(&w->port);
    fv_buf_clear(&w->caller);
    fv_buf_clear(&w->answer);
    fv_buf_clear(&w->target);
    fv_buf_clear(&w->peer);
    fv_buf_clear(&w->domain);
}
