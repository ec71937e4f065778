/* The lines of a monitoring plugin. */
#ifndef FEDVAL_EXAMPLE_PLUGIN_H
#define FEDVAL_EXAMPLE_PLUGIN_H

#include "output.h"

/* Writes what the library rendered for a plugin behind what could not be judged, of which there is
 * some. The performance data stays on the first line: what follows a bar further down would be read
 * as data. */
void plugin_write(cmd_output *output, const char *text, size_t text_len);

#endif
