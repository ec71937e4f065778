/* The words of a plan that its text, its HTML and its Markdown share. */
#ifndef FV_RENDER_PLAN_WORDS_H
#define FV_RENDER_PLAN_WORDS_H

#include "mend/plan/plan.h"
#include "render/text/out.h"

/* How much there is to do, and whether it breaks what works now; one line. */
void fv_plan_put_head(fv_out *out, const fedval_plan *plan);
/* "now", "after 1,2", or "or, for 3". */
void fv_plan_put_when(fv_out *out, const fedval_plan_step *step);
/* "add", "set the TTL": what is done to the record of a step in DNS. */
const char *fv_plan_change(const fedval_plan_step *step);
/* That record as a line of a zone file, and nothing else. */
void fv_plan_put_bare_record(fv_out *out, const fedval_plan_step *step);
/* The words for a step that is to be made in one change with others (`is_one_change`). */
extern const char fv_plan_one_change[];
/* The record, with those words where they apply. */
void fv_plan_put_record(fv_out *out, const fedval_plan_step *step);
/* How much of Expressway's page the names of a new certificate fill. */
void fv_plan_put_page_use(fv_out *out, const fedval_plan_certificate *certificate);
/* Whether what lies ready for a certificate will do; one line. */
void fv_plan_put_ready(fv_out *out, const fedval_plan_certificate *certificate);
/* Says why today's verdict is no pass: what was found, and what was not seen. */
void fv_plan_put_why_today(fv_out *out, const fedval_plan_domain *domain);
/* " with a new request in place of what will not do", if the verdict after all steps of the domain
 * comes from that. */
void fv_plan_put_in_place(fv_out *out, const fedval_plan *plan, const fedval_plan_domain *domain);
/* "judged again: R1 R2" */
void fv_plan_put_judged_again(fv_out *out, const fedval_plan *plan);
/* Whether an earlier finding says the same: one certificate in two roles has the same said twice.
 */
bool fv_plan_is_said_before(const fedval_finding *findings, size_t index);

#endif
