/* The text to send to the other side, and the fault that is likely next. */
#include "catalogue/catalogue.h"
#include "logs/incidents/story.h"

#include <string.h>

#define ASK_FOR_LIST                                                                               \
    "Which revocation list could your server not fetch, and does the distribution point that the " \
    "certificate names answer it by HTTP? If it answers nobody, the side that shows that "         \
    "certificate has to mend it"

/* Writes the time as exactly as logs give it: "2019-05-14T11:22:33 (time zone not known)". Many
 * write no milliseconds, so those that are 0 are left out. */
static void append_time(fv_buf *buf, const fv_when *when)
{
    char time[FV_WHEN_TEXT_SIZE];
    fv_when_format(when->milliseconds, false, time);
    size_t len = strlen(time);
    if (len == 0)
        return;
    fv_buf_append_text(buf, " at ");
    fv_buf_append(buf, time, when->milliseconds % 1000 == 0 ? len - strlen(".000") : len);
    fv_buf_append_text(buf, when->zone_known ? "Z" : " (time zone not known)");
}

static void append_part(fv_buf *buf, const char *label, const char *value)
{
    fv_buf_append_text(buf, value != NULL ? label : NULL);
    fv_buf_append_text(buf, value);
}

static void append_call(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower)
{
    bool is_called = incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT ||
                     incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_DNS ||
                     (incident->domain != NULL &&
                      fv_incident_is_same_text(incident->domain, incident->to.domain));
    append_part(buf, is_called ? " to domain " : " of domain ",
                fv_shown(shower, FV_SHOWN_DOMAIN, incident->domain));
    append_part(buf, " (in P-Asserted-Identity: ",
                fv_shown(shower, FV_SHOWN_DOMAIN, incident->other_domain));
    fv_buf_append_text(buf, incident->other_domain != NULL ? ")" : NULL);
    append_time(buf, &incident->when);
    append_part(buf, ", Call-ID ", fv_shown(shower, FV_SHOWN_CALL_ID, incident->call_id));
}

/* Returns a FEDVAL_MEND_SIDE_: the side that gets the letter. */
static uint32_t reader_of(const fv_store *store, const fedval_incident *incident)
{
    uint32_t side = fedval_incident_get_mend_side(incident);
    if (incident->certainty == FEDVAL_CERTAINTY_UNDETERMINED) {
        bool asks_cisco = fv_incident_is_answered_outside(incident) ||
                          (incident->finding != 0 && fv_incident_is_of_cloud(incident) &&
                           incident->of_client_trace);
        return asks_cisco ? FEDVAL_MEND_SIDE_CISCO : FEDVAL_MEND_SIDE_MICROSOFT;
    }
    if (side != FEDVAL_MEND_SIDE_EITHER)
        return side;
    /* Only the server that looked knows which list it could not fetch. */
    if (incident->finding == FEDVAL_FINDING_REVOCATION_OFFLINE)
        return FEDVAL_MEND_SIDE_MICROSOFT;
    return store->has_cisco_log ? FEDVAL_MEND_SIDE_MICROSOFT : FEDVAL_MEND_SIDE_CISCO;
}

/* Appends "Your side reports 1099 ... for a call of domain ...". */
static void append_report(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower)
{
    fv_buf_append_text(buf, "Your side reports ");
    fv_buf_append_text(buf, fv_shown(shower, FV_SHOWN_TEXT, incident->reported_code));
    fv_buf_append_char(buf, ' ');
    fv_buf_append_text(buf, fv_shown(shower, FV_SHOWN_TEXT, incident->reported_text));
    if (incident->kind == FEDVAL_INCIDENT_KIND_WINDOWS_EVENT) {
        fv_buf_append_text(buf, " in its event log");
    } else {
        fv_buf_append_text(buf, fv_incident_is_of_presence(incident) ? " for a request for presence"
                                                                     : " for a call");
        append_call(buf, incident, shower);
    }
    fv_buf_append_text(buf, ". What is its cause?");
}

