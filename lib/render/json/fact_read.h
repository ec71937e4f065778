/* A member of "facts" in evidence. */
#ifndef FV_RENDER_JSON_FACT_READ_H
#define FV_RENDER_JSON_FACT_READ_H

#include "model/evidence.h"
#include "render/json/json_read.h"

/* Appends the fact that `object` tells of. False: the reader has been told what is wrong. */
bool fv_json_get_fact(fv_json_reader *reader, json_t *object, fedval_evidence *evidence);
/* Reads who gives the fact: from "sources", or from the text "source" where that is all there is
 * (source_read.c). */
bool fv_json_get_sources(fv_json_reader *reader, json_t *object, fedval_fact *fact);

#endif
