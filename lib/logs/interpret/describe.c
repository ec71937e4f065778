/* Message and remedy of an incident. */
#include "logs/interpret/draft.h"

#include "catalogue/catalogue.h"

#include <string.h>

#define MAX_PARAMS 16

typedef struct wording {
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

static void word_parts(wording *w, const fedval_incident *incident)
{
    fv_buf_append_text(&w->owner, "_sipfederationtls._tcp.");
    fv_buf_append_text(&w->owner, incident->domain != NULL ? incident->domain : "<domain>");
    fv_buf_append_text(&w->reported, incident->reported_code);
    if (incident->reported_code != NULL && incident->reported_text != NULL)
        fv_buf_append_char(&w->reported, ' ');
    fv_buf_append_text(&w->reported, incident->reported_text);
    if (w->reported.len == 0)
        fv_buf_append_text(&w->reported, "no text");
    fv_buf_append_u64(&w->port, incident->remote_port != 0 ? incident->remote_port : 5061);
}

static bool word(wording *w, const fedval_incident *incident)
{
    w->num_params = 0;
    fv_buf_init(&w->owner);
    fv_buf_init(&w->reported);
    fv_buf_init(&w->port);
    word_parts(w, incident);
    if (w->owner.failed || w->reported.failed || w->port.failed)
        return false;
    bool is_open = incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    add(w, "domain", incident->domain, is_open ? "the domain of the caller" : "<domain>");
    add(w, "owner", w->owner.data, NULL);
    add(w, "reported", w->reported.data, NULL);
    add(w, "port", w->port.data, NULL);
    add(w, "peer", incident->peer, "the peer");
    add(w, "address", incident->peer, "its address");
    add(w, "target", first_fqdn(incident), "the peer");
    add(w, "reference", incident->expected_name, "the SRV target");
    add(w, "names", incident->presented_name, "other names");
    add(w, "certificate", incident->presented_name, "of the peer");
    add(w, "other", incident->other_domain, "the other domain");
    add(w, "root", NULL, "the root of its chain");
    add(w, "issuer", NULL, "its issuer");
    return true;
}

static void clear_wording(wording *w)
{
    fv_buf_clear(&w->owner);
    fv_buf_clear(&w->reported);
    fv_buf_clear(&w->port);
}

static void append_names(fv_buf *buf, const fedval_incident *incident)
{
    if (incident->expected_name != NULL) {
        fv_buf_append_text(buf, ": wanted ");
        fv_buf_append_text(buf, incident->expected_name);
        if (incident->presented_name != NULL &&
            strcmp(incident->presented_name, incident->expected_name) != 0) {
            fv_buf_append_text(buf, ", found ");
            fv_buf_append_text(buf, incident->presented_name);
        }
    } else if (incident->num_fqdns > 0) {
        fv_buf_append_text(buf, ": ");
        fv_buf_append_text(buf, incident->domain);
        fv_buf_append_text(buf, incident->domain != NULL ? " -> " : "");
        for (size_t i = 0; i < incident->num_fqdns; i++) {
            fv_buf_append_text(buf, i > 0 ? ", " : "");
            fv_buf_append_text(buf, incident->fqdns[i]);
        }
    } else if (incident->domain != NULL) {
        fv_buf_append_text(buf, ": ");
        fv_buf_append_text(buf, incident->domain);
    }
}

/* "504 Server time-out from RTC/6.0 without a reason: ..." */
static void append_bare(fv_buf *buf, const wording *w, const fedval_incident *incident)
{
    fv_buf_append_text(buf, w->reported.data);
    if (incident->server != NULL) {
        fv_buf_append_text(buf, " from ");
        fv_buf_append_text(buf, incident->server);
    }
    fv_buf_append_text(buf,
                       " without a reason: the cause is not in this log, it can be R2 (the SRV "
                       "target) or R4 (the name in the certificate) of ");
    fv_buf_append_text(buf, incident->domain != NULL ? incident->domain : "the caller's domain");
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
        fv_buf_append_text(buf, incident->peer);
        fv_buf_append_char(buf, ':');
        fv_buf_append_text(buf, w->port.data);
        fv_buf_append_text(buf, ": ");
        fv_buf_append_text(buf, w->reported.data);
        return;
    }
    fv_buf_append_text(buf, "Expressway reports of ");
    fv_buf_append_text(buf, incident->num_fqdns > 0    ? first_fqdn(incident)
                            : incident->domain != NULL ? incident->domain
                            : incident->peer != NULL   ? incident->peer
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
        fv_buf_append_text(buf, incident->reported_code);
        fv_buf_append_text(buf, incident->reported_code != NULL ? ": " : "");
        fv_buf_append_text(buf, incident->detail);
        append_names(buf, incident);
    }
    if (incident->certainty == FEDVAL_CERTAINTY_INFERRED && incident->basis != NULL) {
        fv_buf_append_text(buf, " (inferred: ");
        fv_buf_append_text(buf, incident->basis);
        fv_buf_append_text(buf, ")");
    }
    if (incident->other_domain != NULL) {
        fv_buf_append_text(buf, "; P-Asserted-Identity names ");
        fv_buf_append_text(buf, incident->other_domain);
        fv_buf_append_text(buf, ", and which of the two counts is not known: check both");
    }
}

static const char *take(fv_draft *draft, fv_buf *buf)
{
    const char *copy = buf->failed || buf->data == NULL
                           ? NULL
                           : fv_arena_copy_text(draft->arena, buf->data, buf->len);
    draft->failed = draft->failed || copy == NULL;
    fv_buf_clear(buf);
    return copy;
}

void fv_draft_describe(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    wording w;
    fv_buf message, remedy;
    fv_buf_init(&message);
    fv_buf_init(&remedy);
    if (!word(&w, incident)) {
        draft->failed = true;
        clear_wording(&w);
        return;
    }
    append_message(&message, &w, incident);
    incident->message = take(draft, &message);
    if (fv_incident_remedy(incident) != NULL) {
        fv_template_append(&remedy, fv_incident_remedy(incident), w.params, w.num_params);
        incident->remedy = take(draft, &remedy);
    }
    clear_wording(&w);
}
