/* The report: verdict, requirements, endpoints, findings, actions. Functions that take no object
 * may be called from any thread; texts live as long as their report. */
#ifndef FEDVAL_REPORT_H
#define FEDVAL_REPORT_H

#include "fedval/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    FEDVAL_VERDICT_PASS = 1,
    FEDVAL_VERDICT_FAIL = 2,
    FEDVAL_VERDICT_INDETERMINATE = 3,
    FEDVAL_VERDICT_NOT_CHECKED = 4, /**< of a requirement only */
};

/** Whether the Edge may take an SRV record first, or only in place of a better one. */
enum { FEDVAL_RANK_PREFERRED = 1, FEDVAL_RANK_STANDBY = 2 };

/** How a step on the way to a server stands: its SRV record, an address, TLS there, the name and
 * the chain of the certificate. */
enum {
    FEDVAL_MARK_SOUND = 1,      /**< "sound": seen, and nothing is wrong */
    FEDVAL_MARK_WARNING = 2,    /**< "warning" */
    FEDVAL_MARK_OPEN = 3,       /**< "open": seen, and what was seen does not decide */
    FEDVAL_MARK_BROKEN = 4,     /**< "broken" */
    FEDVAL_MARK_NOT_JUDGED = 5, /**< "not-judged": outside of what was asked for, or nothing to
                                     judge it by */
    FEDVAL_MARK_NOT_ASKED = 6   /**< "not-asked": nobody looked */
};

/** The steps on the way to a server, in the order in which they are taken. */
enum {
    FEDVAL_STEP_SRV = 1,     /**< "srv" */
    FEDVAL_STEP_ADDRESS = 2, /**< "address" */
    FEDVAL_STEP_TLS = 3,     /**< "tls" */
    FEDVAL_STEP_NAME = 4,    /**< "name" */
    FEDVAL_STEP_CHAIN = 5    /**< "chain" */
};

/** Where a certificate was seen. */
enum {
    FEDVAL_ORIGIN_PROBE = 1,   /**< "probe": a server presented it */
    FEDVAL_ORIGIN_FILE = 2,    /**< "file": it was given in place of a probe */
    FEDVAL_ORIGIN_EVIDENCE = 3 /**< "evidence": the evidence does not say */
};

/** How a name in a change list is to be treated. */
enum { FEDVAL_OP_ADD = 1, FEDVAL_OP_REPLACE = 2, FEDVAL_OP_REMOVE = 3, FEDVAL_OP_KEEP = 4 };
/** What an action touches. */
enum {
    FEDVAL_ACTION_DNS = 1,
    FEDVAL_ACTION_SAN = 2,
    FEDVAL_ACTION_TRUST = 3,
    FEDVAL_ACTION_PARTNER = 4
};

/** The word in JSON for a verdict; static, NULL for an unknown code. @since 0.1.0 */
FEDVAL_API const char *fedval_verdict_to_string(uint32_t verdict);
/** The word in JSON for a rank; static, NULL for an unknown code. @since 0.1.0 */
FEDVAL_API const char *fedval_rank_to_string(uint32_t rank);
/** The word in JSON for the mark of a step; static, NULL for an unknown code. @since 0.1.0 */
FEDVAL_API const char *fedval_mark_to_string(uint32_t mark);
/** The word in JSON for a step; static, NULL for an unknown code. @since 0.1.0 */
FEDVAL_API const char *fedval_step_to_string(uint32_t step);
/** The word in JSON for an origin; static, NULL for an unknown code. @since 0.1.0 */
FEDVAL_API const char *fedval_origin_to_string(uint32_t code);
/** The word in JSON for an operation; static, NULL for an unknown code. @since 0.1.0 */
FEDVAL_API const char *fedval_op_to_string(uint32_t op);
/** The word in JSON for what an action touches; static, NULL for an unknown code. @since 0.1.0 */
FEDVAL_API const char *fedval_action_kind_to_string(uint32_t kind);
/** The inverse. @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. @since 0.1.0 */
FEDVAL_API fedval_status fedval_verdict_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_verdict);
/** The inverse. @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. @since 0.1.0 */
FEDVAL_API fedval_status fedval_rank_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_rank);
/** The inverse. @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. @since 0.1.0 */
FEDVAL_API fedval_status fedval_op_from_string(const char *text, size_t text_len, uint32_t *out_op);
/** The inverse. @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. @since 0.1.0 */
FEDVAL_API fedval_status fedval_mark_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_mark);
/** The inverse. @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. @since 0.1.0 */
FEDVAL_API fedval_status fedval_step_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_step);
/** The inverse. @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. @since 0.1.0 */
FEDVAL_API fedval_status fedval_origin_from_string(const char *text, size_t text_len,
                                                   uint32_t *out_origin);
