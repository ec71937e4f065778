#include "logs/interpret/observe.h"

#include "base/sip_tls.h"

#include <string.h>

#define SAME_HANDSHAKE_MS 3000
#define MAX_RECORDS 32

void fv_observer_init(fv_observer *observer)
{
    memset(observer, 0, sizeof(*observer));
}

static bool field_has(const fv_draft *draft, fv_key key, const char *word)
{
    fv_span span;
    return fv_entry_get(draft->entry, key, 0, &span) &&
           fv_sight_find(draft->sight, span, word) < span.to;
}

static void copy_name(char *out, size_t out_size, const char *text)
{
    size_t len = strlen(text);
    if (len >= out_size)
        len = 0;
    memcpy(out, text, len);
    out[len] = '\0';
}

static void forget_question(fv_observer *observer)
{
    observer->domain[0] = '\0';
    observer->host[0] = '\0';
}

/* ---- names in certificates ---- */

static void add_name(fv_observer *observer, const char *name, bool is_first)
{
    size_t used = is_first ? 0 : strlen(observer->names);
    size_t len = strlen(name);
    size_t comma = used > 0 ? 2 : 0;
    if (used + comma + len >= sizeof(observer->names))
        return;
    memcpy(observer->names + used, ", ", comma);
    memcpy(observer->names + used + comma, name, len + 1);
}

static void observe_names(fv_observer *observer, fv_draft *draft)
{
    const char *common = fv_draft_field(draft, FV_KEY_COMMON_NAME);
    const char *alternative = fv_draft_field(draft, FV_KEY_ALT_NAME);
    if (common != NULL)
        add_name(observer, common, true);
    /* The Common Name is usually one of the alternative names too. */
    if (alternative != NULL && strcmp(alternative, observer->names) != 0)
        add_name(observer, alternative, observer->names[0] == '\0');
    if (common != NULL || alternative != NULL)
        observer->when = draft->incident->when;
}

void fv_observer_complete(fv_observer *observer, fedval_incident *incident)
{
    if (incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_DNS)
        forget_question(observer);
    if (incident->finding != FEDVAL_FINDING_PEER_CERTIFICATE_NAME_REFUSED ||
        incident->presented_name != NULL || observer->names[0] == '\0' ||
        !incident->when.zone_known || !observer->when.zone_known)
        return;
    int64_t apart = incident->when.milliseconds - observer->when.milliseconds;
    if (apart >= 0 && apart <= SAME_HANDSHAKE_MS)
        incident->presented_name = observer->names;
}

/* ---- SRV answers ---- */

const char *fv_observer_service_domain(fv_draft *draft, fv_span name)
{
    size_t domain;
    if (!fv_sight_match(draft->sight, name.from, "sipfederationtls.", &domain) ||
        !fv_sight_match(draft->sight, domain, "tcp.", &domain) || domain >= name.to)
        return NULL;
    return fv_draft_domain(draft, fv_draft_copy(draft, (fv_span){domain, name.to}));
}

bool fv_observer_is_target(const fv_observer *observer, const char *name)
{
    for (size_t i = 0; i < observer->num_targets; i++) {
        if (strcmp(observer->targets[i], name) == 0)
            return true;
    }
    return false;
}

static void remember_service(fv_observer *observer, const char *domain)
{
    static const char prefix[] = FV_SRV_FEDERATION ".";
    size_t len = strlen(prefix);
    if (domain == NULL || strlen(domain) + len >= FEDVAL_NAME_SIZE)
        return;
    copy_name(observer->domain, sizeof(observer->domain), domain);
    copy_name(observer->owner, sizeof(observer->owner), prefix);
    copy_name(observer->owner + len, sizeof(observer->owner) - len, domain);
}

/* Remembers a question for a federation record or for an address. Any other question clears it,
 * because the next answer belongs to that one. */
static void observe_question(fv_observer *observer, fv_draft *draft)
{
    fv_span name;
    forget_question(observer);
    if (!fv_entry_get(draft->entry, FV_KEY_NAME, 0, &name))
        return;
    if (field_has(draft, FV_KEY_TYPE, "SRV")) {
        remember_service(observer, fv_observer_service_domain(draft, name));
        return;
    }
    const char *host = fv_draft_domain(draft, fv_draft_copy(draft, name));
    if (host != NULL && !field_has(draft, FV_KEY_TYPE, "NAPTR"))
        copy_name(observer->host, sizeof(observer->host), host);
}

static void remember_target(fv_observer *observer, fv_draft *draft, const char *target)
{
    const char *name = fv_draft_domain(draft, target);
    if (name == NULL || observer->num_targets == FV_OBSERVER_MAX_TARGETS)
        return;
    copy_name(observer->targets[observer->num_targets++], FEDVAL_NAME_SIZE, name);
}

/* Gets the text in the quotation marks after `label`, from `rest` on; returns false if there is
 * none. */
