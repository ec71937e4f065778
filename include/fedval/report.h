/*
 * The report: verdict, requirements, endpoints, findings, actions. All that its JSON holds can be
 * reached; examples/walk-report.c prints it. What its getters return is borrowed and lives as long
 * as the report:
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

#include "fedval/catalogue.h"
#include "fedval/evidence.h"
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

/** Whether the Edge may take an SRV record first, or only in place of a better one. */
enum { FEDVAL_RANK_PREFERRED = 1, FEDVAL_RANK_STANDBY = 2 };

/** The result of one step on the way to a server. The steps are: its SRV record, an address, TLS at
 * that address, the name in the certificate, and the chain of the certificate. */
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

/** Whether somebody accepted a finding (fedval_policy_append_acceptance). */
enum {
    FEDVAL_ACCEPTANCE_IN_FORCE = 1, /**< "accepted": it does not count for the verdict */
    FEDVAL_ACCEPTANCE_EXPIRED = 2   /**< "expired": it was accepted, and counts again */
};

/** What an action does with its name or record. */
enum { FEDVAL_OP_ADD = 1, FEDVAL_OP_REPLACE = 2, FEDVAL_OP_REMOVE = 3, FEDVAL_OP_KEEP = 4 };
/** What an action touches. */
enum {
    FEDVAL_ACTION_DNS = 1,
    FEDVAL_ACTION_SAN = 2,
    FEDVAL_ACTION_TRUST = 3,
    FEDVAL_ACTION_PARTNER = 4,
    FEDVAL_ACTION_DOMAIN = 5 /**< "domain": another SIP domain */
};

/**
 * The word of a code (FEDVAL_VERDICT_), as it stands in JSON. The functions below that give the
 * word of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_verdict_to_string(uint32_t verdict);
/** The word of a code (FEDVAL_RANK_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_rank_to_string(uint32_t rank);
/** The word of a code (FEDVAL_MARK_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_mark_to_string(uint32_t mark);
/** The word of a code (FEDVAL_STEP_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_step_to_string(uint32_t step);
/** The word of a code (FEDVAL_ORIGIN_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_origin_to_string(uint32_t code);
/** The word of a code (FEDVAL_ACCEPTANCE_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_acceptance_to_string(uint32_t acceptance);
/** The word of a code (FEDVAL_OP_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_op_to_string(uint32_t op);
/** The word of a code (FEDVAL_ACTION_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_action_kind_to_string(uint32_t kind);
/**
 * The code of a word: the inverse of fedval_verdict_to_string. The functions below that read the
 * word of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_verdict_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_verdict);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_rank_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_rank);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_acceptance_from_string(const char *text, size_t text_len,
                                                       uint32_t *out_acceptance);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_op_from_string(const char *text, size_t text_len, uint32_t *out_op);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_mark_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_mark);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_step_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_step);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_origin_from_string(const char *text, size_t text_len,
                                                   uint32_t *out_origin);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_action_kind_from_string(const char *text, size_t text_len,
                                                        uint32_t *out_kind);

/* ---- the parts of a report, or of the result of a chain ---- */

/**
 * One coded statement. It is the same object in a report, in a chain result and in a path.
 * Texts are NULL where there is none. Threads: any number of readers; it lives as long as the
 * report or the chain result that holds it.
 */
typedef struct fedval_finding fedval_finding;

/** FEDVAL_FINDING_ (fedval/catalogue.h); fedval_catalogue_find knows more of it. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_get_code(const fedval_finding *finding);
/** FEDVAL_SEVERITY_ under the profile that judged. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_get_severity(const fedval_finding *finding);
/**
 * Of srv-standby-faulty: FEDVAL_FINDING_ of what is wrong with the standby; 0: none. @since 0.1.0
 */
FEDVAL_API uint32_t fedval_finding_get_fault(const fedval_finding *finding);
/** The requirement that it is about, 1 to 8 for R1 to R8; 0: none. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_get_requirement(const fedval_finding *finding);
/** Mask of FEDVAL_DIRECTION_: which calls it breaks. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_get_breaks(const fedval_finding *finding);
/** FEDVAL_ACCEPTANCE_: whether somebody accepted it; 0: nobody did. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_get_acceptance(const fedval_finding *finding);
/**
 * From which second on it counts again, seconds since 1970; FEDVAL_TIME_UNKNOWN: it is accepted
 * without an end, or nobody accepted it. @since 0.1.0
 */
FEDVAL_API int64_t fedval_finding_get_accepted_until(const fedval_finding *finding);
/** 1 when one of the report's actions mends it, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_finding_is_mended(const fedval_finding *finding);
/** One line: what was seen. Borrowed. @since 0.1.0 */
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
/** FEDVAL_ROLE_ of that certificate; 0: none. @since 0.1.0 */
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
/** One of them; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_symptom *fedval_finding_get_symptom(const fedval_finding *finding,
                                                            size_t index);

/**
 * One step on the way to a server, with its mark. Threads: any number of readers; it lives as long
 * as the report.
 */
