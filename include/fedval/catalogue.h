/*
 * The catalogue: every finding code with its texts, symptoms and remedies. Requirements and the
 * codes of products, which can be explained as well, are in fedval/topic.h.
 *
 * What does a finding mean, and what mends it?
 *
 *     uint32_t code = 0;
 *     if (fedval_finding_code_from_string("srv-missing", FEDVAL_NUL_ENDED, &code) == FEDVAL_OK) {
 *         const fedval_catalogue_entry *entry = fedval_catalogue_find(code);
 *         printf("%s\n%s\n", fedval_catalogue_entry_get_meaning(entry),
 *                fedval_catalogue_entry_get_remedy(entry));
 *     }
 *
 * The catalogue is constant: all texts are static, and any thread may read it at any time.
 */
#ifndef FEDVAL_CATALOGUE_H
#define FEDVAL_CATALOGUE_H

#include "fedval/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Finding codes. The numbers are permanent: never reused, never renumbered, in no order of area.
 * A new code takes the next free number.
 */
enum {
    FEDVAL_FINDING_SRV_MISSING = 1,
    FEDVAL_FINDING_SRV_NOT_OFFERED = 2,
    FEDVAL_FINDING_SRV_LOOKUP_FAILED = 3,
    FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN = 4,
    FEDVAL_FINDING_SRV_TARGET_BELOW_SUBDOMAIN = 5,
    FEDVAL_FINDING_SRV_TARGET_IS_DOMAIN = 6,
    FEDVAL_FINDING_SRV_POINTS_TO_PROVIDER = 7,
    FEDVAL_FINDING_SRV_HOSTING_PROVIDER = 8,
    FEDVAL_FINDING_SRV_TARGET_IS_ADDRESS = 9,
    FEDVAL_FINDING_SRV_TARGET_INVALID = 10,
    FEDVAL_FINDING_SRV_TARGET_ALIAS = 11,
    FEDVAL_FINDING_SRV_PORT_UNUSUAL = 12,
    FEDVAL_FINDING_SRV_PREFERRED_NOT_MATCHING = 13,
    FEDVAL_FINDING_SRV_STANDBY_FAULTY = 14,
    FEDVAL_FINDING_SRV_DNSSEC_BOGUS = 15,
    FEDVAL_FINDING_DOMAIN_INTERNATIONALISED = 16,
    FEDVAL_FINDING_VIEWS_DIFFER = 17,
    FEDVAL_FINDING_CALLER_DOMAINS_DIFFER = 18,
    FEDVAL_FINDING_ADDRESS_MISSING = 19,
    FEDVAL_FINDING_ADDRESS_LOOKUP_FAILED = 20,
    FEDVAL_FINDING_ADDRESS_NOT_PUBLIC = 21,
    FEDVAL_FINDING_ADDRESS_IPV6_ONLY = 22,
    FEDVAL_FINDING_CONNECT_REFUSED = 23,
    FEDVAL_FINDING_CONNECT_TIMEOUT = 24,
    FEDVAL_FINDING_CONNECT_UNREACHABLE = 25,
    FEDVAL_FINDING_TLS_NOT_SPOKEN = 26,
    FEDVAL_FINDING_TLS_HANDSHAKE_FAILED = 27,
    FEDVAL_FINDING_TLS_VERSION_TOO_OLD = 28,
    FEDVAL_FINDING_TLS_NO_COMMON_VERSION = 29,
    FEDVAL_FINDING_TLS_CLIENT_CERTIFICATE_REQUIRED = 30,
    FEDVAL_FINDING_TLS_CLIENT_CERTIFICATE_NOT_REQUESTED = 31,
    FEDVAL_FINDING_ENDPOINTS_DIFFER = 32,
    FEDVAL_FINDING_CERT_NAME_MISMATCH = 33,
    FEDVAL_FINDING_CERT_NAME_ONLY_IN_CN = 34,
    FEDVAL_FINDING_CERT_NAME_FROM_CN = 35,
    FEDVAL_FINDING_CERT_NAME_WILDCARD_ONLY = 36,
    FEDVAL_FINDING_CERT_DOMAIN_NOT_INCLUDED = 37,
    FEDVAL_FINDING_CERT_EXPIRED = 38,
    FEDVAL_FINDING_CERT_NOT_YET_VALID = 39,
    FEDVAL_FINDING_CERT_EXPIRES_SOON = 40,
    FEDVAL_FINDING_CERT_MALFORMED = 41,
    FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH = 42,
    FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH = 43,
    FEDVAL_FINDING_CERT_KEY_WEAK = 44,
    FEDVAL_FINDING_CERT_KEY_UNSUPPORTED = 45,
    FEDVAL_FINDING_CERT_SIGNATURE_WEAK = 46,
    FEDVAL_FINDING_CERT_SIGNATURE_PSS = 47,
    FEDVAL_FINDING_CERT_NO_CRL_DISTRIBUTION_POINT = 48,
    FEDVAL_FINDING_CERT_REVOKED = 49,
    FEDVAL_FINDING_REVOCATION_NOT_CHECKED = 50,
    FEDVAL_FINDING_CRL_UNUSABLE = 51,
    FEDVAL_FINDING_CERT_NAMES_LOST = 52,
    FEDVAL_FINDING_CLIENT_CERTIFICATE_NOT_OBSERVED = 53,
    FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT = 54,
    FEDVAL_FINDING_CHAIN_SELF_SIGNED = 55,
    FEDVAL_FINDING_CHAIN_INCOMPLETE = 56,
    FEDVAL_FINDING_CHAIN_PRIVATE_ROOT = 57,
    FEDVAL_FINDING_CHAIN_BAD_SIGNATURE = 58,
    FEDVAL_FINDING_CHAIN_SIGNATURE_UNSUPPORTED = 59,
    FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED = 60,
    FEDVAL_FINDING_CHAIN_NOT_A_CA = 61,
    FEDVAL_FINDING_CHAIN_PATH_TOO_LONG = 62,
    FEDVAL_FINDING_CHAIN_NAME_NOT_PERMITTED = 63,
    FEDVAL_FINDING_CHAIN_EKU_NOT_PERMITTED = 64,
    FEDVAL_FINDING_CHAIN_POLICY_VIOLATED = 65,
    FEDVAL_FINDING_CHAIN_UNKNOWN_CRITICAL_EXTENSION = 66,
    FEDVAL_FINDING_CHAIN_OUT_OF_ORDER = 67,
    FEDVAL_FINDING_CHAIN_UNNEEDED_CERTIFICATES = 68,
    FEDVAL_FINDING_CHAIN_EXPIRES_SOON = 69,
    FEDVAL_FINDING_LIMIT_REACHED = 70,
    FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG = 71,
    FEDVAL_FINDING_PARTNER_NOT_ALLOWED = 72,
    FEDVAL_FINDING_POLICY_REFUSED = 73,
    FEDVAL_FINDING_NOT_A_FEDERATION_FAULT = 74,
    FEDVAL_FINDING_PEER_REJECTED_CERTIFICATE = 75,
    FEDVAL_FINDING_PEER_CERTIFICATE_UNTRUSTED = 76,
    FEDVAL_FINDING_PEER_CERTIFICATE_NAME_REFUSED = 77,
    FEDVAL_FINDING_CLIENT_CERTIFICATE_MISSING = 78,
    FEDVAL_FINDING_CONNECTION_CUT = 79,
    FEDVAL_FINDING_REVOCATION_OFFLINE = 80,
    FEDVAL_FINDING_CLOCK_SKEW = 81,
    FEDVAL_FINDING_CERT_KEY_USAGE = 82,
    FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS = 83,
    FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH = 84,
    FEDVAL_FINDING_TLS_STALLED = 85,
    FEDVAL_FINDING_TLS_NO_COMMON_CIPHER = 86,
    FEDVAL_FINDING_TLS_CLIENT_CERTIFICATE_REFUSED = 87,
    FEDVAL_FINDING_TLS_WINDOWS_REFUSED = 88,
    FEDVAL_FINDING_TLS_KEY_EXCHANGE_WEAK = 89,
    FEDVAL_FINDING_TLS_OTHER_SERVICE = 90,
    FEDVAL_FINDING_TLS_CLIENT_CA_NOT_NAMED = 91,
    FEDVAL_FINDING_LOCAL_LACK = 92,
    FEDVAL_FINDING_SIP_SPOKEN = 93,
    FEDVAL_FINDING_SIP_NOT_SPOKEN = 94,
    FEDVAL_FINDING_LINK_WORKS = 95,
    FEDVAL_FINDING_CALLER_NOT_A_DOMAIN = 96,
    FEDVAL_FINDING_SRV_PORT_PLAIN_SIP = 97,
    FEDVAL_FINDING_SRV_OWNER_ALIAS = 98,
    FEDVAL_FINDING_CERT_NO_COMMON_NAME = 99,
    FEDVAL_FINDING_CERT_KEY_ECDSA = 100,
    FEDVAL_FINDING_CHAIN_REVERSED = 101,
    FEDVAL_FINDING_CLUSTER_NAME_MISSING = 102,
    FEDVAL_FINDING_DNS_SERVERS_DIFFER = 103,
    FEDVAL_FINDING_DNS_SERVER_FAULTY = 104,
    FEDVAL_FINDING_DNS_CACHE_DIFFERS = 105,
    FEDVAL_FINDING_SPLIT_DNS = 106,
    FEDVAL_FINDING_CERT_ENDS_AFTER_2050 = 107,
    FEDVAL_FINDING_OCSP_STAPLED = 108,
    FEDVAL_FINDING_MUST_STAPLE = 109,
    FEDVAL_FINDING_MUST_STAPLE_MISSING = 110,
    FEDVAL_FINDING_SRV_TARGET_OF_CLOUD = 111,
    FEDVAL_FINDING_CERT_WILDCARD_BESIDE = 112,
    FEDVAL_FINDING_TLS_FULLER_OFFER_REFUSED = 113,
    FEDVAL_FINDING_SRV_BESIDE_PROVIDER = 114,
    FEDVAL_FINDING_TLS_WINDOWS_VERSION_REFUSED = 115,
    FEDVAL_FINDING_TLS_ENDED_AFTER_CLIENT_CERTIFICATE = 116,
    FEDVAL_FINDING_CERT_WILDCARD_OF_EDGE = 117,
    FEDVAL_FINDING_FAULT_IN_ONE_VIEW = 118,
    FEDVAL_FINDING_DOMAIN_NOT_PUBLIC = 119,
    FEDVAL_FINDING_TLS_WINDOWS_NOT_SEEN = 120,
    FEDVAL_FINDING_CLUSTER_OPEN_BY_NAME = 121,
    FEDVAL_FINDING_CRL_DATE_TYPE = 122,
    FEDVAL_FINDING_SRV_PROVIDER_WITHOUT_DOT = 123,
    FEDVAL_FINDING_DNS_SERVER_NOT_ASKED = 124,
};

