/* The members of a drift. drift.c fills them once; the renderers only read them. */
#ifndef FV_DRIFT_DRIFT_H
#define FV_DRIFT_DRIFT_H

#include "base/arena.h"
#include "fedval/drift.h"

typedef fedval_drift_item fv_drift_item;

struct fedval_drift_item {
    uint32_t what;            /* FEDVAL_CHANGED_ */
    uint32_t effect;          /* FEDVAL_CHANGE_ */
    const char *place;        /* NULL: the domain as a whole; "calling" for that certificate */
    uint32_t role;            /* FEDVAL_ROLE_ of the certificate; 0: not about one */
    const char *before, *now; /* NULL: nothing */
    bool is_renewal;
};

struct fedval_drift {
    fv_arena arena;
    const char *domain, *profile;
    uint32_t change; /* FEDVAL_CHANGE_ */
    fv_drift_item *items;
    size_t num_items, capacity;
    bool failed; /* memory ran short */
};

/* Add an item, and copy a text, into the drift. If memory is short, set `failed`, which stays
 * set. */
void fv_drift_add(fedval_drift *drift, const fv_drift_item *item);
const char *fv_drift_copy(fedval_drift *drift, const char *text);

#endif
