/* Topics that were found for a text. */
#ifndef FV_CATALOGUE_RESOLVE_H
#define FV_CATALOGUE_RESOLVE_H

#include "catalogue/topic.h"

typedef struct fv_finder {
    size_t *out;
    size_t max, count;
} fv_finder;

/* Once, and while there is room. */
static inline void fv_finder_add(fv_finder *finder, size_t topic)
{
    for (size_t i = 0; i < finder->count; i++) {
        if (finder->out[i] == topic)
            return;
    }
    if (finder->count < finder->max)
        finder->out[finder->count++] = topic;
}
/* The topics that hold the most of the text's words, if that is more than half of them. */
void fv_finder_add_similar(fv_finder *finder, fv_text text);

#endif
