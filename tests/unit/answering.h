/* Facts, put into evidence. */
#ifndef FV_TEST_ANSWERING_H
#define FV_TEST_ANSWERING_H

#include <cmocka.h>

#include "fedval/evidence.h"

/* Gives `fact` its outcome, appends a copy of it, and frees it. */
static inline void add_fact(fedval_evidence *evidence, fedval_fact *fact, uint32_t outcome)
{
    assert_int_equal(fedval_fact_set_outcome(fact, outcome), FEDVAL_OK);
    assert_int_equal(fedval_evidence_append(evidence, fact), FEDVAL_OK);
    fedval_fact_free(fact);
}

#endif
