/* What PowerShell's test cmdlets print: where it begins, and where the next begins. */
#ifndef FV_LOGS_PRINTED_H
#define FV_LOGS_PRINTED_H

#include "logs/read/entry.h"

/* Whether a command, the table that it printed, its diagnosis or its exception begins at pos, the
 * first character of a word. */
bool fv_printed_is_start(const fv_sight *sight, size_t pos);
/* Whether the start at a position within an entry begins another one. */
bool fv_printed_breaks(const fv_sight *sight, const fv_entry *entry, size_t at);

#endif
