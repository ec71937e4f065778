/* One vector: evidence, policy and anchors, and the report that has to come of them. */
#ifndef VECTOR_H
#define VECTOR_H

#include "fedval/evaluate.h"
#include "model/report.h"

#include <jansson.h>
#include <stdbool.h>

typedef struct vector {
    const char *path;
    char *text;   /* of the file */
    json_t *root; /* of the file */
    /* of the domain that is judged; then those of domains that are judged with it */
    fedval_evidence **evidence;
    size_t num_evidence;
    fedval_policy *policy;
    fedval_anchors *anchors;
    fedval_crls *crls; /* NULL: none */
} vector;

/* Reads a file; complains on standard error. */
bool vector_load(const char *path, const fedval_verifier *verifier, vector *out);
void vector_clear(vector *v);
/* The report on the first domain, judged with the others. */
fedval_status vector_evaluate(const vector *v, const fedval_verifier *verifier,
                              fedval_report **out_report);

/* The report on the first domain, judged alone, with the actions of a document carried out. */
fedval_status vector_evaluate_with(const vector *v, const fedval_verifier *verifier,
                                   const char *actions_json, fedval_report **out_report);

/* Copies a vector, with the facts of its evidence in another order, that of `seed`. All else is
 * lent. False: it could not. Call vector_clear_shuffled in either case. */
bool vector_shuffle(const vector *v, uint32_t seed, vector *out);
void vector_clear_shuffled(vector *v);

/* What a report says, as it stands in the file under "expected". */
json_t *expected_from_report(const fedval_report *report);
/* The file's text with "expected" as given; malloc'ed. */
char *vector_text_with(const vector *v, json_t *expected);

#endif
