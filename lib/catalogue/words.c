/* The words for the codes of fedval/catalogue.h, the findings aside. */
#include "base/code.h"
#include "fedval/catalogue.h"

static const fv_code severities[] = {
    {FEDVAL_SEVERITY_NOTE, "note"},
    {FEDVAL_SEVERITY_WARNING, "warning"},
    {FEDVAL_SEVERITY_INDETERMINATE, "indeterminate"},
    {FEDVAL_SEVERITY_ERROR, "error"},
};

static const fv_code families[] = {
    {FEDVAL_FAMILY_SRV, "srv"},
    {FEDVAL_FAMILY_ADDRESS, "address"},
    {FEDVAL_FAMILY_TRANSPORT, "transport"},
    {FEDVAL_FAMILY_NAME, "name"},
    {FEDVAL_FAMILY_CERTIFICATE, "certificate"},
    {FEDVAL_FAMILY_TRUST, "trust"},
    {FEDVAL_FAMILY_LOG, "log"},
};

static const fv_code observers[] = {
    {FEDVAL_SEEN_BY_EDGE, "edge"},
    {FEDVAL_SEEN_BY_CLIENT, "client"},
    {FEDVAL_SEEN_BY_EXPRESSWAY, "expressway"},
};

static const fv_code directions[] = {
    {FEDVAL_DIRECTION_TO_MICROSOFT, "to-microsoft"},
    {FEDVAL_DIRECTION_FROM_MICROSOFT, "from-microsoft"},
};

FV_CODE_FUNCTIONS(severity, severities)
FV_CODE_FUNCTIONS(family, families)
FV_CODE_FUNCTIONS(seen_by, observers)
FV_CODE_FUNCTIONS(direction, directions)
