/* The words of the trust family's codes. */
#include "base/code.h"
#include "fedval/trust.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const fv_code anchor_classes[] = {
    {FEDVAL_ANCHOR_PUBLIC, "public"},
    {FEDVAL_ANCHOR_PRIVATE, "private"},
};

static const fv_code trusts[] = {
    {FEDVAL_TRUST_NOT_CHECKED, "not-checked"}, {FEDVAL_TRUST_BY_PUBLIC, "public"},
    {FEDVAL_TRUST_BY_PRIVATE, "private"},      {FEDVAL_TRUST_NONE, "none"},
    {FEDVAL_TRUST_UNKNOWN, "unknown"},
};

static const fv_code purposes[] = {
    {FEDVAL_PURPOSE_ANY, "any"},
    {FEDVAL_PURPOSE_SERVER, "server"},
    {FEDVAL_PURPOSE_CLIENT, "client"},
};

const char *fedval_anchor_class_to_string(uint32_t anchor_class)
{
    return fv_code_to_string(anchor_classes, COUNT(anchor_classes), anchor_class);
}

fedval_status fedval_anchor_class_from_string(const char *text, uint32_t *out_class)
{
    return fv_code_from_string(anchor_classes, COUNT(anchor_classes), text, out_class);
}

const char *fedval_trust_to_string(uint32_t trust)
{
    return fv_code_to_string(trusts, COUNT(trusts), trust);
}

fedval_status fedval_trust_from_string(const char *text, uint32_t *out_trust)
{
    return fv_code_from_string(trusts, COUNT(trusts), text, out_trust);
}

const char *fedval_purpose_to_string(uint32_t purpose)
{
    return fv_code_to_string(purposes, COUNT(purposes), purpose);
}

fedval_status fedval_purpose_from_string(const char *text, uint32_t *out_purpose)
{
    return fv_code_from_string(purposes, COUNT(purposes), text, out_purpose);
}
