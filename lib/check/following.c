/* A port around a resolver that follows aliases for it. If an answer has the outcome NOT_ANSWERED
 * or SERVFAIL and ends in a CNAME whose target has no record in it, this port asks for the target
 * and appends that answer. Example: for "a.example" the resolver finds only "a.example CNAME
 * b.example", so "b.example" is asked next. */
#include "check/port.h"
#include "check/runner.h"
#include "model/fact.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define MAX_ALIASES 16

/* A question that the event-driven interface has under way. */
typedef struct job {
    struct job *next;
    uint64_t ticket;
    fedval_fact *fact; /* the caller's */
    /* the answer for an alias's target; NULL: the question itself is under way */
    fedval_fact *part;
    int64_t deadline_ms;
    size_t num_aliases;
    bool has_ended; /* the resolver has finished what is under way */
} job;

typedef struct following {
    fedval_port *resolver;            /* owned */
    const fedval_port_events *events; /* the callbacks of the caller */
    fedval_port_events own;           /* the callbacks that the resolver gets */
    job *jobs;
} following;

/* ---- facts ---- */

static bool is_owner(const fedval_fact *fact, const char *name)
{
    for (size_t i = 0; i < fact->num_records; i++) {
        if (fv_text_equal_nocase(fv_text_of(fact->records[i].owner), fv_text_of(name)))
            return true;
    }
    return false;
}

static bool is_too_long(const fedval_fact *fact)
{
    size_t num_aliases = 0;
    for (size_t i = 0; i < fact->num_records; i++)
        num_aliases += fact->records[i].type == FEDVAL_TYPE_CNAME;
    return num_aliases > MAX_ALIASES;
}

/* Returns the target of the fact's last record if it is a CNAME that the resolver could not follow;
 * else NULL. A server that was asked by itself speaks for its own zone: what it leaves open stays.
 */
static const char *last_alias(const fedval_fact *fact)
{
    bool is_open = fact->outcome == FEDVAL_OUTCOME_SERVFAIL ||
                   (fact->outcome == FEDVAL_OUTCOME_NOT_ANSWERED && fact->question.address == NULL);
    if (fact->question.kind != FEDVAL_QUESTION_DNS || !is_open || fact->num_records == 0)
        return NULL;
    const fv_record *last = &fact->records[fact->num_records - 1];
    return last->type == FEDVAL_TYPE_CNAME ? last->data : NULL;
}

/* As last_alias; NULL also where the target came before: then nothing is left to ask. */
static const char *open_alias(const fedval_fact *fact)
{
    const char *target = last_alias(fact);
    return target != NULL && !is_owner(fact, target) ? target : NULL;
}

/* Makes a chain of aliases final that returns to one of its names or is too long: it is a fault of
 * the zones, whoever is asked next. */
static fedval_status end_chain(fedval_fact *fact)
{
    const char *target = last_alias(fact);
    bool is_circle = target != NULL && is_owner(fact, target);
    if (!is_circle && !is_too_long(fact))
        return FEDVAL_OK;
    fv_fact_reopen(fact);
    fedval_status status = FEDVAL_OK;
    if (!is_circle) {
        status = fedval_fact_set_detail(
            fact, "more than 16 aliases (CNAME) in a row, and resolvers give up before",
            FEDVAL_NUL_ENDED);
    }
    return status == FEDVAL_OK ? fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ALIAS_CIRCLE)
                               : status;
}

/* Sets `*out` to a new fact whose question asks for the target of the open alias; to NULL if there
 * is no open alias or its target is not a valid name. */
static fedval_status new_part(const fedval_fact *fact, fedval_fact **out)
{
    const char *target = open_alias(fact);
    *out = NULL;
    if (target == NULL)
        return FEDVAL_OK;
    fedval_status status = fedval_fact_new_dns(target, FEDVAL_NUL_ENDED, fact->question.type,
                                               fact->question.view, out);
    return status == FEDVAL_ERROR_NO_MEMORY ? status : FEDVAL_OK; /* else it is no name */
}

static fedval_status append_record(fedval_fact *fact, const fv_record *record)
{
    switch (record->type) {
    case FEDVAL_TYPE_SRV:
        return fedval_fact_append_srv(fact, record->owner, FEDVAL_NUL_ENDED, record->ttl,
                                      record->priority, record->weight, record->port, record->data,
                                      FEDVAL_NUL_ENDED);
    case FEDVAL_TYPE_NS:
        return fedval_fact_append_ns(fact, record->owner, FEDVAL_NUL_ENDED, record->ttl,
                                     record->data, FEDVAL_NUL_ENDED);
    case FEDVAL_TYPE_CNAME:
        return fedval_fact_append_cname(fact, record->owner, FEDVAL_NUL_ENDED, record->ttl,
                                        record->data, FEDVAL_NUL_ENDED);
    default:
        return fedval_fact_append_address(fact, record->owner, FEDVAL_NUL_ENDED, record->ttl,
                                          record->data, FEDVAL_NUL_ENDED);
    }
}

