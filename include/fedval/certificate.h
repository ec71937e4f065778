/*
 * Certificates: decoded from DER or PEM, and read with getters. Decoding judges nothing: a flawed
 * certificate is decoded as far as it can be read, and its defects can be listed.
 *
 * Does the first certificate of a file name the host? (The rules come from fedval/name.h.)
 *
 *     fedval_certificate_list *list = NULL;
 *     uint32_t match = FEDVAL_NAME_MATCH_NONE;
 *     fedval_status status = fedval_certificate_list_new(pem, pem_len, &list, error);
 *     if (status == FEDVAL_OK) {
 *         status = fedval_certificate_match(fedval_certificate_list_get(list, 0),
 *                                           "vcse.example.com", FEDVAL_NUL_ENDED,
 *                                           FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
 *                                           &match);
 *     }
 *     if (status == FEDVAL_OK)
 *         printf("%s\n", fedval_name_match_to_string(match));
 *     fedval_certificate_list_free(list);
 *
 * All functions here are pure: no network, no clock, no state. A certificate never changes once it
 * is made: any number of threads may read it at the same time. What a getter returns is borrowed
 * and lives as long as the certificate, unless its comment says "static".
 */
#ifndef FEDVAL_CERTIFICATE_H
#define FEDVAL_CERTIFICATE_H

#include "fedval/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One certificate. Threads: read-only, any number. */
typedef struct fedval_certificate fedval_certificate;
/** Certificates in the order of a PEM text. Threads: read-only, any number. */
typedef struct fedval_certificate_list fedval_certificate_list;

/** The longest certificate that is decoded, in bytes: 16 MiB. */
#define FEDVAL_CERTIFICATE_MAX 16777216

/**
 * Decodes one certificate.
 * @param der its DER, copied
 * @param der_len bytes; bytes after the certificate are a defect, not an error
 * @param out_certificate free with fedval_certificate_free; untouched on failure
 * @returns 0 whenever the three parts of a certificate can be told apart, however flawed it is
 *          inside (see fedval_certificate_count_defects); FEDVAL_ERROR_SYNTAX when not;
 *          FEDVAL_ERROR_LIMIT above FEDVAL_CERTIFICATE_MAX; FEDVAL_ERROR_NO_MEMORY;
 *          FEDVAL_ERROR_ARGUMENT for NULL.
 * Source: RFC 5280 4.1. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_certificate_new(const void *der, size_t der_len,
                                                fedval_certificate **out_certificate);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_certificate_free(fedval_certificate *certificate);

/**
 * Decodes every certificate of a file: PEM, DER, several DER in a row, PKCS #7, or one of the texts
 * in UTF-16. What is no certificate, and text between PEM blocks, is skipped.
 * @param pem need not end with NUL @param pem_len bytes
 * @param out_list free with fedval_certificate_list_free; untouched on failure
 * @param error names the line or byte at fault, and what is there in place of a certificate; may be
 *              NULL
 * @returns 0; FEDVAL_ERROR_SYNTAX for a broken block, or one that is no certificate;
 *          FEDVAL_ERROR_NOT_FOUND when there is no certificate; FEDVAL_ERROR_LIMIT for one above
 *          FEDVAL_CERTIFICATE_MAX; FEDVAL_ERROR_NO_MEMORY; FEDVAL_ERROR_ARGUMENT for NULL.
 * Source: RFC 7468, RFC 5652. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_certificate_list_new(const void *pem, size_t pem_len,
                                                     fedval_certificate_list **out_list,
                                                     fedval_error *error);
/**
 * Decodes certificates in DER, one after the other, as TLS libraries hand out a chain:
 * one buffer, since DER says itself where each ends.
 * @param der copied @param der_len bytes
 * @param out_list free with fedval_certificate_list_free; untouched on failure
 * @param error may be NULL; names the byte at which a certificate should begin
 * @returns 0; FEDVAL_ERROR_SYNTAX where something is no certificate; FEDVAL_ERROR_NOT_FOUND for no
 *          bytes; FEDVAL_ERROR_LIMIT for one above FEDVAL_CERTIFICATE_MAX; FEDVAL_ERROR_NO_MEMORY;
 *          FEDVAL_ERROR_ARGUMENT for NULL. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_certificate_list_new_from_der(const void *der, size_t der_len,
                                                              fedval_certificate_list **out_list,
                                                              fedval_error *error);
/** Accepts NULL. Its certificates go with it. @since 0.1.0 */
FEDVAL_API void fedval_certificate_list_free(fedval_certificate_list *list);
/** 0 for NULL. @since 0.1.0 */
FEDVAL_API size_t fedval_certificate_list_count(const fedval_certificate_list *list);
/** The certificate at index, borrowed from the list; NULL past the end. @since 0.1.0 */
FEDVAL_API const fedval_certificate *
fedval_certificate_list_get(const fedval_certificate_list *list, size_t index);

