/*
 * Names: normalise a DNS name, find the domain in a SIP URI or header, apply the SRV rule of
 * federation, put SRV records in order, and name the ways in which a certificate's names match.
 *
 * Does the Edge accept this SRV target for this SIP domain? It does not, the target is deeper:
 *
 *     uint32_t match = fedval_srv_match("example.com", FEDVAL_NUL_ENDED,
 *                                       "expe.sub.example.com", FEDVAL_NUL_ENDED);
 *     if (match != FEDVAL_SRV_MATCH_MATCH)
 *         printf("refused: %s\n", fedval_srv_match_to_string(match));
 *
 * All functions here are pure: no network, no clock, no state. Any thread may call them at any
 * time. Texts that are passed in as pointer and length need no NUL at their end. A NUL within the
 * length is a bad character like any other.
 */
#ifndef FEDVAL_NAME_H
#define FEDVAL_NAME_H

#include "fedval/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Room for any normalised name and its NUL: 253 characters of name (RFC 1035 2.3.4). */
#define FEDVAL_NAME_SIZE 254

/** What kind of thing a normalised name is. Numbers are permanent. */
enum {
    FEDVAL_NAME_KIND_HOST = 1,              /**< "host": two labels or more of a-z 0-9 - */
    FEDVAL_NAME_KIND_SINGLE_LABEL = 2,      /**< "single-label": a host name of one label */
    FEDVAL_NAME_KIND_SERVICE = 3,           /**< "service": a label holds an underscore */
    FEDVAL_NAME_KIND_WILDCARD = 4,          /**< "wildcard": the left-most label is "*" */
    FEDVAL_NAME_KIND_INTERNATIONALISED = 5, /**< "internationalised": a label begins "xn--" */
    FEDVAL_NAME_KIND_IPV4 = 6,              /**< "ipv4": four decimal numbers */
    FEDVAL_NAME_KIND_IPV6 = 7,              /**< "ipv6": with or without brackets */
    FEDVAL_NAME_KIND_ROOT = 8,              /**< "root": "." alone; normalised it is "." */
};

/** Why a text is no name. Numbers are permanent. */
enum {
    FEDVAL_NAME_FAULT_NONE = 0,           /**< "none": it is one */
    FEDVAL_NAME_FAULT_EMPTY = 1,          /**< "empty": no characters */
    FEDVAL_NAME_FAULT_EMPTY_LABEL = 2,    /**< "empty-label": two dots in a row, or one in front */
    FEDVAL_NAME_FAULT_LABEL_TOO_LONG = 3, /**< "label-too-long": over 63 octets as A-label */
    FEDVAL_NAME_FAULT_NAME_TOO_LONG = 4,  /**< "name-too-long": over 253 octets in all */
    FEDVAL_NAME_FAULT_BAD_CHARACTER = 5,  /**< "bad-character": not a letter, digit, - or _ */
    FEDVAL_NAME_FAULT_BAD_HYPHEN = 6,     /**< "bad-hyphen": a label begins or ends with one */
    FEDVAL_NAME_FAULT_BAD_WILDCARD = 7,   /**< "bad-wildcard": "*" is not the left-most label */
    FEDVAL_NAME_FAULT_BAD_UTF8 = 8,       /**< "bad-utf8": the text is not UTF-8 */
    FEDVAL_NAME_FAULT_BAD_IDN = 9,        /**< "bad-idn": IDNA 2008 (UTS 46) does not allow it */
    FEDVAL_NAME_FAULT_BAD_ADDRESS = 10,   /**< "bad-address": nearly an address, such as 1.2.3 */
};

/**
 * The word of a code (FEDVAL_NAME_KIND_), as JSON has it. The functions below that give the
 * word of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_name_kind_to_string(uint32_t kind);
/**
 * The code of a word: the inverse of fedval_name_kind_to_string. The functions below that read the
 * word of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_name_kind_from_string(const char *text, size_t text_len,
                                                      uint32_t *out_kind);
/** The word of a code (FEDVAL_NAME_FAULT_), as fedval_name_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_name_fault_to_string(uint32_t fault);
/** The code of a word, as fedval_name_kind_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_name_fault_from_string(const char *text, size_t text_len,
                                                       uint32_t *out_fault);

/**
 * Brings a name into the one form in which names are compared: lower-case A-labels without the
 * trailing dot; an IPv4 address as four numbers, an IPv6 address as RFC 5952 writes it and
 * without brackets.
 * @param text UTF-8, no blanks around it; one trailing dot is accepted
 * @param text_len bytes
 * @param out_name receives the name and its NUL; out_size bytes, FEDVAL_NAME_SIZE is always enough
 * @param out_kind one of FEDVAL_NAME_KIND_*; may be NULL
 * @param out_fault why the name was refused, or FEDVAL_NAME_FAULT_NONE; may be NULL. This is the
 *        one output that is also set on failure (on FEDVAL_ERROR_SYNTAX alone).
 * @returns 0; FEDVAL_ERROR_SYNTAX when it is no name; FEDVAL_ERROR_LIMIT when out_size is too
 *          small; FEDVAL_ERROR_NO_MEMORY (internationalised names only); FEDVAL_ERROR_ARGUMENT
 *          for NULL.
 * Source: RFC 1123 2.1, RFC 1035 2.3.4, RFC 5891, UTS 46 (non-transitional). @since 0.1.0
 */