typedef struct fedval_step fedval_step;

/** FEDVAL_MARK_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_step_get_mark(const fedval_step *step);
/** Which of the report's findings decides the mark; SIZE_MAX: none. @since 0.1.0 */
FEDVAL_API size_t fedval_step_get_finding_index(const fedval_step *step);

/**
 * A certificate in a report. To read all that is in it, give its DER to fedval_certificate_new.
 * Threads: any number of readers; it lives as long as the report or the chain result.
 */
typedef struct fedval_report_certificate fedval_report_certificate;

/** FEDVAL_ROLE_ in which it was presented; 0: it was not presented for itself. @since 0.1.0 */
FEDVAL_API uint32_t
fedval_report_certificate_get_role(const fedval_report_certificate *certificate);
/**
 * For people: "CN=vcse.steven.lab, O=Lab"; what is no certificate says so. Borrowed. @since 0.1.0
 */
FEDVAL_API const char *
fedval_report_certificate_get_subject(const fedval_report_certificate *certificate);
/** The most specific Common Name; NULL: it has none. Borrowed. @since 0.1.0 */
FEDVAL_API const char *
fedval_report_certificate_get_common_name(const fedval_report_certificate *certificate);
/**
 * How many dNSNames its subjectAltName holds; counted of an end-entity certificate alone. @since
 * 0.1.0
 */
FEDVAL_API size_t
fedval_report_certificate_count_dns_names(const fedval_report_certificate *certificate);
/** One of them; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *
fedval_report_certificate_get_dns_name(const fedval_report_certificate *certificate, size_t index);
/**
 * First second of validity, seconds since 1970; FEDVAL_TIME_UNKNOWN when it cannot be read. @since
 * 0.1.0
 */
FEDVAL_API int64_t
fedval_report_certificate_get_not_before(const fedval_report_certificate *certificate);
/**
 * Last second of validity, seconds since 1970; FEDVAL_TIME_UNKNOWN when it cannot be read. @since
 * 0.1.0
 */
FEDVAL_API int64_t
fedval_report_certificate_get_not_after(const fedval_report_certificate *certificate);
/**
 * What is known of its revocation, where it is a certificate of a path: FEDVAL_REVOCATION_
 * (fedval/trust.h). FEDVAL_REVOCATION_NOT_ASKED elsewhere. @since 0.1.0
 */
FEDVAL_API uint32_t
fedval_report_certificate_get_revocation(const fedval_report_certificate *certificate);
/**
 * The certificate itself, as it was presented. Borrowed. @param out_len bytes; may be NULL. @since
 * 0.1.0
 */
FEDVAL_API const uint8_t *
fedval_report_certificate_get_der(const fedval_report_certificate *certificate, size_t *out_len);

/**
 * One path that was tried, from the end-entity certificate to an anchor or to where it ends. A
 * rung is a certificate of it, counted from the end-entity certificate, 0. Threads: any number of
 * readers; it lives as long as the report or the chain result.
 */
typedef struct fedval_path fedval_path;

/** 1 for the accepted path, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_path_is_accepted(const fedval_path *path);
/** How many rungs it has. @since 0.1.0 */
FEDVAL_API size_t fedval_path_count_certificates(const fedval_path *path);
/** The certificate of a rung; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_report_certificate *fedval_path_get_certificate(const fedval_path *path,
                                                                        size_t index);
/** How many findings it has. @since 0.1.0 */
FEDVAL_API size_t fedval_path_count_findings(const fedval_path *path);
/** One of them; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_finding *fedval_path_get_finding(const fedval_path *path, size_t index);
/**
 * The rung that finding index concerns; SIZE_MAX: the path as a whole, and past the end. @since
 * 0.1.0
 */
FEDVAL_API size_t fedval_path_get_finding_rung(const fedval_path *path, size_t index);

/**
 * A certificate that was presented (at an address, by the calling side, or in a chain judged by
 * itself), with how its name matches and whether it is trusted. Threads: any number of readers; it
 * lives as long as the report or the chain result.
 */
typedef struct fedval_presented fedval_presented;

/** The end-entity certificate; NULL: none was observed. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_report_certificate *
fedval_presented_get_certificate(const fedval_presented *presented);
/** FEDVAL_ORIGIN_ of it; 0 of a chain judged by itself. @since 0.1.0 */
FEDVAL_API uint32_t fedval_presented_get_origin(const fedval_presented *presented);
/** FEDVAL_NAME_MATCH_ (fedval/name.h); 0: not checked. @since 0.1.0 */
FEDVAL_API uint32_t fedval_presented_get_name_match(const fedval_presented *presented);
/** FEDVAL_TRUST_ (fedval/trust.h). @since 0.1.0 */
FEDVAL_API uint32_t fedval_presented_get_trust(const fedval_presented *presented);
/** How many paths the report lists; where very many were refused, it leaves some out. @since 0.1.0
 */
