/* A certificate revocation list as facts (RFC 5280 5). It is decoded by the rules of certificate.h:
 * nothing is judged, and every defect is recorded. */
#ifndef FV_X509_CRL_H
#define FV_X509_CRL_H

#include "x509/certificate.h"

enum {
    FV_CRL_REASON_NONE = 255, /* no reason code is given */
    FV_CRL_REASON_HOLD = 6,
    FV_CRL_REASON_REMOVE_FROM_CRL = 8, /* only in a delta CRL */
};

typedef struct fv_crl_entry {
    fv_bytes serial;    /* INTEGER contents, shortest form */
    int64_t revoked_at; /* FV_TIME_UNKNOWN if it cannot be read */
    /* the names of the certificate's issuer (RFC 5280 5.3.3); NULL: that of the CRL */
    const fv_general_names *issuers;
    uint8_t reason;              /* RFC 5280 5.3.1, or FV_CRL_REASON_NONE: none that is known */
    bool is_extended_critically; /* has a critical extension that is not understood here */
    bool has_unnamed_issuer;     /* a certificateIssuer that has no directory name */
} fv_crl_entry;

typedef struct fv_crl {
    fv_bytes der;
    fv_defects defects;
    fv_bytes tbs;
    fv_algorithm algorithm;
    fv_algorithm outer_algorithm;
    fv_presence signature_presence;
    fv_bytes signature;

    uint32_t version;
    fv_name issuer;
    fv_time this_update;
    fv_time next_update; /* FV_ABSENT: none given */

    const fv_crl_entry *entries; /* sorted by serial: see fv_crl_find */
    size_t num_entries;
    fv_presence entries_presence; /* FV_ABSENT: nothing is revoked; FV_MALFORMED: not all read */
    bool has_equal_serials;       /* two entries of one serial, which an indirect CRL may have */

    fv_presence extensions_presence;
    const fv_extension *extensions;
    size_t num_extensions;
    fv_key_id authority_key_id;
    fv_presence number_presence;
    fv_bytes number;      /* INTEGER contents */
    bool is_delta;        /* has a deltaCRLIndicator */
    fv_bytes base_number; /* of a delta: INTEGER contents; empty when it cannot be read */
    /* issuingDistributionPoint (RFC 5280 5.2.5). Unless the presence is FV_KNOWN, the flags are
     * false. */
    fv_presence distribution_point_presence;
    fv_bytes distribution_point; /* the extension's value */
    /* the CRL covers only the distribution point that `point_name` names */
    bool has_point_name;
    /* `point_name` has a name that is no URI */
    bool has_other_point_names;
    fv_point_name point_name;
    bool is_user_only;
    bool is_ca_only;
    bool is_attribute_only;
    bool is_indirect;
    bool has_only_some_reasons;
    /* the reasons that the CRL covers; FV_ALL_REASONS where it does not say */
    uint32_t reasons;
    bool has_unknown_critical;       /* a critical extension that is not decoded here */
    bool has_unknown_critical_entry; /* the same of an entry's extensions */
    bool has_unnamed_issuer;         /* of an entry, so that nobody knows what it lists */
    /* an entry has a certificateIssuer, which only an indirect CRL may have (RFC 5280 5.3.3) */
    bool has_stray_issuer;
} fv_crl;

/* Decodes one CRL; returns as fv_certificate_decode. */
fedval_status fv_crl_decode(fv_arena *arena, fv_bytes der, fv_crl *out);
/* Returns the first entry with the serial `serial` (INTEGER contents), or NULL. */
const fv_crl_entry *fv_crl_find(const fv_crl *crl, fv_bytes serial);
/* Returns the next entry with the same serial, or NULL. */
const fv_crl_entry *fv_crl_find_next(const fv_crl *crl, const fv_crl_entry *entry);
/* Compares two INTEGERs (contents) that are not negative. Returns -1, 0 or 1 for less, equal,
 * greater. */
int fv_crl_compare_numbers(fv_bytes a, fv_bytes b);

#endif
