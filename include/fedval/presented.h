/*
 * A certificate as it was presented (at an address, by the calling side, or in a chain judged by
 * itself), the paths that were tried from it, and the steps on the way to a server with their
 * marks. Reports (fedval/report.h) and results of chains (fedval/chain.h) hold them.
 *
 * Functions that take no object may be called from any thread.
 */
#ifndef FEDVAL_PRESENTED_H
#define FEDVAL_PRESENTED_H

#include "fedval/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

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

/** The steps on the way to a server, in the order in which they are taken. These codes give the
 * words for them. The steps themselves come from getters. Report: SRV, where no record was found.
 * Endpoint: SRV, and the look-up of its addresses. Address: address, TLS. What an address
 * presented: name, chain. */
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

/**
 * The word of a code (FEDVAL_MARK_), as JSON has it. The functions below that give the
 * word of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_mark_to_string(uint32_t mark);
/** The word of a code (FEDVAL_STEP_), as fedval_mark_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_step_to_string(uint32_t step);
/** The word of a code (FEDVAL_ORIGIN_), as fedval_mark_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_origin_to_string(uint32_t code);
/**
 * The code of a word: the inverse of fedval_mark_to_string. The functions below that read the word
 * of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_mark_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_mark);
/** The code of a word, as fedval_mark_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_step_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_step);
/** The code of a word, as fedval_mark_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_origin_from_string(const char *text, size_t text_len,
                                                   uint32_t *out_origin);

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
 * A certificate in a report. fedval_report_certificate_get_decoded gives all that is in it: issuer,
 * serial number, key, key purposes, SHA-256.
 * Threads: any number of readers; it lives as long as the report or the chain result.
 */
typedef struct fedval_report_certificate fedval_report_certificate;

/** FEDVAL_ROLE_ (fedval/question.h) in which it was presented; 0: not for itself. @since 0.1.0 */
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
/** Returns dNSName `index`; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *
fedval_report_certificate_get_dns_name(const fedval_report_certificate *certificate, size_t index);
/** How many there are beyond those: of very many a report lists the first 1000. @since 0.1.0 */
FEDVAL_API size_t
fedval_report_certificate_get_num_dns_names_left_out(const fedval_report_certificate *certificate);
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
 * FEDVAL_MARK_ of a certificate of a path: the worst that the path finds of it. It is NOT_JUDGED
 * where nothing is found and the path is refused; 0 elsewhere. @since 0.1.0
 */
FEDVAL_API uint32_t
fedval_report_certificate_get_mark(const fedval_report_certificate *certificate);
/**
 * The certificate itself, as it was presented. Borrowed. @param out_len bytes; may be NULL. @since
 * 0.1.0
 */
FEDVAL_API const uint8_t *
fedval_report_certificate_get_der(const fedval_report_certificate *certificate, size_t *out_len);
/**
 * The SHA-256 of these bytes, in lower-case hexadecimal; NULL: redacted, or memory is short.
 * Borrowed. @since 0.1.0
 */
FEDVAL_API const char *
fedval_report_certificate_get_sha256(const fedval_report_certificate *certificate);
/**
 * The certificate, decoded when it is first asked for: for the getters of fedval/certificate.h.
 * Borrowed. NULL: it is no certificate or redacted, or memory is
 * short. @since 0.1.0
 */
FEDVAL_API const fedval_certificate *
fedval_report_certificate_get_decoded(const fedval_report_certificate *certificate);

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
/** Returns finding `index` of the path; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_finding *fedval_path_get_finding(const fedval_path *path, size_t index);
/** How many there are beyond the limit of the policy. @since 0.1.0 */
FEDVAL_API size_t fedval_path_get_num_findings_left_out(const fedval_path *path);
/**
 * The rung that finding `index` concerns; SIZE_MAX: the path as a whole, and past the end. @since
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
/** FEDVAL_ORIGIN_ of it; 0: none was observed, or a chain of which no file is
 * known is judged by itself. @since 0.1.0 */
FEDVAL_API uint32_t fedval_presented_get_origin(const fedval_presented *presented);
/** FEDVAL_NAME_MATCH_ (fedval/name.h); 0: not checked. @since 0.1.0 */
FEDVAL_API uint32_t fedval_presented_get_name_match(const fedval_presented *presented);
/** FEDVAL_TRUST_ (fedval/trust.h). @since 0.1.0 */
FEDVAL_API uint32_t fedval_presented_get_trust(const fedval_presented *presented);
/** How many paths the report lists; where very many were refused, it leaves some out. @since 0.1.0
 */
FEDVAL_API size_t fedval_presented_count_paths(const fedval_presented *presented);
/**
 * Returns path `index`: the accepted one first, without one the path that got furthest; NULL past
 * the end. Borrowed. @since 0.1.0
 */
FEDVAL_API const fedval_path *fedval_presented_get_path(const fedval_presented *presented,
                                                        size_t index);
/** The step of its name. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_presented_get_name_step(const fedval_presented *presented);
/** The step of its chain. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_presented_get_chain_step(const fedval_presented *presented);

#ifdef __cplusplus
}
#endif

#endif
