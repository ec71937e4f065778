/* "fedval-report/1" -> its state, in two files: what is presented, and the rest. */
#ifndef FV_RENDER_STATE_READ_H
#define FV_RENDER_STATE_READ_H

#include "drift/state.h"
#include "render/json/pull.h"

typedef struct fv_state_reader {
    fv_pull pull;
    fedval_state *state;
    const char *format, *domain, *profile, *verdict;
} fv_state_reader;

/* state_read_certificate.c: whether the key is one of what was presented; then it was read. */
bool fv_state_read_presented(fv_state_reader *reader, fv_text key, fv_state_certificate *out,
                             bool *has_certificate);
/* The calling certificate. */
void fv_state_read_client(fv_state_reader *reader);

#endif
