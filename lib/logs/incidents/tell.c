/* Message and remedy of an incident. */
#include "logs/incidents/store.h"
#include "logs/incidents/wording.h"

#include <string.h>

/* Appends the meaning of the code, and the words of the log that belong to it. */
static void append_detail(fv_buf *buf, const fv_wording *w, const fedval_incident *incident)
{
    fv_buf_append_text(buf, incident->detail);
    if (incident->quoted == NULL)
        return;
    fv_buf_append_text(buf, " (");
    fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_TEXT, incident->quoted));
    fv_buf_append_char(buf, ')');
}

/* Whether a SIP status tells of the called user or of a rule, and not of a domain. */
static bool is_of_user(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_NOT_A_FEDERATION_FAULT &&
           fv_incident_is_of_status(incident);
}

static void append_names(fv_buf *buf, const fv_wording *w, const fedval_incident *incident)
{
    if (incident->expected_name != NULL) {
        fv_buf_append_text(buf, ": wanted ");
        fv_buf_append_text(buf, fv_word_host(w, incident->expected_name));
        if (incident->presented_name != NULL &&
            strcmp(incident->presented_name, incident->expected_name) != 0) {
            fv_buf_append_text(buf, ", found ");
            fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_NAMES, incident->presented_name));
        }
    } else if (incident->num_fqdns > 0) {
        fv_buf_append_text(buf, ": ");
        fv_buf_append_text(buf, fv_word_domain(w, incident));
        fv_buf_append_text(buf, incident->domain != NULL ? " -> " : "");
        for (size_t i = 0; i < incident->num_fqdns; i++) {
            fv_buf_append_text(buf, i > 0 ? ", " : "");
            fv_buf_append_text(buf, fv_word_host(w, incident->fqdns[i]));
        }
    } else if (incident->domain != NULL && !is_of_user(incident)) {
        fv_buf_append_text(buf, ": ");
        fv_buf_append_text(buf, fv_word_domain(w, incident));
    }
}

/* Appends all causes that the catalogue lists for the code. */
static void append_causes(fv_buf *buf, const fv_symptom_code *code)
{
    for (size_t i = 0; code != NULL && i < code->num_causes; i++) {
        fv_buf_append_text(buf, i > 0 ? "; " : ": ");
        fv_buf_append_text(buf, code->causes[i].when);
    }
}

/* Whether nothing says that the called side is a Microsoft one: a row of the search history does
 * not. */
static bool is_row_of_anybody(const fedval_incident *incident)
{
    return incident->kind == FEDVAL_INCIDENT_KIND_SEARCH_HISTORY &&
           incident->direction == FEDVAL_CALL_DIRECTION_UNKNOWN;
}

/* Appends "504 Server time-out from RTC/6.0 without a reason: the cause is not in this log. It can
 * be ...". */
static void append_bare(fv_buf *buf, const fv_wording *w, const fedval_incident *incident)
{
    fv_buf_append_text(buf, w->reported.data);
    if (incident->server != NULL) {
        fv_buf_append_text(buf, " from ");
        fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_TEXT, incident->server));
    }
    fv_buf_append_text(buf, " without a reason: the cause is not in this log");
    if (incident->domain != NULL) {
        fv_buf_append_text(buf, "; the caller's domain is ");
        fv_buf_append_text(buf, fv_word_domain(w, incident));
    }
    if (incident->method == FV_METHOD_SUBSCRIBE)
        fv_buf_append_text(buf, "; it asked for presence, which needs the same records as calls");
    if (fv_word_worked(buf, w, incident))
        return;
    /* A stranger's answer has other causes. */
    bool is_of_anybody = !incident->is_related || is_row_of_anybody(incident);
    fv_buf_append_text(buf, is_of_anybody ? ". From a Microsoft side it could be" : ". It can be");
    append_causes(buf, fv_symptom_code_find(FV_SYMPTOM_SIP_STATUS, incident->status));
}

/* Appends a host of the peer's side; "your server" before it in a letter to that side. */
static void append_host(fv_buf *buf, const fv_wording *w, const char *host)
{
    fv_buf_append_text(buf, w->is_to_peer ? "your server " : "");
    fv_buf_append_text(buf, fv_word_host(w, host));
}

