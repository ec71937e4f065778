/* Files, read whole and with a limit; "-" is standard input. */
#ifndef INPUTS_H
#define INPUTS_H

#include "output.h"

#define INPUT_LIMIT ((size_t)64 << 20)

typedef struct cmd_input {
    char *data; /* NUL-ended after its len bytes */
    size_t len;
} cmd_input;

/* Without a byte order mark in UTF-8. False when it cannot be read, or is larger than INPUT_LIMIT:
 * the output has been told. */
bool input_read(cmd_input *input, const char *path, cmd_output *output);
/* Drops the byte order mark that Windows editors put before a text in UTF-8, which is NUL-ended.
 * Returns how long the text is then. */
size_t input_drop_mark(char *data, size_t len);
/* Frees it, and leaves no copy in memory: whatever a file is read for, a key may stand in it. */
void input_clear(cmd_input *input);
/* What reports call a file: its name without the folders. */
const char *input_name(const char *path);

#endif