/* Asks the side that was called why it gave the answer. */
static void append_answer(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower)
{
    fv_buf_append_text(buf, fv_incident_is_of_presence(incident) ? "The request for presence"
                                                                 : "The call");
    append_call(buf, incident, shower);
    fv_buf_append_text(buf, " reached your side, which answered ");
    fv_buf_append_text(buf, fv_shown(shower, FV_SHOWN_TEXT, incident->reported_code));
    fv_buf_append_char(buf, ' ');
    fv_buf_append_text(buf, fv_shown(shower, FV_SHOWN_TEXT, incident->reported_text));
    fv_buf_append_text(buf, ". What does your search history say of it?");
}

/* For a code that is unknown here or has two meanings, or no code: asks the side that logged it to
 * look. */
static void append_question(fv_buf *buf, const fv_store *store, const fedval_incident *incident,
                            const fv_shower *shower)
{
    if (fv_incident_is_answered_outside(incident)) {
        append_answer(buf, incident, shower);
        return;
    }
    if (incident->finding == 0 || incident->is_of_provider) {
        append_report(buf, incident, shower);
    } else if (fv_incident_is_of_cloud(incident)) {
        fv_buf_append_text(buf, fv_incident_is_of_presence(incident) ? "The request for presence"
                                                                     : "The call");
        append_call(buf, incident, shower);
        fv_buf_append_text(buf, incident->of_client_trace
                                    ? " failed, and the log of the Microsoft client does not say "
                                      "why. Did it reach your side?"
                                    : " failed. Please make it again with the logging of the "
                                      "Microsoft client set to Full: what does ms-diagnostics say "
                                      "in Lync-UccApi-<n>.UccApiLog?");
    } else {
        fv_buf_append_text(buf, "Please look up in the SIPStack log of your Edge the ");
        fv_buf_append_text(buf,
                           fv_incident_is_of_presence(incident) ? "request for presence" : "call");
        append_call(buf, incident, shower);
        fv_buf_append_text(buf, ". What Result-Code does it name?");
    }
    if (reader_of(store, incident) != FEDVAL_MEND_SIDE_MICROSOFT)
        return;
    fv_buf_append_text(buf, " If DNS and certificates are sound: is the domain on your allowed "
                            "list, is source verification on for it, does the user's external "
                            "access policy allow federation?");
}

/* An event of Windows and a failed connection name no call. */
static bool is_of_call(const fedval_incident *incident)
{
    return incident->call_id != NULL || (incident->kind != FEDVAL_INCIDENT_KIND_WINDOWS_EVENT &&
                                         !fv_incident_is_of_connection(incident));
}

/* Returns the incident that names the call: a failed connection may explain one. */
static const fedval_incident *call_of(const fedval_incident *incident)
{
    const fedval_incident *explained = incident->first_explained;
    return fv_incident_is_of_connection(incident) && explained != NULL ? explained : incident;
}

/* Whether the peer of the connection is a server of the side that gets the letter. */
static bool is_to_peer(const fv_store *store, const fedval_incident *incident)
{
    return reader_of(store, incident) == FEDVAL_MEND_SIDE_MICROSOFT &&
           fv_incident_is_of_expressway(incident) && !incident->in_traversal;
}

