/* A diagnosis as HTML: the writers of its parts. */
#ifndef FV_RENDER_HTML_DIAGNOSIS_H
#define FV_RENDER_HTML_DIAGNOSIS_H

#include "logs/incidents/tell.h"
#include "render/diagnosis/diagnosis_text.h"
#include "render/html/parts.h"

/* `text` writes fields as they may be shown, for the parts that are told as the text form tells
 * them. */
typedef struct fv_html_diagnosis {
    fv_html html;
    fv_diagnosis_writer text;
} fv_html_diagnosis;

/* Writes what `text` holds, escaped, and empties it. */
void fv_html_diagnosis_take(fv_html_diagnosis *d);
/* Writes a text whose fields went through the shower; clears the buffer. */
void fv_html_diagnosis_told(fv_html_diagnosis *d, fv_buf *told);

/* One group of incidents that say the same: ladder, cause, what to change, what to send. */
void fv_html_diagnosis_story(fv_html_diagnosis *d, size_t group);
#endif
