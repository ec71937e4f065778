/* What is inside a fedval_certificate: the facts, the arena that holds them and their DER, and the
 * texts for people, made once so that reading changes nothing. */
#ifndef FV_X509_OBJECT_H
#define FV_X509_OBJECT_H

#include "fedval/certificate.h"
#include "x509/certificate.h"

struct fedval_certificate {
    fv_arena arena;
    fv_certificate facts;
    const char *subject;
    const char *issuer;
    const char *const *sans;       /* one for each entry */
    const char *const *purposes;   /* one for each OID of extKeyUsage */
    const char *const *extensions; /* one for each extension */
};

#endif
