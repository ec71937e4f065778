/*
 * The report: examples/walk-report.c prints it. Getters reach everything that its JSON holds; what
 * they return is borrowed and lives as long as the report:
 *
 *     for (size_t i = 0; i < fedval_report_count_findings(report); i++) {
 *         const fedval_finding *finding = fedval_report_get_finding(report, i);
 *         printf("%s: %s\n", fedval_finding_code_to_string(fedval_finding_get_code(finding)),
 *                fedval_finding_get_message(finding));
 *     }
 *
 * Functions that take no object may be called from any thread.
 */
#ifndef FEDVAL_REPORT_H
#define FEDVAL_REPORT_H

#include "fedval/action.h"
#include "fedval/endpoint.h"
#include "fedval/evidence.h"
#include "fedval/finding.h"
#include "fedval/policy.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    FEDVAL_VERDICT_PASS = 1,
    FEDVAL_VERDICT_FAIL = 2,
    FEDVAL_VERDICT_INDETERMINATE = 3,
    FEDVAL_VERDICT_NOT_CHECKED = 4, /**< of a requirement only */
};

/**
 * The word of a code (FEDVAL_VERDICT_), as JSON has it.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_verdict_to_string(uint32_t verdict);
/**
 * The code of a word: the inverse of fedval_verdict_to_string.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_verdict_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_verdict);

/** What a report does not say anything of: its members `not_checked`. */
enum {
    FEDVAL_NOT_CHECKED_DNS = 1,
    FEDVAL_NOT_CHECKED_SRV = 2,
    FEDVAL_NOT_CHECKED_ADDRESS = 3,
    FEDVAL_NOT_CHECKED_CERTIFICATE = 4,
    FEDVAL_NOT_CHECKED_TRUST = 5,
    FEDVAL_NOT_CHECKED_PORT = 6, /**< "port-5061": the port of the SRV record, where there is one */
    FEDVAL_NOT_CHECKED_SIP = 7,
    FEDVAL_NOT_CHECKED_CALLING_CERTIFICATE = 8,
    FEDVAL_NOT_CHECKED_PARTNER_ALLOWED_LIST = 9,
    FEDVAL_NOT_CHECKED_USER_POLICY = 10,
    FEDVAL_NOT_CHECKED_MEDIA = 11,
    FEDVAL_NOT_CHECKED_REVOCATION = 12,
    /** "public-dns": the resolvers that were asked are this machine's own, or have addresses that
     * are not globally routable, and none was given as a public one */
    FEDVAL_NOT_CHECKED_PUBLIC_DNS = 13,
    FEDVAL_NOT_CHECKED_CLUSTER = 14 /**< "cluster": R8 of a domain with more than one address */
};

/** The word of a code (FEDVAL_NOT_CHECKED_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_not_checked_to_string(uint32_t code);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_not_checked_from_string(const char *text, size_t text_len,
                                                        uint32_t *out_code);

/** One report. Nothing but redacting changes it; any number of threads may read it. */
typedef struct fedval_report fedval_report;

/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_report_free(fedval_report *report);
/**
 * Makes a report that can be sent on: in every text the IP addresses become "address1", "address2"
 * and so on, the names of certificates and of issuers "certificate1" and so on, their other names
 * that are no hosts (an e-mail address, a URI) "name1" and so on, each the same throughout. Common
 * Names and the bytes of certificates, and what is read from them (issuer, serial, key, SHA-256),
 * are dropped. Domains and hosts, also those in certificates, stay: the verdict is about them.
 * Texts that were handed out before stay as they were until the report is freed.
 * @param evidence that the report is on: findings may name certificates that lie on no path, and
 * only the evidence says what their subjects are. NULL: there is no certificate in it.
 * @returns 0; NO_MEMORY: the report is then to be freed, not shown; ARGUMENT for NULL. Threads: no
 * other may use the report meanwhile. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_report_redact(fedval_report *report,
                                              const fedval_evidence *evidence);
/**
 * Makes several reports that can be sent on together, or that a pair is made of: as
 * fedval_report_redact, and one word stands for the same address or subject in all of them.
 * @param reports `count` of them, none NULL @param evidence that each is on, in the same order; an
 * entry may be NULL
 * @returns 0; NO_MEMORY: the reports are then to be freed, not shown; ARGUMENT for NULL and for
 * none. Threads: no other may use the reports meanwhile. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_reports_redact(fedval_report *const *reports,
                                               const fedval_evidence *const *evidence,
                                               size_t count);
/** FEDVAL_VERDICT_ of the whole report; never NOT_CHECKED. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_verdict(const fedval_report *report);
/**
 * Verdict of requirement 1..8 (R8 where more than one peer, or more than one domain at them, was
 * seen); NOT_CHECKED for any other number.
 * @since 0.1.0
 */
FEDVAL_API uint32_t fedval_report_get_requirement(const fedval_report *report,
                                                  uint32_t requirement);
