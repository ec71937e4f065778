/* Reads the domain that evidence is about, and says why a text is none. */
#include "base/error.h"
#include "fedval/name.h"
#include "model/evidence.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Why a name is no SIP domain, by its FEDVAL_NAME_KIND_. NULL: it is one. */
static const char *const no_domain[] = {
    [FEDVAL_NAME_KIND_SERVICE] =
        "not a SIP domain, it holds an underscore (give the domain alone, without the service)",
    [FEDVAL_NAME_KIND_WILDCARD] = "not a SIP domain, it holds a wildcard",
    [FEDVAL_NAME_KIND_IPV4] = "not a SIP domain but an IP address",
    [FEDVAL_NAME_KIND_IPV6] = "not a SIP domain but an IP address",
    [FEDVAL_NAME_KIND_ROOT] = "not a SIP domain but the root of DNS",
};

/* Why a text is no name at all, by FEDVAL_NAME_FAULT_. */
static const char *const no_name[] = {
    [FEDVAL_NAME_FAULT_NONE] = "not a domain name",
    [FEDVAL_NAME_FAULT_EMPTY] = "not a domain name, it is empty",
    [FEDVAL_NAME_FAULT_EMPTY_LABEL] = "not a domain name, a dot too many",
    [FEDVAL_NAME_FAULT_LABEL_TOO_LONG] = "not a domain name, a label is longer than 63 characters",
    [FEDVAL_NAME_FAULT_NAME_TOO_LONG] = "not a domain name, longer than 253 characters",
    [FEDVAL_NAME_FAULT_BAD_CHARACTER] =
        "not a domain name, a character that is no letter, digit or hyphen",
    [FEDVAL_NAME_FAULT_BAD_HYPHEN] = "not a domain name, a label begins or ends with a hyphen",
    [FEDVAL_NAME_FAULT_BAD_WILDCARD] = "not a domain name, it holds an asterisk",
    [FEDVAL_NAME_FAULT_BAD_UTF8] = "not a domain name, the text is not UTF-8",
    [FEDVAL_NAME_FAULT_BAD_IDN] = "not a domain name, characters that IDNA does not allow",
    [FEDVAL_NAME_FAULT_BAD_ADDRESS] = "not a domain name, nearly an IP address",
};

/* Whether the text holds more than a domain: "sip:user@example.com", "example.com:5061",
 * "https://example.com". */
static bool is_more_than_domain(fv_text given)
{
    for (size_t i = 0; i < given.len; i++) {
        if (strchr("@:/", given.data[i]) != NULL && given.data[i] != '\0')
            return true;
    }
    return false;
}

static const char *why_no_name(fv_text given, uint32_t fault)
{
    if (fault == FEDVAL_NAME_FAULT_BAD_CHARACTER && is_more_than_domain(given))
        return "not a domain name (give the domain alone, without user, scheme or port)";
    return no_name[fault < COUNT(no_name) ? fault : 0];
}

fedval_status fv_evidence_normalise_domain(fv_text given, char out[FEDVAL_NAME_SIZE],
                                           fedval_error *error)
{
    uint32_t kind = 0, fault = 0;
    fedval_status status =
        fedval_name_normalise(given.data, given.len, out, FEDVAL_NAME_SIZE, &kind, &fault);
    if (status == FEDVAL_ERROR_SYNTAX) {
        fv_error_set_detail(error, why_no_name(given, fault), given);
        return status;
    }
    if (status == FEDVAL_OK && kind < COUNT(no_domain) && no_domain[kind] != NULL) {
        fv_error_set_detail(error, no_domain[kind], given);
        return FEDVAL_ERROR_SYNTAX;
    }
    return status;
}
