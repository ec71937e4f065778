/* The writer of a diagnosis as text. */
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

/* Writes a field as it may be shown. `what` is one of FV_SHOWN_; NULL as `text` writes nothing. */
void fv_diagnosis_put(fv_diagnosis_writer *w, uint32_t what, const char *text);
/* Writes a text whose fields went through the writer's shower; clears the buffer. */
void fv_diagnosis_put_told(fv_diagnosis_writer *w, fv_buf *told);
/* Returns NULL if nothing is redacted. */
const fv_shower *fv_diagnosis_shower(const fv_diagnosis_writer *w);

/* Writes all lines that nothing ties to a Microsoft side, in one block. */
void fv_diagnosis_put_unrelated(fv_diagnosis_writer *w);
/* Writes what was read: formats, and the number of answers by status. */
void fv_diagnosis_put_sources(fv_diagnosis_writer *w);

/* Writes call, people, hops and the machine that answered. `seen` is the incident that has the
 * hops. */
void fv_diagnosis_put_ladder(fv_diagnosis_writer *w, const fedval_incident *incident,
                             const fedval_incident *seen);
/* Writes one line of a log: the words, the place and the time. */
void fv_diagnosis_put_event(fv_diagnosis_writer *w, const fedval_incident *incident, bool is_cause);

/* Returns "to the Cisco side" or "to the Microsoft side": where the letter goes; static. */
const char *fv_diagnosis_letter_to(const fv_diagnosis_writer *w, const fedval_incident *incident);
/* What to do before a check of what no check sees. */
#define FV_DIAGNOSIS_CALL_AGAIN "call again; of DNS and certificates alone"

/* The parts of these, without line ends and indentation: the HTML form has the same words. */
void fv_diagnosis_put_head(fv_diagnosis_writer *w);
void fv_diagnosis_put_repetition(fv_diagnosis_writer *w, size_t group);
void fv_diagnosis_put_call(fv_diagnosis_writer *w, const fedval_incident *incident);
void fv_diagnosis_put_people(fv_diagnosis_writer *w, const fedval_incident *incident);
void fv_diagnosis_put_hop(fv_diagnosis_writer *w, const fedval_incident *incident, size_t hop);
void fv_diagnosis_put_answerer(fv_diagnosis_writer *w, const fedval_incident *incident,
                               const fedval_incident *seen);
/* The code and the words of one entry. */
void fv_diagnosis_put_words_of(fv_diagnosis_writer *w, const fedval_incident *incident);
/* Where the incidents of a group are that nothing ties to a partner. */
void fv_diagnosis_put_unrelated_place(fv_diagnosis_writer *w, size_t group);
void fv_diagnosis_put_source(fv_diagnosis_writer *w, size_t source);
#endif