static void append_statement(fv_buf *buf, const fv_store *store, const fedval_incident *incident,
                             const fv_shower *shower)
{
    const fedval_incident *call = call_of(incident);
    fv_buf_append_text(buf, fv_incident_is_of_presence(call) ? "A request for presence"
                            : is_of_call(call)               ? "A call"
                                                             : "A connection");
    append_call(buf, call, shower);
    fv_buf_append_text(buf, call->call_id != NULL ? ", failed" : " failed");
    fv_buf_append_text(buf, incident->certainty == FEDVAL_CERTAINTY_INFERRED
                                ? ", as far as the logs here show: "
                                : ": ");
    fv_tell_letter_message(buf, incident, is_to_peer(store, incident), shower);
    uint32_t side = fedval_incident_get_mend_side(incident);
    if (side == FEDVAL_MEND_SIDE_EITHER) {
        fv_buf_append_text(buf, incident->finding == FEDVAL_FINDING_REVOCATION_OFFLINE
                                    ? ". " ASK_FOR_LIST
                                    : ". What do your logs say of it?");
    } else if (side == FEDVAL_MEND_SIDE_CISCO ||
               incident->finding == FEDVAL_FINDING_CLIENT_CERTIFICATE_MISSING) {
        fv_buf_append_text(buf, ". To change on your side: ");
        fv_tell_letter_remedy(buf, incident, is_to_peer(store, incident), shower);
        fv_buf_append_char(buf, '.');
    } else {
        fv_buf_append_text(buf, ". This can be mended on your side only: ");
        if (!fv_tell_letter_ask(buf, incident, is_to_peer(store, incident), shower))
            fv_buf_append_text(buf, "what do your logs say of it, and what will you change?");
        else
            fv_buf_append_char(buf, '.');
    }
}

/* Whether the failure came from one hop further. Then the other side only passed it on and knows no
 * more. */
static bool is_passed_on(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG &&
           fv_incident_has_hint(incident, FV_SYMPTOM_NEXT_HOP);
}

static bool has_letter(const fv_store *store, const fedval_incident *incident)
{
    if (!incident->is_related || is_passed_on(incident))
        return false;
    if (incident->certainty == FEDVAL_CERTAINTY_UNDETERMINED)
        return true;
    switch (fedval_incident_get_mend_side(incident)) {
    case FEDVAL_MEND_SIDE_CISCO:
        /* With logs of only the Microsoft side, the reader may be on that side. */
        return !store->has_cisco_log;
    case FEDVAL_MEND_SIDE_MICROSOFT:
    case FEDVAL_MEND_SIDE_EITHER:
        return true;
    default:
        return false;
    }
}

uint32_t fv_letter_side(const fv_store *store, const fedval_incident *incident)
{
    return has_letter(store, incident) ? reader_of(store, incident) : FEDVAL_MEND_SIDE_UNKNOWN;
}

bool fv_tell_letter(fv_buf *buf, const fv_store *store, const fedval_incident *incident,
                    const fv_shower *shower)
{
    if (!has_letter(store, incident))
        return false;
    if (incident->certainty == FEDVAL_CERTAINTY_UNDETERMINED)
        append_question(buf, store, incident, shower);
    else
        append_statement(buf, store, incident, shower);
    return true;
}

bool fv_tell_next(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(fv_incident_next(incident));
    if (entry == NULL)
        return false;
    fv_buf_append_text(buf, entry->id);
    fv_buf_append_text(buf, " is likely once the record is right");
    /* Only an Edge's record names the peer of the connection; elsewhere it is who reported. */
    if (incident->peer != NULL && incident->kind == FEDVAL_INCIDENT_KIND_EDGE_RECORD) {
        fv_buf_append_text(buf, ": the peer calls itself ");
        fv_buf_append_text(buf, fv_shown(shower, FV_SHOWN_HOST, incident->peer));
    }
    fv_buf_append_text(buf, " (inferred)");
    return true;
}

bool fv_store_tell_groups(fv_store *store)
{
    for (size_t i = 0; i < store->num_groups; i++) {
        fv_group *group = &store->groups[i];
        fv_buf buf;
        fv_buf_init(&buf);
        if (fv_group_has_story(group) && fv_tell_letter(&buf, store, group->first, NULL)) {
            group->letter =
                buf.failed ? NULL : fv_arena_copy_text(&store->arena, buf.data, buf.len);
            if (group->letter == NULL) {
                fv_buf_clear(&buf);
                return false;
            }
        }
        fv_buf_clear(&buf);
    }
    return true;
}
