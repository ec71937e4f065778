/* A certificate as facts (RFC 5280). The decoder judges nothing: it records what is wrong, and
 * reads everything that can be read. Every view points into the DER, which must outlive the
 * structure, or into the arena. */
#ifndef FV_X509_CERTIFICATE_H
#define FV_X509_CERTIFICATE_H

#include "fedval/status.h"
#include "x509/algorithm.h"
#include "x509/defect.h"
#include "x509/extension.h"
#include "x509/general_name.h"

/* The bits of KeyUsage (RFC 5280 4.2.1.3): bit n of the BIT STRING is 1 << n. */
enum {
    FV_KEY_USAGE_DIGITAL_SIGNATURE = 1 << 0,
    FV_KEY_USAGE_CONTENT_COMMITMENT = 1 << 1,
    FV_KEY_USAGE_KEY_ENCIPHERMENT = 1 << 2,
    FV_KEY_USAGE_DATA_ENCIPHERMENT = 1 << 3,
    FV_KEY_USAGE_KEY_AGREEMENT = 1 << 4,
    FV_KEY_USAGE_KEY_CERT_SIGN = 1 << 5,
    FV_KEY_USAGE_CRL_SIGN = 1 << 6,
    FV_KEY_USAGE_ENCIPHER_ONLY = 1 << 7,
    FV_KEY_USAGE_DECIPHER_ONLY = 1 << 8,
};

typedef struct fv_time {
    fv_presence presence;
    int64_t seconds; /* since 1970; FV_TIME_UNKNOWN unless presence is FV_KNOWN */
    fv_bytes raw;    /* contents of the UTCTime or GeneralizedTime */
} fv_time;

/* One structure for each extension that is decoded; each begins with `presence`. When that is
 * FV_MALFORMED, all other members but `is_critical` are zero. When an extension occurs twice, the
 * first one is decoded. */
typedef struct fv_basic_constraints {
    fv_presence presence;
    bool is_critical;
    bool is_ca;
    bool has_path_length;
    uint32_t path_length; /* UINT32_MAX for more than fits */
} fv_basic_constraints;

typedef struct fv_key_usage {
    fv_presence presence;
    bool is_critical;
    uint32_t bits; /* FV_KEY_USAGE_ */
} fv_key_usage;

/* While the key may sign (RFC 3280 4.2.1.4; of RFC 5280 only the ASN.1 has it). */
typedef struct fv_key_period {
    fv_presence presence; /* FV_MALFORMED also when both dates are missing */
    bool is_critical;
    fv_time not_before;
    fv_time not_after;
} fv_key_period;

/* subjectDirectoryAttributes: read for the defects that its reading finds (RFC 5280 4.2.1.8) */
typedef struct fv_directory_attributes {
    fv_presence presence; /* FV_MALFORMED also when the list is empty */
    bool is_critical;
} fv_directory_attributes;

typedef struct fv_extended_key_usage {
    fv_presence presence; /* FV_MALFORMED also when the list is empty */
    bool is_critical;
    bool has_server_auth;
    bool has_client_auth;
    bool has_sip_domain; /* id-kp-sipDomain (RFC 5924) */
    bool has_any;
    const fv_bytes *oids; /* contents; all of them, the three above included */
    size_t num_oids;
} fv_extended_key_usage;

typedef struct fv_subject_alt_name {
    fv_presence presence; /* FV_KNOWN also when empty or when single entries are malformed */
    bool is_critical;
    fv_general_names names;
} fv_subject_alt_name;

typedef struct fv_key_id {
    fv_presence presence;
    bool is_critical;
    fv_bytes key_id; /* empty when an authorityKeyIdentifier has none */
    bool has_key_id;
    bool has_issuer; /* authorityCertIssuer */
    fv_general_names issuers;
    bool has_serial; /* authorityCertSerialNumber */
    fv_bytes serial; /* its INTEGER contents */
} fv_key_id;

typedef struct fv_subtree {
    fv_general_name base;
    /* RFC 5280 4.2.1.10: "the minimum MUST be zero, and maximum MUST be absent". */
    bool has_minimum; /* written out, whatever its value */
    bool has_maximum;
    uint32_t minimum;
    uint32_t maximum;
} fv_subtree;

