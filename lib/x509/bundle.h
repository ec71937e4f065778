/* Certificates, CRLs and requests in the files that people have: PEM (RFC 7468), DER, several DER
 * documents in a row, PKCS #7 in PEM or DER (RFC 2315, RFC 5652), base64 without BEGIN and END
 * lines, and texts in UTF-16, as Windows editors save them. PEM and DER may be mixed, with white
 * space, zeros and text between them; any other bytes beside them are an error. When a file holds
 * something else, the error names it: "a private key", for example. */
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

/* Receives one DER document, which lives in the arena. It returns FEDVAL_ERROR_SYNTAX for bytes
 * that are no such document, and FEDVAL_ERROR_LIMIT for a document that is too large. */
typedef fedval_status (*fv_bundle_take)(fv_bytes der, void *user);

/* Hands every object of the kind `kind` (CERTIFICATE, CRL or REQUEST) in `bytes` to `take`, in the
 * order of the file, and stops when `take` fails. Objects of other kinds are skipped. Returns
 * FEDVAL_ERROR_SYNTAX for a damaged file, FEDVAL_ERROR_NOT_FOUND when it holds no object of that
 * kind, FEDVAL_ERROR_NO_MEMORY, or the status of `take`; `error` says what the file holds, and
 * where. */
fedval_status fv_bundle_each(fv_bytes bytes, fv_arena *arena, fv_bundle_kind kind,
                             fv_bundle_take take, void *user, fedval_error *error);

/* Returns the kind of one DER document, judged by the tags of its elements. */
fv_bundle_kind fv_bundle_kind_of_der(fv_bytes der);
/* Whether `der` begins like a PKCS #12 file, and ends before that file does. */
bool fv_bundle_is_cut_pkcs12(fv_bytes der);
/* Returns the kind that belongs to a PEM label, such as "RSA PRIVATE KEY". */
fv_bundle_kind fv_bundle_kind_of_label(fv_text label);
/* Returns what a file is that is neither PEM nor DER: "a Java key store". NULL: not known. Static.
 */
const char *fv_bundle_foreign_name(fv_bytes bytes);
/* "a private key"; static. */
const char *fv_bundle_kind_name(fv_bundle_kind kind);

/* Hands the certificates, or the CRLs, of a SignedData to `take`. Returns FEDVAL_ERROR_SYNTAX when
 * its structure cannot be read, FEDVAL_ERROR_NOT_FOUND when it holds no object of that kind, or the
 * status of `take`. */
fedval_status fv_pkcs7_each(fv_bytes der, fv_bundle_kind kind, fv_bundle_take take, void *user);

#endif
