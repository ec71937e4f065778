/* Saved evidence played back in place of the network. Part of libfedval itself; the caller reads
 * the files. */
#ifndef FEDVAL_FILES_H
#define FEDVAL_FILES_H

#include "fedval/backend.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A resolver and prober in one that answers from evidence: what was gathered at one place is
 * checked again at another. A question that the evidence has nothing on ends with NOT_FOUND, so
 * that fedval_port_new_either can ask somebody else.
 * @param evidence borrowed; must outlive the port, and must not be appended to meanwhile
 * @returns 0; NO_MEMORY; ARGUMENT. Both faces; free with fedval_port_free. Threads: one at a time.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_replay_new(const fedval_evidence *evidence, fedval_port **out_port);

#ifdef __cplusplus
}
#endif

#endif