typedef struct fv_name_constraints {
    fv_presence presence; /* FV_MALFORMED also when neither list is there, or one is empty */
    bool is_critical;
    const fv_subtree *permitted;
    size_t num_permitted;
    const fv_subtree *excluded;
    size_t num_excluded;
} fv_name_constraints;

typedef struct fv_certificate_policies {
    fv_presence
        presence; /* FV_MALFORMED also when the list is empty, or is long and names one twice */
    bool is_critical;
    bool has_any; /* anyPolicy is among them */
    const fv_bytes *oids;
    size_t num_oids;
} fv_certificate_policies;

typedef struct fv_policy_mapping {
    fv_bytes issuer_domain;
    fv_bytes subject_domain;
} fv_policy_mapping;

typedef struct fv_policy_mappings {
    fv_presence presence;
    bool is_critical;
    const fv_policy_mapping *items;
    size_t num_items;
} fv_policy_mappings;

typedef struct fv_policy_constraints {
    fv_presence presence; /* FV_MALFORMED also when both fields are missing */
    bool is_critical;
    bool has_require_explicit;
    bool has_inhibit_mapping;
    uint32_t require_explicit; /* certificates to skip; UINT32_MAX for more than fits */
    uint32_t inhibit_mapping;
} fv_policy_constraints;

typedef struct fv_inhibit_any_policy {
    fv_presence presence;
    bool is_critical;
    uint32_t skip;
} fv_inhibit_any_policy;

typedef struct fv_urls {
    const fv_text *items;
    size_t num_items;
} fv_urls;

/* DistributionPointName (RFC 5280 4.2.1.13), in a certificate or in a CRL. One of its two members
 * is filled in, or neither. */
typedef struct fv_point_name {
    fv_general_names full;
    /* nameRelativeToCRLIssuer: the contents of one RDN. The point is the issuer's name with this
     * RDN behind it: "CN=CRL 1" of the issuer "O=Example" means "O=Example, CN=CRL 1". */
    fv_bytes relative;
} fv_point_name;

/* ReasonFlags (RFC 5280 4.2.1.13): bit n is 1 << n. Bit 0 ("unused") is not counted. */
#define FV_ALL_REASONS UINT32_C(0x1FE)

typedef struct fv_crl_point {
    fv_point_name name;
    uint32_t reasons;         /* FV_ALL_REASONS where none are named */
    fv_general_names issuers; /* cRLIssuer; none: the certificate's issuer */
} fv_crl_point;

typedef struct fv_crl_points {
    fv_presence presence;
    bool is_critical;
    const fv_crl_point *items;
    size_t num_points;
    /* a name that is no URI, or that is relative to the CRL's issuer */
    bool has_other_names;
    fv_urls urls; /* the URI full names of all points, in order */
} fv_crl_points;

typedef struct fv_info_access {
    fv_presence presence; /* FV_MALFORMED also when the list is empty */
    bool is_critical;
    fv_urls ca_issuers;
    fv_urls ocsp;
} fv_info_access;

/* What Netscape wrote before extKeyUsage was there; OpenSSL looks at it still. */
typedef struct fv_netscape_type {
    fv_presence presence;
    bool is_critical;
    uint32_t bits; /* FV_NETSCAPE_ */
} fv_netscape_type;

#define FV_NETSCAPE_SSL_CLIENT (UINT32_C(1) << 0)
#define FV_NETSCAPE_SSL_SERVER (UINT32_C(1) << 1)
#define FV_NETSCAPE_SSL_CA (UINT32_C(1) << 5)

/* The IP addresses, or the AS numbers, that a certificate delegates (RFC 3779). */
typedef struct fv_resources {
    fv_presence presence;
    bool is_critical;
    bool inherits;     /* a part of it is what the issuer has */
    bool has_own;      /* a part of it is written out */
    const char *fault; /* why it is not in canonical form, which OpenSSL refuses; NULL: it is */
    const char *slip;  /* what is wrong and taken by OpenSSL; NULL: nothing */
    fv_bytes value;    /* the extension's contents */
} fv_resources;

