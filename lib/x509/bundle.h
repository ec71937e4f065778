/* Certificates, CRLs and requests in the files that people have: PEM (RFC 7468), DER, several DER
 * in a row, PKCS #7 in either form (RFC 2315, RFC 5652), base64 without its armour, and the texts
 * among these in UTF-16 as Windows editors save them. What a file holds in place of what was wanted
 * is named for what it is. */
#ifndef FV_X509_BUNDLE_H
#define FV_X509_BUNDLE_H

#include "base/arena.h"
#include "base/text.h"
#include "fedval/status.h"

typedef enum fv_bundle_kind {
    FV_BUNDLE_UNKNOWN = 0,
    FV_BUNDLE_CERTIFICATE,
    FV_BUNDLE_CRL,
    FV_BUNDLE_REQUEST, /* PKCS #10 */
    FV_BUNDLE_PKCS7,
    FV_BUNDLE_PKCS12,
    FV_BUNDLE_PRIVATE_KEY,
    FV_BUNDLE_ENCRYPTED_KEY,
    FV_BUNDLE_PUBLIC_KEY,
    FV_BUNDLE_OCSP_RESPONSE,
    FV_BUNDLE_PARAMETERS, /* of a key exchange or a curve */
} fv_bundle_kind;

/* SYNTAX and LIMIT say of the DER, which lives in the arena, that it is none or too large. */
typedef fedval_status (*fv_bundle_take)(fv_bytes der, void *user);

/* Hands everything of a kind (CERTIFICATE, CRL or REQUEST) in the file's bytes to `take`, in the
 * order of the file, until one is refused. What is of another kind is passed over.
 * Returns SYNTAX for a damaged file, NOT_FOUND when nothing of that kind is in it, NO_MEMORY, or
 * what `take` returned; `error` says what is there, and where. */
fedval_status fv_bundle_each(fv_bytes bytes, fv_arena *arena, fv_bundle_kind kind,
                             fv_bundle_take take, void *user, fedval_error *error);

/* Tells the kind of one DER element by its shape alone. */
fv_bundle_kind fv_bundle_kind_of_der(fv_bytes der);
/* Tells the kind that a PEM label stands for: "RSA PRIVATE KEY". */
fv_bundle_kind fv_bundle_kind_of_label(fv_text label);
/* "a private key"; static. */
const char *fv_bundle_kind_name(fv_bundle_kind kind);

/* Hands the certificates, or the CRLs, of a SignedData to `take`. Returns SYNTAX when it cannot be
 * cut, NOT_FOUND when it holds none of that kind, or what `take` returned. */
fedval_status fv_pkcs7_each(fv_bytes der, fv_bundle_kind kind, fv_bundle_take take, void *user);

#endif
