/* The members of a fedval_request. */
#ifndef FV_TRUST_REQUEST_H
#define FV_TRUST_REQUEST_H

#include "base/arena.h"
#include "fedval/request.h"
#include "x509/certificate.h"

struct fedval_request {
    fedval_certificate *asked;
};

/* FEDVAL_VERIFY_ of the signature that the key of the request made over it. 0; NO_MEMORY. */
fedval_status fv_request_verify(const fv_certificate *request, const fedval_verifier *verifier,
                                uint32_t *out_result);

#endif
