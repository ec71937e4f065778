#include "ignored.h"

#include <fedval/catalogue.h>
#include <fedval/evidence.h>

#include <string.h>

static const char before_date[] = "until ";

static bool read_until(const char *text, int64_t *out)
{
    size_t len = sizeof(before_date) - 1;
    return strncmp(text, before_date, len) == 0 &&
           fedval_time_from_string(text + len, FEDVAL_NUL_ENDED, out) == FEDVAL_OK;
}

static bool is_domain(const char *text, size_t text_len)
{
    char normal[FEDVAL_NAME_SIZE];
    return fedval_name_normalise(text, text_len, normal, sizeof(normal), NULL, NULL) == FEDVAL_OK;
}

bool ignored_read(const char *value, ignored_finding *out, const char **out_wanted)
{
    size_t code_len = strcspn(value, "@=");
    *out = (ignored_finding){.until = FEDVAL_TIME_UNKNOWN};
    *out_wanted = "a finding's code, as fedval explain lists them";
    if (fedval_finding_code_from_string(value, code_len, &out->code) != FEDVAL_OK)
        return false;
    const char *rest = value + code_len;
    if (*rest == '@') {
        out->domain = rest + 1;
        out->domain_len = strcspn(out->domain, "=");
        rest = out->domain + out->domain_len;
        *out_wanted = "a domain behind the @";
        if (!is_domain(out->domain, out->domain_len))
            return false;
    }
    *out_wanted = "\"until\" and a date behind the =, such as until 2027-03-01";
    return *rest == '\0' || read_until(rest + 1, &out->until);
}
