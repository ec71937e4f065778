/*
 * The policy: whose rules judge, at what time, and with what limits. A profile, such as
 * "office365", is a complete policy to start from; set the fields that differ.
 *
 * Judge as Office 365 does, and warn 60 days before a certificate ends:
 *
 *     fedval_policy *policy = NULL;
 *     fedval_status status = fedval_policy_new(FEDVAL_PROFILE_OFFICE365, &policy);
 *     if (status == FEDVAL_OK)
 *         status = fedval_policy_set_number(policy, FEDVAL_POLICY_EXPIRY_WARNING_DAYS, 60);
 *     if (status == FEDVAL_OK)
 *         status = fedval_judge_append_policy(judge, policy, NULL);
 *     fedval_policy_free(policy);
 *
 * The judge keeps a copy. Functions that take no object may be called from any thread.
 */
#ifndef FEDVAL_POLICY_H
#define FEDVAL_POLICY_H

#include "fedval/name.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Profiles: the verifier whose rules judge. */
enum {
    FEDVAL_PROFILE_MICROSOFT_EDGE = 1,
    FEDVAL_PROFILE_OFFICE365 = 2,
    FEDVAL_PROFILE_EXPRESSWAY = 3,
    FEDVAL_PROFILE_MICROSOFT_TRUNK = 4,
    FEDVAL_PROFILE_RFC5922_SIP = 5,
    FEDVAL_PROFILE_WEBPKI = 6,
};

/** Whose domain it is. */
enum { FEDVAL_SIDE_UNKNOWN = 0, FEDVAL_SIDE_CISCO = 1, FEDVAL_SIDE_MICROSOFT = 2 };

/** What is judged: everything, R1 to R3 alone, or R4 to R8 alone. */
enum { FEDVAL_SCOPE_ALL = 0, FEDVAL_SCOPE_DNS = 1, FEDVAL_SCOPE_CERTIFICATE = 2 };

/** The SRV service that is looked up. */
enum { FEDVAL_SERVICE_NONE = 0, FEDVAL_SERVICE_SIPFEDERATIONTLS = 1, FEDVAL_SERVICE_SIPS = 2 };

/** What an SRV target must be. */
enum { FEDVAL_TARGET_RULE_ANY = 0, FEDVAL_TARGET_RULE_ONE_LABEL = 1 };

/** The reference identity that the certificate is compared with. */
enum {
    FEDVAL_REFERENCE_SRV_TARGET = 1,
    FEDVAL_REFERENCE_SIP_DOMAIN = 2,
    FEDVAL_REFERENCE_GIVEN = 3,            /**< the subject name of the policy */
    FEDVAL_REFERENCE_GIVEN_OR_NOTHING = 4, /**< the subject name, where one is given */
};

/** Which anchors count. */
enum { FEDVAL_ROOTS_PUBLIC_ONLY = 1, FEDVAL_ROOTS_PUBLIC_OR_PRIVATE = 2 };

/**
 * The fields of a policy. Their names in JSON are those of fedval_policy_field_to_string.
 *
 * The numbers are permanent: never reused, never renumbered, in no order of subject. Fields below
 * 100 hold numbers, those above hold texts. A new field takes the highest number of its kind plus
 * one; the gaps (26, 34 ...) are left as they are.
 */
