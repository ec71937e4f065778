/* The words that products write in the texts that this library knows. */
#ifndef FV_RENDER_REDACT_WORDS_H
#define FV_RENDER_REDACT_WORDS_H

#include "base/text.h"

/* Whether a word, letter case aside, stands in a text of the catalogue, or is one that products and
 * protocols use; so no name of a person, unless the person is called like such a word. */
bool fv_redact_is_common(fv_text word);

#endif
