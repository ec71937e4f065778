/* The rows behind fedval/catalogue.h and fedval/topic.h, and the filling of their templates. */
#ifndef FV_CATALOGUE_CATALOGUE_H
#define FV_CATALOGUE_CATALOGUE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/value.h"
#include "fedval/topic.h"

typedef fedval_symptom fv_symptom;

struct fedval_symptom {
    uint32_t seen_by;
    uint32_t direction;
    const char *code; /* "0xc3e93d6f", "1009", "504" */
    const char *name; /* "SIPPROXY_E_...", or NULL */
    const char *text;
    bool is_diagnostics_id; /* `code` is an id of ms-diagnostics, not an HRESULT */
    bool is_code_in_text;   /* `text` begins with `code` */
    bool is_name_enough;    /* `text` says what `name` says, and no more */
};

/* A named value of a finding. The templates refer to it as {key}. Keys are static strings. */
typedef struct fv_param {
    const char *key;
    const char *value;
    uint32_t kind;         /* FV_VALUE_ of the value */
    const fv_parts *parts; /* of a FV_VALUE_LIST */
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
    /* Who mends the fault when a log of Expressway reports it, and who when a log of the Microsoft
     * side does. */
    uint32_t mend_side_of_expressway, mend_side_of_microsoft;
    /* template for a finding in a log, where a log says less than a check; or NULL */
    const char *log_remedy;
    const char *source;
    /* FV_DOCUMENT_, where the source is no RFC */
    uint32_t document;
    const fv_symptom *symptoms;
    size_t num_symptoms;
};

/* Whether a {key} begins at `brace`. */
bool fv_template_is_key(const char *brace);
/* Whether the template has this {key}. */
bool fv_template_has_key(const char *text, const char *key);
/* Appends the template, with the value of each {key} in its place. "not known" replaces a key that
 * the finding does not have. */
void fv_template_append(fv_buf *buf, const char *text, const fv_param *params, size_t num_params);
/* Fills a template into the arena; a text without parameters is returned as it is. Returns NULL
 * when memory is short. */
const char *fv_template_fill(fv_arena *arena, const char *text, const fv_param *params,
                             size_t num_params);
/* Fills a template as the value of another parameter, whose key is set: it says where the values
 * are in the text. Returns false when memory is short. */
bool fv_template_fill_list(fv_arena *arena, const char *text, const fv_param *params,
                           size_t num_params, fv_param *out);

#endif