/** How much a finding weighs. */
enum {
    FEDVAL_SEVERITY_NOTE = 1,          /**< worth knowing; changes no verdict */
    FEDVAL_SEVERITY_WARNING = 2,       /**< mend it soon; changes no verdict */
    FEDVAL_SEVERITY_INDETERMINATE = 3, /**< whether the requirement holds is not known */
    FEDVAL_SEVERITY_ERROR = 4,         /**< the requirement is broken */
};

/** The area a code belongs to. */
enum {
    FEDVAL_FAMILY_SRV = 1,
    FEDVAL_FAMILY_ADDRESS = 2,
    FEDVAL_FAMILY_TRANSPORT = 3,
    FEDVAL_FAMILY_NAME = 4,
    FEDVAL_FAMILY_CERTIFICATE = 5,
    FEDVAL_FAMILY_TRUST = 6,
    FEDVAL_FAMILY_LOG = 7,
};

/** Who sees a symptom. */
enum { FEDVAL_SEEN_BY_EDGE = 1, FEDVAL_SEEN_BY_CLIENT = 2, FEDVAL_SEEN_BY_EXPRESSWAY = 3 };

/** The direction of the calls; a bit mask where calls in both directions break. */
enum { FEDVAL_DIRECTION_TO_MICROSOFT = 1, FEDVAL_DIRECTION_FROM_MICROSOFT = 2 };