FEDVAL_API size_t fedval_presented_count_paths(const fedval_presented *presented);
/**
 * One of them: the accepted one first, without one the path that got furthest; NULL past the end.
 * Borrowed. @since 0.1.0
 */
FEDVAL_API const fedval_path *fedval_presented_get_path(const fedval_presented *presented,
                                                        size_t index);
/** The step of its name. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_presented_get_name_step(const fedval_presented *presented);
/** The step of its chain. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_presented_get_chain_step(const fedval_presented *presented);

/**
 * One address of an endpoint. Threads: any number of readers; it lives as long as the report.
 */
typedef struct fedval_address fedval_address;

/** The IP address; NULL: a chain from a file, and no address known. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_address_get_text(const fedval_address *address);
/** Why it is not public, "private"; NULL: it is public. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_address_get_not_public(const fedval_address *address);
/** 1 when it is not public and the policy lets it pass, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_address_is_allowed(const fedval_address *address);
/** FEDVAL_OUTCOME_ (fedval/evidence.h) of the probe; 0: not asked for. @since 0.1.0 */
FEDVAL_API uint32_t fedval_address_get_probe(const fedval_address *address);
/** Who says so; NULL: not known. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_address_get_probe_source(const fedval_address *address);
/** "TLSv1.2"; NULL when none was agreed on. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_address_get_tls_version(const fedval_address *address);
/** The number of the fatal alert received; -1: none. @since 0.1.0 */
FEDVAL_API int32_t fedval_address_get_alert(const fedval_address *address);
/** FEDVAL_CLIENT_CERTIFICATE_: whether the server asks for one. @since 0.1.0 */
FEDVAL_API uint32_t fedval_address_get_client_certificate(const fedval_address *address);
/** What it presented. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_presented *fedval_address_get_presented(const fedval_address *address);
/** How the address itself stands. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_address_get_address_step(const fedval_address *address);
/** How the connection stands. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_address_get_tls_step(const fedval_address *address);

/**
 * One SRV target, or the host that the policy names in place of SRV. Threads: any number of
 * readers; it lives as long as the report.
 */
typedef struct fedval_endpoint fedval_endpoint;

/** The SRV target, as received. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_endpoint_get_target(const fedval_endpoint *endpoint);
/** The port. @since 0.1.0 */
FEDVAL_API uint16_t fedval_endpoint_get_port(const fedval_endpoint *endpoint);
/** The priority; 0 also where SRV was not consulted. @since 0.1.0 */
FEDVAL_API uint16_t fedval_endpoint_get_priority(const fedval_endpoint *endpoint);
/** The weight; 0 also where SRV was not consulted. @since 0.1.0 */
FEDVAL_API uint16_t fedval_endpoint_get_weight(const fedval_endpoint *endpoint);
/** Seconds that the SRV record may be kept; 0 also where SRV was not consulted. @since 0.1.0 */
FEDVAL_API uint32_t fedval_endpoint_get_ttl(const fedval_endpoint *endpoint);
/** FEDVAL_RANK_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_endpoint_get_rank(const fedval_endpoint *endpoint);
/** FEDVAL_SRV_MATCH_ (fedval/name.h); 0 where SRV was not consulted. @since 0.1.0 */
FEDVAL_API uint32_t fedval_endpoint_get_srv_match(const fedval_endpoint *endpoint);
/** 1 when it is a hosting provider, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_endpoint_is_provider(const fedval_endpoint *endpoint);
/** 1 when the policy named it and SRV was not consulted, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_endpoint_is_from_policy(const fedval_endpoint *endpoint);
/**
 * FEDVAL_OUTCOME_ (fedval/evidence.h) of the look-up of its addresses; 0: not asked for. @since
 * 0.1.0
 */
FEDVAL_API uint32_t fedval_endpoint_get_address_outcome(const fedval_endpoint *endpoint);
/** How many addresses it has; a chain from a file without an address counts as one. @since 0.1.0 */
FEDVAL_API size_t fedval_endpoint_count_addresses(const fedval_endpoint *endpoint);
/** One of them; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_address *fedval_endpoint_get_address(const fedval_endpoint *endpoint,
                                                             size_t index);
/** The step of its SRV record. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_endpoint_get_srv_step(const fedval_endpoint *endpoint);
/** The step of the look-up of its addresses, where it gave none. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_endpoint_get_lookup_step(const fedval_endpoint *endpoint);

/**
 * One thing to change. The actions of a report belong together: carry out all of them. Threads:
 * any number of readers; it lives as long as the report.
 */
