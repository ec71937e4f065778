/*
 * The session: it knows a domain, the policies and the facts so far, and says which questions are
 * still to be asked. It does no I/O: your program asks them, in any way it likes, and supplies the
 * facts. (fedval/check.h has a runner that does all this with backends.)
 *
 *     const fedval_question *question = NULL;
 *     fedval_session *session = NULL;
 *     fedval_status status = fedval_judge_new_session(judge, "example.com", FEDVAL_NUL_ENDED, 1,
 *                                                     &session, error);
 *     while (status == FEDVAL_OK && !fedval_session_is_done(session)) {
 *         fedval_fact *fact = NULL;
 *         status = fedval_session_next(session, &question);
 *         if (status == FEDVAL_OK)
 *             status = fedval_fact_new(question, &fact);
 *         if (status == FEDVAL_OK)
 *             status = answer(question, fact);
 *         if (status == FEDVAL_OK)
 *             status = fedval_session_supply(session, fact);
 *         fedval_fact_free(fact);
 *     }
 *     if (status == FEDVAL_OK)
 *         evidence = fedval_session_take_evidence(session);
 *     fedval_session_free(session);
 *
 * `answer` is your function: it appends records to the fact and sets its outcome.
 */
#ifndef FEDVAL_SESSION_H
#define FEDVAL_SESSION_H

#include "fedval/evidence.h"
#include "fedval/policy.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * One session for one domain. It asks for the SRV records that the policies look up; for A and
 * AAAA of each target; and for one probe of each address at the target's port. Where a policy
 * holds an edge FQDN, the session asks for that host at port 5061 and looks up no SRV record.
 * Hosting providers are followed like any target. The target ".", address literals and other texts
 * that are no host name are not followed. Private addresses are probed only where a policy allows
 * it: otherwise the zone of a stranger could point a checker at the network that it runs in.
 *
 * View 0 decides which targets and addresses are followed; the other views are asked the same, to
 * be compared. Of each SRV answer the records are followed best first (the Edge's order), up to the
 * largest max-targets of the policies; of A and AAAA each the first max-addresses are probed. No
 * more is asked than the 10,000 questions that evidence has room for.
 *
 * Threads: one at a time.
 */
typedef struct fedval_session fedval_session;

/**
 * A session that asks for all that several policies need.
 * @param domain UTF-8, `domain_len` bytes @param policies `num_policies` of them; nothing of them
 * is kept @param num_views how many resolvers are compared, at least 1 @param error may be NULL
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX for a text that is no domain, or one so long that the
 * name of its SRV record is too long for DNS. Free with fedval_session_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_session_new(const char *domain, size_t domain_len,
                                            const fedval_policy *const *policies,
                                            size_t num_policies, uint32_t num_views,
                                            fedval_session **out_session, fedval_error *error);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_session_free(fedval_session *session);
/**
 * Gives the next question that it has not given yet. Several questions may be open at once: call it
 * until it gives NULL, and again after each fedval_session_supply, which can raise new questions.
 * @param out_question borrowed for the life of the session; NULL: no new question
 * @returns 0; ARGUMENT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_session_next(fedval_session *session,
                                             const fedval_question **out_question);
/**
 * Supplies one fact, which is copied, in any order. A fact that was not asked for is welcome: its
 * question need not be asked any more. Example: a probe fact without an address, such as a chain
 * from a file, answers for every address of its host. New questions may follow. After an error some
 * of those may be missing; supply the same fact again.
 * @returns 0; NO_MEMORY; ARGUMENT, also for a fact without an outcome; LIMIT as
 * fedval_evidence_append. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_session_supply(fedval_session *session, const fedval_fact *fact);
/**
 * Says that a question will get no fact, for example because there is no prober. The report then
 * says "not checked".
 * @returns 0; ARGUMENT; NOT_FOUND for a question that the session does not have. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_session_skip(fedval_session *session,
                                             const fedval_question *question);
/** 1 when every question has its fact or was skipped, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_session_is_done(const fedval_session *session);
/** The evidence so far. Borrowed; NULL after it was taken. @since 0.1.0 */
FEDVAL_API const fedval_evidence *fedval_session_get_evidence(const fedval_session *session);
/** Sets the time of the evidence, seconds since 1970. @returns 0; ARGUMENT; STATE after it was
 * taken. @since 0.1.0 */
FEDVAL_API fedval_status fedval_session_set_time(fedval_session *session, int64_t time);
/** Hands the evidence over; the session is then good for fedval_session_free only. @since 0.1.0 */
FEDVAL_API fedval_evidence *fedval_session_take_evidence(fedval_session *session);

#ifdef __cplusplus
}
#endif

#endif
