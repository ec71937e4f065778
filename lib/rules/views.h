/* Comparing the answers that different servers give to one question. */
#ifndef FV_RULES_VIEWS_H
#define FV_RULES_VIEWS_H

#include "rules/rule.h"

/* Returns whether two answers are the same. TTLs and the order of records do not count: they differ
 * among healthy servers. */
bool fv_views_same(const fedval_fact *a, const fedval_fact *b);
/* Returns whether `fact` says something about the zone. A server that gave no answer says
 * nothing. */
bool fv_views_is_answer(const fedval_fact *fact);
/* Returns whether another view has records where `fact`, of the judged view, has none, and nothing
 * tells which of the two partners get. */
bool fv_views_is_open(const fedval_evidence *evidence, const fedval_fact *fact);
/* Returns whether the answers of `view` and of the judged one differ, and nothing tells which of
 * the two views partners have. */
bool fv_views_is_undecided(const fedval_evidence *evidence, uint32_t view);
/* Returns the source of the answers of a view, as long as `evidence` lives. NULL: none says one. */
const char *fv_views_source(const fedval_evidence *evidence, uint32_t view);
/* Returns the first records of the answer as text, or the name of the outcome if there are none. */
const char *fv_views_answer(fv_rule_context *context, const fedval_fact *fact);

#endif
