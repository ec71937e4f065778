/* Handles an answer: it completes the fact, or names the next alias, or leads to another server or
 * to a closer look at a failure. */
#include "asks.h"

#define BUSY_WAIT_MS 300
#define MAX_REFUSED 4
#define MIN_OPEN 8
#define FORGET_MS 1100 /* RFC 9520 3.2: resolvers keep a failure for at least a second */

bool fv_asks_try_other(fv_ask *ask, int64_t now_ms)
{
    fv_resolver *resolver = ask->resolver;
    ask->num_failed++;
    if (fv_asks_is_alone(ask) || ask->phase != FV_DNS_PLAIN ||
        ask->num_failed >= resolver->servers.count)
        return false;
    ask->server = (ask->server + 1) % resolver->servers.count;
    ask->query.no_edns = false;
    fv_asks_send(ask, false, now_ms);
    return true;
}

static uint32_t dnssec_of(const fv_ask *ask, uint32_t outcome)
{
    if (ask->resolver->trust_ad == 0 || outcome > FEDVAL_OUTCOME_NXDOMAIN)
        return FEDVAL_DNSSEC_UNKNOWN;
    return ask->all_ad ? FEDVAL_DNSSEC_SECURE : FEDVAL_DNSSEC_INSECURE;
}

/* Fills the fact and ends the ask. */
static void conclude(fv_ask *ask, const fv_dns_answer *answer, uint32_t dnssec, const char *detail)
{
    fedval_status status = fedval_fact_set_dnssec(ask->fact, dnssec);
    if (status == FEDVAL_OK && answer->outcome <= FEDVAL_OUTCOME_NXDOMAIN) {
        status = fedval_fact_set_authority(ask->fact, ask->all_aa ? FEDVAL_AUTHORITY_ZONE
                                                                  : FEDVAL_AUTHORITY_CACHE);
    }
    if (status == FEDVAL_OK && answer->ede >= 0) {
        status = fedval_fact_set_ede(ask->fact, (uint16_t)answer->ede,
                                     answer->ede_text[0] != '\0' ? answer->ede_text : NULL,
                                     FEDVAL_NUL_ENDED);
    }
    ask->phase = FV_DNS_PLAIN; /* report what the server said */
    fv_asks_give_up(ask, status == FEDVAL_OK ? answer->outcome : 0, detail);
}

/* ---- failures ---- */

static void set_query(fv_ask *ask, fv_dns_phase phase, const fv_dns_name *name, uint16_t type)
{
    bool is_closer =
        phase == FV_DNS_UNCHECKED || phase == FV_DNS_ZONE || phase == FV_DNS_DELEGATION;
    ask->phase = phase;
    ask->query.name = *name;
    ask->query.type = type;
    ask->query.checking_disabled = is_closer;
    ask->query.want_signatures = is_closer;
    ask->wait_ms = 0;
}

static void look_closer(fv_ask *ask, fv_dns_phase phase, const fv_dns_name *name, uint16_t type,
                        int64_t now_ms)
{
    set_query(ask, phase, name, type);
    fv_asks_send(ask, false, now_ms);
}

/* RFC 8914: Bogus, Signature Expired, ... NSEC Missing. */
static bool is_validation_error(int32_t ede)
{
    return ede >= 6 && ede <= 12;
}

static void end_failed(fv_ask *ask, const fv_dns_answer *answer)
{
    bool is_proved = ask->has_signatures || ask->has_ds;
    const char *detail = ask->has_signatures
                             ? "signatures are there, and the resolver answers only "
                               "with DNSSEC checking disabled (CD)"
                         : ask->has_ds ? "the parent zone says that it is signed (DS), and "
                                         "the resolver answers only with DNSSEC checking "
                                         "disabled (CD)"
                                       : answer->detail;
    conclude(ask, answer, is_proved ? FEDVAL_DNSSEC_BOGUS : FEDVAL_DNSSEC_UNKNOWN, detail);
}