static bool quoted_after(const fv_sight *sight, fv_span *rest, const char *label, fv_text *out)
{
    size_t start;
    size_t at = fv_sight_find(sight, *rest, label);
    if (at >= rest->to || !fv_sight_match(sight, at, label, &start))
        return false;
    size_t end = start;
    while (end < rest->to && sight->text[end] != '\'')
        end++;
    *out = fv_sight_text(sight, (fv_span){start, end});
    rest->from = end;
    return true;
}

static uint32_t number_after(const fv_sight *sight, fv_span rest, const char *label, uint32_t max)
{
    fv_text text;
    uint64_t number;
    if (!quoted_after(sight, &rest, label, &text) || !fv_text_to_u64(text, &number) || number > max)
        return 0;
    return (uint32_t)number;
}

/* Reads "Hostname:'h' Port:'5061' Priority:'0' TTL:'300' Weight:'0' (SRV)", as often as it
 * occurs. */
static fedval_status append_records(fv_observer *observer, fv_draft *draft, fv_span detail,
                                    fedval_fact *fact, size_t *out_count)
{
    fedval_status status = FEDVAL_OK;
    fv_text host;
    observer->num_targets = 0;
    copy_name(observer->target_domain, FEDVAL_NAME_SIZE, observer->domain);
    for (*out_count = 0; status == FEDVAL_OK && *out_count < MAX_RECORDS; (*out_count)++) {
        if (!quoted_after(draft->sight, &detail, "Hostname:'", &host))
            break;
        fv_span one = {detail.from, fv_sight_find(draft->sight, detail, "(SRV)")};
        const char *target = fv_draft_copy_text(draft, host.data, host.len);
        if (target == NULL)
            return FEDVAL_ERROR_NO_MEMORY;
        remember_target(observer, draft, target);
        status = fedval_fact_append_srv(
            fact, observer->owner, FEDVAL_NUL_ENDED,
            number_after(draft->sight, one, "TTL:'", INT32_MAX),
            (uint16_t)number_after(draft->sight, one, "Priority:'", UINT16_MAX),
            (uint16_t)number_after(draft->sight, one, "Weight:'", UINT16_MAX),
            (uint16_t)number_after(draft->sight, one, "Port:'", UINT16_MAX), target,
            FEDVAL_NUL_ENDED);
    }
    return status;
}

/* Sets the origin of a fact: "expe.log:12". */
static fedval_status set_origin(fedval_fact *fact, const fv_draft *draft)
{
    fv_buf source;
    fv_buf_init(&source);
    fv_buf_append_text(&source, draft->incident->source);
    fv_buf_append_char(&source, ':');
    fv_buf_append_u64(&source, draft->incident->line);
    fedval_status status =
        source.failed ? FEDVAL_ERROR_NO_MEMORY
                      : fedval_fact_append_source(fact, FEDVAL_SOURCE_LOG, source.data, source.len);
    fv_buf_clear(&source);
    if (status == FEDVAL_OK && draft->incident->when.milliseconds != FEDVAL_TIME_UNKNOWN)
        status = fedval_fact_set_time(fact, draft->incident->when.milliseconds / 1000);
    return status;
}

/* Reads the addresses of a target: "['IPv4''TCP''198.51.100.6:5061']". */
static bool observe_addresses(fv_draft *draft, fv_span detail, const fv_observer_sink *sink)
{
    fv_text address;
    while (quoted_after(draft->sight, &detail, "'TCP''", &address)) {
        const char *colon = memchr(address.data, ':', address.len);
        size_t len = colon != NULL ? (size_t)(colon - address.data) : address.len;
        const char *host = fv_draft_copy_text(draft, address.data, len);
        if (host == NULL || !sink->take_host(sink->user, host))
            return false;
    }
    return true;
}

static bool tie_targets(const fv_observer *observer, const fv_observer_sink *sink)
{
    for (size_t i = 0; i < observer->num_targets; i++) {
        if (!sink->take_host(sink->user, observer->targets[i]))
            return false;
    }
    return true;
}

static fedval_status make_fact(fv_observer *observer, fv_draft *draft, fv_span detail,
                               fedval_fact **out_fact, size_t *out_count)
{
    fedval_status status =
        fedval_fact_new_dns(observer->owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, out_fact);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_outcome(*out_fact, FEDVAL_OUTCOME_ANSWER);
    if (status == FEDVAL_OK)
        status = append_records(observer, draft, detail, *out_fact, out_count);
    if (status == FEDVAL_OK)
        status = set_origin(*out_fact, draft);
    return status;
}