/* Adds the sources of a part to those of `fact`. Past the most that a fact may have they are left
 * out. */
static fedval_status join_sources(fedval_fact *fact, const fv_fact_sources *more)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < more->count; i++) {
        status = fedval_fact_append_source(fact, more->items[i].kind, more->items[i].place,
                                           FEDVAL_NUL_ENDED);
    }
    return status == FEDVAL_ERROR_LIMIT ? FEDVAL_OK : status;
}

static uint32_t join_dnssec(uint32_t a, uint32_t b)
{
    if (a == FEDVAL_DNSSEC_BOGUS || b == FEDVAL_DNSSEC_BOGUS)
        return FEDVAL_DNSSEC_BOGUS;
    return a == b ? a : FEDVAL_DNSSEC_UNKNOWN;
}

/* Of two parts a cache gave at least one. */
static uint32_t join_authority(uint32_t a, uint32_t b)
{
    return a == b || b == FEDVAL_AUTHORITY_ZONE ? a : b;
}

/* Appends the records of `part` to `fact`; `fact` takes its outcome from `part`. A part without an
 * outcome changes nothing. */
static fedval_status merge(fedval_fact *fact, const fedval_fact *part)
{
    fedval_status status = FEDVAL_OK;
    if (part->outcome == 0)
        return FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < part->num_records && !is_too_long(fact); i++)
        status = append_record(fact, &part->records[i]);
    if (status == FEDVAL_OK)
        status = join_sources(fact, &part->sources);
    if (status != FEDVAL_OK)
        return status;
    fv_fact_reopen(fact); /* the SERVFAIL of the open alias no longer holds */
    if (part->detail != NULL)
        status = fedval_fact_set_detail(fact, part->detail, FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_dnssec(fact, join_dnssec(fact->dnssec, part->dnssec));
    if (status == FEDVAL_OK)
        status = fedval_fact_set_authority(fact, join_authority(fact->authority, part->authority));
    if (status == FEDVAL_OK)
        status = fedval_fact_set_outcome(fact, part->outcome);
    return status == FEDVAL_OK && fact->outcome != FEDVAL_OUTCOME_ALIAS_CIRCLE ? end_chain(fact)
                                                                               : status;
}

/* ---- the simple face ---- */

/* Asks for the target of the open alias, if there is one. `*out_goes_on`: records were appended, so
 * the last of them may be another open alias. */
static fedval_status fetch_part(following *self, fedval_fact *fact, int64_t deadline_ms,
                                bool *out_goes_on)
{
    size_t num_records = fact->num_records;
    int64_t left_ms = deadline_ms - fv_loop_now();
    fedval_fact *part;
    *out_goes_on = false;
    fedval_status status = new_part(fact, &part);
    if (status != FEDVAL_OK || part == NULL)
        return status;
    status = fedval_port_fetch(self->resolver, &part->question, left_ms > 0 ? left_ms : 0, part);
    if (status == FEDVAL_OK)
        status = merge(fact, part);
    fedval_fact_free(part);
    *out_goes_on = status == FEDVAL_OK && fact->num_records > num_records;
    return status == FEDVAL_ERROR_NOT_FOUND ? FEDVAL_OK : status;
}

static fedval_status fetch(const fedval_question *question, int64_t timeout_ms, fedval_fact *fact,
                           void *user)
{
    following *self = user;
    int64_t deadline_ms = fv_loop_now() + timeout_ms;
    fedval_status status = fedval_port_fetch(self->resolver, question, timeout_ms, fact);
    bool goes_on = true;
    for (size_t i = 0; status == FEDVAL_OK && goes_on && i < MAX_ALIASES; i++)
        status = fetch_part(self, fact, deadline_ms, &goes_on);
    return status;
}

/* ---- the event-driven face ---- */

static void on_interest(int32_t fd, uint32_t events, void *user)
{
    const following *self = user;
    self->events->interest(fd, events, self->events->user);
}

/* Only notes the end: the resolver must not be called from within its own callback. `settle` acts
 * on the note later. */
static void on_done(uint64_t ticket, void *user)
{
    following *self = user;
    for (job *item = self->jobs; item != NULL; item = item->next) {
        if (item->ticket == ticket)
            item->has_ended = true;
    }
}

static void remove_job(following *self, job *item)
{
    job **link = &self->jobs;
    while (*link != item)
        link = &(*link)->next;
    *link = item->next;
    fedval_fact_free(item->part);
    free(item);
}

/* Asks for the target of the open alias. `*out_is_asked` becomes true if there is one and the
 * resolver took the question. */