typedef struct fedval_action fedval_action;

/** FEDVAL_OP_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_get_op(const fedval_action *action);
/** FEDVAL_ACTION_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_get_kind(const fedval_action *action);
/** FEDVAL_SIDE_ (fedval/policy.h) that has to act. @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_get_side(const fedval_action *action);
/** The DNS name or the host that it is about. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_action_get_owner(const fedval_action *action);
/** dns: the record type ("SRV"); NULL for other kinds. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_action_get_type(const fedval_action *action);
/** dns: seconds; 0 for other kinds. @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_get_ttl(const fedval_action *action);
/** dns: FEDVAL_AUTHORITY_ (fedval/evidence.h): whether that is the zone's TTL or what was left of
 * it in a cache; FEDVAL_AUTHORITY_UNKNOWN where nobody said so, and for other kinds. @since 0.1.0
 */
FEDVAL_API uint32_t fedval_action_get_ttl_authority(const fedval_action *action);
/** The new record data, name or setting; NULL where there is none. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_action_get_data(const fedval_action *action);
/** FEDVAL_ROLE_ of the certificate that it changes: the server's or the calling one; 0: none.
 * @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_get_role(const fedval_action *action);
/** The display name of that certificate; NULL: it changes none, or none was seen. @since 0.1.0 */
FEDVAL_API const char *fedval_action_get_certificate(const fedval_action *action);
/** The address that presents it, where the host presents several; else NULL. @since 0.1.0 */
FEDVAL_API const char *fedval_action_get_address(const fedval_action *action);
/** How many findings it mends. @since 0.1.0 */
FEDVAL_API size_t fedval_action_count_reasons(const fedval_action *action);
/** FEDVAL_FINDING_ of one of them; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_get_reason(const fedval_action *action, size_t index);

/* ---- the report ---- */

/** One report. Nothing but fedval_report_redact changes it; any number of threads may read it. */
typedef struct fedval_report fedval_report;

/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_report_free(fedval_report *report);
/**
 * Makes a report that can be sent on: in every text the IP addresses become "address1", "address2"
 * and so on, the subjects and issuers of certificates "certificate1" and so on, each the same
 * throughout. Common Names and the bytes of certificates, and what is read from them (issuer,
 * serial, key, SHA-256), are dropped. Domains, hosts and the names in certificates stay: the
 * verdict is about them. Texts that were handed out before stay as they were until the report is
 * freed.
 * @param evidence that the report is on: findings may name certificates that lie on no path, and
 * only the evidence says what their subjects are. NULL: there is no certificate in it.
 * @returns 0; NO_MEMORY: the report is then to be freed, not shown; ARGUMENT for NULL. Threads: no
 * other may use the report meanwhile. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_report_redact(fedval_report *report,
                                              const fedval_evidence *evidence);
/** FEDVAL_VERDICT_ of the whole report; never NOT_CHECKED. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_verdict(const fedval_report *report);
/**
 * Verdict of requirement 1..8 (R8 where more than one peer, or more than one domain at them, was
 * seen); NOT_CHECKED for any other number.
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

/** The policy that judged: that of the judge, with the defaults of its profile. Borrowed, as long
 * as the report. @since 0.1.0 */
FEDVAL_API const fedval_policy *fedval_report_get_policy(const fedval_report *report);
/** How many anchors of a class (FEDVAL_ANCHOR_) the judge had. @since 0.1.0 */
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
/** FEDVAL_OUTCOME_ (fedval/evidence.h) of its look-up; 0: not asked for. @since 0.1.0 */
FEDVAL_API uint32_t fedval_report_get_srv_outcome(const fedval_report *report);
/** The step of the SRV record, where the look-up gave no endpoint. Borrowed, as long as the report.
 * @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_report_get_srv_step(const fedval_report *report);
/** How many endpoints there are: the SRV targets, best first. @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_endpoints(const fedval_report *report);
/** One of them; NULL past the end. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const fedval_endpoint *fedval_report_get_endpoint(const fedval_report *report,
                                                             size_t index);
/** The certificate that the domain calls with, where one was given; else one without a certificate.
 * Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const fedval_presented *fedval_report_get_client(const fedval_report *report);
/** How many findings there are: errors first, then what is indeterminate, warnings, notes.
 * @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_findings(const fedval_report *report);
/** One of them; NULL past the end. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const fedval_finding *fedval_report_get_finding(const fedval_report *report,
                                                           size_t index);
/** How many actions there are. @since 0.1.0 */
FEDVAL_API size_t fedval_report_count_actions(const fedval_report *report);
/** One of them; NULL past the end. Borrowed, as long as the report. @since 0.1.0 */
FEDVAL_API const fedval_action *fedval_report_get_action(const fedval_report *report, size_t index);
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