/* --- What it is ---------------------------------------------------------------------------- */

/** The whole certificate, without the bytes after it. @param out_len bytes.
 * @since 0.1.0 */
FEDVAL_API const uint8_t *fedval_certificate_get_der(const fedval_certificate *certificate,
                                                     size_t *out_len);
/** Room for a SHA-256 as fedval_certificate_to_sha256 writes it. */
#define FEDVAL_SHA256_SIZE 65
/**
 * Writes the SHA-256 of fedval_certificate_get_der in lower-case hexadecimal, as JSON has it: the
 * fingerprint by which people compare certificates.
 * @param out_text receives the text and its NUL, out_size bytes; FEDVAL_SHA256_SIZE is enough
 * @returns 0; FEDVAL_ERROR_ARGUMENT for NULL; FEDVAL_ERROR_LIMIT when out_size is too small.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_certificate_to_sha256(const fedval_certificate *certificate,
                                                      char *out_text, size_t out_size);
/** 1, 2 or 3; another number as the certificate has it; 0 when it cannot be read.
 * @since 0.1.0 */
FEDVAL_API uint32_t fedval_certificate_get_version(const fedval_certificate *certificate);
/** The octets of the serial number as the certificate has them, sign octet included (RFC
 * 5280 4.1.2.2).
 * @since 0.1.0 */
FEDVAL_API const uint8_t *fedval_certificate_get_serial(const fedval_certificate *certificate,
                                                        size_t *out_len);
/** For people: "CN=vcse.steven.lab, O=Lab", most specific part first; "" for an empty name.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_certificate_get_subject(const fedval_certificate *certificate);
/** The same of the issuer. @since 0.1.0 */
FEDVAL_API const char *fedval_certificate_get_issuer(const fedval_certificate *certificate);
/** The subject as DER. @since 0.1.0 */
FEDVAL_API const uint8_t *fedval_certificate_get_subject_der(const fedval_certificate *certificate,
                                                             size_t *out_len);
/** The issuer as DER. @since 0.1.0 */
FEDVAL_API const uint8_t *fedval_certificate_get_issuer_der(const fedval_certificate *certificate,
                                                            size_t *out_len);
/** First second of validity, in seconds since 1970; INT64_MIN when it cannot be read.
 * @since 0.1.0 */
FEDVAL_API int64_t fedval_certificate_get_not_before(const fedval_certificate *certificate);
/** Last second of validity (RFC 5280 4.1.2.5: it still counts); INT64_MIN as above. @since 0.1.0 */
FEDVAL_API int64_t fedval_certificate_get_not_after(const fedval_certificate *certificate);
/** 1 when issuer and subject are the same name by RFC 5280 7.1, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_certificate_is_self_issued(const fedval_certificate *certificate);

/* --- Keys and signature -------------------------------------------------------------------- */