FEDVAL_API fedval_status fedval_name_normalise(const char *text, size_t text_len, char *out_name,
                                               size_t out_size, uint32_t *out_kind,
                                               uint32_t *out_fault);

/** The scheme of an address in SIP. Numbers are permanent. */
enum {
    FEDVAL_SIP_SCHEME_SIP = 1,   /**< "sip" */
    FEDVAL_SIP_SCHEME_SIPS = 2,  /**< "sips" */
    FEDVAL_SIP_SCHEME_TEL = 3,   /**< "tel": a telephone number; it has no domain */
    FEDVAL_SIP_SCHEME_OTHER = 4, /**< "other": any other; no domain is read from it */
};

/** The word of a code (FEDVAL_SIP_SCHEME_), as fedval_name_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_sip_scheme_to_string(uint32_t scheme);
/** The code of a word, as fedval_name_kind_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_sip_scheme_from_string(const char *text, size_t text_len,
                                                       uint32_t *out_scheme);

/**
 * The domain of one SIP or SIPS URI, normalised: "sip:2000@Acano.steven.lab:5061;transport=tls"
 * gives "acano.steven.lab". Blanks that come from pasting out of a log are ignored.
 * @param uri the URI without angle brackets, uri_len bytes
 * @param out_name as in fedval_name_normalise, out_size bytes
 * @param out_kind one of FEDVAL_NAME_KIND_*; may be NULL
 * @returns 0; FEDVAL_ERROR_NOT_FOUND when its scheme has no domain (tel: and others);
 *          FEDVAL_ERROR_SYNTAX when it is no URI or its host is no name; FEDVAL_ERROR_LIMIT,
 *          FEDVAL_ERROR_NO_MEMORY and FEDVAL_ERROR_ARGUMENT as fedval_name_normalise.
 * Source: RFC 3261 19.1.1, RFC 3966. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_sip_uri_domain(const char *uri, size_t uri_len, char *out_name,
                                               size_t out_size, uint32_t *out_kind);

/** The addresses of one From, To or P-Asserted-Identity header. Immutable: any thread may read. */
typedef struct fedval_sip_header fedval_sip_header;

/**
 * Reads the value of a From, To, Contact or P-Asserted-Identity header: display names, quoted
 * strings with escapes, angle brackets, parameters, several values with commas between them.
 * A damaged value is skipped up to the next comma and counted in
 * fedval_sip_header_get_num_damaged; blanks inside the angle brackets, as pasted logs have them,
 * are tolerated.
 * @param value the text after "From:", folded lines allowed; value_len bytes, at most 65,535
 * @param out_header owned by the caller, fedval_sip_header_free
 * @returns 0, also when no address could be read (count 0); FEDVAL_ERROR_LIMIT when it is longer
 *          than allowed; FEDVAL_ERROR_NO_MEMORY; FEDVAL_ERROR_ARGUMENT for NULL.
 * Source: RFC 3261 20.10, 25.1; RFC 3325 9.1. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_sip_header_parse(const char *value, size_t value_len,
                                                 fedval_sip_header **out_header);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_sip_header_free(fedval_sip_header *header);
/** How many addresses were read. @since 0.1.0 */
FEDVAL_API size_t fedval_sip_header_count(const fedval_sip_header *header);
/** How many values held no address that could be read. @since 0.1.0 */
FEDVAL_API size_t fedval_sip_header_get_num_damaged(const fedval_sip_header *header);
/** FEDVAL_SIP_SCHEME_* of an address; 0 when index is out of range. @since 0.1.0 */
FEDVAL_API uint32_t fedval_sip_header_get_scheme(const fedval_sip_header *header, size_t index);
/** The normalised domain, NUL-ended, valid as long as the header. NULL when the scheme has none,
 * when its host is no name (see the fault), or when index is out of range. @since 0.1.0 */
FEDVAL_API const char *fedval_sip_header_get_domain(const fedval_sip_header *header, size_t index);
/** FEDVAL_NAME_KIND_* of the domain; 0 when there is none. @since 0.1.0 */
FEDVAL_API uint32_t fedval_sip_header_get_domain_kind(const fedval_sip_header *header,
                                                      size_t index);
