/* The word that somebody meant. */
#ifndef NEAR_H
#define NEAR_H

#include <stddef.h>

/* The one of the words that is nearest to a mistyped one; NULL: none is near. */
const char *near_word(const char *mistyped, const char *const *words, size_t num_words);
/* The same among the words of a sentence, "cisco or microsoft": copied to `out`, "" where none is
 * near. */
void near_word_in(const char *mistyped, const char *sentence, char *out, size_t out_size);
/* The code of a finding that is nearest to a mistyped one; NULL: none is near. */
const char *near_finding(const char *mistyped);

#endif