static bool observe_answer(fv_observer *observer, fv_draft *draft, const fv_observer_sink *sink)
{
    fv_span detail;
    fedval_fact *fact = NULL;
    size_t count = 0;
    if (!fv_entry_get(draft->entry, FV_KEY_DETAIL, 0, &detail))
        return true;
    bool is_target = observer->host[0] != '\0' && fv_observer_is_target(observer, observer->host);
    if ((is_target || observer->domain[0] != '\0') && !observe_addresses(draft, detail, sink))
        return false;
    if (observer->domain[0] == '\0')
        return true;
    fedval_status status = make_fact(observer, draft, detail, &fact, &count);
    if (status == FEDVAL_OK && count > 0) {
        status = tie_targets(observer, sink) ? sink->take_fact(sink->user, observer->domain, fact)
                                             : FEDVAL_ERROR_NO_MEMORY;
        observer->domain[0] = '\0';
    }
    fedval_fact_free(fact);
    return status != FEDVAL_ERROR_NO_MEMORY;
}

/* Whether a client or server of Microsoft made the request: "UCCAPI/16.0.4405.1000
 * OC/16.0.4405.1000 (Skype for Business)", "RTCC/7.0.0.0 MediationServer", "AndroidLync/6.8". The
 * names are those of Microsoft's table UserAgentDef (QoE). */
static bool is_made_by_microsoft(const fv_draft *draft)
{
    static const char *const begin[] = {"UCCAPI/", "RTCC/", "RTC/", "OCPhone/"};
    fv_span agent;
    if (fv_draft_has(draft, "ms-asserted-verification-level"))
        return true;
    if (!fv_entry_get(draft->entry, FV_KEY_USER_AGENT, 0, &agent))
        return false;
    for (size_t i = 0; i < sizeof(begin) / sizeof(begin[0]); i++) {
        if (fv_sight_match(draft->sight, agent.from, begin[i], NULL))
            return true;
    }
    return fv_sight_find(draft->sight, agent, "Lync/") < agent.to;
}

/* Whether a server of a Microsoft side sent the request itself: no Expressway passed it on, which
 * names its zones in Via. */
static bool is_sent_by_microsoft(const fv_draft *draft)
{
    fv_span via;
    return draft->entry->start == FV_START_EXPRESSWAY &&
           field_has(draft, FV_KEY_ACTION, "Received") &&
           fv_entry_get(draft->entry, FV_KEY_VIA, 0, &via) &&
           fv_sight_find(draft->sight, via, "-zone=") >= via.to && is_made_by_microsoft(draft);
}

bool fv_observer_is_microsoft_call(const fv_observer *observer, const char *call_id)
{
    for (size_t i = 0; call_id != NULL && i < FV_OBSERVER_MAX_CALLS; i++) {
        if (observer->calls[i][0] != '\0' && strcmp(observer->calls[i], call_id) == 0)
            return true;
    }
    return false;
}

static void remember_call(fv_observer *observer, const fedval_incident *incident)
{
    /* With a tag in To it changes a call that is up, which either side may have made. */
    if (incident->call_id == NULL || incident->to.tag != NULL ||
        incident->method != FV_METHOD_INVITE ||
        fv_observer_is_microsoft_call(observer, incident->call_id))
        return;
    copy_name(observer->calls[observer->next_call], FV_OBSERVER_CALL_SIZE, incident->call_id);
    observer->next_call = (observer->next_call + 1) % FV_OBSERVER_MAX_CALLS;
}

/* Looks at requests because a response repeats From, but neither P-Asserted-Identity nor who sent
 * the request. */
static bool observe_request(fv_observer *observer, fv_draft *draft, const fv_observer_sink *sink)
{
    fv_span span;
    fedval_incident *incident = draft->incident;
    bool is_sent = is_sent_by_microsoft(draft);
    bool is_asserted = fv_entry_get(draft->entry, FV_KEY_ASSERTED, 0, &span);
    const char *host = is_sent ? fv_draft_field(draft, FV_KEY_SRC_IP) : NULL;
    if (host != NULL && !sink->take_host(sink->user, host))
        return false;
    if (!is_sent && !is_asserted)
        return true;
    fv_draft_read_call(draft);
    if (is_sent)
        remember_call(observer, incident);
    bool is_other = incident->other_domain != NULL || incident->asserted.host != NULL;
    return !is_asserted || incident->call_id == NULL || !is_other ||
           sink->take_asserted(sink->user, incident);
}

bool fv_observe(fv_observer *observer, fv_draft *draft, const fv_observer_sink *sink)
{
    if (draft->entry->message == FV_START_REQUEST)
        return observe_request(observer, draft, sink);
    if (draft->entry->start != FV_START_EXPRESSWAY || draft->entry->message != FV_START_NONE)
        return true;
    if (field_has(draft, FV_KEY_MODULE, "developer.ssl"))
        observe_names(observer, draft);
    if (!field_has(draft, FV_KEY_MODULE, "network.dns"))
        return true;
    if (field_has(draft, FV_KEY_DETAIL, "Sending DNS query"))
        observe_question(observer, draft);
    else if (field_has(draft, FV_KEY_DETAIL, "Resolved hostname"))
        return observe_answer(observer, draft, sink);
    else
        forget_question(observer);
    return true;
}
