/* Questions under way. A question that several sessions have is asked once for all of them, and
 * only so many are in flight at a time as the limit allows. */
#include "check/runner.h"

#include "base/grow.h"
#include "model/fact.h"

#include <stdlib.h>
#include <string.h>

/* ---- lists ---- */

static void push(fv_job_list *list, fv_job *job)
{
    job->next = NULL;
    if (list->last != NULL)
        list->last->next = job;
    else
        list->first = job;
    list->last = job;
}

static fv_job *pop(fv_job_list *list)
{
    fv_job *job = list->first;
    if (job == NULL)
        return NULL;
    list->first = job->next;
    if (list->first == NULL)
        list->last = NULL;
    job->next = NULL;
    return job;
}

/* ---- the table of questions ---- */

/* FNV-1a. The final NUL is hashed too, so that ("ab", "c") and ("a", "bc") differ. */
static uint32_t hash_text(uint32_t hash, const char *text)
{
    for (const char *c = text == NULL ? "" : text; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    return hash * 16777619u;
}

static size_t bucket_of(const fedval_question *question)
{
    uint32_t hash = hash_text(2166136261u, question->name);
    hash = hash_text(hash_text(hash, question->host), question->address);
    hash = (hash ^ question->type ^ ((uint32_t)question->port << 8) ^ (question->view << 24)) *
           16777619u;
    return (hash ^ hash >> 16) % FV_RUNNER_BUCKETS;
}

static fv_job *find(const fedval_runner *runner, const fedval_question *question)
{
    fv_job *job = runner->buckets[bucket_of(question)];
    while (job != NULL && !fv_question_equal(&job->fact->question, question))
        job = job->bucket_next;
    return job;
}

static void insert(fedval_runner *runner, fv_job *job)
{
    fv_job **bucket = &runner->buckets[bucket_of(&job->fact->question)];
    job->bucket_next = *bucket;
    *bucket = job;
}

static void discard(fedval_runner *runner, fv_job *job)
{
    fv_job **link = &runner->buckets[bucket_of(&job->fact->question)];
    while (*link != NULL && *link != job)
        link = &(*link)->bucket_next;
    if (*link != NULL)
        *link = job->bucket_next;
    fedval_fact_free(job->fact);
    free(job);
}

/* ---- asking ---- */

static fv_slot *slot_for(const fedval_runner *runner, const fedval_question *question)
{
    if (question->kind == FEDVAL_QUESTION_PROBE)
        return runner->prober;
    return question->view < runner->num_resolvers ? runner->resolvers[question->view] : NULL;
}

static fedval_status make(fedval_runner *runner, const fedval_question *question, fv_slot *slot,
                          fv_job **out_job)
{
    fv_job *job = calloc(1, sizeof(*job));
    if (job == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fedval_fact_new(question, &job->fact);
    if (status != FEDVAL_OK) {
        free(job);
        return status;
    }
    job->slot = slot;
    job->state = FV_JOB_QUEUED;
    insert(runner, job);
    push(slot->driven ? &runner->queue : &runner->simple, job);
    *out_job = job;
    return FEDVAL_OK;
}

static fedval_status join(fv_job *job, fv_run *run, const fedval_question *question)
{
    fv_wait *wait = calloc(1, sizeof(*wait));
    if (wait == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *wait = (fv_wait){.run = run, .job = job, .question = question};
    wait->job_next = job->waits;
    if (job->waits != NULL)
        job->waits->job_prev = wait;
    job->waits = wait;
    wait->run_next = run->waits;
    if (run->waits != NULL)
        run->waits->run_prev = wait;
    run->waits = wait;
    return FEDVAL_OK;
}

/* Frees kept answers, oldest first, until none is too old and no more than `room` are left. */
static void trim_kept(fedval_runner *runner, int64_t now, size_t room)
{
    while (runner->kept.first != NULL &&
           (runner->kept.first->deadline <= now || runner->num_kept > room)) {
        runner->num_kept--;
        discard(runner, pop(&runner->kept));
    }
}

fedval_status fv_jobs_ask(fedval_runner *runner, fv_run *run, const fedval_question *question,
                          int64_t now, const fedval_fact **out_kept)
{
    fv_slot *slot = slot_for(runner, question);
    *out_kept = NULL;
    if (slot == NULL)
        return FEDVAL_ERROR_NOT_FOUND;
    trim_kept(runner, now, FV_RUNNER_MAX_KEPT);
    fv_job *job = find(runner, question);
    if (job != NULL && job->state == FV_JOB_KEPT) {
        *out_kept = job->fact;
        return FEDVAL_OK;
    }
    fedval_status status = FEDVAL_OK;
    if (job == NULL)
        status = make(runner, question, slot, &job);
    return status == FEDVAL_OK ? join(job, run, question) : status;
}

/* ---- in flight ---- */

static uint64_t ticket_of(const fedval_runner *runner, size_t place)
{
    return ((uint64_t)runner->in_flight[place].generation << 32) | (uint64_t)(place + 1);
}

static bool grow_places(fedval_runner *runner)
{
    size_t before = runner->num_places;
    if (before > UINT32_MAX / 2 - 1) { /* a place is half of a ticket */
        return false;
    }
    fv_flight *larger =
        fv_grow(runner->in_flight, before + 1, &runner->num_places, sizeof(*larger));
    if (larger == NULL)
        return false;
    memset(larger + before, 0, (runner->num_places - before) * sizeof(*larger));
    runner->in_flight = larger;
    return true;
}

static bool take_place(fedval_runner *runner, fv_job *job)
{
    if (runner->num_in_flight == runner->num_places && !grow_places(runner))
        return false;
    size_t place = runner->next_place % runner->num_places;
    while (runner->in_flight[place].job != NULL)
        place = (place + 1) % runner->num_places;
    runner->next_place = place + 1;
    runner->in_flight[place].job = job;
    runner->num_in_flight++;
    job->place = place;
    job->state = FV_JOB_STARTED;
    return true;
}

static void leave_place(fedval_runner *runner, fv_job *job)
{
    runner->in_flight[job->place].job = NULL;
    runner->in_flight[job->place].generation++;
    runner->num_in_flight--;
}

static void finish(fedval_runner *runner, fv_job *job)
{
    if (job->state == FV_JOB_STARTED)
        leave_place(runner, job);
    job->state = FV_JOB_FINISHED;
    push(&runner->finished, job);
}

/* Back to the queue with an empty fact; false when memory is short. */
static bool try_again(fedval_runner *runner, fv_job *job)
{
    fedval_fact *fact;
    if (fedval_fact_new(&job->fact->question, &fact) != FEDVAL_OK)
        return false;
    leave_place(runner, job);
    fedval_fact_free(job->fact);
    job->fact = fact;
    job->state = FV_JOB_QUEUED;
    push(&runner->queue, job);
    return true;
}

void fv_jobs_done(fedval_runner *runner, uint64_t ticket)
{
    size_t place = (size_t)(ticket & UINT32_MAX) - 1;
    if (place >= runner->num_places || runner->in_flight[place].job == NULL ||
        runner->in_flight[place].generation != ticket >> 32)
        return;
    fv_job *job = runner->in_flight[place].job;
    if (!fv_tries_again(runner, job) || !try_again(runner, job))
        finish(runner, job);
}

static void start_driven(fedval_runner *runner, fv_job *job, int64_t now)
{
    if (!take_place(runner, job)) {
        job->status = FEDVAL_ERROR_NO_MEMORY;
        finish(runner, job);
        return;
    }
    job->deadline = now + runner->question_ms;
    job->busy_before_ms = runner->busy_ms;
    job->num_tries++;
    fedval_status status = fedval_port_start(job->slot->port, ticket_of(runner, job->place),
                                             &job->fact->question, now, job->deadline, job->fact);
    if (status != FEDVAL_OK && job->state == FV_JOB_STARTED) {
        job->status = status;
        finish(runner, job);
    }
}

/* Fetches, which blocks all sessions. So the fetch gets no more time than the latest deadline among
 * the waiting runs leaves. */
static void fetch_simple(fedval_runner *runner, fv_job *job, int64_t now)
{
    int64_t left = 1;
    for (const fv_wait *wait = job->waits; wait != NULL; wait = wait->job_next) {
        if (wait->run->deadline - now > left)
            left = wait->run->deadline - now;
    }
    if (left > runner->question_ms)
        left = runner->question_ms;
    job->status = fedval_port_fetch(job->slot->port, &job->fact->question, left, job->fact);
    finish(runner, job);
}

/* The next queued job that somebody still waits for. */
static fv_job *next_wanted(fedval_runner *runner, fv_job_list *list)
{
    fv_job *job = pop(list);
    while (job != NULL && job->waits == NULL) {
        discard(runner, job);
        job = pop(list);
    }
    return job;
}

void fv_jobs_start(fedval_runner *runner, int64_t now)
{
    fv_job *job;
    while (runner->num_in_flight < runner->window &&
           (job = next_wanted(runner, &runner->queue)) != NULL)
        start_driven(runner, job, now);
    job = next_wanted(runner, &runner->simple);
    if (job != NULL)
        fetch_simple(runner, job, now);
}

/* ---- ending ---- */

static void unlink_wait(fv_wait *wait)
{
    if (wait->job_prev != NULL)
        wait->job_prev->job_next = wait->job_next;
    else
        wait->job->waits = wait->job_next;
    if (wait->job_next != NULL)
        wait->job_next->job_prev = wait->job_prev;
    if (wait->run_prev != NULL)
        wait->run_prev->run_next = wait->run_next;
    else
        wait->run->waits = wait->run_next;
    if (wait->run_next != NULL)
        wait->run_next->run_prev = wait->run_prev;
}

void fv_jobs_leave(fedval_runner *runner, fv_wait *wait)
{
    fv_job *job = wait->job;
    unlink_wait(wait);
    free(wait);
    /* A queued job that nobody waits for is freed when its turn comes. One that is finished is
     * freed by the loop that hands its fact out. */
    if (job->waits != NULL || job->state != FV_JOB_STARTED)
        return;
    fedval_port_cancel(job->slot->port, ticket_of(runner, job->place));
    leave_place(runner, job);
    discard(runner, job);
}

void fv_jobs_expire(fedval_runner *runner, int64_t now)
{
    for (size_t place = 0; place < runner->num_places; place++) {
        fv_job *job = runner->in_flight[place].job;
        if (job == NULL || job->deadline + FV_RUNNER_GRACE_MS > now)
            continue;
        fedval_port_cancel(job->slot->port, ticket_of(runner, place));
        job->status = fedval_fact_set_outcome(job->fact, FEDVAL_OUTCOME_TIMEOUT);
        finish(runner, job);
    }
}

void fv_jobs_forget(fedval_runner *runner)
{
    trim_kept(runner, INT64_MAX, 0);
}

fv_job *fv_jobs_take_finished(fedval_runner *runner)
{
    return pop(&runner->finished);
}

/* A timeout and an unreachable server are not kept: the next session tries again. */
static bool may_keep(const fedval_runner *runner, const fv_job *job)
{
    uint32_t outcome = job->fact->outcome;
    return runner->reuse_ms > 0 && job->status == FEDVAL_OK && outcome != 0 &&
           outcome != FEDVAL_OUTCOME_TIMEOUT && outcome != FEDVAL_OUTCOME_UNREACHABLE;
}

void fv_jobs_retire(fedval_runner *runner, fv_job *job, int64_t now)
{
    if (!may_keep(runner, job)) {
        discard(runner, job);
        return;
    }
    trim_kept(runner, now, FV_RUNNER_MAX_KEPT - 1);
    job->state = FV_JOB_KEPT;
    job->deadline = now + runner->reuse_ms;
    push(&runner->kept, job);
    runner->num_kept++;
}

int64_t fv_jobs_next_deadline(const fedval_runner *runner)
{
    int64_t next = INT64_MAX;
    for (size_t place = 0; place < runner->num_places; place++) {
        const fv_job *job = runner->in_flight[place].job;
        if (job != NULL && job->deadline + FV_RUNNER_GRACE_MS < next)
            next = job->deadline + FV_RUNNER_GRACE_MS;
    }
    return next;
}

void fv_jobs_clear(fedval_runner *runner)
{
    for (size_t place = 0; place < runner->num_places; place++) {
        if (runner->in_flight[place].job != NULL)
            fedval_port_cancel(runner->in_flight[place].job->slot->port, ticket_of(runner, place));
    }
    for (size_t i = 0; i < FV_RUNNER_BUCKETS; i++) {
        while (runner->buckets[i] != NULL)
            discard(runner, runner->buckets[i]);
    }
    free(runner->in_flight);
}
