/* Facts that do not come from the network: chains from PEM files, and saved evidence played back.
 * Part of libfedval itself; the caller reads the files. */
#ifndef FEDVAL_FILES_H
#define FEDVAL_FILES_H

#include "fedval/backend.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A chain from a PEM text, as the fact that stands for every address of its host: outcome
 * `not-probed`, the certificates in the order of the text (end-entity first). Blocks that are not
 * CERTIFICATE are passed over, so a file with the private key beside the chain will do.
 * @param host NULL only for a client chain @param port 0: every port
 * @param role FEDVAL_ROLE_ @param pem, pem_len the text; at most 16 MiB
 * @param source said in the report ("file vcse.pem"); NULL: not said
 * @param error may be NULL; names the line
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX for a host that is none, a damaged block, a text without
 * a certificate; LIMIT. Free with fedval_fact_free. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_new_from_pem(const char *host, uint16_t port, uint32_t role,
                                                  const char *pem, size_t pem_len,
                                                  const char *source, fedval_fact **out_fact,
                                                  fedval_error *error);

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
