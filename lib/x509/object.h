/* The members of a fedval_certificate: the facts, the arena that holds them and their DER, and the
 * texts for people. The texts are made when the certificate is, so that reading it changes nothing
 * and threads can share it. */
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
