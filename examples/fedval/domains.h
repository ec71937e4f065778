/* Domains from a file, and arguments that are the names of files. */
#ifndef DOMAINS_H
#define DOMAINS_H

#include "options.h"
#include "output.h"

/* Appends the domains of --domains to the inputs. False when the file cannot be read, or is of
 * another kind: the output has been told. */
bool domains_read(cmd_settings *settings, cmd_output *output);
/* Returns the line of --domains that holds input `index`; 0: an argument. */
uint32_t domains_get_line(const cmd_settings *settings, size_t index);
/* Says on standard error which arguments are the names of files. */
void domains_warn(const cmd_settings *settings);
/* Says on standard error that a domain of one label is seldom one. */
void domains_doubt(const char *domain);

#endif
