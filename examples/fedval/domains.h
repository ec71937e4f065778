/* Domains from a file, and arguments that are the names of files. */
#ifndef DOMAINS_H
#define DOMAINS_H

#include "options.h"
#include "output.h"

/* Appends the domains of --domains to the inputs. False when the file cannot be read: the output
 * has been told. */
bool domains_read(cmd_settings *settings, cmd_output *output);
/* Says on standard error which arguments are the names of files. */
void domains_warn(const cmd_settings *settings);

#endif
