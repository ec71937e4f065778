/* The words to send to the other side. */
#include "render/diagnosis/diagnosis_text.h"

static void append_call(fv_buf *buf, const fedval_incident *incident)
{
    char time[FV_DIAGNOSIS_TIME_SIZE];
    fv_diagnosis_time(fedval_incident_get_time_ms(incident),
                      fedval_incident_is_zone_known(incident) != 0, time);
    const char *parts[][2] = {
        {" of domain ", fedval_incident_get_domain(incident)},
        {" at ", time[0] != '\0' ? time : NULL},
        {", Call-ID ", fedval_incident_get_call_id(incident)},
    };
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        fv_buf_append_text(buf, parts[i][1] != NULL ? parts[i][0] : NULL);
        fv_buf_append_text(buf, parts[i][1]);
    }
}

/* A code that nobody here knows, or none at all: the side that logged it can look. */
static void append_question(fv_buf *buf, const fedval_incident *incident)
{
    if (fedval_incident_get_finding(incident) == 0) {
        fv_buf_append_text(buf, "\"Your side reports ");
        fv_buf_append_text(buf, fedval_incident_get_reported_code(incident));
        fv_buf_append_char(buf, ' ');
        fv_buf_append_text(buf, fedval_incident_get_reported_text(incident));
        if (fedval_incident_get_kind(incident) == FEDVAL_INCIDENT_KIND_WINDOWS_EVENT) {
            fv_buf_append_text(buf, " in its event log");
        } else {
            fv_buf_append_text(buf, " for a call");
            append_call(buf, incident);
        }
        fv_buf_append_text(buf, ". What is its cause?");
    } else {
        fv_buf_append_text(buf, "\"Please look up in the SIPStack log of your Edge the call");
        append_call(buf, incident);
        fv_buf_append_text(buf, ". What Result-Code does it name?");
    }
    fv_buf_append_text(buf, " If DNS and certificates are sound: is the domain on your allowed "
                            "list, is source verification on for it, does the user's external "
                            "access policy allow federation?\"");
}

static void append_statement(fv_buf *buf, const fedval_incident *incident)
{
    bool has_call_id = fedval_incident_get_call_id(incident) != NULL;
    fv_buf_append_text(buf, "\"A call");
    append_call(buf, incident);
    fv_buf_append_text(buf, has_call_id ? ", failed: " : " failed: ");
    fv_buf_append_text(buf, fedval_incident_get_message(incident));
    switch (fedval_incident_get_mend_side(incident)) {
    case FEDVAL_MEND_SIDE_EITHER:
        fv_buf_append_text(buf, ". What do your logs say of it?\"");
        break;
    case FEDVAL_MEND_SIDE_CISCO:
        fv_buf_append_text(buf, ". To change on your side: ");
        fv_buf_append_text(buf, fedval_incident_get_remedy(incident));
        fv_buf_append_text(buf, ".\"");
        break;
    default:
        fv_buf_append_text(buf, ". This can be mended on your side only.\"");
    }
}

static bool is_of_cisco_side(const fedval_incident *incident)
{
    switch (fedval_incident_get_kind(incident)) {
    case FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP:
    case FEDVAL_INCIDENT_KIND_EXPRESSWAY_TLS:
    case FEDVAL_INCIDENT_KIND_EXPRESSWAY_TCP:
    case FEDVAL_INCIDENT_KIND_EXPRESSWAY_DNS:
    case FEDVAL_INCIDENT_KIND_SEARCH_HISTORY:
        return true;
    default:
        return false;
    }
}

/* Whoever has logs of the Microsoft side alone may stand there. */
static bool has_log_of_cisco_side(const fedval_log *log)
{
    for (size_t i = 0; i < fedval_log_count_groups(log); i++) {
        if (is_of_cisco_side(fedval_log_get_group_first(log, i)))
            return true;
    }
    return false;
}

bool fv_diagnosis_append_letter(fv_buf *buf, const fedval_log *log, const fedval_incident *incident)
{
    if (fedval_incident_get_certainty(incident) == FEDVAL_CERTAINTY_UNDETERMINED) {
        append_question(buf, incident);
        return true;
    }
    switch (fedval_incident_get_mend_side(incident)) {
    case FEDVAL_MEND_SIDE_CISCO:
        if (has_log_of_cisco_side(log))
            return false;
        break;
    case FEDVAL_MEND_SIDE_MICROSOFT:
    case FEDVAL_MEND_SIDE_EITHER:
        break;
    default:
        return false;
    }
    append_statement(buf, incident);
    return true;
}