/* Read for the defects in it: timestamps of logs (RFC 6962), statements (RFC 3739). */
typedef struct fv_statements {
    fv_presence presence;
    bool is_critical;
} fv_statements;

typedef struct fv_tls_features {
    fv_presence presence;
    bool is_critical;
    bool has_status_request; /* "must-staple" */
} fv_tls_features;

typedef struct fv_certificate {
    /* ends with the certificate, even where more bytes follow */
    fv_bytes der;
    /* The caller that has the crypto port fills in the digests; the decoder never does. */
    bool has_sha256;
    uint8_t sha256[32];
    /* Its subject or another name that people know it by; NULL until fv_certificate_keep_name makes
     * it. */
    const char *display_name;

    fv_defects defects;
    fv_bytes tbs;           /* whole element: what is signed */
    fv_algorithm algorithm; /* inner: signature of the TBS */
    fv_algorithm outer_algorithm;
    fv_presence signature_presence;
    fv_bytes signature; /* without the count of unused bits */

    bool has_integer_version;     /* as OpenSSL loads it, though it may be no version that exists */
    fv_presence version_presence; /* FV_ABSENT: v1, and version is 1 */
    /* 1, 2 or 3; any other number in the DER plus one, because v1 is written as 0 */
    uint32_t version;
    /* INTEGER contents, as in the DER */
    fv_bytes serial;
    fv_name issuer;
    fv_name subject;
    fv_time not_before;
    fv_time not_after;
    fv_subject_key key;
    bool has_issuer_unique_id;
    bool has_subject_unique_id;

    fv_presence extensions_presence;
    const fv_extension *extensions; /* in order */
    size_t num_extensions;
    fv_basic_constraints basic_constraints;
    fv_key_usage key_usage;
    fv_key_period key_period;
    fv_directory_attributes directory_attributes;
    fv_extended_key_usage extended_key_usage;
    fv_subject_alt_name subject_alt_name;
    fv_subject_alt_name issuer_alt_name; /* read for the defects that its reading notes */
    fv_key_id subject_key_id;
    fv_key_id authority_key_id;
    fv_name_constraints name_constraints;
    fv_certificate_policies policies;
    fv_extended_key_usage application_policies; /* Microsoft's list of the same purposes */
    fv_policy_mappings policy_mappings;
    fv_policy_constraints policy_constraints;
    fv_inhibit_any_policy inhibit_any_policy;
    fv_crl_points crl_points;
    fv_info_access info_access;
    fv_tls_features tls_features;
    fv_statements scts, qc_statements;
    fv_netscape_type netscape_type;
    fv_resources ip_resources, as_resources;
} fv_certificate;

/* Decodes one certificate. Succeeds for every input that can be cut into { tbs, algorithm,
 * signature }; `defects` then says what is wrong inside, and the presence of each fact whether it
 * could be read. Otherwise returns FEDVAL_ERROR_SYNTAX, or FEDVAL_ERROR_NO_MEMORY. On failure,
 * `*out` is untouched. */
fedval_status fv_certificate_decode(fv_arena *arena, fv_bytes der, fv_certificate *out);

/* Stores that name in `display_name`, for a certificate that is shown again and again. Cuts it
 * after FV_CERTIFICATE_NAME_MOST bytes; no sound subject is that long. Returns false when memory is
 * short. */
#define FV_CERTIFICATE_NAME_MOST 512
bool fv_certificate_keep_name(fv_arena *arena, fv_certificate *certificate);
/* Returns a copy of that name in the arena, whether or not it was stored before; NULL when memory
 * is short. */
const char *fv_certificate_copy_name(fv_arena *arena, const fv_certificate *certificate);

/* Returns the FV_VALUE_ of that name: SUBJECT, also for a subjectAltName of another type than DNS;
 * HOST for "DNS:host"; PLAIN for words such as "(no name)". */
uint32_t fv_certificate_name_kind(const fv_certificate *certificate);

/* RFC 5280 6.1: "A certificate is self-issued if the same DN appears in the subject and issuer
 * fields". */
bool fv_certificate_is_self_issued(const fv_certificate *certificate);

#endif
