/* The session: given a domain, a policy and the facts so far, what is needed next? No I/O. */
#ifndef FEDVAL_SESSION_H
#define FEDVAL_SESSION_H

#include "fedval/evidence.h"
#include "fedval/policy.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One session for one domain. Threads: one at a time. */
typedef struct fedval_session fedval_session;

/**
 * @param domain UTF-8, domain_len bytes @param policies num_policies of them (the questions are the
 * union of what they need); copied @param num_views how many resolvers are compared, at least 1
 * @param error may be NULL
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX for a text that is no domain. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_session_new(const char *domain, size_t domain_len,
                                            const fedval_policy *const *policies,
                                            size_t num_policies, uint32_t num_views,
                                            fedval_session **out_session, fedval_error *error);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_session_free(fedval_session *session);
/**
 * The next need that was not handed out yet, or NULL when there is none for now: every need handed
 * out may be outstanding at once. Borrowed for the life of the session.
 * @returns 0; NO_MEMORY; ARGUMENT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_session_next(fedval_session *session,
                                             const fedval_question **out_question);
/**
 * Supplies one fact (copied), in any order; also facts that were never asked for, which spare the
 * question. New needs may follow. @returns 0; NO_MEMORY; ARGUMENT; LIMIT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_session_supply(fedval_session *session, const fedval_fact *fact);
/** 1 when every need has its fact. @since 0.1.0 */
FEDVAL_API uint32_t fedval_session_is_done(const fedval_session *session);
/** The evidence so far. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_evidence *fedval_session_get_evidence(const fedval_session *session);
/** Sets the time of the evidence. @since 0.1.0 */
FEDVAL_API fedval_status fedval_session_set_time(fedval_session *session, int64_t time);
/** Hands the evidence over; the session is then good for fedval_session_free only. @since 0.1.0 */
FEDVAL_API fedval_evidence *fedval_session_take_evidence(fedval_session *session);

#ifdef __cplusplus
}
#endif

#endif
