/* The rows behind fedval/catalogue.h, and the filling of their templates. */
#ifndef FV_CATALOGUE_CATALOGUE_H
#define FV_CATALOGUE_CATALOGUE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "fedval/catalogue.h"

typedef fedval_symptom fv_symptom;

struct fedval_symptom {
    uint32_t seen_by;
    uint32_t direction;
    const char *code; /* "0xc3e93d6f", "1009", "504" */
    const char *name; /* "SIPPROXY_E_...", or NULL */
    const char *text;
};

/* A named value of a finding: the templates refer to it as {key}. Keys are static strings. */
typedef struct fv_param {
    const char *key;
    const char *value;
} fv_param;

struct fedval_catalogue_entry {
    uint32_t code;
    const char *id;
    uint32_t family;
    uint32_t severity;
    uint32_t requirement;
    uint32_t breaks;
    const char *meaning;
    const char *message;  /* template */
    const char *expected; /* template, or NULL: nothing in particular was wanted */
    const char *observed; /* template, or NULL */
    const char *remedy;   /* template */
    uint32_t cure;        /* FEDVAL_CURE_ */
    uint32_t hint;        /* FEDVAL_HINT_ */
    /* Who mends what a log of Expressway tells of, and who what one of Microsoft's tells of. */
    uint32_t mend_side_of_expressway, mend_side_of_microsoft;
    const char *log_remedy; /* template, where a log tells less than a check; or NULL */
    const char *source;
    uint32_t document; /* FV_DOCUMENT_: where the source is no RFC */
    const fv_symptom *symptoms;
    size_t num_symptoms;
};

/* Appends the template with each {key} replaced. A key that the finding does not have is written
 * as "not known", never left in braces and never guessed. */
void fv_template_append(fv_buf *buf, const char *text, const fv_param *params, size_t num_params);
/* The same into an arena; a text without parameters is given as it is. NULL: memory is short. */
const char *fv_template_fill(fv_arena *arena, const char *text, const fv_param *params,
                             size_t num_params);

#endif