/** 1 when requirement 1..8 has to be judged for the report to pass; 0 when not, and for any other
 * number. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_is_required(const fedval_report *report, uint32_t requirement);
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
/** 1 when requirement 1..8 was judged again for that verdict, on the facts as the actions would
 * make them; 0 when not, and for any other number. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_is_judged_again(const fedval_report *report,
                                                  uint32_t requirement);
/** How many things that verdict takes for granted. @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_assumed(const fedval_report *report);
/** Returns assumption `index`, for people: "a public address of expe.example.com"; NULL past the
 * end. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_assumed(const fedval_report *report, size_t index);
/** How many codes of findings keep that verdict from being a pass. @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_remaining(const fedval_report *report);
/** Returns code `index` of those: FEDVAL_FINDING_ (fedval/catalogue.h); 0 past the end. @since
 * 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_remaining(const fedval_report *report, size_t index);
/** 1 when requirement 1..8 is wanted for a pass and is still not judged after the actions, such as
 * the name in a certificate that nobody saw; 0 when not, and for any other number. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_is_open_after(const fedval_report *report, uint32_t requirement);

/** The domain as it was given. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_domain_given(const fedval_report *report);
/** FEDVAL_SCOPE_ (fedval/policy.h): what was judged. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_scope(const fedval_report *report);
/** When the evidence was gathered; FEDVAL_TIME_UNKNOWN when it does not say. @since 0.1.0 */
FEDVAL_API int64_t fedval_report_get_gathered_at(const fedval_report *report);
/** How many things were not checked. @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_not_checked(const fedval_report *report);
/** Returns item `index` that was not checked, by its word in the JSON ("user-policy"); NULL past
 * the end. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_not_checked(const fedval_report *report, size_t index);
/** FEDVAL_NOT_CHECKED_ of item `index`; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_not_checked_kind(const fedval_report *report, size_t index);
/** FEDVAL_HINT_ (fedval/catalogue.h): what would check it; FEDVAL_HINT_NONE where nothing would,
 * and past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_not_checked_hint(const fedval_report *report, size_t index);

/** The policy that judged: that of the judge, with the defaults of its profile. Borrowed, as long
 * as the report. @since 0.1.0 */
FEDVAL_API const fedval_policy *fedval_report_get_policy(const fedval_report *report);
/** How many anchors of a class (FEDVAL_ANCHOR_, fedval/trust.h) the judge had. @since 0.1.0 */
FEDVAL_API size_t fedval_report_get_num_anchors(const fedval_report *report, uint32_t anchor_class);
/** SHA-256 in hex over the sorted digests of those anchors; NULL: not known. Borrowed, as long as
 * the report. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_anchors_sha256(const fedval_report *report,
                                                        uint32_t anchor_class);
/** Who answered for the SRV record, "resolver 192.0.2.53"; NULL: not known. Borrowed, as long as
 * the report. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_dns_source(const fedval_report *report);
/** The owner name of the SRV record; NULL: SRV is not consulted. Borrowed, as long as the report.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_srv_owner(const fedval_report *report);
/** FEDVAL_OUTCOME_ (fedval/fact.h) of its look-up; 0: not asked for. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_srv_outcome(const fedval_report *report);
/** The step of the SRV look-up: what was found of it that names no endpoint. Each endpoint has a
 * step of its own besides. Borrowed, as long as the report.
 * @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_report_get_srv_step(const fedval_report *report);
/** How many endpoints there are: the SRV targets, best first. @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_endpoints(const fedval_report *report);
/** Returns endpoint `index`; NULL past the end. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const fedval_endpoint *fedval_report_get_endpoint(const fedval_report *report,
                                                             size_t index);
/** The certificate that the domain calls with, where one was given; else one without a certificate.
 * Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const fedval_presented *fedval_report_get_client(const fedval_report *report);
/** How many findings there are: errors first, then what is indeterminate, warnings, notes.
 * @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_findings(const fedval_report *report);
/** Returns finding `index`; NULL past the end. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const fedval_finding *fedval_report_get_finding(const fedval_report *report,
                                                           size_t index);
/** How many findings there are beyond the limit of the policy. They count for the verdict and are
 * not listed. @since 0.1.0 */
FEDVAL_API size_t fedval_report_get_num_findings_left_out(const fedval_report *report);
/** 1 when a record of the domain is missing or wrong for calls in both directions, else 0: the
 * domain of the other side then needs records of its own too (both_domains_need_records in JSON).
 * @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_is_for_both_domains(const fedval_report *report);
/** Of a pass that is of less than calls need, what alone passed: "DNS alone (R1 to R3)", or "DNS
 * and certificates" of a domain at a provider, of which nobody knows whether it federates with this
 * partner (pass_of in JSON). NULL: no pass, or one of everything that was to be judged. Static.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_pass_of(const fedval_report *report);
/** 1 where there is something to write to whoever runs the domain, if that is the partner: a fault,
 * or a change on its side; else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_has_owner_letter(const fedval_report *report);
/** The subject of the private root that a server's path ends at, which the partner has to trust;
 * NULL: there is none. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_private_root(const fedval_report *report);
/** How many actions there are. @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_actions(const fedval_report *report);
/** Returns action `index`; NULL past the end. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const fedval_action *fedval_report_get_action(const fedval_report *report, size_t index);
/** 1 when a part of the actions alone would do harm, else 0: the new SRV record asks for a name
 * that no certificate seen here holds (needs_together in JSON). @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_has_joint_actions(const fedval_report *report);
/** Seconds for which caches may hold what the actions change; 0: nothing is held. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_wait_s(const fedval_report *report);
/** 1 when it may be longer, else 0: the TTL of the zone is not known, only what was left of it in a
 * cache. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_is_wait_least(const fedval_report *report);
/** What an on-premises partner could configure in place of the actions; NULL: nothing. Borrowed, as
 * long as the report. @since 0.1.0 */
FEDVAL_API const char *fedval_report_get_partner_alternative(const fedval_report *report);

/** "fedval-report/1" on one line. @param out_json malloc'ed, NUL-ended; free with fedval_text_free
 * @param out_len bytes; may be NULL @returns 0; NO_MEMORY; ARGUMENT. @since 0.1.0 */
FEDVAL_API fedval_status fedval_report_to_json(const fedval_report *report, char **out_json,
                                               size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
