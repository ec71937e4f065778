/* A plan as HTML: the writers of its parts. */
#ifndef FV_RENDER_HTML_PLAN_H
#define FV_RENDER_HTML_PLAN_H

#include "mend/plan/plan.h"
#include "render/html/parts.h"

/* One step: what it is, when, on which side, and what to copy. */
void fv_html_plan_step(fv_html *out, const fedval_plan *plan, const fedval_plan_step *step);
/* The letters, to copy, and the other files, to open. */
fedval_status fv_html_plan_files(fv_html *out, const fedval_plan *plan);

#endif
