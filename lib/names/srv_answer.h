/* The SRV records of an answer, in the order in which they are tried. */
#ifndef FV_NAMES_SRV_ANSWER_H
#define FV_NAMES_SRV_ANSWER_H

#include "model/fact.h"

typedef struct fv_srv_answer {
    const fv_record **records; /* best first; FEDVAL_SRV_MAX_RECORDS at most */
    size_t num_records;
    size_t num_preferred; /* the first ones, any of which may be taken */
} fv_srv_answer;

/* An answer holds CNAMEs too: they are left out. 0; FEDVAL_ERROR_NO_MEMORY. */
fedval_status fv_srv_answer_order(fv_arena *arena, const fedval_fact *fact, fv_srv_answer *out);

#endif