/** The kind of a public key. Numbers are permanent. */
enum {
    FEDVAL_KEY_OTHER = 1,   /**< "other": not known here, or unreadable */
    FEDVAL_KEY_RSA = 2,     /**< "rsa" */
    FEDVAL_KEY_RSA_PSS = 3, /**< "rsa-pss": for RSASSA-PSS signatures only */
    FEDVAL_KEY_EC = 4,      /**< "ec" */
    FEDVAL_KEY_DSA = 5,     /**< "dsa" */
    FEDVAL_KEY_ED25519 = 6, /**< "ed25519" */
    FEDVAL_KEY_ED448 = 7,   /**< "ed448" */
    FEDVAL_KEY_X25519 = 8,  /**< "x25519": key agreement */
    FEDVAL_KEY_X448 = 9,    /**< "x448": key agreement */
};

/**
 * The word of a code (FEDVAL_KEY_), as JSON has it. The functions below that give the word
 * of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_key_type_to_string(uint32_t type);
/**
 * The code of a word: the inverse of fedval_key_type_to_string. The functions below that read the
 * word of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_key_type_from_string(const char *text, size_t text_len,
                                                     uint32_t *out_type);

/** FEDVAL_KEY_*. @since 0.1.0 */
FEDVAL_API uint32_t fedval_certificate_get_key_type(const fedval_certificate *certificate);
/** Size of the modulus, the field or the prime in bits; 0 when not known. @since 0.1.0 */
FEDVAL_API uint32_t fedval_certificate_get_key_bits(const fedval_certificate *certificate);
/** The whole SubjectPublicKeyInfo as DER. @since 0.1.0 */
FEDVAL_API const uint8_t *fedval_certificate_get_spki(const fedval_certificate *certificate,
                                                      size_t *out_len);
/** "RSA-SHA256", "ECDSA-SHA384", "RSASSA-PSS-SHA256", "Ed25519", "unknown algorithm". Static.
 * @since 0.1.0 */
FEDVAL_API const char *
fedval_certificate_get_signature_algorithm(const fedval_certificate *certificate);

/* --- Names --------------------------------------------------------------------------------- */

/** The kind of an entry of the subjectAltName (RFC 5280 4.2.1.6). Numbers are permanent. */
enum {
    FEDVAL_SAN_OTHER_NAME = 1,    /**< "other-name" */
    FEDVAL_SAN_EMAIL = 2,         /**< "email" */
    FEDVAL_SAN_DNS = 3,           /**< "dns" */
    FEDVAL_SAN_X400 = 4,          /**< "x400" */
    FEDVAL_SAN_DIRECTORY = 5,     /**< "directory" */
    FEDVAL_SAN_EDI_PARTY = 6,     /**< "edi-party" */
    FEDVAL_SAN_URI = 7,           /**< "uri" */
    FEDVAL_SAN_IP = 8,            /**< "ip" */
    FEDVAL_SAN_REGISTERED_ID = 9, /**< "registered-id" */
    FEDVAL_SAN_UNKNOWN = 10,      /**< "unknown": a tag that RFC 5280 does not have */
};

/** The word of a code (FEDVAL_SAN_), as fedval_key_type_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_san_type_to_string(uint32_t type);
/** The code of a word, as fedval_key_type_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_san_type_from_string(const char *text, size_t text_len,
                                                     uint32_t *out_type);

/** 1 when there is a subjectAltName extension, be it empty or unreadable, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_certificate_has_san(const fedval_certificate *certificate);
/** The number of its entries. @since 0.1.0 */
FEDVAL_API size_t fedval_certificate_count_sans(const fedval_certificate *certificate);
/**
 * One entry: its octets as the certificate has them. Text is not NUL-ended and may hold NULs.
 * @param out_type FEDVAL_SAN_* @param out_len bytes; each may be NULL
 * @returns NULL past the end. An empty entry is not NULL. @since 0.1.0
 */
FEDVAL_API const uint8_t *fedval_certificate_get_san(const fedval_certificate *certificate,
                                                     size_t index, uint32_t *out_type,
                                                     size_t *out_len);
