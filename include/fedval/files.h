/*
 * Files in place of the network: saved evidence that answers questions again, and the system's
 * public roots. The bundle of roots is the one file that the library opens itself; all other files
 * are read by the caller.
 *
 * Check a domain with answers that were saved at another place, `json`:
 *
 *     fedval_evidence *saved = NULL;
 *     fedval_port *resolver = NULL, *prober = NULL;
 *     fedval_status status = fedval_judge_append_system_roots(judge, error);
 *     if (status == FEDVAL_OK)
 *         status = fedval_evidence_new_from_json(json, json_len, &saved, error);
 *     if (status == FEDVAL_OK)
 *         status = fedval_replay_new(saved, &resolver);
 *     if (status == FEDVAL_OK)
 *         status = fedval_replay_new(saved, &prober);
 *
 * Hand both to fedval_check (fedval/check.h), and free them before `saved`.
 */
#ifndef FEDVAL_FILES_H
#define FEDVAL_FILES_H

#include "fedval/backend.h"
#include "fedval/judge.h"

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

/**
 * Where this system keeps its bundle of public roots (that of Mozilla as a rule): the first of the
 * places of Debian, Fedora, RHEL, SUSE, the BSDs and macOS that can be read.
 * @returns a static path; NULL: none. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_system_roots_get_path(void);
/**
 * Adds the roots of that bundle to a judge as public anchors: fedval_judge_append_anchors with the
 * file at fedval_system_roots_get_path.
 * @param error may be NULL
 * @returns as fedval_judge_append_anchors; NOT_FOUND when there is no bundle; SYSTEM when it cannot
 * be read; LIMIT above 64 MiB. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_judge_append_system_roots(fedval_judge *judge, fedval_error *error);

#ifdef __cplusplus
}
#endif

#endif
