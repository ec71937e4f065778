/* The words of the trust family's codes. */
#include "base/code.h"
#include "fedval/trust.h"

static const fv_code anchor_classes[] = {
    {FEDVAL_ANCHOR_PUBLIC, "public"},
    {FEDVAL_ANCHOR_PRIVATE, "private"},
};

static const fv_code trusts[] = {
    {FEDVAL_TRUST_NOT_CHECKED, "not-checked"}, {FEDVAL_TRUST_BY_PUBLIC, "public"},
    {FEDVAL_TRUST_BY_PRIVATE, "private"},      {FEDVAL_TRUST_NONE, "none"},
    {FEDVAL_TRUST_UNKNOWN, "unknown"},
};

static const fv_code revocations[] = {
    {FEDVAL_REVOCATION_NOT_ASKED, "not-asked"},
    {FEDVAL_REVOCATION_NOT_CHECKED, "not-checked"},
    {FEDVAL_REVOCATION_GOOD, "good"},
    {FEDVAL_REVOCATION_REVOKED, "revoked"},
};

static const fv_code purposes[] = {
    {FEDVAL_PURPOSE_ANY, "any"},
    {FEDVAL_PURPOSE_SERVER, "server"},
    {FEDVAL_PURPOSE_CLIENT, "client"},
};

FV_CODE_FUNCTIONS(anchor_class, anchor_classes)
FV_CODE_FUNCTIONS(trust, trusts)
FV_CODE_FUNCTIONS(revocation, revocations)
FV_CODE_FUNCTIONS(purpose, purposes)
