/* The ladder of a call: who said what to whom, the broken step marked. */
#include "logs/incidents/incident.h"
#include "render/diagnosis/diagnosis_text.h"

#include <string.h>

static const char *direction_text(uint32_t direction)
{
    return direction == FEDVAL_CALL_DIRECTION_TO_MICROSOFT     ? "Cisco -> Microsoft"
           : direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT ? "Microsoft -> Cisco"
                                                               : "direction not known";
}

static void put_call(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    const char *call_id = fedval_incident_get_call_id(incident);
    if (call_id != NULL) {
        fv_out_text(&w->out, "Call ");
        fv_diagnosis_put(w, call_id);
        if (fedval_incident_get_cseq(incident) != NULL) {
            fv_out_text(&w->out, ", CSeq ");
            fv_diagnosis_put(w, fedval_incident_get_cseq(incident));
        }
        fv_out_text(&w->out, ", ");
    } else {
        fv_out_text(&w->out, fedval_incident_kind_to_string(fedval_incident_get_kind(incident)));
        fv_out_text(&w->out, ", ");
    }
    fv_out_text(&w->out, direction_text(fedval_incident_get_direction(incident)));
    fv_out_newline(&w->out);
}

static void put_people(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    const char *from = fedval_incident_get_from(incident);
    const char *to = fedval_incident_get_to(incident);
    if (from == NULL && to == NULL)
        return;
    if (from != NULL) {
        fv_out_text(&w->out, "From ");
        fv_diagnosis_put(w, from);
        fv_out_text(&w->out, to != NULL ? "   " : "");
    }
    if (to != NULL) {
        fv_out_text(&w->out, "To ");
        fv_diagnosis_put(w, to);
    }
    fv_out_newline(&w->out);
}

/* ---- the ladder ---- */

static void end_rung(fv_diagnosis_writer *w)
{
    fv_out_newline(&w->out);
    fv_out_text(&w->out, "   |");
    fv_out_newline(&w->out);
}

/* The texts of a hop, as they may be shown. */
static const char *host_shown(fv_diagnosis_writer *w, const fedval_incident *incident, size_t hop)
{
    return fv_redact(&w->redactor, fedval_incident_get_hop_host(incident, hop));
}

static void put_zone(fv_diagnosis_writer *w, const char *before, const char *zone,
                     const char *after)
{
    fv_out_text(&w->out, before);
    fv_diagnosis_put(w, zone);
    fv_out_text(&w->out, after);
}

/* "10.48.36.46:5061   Expressway-C (inferred from TraversalZoneClient1)" */
static void put_hop(fv_diagnosis_writer *w, const fedval_incident *incident, size_t hop,
                    bool is_first)
{
    const char *out_of = fedval_incident_get_hop_egress_zone(incident, hop);
    const char *into = fedval_incident_get_hop_ingress_zone(incident, hop);
    uint32_t port = fedval_incident_get_hop_port(incident, hop);
    fv_out_text(&w->out, "  ");
    fv_out_text(&w->out, host_shown(w, incident, hop));
    if (port != 0) {
        fv_out_text(&w->out, ":");
        fv_out_u64(&w->out, port);
    }
    fv_out_text(&w->out, "   ");
    if (out_of != NULL && strstr(out_of, "Traversal") != NULL)
        put_zone(w, "Expressway-C (inferred from ", out_of, ")");
    else if (out_of != NULL)
        put_zone(w, "Expressway, ", out_of, "");
    else if (is_first)
        fv_out_text(&w->out, "caller");
    if (out_of == NULL && into != NULL)
        put_zone(w, " (zone ", into, ")");
    end_rung(w);
}

static void put_hops(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    size_t count = fedval_incident_count_hops(incident);
    for (size_t i = count; i > 0; i--)
        put_hop(w, incident, i - 1, i == count);
}

static const char *answerer(const fedval_incident *incident)
{
    switch (fedval_incident_get_kind(incident)) {
    case FEDVAL_INCIDENT_KIND_EDGE_RECORD:
        return "the Microsoft Edge says";
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

/* The peer is whom the Edge met, not who says it. */
static bool speaks_of_peer(const fedval_incident *incident)
{
    uint32_t kind = fedval_incident_get_kind(incident);
    return kind == FEDVAL_INCIDENT_KIND_EDGE_RECORD || kind == FEDVAL_INCIDENT_KIND_WINDOWS_EVENT;
}

static void put_answerer(fv_diagnosis_writer *w, const fedval_incident *incident,
                         const fedval_incident *seen)
{
    const char *peer = fedval_incident_get_peer(seen);
    bool of_peer = incident == seen && peer != NULL && speaks_of_peer(incident);
    fv_out_text(&w->out, "  ");
    if (peer != NULL && !of_peer) {
        fv_diagnosis_put(w, peer);
        fv_out_text(&w->out, "   ");
    }
    fv_out_text(&w->out, answerer(incident));
    if (of_peer) {
        fv_out_text(&w->out, " of ");
        fv_diagnosis_put(w, peer);
    }
    end_rung(w);
}

void fv_diagnosis_put_event(fv_diagnosis_writer *w, const fedval_incident *incident, bool is_cause)
{
    char time[FV_DIAGNOSIS_TIME_SIZE];
    fv_diagnosis_time(fedval_incident_get_time_ms(incident),
                      fedval_incident_is_zone_known(incident) != 0, time);
    fv_out_text(&w->out, "   ");
    fv_out_styled(&w->out, is_cause ? FV_RED : FV_YELLOW, is_cause ? "X" : "<");
    fv_out_text(&w->out, "  ");
    if (time[0] != '\0') {
        fv_out_text(&w->out, time);
        fv_out_text(&w->out, "  ");
    }
    fv_diagnosis_put(w, fedval_incident_get_source(incident));
    fv_out_text(&w->out, ":");
    fv_out_u64(&w->out, fedval_incident_get_line(incident));
    fv_out_text(&w->out, "  ");
    fv_diagnosis_put(w, fedval_incident_get_reported_code(incident));
    fv_out_text(&w->out, fedval_incident_get_reported_code(incident) != NULL ? " " : "");
    const char *shown = fv_redact(&w->redactor, fedval_incident_get_reported_text(incident));
    if (shown != NULL)
        fv_out_prose(&w->out, shown, FV_DIAGNOSIS_LABEL_COLUMN);
    if (fv_incident_is_bare(incident))
        fv_out_text(&w->out, ", no reason given");
    fv_out_newline(&w->out);
}

void fv_diagnosis_put_ladder(fv_diagnosis_writer *w, const fedval_incident *incident,
                             const fedval_incident *seen)
{
    put_call(w, incident);
    put_people(w, seen);
    fv_out_newline(&w->out);
    put_hops(w, seen);
    put_answerer(w, incident, seen);
}