/** FEDVAL_NAME_FAULT_* of a host that is no name, FEDVAL_NAME_FAULT_NONE else. @since 0.1.0 */
FEDVAL_API uint32_t fedval_sip_header_get_domain_fault(const fedval_sip_header *header,
                                                       size_t index);
/** The user part, or the number of a tel: URI, as it was written (escapes kept, without a
 * password); NUL-ended, valid as long as the header; NULL when absent. @since 0.1.0 */
FEDVAL_API const char *fedval_sip_header_get_user(const fedval_sip_header *header, size_t index);
/** The display name without quotes and escapes; NUL-ended, valid as long as the header; NULL when
 * absent. @since 0.1.0 */
FEDVAL_API const char *fedval_sip_header_get_display_name(const fedval_sip_header *header,
                                                          size_t index);
/** The port of the URI; 0 when it names none. @since 0.1.0 */
FEDVAL_API uint32_t fedval_sip_header_get_port(const fedval_sip_header *header, size_t index);

/**
 * How an SRV target relates to the domain that it serves. The Microsoft Edge accepts only the
 * first: exactly one label under the domain. Numbers are permanent.
 */
enum {
    FEDVAL_SRV_MATCH_MATCH = 1, /**< "match": one label under the domain */
    /** "deeper": two labels or more under the domain (expe.sub.example.com) */
    FEDVAL_SRV_MATCH_DEEPER = 2,
    /** "parent-or-sibling": not under the domain, but the last two labels or more are the same
     * (vcse.steven.lab for acano.steven.lab). This says no more than that: the labels shared can
     * be a registry's, such as co.uk, where anybody may own the other name. */
    FEDVAL_SRV_MATCH_PARENT_OR_SIBLING = 3,
    FEDVAL_SRV_MATCH_APEX = 4,         /**< "apex": the domain itself */
    FEDVAL_SRV_MATCH_OTHER_DOMAIN = 5, /**< "other-domain": at most the last label is the same */
    FEDVAL_SRV_MATCH_NOT_OFFERED = 6,  /**< "not-offered": the target is "." (RFC 2782) */
    /** "not-a-host-name": the target is an address, or holds what a host name cannot */
    FEDVAL_SRV_MATCH_NOT_A_HOST_NAME = 7,
    /** "domain-not-a-host-name": the same of the domain */
    FEDVAL_SRV_MATCH_DOMAIN_NOT_A_HOST_NAME = 8,
};

/** The word of a code (FEDVAL_SRV_MATCH_), as fedval_name_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_srv_match_to_string(uint32_t match);
/** The code of a word, as fedval_name_kind_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_srv_match_from_string(const char *text, size_t text_len,
                                                      uint32_t *out_match);

/**
 * How `target` relates to `domain`. ASCII case and one trailing dot do not matter; normalise names
 * with other characters first (fedval_name_normalise).
 * @param domain the SIP domain, domain_len bytes
 * @param target the target of its SRV record, target_len bytes
 * @returns one of FEDVAL_SRV_MATCH_*; NULL counts as an empty text. Allocates nothing.
 * Source: the Edge's record "none of the FQDNs is in the same domain"; RFC 2782. @since 0.1.0
 */
FEDVAL_API uint32_t fedval_srv_match(const char *domain, size_t domain_len, const char *target,
                                     size_t target_len);

/**
 * fedval_srv_match of many pairs in one call.
 * @param text all names, one after the other, text_len bytes
 * @param offsets 2 * num_pairs + 1 offsets into text, ascending: the domain of pair i lies between
 *        offsets[2i] and offsets[2i + 1], its target between offsets[2i + 1] and offsets[2i + 2]
 * @param out_matches num_pairs codes
 * @returns 0; FEDVAL_ERROR_ARGUMENT for NULL, or for offsets that descend or leave the text.
 * Allocates nothing. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_srv_match_batch(const char *text, size_t text_len,
                                                const uint32_t *offsets, size_t num_pairs,
                                                uint32_t *out_matches);

/** How many labels two names share, counted from the right (steven.lab: 2). ASCII case and one
 * trailing dot do not matter. NULL counts as an empty text. @since 0.1.0 */
FEDVAL_API uint32_t fedval_name_count_shared_labels(const char *a, size_t a_len, const char *b,
                                                    size_t b_len);

/** The default port of SIP over TLS (RFC 3261 19.1.2), which SRV records of federation name. */
#define FEDVAL_SIP_TLS_PORT 5061

/** More SRV records than one DNS message can hold. */
#define FEDVAL_SRV_MAX_RECORDS 4096

