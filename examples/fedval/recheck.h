/* fedval diagnose --check: the live check of what the logs complain of. */
#ifndef RECHECK_H
#define RECHECK_H

#include "options.h"
#include "output.h"

#include <fedval/log.h>

void recheck(const cmd_settings *settings, fedval_log *log, cmd_output *output);

#endif