/** What takes a fault away. Numbers are permanent. */
enum {
    FEDVAL_CURE_NONE = 0,            /**< "none": no record and no certificate to write down */
    FEDVAL_CURE_SRV_RECORD = 1,      /**< "srv-record": another SRV record of the domain */
    FEDVAL_CURE_ADDRESS_RECORD = 2,  /**< "address-record": another address of a host */
    FEDVAL_CURE_ZONE_SIGNATURES = 3, /**< "zone-signatures": the zone's DNSSEC */
    FEDVAL_CURE_NAMES = 4,           /**< "names": a certificate that holds one name more */
    FEDVAL_CURE_REISSUE = 5,         /**< "reissue": a new certificate, of the same CA as well */
    FEDVAL_CURE_OTHER_CHAIN = 6,     /**< "other-chain": a new certificate with a chain of any CA */
    FEDVAL_CURE_PARTNER_TRUST = 7, /**< "partner-trust": a trusted root, on one side or the other */
    FEDVAL_CURE_SEND_CHAIN = 8,    /**< "send-chain": the server sends what is missing */
};

/** On which side something has to be changed. Numbers are permanent. */
enum {
    FEDVAL_MEND_SIDE_UNKNOWN = 0, /**< "unknown": what was seen does not tell */
    FEDVAL_MEND_SIDE_NEITHER = 1, /**< "neither": DNS and certificates have nothing to do with it */
    FEDVAL_MEND_SIDE_CISCO = 2,   /**< "cisco" */
    FEDVAL_MEND_SIDE_MICROSOFT = 3, /**< "microsoft" */
    FEDVAL_MEND_SIDE_EITHER = 4,    /**< "either": it lies on one of the two, look on both */
};

