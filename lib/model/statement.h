/* The texts of a finding: its templates from the catalogue, filled with its parameters. */
#ifndef FV_MODEL_STATEMENT_H
#define FV_MODEL_STATEMENT_H

#include "model/report.h"

/* Returns one text (FV_TEXT_) of a statement. Makes it if nobody has asked before. NULL: the
 * catalogue has none, or memory is short. Threads: any number may ask at once. */
const char *fv_statement_text(const fv_statement *statement, uint32_t which);
/* Says where the values are in the message of a statement that has texts. `arena` holds the parts.
 * False: memory is short. */
bool fv_statement_find_values(const fv_statement *statement, fv_arena *arena, fv_parts *out);
/* Whether two statements of one domain say the same, be it of the server's certificate or of the
 * one that calls. */
bool fv_statement_says_same(const fv_statement *a, const fv_statement *b);
/* Whether two findings of one domain have one message: they are of one code and role, and equal in
 * all that the message tells. */
bool fv_finding_is_same_message(const fv_finding *a, const fv_finding *b);
/* Whether the message tells the target and the address of the finding, or it has no target. */
bool fv_statement_tells_place(const fv_statement *statement);
/* Makes all texts of the statements that were not made yet. False: memory is short. After true,
 * fv_statement_text cannot fail. */
bool fv_statements_make_texts(const fv_statement *statements, size_t num_statements);
/* Make all texts of what was presented, or of reports. False: memory is short. Whoever writes a
 * document calls one of them first, so that the document has every text or is not written. */
bool fv_presented_make_texts(const fv_report_presented *presented);
bool fv_reports_make_texts(const fedval_report *const *reports, size_t num_reports);

/* Returns the calls that a FEDVAL_WAY_ (fedval/pair.h) hangs on, as a FEDVAL_DIRECTION_ mask; 0 for
 * an unknown way. */
uint32_t fv_way_directions(uint32_t way);

#endif
