/* The word for each code of fedval/log.h. */
#include "base/code.h"
#include "fedval/log.h"

static const fv_code kinds[] = {
    {FEDVAL_INCIDENT_KIND_EDGE_RECORD, "edge-record"},
    {FEDVAL_INCIDENT_KIND_SIP_RESPONSE, "sip-response"},
    {FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP, "expressway-sip"},
    {FEDVAL_INCIDENT_KIND_EXPRESSWAY_TLS, "expressway-tls"},
    {FEDVAL_INCIDENT_KIND_EXPRESSWAY_TCP, "expressway-tcp"},
    {FEDVAL_INCIDENT_KIND_EXPRESSWAY_DNS, "expressway-dns"},
    {FEDVAL_INCIDENT_KIND_SEARCH_HISTORY, "search-history"},
    {FEDVAL_INCIDENT_KIND_POWERSHELL, "powershell"},
    {FEDVAL_INCIDENT_KIND_WINDOWS_EVENT, "windows-event"},
    {FEDVAL_INCIDENT_KIND_MEETING_SERVER_TLS, "meeting-server-tls"},
};

static const fv_code directions[] = {
    {FEDVAL_CALL_DIRECTION_UNKNOWN, "unknown"},
    {FEDVAL_CALL_DIRECTION_TO_MICROSOFT, "to-microsoft"},
    {FEDVAL_CALL_DIRECTION_FROM_MICROSOFT, "from-microsoft"},
};

static const fv_code diagnoses[] = {
    {FEDVAL_DIAGNOSIS_NOTHING, "nothing"},
    {FEDVAL_DIAGNOSIS_FAULTS, "faults"},
    {FEDVAL_DIAGNOSIS_UNDETERMINED, "undetermined"},
};

static const fv_code senses[] = {
    {FEDVAL_INCIDENT_SENSE_CAUSE, "cause"},
    {FEDVAL_INCIDENT_SENSE_OPEN, "open"},
    {FEDVAL_INCIDENT_SENSE_OTHER, "other"},
    {FEDVAL_INCIDENT_SENSE_WORKS, "works"},
};

static const fv_code formats[] = {
    {FEDVAL_LOG_FORMAT_EXPRESSWAY, "expressway"},
    {FEDVAL_LOG_FORMAT_EDGE, "edge"},
    {FEDVAL_LOG_FORMAT_CLIENT, "client"},
    {FEDVAL_LOG_FORMAT_SIP, "sip"},
    {FEDVAL_LOG_FORMAT_WINDOWS_EVENT, "windows-event"},
    {FEDVAL_LOG_FORMAT_POWERSHELL, "powershell"},
    {FEDVAL_LOG_FORMAT_SEARCH_HISTORY, "search-history"},
    {FEDVAL_LOG_FORMAT_CMS, "cms"},
};

FV_CODE_FUNCTIONS(log_format, formats)
FV_CODE_FUNCTIONS(incident_sense, senses)
FV_CODE_FUNCTIONS(incident_kind, kinds)
FV_CODE_FUNCTIONS(call_direction, directions)
FV_CODE_FUNCTIONS(diagnosis, diagnoses)