static fedval_status follow(following *self, job *item, int64_t now_ms, bool *out_is_asked)
{
    fedval_status status =
        item->num_aliases < MAX_ALIASES ? new_part(item->fact, &item->part) : FEDVAL_OK;
    if (status != FEDVAL_OK || item->part == NULL)
        return status;
    item->num_aliases++;
    status = fedval_port_start(self->resolver, item->ticket, &item->part->question, now_ms,
                               item->deadline_ms, item->part);
    *out_is_asked = status == FEDVAL_OK;
    if (*out_is_asked)
        return FEDVAL_OK;
    fedval_fact_free(item->part);
    item->part = NULL;
    return status == FEDVAL_ERROR_NOT_FOUND ? FEDVAL_OK : status;
}

/* Merges the answer that has arrived and asks for the next target. Returns true if a question is
 * under way again. When memory is short the fact is left without an outcome, which means that
 * nothing was learnt. */
static bool go_on(following *self, job *item, int64_t now_ms)
{
    fedval_fact *part = item->part;
    size_t num_records = item->fact->num_records;
    bool is_asked = false;
    item->has_ended = false;
    item->part = NULL;
    fedval_status status = part != NULL ? merge(item->fact, part) : FEDVAL_OK;
    bool is_stuck = part != NULL && item->fact->num_records == num_records;
    fedval_fact_free(part);
    if (status == FEDVAL_OK && !is_stuck)
        status = follow(self, item, now_ms, &is_asked);
    if (status != FEDVAL_OK)
        fv_fact_reopen(item->fact);
    return is_asked;
}

static void settle(following *self, int64_t now_ms)
{
    job *item = self->jobs;
    while (item != NULL) {
        if (!item->has_ended) {
            item = item->next;
            continue;
        }
        if (!go_on(self, item, now_ms)) {
            uint64_t ticket = item->ticket;
            remove_job(self, item);
            self->events->done(ticket, self->events->user);
        }
        item = self->jobs; /* the callback may have changed the list */
    }
}

static fedval_status attach(const fedval_port_events *events, void *user)
{
    following *self = user;
    if (events == NULL) {
        fedval_port_attach(self->resolver, NULL);
        while (self->jobs != NULL)
            remove_job(self, self->jobs);
        return FEDVAL_OK;
    }
    self->events = events;
    self->own = (fedval_port_events){
        .size = sizeof(self->own), .interest = on_interest, .done = on_done, .user = self};
    return fedval_port_attach(self->resolver, &self->own);
}

static fedval_status start(uint64_t ticket, const fedval_question *question, int64_t now_ms,
                           int64_t deadline_ms, fedval_fact *fact, void *user)
{
    following *self = user;
    job *item = calloc(1, sizeof(*item));
    if (item == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *item = (job){.next = self->jobs, .ticket = ticket, .fact = fact, .deadline_ms = deadline_ms};
    self->jobs = item;
    fedval_status status =
        fedval_port_start(self->resolver, ticket, question, now_ms, deadline_ms, fact);
    if (status != FEDVAL_OK)
        remove_job(self, item);
    settle(self, now_ms);
    return status;
}

static void ready(int32_t fd, uint32_t events, int64_t now_ms, void *user)
{
    following *self = user;
    fedval_port_ready(self->resolver, fd, events, now_ms);
    settle(self, now_ms);
}

static int64_t next_deadline(void *user)
{
    const following *self = user;
    return fedval_port_next_deadline_ms(self->resolver);
}

static void expire(int64_t now_ms, void *user)
{
    following *self = user;
    fedval_port_expire(self->resolver, now_ms);
    settle(self, now_ms);
}

static void cancel(uint64_t ticket, void *user)
{
    following *self = user;
    fedval_port_cancel(self->resolver, ticket);
    for (job *item = self->jobs; item != NULL; item = item->next) {
        if (item->ticket == ticket) {
            remove_job(self, item);
            return;
        }
    }
}

static void destroy(void *user)
{
    following *self = user;
    fedval_port_free(self->resolver);
    free(self);
}

static const fedval_port_vtable simple_face = {
    .size = sizeof(simple_face), .fetch = fetch, .destroy = destroy};

static const fedval_port_vtable event_face = {
    .size = sizeof(event_face),
    .attach = attach,
    .start = start,
    .ready = ready,
    .next_deadline = next_deadline,
    .expire = expire,
    .cancel = cancel,
    .destroy = destroy,
};

fedval_status fedval_port_new_following(fedval_port *resolver, fedval_port **out_port)
{
    if (resolver == NULL || out_port == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    uint32_t face = fv_port_common_face(resolver, resolver);
    following *self = calloc(1, sizeof(*self));
    if (self == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    self->resolver = resolver;
    fedval_status status =
        fedval_port_new(face == FV_FACE_EVENTS ? &event_face : &simple_face, self, out_port);
    if (status != FEDVAL_OK)
        free(self);
    return status;
}
