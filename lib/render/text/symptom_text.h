/* The symptoms that each side sees, one on each line. */
#ifndef FV_RENDER_SYMPTOM_TEXT_H
#define FV_RENDER_SYMPTOM_TEXT_H

#include "catalogue/catalogue.h"
#include "render/text/out.h"

/* Writes two blocks, one for each direction of calls. Each has a heading. */
void fv_text_symptoms(fv_out *out, const fv_symptom *symptoms, size_t num_symptoms);
/* "Edge log: 0xc3e93d6f SIPPROXY_E_..." */
void fv_text_symptom(fv_out *out, const fv_symptom *symptom);

#endif
