/*
 * One chain judged by itself: its verdict, the paths that were tried, and what is wrong with them.
 * Neither DNS nor a server takes part.
 *
 * Would a partner accept this file for this host, at the time `now`?
 *
 *     fedval_certificate_list *list = NULL;
 *     fedval_chain_result *result = NULL;
 *     fedval_status status = fedval_certificate_list_new(pem, pem_len, &list, error);
 *     if (status == FEDVAL_OK) {
 *         status = fedval_chain_evaluate_list(judge, 0, list, "vcse.example.com", FEDVAL_NUL_ENDED,
 *                                             FEDVAL_PURPOSE_SERVER, now, &result);
 *     }
 *     for (size_t i = 0; i < fedval_chain_result_count_findings(result); i++)
 *         printf("%s\n", fedval_finding_get_message(fedval_chain_result_get_finding(result, i)));
 *     fedval_chain_result_free(result);
 *     fedval_certificate_list_free(list);
 */
#ifndef FEDVAL_CHAIN_H
#define FEDVAL_CHAIN_H

#include "fedval/certificate.h"
#include "fedval/judge.h"
#include "fedval/report.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The result for one chain. Threads: one writer, then any number of readers. */
typedef struct fedval_chain_result fedval_chain_result;

/**
 * Evaluates one chain: RFC 5280 section 6, RFC 4158.
 * @param judge sealed @param index which of its policies, below fedval_judge_count_policies
 * @param chain DER certificates, end-entity first, the rest in any order
 * @param chain_len the length of each @param num_certificates at least 1
 * @param name reference identity (host name or IP literal), name_len bytes; NULL: names are not
 * looked at
 * @param purpose FEDVAL_PURPOSE_
 * @param at the time to judge at, seconds since 1970; FEDVAL_TIME_UNKNOWN: that of the policy
 * @returns 0; NO_MEMORY; ARGUMENT, also when there is no time to judge at; STATE for a judge that
 * is not sealed. Flawed certificates are findings, not errors. Free with fedval_chain_result_free.
 * Threads: any number at once on the same const inputs. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_chain_evaluate(const fedval_judge *judge, size_t index,
                                               const uint8_t *const *chain, const size_t *chain_len,
                                               size_t num_certificates, const char *name,
                                               size_t name_len, uint32_t purpose, int64_t at,
                                               fedval_chain_result **out_result);
/**
 * The same of a chain as fedval_certificate_list_new and fedval_certificate_list_new_from_der read
 * it, for bindings that cannot well pass an array of pointers. Bytes after a certificate
 * in its PEM block are a finding.
 * @param chain end-entity first, at least one certificate @param judge, index, name, name_len,
 * purpose, at as fedval_chain_evaluate
 * @returns as fedval_chain_evaluate. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_chain_evaluate_list(const fedval_judge *judge, size_t index,
                                                    const fedval_certificate_list *chain,
                                                    const char *name, size_t name_len,
                                                    uint32_t purpose, int64_t at,
                                                    fedval_chain_result **out_result);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_chain_result_free(fedval_chain_result *result);
/**
 * Says which file the chain came from. It is shown in text and JSON, makes the origin of the
 * certificate FEDVAL_ORIGIN_FILE, and changes no verdict.
 * @param source UTF-8, copied; NULL takes the name away @returns 0; NO_MEMORY; ARGUMENT for no
 * result; SYNTAX for a text that holds a NUL. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_chain_result_set_source(fedval_chain_result *result,
                                                        const char *source, size_t source_len);
/**
 * Makes a result that can be sent on, as fedval_report_redact does of a report: the subjects and
 * issuers of certificates and the IP addresses are replaced; hosts stay, and the source
 * without its folders.
 * @param chain that was judged: findings may name certificates that lie on no path. NULL: only what
 * the result itself names is known
 * @returns 0; NO_MEMORY: the result is then to be freed, not shown; ARGUMENT for no result.
 * Threads: no other may use the result meanwhile. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_chain_result_redact(fedval_chain_result *result,
                                                    const fedval_certificate_list *chain);
/** The source that was set, valid until the next one is; NULL: none. @since 0.1.0 */
FEDVAL_API const char *fedval_chain_result_get_source(const fedval_chain_result *result);
/** FEDVAL_VERDICT_ (fedval/report.h) folded from all findings. @since 0.1.0 */
FEDVAL_API uint32_t fedval_chain_result_get_verdict(const fedval_chain_result *result);
/** Until when the accepted path holds, seconds since 1970: the earliest notAfter along it, and
 * nextUpdate of the CRLs that were relied on; FEDVAL_TIME_UNKNOWN without one. @since 0.1.0 */
FEDVAL_API int64_t fedval_chain_result_get_valid_until(const fedval_chain_result *result);
/** The time judged at, seconds since 1970. @since 0.1.0 */
FEDVAL_API int64_t fedval_chain_result_get_evaluated_at(const fedval_chain_result *result);
/** The policy that judged. Borrowed, as long as the result. @since 0.1.0 */
FEDVAL_API const fedval_policy *fedval_chain_result_get_policy(const fedval_chain_result *result);
/** FEDVAL_PURPOSE_ that it was judged for. @since 0.1.0 */
FEDVAL_API uint32_t fedval_chain_result_get_purpose(const fedval_chain_result *result);
/** The reference identity, normalised; NULL: names were not looked at. Borrowed, as long as the
 * result. @since 0.1.0 */
FEDVAL_API const char *fedval_chain_result_get_name(const fedval_chain_result *result);
/** As fedval_report_get_num_anchors. @since 0.1.0 */
FEDVAL_API size_t fedval_chain_result_get_num_anchors(const fedval_chain_result *result,
                                                      uint32_t anchor_class);
/** As fedval_report_get_anchors_sha256; borrowed, as long as the result. @since 0.1.0 */
FEDVAL_API const char *fedval_chain_result_get_anchors_sha256(const fedval_chain_result *result,
                                                              uint32_t anchor_class);
/** The certificate, how its name matches, whom it is trusted by, and the paths that were tried.
 * Borrowed, as long as the result. @since 0.1.0 */
FEDVAL_API const fedval_presented *
fedval_chain_result_get_presented(const fedval_chain_result *result);
/** How many paths were tried beyond those that the result lists. @since 0.1.0 */
FEDVAL_API size_t fedval_chain_result_get_num_paths_dropped(const fedval_chain_result *result);
/** How many findings there are: errors first, then what is indeterminate, warnings, notes.
 * @since 0.1.0 */
FEDVAL_API size_t fedval_chain_result_count_findings(const fedval_chain_result *result);
/** Returns finding `index`; NULL past the end. Borrowed, as long as the result. @since 0.1.0 */
FEDVAL_API const fedval_finding *fedval_chain_result_get_finding(const fedval_chain_result *result,
                                                                 size_t index);
/** As fedval_report_get_num_findings_left_out. @since 0.1.0 */
FEDVAL_API size_t fedval_chain_result_get_num_findings_left_out(const fedval_chain_result *result);

/** "fedval-chain/1" on one line. @param out_json malloc'ed, NUL-ended; free with fedval_text_free
 * @param out_len bytes; may be NULL @returns 0; NO_MEMORY; ARGUMENT. @since 0.1.0 */
FEDVAL_API fedval_status fedval_chain_result_to_json(const fedval_chain_result *result,
                                                     char **out_json, size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
