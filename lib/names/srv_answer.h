/* The SRV records of an answer, in the order in which a client tries them. */
#ifndef FV_NAMES_SRV_ANSWER_H
#define FV_NAMES_SRV_ANSWER_H

#include "model/fact.h"

typedef struct fv_srv_answer {
    const fv_record **records; /* best first; FEDVAL_SRV_MAX_RECORDS at most */
    size_t num_records;
    /* how many records at the beginning share the best rank; the Edge may take any of them */
    size_t num_preferred;
} fv_srv_answer;

/* Orders the SRV records of an answer, and leaves out the CNAMEs that it may hold as well. Returns
 * FEDVAL_OK or FEDVAL_ERROR_NO_MEMORY. */
fedval_status fv_srv_answer_order(fv_arena *arena, const fedval_fact *fact, fv_srv_answer *out);

#endif
