/* Writes a field, or a finished text, as it may be shown. */
#include "render/diagnosis/diagnosis_text.h"

#include "logs/incidents/story.h"
#include "logs/log.h"

void fv_diagnosis_put(fv_diagnosis_writer *w, uint32_t what, const char *text)
{
    fv_out_text(&w->out, fv_redact(&w->redactor, what, text));
}

const char *fv_diagnosis_letter_to(const fv_diagnosis_writer *w, const fedval_incident *incident)
{
    bool is_to_cisco = fv_letter_side(&w->log->store, incident) == FEDVAL_MEND_SIDE_CISCO;
    return is_to_cisco ? "to the Cisco side" : "to the Microsoft side";
}

const fv_shower *fv_diagnosis_shower(const fv_diagnosis_writer *w)
{
    return w->redactor.on ? &w->redactor.shower : NULL;
}

void fv_diagnosis_put_told(fv_diagnosis_writer *w, fv_buf *told)
{
    w->redactor.failed = w->redactor.failed || told->failed;
    if (!told->failed && told->data != NULL)
        fv_out_prose(&w->out, told->data, FV_DIAGNOSIS_LABEL_COLUMN);
    fv_buf_clear(told);
}