/** How sure a statement about a log or about a code is. Numbers are permanent. */
enum {
    FEDVAL_CERTAINTY_STATED = 1,       /**< "stated": the log says so, or a document does */
    FEDVAL_CERTAINTY_INFERRED = 2,     /**< "inferred": it follows from what is stated */
    FEDVAL_CERTAINTY_UNDETERMINED = 3, /**< "undetermined": this log does not tell; never of a
                                            code (fedval/topic.h) */
    FEDVAL_CERTAINTY_UNSURE = 4,       /**< "unsure": no document confirms it; never of an incident
                                            (fedval/log.h) */
};

/**
 * What a program that uses the library can offer to see more, or to judge by more. The library
 * names it by code: each program says it in its own words, `--trust` or a button. Numbers are
 * permanent.
 */
enum {
    FEDVAL_HINT_NONE = 0,               /**< "none" */
    FEDVAL_HINT_ALLOW_PRIVATE = 1,      /**< "allow-private": let private addresses pass */
    FEDVAL_HINT_GIVE_ROOT = 2,          /**< "give-root": judge with a private root */
    FEDVAL_HINT_GIVE_CRL = 3,           /**< "give-crl": judge with revocation lists */
    FEDVAL_HINT_GIVE_CALLING_CHAIN = 4, /**< "give-calling-chain": judge what the domain calls
                                             with */
    FEDVAL_HINT_OTHER_TLS_LIBRARY = 5,  /**< "other-tls-library": probe and verify with another */
    FEDVAL_HINT_OTHER_RESOLVER = 6,     /**< "other-resolver": ask another resolver */
    FEDVAL_HINT_CHECK_DOMAIN = 7,       /**< "check-domain": check the domain from outside */
    FEDVAL_HINT_GIVE_OTHER_LOG = 8,     /**< "give-other-log": read the other side's log too */
    FEDVAL_HINT_RAISE_LIMIT = 9,        /**< "raise-limit": raise the limit that was reached */
    FEDVAL_HINT_GIVE_CHAIN = 10,        /**< "give-chain": judge a server's chain from a file */
    FEDVAL_HINT_ASK_DNS = 11,           /**< "ask-dns": ask a resolver, or read a zone */
    FEDVAL_HINT_PROBE = 12,             /**< "probe": connect to the port */
    FEDVAL_HINT_WIDER_SCOPE = 13,       /**< "wider-scope": judge what was left out */
    FEDVAL_HINT_ASK_SIP = 14,           /**< "ask-sip": send a SIP request once TLS is up */
    FEDVAL_HINT_GIVE_CHAIN_OF_ADDRESS = 15, /**< "give-chain-of-address": judge the chain of one
                                                 address of a server from a file */
};

