/*
 * The judge: all that judging needs beside the evidence. It is built by one thread, sealed once,
 * and then shared by any number of threads.
 *
 *     fedval_judge *judge = NULL;
 *     fedval_status status = fedval_judge_new(&judge);
 *     if (status == FEDVAL_OK)
 *         status = fedval_judge_set_verifier(judge, verifier);
 *     if (status == FEDVAL_OK)
 *         status = fedval_judge_append_anchors(judge, FEDVAL_ANCHOR_PUBLIC, pem, pem_len, error);
 *     if (status == FEDVAL_OK)
 *         status = fedval_judge_seal(judge);
 *     if (status == FEDVAL_OK)
 *         status = fedval_evaluate(judge, 0, evidence, &report);
 */
#ifndef FEDVAL_JUDGE_H
#define FEDVAL_JUDGE_H

#include "fedval/session.h"
#include "fedval/trust.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Anchors, CRLs, a signature verifier, and the policies to judge by. Threads: one while it is
 * built; once sealed it never changes and may be shared by any number of threads.
 */
typedef struct fedval_judge fedval_judge;

/** A judge that has nothing yet. @returns 0; NO_MEMORY; ARGUMENT for NULL. Free with
 * fedval_judge_free. @since 0.1.0 */
FEDVAL_API fedval_status fedval_judge_new(fedval_judge **out_judge);
/**
 * A judge with the same anchors, CRLs and verifier, without a policy, not yet sealed: what would
 * other policies say?
 * @param judge sealed
 * @returns 0; NO_MEMORY; ARGUMENT for NULL; STATE for a judge that is not sealed. Free with
 * fedval_judge_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_judge_copy(const fedval_judge *judge, fedval_judge **out_copy);
/** Accepts NULL. What it was given is freed with it where nobody else holds it. @since 0.1.0 */
FEDVAL_API void fedval_judge_free(fedval_judge *judge);

/**
 * Who checks signatures. Without a verifier they are not checked, and trust is unknown.
 * @param verifier shared: it may be freed before the judge
 * @returns 0; ARGUMENT for NULL; STATE once sealed, and when there is one already. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_judge_set_verifier(fedval_judge *judge,
                                                   const fedval_verifier *verifier);
/**
 * Adds every certificate of a file as an anchor: fedval_anchors_append on anchors of its own.
 * @param anchor_class FEDVAL_ANCHOR_ (fedval/trust.h)
 * @param data PEM or DER, as in fedval_anchors_append; likewise `data_len` and `error`
 * @returns as fedval_anchors_append; STATE also when fedval_judge_set_anchors was called.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_judge_append_anchors(fedval_judge *judge, uint32_t anchor_class,
                                                     const void *data, size_t data_len,
                                                     fedval_error *error);
/**
 * Anchors that several judges share. Sealing the judge seals them, with its verifier, where they
 * are not sealed yet.
 * @param anchors shared: they may be freed before the judge
 * @returns 0; ARGUMENT for NULL; STATE once sealed, and when there are anchors already.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_judge_set_anchors(fedval_judge *judge, fedval_anchors *anchors);
/**
 * Adds every CRL of a file: fedval_crls_append on CRLs of its own. Without CRLs revocation is not
 * checked.
 * @param data, data_len, error as fedval_crls_append
 * @returns as fedval_crls_append; STATE also when fedval_judge_set_crls was called. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_judge_append_crls(fedval_judge *judge, const void *data,
                                                  size_t data_len, fedval_error *error);
/**
 * CRLs that several judges share. Sealing the judge seals them.
 * @param crls shared: they may be freed before the judge @returns as fedval_judge_set_anchors.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_judge_set_crls(fedval_judge *judge, fedval_crls *crls);
/**
 * One more policy to judge by; each gives a report of its own.
 * @param policy copied
 * @param microsoft judges in its place a domain that seems to be one of the Microsoft side (its SRV
 * target is a hosting provider); copied; NULL: `policy` judges every domain
 * @returns 0; NO_MEMORY; ARGUMENT for NULL; STATE once sealed. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_judge_append_policy(fedval_judge *judge,
                                                    const fedval_policy *policy,
                                                    const fedval_policy *microsoft);
/**
 * Ends the building. A judge that was given no policy gets that of microsoft-edge for domains of
 * the Cisco side and that of expressway for those of the Microsoft side, each with its defaults.
 * @returns 0; NO_MEMORY, and then it can be sealed again; ARGUMENT for NULL; STATE when it is
 * sealed already; what the verifier's digest returns. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_judge_seal(fedval_judge *judge);

/** How many policies there are: at least one once it is sealed. @since 0.1.0 */
FEDVAL_API size_t fedval_judge_count_policies(const fedval_judge *judge);
/**
 * Returns the policy of row `index`. @param side FEDVAL_SIDE_MICROSOFT: the one that judges domains
 * of that side
 * @returns borrowed from the judge; NULL past the end. @since 0.1.0
 */
FEDVAL_API const fedval_policy *fedval_judge_get_policy(const fedval_judge *judge, size_t index,
                                                        uint32_t side);
/** Its anchors; NULL: none. Borrowed from the judge. @since 0.1.0 */
FEDVAL_API const fedval_anchors *fedval_judge_get_anchors(const fedval_judge *judge);
/** Its CRLs; NULL: none. Borrowed from the judge. @since 0.1.0 */
FEDVAL_API const fedval_crls *fedval_judge_get_crls(const fedval_judge *judge);

/**
 * A session that asks for all that the policies of a judge need: fedval_session_new with them.
 * @param judge sealed; nothing of it is kept @param domain, domain_len, num_views, error as
 * fedval_session_new
 * @returns as fedval_session_new; STATE for a judge that is not sealed. Free with
 * fedval_session_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_judge_new_session(const fedval_judge *judge, const char *domain,
                                                  size_t domain_len, uint32_t num_views,
                                                  fedval_session **out_session,
                                                  fedval_error *error);

#ifdef __cplusplus
}
#endif

#endif
