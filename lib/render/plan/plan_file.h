/* The files of a plan, ready to use. Every name in them is made of A-labels: nothing has to be
 * escaped. */
#ifndef FV_RENDER_PLAN_FILE_H
#define FV_RENDER_PLAN_FILE_H

#include "base/buf.h"
#include "mend/plan/plan.h"

/* An OpenSSL request configuration, and what to type into Expressway's page for requests
 * (requests.c). */
void fv_plan_write_config(fv_buf *out, const fedval_plan_certificate *certificate);
void fv_plan_write_page(fv_buf *out, const fedval_plan_certificate *certificate);
/* Appends "owner ttl IN type data", without a newline. */
void fv_plan_append_record(fv_buf *out, const fedval_plan_step *step);
/* How long the page's list of additional names gets, in characters, and how many names it has. */
#define FV_PLAN_PAGE_MOST 999
size_t fv_plan_page_length(const fedval_plan_certificate *certificate, size_t *out_num_names);
/* What a partner has to know (letter.c). */
void fv_plan_write_letter(fv_buf *out, const fedval_plan *plan, const fv_plan_partner *partner);

#endif
