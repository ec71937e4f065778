/* Failed look-ups of Expressway. Its log names the question in one entry and the result in the
 * next. */
#include "logs/interpret/observe.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *const failures[] = {
    "notresolve", "failedtoresolve", "unabletoresolve", "unresolv",     "NXDOMAIN", "nosuchname",
    "notfound",   "retrieved:0",     "hostnotfound",    "failedtofind", "DNSfail"};

static bool says_failure(const fv_draft *draft, fv_key key)
{
    fv_span span;
    if (!fv_entry_get(draft->entry, key, 0, &span))
        return false;
    for (size_t i = 0; i < COUNT(failures); i++) {
        if (fv_sight_find(draft->sight, span, failures[i]) < span.to)
            return true;
    }
    return false;
}

static const char *copy_known(fv_draft *draft, const char *text)
{
    return text[0] != '\0' ? fv_draft_copy_text(draft, text, strlen(text)) : NULL;
}

/* The question is in the entry itself, or it was the last one asked. Only federation records count:
 * NAPTR, _sips._tcp and all kinds of hosts fail every day. */
static void read_question(fv_draft *draft, const char **out_domain, const char **out_host)
{
    fv_span name;
    const fv_observer *observer = draft->observer;
    if (fv_entry_get(draft->entry, FV_KEY_NAME, 0, &name)) {
        *out_domain = fv_observer_service_domain(draft, name);
        *out_host = fv_draft_domain(draft, fv_draft_copy(draft, name));
        return;
    }
    *out_domain = copy_known(draft, observer->domain);
    *out_host = copy_known(draft, observer->host);
}

bool fv_judge_dns(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    const char *domain, *host;
    if (!says_failure(draft, FV_KEY_DETAIL) && !says_failure(draft, FV_KEY_REASON))
        return false;
    read_question(draft, &domain, &host);
    bool is_target = host != NULL && fv_observer_is_target(draft->observer, host);
    if (domain == NULL && !is_target)
        return false;
    incident->kind = FEDVAL_INCIDENT_KIND_EXPRESSWAY_DNS;
    incident->finding =
        domain != NULL ? FEDVAL_FINDING_SRV_MISSING : FEDVAL_FINDING_ADDRESS_MISSING;
    incident->domain = domain != NULL ? domain : copy_known(draft, draft->observer->target_domain);
    if (domain == NULL)
        incident->fqdns[incident->num_fqdns++] = host;
    incident->direction = FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
    incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    incident->basis = "from a look-up that Expressway's resolver could not answer";
    incident->reported_text = fv_draft_field_spaced(draft, FV_KEY_DETAIL);
    return true;
}
