/* The words for the codes of fedval/catalogue.h, the findings aside. */
#include "base/code.h"
#include "fedval/catalogue.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

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

/* One pair of functions for one table. */
#define CODE_FUNCTIONS(object, table)                                                              \
    const char *fedval_##object##_to_string(uint32_t object)                                       \
    {                                                                                              \
        return fv_code_to_string(table, COUNT(table), object);                                     \
    }                                                                                              \
    fedval_status fedval_##object##_from_string(const char *text, uint32_t *out_##object)          \
    {                                                                                              \
        return fv_code_from_string(table, COUNT(table), text, out_##object);                       \
    }

CODE_FUNCTIONS(severity, severities)
CODE_FUNCTIONS(family, families)
CODE_FUNCTIONS(seen_by, observers)
CODE_FUNCTIONS(direction, directions)
