#include "fedval/certificate.h"

#include "base/code.h"

static const fv_code key_types[] = {
    {FEDVAL_KEY_OTHER, "other"}, {FEDVAL_KEY_RSA, "rsa"},       {FEDVAL_KEY_RSA_PSS, "rsa-pss"},
    {FEDVAL_KEY_EC, "ec"},       {FEDVAL_KEY_DSA, "dsa"},       {FEDVAL_KEY_ED25519, "ed25519"},
    {FEDVAL_KEY_ED448, "ed448"}, {FEDVAL_KEY_X25519, "x25519"}, {FEDVAL_KEY_X448, "x448"},
};

static const fv_code san_types[] = {
    {FEDVAL_SAN_OTHER_NAME, "other-name"},
    {FEDVAL_SAN_EMAIL, "email"},
    {FEDVAL_SAN_DNS, "dns"},
    {FEDVAL_SAN_X400, "x400"},
    {FEDVAL_SAN_DIRECTORY, "directory"},
    {FEDVAL_SAN_EDI_PARTY, "edi-party"},
    {FEDVAL_SAN_URI, "uri"},
    {FEDVAL_SAN_IP, "ip"},
    {FEDVAL_SAN_REGISTERED_ID, "registered-id"},
    {FEDVAL_SAN_UNKNOWN, "unknown"},
};

static const fv_code url_kinds[] = {
    {FEDVAL_CERTIFICATE_URL_CRL, "crl"},
    {FEDVAL_CERTIFICATE_URL_CA_ISSUER, "ca-issuer"},
    {FEDVAL_CERTIFICATE_URL_OCSP, "ocsp"},
};

FV_CODE_FUNCTIONS(key_type, key_types)
FV_CODE_FUNCTIONS(san_type, san_types)
FV_CODE_FUNCTIONS(certificate_url, url_kinds)