/** For people: "DNS:vcse.steven.lab", "IP:192.0.2.1"; control characters are escaped. NULL past
 * the end. @since 0.1.0 */
FEDVAL_API const char *fedval_certificate_get_san_text(const fedval_certificate *certificate,
                                                       size_t index);
/** The number of Common Names in the subject. @since 0.1.0 */
FEDVAL_API size_t fedval_certificate_count_common_names(const fedval_certificate *certificate);
/** Returns Common Name `index`; not NUL-ended, and may hold NULs. NULL past the end. @since 0.1.0
 */
FEDVAL_API const char *fedval_certificate_get_common_name(const fedval_certificate *certificate,
                                                          size_t index, size_t *out_len);

/* --- Extensions ---------------------------------------------------------------------------- */

/** 1 when basicConstraints says that this is a CA, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_certificate_is_ca(const fedval_certificate *certificate);
/** pathLenConstraint; -1 when there is none. @since 0.1.0 */
FEDVAL_API int64_t fedval_certificate_get_path_length(const fedval_certificate *certificate);
/** keyUsage: bit n of RFC 5280 4.2.1.3 as 1 << n (digitalSignature 1, keyCertSign 32); -1 when
 * there is no such extension or it cannot be read. @since 0.1.0 */
FEDVAL_API int64_t fedval_certificate_get_key_usage(const fedval_certificate *certificate);
/** The number of extended key usages. @since 0.1.0 */
FEDVAL_API size_t fedval_certificate_count_key_purposes(const fedval_certificate *certificate);
/** Returns key purpose `index`, an OID: "1.3.6.1.5.5.7.3.1" is serverAuth. NULL past the end.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_certificate_get_key_purpose(const fedval_certificate *certificate,
                                                          size_t index);
/** subjectKeyIdentifier; NULL when there is none. @since 0.1.0 */
FEDVAL_API const uint8_t *
fedval_certificate_get_subject_key_id(const fedval_certificate *certificate, size_t *out_len);
/** keyIdentifier of the authorityKeyIdentifier; NULL when there is none. @since 0.1.0 */
FEDVAL_API const uint8_t *
fedval_certificate_get_authority_key_id(const fedval_certificate *certificate, size_t *out_len);

/** What a URL in a certificate is for. Numbers are permanent. */
enum {
    FEDVAL_CERTIFICATE_URL_CRL = 1,       /**< "crl": cRLDistributionPoints */
    FEDVAL_CERTIFICATE_URL_CA_ISSUER = 2, /**< "ca-issuer": where the issuer's certificate is */
    FEDVAL_CERTIFICATE_URL_OCSP = 3,      /**< "ocsp" */
};

/** The word of a code (FEDVAL_CERTIFICATE_URL_), as fedval_key_type_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_certificate_url_to_string(uint32_t kind);
/** The code of a word, as fedval_key_type_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_certificate_url_from_string(const char *text, size_t text_len,
                                                            uint32_t *out_kind);
/** The number of URLs of a kind (FEDVAL_CERTIFICATE_URL_*). @since 0.1.0 */
FEDVAL_API size_t fedval_certificate_count_urls(const fedval_certificate *certificate,
                                                uint32_t kind);
/** Returns URL `index` of that kind; not NUL-ended. NULL past the end. @since 0.1.0 */
FEDVAL_API const char *fedval_certificate_get_url(const fedval_certificate *certificate,
                                                  uint32_t kind, size_t index, size_t *out_len);

/** The number of extensions, those that are not known here included. @since 0.1.0 */
FEDVAL_API size_t fedval_certificate_count_extensions(const fedval_certificate *certificate);
/** The OID of one: "2.5.29.17"; "" when it is no OID. NULL past the end.
 * @param out_is_critical 1 or 0 @param out_value contents of the OCTET STRING @param out_value_len
 * bytes; each may be NULL. @since 0.1.0 */
