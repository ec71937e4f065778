/* Output of PowerShell's test cmdlets: where it begins, and where the next one begins. */
#ifndef FV_LOGS_PRINTED_H
#define FV_LOGS_PRINTED_H

#include "logs/read/entry.h"

/* Whether output begins at `pos`, the first character of a word: a command, its table, its
 * diagnosis or its exception. */
bool fv_printed_is_start(const fv_sight *sight, size_t pos);
/* Whether the start at `at`, inside `entry`, begins another entry. */
bool fv_printed_breaks(const fv_sight *sight, const fv_entry *entry, size_t at);

#endif
