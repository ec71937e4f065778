/* What came of revocation for a chain. */
#ifndef FV_TEST_TRUST_REVOKED_H
#define FV_TEST_TRUST_REVOKED_H

#include "test.h"

enum { SILENT, REVOKED, UNUSABLE, NOT_CHECKED };

static inline int outcome_of(const toy *t)
{
    const fv_trust_remarks *chain = &t->result.chain;
    if (toy_count(chain, FEDVAL_FINDING_CERT_REVOKED) > 0)
        return REVOKED;
    if (toy_count(chain, FEDVAL_FINDING_CRL_UNUSABLE) > 0)
        return UNUSABLE;
    return toy_count(chain, FEDVAL_FINDING_REVOCATION_NOT_CHECKED) > 0 ? NOT_CHECKED : SILENT;
}

#endif
