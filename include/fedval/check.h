/*
 * Checking: the runner takes sessions, asks their questions of the backends, and hands over the
 * evidence. It runs any number of sessions on one thread.
 *
 * For one domain a single call does. It blocks, here for 30 seconds at most:
 *
 *     fedval_evidence *evidence = NULL;
 *     fedval_report *report = NULL;
 *     fedval_status status = fedval_check(judge, "example.com", FEDVAL_NUL_ENDED, resolver, prober,
 *                                         30000, (int64_t)time(NULL), &evidence, error);
 *     if (status == FEDVAL_OK)
 *         status = fedval_evaluate(judge, 0, evidence, &report);
 *     if (status == FEDVAL_OK)
 *         printf("%s\n", fedval_verdict_to_string(fedval_report_get_verdict(report)));
 *     fedval_report_free(report);
 *     fedval_evidence_free(evidence);
 *
 * examples/check-domain.c is a whole program, examples/many-domains.c checks many domains at once.
 */
#ifndef FEDVAL_CHECK_H
#define FEDVAL_CHECK_H

#include "fedval/backend.h"
#include "fedval/evaluate.h"
#include "fedval/session.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Runs sessions: it asks their questions of the ports, supplies the facts, and ends each session in
 * time. A port with the event-driven face serves any number of questions at once. A port that has
 * only the simple face is asked one question after the other, and blocks the runner meanwhile.
 * Where several sessions have the same question open, it is asked once.
 *
 * Threads: one at a time, but for fedval_runner_wake and fedval_runner_cancel_all: any thread, as
 * long as the runner is not freed meanwhile. It reads the monotonic clock, and no other.
 */
typedef struct fedval_runner fedval_runner;

/**
 * A session has ended: its evidence, handed over (free with fedval_evidence_free), or NULL with
 * the status that ended it (CANCELLED, NO_MEMORY, what a port returned). It may add sessions to the
 * runner; it must not free, run or step it.
 */
typedef void (*fedval_runner_done)(uint64_t id, fedval_evidence *evidence, fedval_status status,
                                   void *user);

/** @returns 0; NO_MEMORY; ARGUMENT; SYSTEM when no pipe can be had. Free with fedval_runner_free.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_runner_new(fedval_runner **out_runner);
/** Accepts NULL. Unfinished sessions are dropped without a call back. The ports stay the caller's.
 * @since 0.1.0 */
FEDVAL_API void fedval_runner_free(fedval_runner *runner);
/**
 * One more resolver. The first is asked what a session asks of view 0, the second of view 1, and so
 * on (fedval/session.h); a question of a view without a resolver gets no fact.
 * Borrowed; must outlive the runner. An event-driven port is attached until the runner is freed.
 * @returns 0; NO_MEMORY; ARGUMENT; STATE for a port that something else drives; what its attach
 * returns. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_runner_append_resolver(fedval_runner *runner,
                                                       fedval_port *resolver);
/** The prober; without one probes get no fact ("not checked"). Borrowed; must outlive the runner.
 * @returns as fedval_runner_append_resolver; STATE also when there is one already. @since 0.1.0 */
FEDVAL_API fedval_status fedval_runner_set_prober(fedval_runner *runner, fedval_port *prober);
/**
 * Milliseconds for one question, and for a whole session from its first question on; each at least
 * 1. Defaults 5,000 and 30,000. What is open when a session's time is up gets a `timeout` fact.
 * @returns 0; ARGUMENT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_runner_set_timeouts(fedval_runner *runner, int64_t question_ms,
                                                    int64_t session_ms);
/** Sets how many questions of all sessions may be open at once, at least 1. Default 256.
 * @returns 0; ARGUMENT. @since 0.1.0 */
FEDVAL_API fedval_status fedval_runner_set_max_in_flight(fedval_runner *runner,
                                                         size_t max_questions);
