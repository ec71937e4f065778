/* The ladder of a call: who said what to whom, with the broken step marked. */
#include "logs/incidents/incident.h"
#include "render/diagnosis/diagnosis_text.h"

#include <string.h>

static const char *direction_text(uint32_t direction)
{
    return direction == FEDVAL_CALL_DIRECTION_TO_MICROSOFT     ? "Cisco -> Microsoft"
           : direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT ? "Microsoft -> Cisco"
                                                               : "direction not known";
}

/* Ends a line, which is broken at blanks where it is too wide. */
static void end_line(fv_diagnosis_writer *w)
{
    w->out.breaks = true;
    fv_out_newline(&w->out);
    w->out.breaks = false;
}

void fv_diagnosis_put_call(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    const char *call_id = fedval_incident_get_call_id(incident);
    if (call_id != NULL) {
        fv_out_text(&w->out, fv_incident_is_of_presence(incident) ? "Presence " : "Call ");
        fv_diagnosis_put(w, FV_SHOWN_CALL_ID, call_id);
        if (fedval_incident_get_cseq(incident) != NULL) {
            fv_out_text(&w->out, ", CSeq ");
            fv_diagnosis_put(w, FV_SHOWN_CSEQ, fedval_incident_get_cseq(incident));
        }
        fv_out_text(&w->out, ", ");
    } else {
        fv_out_text(&w->out, fedval_incident_kind_to_string(fedval_incident_get_kind(incident)));
        fv_out_text(&w->out, ", ");
    }
    fv_out_text(&w->out, direction_text(fedval_incident_get_direction(incident)));
    end_line(w);
}

static void put_party(fv_diagnosis_writer *w, const fv_party *party)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_tell_party(&buf, party, fv_diagnosis_shower(w));
    fv_diagnosis_put_told(w, &buf);
}

void fv_diagnosis_put_people(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    bool has_from = incident->from.text != NULL, has_to = incident->to.text != NULL;
    if (!has_from && !has_to)
        return;
    if (has_from) {
        fv_out_text(&w->out, "From ");
        put_party(w, &incident->from);
        fv_out_text(&w->out, has_to ? "   " : "");
    }
    if (has_to) {
        fv_out_text(&w->out, "To ");
        put_party(w, &incident->to);
    }
    fv_out_newline(&w->out);
}

/* ---- the ladder ---- */

static void end_rung(fv_diagnosis_writer *w)
{
    end_line(w);
    fv_out_text(&w->out, "   |");
    fv_out_newline(&w->out);
}

static void put_zone(fv_diagnosis_writer *w, const char *before, const char *zone,
                     const char *after)
{
    fv_out_text(&w->out, before);
    fv_diagnosis_put(w, FV_SHOWN_ZONE, zone);
    fv_out_text(&w->out, after);
}

/* Writes "10.48.36.46:5061   Expressway-C (inferred from TraversalZoneClient1)". */
void fv_diagnosis_put_hop(fv_diagnosis_writer *w, const fedval_incident *incident, size_t hop)
{
    static const struct {
        const char *words, *after;
        bool has_zone; /* the egress zone stands between them */
    } roles[] = {
        [FEDVAL_HOP_ROLE_CALLER] = {"caller"},
        [FEDVAL_HOP_ROLE_EXPRESSWAY] = {"Expressway, ", "", true},
        [FEDVAL_HOP_ROLE_EXPRESSWAY_C] = {"Expressway-C (inferred from ", ")", true},
        [FEDVAL_HOP_ROLE_UNKNOWN] = {""},
    };
    uint32_t role = fedval_incident_get_hop_role(incident, hop);
    const char *out_of = fedval_incident_get_hop_egress_zone(incident, hop);
    const char *into = fedval_incident_get_hop_ingress_zone(incident, hop);
    uint32_t port = fedval_incident_get_hop_port(incident, hop);
    fv_diagnosis_put(w, FV_SHOWN_HOST, fedval_incident_get_hop_host(incident, hop));
    if (port != 0) {
        fv_out_text(&w->out, ":");
        fv_out_u64(&w->out, port);
    }
    fv_out_text(&w->out, "   ");
    if (roles[role].has_zone)
        put_zone(w, roles[role].words, out_of, roles[role].after);
    else
        fv_out_text(&w->out, roles[role].words);
    if (out_of == NULL && into != NULL)
        put_zone(w, " (zone ", into, ")");
}

