/* The files of a plan, written into a folder. */
#ifndef PLAN_FILES_H
#define PLAN_FILES_H

#include "output.h"

#include <fedval/plan.h>

/* Makes the folder where it is not there, and puts each file in the place of one of that name.
 * False: the output has been told. */
bool plan_files_write(const fedval_plan *plan, const char *folder, cmd_output *output);
/* Says what was written, and what each file is for. */
void plan_files_list(const fedval_plan *plan, const char *folder, cmd_output *output);

#endif
