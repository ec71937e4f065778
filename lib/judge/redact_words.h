/* The words that products write in the texts that this library knows. */
#ifndef FV_JUDGE_REDACT_WORDS_H
#define FV_JUDGE_REDACT_WORDS_H

#include "base/arena.h"
#include "base/text.h"

/* The words, made when the first one is looked up: all zero before. */
typedef struct fv_common_words {
    fv_text *slots; /* a table of which at most half is used */
    size_t mask;    /* the number of slots is a power of 2: one less */
    size_t num_words;
} fv_common_words;

/* Whether a word, letter case aside, is in a text of the catalogue, or is one that products and
 * protocols use; so no name of a person, unless the person is called like such a word. False also
 * where memory is short: then `words->slots` is NULL. */
bool fv_redact_is_common(fv_common_words *words, fv_arena *arena, fv_text word);
/* Whether `c` stands between the words of a text that somebody wrote. */
bool fv_redact_is_mark(char c);
/* Returns where the word at `from` ends; dots and colons at its end belong to the sentence. */
size_t fv_redact_end_of_word(fv_text text, size_t from);

#endif
