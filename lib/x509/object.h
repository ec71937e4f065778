/* The members of a fedval_certificate: the facts, the arena that holds them and their DER, and the
 * texts for people. The texts are made when the certificate is, so that reading it changes nothing
 * and threads can share it. */
#ifndef FV_X509_OBJECT_H
#define FV_X509_OBJECT_H

#include "fedval/certificate.h"
#include "x509/certificate.h"

struct fedval_certificate {
    fv_arena arena;
    /* the bytes as they came, with those after the certificate */
    fv_bytes given;
    fv_certificate facts;
    const char *subject;
    const char *issuer;
    const char *const *sans;       /* one for each entry */
    const char *const *purposes;   /* one for each OID of extKeyUsage */
    const char *const *extensions; /* one for each extension */
};

/* fv_certificate_decode or fv_request_decode. */
typedef fedval_status (*fv_object_decode)(fv_arena *arena, fv_bytes der, fv_certificate *out);

/* Decodes a copy of `der` and makes the texts. Returns as `decode`, FEDVAL_ERROR_LIMIT above
 * FEDVAL_CERTIFICATE_MAX, or FEDVAL_ERROR_NO_MEMORY. */
fedval_status fv_object_new(fv_bytes der, fv_object_decode decode, fedval_certificate **out);

#endif
