/* The runner: sessions -> backends -> evidence, any number of them on one thread. */
#ifndef FEDVAL_CHECK_H
#define FEDVAL_CHECK_H

#include "fedval/backend.h"
#include "fedval/evaluate.h"
#include "fedval/session.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Threads: one at a time, but for fedval_runner_wake and fedval_runner_cancel_all: any thread. */
typedef struct fedval_runner fedval_runner;

/** A session has ended: its evidence, handed over, or NULL with the status that ended it. */
typedef void (*fedval_runner_done)(uint64_t id, fedval_evidence *evidence, fedval_status status,
                                   void *user);

/** @since 0.1.0 */
FEDVAL_API fedval_status fedval_runner_new(fedval_runner **out_runner);
/** Accepts NULL. Unfinished sessions are dropped without a call back. The ports stay the caller's.
 * @since 0.1.0 */
FEDVAL_API void fedval_runner_free(fedval_runner *runner);
/** One more resolver; the n-th is view n. Borrowed; must outlive the runner. @since 0.1.0 */
FEDVAL_API fedval_status fedval_runner_append_resolver(fedval_runner *runner,
                                                       fedval_port *resolver);
/** The prober; NULL: probes get no fact ("not checked"). Borrowed. @since 0.1.0 */
FEDVAL_API fedval_status fedval_runner_set_prober(fedval_runner *runner, fedval_port *prober);
/** Milliseconds for one question, and for a whole session; each at least 1. Defaults 5,000 and
 * 30,000. @since 0.1.0 */
FEDVAL_API fedval_status fedval_runner_set_timeouts(fedval_runner *runner, int64_t question_ms,
                                                    int64_t session_ms);
/** At most so many questions under way in all. Default 256. @since 0.1.0 */
FEDVAL_API fedval_status fedval_runner_set_max_in_flight(fedval_runner *runner,
                                                         size_t max_questions);
/** Gives the time of day (seconds since 1970) for the facts; NULL: times stay unknown. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_runner_set_clock(fedval_runner *runner, int64_t (*now)(void *user),
                                                 void *user);
/**
 * Adds a session, whose ownership passes on success. @param done called once from run or step.
 * It may add further sessions. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_runner_add(fedval_runner *runner, fedval_session *session,
                                           fedval_runner_done done, void *user, uint64_t *out_id);
/** Runs until every session has ended. @returns 0; CANCELLED; NO_MEMORY; SYSTEM. @since 0.1.0 */
FEDVAL_API fedval_status fedval_runner_run(fedval_runner *runner);
/** One turn: waits at most wait_ms (-1: as long as needed). @param out_left sessions not ended.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_runner_step(fedval_runner *runner, int64_t wait_ms,
                                            size_t *out_left);
/** Ends a wait early. Any thread, any time. @since 0.1.0 */
FEDVAL_API void fedval_runner_wake(fedval_runner *runner);
/** Ends every session with CANCELLED at the next turn. Any thread. @since 0.1.0 */
FEDVAL_API void fedval_runner_cancel_all(fedval_runner *runner);

/**
 * A runner with one domain: gathers the evidence, blocking.
 * @param resolver, prober as for the runner. @returns 0; as fedval_session_new and
 * fedval_runner_run. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_check(const char *domain, const fedval_policy *policy,
                                      fedval_port *resolver, fedval_port *prober,
                                      int64_t timeout_ms, int64_t now,
                                      fedval_evidence **out_evidence, fedval_error *error);

#ifdef __cplusplus
}
#endif

#endif
