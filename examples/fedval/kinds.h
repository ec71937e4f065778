/* What a file is that was given in place of a document. */
#ifndef KINDS_H
#define KINDS_H

#include <stdbool.h>
#include <stddef.h>

/* Names what `text` is, which was not read as JSON or YAML, and the command for it. NULL: not
 * known, or it may well be a document. Text is NUL-ended after its len bytes. */
const char *kinds_tell(const char *text, size_t len);
/* Whether `text`, NUL-ended likewise, is an intent in YAML: a line of it says so. */
bool kinds_is_intent(const char *text, size_t len);

#endif
