/* The words of pairs, changes and timelines that the text, HTML and Markdown forms share. */
#ifndef FV_RENDER_TEXT_WORDS_H
#define FV_RENDER_TEXT_WORDS_H

#include "drift/drift.h"
#include "drift/timeline.h"
#include "model/pair.h"
#include "render/text/out.h"

/* "requirement R2", "address of expe.example.com" */
void fv_text_changed(fv_out *out, const fv_drift_item *item);
/* "cert-expired (R7): the certificate ...", or "no more: cert-expires-soon (R7)". */
void fv_text_milestone_finding(fv_out *out, const fv_milestone_finding *finding);
/* Names the codes that the policy accepts. */
void fv_text_timeline_accepted(fv_out *out, const fedval_timeline *timeline);
/* "calls to Microsoft": a FEDVAL_WAY_. */
const char *fv_text_way(uint32_t way);
/* "srv-target-outside-domain (acano.steven.lab)", "R5 of skype.lab was not seen" */
void fv_text_reason(fv_out *out, const fedval_pair *pair, const fedval_pair_reason *reason);
/* Whether a reason of a way is shown: of a way that is broken only those that break it, and each
 * once. */
bool fv_text_is_reason_shown(const fedval_pair *pair, size_t index, uint32_t way);
/* What the outlooks of a pair rest on: some sentences, a line each. */
void fv_text_pair_basis(fv_out *out, const fedval_pair *pair);

#endif
