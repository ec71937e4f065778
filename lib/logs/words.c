/* The words for every code of fedval/log.h. */
#include "base/code.h"
#include "fedval/log.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

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
};

static const fv_code certainties[] = {
    {FEDVAL_CERTAINTY_STATED, "stated"},
    {FEDVAL_CERTAINTY_INFERRED, "inferred"},
    {FEDVAL_CERTAINTY_UNDETERMINED, "undetermined"},
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

const char *fedval_incident_kind_to_string(uint32_t kind)
{
    return fv_code_to_string(kinds, COUNT(kinds), kind);
}

fedval_status fedval_incident_kind_from_string(const char *text, uint32_t *out_kind)
{
    return fv_code_from_string(kinds, COUNT(kinds), text, out_kind);
}

const char *fedval_certainty_to_string(uint32_t certainty)
{
    return fv_code_to_string(certainties, COUNT(certainties), certainty);
}

fedval_status fedval_certainty_from_string(const char *text, uint32_t *out_certainty)
{
    return fv_code_from_string(certainties, COUNT(certainties), text, out_certainty);
}

const char *fedval_call_direction_to_string(uint32_t direction)
{
    return fv_code_to_string(directions, COUNT(directions), direction);
}

fedval_status fedval_call_direction_from_string(const char *text, uint32_t *out_direction)
{
    return fv_code_from_string(directions, COUNT(directions), text, out_direction);
}

const char *fedval_diagnosis_to_string(uint32_t diagnosis)
{
    return fv_code_to_string(diagnoses, COUNT(diagnoses), diagnosis);
}

fedval_status fedval_diagnosis_from_string(const char *text, uint32_t *out_diagnosis)
{
    return fv_code_from_string(diagnoses, COUNT(diagnoses), text, out_diagnosis);
}