/* Asks once more after a resolver that keeps failures has forgotten this one. If there is no time
 * for that, the outcome is the failure, which proves nothing about DNSSEC. */
static void ask_again(fv_ask *ask, int64_t now_ms)
{
    int64_t at_ms = ask->failed_ms + FORGET_MS;
    if (at_ms >= ask->deadline_ms) {
        fv_asks_give_up(ask, FEDVAL_OUTCOME_SERVFAIL, NULL);
        return;
    }
    set_query(ask, FV_DNS_AGAIN, &ask->name, ask->type);
    if (at_ms <= now_ms) {
        fv_asks_send(ask, false, now_ms);
        return;
    }
    fv_asks_wait(ask, at_ms);
}

static void handle_servfail(fv_ask *ask, const fv_dns_answer *answer, int64_t now_ms)
{
    if (is_validation_error(answer->ede)) {
        conclude(ask, answer, FEDVAL_DNSSEC_BOGUS, "the resolver says that validation failed");
        return;
    }
    if (ask->phase == FV_DNS_AGAIN || ask->is_own) {
        end_failed(ask, answer);
        return;
    }
    if (fv_asks_try_other(ask, now_ms))
        return;
    ask->failed_ms = now_ms;
    ask->name = ask->query.name;
    ask->type = ask->query.type;
    look_closer(ask, FV_DNS_UNCHECKED, &ask->name, ask->type, now_ms);
}

/* Handles an answer of a closer look. Its records are not used: it shows only whether there is an
 * answer, and whether the zone is signed. */
static void handle_unchecked(fv_ask *ask, const fv_dns_answer *answer, int64_t now_ms)
{
    bool is_answer = answer->rcode == LDNS_RCODE_NOERROR || answer->rcode == LDNS_RCODE_NXDOMAIN;
    if (!is_answer) {
        ask_again(ask, now_ms);
        return;
    }
    ask->has_signatures |= answer->has_signatures && ask->phase == FV_DNS_UNCHECKED;
    ask->has_ds |= answer->has_ds && ask->phase == FV_DNS_DELEGATION;
    if (ask->has_signatures || ask->phase == FV_DNS_DELEGATION)
        ask_again(ask, now_ms);
    else if (answer->zone.len > 0)
        look_closer(ask, FV_DNS_DELEGATION, &answer->zone, LDNS_RR_TYPE_DS, now_ms);
    else if (ask->phase == FV_DNS_UNCHECKED)
        look_closer(ask, FV_DNS_ZONE, &ask->name, LDNS_RR_TYPE_SOA, now_ms);
    else
        ask_again(ask, now_ms);
}

/* Whether the server may only be busy: dnsmasq handles 150 questions at a time and refuses the
 * others. Such a question is sent again later, with fewer at a time. A server that refuses although
 * little is under way is asked once more, if there is no other. */
static bool is_busy(fv_ask *ask, int64_t now_ms)
{
    fv_resolver *resolver = ask->resolver;
    bool is_first = ask->num_refused == 0 && resolver->servers.count == 1;
    if (ask->is_own || ask->num_refused == MAX_REFUSED ||
        (resolver->num_open <= MIN_OPEN && !is_first))
        return false;
    ask->num_refused++;
    if (resolver->num_open > MIN_OPEN)
        resolver->max_open = resolver->num_open / 2 > MIN_OPEN ? resolver->num_open / 2 : MIN_OPEN;
    fv_asks_wait(ask, now_ms + (int64_t)BUSY_WAIT_MS * ask->num_refused);
    return true;
}

/* ---- answers ---- */

/* Whether the server does not know EDNS (RFC 6891 7). */
static bool dislikes_edns(const fv_ask *ask, const fv_dns_answer *answer)
{
    return !ask->query.no_edns && (answer->rcode == LDNS_RCODE_FORMERR || answer->rcode == 16 ||
                                   answer->rcode == LDNS_RCODE_NOTIMPL);
}

