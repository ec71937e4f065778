/* Reports that are shown as soon as their domain was gathered: judged by itself. At the end a
 * report is shown again only if domains that share its servers make another one of it. */
#ifndef EARLY_H
#define EARLY_H

#include "judge.h"

/* Shows the reports of what was taken last, if the judge `tells_early`. */
void early_tell(cmd_judge *judge);
/* Whether the report says the same as `early`, which was shown before; NULL: nothing was. If it
 * says something else, the output is told why it comes once more. */
bool early_is_shown(cmd_judge *judge, const fedval_report *report, const char *early);
void early_clear(const cmd_judge *judge, cmd_held *held);

#endif
