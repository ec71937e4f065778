/* What changed between two sets of states: those of two files, or of a file and a check. */
#ifndef DRIFTS_H
#define DRIFTS_H

#include "output.h"

#include <fedval/drift.h>

typedef struct kept_state {
    fedval_state *state;
    size_t order; /* in its file */
    bool is_used;
} kept_state;

typedef struct kept_drift {
    fedval_drift *drift;
    size_t order;
} kept_drift;

typedef struct cmd_drifts {
    cmd_output *output;
    bool redacts;       /* drifts are redacted before they are shown */
    kept_state *before; /* sorted by domain and profile, once drifts_begin was called */
    size_t num_before;
    fedval_state **pending; /* later states that no earlier one of their profile answers to */
    size_t num_pending;
    kept_drift *drifts;
    size_t num_drifts;
    size_t counts[5]; /* of domains, by FEDVAL_CHANGE_ */
    /* Something on that side could not be read: whether a domain is new, or gone, is not known. */
    bool is_before_short, is_now_short;
    size_t num_not_compared;
} cmd_drifts;

/* Each takes the state over. */
void drifts_add_before(cmd_drifts *drifts, fedval_state *state);
/* All earlier states are there. */
void drifts_begin(cmd_drifts *drifts);
void drifts_add_now(cmd_drifts *drifts, fedval_state *state);
/* All later states are there: writes what changed, the worse domains first, and notes the exit
 * status. */
void drifts_finish(cmd_drifts *drifts);
void drifts_clear(cmd_drifts *drifts);

#endif
