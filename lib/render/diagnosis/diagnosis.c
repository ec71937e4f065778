#include "render/diagnosis/diagnosis.h"

#include "base/versioned.h"
#include "logs/incidents/incident.h"

fedval_status fv_diagnosis_check(const fedval_log *log, const fedval_diagnosis_options *options,
                                 char *const *out, fedval_diagnosis_options *chosen)
{
    *chosen = (fedval_diagnosis_options){.size = sizeof(*chosen)};
    if (log == NULL || out == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (options != NULL && !fv_versioned_copy(chosen, sizeof(*chosen), options))
        return FEDVAL_ERROR_ARGUMENT;
    return fedval_log_get_diagnosis(log) == 0 ? FEDVAL_ERROR_STATE : FEDVAL_OK;
}

static void know_party(fv_redactor *redactor, const fv_party *party)
{
    fv_redactor_know_person(redactor, party->user);
    fv_redactor_know_person(redactor, party->display);
    fv_redactor_know_host(redactor, party->domain);
}

/* Hosts are shown in fields, so they are shown within texts too. Users, callers and called, are
 * hidden in both. */
void fv_diagnosis_prepare(fv_redactor *redactor, const fedval_log *log, bool redact)
{
    fv_redactor_init(redactor, redact);
    for (size_t i = 0; redact && i < fedval_log_count_incidents(log); i++) {
        const fedval_incident *incident = fedval_log_get_incident(log, i);
        know_party(redactor, &incident->from);
        know_party(redactor, &incident->to);
        know_party(redactor, &incident->asserted);
        fv_redactor_know_host(redactor, incident->domain);
        fv_redactor_know_host(redactor, incident->other_domain);
        fv_redactor_know_host(redactor, incident->expected_name);
        fv_redactor_know_host(redactor, incident->reporter);
    }
}

fedval_status fv_diagnosis_hand_out(fv_redactor *redactor, fedval_status status, char *text,
                                    size_t len, char **out_text, size_t *out_len)
{
    bool is_short_of_memory = redactor->failed;
    fv_redactor_clear(redactor);
    if (status != FEDVAL_OK)
        return status;
    if (is_short_of_memory) {
        fedval_text_free(text);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    *out_text = text;
    if (out_len != NULL)
        *out_len = len;
    return FEDVAL_OK;
}