FEDVAL_API const char *fedval_certificate_get_extension(const fedval_certificate *certificate,
                                                        size_t index, uint32_t *out_is_critical,
                                                        const uint8_t **out_value,
                                                        size_t *out_value_len);

/* --- What is wrong with its encoding ------------------------------------------------------- */

/** The number of defects; 0 for a certificate as RFC 5280 wants it. Of each kind the first is kept,
 * and no more than eight in all. @since 0.1.0 */
FEDVAL_API size_t fedval_certificate_count_defects(const fedval_certificate *certificate);
/** One line: "the serial number is not positive". Static; NULL past the end.
 * @param out_offset where, in bytes from the start; may be NULL. @since 0.1.0 */
FEDVAL_API const char *fedval_certificate_get_defect(const fedval_certificate *certificate,
                                                     size_t index, size_t *out_offset);

/* --- Whose certificate it is ---------------------------------------------------------------- */

/**
 * How the names of a certificate match a reference name, or do not. With a subjectAltName
 * extension the Common Name is void, except that FEDVAL_CN_REQUIRED wants both. Of several Common
 * Names any one counts. An address is matched by an iPAddress alone.
 * @param certificate of the peer
 * @param name reference name in ASCII, any case, one trailing dot allowed, or the literal of an
 *        address; normalise internationalised names first (fedval_name_normalise).
 *        name_len bytes
 * @param wildcard_rule FEDVAL_WILDCARD_* of fedval/name.h
 * @param cn_rule FEDVAL_CN_*
 * @param accepts_sip_uri 1: a sip: URI without user part in the subjectAltName names its domain
 *        (RFC 5922 7.1); 0: it does not
 * @param out_match FEDVAL_NAME_MATCH_*; fedval_name_match_is_accepted says yes or no
 * @returns 0; FEDVAL_ERROR_SYNTAX when name is neither a host name nor an address;
 *          FEDVAL_ERROR_ARGUMENT for NULL, or an unknown rule. Allocates nothing.
 * Source: RFC 9525 6, RFC 5922 7, RFC 5280 4.2.1.6. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_certificate_match(const fedval_certificate *certificate,
                                                  const char *name, size_t name_len,
                                                  uint32_t wildcard_rule, uint32_t cn_rule,
                                                  uint32_t accepts_sip_uri, uint32_t *out_match);

/**
 * fedval_certificate_match of many reference names in one call.
 * @param text all names, one after the other, text_len bytes
 * @param offsets num_names + 1 offsets into text, ascending: name i lies between offsets[i] and
 *        offsets[i + 1]
 * @param out_matches num_names codes; 0 for a name that is no reference name
 * @param certificate, wildcard_rule, cn_rule, accepts_sip_uri as fedval_certificate_match
 * @returns 0; FEDVAL_ERROR_ARGUMENT for NULL, an unknown rule, or offsets that
 *          descend or leave the text. Allocates nothing. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_certificate_match_batch(const fedval_certificate *certificate,
                                                        const char *text, size_t text_len,
                                                        const uint32_t *offsets, size_t num_names,
                                                        uint32_t wildcard_rule, uint32_t cn_rule,
                                                        uint32_t accepts_sip_uri,
                                                        uint32_t *out_matches);

/**
 * "fedval-certificate/1" on one line: what is in it, and what is wrong with its encoding.
 * @param out_json malloc'ed, NUL-ended, free with fedval_text_free @param out_len bytes; may be
 * NULL
 * @returns 0; NO_MEMORY; ARGUMENT. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_certificate_to_json(const fedval_certificate *certificate,
                                                    char **out_json, size_t *out_len);
/** "fedval-certificates/1" on one line: all of them, in their order. @param out_json, out_len as
 * fedval_certificate_to_json @returns as fedval_certificate_to_json. @since 0.1.0 */
FEDVAL_API fedval_status fedval_certificate_list_to_json(const fedval_certificate_list *list,
                                                         char **out_json, size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