/* Appends the host, the domain or the address of which Expressway reports. */
static void append_whose(fv_buf *buf, const fv_wording *w, const fedval_incident *incident)
{
    if (incident->num_fqdns > 0)
        append_host(buf, w, fv_word_first_fqdn(incident));
    else if (incident->domain != NULL)
        fv_buf_append_text(buf, fv_word_domain(w, incident));
    else if (incident->peer != NULL)
        append_host(buf, w, incident->peer);
    else
        fv_buf_append_text(buf, "a peer");
}

/* Whether a connection failed that Expressway itself had opened. */
static bool is_failed_call(const fedval_incident *incident)
{
    return (incident->finding == FEDVAL_FINDING_CONNECT_REFUSED ||
            incident->finding == FEDVAL_FINDING_CONNECT_TIMEOUT) &&
           incident->direction == FEDVAL_CALL_DIRECTION_TO_MICROSOFT && incident->peer != NULL;
}

/* Whether the meaning has no other words than the log: "the certificate has expired". */
static bool repeats_report(const fedval_incident *incident)
{
    static const char article[] = "the ";
    const char *detail = incident->detail;
    if (incident->reported_text == NULL || incident->quoted != NULL)
        return false;
    if (strncmp(detail, article, sizeof(article) - 1) == 0)
        detail += sizeof(article) - 1;
    return fv_text_equal_nocase(fv_text_of(detail), fv_text_of(incident->reported_text));
}

/* Appends the meaning of a handshake error, if the catalogue says more than the words of the
 * log. */
static void append_meaning(fv_buf *buf, const fv_wording *w, const fedval_incident *incident)
{
    if (incident->detail == NULL || repeats_report(incident))
        return;
    fv_buf_append_text(buf, ": ");
    append_detail(buf, w, incident);
}

/* Appends "Expressway reports of 192.0.2.1: ..." for its own connections. */
static void append_expressway(fv_buf *buf, const fv_wording *w, const fedval_incident *incident)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(incident->finding);
    if (entry != NULL && entry->family == FEDVAL_FAMILY_LOG) {
        fv_template_append(buf, entry->message, w->params, w->num_params);
        append_meaning(buf, w, incident);
        return;
    }
    if (is_failed_call(incident)) {
        fv_buf_append_text(buf, "Expressway could not connect to ");
        append_host(buf, w, incident->peer);
        fv_buf_append_char(buf, ':');
        fv_buf_append_text(buf, w->port.data);
        fv_buf_append_text(buf, ": ");
        fv_buf_append_text(buf, w->reported.data);
        return;
    }
    fv_buf_append_text(buf, "Expressway reports of ");
    append_whose(buf, w, incident);
    fv_buf_append_text(buf, ": ");
    fv_buf_append_text(buf, w->reported.data);
    append_meaning(buf, w, incident);
}

/* Appends the text of the catalogue, and the meaning of the code. */
static void append_template(fv_buf *buf, const fv_wording *w, const fedval_incident *incident)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(incident->finding);
    bool is_set_up = fv_incident_is_set_up(incident);
    if (is_set_up)
        fv_word_set_up(buf, w, incident);
    else
        fv_template_append(buf, entry->message, w->params, w->num_params);
    if (incident->finding != FEDVAL_FINDING_LINK_WORKS)
        return;
    if (!is_set_up)
        append_meaning(buf, w, incident);
    if (incident->to.text == NULL)
        return;
    fv_buf_append_text(buf, " (");
    fv_tell_party(buf, &incident->to, w->shower);
    fv_buf_append_char(buf, ')');
}