/**
 * The word of a code (FEDVAL_SEVERITY_), as JSON has it. The functions below that give the
 * word of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_severity_to_string(uint32_t severity);
/** The word of a code (FEDVAL_FAMILY_), as fedval_severity_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_family_to_string(uint32_t family);
/** The word of a code (FEDVAL_SEEN_BY_), as fedval_severity_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_seen_by_to_string(uint32_t seen_by);
/** The word of one bit of a mask (FEDVAL_DIRECTION_), as fedval_severity_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_direction_to_string(uint32_t direction);
/** The word of a code (FEDVAL_CURE_), as fedval_severity_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_cure_to_string(uint32_t cure);
/** The word of a code (FEDVAL_MEND_SIDE_), as fedval_severity_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_mend_side_to_string(uint32_t side);
/** The word of a code (FEDVAL_CERTAINTY_), as fedval_severity_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_certainty_to_string(uint32_t certainty);
/** The word of a code (FEDVAL_HINT_), as fedval_severity_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_hint_to_string(uint32_t hint);
/** The word of a code (FEDVAL_FINDING_), as fedval_severity_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_finding_code_to_string(uint32_t code);

/**
 * The code of a word: the inverse of fedval_severity_to_string. The functions below that read the
 * word of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_severity_from_string(const char *text, size_t text_len,
                                                     uint32_t *out_severity);
/** The code of a word, as fedval_severity_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_family_from_string(const char *text, size_t text_len,
                                                   uint32_t *out_family);
/** The code of a word, as fedval_severity_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_seen_by_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_seen_by);
/** The code of a word, as fedval_severity_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_direction_from_string(const char *text, size_t text_len,
                                                      uint32_t *out_direction);
/** The code of a word, as fedval_severity_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_cure_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_cure);
/** The code of a word, as fedval_severity_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_mend_side_from_string(const char *text, size_t text_len,
                                                      uint32_t *out_side);
/** The code of a word, as fedval_severity_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_certainty_from_string(const char *text, size_t text_len,
                                                      uint32_t *out_certainty);
/** The code of a word, as fedval_severity_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_hint_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_hint);
/** The code of a word, as fedval_severity_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_finding_code_from_string(const char *text, size_t text_len,
                                                         uint32_t *out_code);

/**
 * What a product shows of a fault. Threads: any number of readers; it lives as long as the finding
 * or the catalogue that holds it.
 */
typedef struct fedval_symptom fedval_symptom;

/** FEDVAL_SEEN_BY_: who shows it. @since 0.1.0 */
FEDVAL_API uint32_t fedval_symptom_get_seen_by(const fedval_symptom *symptom);
/** FEDVAL_DIRECTION_ of the calls that show it; 0: it does not depend on that. @since 0.1.0 */
FEDVAL_API uint32_t fedval_symptom_get_direction(const fedval_symptom *symptom);
/**
 * The code as it is logged, "0xc3e93d6f", "1009", "504"; NULL where there is none. Borrowed.
 * @since 0.1.0
 */
FEDVAL_API const char *fedval_symptom_get_code(const fedval_symptom *symptom);
/** The code's symbol, "SIPPROXY_E_..."; NULL where there is none. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_symptom_get_name(const fedval_symptom *symptom);
/** The text beside the code; NULL where there is none. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_symptom_get_text(const fedval_symptom *symptom);

/**
 * One row of the catalogue. All texts are static. Templates hold the finding's parameters in
 * braces: "SRV target {target} is not directly under {domain}"; fedval_template_to_text
 * (fedval/render.h) shows one by itself.
 */
typedef struct fedval_catalogue_entry fedval_catalogue_entry;

/** How many codes there are. @since 0.1.0 */
FEDVAL_API size_t fedval_catalogue_count(void);
/** Entry by position, 0 to count - 1, in the order of the codes; NULL past the end. @since 0.1.0 */
FEDVAL_API const fedval_catalogue_entry *fedval_catalogue_get(size_t index);
/** Entry by code; NULL for an unknown one. @since 0.1.0 */
FEDVAL_API const fedval_catalogue_entry *fedval_catalogue_find(uint32_t code);

