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

/* Each redacts where that was asked for; NULL writes nothing. */
void fv_diagnosis_put(fv_diagnosis_writer *w, const char *text);
void fv_diagnosis_put_prose(fv_diagnosis_writer *w, const char *text);

/* Call, people, hops and the machine that answered. seen: the incident that has the hops. */
void fv_diagnosis_put_ladder(fv_diagnosis_writer *w, const fedval_incident *incident,
                             const fedval_incident *seen);
/* One line of a log: what was said, where, when. */
void fv_diagnosis_put_event(fv_diagnosis_writer *w, const fedval_incident *incident, bool is_cause);

/* The words to send to the other side when the mend, or the answer, is or may be there; false when
 * there are none. */
bool fv_diagnosis_append_letter(fv_buf *buf, const fedval_log *log,
                                const fedval_incident *incident);

#endif
