/* The texts of a finding: its templates from the catalogue, filled with its parameters. */
#ifndef FV_MODEL_FINDING_H
#define FV_MODEL_FINDING_H

#include "model/report.h"

/* Returns one text (FV_TEXT_) of a finding. Makes it if nobody has asked before. NULL: the
 * catalogue has none, or memory is short. Threads: any number may ask at once. */
const char *fv_finding_text(const fedval_finding *finding, uint32_t which);
/* Says where the values are in the message of a finding that has texts. `arena` holds the parts.
 * False: memory is short. */
bool fv_finding_find_values(const fedval_finding *finding, fv_arena *arena, fv_parts *out);
/* Whether two findings of one domain say the same, be it of the server's certificate or of the
 * one that calls. */
bool fv_finding_says_same(const fedval_finding *a, const fedval_finding *b);
/* Whether two findings of one domain have one message: they are of one code and role, and equal in
 * all that the message tells. */
bool fv_remark_is_same_message(const fv_remark *a, const fv_remark *b);
/* Whether the message tells the target and the address of the finding, or it has no target. */
bool fv_finding_tells_place(const fedval_finding *finding);
/* Makes all texts of the findings that were not made yet. False: memory is short. After true,
 * fv_finding_text cannot fail. */
bool fv_findings_make_texts(const fedval_finding *findings, size_t num_findings);
/* Make all texts of what was presented, or of reports. False: memory is short. Whoever writes a
 * document calls one of them first, so that the document has every text or is not written. */
bool fv_presented_make_texts(const fv_report_presented *presented);
bool fv_reports_make_texts(const fedval_report *const *reports, size_t num_reports);

/* Returns the calls that a FEDVAL_WAY_ (fedval/pair.h) hangs on, as a FEDVAL_DIRECTION_ mask; 0 for
 * an unknown way. */
uint32_t fv_way_directions(uint32_t way);

#endif