/** FEDVAL_FINDING_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_catalogue_entry_get_code(const fedval_catalogue_entry *entry);
/** The kebab-case id, "srv-missing". Static. @since 0.1.0 */
FEDVAL_API const char *fedval_catalogue_entry_get_id(const fedval_catalogue_entry *entry);
/** FEDVAL_FAMILY_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_catalogue_entry_get_family(const fedval_catalogue_entry *entry);
/** The default severity, that of microsoft-edge. @since 0.1.0 */
FEDVAL_API uint32_t fedval_catalogue_entry_get_severity(const fedval_catalogue_entry *entry);
/** The requirement that it is about, 1 to 8 for R1 to R8; 0: none. @since 0.1.0 */
FEDVAL_API uint32_t fedval_catalogue_entry_get_requirement(const fedval_catalogue_entry *entry);
/** Mask of FEDVAL_DIRECTION_; 0 where no call breaks. @since 0.1.0 */
FEDVAL_API uint32_t fedval_catalogue_entry_get_breaks(const fedval_catalogue_entry *entry);
/** One sentence: what it means. @since 0.1.0 */
FEDVAL_API const char *fedval_catalogue_entry_get_meaning(const fedval_catalogue_entry *entry);
/** Template of the one-line message. @since 0.1.0 */
FEDVAL_API const char *fedval_catalogue_entry_get_message(const fedval_catalogue_entry *entry);
/** Template of what was wanted; NULL: nothing in particular. @since 0.1.0 */
FEDVAL_API const char *fedval_catalogue_entry_get_expected(const fedval_catalogue_entry *entry);
/** Template of what was seen instead. @since 0.1.0 */
FEDVAL_API const char *fedval_catalogue_entry_get_observed(const fedval_catalogue_entry *entry);
/** Template of what to change, on which side. @since 0.1.0 */
FEDVAL_API const char *fedval_catalogue_entry_get_remedy(const fedval_catalogue_entry *entry);
/** FEDVAL_CURE_: what takes the fault away. @since 0.1.0 */
FEDVAL_API uint32_t fedval_catalogue_entry_get_cure(const fedval_catalogue_entry *entry);
/** FEDVAL_HINT_: what a program can offer to see more of it. @since 0.1.0 */
FEDVAL_API uint32_t fedval_catalogue_entry_get_hint(const fedval_catalogue_entry *entry);
/**
 * Which side has to mend the fault when it is known from a log only.
 * @param seen_by FEDVAL_SEEN_BY_: who reports it. FEDVAL_SEEN_BY_EDGE and FEDVAL_SEEN_BY_CLIENT
 * give the same answer.
 * @returns FEDVAL_MEND_SIDE_; FEDVAL_MEND_SIDE_UNKNOWN for NULL. Threads: any. @since 0.1.0
 */
FEDVAL_API uint32_t fedval_catalogue_entry_get_mend_side(const fedval_catalogue_entry *entry,
                                                         uint32_t seen_by);
/** Template of what to do when the fault is known from a log only; NULL: the same as the remedy.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_catalogue_entry_get_log_remedy(const fedval_catalogue_entry *entry);
/** Where the rule comes from: an RFC section or product behaviour. A mark says how sure that is:
 * [C] a document states it, [I] it is inferred, [U] it is unsure. @since 0.1.0 */
FEDVAL_API const char *fedval_catalogue_entry_get_source(const fedval_catalogue_entry *entry);

/** How many symptoms are known. @since 0.1.0 */
FEDVAL_API size_t fedval_catalogue_entry_count_symptoms(const fedval_catalogue_entry *entry);
/** Returns symptom `index`; NULL past the end. Static. @since 0.1.0 */
FEDVAL_API const fedval_symptom *
fedval_catalogue_entry_get_symptom(const fedval_catalogue_entry *entry, size_t index);

/**
 * "fedval-finding/1" on one line: what fedval_catalogue_entry_to_text (fedval/render.h) shows.
 * @param out_json malloc'ed, NUL-ended, free with fedval_text_free @param out_len bytes; may be
 * NULL
 * @returns 0; NO_MEMORY; ARGUMENT. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_catalogue_entry_to_json(const fedval_catalogue_entry *entry,
                                                        char **out_json, size_t *out_len);

/**
 * A template of the catalogue or of a topic by itself: each {parameter} becomes the words that
 * stand for it, "{domain}" becomes "<domain>", "{owner}" "_sipfederationtls._tcp.<domain>".
 * @param text, text_len the template
 * @param out_text the text, without a newline; free it with fedval_text_free @param out_len bytes
 * before its NUL; may be NULL
 * @returns 0; NO_MEMORY; ARGUMENT for NULL. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_template_to_text(const char *text, size_t text_len, char **out_text,
                                                 size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