/** The inverse. @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. @since 0.1.0 */
FEDVAL_API fedval_status fedval_action_kind_from_string(const char *text, size_t text_len,
                                                        uint32_t *out_kind);

/** One report. It never changes; any number of threads may read it. */
typedef struct fedval_report fedval_report;

/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_report_free(fedval_report *report);
/** FEDVAL_VERDICT_ of the whole report; never NOT_CHECKED. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_verdict(const fedval_report *report);
/**
 * Verdict of requirement 1..8 (R8 is judged by plans only); NOT_CHECKED for any other number.
 * @since 0.1.0
 */
FEDVAL_API uint32_t fedval_report_get_requirement(const fedval_report *report,
                                                  uint32_t requirement);
/** The domain as A-labels. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_domain(const fedval_report *report);
/** FEDVAL_SIDE_ (fedval/policy.h) that was judged. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_side(const fedval_report *report);
/** 1 when the side was not given but inferred from the SRV targets, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_is_side_inferred(const fedval_report *report);
/** FEDVAL_PROFILE_ (fedval/policy.h) that judged. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_profile(const fedval_report *report);
/** The time judged at, seconds since 1970. @since 0.1.0 */
FEDVAL_API int64_t fedval_report_get_evaluated_at(const fedval_report *report);
/** The earliest time at which a requirement that passes now would fail; FEDVAL_TIME_UNKNOWN: none
 * known. @since 0.1.0 */
FEDVAL_API int64_t fedval_report_get_valid_until(const fedval_report *report);
/** The verdict once all actions are carried out. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_after_actions(const fedval_report *report);

/** The domain as it was given. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_domain_given(const fedval_report *report);
/** FEDVAL_SCOPE_ (fedval/policy.h): what was judged. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_scope(const fedval_report *report);
/** When the evidence was gathered; FEDVAL_TIME_UNKNOWN when it does not say. @since 0.1.0 */
FEDVAL_API int64_t fedval_report_get_gathered_at(const fedval_report *report);
/** How many things were not checked. @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_not_checked(const fedval_report *report);
/** One of them as it stands in the JSON ("user-policy"); NULL past the end. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_not_checked(const fedval_report *report, size_t index);

/* Endpoints: the SRV targets, best first. Past the end texts are NULL and numbers 0. */

/** How many endpoints there are. @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_endpoints(const fedval_report *report);
/** The SRV target, as received. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_endpoint_target(const fedval_report *report,
                                                         size_t endpoint);
/** The port. @since 0.1.0 */
FEDVAL_API uint16_t fedval_report_get_endpoint_port(const fedval_report *report, size_t endpoint);
/** The priority; 0 also where SRV was not consulted. @since 0.1.0 */
FEDVAL_API uint16_t fedval_report_get_endpoint_priority(const fedval_report *report,
                                                        size_t endpoint);
/** The weight; 0 also where SRV was not consulted. @since 0.1.0 */
FEDVAL_API uint16_t fedval_report_get_endpoint_weight(const fedval_report *report, size_t endpoint);
/** Seconds that the SRV record may be kept; 0 also where SRV was not consulted. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_endpoint_ttl(const fedval_report *report, size_t endpoint);
/** FEDVAL_RANK_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_endpoint_rank(const fedval_report *report, size_t endpoint);
/** FEDVAL_SRV_MATCH_ (fedval/name.h); 0 where SRV was not consulted. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_endpoint_srv_match(const fedval_report *report,
                                                         size_t endpoint);
/** How many addresses an endpoint has; a chain from a file without an address counts as one.
 * @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_addresses(const fedval_report *report, size_t endpoint);
/** The IP address; NULL when it is not known. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_address(const fedval_report *report, size_t endpoint,
                                                 size_t address);
/** FEDVAL_OUTCOME_ (fedval/evidence.h) of the probe; 0: not asked for. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_address_probe(const fedval_report *report, size_t endpoint,
                                                    size_t address);
/** "TLSv1.2"; NULL when none was agreed on. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_address_tls_version(const fedval_report *report,
                                                             size_t endpoint, size_t address);
/** Subject of the certificate; NULL when none was seen. Borrowed, as long as the report.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_address_subject(const fedval_report *report,
                                                         size_t endpoint, size_t address);
/** When the certificate ends, seconds since 1970; FEDVAL_TIME_UNKNOWN when none was seen.
 * @since 0.1.0 */
FEDVAL_API int64_t fedval_report_get_address_not_after(const fedval_report *report, size_t endpoint,
                                                       size_t address);
