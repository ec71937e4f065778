/* Markup around and within the words of a log that was pasted from a page, a mail or a chat. */
#ifndef FV_LOGS_MARKUP_H
#define FV_LOGS_MARKUP_H

#include "logs/read/spacing.h"

/* Reads a tag, a link or a mark of bold text at `at`. Returns false if there is none. */
bool fv_markup_read(fv_bytes piece, size_t at, fv_symbol *out);

#endif
