/* Judging: everything -> report. A pure function, for any number of threads at once. */
#ifndef FEDVAL_EVALUATE_H
#define FEDVAL_EVALUATE_H

#include "fedval/evidence.h"
#include "fedval/policy.h"
#include "fedval/report.h"
#include "fedval/trust.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Judges evidence. The same inputs give the same report, byte for byte.
 * @param policy its time, else that of the evidence, is the time judged at
 * @param anchors sealed; NULL: none @param crls NULL: none @param verifier NULL: trust is not
 * checked
 * @returns 0; NO_MEMORY; ARGUMENT, also when neither policy nor evidence holds a time; STATE for
 * anchors that are not sealed. Free with fedval_report_free.
 * Threads: any number at once on the same const inputs. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evaluate(const fedval_evidence *evidence,
                                         const fedval_policy *policy, const fedval_anchors *anchors,
                                         const fedval_crls *crls, const fedval_verifier *verifier,
                                         fedval_report **out_report);

/**
 * Whose domain it likely is, where the caller does not know: an SRV target that is a known hosting
 * provider (or one that the policy adds) suggests FEDVAL_SIDE_MICROSOFT, everything else
 * FEDVAL_SIDE_CISCO; FEDVAL_SIDE_UNKNOWN for NULL. fedval_evaluate does the same for a policy whose
 * side is unknown; this is for choosing the profile before. Threads: any. @since 0.1.0
 */
FEDVAL_API uint32_t fedval_side_infer(const fedval_evidence *evidence, const fedval_policy *policy);
/** The profile that judges a side's domain by default: FEDVAL_PROFILE_EXPRESSWAY for the Microsoft
 * side, FEDVAL_PROFILE_MICROSOFT_EDGE else. Threads: any. @since 0.1.0 */
FEDVAL_API uint32_t fedval_side_get_profile(uint32_t side);

/**
 * The same for programs that hold JSON: evidence in, report out.
 * @param policy_json "fedval-policy/1", NULL: microsoft-edge with its defaults
 * @param error may be NULL; says which document is at fault, and where
 * @param anchors, crls, verifier as fedval_evaluate
 * @param out_json malloc'ed, NUL-ended, free with fedval_text_free @param out_len bytes; may be
 * NULL
 * @returns 0; as fedval_evidence_new_from_json, fedval_policy_new_from_json and as fedval_evaluate.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evaluate_json(const char *evidence_json, size_t evidence_len,
                                              const char *policy_json, size_t policy_len,
                                              const fedval_anchors *anchors,
                                              const fedval_crls *crls,
                                              const fedval_verifier *verifier, char **out_json,
                                              size_t *out_len, fedval_error *error);

#ifdef __cplusplus
}
#endif

#endif