enum {
    /* numbers */
    FEDVAL_POLICY_SIDE = 1,  /**< FEDVAL_SIDE_; unknown: it is inferred */
    FEDVAL_POLICY_SCOPE = 2, /**< FEDVAL_SCOPE_ */
    FEDVAL_POLICY_TIME =
        3, /**< to judge at, seconds since 1970; FEDVAL_TIME_UNKNOWN: that of the evidence */
    FEDVAL_POLICY_ALLOW_PRIVATE = 4, /**< 1: a private or loopback address is no fault */
    FEDVAL_POLICY_SERVICE = 5,       /**< FEDVAL_SERVICE_ */
    FEDVAL_POLICY_TARGET_RULE = 6,   /**< FEDVAL_TARGET_RULE_ */
    FEDVAL_POLICY_REFERENCE = 7,     /**< FEDVAL_REFERENCE_ */
    FEDVAL_POLICY_WILDCARD = 8,      /**< FEDVAL_WILDCARD_ (fedval/name.h) */
    FEDVAL_POLICY_COMMON_NAME = 9,   /**< FEDVAL_CN_ (fedval/name.h) */
    FEDVAL_POLICY_TRUST = 10,        /**< FEDVAL_ROOTS_PUBLIC_ONLY or _PUBLIC_OR_PRIVATE */
    FEDVAL_POLICY_MIN_TLS = 11,      /**< 0x0303 for TLS 1.2 (RFC 8446 4.1.2 numbers) */
    FEDVAL_POLICY_MIN_RSA_BITS = 12, /**< an RSA key with fewer is "weak" */
    FEDVAL_POLICY_MAX_RSA_BITS = 13, /**< an RSA key with more is "unsupported" */
    FEDVAL_POLICY_EXPIRY_WARNING_DAYS = 14,
    FEDVAL_POLICY_ALLOW_PARTIAL_CHAIN =
        15, /**< 1: an intermediate or the end-entity certificate may be an anchor */
    /** certificates between end-entity and anchor, self-issued ones aside (RFC 5280 6.1.4 (l)) */
    FEDVAL_POLICY_MAX_DEPTH = 16,
    FEDVAL_POLICY_MAX_SIGNATURE_CHECKS = 17, /**< signatures checked for one chain */
    FEDVAL_POLICY_MAX_TRIES = 18,            /**< certificates tried on the paths of one chain */
    FEDVAL_POLICY_MAX_NAME_COMPARISONS = 19, /**< of name constraints (RFC 5280 4.2.1.10) */
    FEDVAL_POLICY_MAX_CERTIFICATES = 20,     /**< of one chain as sent */
    FEDVAL_POLICY_MAX_CHAIN_BYTES = 21, /**< of the certificates of one chain as sent, in DER */
    FEDVAL_POLICY_MAX_TARGETS = 22,     /**< SRV targets followed */
    FEDVAL_POLICY_MAX_ADDRESSES = 23,   /**< addresses probed for each target */
    FEDVAL_POLICY_REQUIRE_CRL = 24, /**< 1: a certificate without a usable CRL is indeterminate */
    /** 1: initial-explicit-policy (RFC 5280 6.1.1 (f)): some certificate policy must hold */
    FEDVAL_POLICY_EXPLICIT_POLICY = 30,
    FEDVAL_POLICY_INHIBIT_MAPPING = 31,    /**< 1: initial-policy-mapping-inhibit (6.1.1 (e)) */
    FEDVAL_POLICY_INHIBIT_ANY_POLICY = 32, /**< 1: initial-any-policy-inhibit (6.1.1 (g)) */
    /** findings of one code about one certificate; those left out are counted in the last one */
    FEDVAL_POLICY_MAX_FINDINGS_PER_CERTIFICATE = 33,
    /** the release of the Expressway, 100 times the major number plus the minor one (1505: X15.5);
     * 0: not known. What that release does with a certificate decides findings and their words. */
    FEDVAL_POLICY_EXPRESSWAY_VERSION = 40,
    /** Requirements that have to be judged for a "pass", beside R1 to R5 and R7: a bit 1 << n for
       Rn. */
    FEDVAL_POLICY_REQUIRE = 25,
    /** connections to each address at most: the first, and further looks at a server that answers
     */
    FEDVAL_POLICY_MAX_CONNECTIONS = 41,
    /** findings of a report at most, and of the paths of its chains; those left out are counted */
    FEDVAL_POLICY_MAX_FINDINGS = 44,
    FEDVAL_POLICY_SIP_OPTIONS = 42, /**< 1: one of the looks sends a SIP OPTIONS request */
    /** 1: each server of the domain's zone is asked by itself, too */
    FEDVAL_POLICY_AUTHORITATIVE = 43,
    /** A certificate that ends within so many days is an error and not a warning; 0: none is. */
    FEDVAL_POLICY_EXPIRY_CRITICAL_DAYS = 50,
    /* texts */
    FEDVAL_POLICY_EDGE_FQDN =
        101, /**< the partner has configured this proxy FQDN: SRV is not consulted */
    FEDVAL_POLICY_SUBJECT_NAME = 102, /**< the given reference identity */
    /** the other domain that the same calls name, where From and P-Asserted-Identity differ */
    FEDVAL_POLICY_OTHER_DOMAIN = 103,
};

