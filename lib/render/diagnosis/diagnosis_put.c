/* Texts of a diagnosis: each is redacted where that was asked for, and then printed. */
#include "render/diagnosis/diagnosis_text.h"

void fv_diagnosis_put(fv_diagnosis_writer *w, const char *text)
{
    fv_out_text(&w->out, fv_redact(&w->redactor, text));
}

void fv_diagnosis_put_prose(fv_diagnosis_writer *w, const char *text)
{
    const char *shown = fv_redact(&w->redactor, text);
    if (shown != NULL)
        fv_out_prose(&w->out, shown, FV_DIAGNOSIS_LABEL_COLUMN);
}