/**
 * Sets for how many milliseconds an answer also serves the same question of other sessions. It
 * saves questions in a run over many domains that share targets. The runner keeps the latest 4,096
 * answers; this call forgets them. Default 0: no answer is kept.
 * @returns 0; ARGUMENT for less than 0. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_runner_set_reuse(fedval_runner *runner, int64_t reuse_ms);
/** Gives the time of day (seconds since 1970) for facts that carry none, and for the evidence;
 * NULL: times stay unknown. @returns 0; ARGUMENT. @since 0.1.0 */
FEDVAL_API fedval_status fedval_runner_set_clock(fedval_runner *runner, int64_t (*now)(void *user),
                                                 void *user);
/**
 * Adds a session, whose ownership passes on success. Sessions begin in the order in which they
 * were added, as fast as the questions under way allow.
 * @param done called once from run or step @param out_id may be NULL
 * @returns 0; NO_MEMORY; ARGUMENT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_runner_add(fedval_runner *runner, fedval_session *session,
                                           fedval_runner_done done, void *user, uint64_t *out_id);
/**
 * Ends one session: its `done` is called with CANCELLED before this returns. Questions that no
 * other session waits for are given up.
 * @param id as fedval_runner_add gave it
 * @returns 0; ARGUMENT for NULL; NOT_FOUND where no session has this id any longer; STATE from
 * within a call back. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_runner_cancel(fedval_runner *runner, uint64_t id);
/** Runs until every session has ended. @returns 0; ARGUMENT for NULL; CANCELLED when
 * fedval_runner_cancel_all ended them; NO_MEMORY; SYSTEM; STATE from within a call back. @since
 * 0.1.0 */
FEDVAL_API fedval_status fedval_runner_run(fedval_runner *runner);
/**
 * One turn: starts what can be started, waits at most wait_ms (-1: as long as needed, until
 * something happens or fedval_runner_wake is called), and handles what has happened. Without any
 * session it does not wait.
 * @param out_left sessions not ended; may be NULL. @returns as fedval_runner_run, 0 also when
 * sessions are left. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_runner_step(fedval_runner *runner, int64_t wait_ms,
                                            size_t *out_left);
/*
 * A runner inside an event loop of one's own: watch its descriptors for fedval_runner_get_wait_ms
 * milliseconds at most, then call fedval_runner_step with wait_ms 0; ask again after each step.
 */

/** How many descriptors it waits for, that of fedval_runner_wake among them; 0 for NULL.
 * @since 0.1.0 */
FEDVAL_API size_t fedval_runner_count_descriptors(const fedval_runner *runner);
/** Returns descriptor `index`, which is valid until the next step; -1 past the end. @param
 * out_events mask of FEDVAL_IO_ that it waits for; may be NULL. @since 0.1.0 */
FEDVAL_API int32_t fedval_runner_get_descriptor(const fedval_runner *runner, size_t index,
                                                uint32_t *out_events);
/** Milliseconds until the next step is due whatever the descriptors do; 0: at once; -1: only when
 * one of them is ready, or a session is added. @since 0.1.0 */
FEDVAL_API int64_t fedval_runner_get_wait_ms(const fedval_runner *runner);

/** Ends a wait early. Any thread, any time, signal handlers too. @since 0.1.0 */
FEDVAL_API void fedval_runner_wake(fedval_runner *runner);
/** Ends every session with CANCELLED at the next turn. Any thread. @since 0.1.0 */
FEDVAL_API void fedval_runner_cancel_all(fedval_runner *runner);

/**
 * A runner with one domain: gathers the evidence that a judge needs, blocking.
 * @param judge sealed @param domain UTF-8, domain_len bytes @param resolver, prober as for the
 * runner; NULL: none
 * @param timeout_ms for the whole, at least 1; one question has as much
 * @param now seconds since 1970, the time of the facts and of the evidence; FEDVAL_TIME_UNKNOWN:
 * they carry none @param error may be NULL
 * @returns 0; as fedval_judge_new_session and as fedval_runner_run. Free with fedval_evidence_free.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_check(const fedval_judge *judge, const char *domain,
                                      size_t domain_len, fedval_port *resolver, fedval_port *prober,
                                      int64_t timeout_ms, int64_t now,
                                      fedval_evidence **out_evidence, fedval_error *error);

#ifdef __cplusplus
}
#endif

#endif
