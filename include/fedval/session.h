/* The session: given a domain, a policy and the facts so far, what is needed next? No I/O. */
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
 * holds an edge FQDN, that host at port 5061 stands in place of SRV. Hosting providers are
 * followed like any target. Not followed: the target ".", address literals and other texts that
 * are no host name; and, unless a policy allows private addresses, no address that is not public
 * is probed, so that a stranger's zone cannot point a checker at the network that it stands in.
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
 * @param domain UTF-8, domain_len bytes @param policies num_policies of them (the questions are the
 * union of what they need); nothing of them is kept @param num_views how many resolvers are
 * compared, at least 1 @param error may be NULL
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX for a text that is no domain, or one so long that the
 * name of its SRV record cannot stand in DNS. Free with fedval_session_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_session_new(const char *domain, size_t domain_len,
                                            const fedval_policy *const *policies,
                                            size_t num_policies, uint32_t num_views,
                                            fedval_session **out_session, fedval_error *error);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_session_free(fedval_session *session);
/**
 * The next need that was not handed out yet, or NULL when none is left to hand out: every need
 * handed out may be outstanding at once. Borrowed for the life of the session.
 * @returns 0; ARGUMENT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_session_next(fedval_session *session,
                                             const fedval_question **out_question);
/**
 * Supplies one fact (copied), in any order; also facts that were never asked for, which spare the
 * question: a probe fact without an address (a chain from a file) spares the probe of every address
 * of its host. New needs may follow. After an error the evidence may lack needs that the fact gave
 * rise to; supplying it again mends that.
 * @returns 0; NO_MEMORY; ARGUMENT, also for a fact without an outcome; LIMIT as
 * fedval_evidence_append. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_session_supply(fedval_session *session, const fedval_fact *fact);
/**
 * This need will get no fact (there is no prober, say): what hangs on it is "not checked".
 * @returns 0; ARGUMENT; NOT_FOUND for a question that the session does not have. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_session_skip(fedval_session *session,
                                             const fedval_question *question);
/** 1 when every need has its fact or was skipped. @since 0.1.0 */
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
