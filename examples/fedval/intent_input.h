/* An intent from a file, with the files that it names. */
#ifndef INTENT_INPUT_H
#define INTENT_INPUT_H

#include "options.h"
#include "output.h"

#include <fedval/intent.h>

/* JSON or YAML. The files that it names lie beside it. Its zones and its roots are added to those
 * of the settings; what is allocated for that is in `out_paths`, to be freed behind them. False
 * when something cannot be used: the output has been told. */
bool intent_input_read(const char *path, cmd_settings *settings, fedval_intent **out_intent,
                       cmd_values *out_paths, cmd_output *output);
void intent_paths_clear(cmd_values *paths);

#endif