/** FEDVAL_NAME_MATCH_ (fedval/name.h); 0: not checked. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_address_name_match(const fedval_report *report,
                                                         size_t endpoint, size_t address);
/** FEDVAL_TRUST_ (fedval/trust.h). @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_address_trust(const fedval_report *report, size_t endpoint,
                                                    size_t address);

/* Steps: marks are FEDVAL_MARK_, 0 for what the report does not have; findings are the code of the
 * one that decides the mark, 0: none does. */

/** How a step stands that belongs to no endpoint: FEDVAL_STEP_SRV where no endpoint came of the
 * record, FEDVAL_STEP_NAME and FEDVAL_STEP_CHAIN of the calling certificate. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_step_mark(const fedval_report *report, uint32_t step);
/** What decides it. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_step_finding(const fedval_report *report, uint32_t step);
/** How a step of an endpoint stands: FEDVAL_STEP_SRV, and FEDVAL_STEP_ADDRESS for the look-up of
 * its addresses. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_endpoint_step_mark(const fedval_report *report,
                                                         size_t endpoint, uint32_t step);
/** What decides it. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_endpoint_step_finding(const fedval_report *report,
                                                            size_t endpoint, uint32_t step);
/** How a step at an address stands: all but FEDVAL_STEP_SRV. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_address_step_mark(const fedval_report *report,
                                                        size_t endpoint, size_t address,
                                                        uint32_t step);
/** What decides it. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_address_step_finding(const fedval_report *report,
                                                           size_t endpoint, size_t address,
                                                           uint32_t step);
/** FEDVAL_ORIGIN_ of the certificate of an address; 0 when none was seen. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_address_origin(const fedval_report *report, size_t endpoint,
                                                     size_t address);

/** How many findings there are, in the order in which they are shown. @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_findings(const fedval_report *report);
/** FEDVAL_FINDING_ (fedval/catalogue.h); 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_finding_code(const fedval_report *report, size_t index);
/** FEDVAL_SEVERITY_ under the profile that judged; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_finding_severity(const fedval_report *report, size_t index);
/** 1 to 8 for R1 to R8; 0 where no requirement hangs on it, and past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_finding_requirement(const fedval_report *report,
                                                          size_t index);
/** Texts live as long as the report; NULL where there is none. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_finding_message(const fedval_report *report, size_t index);
/** What was wanted; NULL where that cannot be said, and past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_finding_expected(const fedval_report *report,
                                                          size_t index);
/** What was seen; NULL where that cannot be said, and past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_finding_observed(const fedval_report *report,
                                                          size_t index);
/**
 * What to change, on which side; NULL where there is nothing to change, and past the end. Borrowed.
 * @since 0.1.0
 */
FEDVAL_API const char *fedval_report_get_finding_remedy(const fedval_report *report, size_t index);
/** The SRV target that a finding concerns; NULL: none in particular. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_finding_target(const fedval_report *report, size_t index);
/** The IP address that it concerns; NULL: none in particular. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_finding_address(const fedval_report *report, size_t index);
/** Mask of FEDVAL_DIRECTION_ (fedval/catalogue.h): which calls it breaks. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_finding_breaks(const fedval_report *report, size_t index);

/** How many actions there are; they belong together, carry out all of them. @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_actions(const fedval_report *report);
/** FEDVAL_OP_; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_action_op(const fedval_report *report, size_t index);
/** FEDVAL_ACTION_; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_action_kind(const fedval_report *report, size_t index);
/** FEDVAL_SIDE_ (fedval/policy.h) that has to act; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_action_side(const fedval_report *report, size_t index);
/** The DNS name or the host that it is about; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_action_owner(const fedval_report *report, size_t index);
/**
 * The new record data, name or setting; NULL where there is none, and past the end. Borrowed.
 * @since 0.1.0
 */
FEDVAL_API const char *fedval_report_get_action_data(const fedval_report *report, size_t index);
/** dns: the record type ("SRV"); NULL for other kinds. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_action_type(const fedval_report *report, size_t index);
/** dns: seconds; 0 for other kinds. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_action_ttl(const fedval_report *report, size_t index);
/** How many findings an action mends. @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_action_reasons(const fedval_report *report, size_t index);
/** FEDVAL_FINDING_ of one of them; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_action_reason(const fedval_report *report, size_t index,
                                                    size_t reason);

/** "fedval-report/1" on one line. @param out_json malloc'ed, NUL-ended; free with fedval_text_free
 * @param out_len bytes; may be NULL @returns 0; NO_MEMORY; ARGUMENT. @since 0.1.0 */
FEDVAL_API fedval_status fedval_report_to_json(const fedval_report *report, char **out_json,
                                               size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
