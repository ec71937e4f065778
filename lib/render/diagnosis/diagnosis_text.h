/* A diagnosis as text, under way. */
#ifndef FV_RENDER_DIAGNOSIS_TEXT_H
#define FV_RENDER_DIAGNOSIS_TEXT_H

#include "render/diagnosis/diagnosis.h"
#include "render/text/out.h"

#define FV_DIAGNOSIS_LABEL_COLUMN 9

typedef struct fv_diagnosis_writer {
    fv_out out;
    fv_redactor redactor;
    const fedval_log *log;
} fv_diagnosis_writer;

/* Shows a field as it may be shown, `what` being one of FV_SHOWN_; NULL writes nothing. */
void fv_diagnosis_put(fv_diagnosis_writer *w, uint32_t what, const char *text);
/* A text that was told with the writer's shower; clears the buffer. */
void fv_diagnosis_put_told(fv_diagnosis_writer *w, fv_buf *told);
/* NULL where nothing is redacted. */
const fv_shower *fv_diagnosis_shower(const fv_diagnosis_writer *w);

/* What nothing ties to a Microsoft side, in one block. */
void fv_diagnosis_put_unrelated(fv_diagnosis_writer *w);
/* What was read: formats, and how many answers of which status. */
void fv_diagnosis_put_sources(fv_diagnosis_writer *w);

/* Call, people, hops and the machine that answered. seen: the incident that has the hops. */
void fv_diagnosis_put_ladder(fv_diagnosis_writer *w, const fedval_incident *incident,
                             const fedval_incident *seen);
/* One line of a log: what was said, where, when. */
void fv_diagnosis_put_event(fv_diagnosis_writer *w, const fedval_incident *incident, bool is_cause);

#endif
