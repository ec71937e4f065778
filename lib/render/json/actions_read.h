/* Reads the actions of a report, or of a document of their own. */
#ifndef FV_RENDER_ACTIONS_READ_H
#define FV_RENDER_ACTIONS_READ_H

#include "base/arena.h"
#include "mend/apply.h"

#define FV_ACTIONS_MAX 1000

/* "fedval-actions/1" or "fedval-report/1". `is_lenient`: members that the format does not have are
 * passed over, whatever the document says. What is read lies in the arena. SYNTAX, FORMAT, LIMIT or
 * NO_MEMORY, with its place. */
fedval_status fv_actions_read(fv_arena *arena, const char *json, size_t json_len, bool is_lenient,
                              fv_given_actions *out, fedval_error *error);

/* ---- the record of an action on DNS (action_record.c) ---- */

/* Whether `text` can be a name in a zone, or a placeholder for one. */
bool fv_action_is_name(const char *text);
/* Fills in the rest of `action->record`, whose type and TTL are set, from `owner` and `data`. It
 * lies in the arena. SYNTAX: the data are not those of such a record. NO_MEMORY. */
fedval_status fv_action_read_record(fv_arena *arena, fv_report_action *action);

#endif
