/* fedval diagnose: what the logs themselves observed, judged by the rules of the live check. */
#ifndef OBSERVED_H
#define OBSERVED_H

#include "output.h"

#include <fedval/log.h>

/* Shows a report for each domain of which the SRV answer in the logs is faulty. */
void observed_judge(const fedval_log *log, cmd_output *output);

#endif