static void follow_alias(fv_ask *ask, const fv_dns_answer *answer, int64_t now_ms)
{
    ask->all_ad = ask->all_ad && answer->ad;
    ask->all_aa = ask->all_aa && answer->aa;
    ask->aliases = answer->aliases;
    ask->num_failed = 0;
    set_query(ask, FV_DNS_PLAIN, &answer->next, ask->query.type);
    fv_asks_send(ask, false, now_ms);
}

/* Changes what a zone's own server said into what it is worth: it answers for its zone alone. */
static void judge_own(fv_dns_answer *answer)
{
    bool is_answer = answer->outcome <= FEDVAL_OUTCOME_NXDOMAIN;
    if (is_answer && !answer->aa)
        answer->detail = "the server does not answer for this zone by itself (no AA)";
    else if (answer->outcome == 0)
        answer->detail = "an alias leads out of what the server serves";
    else
        return;
    answer->outcome = FEDVAL_OUTCOME_NOT_ANSWERED;
}

static bool is_failure(const fv_dns_answer *answer)
{
    return answer->outcome == FEDVAL_OUTCOME_REFUSED ||
           answer->outcome == FEDVAL_OUTCOME_FILTERED ||
           answer->outcome == FEDVAL_OUTCOME_NOT_ANSWERED ||
           answer->outcome == FEDVAL_OUTCOME_MALFORMED;
}

static void handle(fv_ask *ask, const fv_dns_answer *answer, int64_t now_ms)
{
    bool is_closer = ask->phase != FV_DNS_PLAIN && ask->phase != FV_DNS_AGAIN;
    if (dislikes_edns(ask, answer)) {
        ask->query.no_edns = true;
        fv_asks_send(ask, false, now_ms);
    } else if (is_closer) {
        handle_unchecked(ask, answer, now_ms);
    } else if (answer->rcode == LDNS_RCODE_SERVFAIL) {
        handle_servfail(ask, answer, now_ms);
    } else if (answer->outcome == 0) {
        follow_alias(ask, answer, now_ms);
    } else if (answer->outcome == FEDVAL_OUTCOME_REFUSED && is_busy(ask, now_ms)) {
        return;
    } else if (!is_failure(answer) || !fv_asks_try_other(ask, now_ms)) {
        ask->all_ad = ask->all_ad && answer->ad;
        ask->all_aa = ask->all_aa && answer->aa;
        conclude(ask, answer, dnssec_of(ask, answer->outcome), answer->detail);
    }
}

/* Reads the answer. In a closer look its records go into a fact of their own, which is dropped, and
 * not into the real one. */
static fedval_status read_answer(fv_ask *ask, const uint8_t *data, size_t len,
                                 fv_dns_answer *answer)
{
    fedval_fact *aside = NULL;
    if (ask->phase == FV_DNS_PLAIN || ask->phase == FV_DNS_AGAIN)
        return fv_dns_answer_read(data, len, &ask->query, ask->fact, answer);
    fedval_status status = fedval_fact_new(fedval_fact_get_question(ask->fact), &aside);
    if (status == FEDVAL_OK)
        status = fv_dns_answer_read(data, len, &ask->query, aside, answer);
    fedval_fact_free(aside);
    return status;
}

void fv_asks_answer(fv_ask *ask, const uint8_t *data, size_t len, int64_t now_ms)
{
    fv_dns_answer answer = {.aliases = ask->aliases, .ede = -1};
    bool is_truncated = (data[2] & 0x02) != 0;
    if (is_truncated && !ask->wire.is_tcp) {
        fv_asks_send(ask, true, now_ms);
        return;
    }
    if (read_answer(ask, data, len, &answer) != FEDVAL_OK) {
        fv_asks_give_up(ask, 0, NULL);
        return;
    }
    if (ask->is_own)
        judge_own(&answer);
    handle(ask, &answer, now_ms);
}
