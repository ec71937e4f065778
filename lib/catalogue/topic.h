/* Everything that can be explained, numbered in one sequence over all tables. */
#ifndef FV_CATALOGUE_TOPIC_H
#define FV_CATALOGUE_TOPIC_H

#include "base/text.h"
#include "catalogue/catalogue.h"
#include "catalogue/guide.h"
#include "catalogue/sentences.h"

typedef struct fv_topic {
    uint32_t kind;   /* FEDVAL_TOPIC_ */
    uint32_t number; /* among those of its kind; 0: it has none */
    const char *name;
    const char *meaning;
    uint32_t finding;
    uint32_t certainty; /* FEDVAL_CERTAINTY_; 0: it is no finding about a product */
    uint32_t document;  /* FV_DOCUMENT_; NONE: the entry's source says it, or it is unsure */
    uint32_t look;      /* mask of FV_LOOK_; of a place its own */
    const fv_cause *causes;
    size_t num_causes;
    const char *advice;
    const fedval_catalogue_entry *entry; /* of a finding; NULL for the other kinds */
    const fv_concept *concept;           /* of a requirement or a profile */
    const fv_look *place;
    const fv_range *range;
} fv_topic;

/* Returns false past the end. */
bool fv_topic_at(size_t index, fv_topic *out);
/* Returns the topic of fv_looks[place]. */
size_t fv_topic_of_place(size_t place);

#endif
