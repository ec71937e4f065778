/* Writes fields, and finished texts, as they may be shown. */
#include "render/html/diagnosis.h"

void fv_html_diagnosis_take(fv_html_diagnosis *d)
{
    fv_html_take(&d->html, &d->text.out);
}

void fv_html_diagnosis_told(fv_html_diagnosis *d, fv_buf *told)
{
    fv_diagnosis_put_told(&d->text, told);
    fv_html_diagnosis_take(d);
}
