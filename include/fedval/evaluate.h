/*
 * Evaluating: a judge and evidence go in, a report comes out. It is a pure function: no network and
 * no clock, and any number of threads may evaluate at once.
 *
 *     fedval_report *report = NULL;
 *     fedval_status status = fedval_evaluate(judge, 0, evidence, &report);
 *     if (status == FEDVAL_OK)
 *         printf("%s\n", fedval_verdict_to_string(fedval_report_get_verdict(report)));
 *     fedval_report_free(report);
 */
#ifndef FEDVAL_EVALUATE_H
#define FEDVAL_EVALUATE_H

#include "fedval/judge.h"
#include "fedval/report.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Judges evidence. The same inputs give the same report, byte for byte.
 * @param judge sealed @param index which of its policies, below fedval_judge_count_policies. Where
 * that policy has a second one for domains of the Microsoft side (fedval_judge_append_policy), the
 * domain's SRV target decides which of the two judges.
 * @param evidence its time is the time judged at, unless the policy has one
 * @returns 0; NO_MEMORY; ARGUMENT, also when neither policy nor evidence holds a time; STATE for a
 * judge that is not sealed. Free with fedval_report_free.
 * Threads: any number at once on the same const inputs. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evaluate(const fedval_judge *judge, size_t index,
                                         const fedval_evidence *evidence,
                                         fedval_report **out_report);

/**
 * Judges the evidence of several domains, each for itself and with the others: where two of them
 * share an address or a certificate, the same peers serve both, so each certificate has to hold the
 * targets of both (R8), and the actions ask for all names at once.
 * @param judge, index as fedval_evaluate @param evidence num_evidence of them, at least one
 * @param out_reports room for num_evidence reports, in the same order; each to be freed with
 * fedval_report_free
 * @returns as fedval_evaluate, for the first that cannot be judged; then no report is given.
 * Threads: as fedval_evaluate. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evaluate_together(const fedval_judge *judge, size_t index,
                                                  const fedval_evidence *const *evidence,
                                                  size_t num_evidence, fedval_report **out_reports);

/**
 * What if: judges evidence, and judges it again with actions of yours carried out in the place of
 * those that it would work out. The report's actions are the ones given, and its after_actions is
 * the verdict that comes of them; the rest of it is on the evidence as it is.
 * @param judge, index, evidence as fedval_evaluate
 * @param actions_json actions_len bytes: "fedval-actions/1", or a whole "fedval-report/1", of which
 * the actions are taken
 * @param out_report free with fedval_report_free
 * @param error may be NULL; says what is wrong with the actions, and where
 * @returns 0; as fedval_evaluate; SYNTAX, FORMAT, LIMIT for the actions; LIMIT also for evidence
 * that has no room for what they add. Threads: as fedval_evaluate. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evaluate_with_actions(const fedval_judge *judge, size_t index,
                                                      const fedval_evidence *evidence,
                                                      const char *actions_json, size_t actions_len,
                                                      fedval_report **out_report,
                                                      fedval_error *error);
/**
 * The same, but a member that the format of the actions does not have is passed over, whatever the
 * document says. @param judge, index, evidence, actions_json, actions_len, out_report, error as
 * fedval_evaluate_with_actions @returns as fedval_evaluate_with_actions. Threads: as
 * fedval_evaluate. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evaluate_with_actions_lenient(
    const fedval_judge *judge, size_t index, const fedval_evidence *evidence,
    const char *actions_json, size_t actions_len, fedval_report **out_report, fedval_error *error);

/**
 * fedval_evaluate for programs that hold JSON: evidence in, report out.
 * @param judge sealed; NULL: one without anchors and verifier, which checks no signatures
 * @param evidence_json evidence_len bytes
 * @param policy_json "fedval-policy/1", policy_len bytes, judges in place of the judge's policies;
 * NULL: its first policy does
 * @param error may be NULL; says which document is at fault, and where
 * @param out_json malloc'ed, NUL-ended, free with fedval_text_free @param out_len bytes; may be
 * NULL
 * @returns 0; as fedval_evidence_new_from_json, fedval_policy_new_from_json and as fedval_evaluate.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evaluate_json(const fedval_judge *judge, const char *evidence_json,
                                              size_t evidence_len, const char *policy_json,
                                              size_t policy_len, char **out_json, size_t *out_len,
                                              fedval_error *error);

#ifdef __cplusplus
}
#endif

#endif