/**
 * The word of a code (FEDVAL_PROFILE_), as JSON has it. The functions below that give the
 * word of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_profile_to_string(uint32_t profile);
/** The word of a code (FEDVAL_SIDE_), as fedval_profile_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_side_to_string(uint32_t side);
/** The word of a code (FEDVAL_SCOPE_), as fedval_profile_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_scope_to_string(uint32_t scope);
/** The word of a code (FEDVAL_SERVICE_), as fedval_profile_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_service_to_string(uint32_t service);
/** The word of a code (FEDVAL_TARGET_RULE_), as fedval_profile_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_target_rule_to_string(uint32_t rule);
/** The word of a code (FEDVAL_REFERENCE_), as fedval_profile_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_reference_to_string(uint32_t reference);
/** The word of a code (FEDVAL_ROOTS_), as fedval_profile_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_roots_to_string(uint32_t rule);
/** The word of a code (FEDVAL_POLICY_), as fedval_profile_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_policy_field_to_string(uint32_t field);
/**
 * The code of a word: the inverse of fedval_profile_to_string. The functions below that read the
 * word of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_profile_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_profile);
/** The code of a word, as fedval_profile_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_side_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_side);
/** The code of a word, as fedval_profile_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_scope_from_string(const char *text, size_t text_len,
                                                  uint32_t *out_scope);
/** The code of a word, as fedval_profile_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_service_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_service);
/** The code of a word, as fedval_profile_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_target_rule_from_string(const char *text, size_t text_len,
                                                        uint32_t *out_rule);
/** The code of a word, as fedval_profile_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_reference_from_string(const char *text, size_t text_len,
                                                      uint32_t *out_reference);
/** The code of a word, as fedval_profile_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_roots_from_string(const char *text, size_t text_len,
                                                  uint32_t *out_rule);
/** The code of a word, as fedval_profile_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_policy_field_from_string(const char *text, size_t text_len,
                                                         uint32_t *out_field);

/** The profile that judges a side's domain by default: FEDVAL_PROFILE_EXPRESSWAY for the Microsoft
 * side, FEDVAL_PROFILE_MICROSOFT_EDGE else. Threads: any. @since 0.1.0 */
FEDVAL_API uint32_t fedval_side_get_profile(uint32_t side);

/** One policy. Threads: one writer; any number of readers of a const one. */
typedef struct fedval_policy fedval_policy;

/** A policy with everything as the profile has it. @param profile FEDVAL_PROFILE_
 * @returns 0; NO_MEMORY; ARGUMENT for NULL; NOT_FOUND for an unknown profile. Free with
 * fedval_policy_free. @since 0.1.0 */
FEDVAL_API fedval_status fedval_policy_new(uint32_t profile, fedval_policy **out_policy);
/**
 * A copy, independent of the original. @returns 0; NO_MEMORY; ARGUMENT. Free with
 * fedval_policy_free.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_policy_copy(const fedval_policy *policy, fedval_policy **out_copy);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_policy_free(fedval_policy *policy);
/** FEDVAL_PROFILE_ that it was started from, whatever was set since. @since 0.1.0 */
FEDVAL_API uint32_t fedval_policy_get_profile(const fedval_policy *policy);
/** Sets a number field. @param field FEDVAL_POLICY_ below 100
 * @returns 0; ARGUMENT for a field that is no number or a value out of its range. @since 0.1.0 */
FEDVAL_API fedval_status fedval_policy_set_number(fedval_policy *policy, uint32_t field,
                                                  int64_t value);
/** The value of a number field. @returns 0; ARGUMENT for a field that is no number. @since 0.1.0 */
FEDVAL_API fedval_status fedval_policy_get_number(const fedval_policy *policy, uint32_t field,
                                                  int64_t *out_value);
/** Sets a text field. @param value a host name, UTF-8, which is normalised here; NULL clears the
 * field @returns 0; ARGUMENT; SYNTAX; NO_MEMORY. @since 0.1.0 */
FEDVAL_API fedval_status fedval_policy_set_text(fedval_policy *policy, uint32_t field,
                                                const char *value, size_t value_len);
/** The value of a text field; NULL when it is not set. Borrowed until it is set again.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_policy_get_text(const fedval_policy *policy, uint32_t field);
/** Adds the FQDN of a hosting provider to the known ones. @returns 0; ARGUMENT; SYNTAX; NO_MEMORY.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_policy_append_provider(fedval_policy *policy, const char *fqdn,
                                                       size_t fqdn_len);
/**
 * Whether a host is that of a hosting provider that every policy knows, such as
 * sipfed.online.lync.com: the SRV target of a domain that is hosted there.
 * @param name, name_len a host name in any case, with or without its final dot; name_len in bytes
 * or FEDVAL_NUL_ENDED @returns 1 or 0; 0 for NULL. @since 0.1.0
 */
FEDVAL_API uint32_t fedval_provider_is_known(const char *name, size_t name_len);
/**
 * Returns the host that serves federation in the cloud of Microsoft that a host belongs to, such as
 * sipfed.online.lync.com for sipdir.online.lync.com. A host that is not that one itself serves no
 * federation that a document names.
 * @param name, name_len a host name in any case, with or without its final dot; name_len in bytes
 * or FEDVAL_NUL_ENDED @returns static text; NULL for a host of no such cloud, for a text that is no
 * host name and for NULL. Threads: any. Source: Microsoft, DNS records of each cloud [C].
 * @since 0.1.0
 */
