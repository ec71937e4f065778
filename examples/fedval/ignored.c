#include "ignored.h"

#include "near.h"

#include <fedval/catalogue.h>
#include <fedval/evidence.h>

#include <stdio.h>
#include <string.h>

static const char before_date[] = "until ";

static bool read_until(const char *text, int64_t *out)
{
    size_t len = sizeof(before_date) - 1;
    return strncmp(text, before_date, len) == 0 &&
           fedval_time_from_string(text + len, FEDVAL_NUL_ENDED, out) == FEDVAL_OK;
}

/* What would have done in place of a code that is none. A code that is near it is named. */
static const char *words_for_code(const char *value, size_t len)
{
    static char wanted[160];
    char mistyped[64];
    snprintf(mistyped, sizeof(mistyped), "%.*s", (int)(len < 63 ? len : 63), value);
    const char *near = near_finding(mistyped);
    snprintf(wanted, sizeof(wanted), "a finding's code, as fedval explain --long lists them%s%s",
             near == NULL ? "" : ", such as ", near == NULL ? "" : near);
    return wanted;
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
    if (fedval_finding_code_from_string(value, code_len, &out->code) != FEDVAL_OK) {
        *out_wanted = words_for_code(value, code_len);
        return false;
    }
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
