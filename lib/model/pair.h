/* The members of a pair. mend/pair.c fills them once; the renderers only read them. */
#ifndef FV_MODEL_PAIR_H
#define FV_MODEL_PAIR_H

#include "fedval/pair.h"
#include "model/report.h"

#define FV_NUM_WAYS 4

struct fedval_pair_reason {
    uint32_t way;                  /* FEDVAL_WAY_ */
    uint32_t outlook;              /* FEDVAL_OUTLOOK_ */
    uint32_t side;                 /* FEDVAL_SIDE_ */
    const fedval_finding *finding; /* NULL: `requirement` was not checked */
    size_t finding_index;          /* in its report */
    uint32_t requirement;
};

struct fedval_pair {
    fv_arena arena;
    const fedval_report *cisco, *microsoft; /* borrowed */
    uint32_t outlooks[FV_NUM_WAYS + 1];     /* FEDVAL_OUTLOOK_, by FEDVAL_WAY_ */
    fedval_pair_reason *reasons;
    size_t num_reasons, capacity;
    bool is_perhaps_swapped; /* the Cisco side leads to Microsoft */
    /* FEDVAL_NOT_CHECKED_: what one of the reports has not looked at, or neither; each once */
    uint32_t *not_seen;
    size_t num_not_seen;
    const char *shared_server; /* the host or the address that both domains lead to; NULL: none */
    bool failed;               /* memory ran short */
};

#endif
