/* The evidence of a vector with its facts in another order, as if the answers had come so. */
#include "vector.h"

#include "model/evidence.h"

#include <stdlib.h>

/* A sequence that looks random and is the same everywhere. */
static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Seed 0 turns the order round. */
static void put_in_order(size_t *order, size_t count, uint32_t seed)
{
    uint32_t state = seed;
    for (size_t i = 0; i < count; i++)
        order[i] = seed == 0 ? count - 1 - i : i;
    for (size_t i = count; seed != 0 && i > 1; i--) {
        size_t other = next(&state) % i, last = order[i - 1];
        order[i - 1] = order[other];
        order[other] = last;
    }
}

static fedval_status append_all(const fedval_evidence *from, uint32_t seed, fedval_evidence *to)
{
    fedval_status status = fedval_evidence_set_time(to, from->time);
    size_t *order = calloc(from->num_facts + 1, sizeof(*order));
    if (order == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    put_in_order(order, from->num_facts, seed);
    for (uint32_t view = 0; status == FEDVAL_OK && view < from->num_views; view++)
        status = fedval_evidence_set_view(to, view, from->views[view]);
    for (size_t i = 0; status == FEDVAL_OK && i < from->num_facts; i++)
        status = fedval_evidence_append(to, from->facts[order[i]]);
    free(order);
    return status;
}

void vector_clear_shuffled(vector *v)
{
    for (size_t i = 0; i < v->num_evidence; i++)
        fedval_evidence_free(v->evidence[i]);
    free(v->evidence);
}

bool vector_shuffle(const vector *v, uint32_t seed, vector *out)
{
    fedval_status status = FEDVAL_OK;
    *out = *v;
    out->evidence = calloc(v->num_evidence, sizeof(fedval_evidence *));
    out->num_evidence = 0;
    for (size_t i = 0; out->evidence != NULL && status == FEDVAL_OK && i < v->num_evidence; i++) {
        const fedval_evidence *from = v->evidence[i];
        status = fedval_evidence_new(from->domain_given, FEDVAL_NUL_ENDED, &out->evidence[i], NULL);
        if (status != FEDVAL_OK)
            break;
        out->num_evidence++;
        status = append_all(from, seed, out->evidence[i]);
    }
    return out->evidence != NULL && status == FEDVAL_OK;
}
