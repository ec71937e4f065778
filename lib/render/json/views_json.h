/* The member "views" of evidence. */
#ifndef FV_RENDER_JSON_VIEWS_JSON_H
#define FV_RENDER_JSON_VIEWS_JSON_H

#include "model/evidence.h"
#include "render/json/json.h"
#include "render/json/json_read.h"

void fv_json_put_views(fv_json *json, const fedval_evidence *evidence);
/* False: the reader has been told what is wrong. */
bool fv_json_get_views(fv_json_reader *reader, fedval_evidence *evidence);

#endif