FEDVAL_API const char *fedval_provider_of_cloud(const char *name, size_t name_len);
/** How many hosting providers were added to the known ones. @since 0.1.0 */
FEDVAL_API size_t fedval_policy_count_providers(const fedval_policy *policy);
/**
 * One that was added, as A-labels; NULL past the end. Borrowed until the next append. @since 0.1.0
 */
FEDVAL_API const char *fedval_policy_get_provider(const fedval_policy *policy, size_t index);

/**
 * One more certificate policy of the user-initial-policy-set (RFC 5280 6.1.1 (c)): where a policy
 * must hold, it is one of these. Without any every policy will do.
 * @param oid "2.16.840.1.101.3.2.1.48.1", oid_len bytes or FEDVAL_NUL_ENDED
 * @returns 0; ARGUMENT; SYNTAX; NO_MEMORY. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_policy_append_policy_oid(fedval_policy *policy, const char *oid,
                                                         size_t oid_len);
/** How many certificate policies were added. @since 0.1.0 */
FEDVAL_API size_t fedval_policy_count_policy_oids(const fedval_policy *policy);
/** Returns policy OID `index`; NULL past the end. Borrowed until the next append. @since 0.1.0 */
FEDVAL_API const char *fedval_policy_get_policy_oid(const fedval_policy *policy, size_t index);

/**
 * Accepts a finding: somebody knows of it and lives with it. The report shows it as before, marked
 * as accepted, and it no longer counts for the verdict. That says nothing of what was not seen:
 * whatever hangs on an accepted fault and could not be observed is not checked.
 * @param code FEDVAL_FINDING_; it is meant where the finding itself or the fault of a standby has
 * this code
 * @param domain the one domain that it is accepted of, domain_len bytes or FEDVAL_NUL_ENDED; NULL:
 * of every domain
 * @param until seconds since 1970: from this second on it counts again, and the finding says so;
 * FEDVAL_TIME_UNKNOWN: without an end
 * @returns 0; ARGUMENT for an unknown code, and for an end outside the years 0 to 9999; SYNTAX for
 * what is no domain; NO_MEMORY. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_policy_append_acceptance(fedval_policy *policy, uint32_t code,
                                                         const char *domain, size_t domain_len,
                                                         int64_t until);
/** How many findings are accepted. @since 0.1.0 */
FEDVAL_API size_t fedval_policy_count_acceptances(const fedval_policy *policy);
/** FEDVAL_FINDING_ of one of them; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_policy_get_acceptance_code(const fedval_policy *policy, size_t index);
/**
 * The domain that it is accepted of, as A-labels; NULL: every domain, or past the end. Borrowed
 * until the next append. @since 0.1.0
 */
FEDVAL_API const char *fedval_policy_get_acceptance_domain(const fedval_policy *policy,
                                                           size_t index);
/** When it ends; FEDVAL_TIME_UNKNOWN: never, or past the end. @since 0.1.0 */
FEDVAL_API int64_t fedval_policy_get_acceptance_until(const fedval_policy *policy, size_t index);

/**
 * Reads one "fedval-policy/1" document (UTF-8 JSON). Absent members are those of the profile, which
 * itself is microsoft-edge where it is absent. A member that the format does not have is
 * an error, which names the nearest one, unless the document says `"strict": false`.
 * @param json json_len bytes @param error may be NULL; says what is wrong, and where
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX, also for a value out of its range; FORMAT for a later
 * format; LIMIT as fedval_evidence_new_from_json. Free with fedval_policy_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_policy_new_from_json(const char *json, size_t json_len,
                                                     fedval_policy **out_policy,
                                                     fedval_error *error);
/**
 * The same, but a member that the format does not have is passed over, whatever the document says:
 * for a document of a later edition that cannot be changed. @param json, json_len, error as
 * fedval_policy_new_from_json @returns as fedval_policy_new_from_json. Free with
 * fedval_policy_free.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_policy_new_from_json_lenient(const char *json, size_t json_len,
                                                             fedval_policy **out_policy,
                                                             fedval_error *error);
/**
 * Writes "fedval-policy/1" on one line. @param out_json malloc'ed, NUL-ended; free with
 * fedval_text_free @param out_len bytes; may be NULL @returns 0; NO_MEMORY; ARGUMENT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_policy_to_json(const fedval_policy *policy, char **out_json,
                                               size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