static void put_hops(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    size_t count = fedval_incident_count_hops(incident);
    for (size_t i = count; i > 0; i--) {
        fv_out_text(&w->out, "  ");
        fv_diagnosis_put_hop(w, incident, i - 1);
        end_rung(w);
    }
}

static const char *answerer(const fedval_incident *incident)
{
    switch (fedval_incident_get_kind(incident)) {
    case FEDVAL_INCIDENT_KIND_EDGE_RECORD:
        return "the Edge Server says";
    case FEDVAL_INCIDENT_KIND_EXPRESSWAY_TLS:
    case FEDVAL_INCIDENT_KIND_EXPRESSWAY_TCP:
    case FEDVAL_INCIDENT_KIND_EXPRESSWAY_DNS:
        return "the Expressway says";
    case FEDVAL_INCIDENT_KIND_POWERSHELL:
    case FEDVAL_INCIDENT_KIND_WINDOWS_EVENT:
        return "the Microsoft server says";
    default:
        return "the answer was";
    }
}

/* Whether the entry is about the peer: a server that the Edge met, which did not report
 * anything. */
static bool speaks_of_peer(const fedval_incident *incident)
{
    uint32_t kind = fedval_incident_get_kind(incident);
    return kind == FEDVAL_INCIDENT_KIND_EDGE_RECORD || kind == FEDVAL_INCIDENT_KIND_WINDOWS_EVENT;
}

void fv_diagnosis_put_answerer(fv_diagnosis_writer *w, const fedval_incident *incident,
                               const fedval_incident *seen)
{
    /* The reporter is the server that set the id. The peer is the server that it met. */
    const char *peer = seen->reporter != NULL ? seen->reporter : seen->peer;
    bool of_peer = incident == seen && seen->peer != NULL && speaks_of_peer(incident);
    if (peer != NULL && !of_peer) {
        fv_diagnosis_put(w, FV_SHOWN_HOST, peer);
        fv_out_text(&w->out, "   ");
    }
    fv_out_text(&w->out, answerer(incident));
    if (of_peer) {
        fv_out_text(&w->out, " of ");
        fv_diagnosis_put(w, FV_SHOWN_HOST, seen->peer);
    }
}

void fv_diagnosis_put_words_of(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    fv_diagnosis_put(w, FV_SHOWN_TEXT, fedval_incident_get_reported_code(incident));
    fv_out_text(&w->out, fedval_incident_get_reported_code(incident) != NULL ? " " : "");
    const char *shown =
        fv_redact(&w->redactor, FV_SHOWN_TEXT, fedval_incident_get_reported_text(incident));
    if (shown != NULL)
        fv_out_prose(&w->out, shown, FV_DIAGNOSIS_LABEL_COLUMN);
    if (fv_incident_is_bare(incident))
        fv_out_text(&w->out, ", no reason given");
}

void fv_diagnosis_put_event(fv_diagnosis_writer *w, const fedval_incident *incident, bool is_cause)
{
    char time[FV_WHEN_TEXT_SIZE];
    fv_when_format(fedval_incident_get_time_ms(incident),
                   fedval_incident_is_zone_known(incident) != 0, time);
    fv_out_text(&w->out, "   ");
    fv_out_styled(&w->out, is_cause ? FV_RED : FV_YELLOW, is_cause ? "X" : "<");
    fv_out_text(&w->out, "  ");
    if (time[0] != '\0') {
        fv_out_text(&w->out, time);
        fv_out_text(&w->out, "  ");
    }
    fv_diagnosis_put(w, FV_SHOWN_SOURCE, fedval_incident_get_source(incident));
    fv_out_text(&w->out, ":");
    fv_out_u64(&w->out, fedval_incident_get_line(incident));
    fv_out_text(&w->out, "  ");
    fv_diagnosis_put_words_of(w, incident);
    fv_out_newline(&w->out);
}

void fv_diagnosis_put_ladder(fv_diagnosis_writer *w, const fedval_incident *incident,
                             const fedval_incident *seen)
{
    /* A connection names no call; the one that it explains may. */
    fv_diagnosis_put_call(w, incident->call_id == NULL ? seen : incident);
    fv_diagnosis_put_people(w, seen);
    fv_out_newline(&w->out);
    put_hops(w, seen);
    fv_out_text(&w->out, "  ");
    fv_diagnosis_put_answerer(w, incident, seen);
    end_rung(w);
}