/**
 * The order in which the Microsoft Edge takes SRV records: lowest priority, then highest weight,
 * then first received. It does not draw by weight.
 * @param priorities, weights num_records values each, in the order in which they were received
 * @param out_order num_records indices, best first
 * @param out_num_preferred how many share the best priority and weight: DNS servers rotate their
 *        answers, so the Edge may take any of these. May be NULL.
 * @returns 0; FEDVAL_ERROR_LIMIT above FEDVAL_SRV_MAX_RECORDS; FEDVAL_ERROR_ARGUMENT for NULL.
 * Source: Microsoft's documents on the Edge's SRV choice. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_srv_order_edge(const uint16_t *priorities, const uint16_t *weights,
                                               size_t num_records, uint32_t *out_order,
                                               size_t *out_num_preferred);

/**
 * The order of RFC 2782: lowest priority first, within a priority drawn by weight.
 * @param randoms num_records numbers, evenly spread over 0 to UINT32_MAX: the n-th place of the
 *        result is drawn with the n-th of them. The same numbers give the same order.
 * @param priorities, weights, num_records, out_order as fedval_srv_order_edge
 * @returns as fedval_srv_order_edge.
 * Source: RFC 2782, "Usage rules". @since 0.1.0
 */
FEDVAL_API fedval_status fedval_srv_order_rfc2782(const uint16_t *priorities,
                                                  const uint16_t *weights, const uint32_t *randoms,
                                                  size_t num_records, uint32_t *out_order);

/** What a wildcard in a certificate ("*.example.com") counts for. Numbers are permanent. */
enum {
    FEDVAL_WILDCARD_NEVER = 1,     /**< "never": it matches nothing */
    FEDVAL_WILDCARD_LEFT_MOST = 2, /**< "left-most": it stands for one whole left-most label */
};

/** What the Common Name counts for. Numbers are permanent. */
enum {
    FEDVAL_CN_NEVER = 1,       /**< "never": nothing */
    FEDVAL_CN_WITHOUT_SAN = 2, /**< "without-san": only if there is no subjectAltName extension */
    FEDVAL_CN_REQUIRED = 3,    /**< "required": it must match, and the SAN too where there is one */
};

/** The word of a code (FEDVAL_WILDCARD_), as fedval_name_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_wildcard_rule_to_string(uint32_t rule);
/** The code of a word, as fedval_name_kind_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_wildcard_rule_from_string(const char *text, size_t text_len,
                                                          uint32_t *out_rule);
/** The word of a code (FEDVAL_CN_), as fedval_name_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_cn_rule_to_string(uint32_t rule);
/** The code of a word, as fedval_name_kind_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_cn_rule_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_rule);

/** How the names of a certificate match a reference name, or do not. Numbers are permanent. */
enum {
    FEDVAL_NAME_MATCH_SAN = 1,           /**< "san": a dNSName is the name */
    FEDVAL_NAME_MATCH_SAN_URI = 2,       /**< "san-uri": a sip: URI names it (RFC 5922) */
    FEDVAL_NAME_MATCH_SAN_ADDRESS = 3,   /**< "san-address": an iPAddress is the address */
    FEDVAL_NAME_MATCH_SAN_WILDCARD = 4,  /**< "san-wildcard": a wildcard covers it, as allowed */
    FEDVAL_NAME_MATCH_CN = 5,            /**< "cn": the Common Name is the name, as allowed */
    FEDVAL_NAME_MATCH_CN_IGNORED = 6,    /**< "cn-ignored": the Common Name alone, which is void */
    FEDVAL_NAME_MATCH_WILDCARD_ONLY = 7, /**< "wildcard-only": a wildcard alone, not allowed */
    FEDVAL_NAME_MATCH_CN_MISSING = 8,    /**< "cn-missing": the SAN alone; the CN is required */
    FEDVAL_NAME_MATCH_NONE = 9,          /**< "none": nothing in it names it */
};

/** The word of a code (FEDVAL_NAME_MATCH_), as fedval_name_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_name_match_to_string(uint32_t match);
/** The code of a word, as fedval_name_kind_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_name_match_from_string(const char *text, size_t text_len,
                                                       uint32_t *out_match);
/** 1 when the code is one under which the certificate is accepted for the name, else 0.
 * @since 0.1.0 */
FEDVAL_API uint32_t fedval_name_match_is_accepted(uint32_t match);

/**
 * "fedval-match/1" on one line: how `target` relates to `domain`. Both are shown as given.
 * @param domain_len, target_len bytes, or FEDVAL_NUL_ENDED
 * @param out_json malloc'ed, NUL-ended, free with fedval_text_free @param out_len bytes; may be
 * NULL
 * @returns 0; NO_MEMORY; ARGUMENT. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_srv_match_to_json(const char *domain, size_t domain_len,
                                                  const char *target, size_t target_len,
                                                  char **out_json, size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
