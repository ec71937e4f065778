/* Zone files, and bare record lines. */
#ifndef ZONE_INPUT_H
#define ZONE_INPUT_H

#include "inputs.h"
#include "options.h"

#include <fedval/evidence.h>

/* Reads "FILE" or "ORIGIN=FILE". Lines without a SOA record are taken for the whole of their zone,
 * where it is known: from ORIGIN, $ORIGIN, names that end with a dot, or the one domain of the
 * command line. A SOA record is put behind them then, and a note says so. `out_origin` is "" where
 * the file needs none. False: the output has been told. */
bool zone_input_read(const cmd_settings *settings, const char *value, cmd_input *out,
                     char out_origin[FEDVAL_NAME_SIZE], cmd_output *output);
/* The name of a zone, which is the owner of its SOA record, without the last dot; "" where there is
 * none. `origin` is that of zone_input_read. */
void zone_input_apex(const cmd_input *input, const char *origin, char out[FEDVAL_NAME_SIZE]);
/* How many labels that name has. */
size_t zone_input_depth(const cmd_input *input, const char *origin);
/* The file of "ORIGIN=FILE". */
const char *zone_input_path(const char *value);

#endif
