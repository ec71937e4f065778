/* Files with certificates: those of PKCS #12 are opened here, all other forms by the library. */
#ifndef CERTIFICATE_INPUT_H
#define CERTIFICATE_INPUT_H

#include "inputs.h"

/* As input_read. A PKCS #12 file is replaced by its certificates: it is opened without a password
 * if that is possible, else with the first line of the file `password_path` (NULL: there is none).
 */
bool certificate_input_read(cmd_input *input, const char *path, const char *password_path,
                            cmd_output *output);

#endif
