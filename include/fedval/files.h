/* What comes from files in place of the network: saved evidence played back, whose file the caller
 * reads; and the system's public roots, the one file that the library opens itself. */
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