static void append_message(fv_buf *buf, const fv_wording *w, const fedval_incident *incident)
{
    if (incident->in_traversal)
        fv_buf_append_text(buf, "between Expressway-C and Expressway-E, not with the partner: ");
    if (incident->finding == FEDVAL_FINDING_LINK_WORKS ||
        incident->finding == FEDVAL_FINDING_CALLER_NOT_A_DOMAIN) {
        append_template(buf, w, incident);
    } else if (fv_incident_is_of_expressway(incident)) {
        append_expressway(buf, w, incident);
    } else if (incident->detail == NULL) {
        append_bare(buf, w, incident);
    } else {
        fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_TEXT, incident->reported_code));
        fv_buf_append_text(buf, incident->reported_code != NULL ? ": " : "");
        append_detail(buf, w, incident);
        append_names(buf, w, incident);
    }
    if (!fv_incident_is_bare(incident) || incident->works == NULL)
        fv_word_works(buf, w, incident);
    bool is_unproven = !incident->is_related && fv_incident_is_set_up(incident);
    if (!w->is_letter && incident->certainty == FEDVAL_CERTAINTY_INFERRED && !is_unproven &&
        incident->basis != NULL) {
        fv_buf_append_text(buf, " (inferred: ");
        fv_buf_append_text(buf, incident->basis);
        fv_buf_append_text(buf, ")");
    }
    if (incident->is_cut_record && incident->call_id == NULL)
        fv_buf_append_text(buf, "; the log ends within this record, so its call is not known");
    if (fv_incident_is_asserted_nowhere(incident)) {
        fv_buf_append_text(buf, "; P-Asserted-Identity names ");
        fv_tell_party(buf, &incident->asserted, w->shower);
        fv_buf_append_text(buf, ": no domain that public DNS can have a record for, and which of "
                                "the two counts is not known");
    }
    if (incident->other_domain != NULL) {
        fv_buf_append_text(buf, "; P-Asserted-Identity names ");
        fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_DOMAIN, incident->other_domain));
        fv_buf_append_text(buf, ", and which of the two counts is not known: check ");
        fv_buf_append_text(buf, incident->from.domain != NULL ? "both" : "that domain");
    }
}

/* Appends "; explained by incident 2 (edge.log:1), joined by Call-ID and CSeq". */
static void append_cause(fv_buf *buf, const fv_wording *w, const fedval_incident *incident)
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
    fv_wording w;
    fv_word(&w, incident, shower);
    append_message(buf, &w, incident);
    append_cause(buf, &w, incident);
    fv_wording_clear(&w, buf);
}

void fv_tell_letter_message(fv_buf *buf, const fedval_incident *incident, bool is_to_peer,
                            const fv_shower *shower)
{
    fv_wording w;
    fv_word(&w, incident, shower);
    fv_word_letter(&w, incident, is_to_peer);
    append_message(buf, &w, incident);
    fv_wording_clear(&w, buf);
}

/* ---- all of a store ---- */

/* Moves the text into the arena; NULL if memory is short. */
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

bool fv_store_tell(fv_store *store)
{
    for (size_t i = 0; i < store->num_incidents; i++) {
        if (!tell_hops(&store->arena, store->incidents[i]))
            return false;
    }
    return true;
}

/* ---- when they are asked for ---- */

typedef bool teller(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower);

static bool tell_message(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower)
{
    fv_tell_message(buf, incident, shower);
    return true;
}

/* Returns the text of `slot`, and makes it with `tell` at first. NULL if there is nothing to tell,
 * or memory is short. */
static const char *get_text(const fedval_incident *incident, fv_late_text *slot, teller *tell)
{
    const char *text = atomic_load_explicit(slot, memory_order_acquire);
    if (text != NULL)
        return text;
    fv_buf buf;
    fv_buf_init(&buf);
    if (tell(&buf, incident, NULL) && !buf.failed) {
        text = fv_arena_keep_once(incident->texts->arena, slot, (fv_text){buf.data, buf.len});
    }
    fv_buf_clear(&buf);
    return text;
}

const char *fedval_incident_get_message(const fedval_incident *incident)
{
    return incident != NULL && incident->texts != NULL
               ? get_text(incident, &incident->texts->message, tell_message)
               : NULL;
}

const char *fedval_incident_get_partner_remedy(const fedval_incident *incident)
{
    return incident != NULL && incident->texts != NULL
               ? get_text(incident, &incident->texts->partner, fv_tell_partner)
               : NULL;
}

const char *fedval_incident_get_remedy(const fedval_incident *incident)
{
    return incident != NULL && incident->texts != NULL
               ? get_text(incident, &incident->texts->remedy, fv_tell_remedy)
               : NULL;
}
