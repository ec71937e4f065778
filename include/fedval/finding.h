/*
 * Findings: one coded statement each, of what is wrong or worth knowing. The codes, and what the
 * library knows of each whether or not it was found, are in fedval/catalogue.h. A finding is the
 * same object in a report, in the result of a chain and in a path:
 *
 *     const fedval_finding *finding = fedval_report_get_finding(report, 0);
 *     printf("%s: %s\n", fedval_finding_code_to_string(fedval_finding_get_code(finding)),
 *            fedval_finding_get_message(finding));
 *
 * Functions that take no object may be called from any thread.
 */
#ifndef FEDVAL_FINDING_H
#define FEDVAL_FINDING_H

#include "fedval/catalogue.h"
#include "fedval/certificate.h"
#include "fedval/time.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Whether somebody accepted a finding (fedval_policy_append_acceptance). */
enum {
    FEDVAL_ACCEPTANCE_IN_FORCE = 1, /**< "accepted": it does not count for the verdict */
    FEDVAL_ACCEPTANCE_EXPIRED = 2   /**< "expired": it was accepted, and counts again */
};

/**
 * The word of a code (FEDVAL_ACCEPTANCE_), as JSON has it.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_acceptance_to_string(uint32_t acceptance);
/**
 * The code of a word: the inverse of fedval_acceptance_to_string.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_acceptance_from_string(const char *text, size_t text_len,
                                                       uint32_t *out_acceptance);

/**
 * One coded statement. It is the same object in a report, in a chain result and in a path.
 * Texts are NULL where there is none. Threads: any number of readers; it lives as long as the
 * report or the chain result that holds it.
 */
typedef struct fedval_finding fedval_finding;

/** FEDVAL_FINDING_ (fedval/catalogue.h); fedval_catalogue_find knows more of it. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_get_code(const fedval_finding *finding);
/** FEDVAL_SEVERITY_ (fedval/catalogue.h) under the profile that judged. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_get_severity(const fedval_finding *finding);
/**
 * Of srv-standby-faulty: FEDVAL_FINDING_ of what is wrong with the standby; 0: none. @since 0.1.0
 */
FEDVAL_API uint32_t fedval_finding_get_fault(const fedval_finding *finding);
/** The requirement that it is about, 1 to 8 for R1 to R8; 0: none. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_get_requirement(const fedval_finding *finding);
/** Mask of FEDVAL_DIRECTION_ (fedval/catalogue.h): which calls it breaks. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_get_breaks(const fedval_finding *finding);
/** 1 when it breaks a FEDVAL_WAY_ (fedval/pair.h), else 0. Presence hangs on calls in both
 * directions, and a call back on calls from Microsoft. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_is_breaking(const fedval_finding *finding, uint32_t way);
/** FEDVAL_ACCEPTANCE_: whether somebody accepted it; 0: nobody did. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_get_acceptance(const fedval_finding *finding);
/**
 * From which second on it counts again, seconds since 1970; FEDVAL_TIME_UNKNOWN: it is accepted
 * without an end, or nobody accepted it. @since 0.1.0
 */
FEDVAL_API int64_t fedval_finding_get_accepted_until(const fedval_finding *finding);
/** 1 when one of the report's actions mends it, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_is_mended(const fedval_finding *finding);
/**
 * One line: what was seen. Borrowed. This text and the three below are made when they are asked for
 * first; where memory is short then, they are the catalogue's, with their {places} left open.
 * @since 0.1.0
 */
FEDVAL_API const char *fedval_finding_get_message(const fedval_finding *finding);
/** What was wanted. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_finding_get_expected(const fedval_finding *finding);
/** What was seen in its place. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_finding_get_observed(const fedval_finding *finding);
/** What to change, on which side. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_finding_get_remedy(const fedval_finding *finding);
/** Where the rule comes from: an RFC section or product behaviour. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_finding_get_source(const fedval_finding *finding);
/** The SRV target that it concerns; NULL: none in particular. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_finding_get_target(const fedval_finding *finding);
/** The IP address that it concerns; NULL: none in particular. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_finding_get_address(const fedval_finding *finding);
/** The port that it concerns; 0: none in particular. @since 0.1.0 */
FEDVAL_API uint16_t fedval_finding_get_port(const fedval_finding *finding);
/**
 * The certificate that it concerns, for people ("CN=Lab CA"); NULL: none. Borrowed. @since 0.1.0
 */
FEDVAL_API const char *fedval_finding_get_certificate(const fedval_finding *finding);
/**
 * The SHA-256 of that certificate, in lower-case hexadecimal: certificates of one name are told
 * apart by it. NULL: none, or redacted. Borrowed. @since 0.1.0
 */
FEDVAL_API const char *fedval_finding_get_certificate_sha256(const fedval_finding *finding);
/**
 * The same certificate, decoded when it is first asked for. Borrowed. NULL: there is none, it
 * cannot be decoded or is redacted, or memory is short. @since 0.1.0
 */
FEDVAL_API const fedval_certificate *
fedval_finding_get_decoded_certificate(const fedval_finding *finding);
/** FEDVAL_ROLE_ (fedval/question.h) of that certificate; 0: none. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_get_role(const fedval_finding *finding);
/** Which of the report's endpoints it concerns; SIZE_MAX: none in particular. @since 0.1.0 */
FEDVAL_API size_t fedval_finding_get_endpoint_index(const fedval_finding *finding);
/** Which of that endpoint's addresses; SIZE_MAX: none in particular. @since 0.1.0 */
FEDVAL_API size_t fedval_finding_get_address_index(const fedval_finding *finding);
/** How many named values it holds, those of its message and remedy. @since 0.1.0 */
FEDVAL_API size_t fedval_finding_count_params(const fedval_finding *finding);
/** The name of one of them, "target"; NULL past the end. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_finding_get_param_name(const fedval_finding *finding, size_t index);
/** Its value; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_finding_get_param_value(const fedval_finding *finding, size_t index);
/** How many symptoms are known. @since 0.1.0 */
FEDVAL_API size_t fedval_finding_count_symptoms(const fedval_finding *finding);
/** Returns symptom `index`; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_symptom *fedval_finding_get_symptom(const fedval_finding *finding,
                                                            size_t index);

#ifdef __cplusplus
}
#endif

#endif
