/* The topics that a search has found. */
#ifndef FV_CATALOGUE_RESOLVE_H
#define FV_CATALOGUE_RESOLVE_H

#include "catalogue/topic.h"

typedef struct fv_finder {
    size_t *out;
    size_t max, count;
} fv_finder;

/* Adds a topic, unless it is there already or the list is full. */
static inline void fv_finder_add(fv_finder *finder, size_t topic)
{
    for (size_t i = 0; i < finder->count; i++) {
        if (finder->out[i] == topic)
            return;
    }
    if (finder->count < finder->max)
        finder->out[finder->count++] = topic;
}
/* Adds the topics that share the most words with the text, if they share more than half of its
 * words. */
void fv_finder_add_similar(fv_finder *finder, fv_text text);

#endif
