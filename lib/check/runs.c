/* The life of a session in a runner: it begins, is fed with facts, and ends. */
#include "check/runner.h"

#include "model/fact.h"

#include <stdlib.h>

/* ---- ending ---- */

static void unlink_run(fedval_runner *runner, fv_run *run)
{
    fv_run **first = run->begun ? &runner->active : &runner->pending;
    if (run->prev != NULL)
        run->prev->next = run->next;
    else
        *first = run->next;
    if (run->next != NULL)
        run->next->prev = run->prev;
    else if (first == &runner->pending)
        runner->pending_last = run->prev;
    run->next = run->prev = NULL;
}

static void drop(fedval_runner *runner, fv_run *run)
{
    while (run->waits != NULL)
        fv_jobs_leave(runner, run->waits);
    unlink_run(runner, run);
    runner->num_runs--;
}

/* Ends the session and calls `done`, which may add further sessions. */
static void end(fedval_runner *runner, fv_run *run, fedval_status status)
{
    drop(runner, run);
    fedval_evidence *evidence = NULL;
    if (status == FEDVAL_OK && runner->clock != NULL)
        status = fedval_session_set_time(run->session, runner->clock(runner->clock_user));
    if (status == FEDVAL_OK)
        evidence = fedval_session_take_evidence(run->session);
    if (status == FEDVAL_OK && evidence == NULL)
        status = FEDVAL_ERROR_STATE; /* it was taken before */
    fedval_session_free(run->session);
    fv_run copy = *run;
    free(run);
    copy.done(copy.id, evidence, status, copy.user);
}

/* ---- feeding ---- */

/* Supplies a fact that holds nothing but an outcome and a detail that explains it. */
static fedval_status supply_bare(const fedval_runner *runner, fv_run *run,
                                 const fedval_question *question, uint32_t outcome,
                                 const char *detail)
{
    fedval_fact *fact;
    fedval_status status = fedval_fact_new(question, &fact);
    if (status != FEDVAL_OK)
        return status;
    status = fedval_fact_set_outcome(fact, outcome);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_detail(fact, detail, FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK && runner->clock != NULL)
        status = fedval_fact_set_time(fact, runner->clock(runner->clock_user));
    if (status == FEDVAL_OK)
        status = fedval_session_supply(run->session, fact);
    fedval_fact_free(fact);
    return status;
}

/* Supplies `fact`. If it is larger than evidence can hold, a fact that says so takes its place: a
 * hostile server must not make the whole check fail. */
static fedval_status supply(const fedval_runner *runner, fv_run *run,
                            const fedval_question *question, const fedval_fact *fact)
{
    fedval_status status = fedval_session_supply(run->session, fact);
    if (status == FEDVAL_ERROR_LIMIT) {
        status = supply_bare(runner, run, question,
                             question->kind == FEDVAL_QUESTION_DNS ? FEDVAL_OUTCOME_MALFORMED
                                                                   : FEDVAL_OUTCOME_UNSUPPORTED,
                             "more than the evidence of one domain can hold");
    }
    if (status == FEDVAL_ERROR_LIMIT)
        status = fedval_session_skip(run->session, question);
    return status;
}

/* Asks every question that the session has at the moment. A kept answer is supplied at once, and
 * the session may then have further questions. */
static fedval_status ask(fedval_runner *runner, fv_run *run, int64_t now)
{
    for (;;) {
        const fedval_question *question;
        const fedval_fact *kept;
        fedval_status status = fedval_session_next(run->session, &question);
        if (status != FEDVAL_OK || question == NULL)
            return status;
        status = fv_jobs_ask(runner, run, question, now, &kept);
        if (status == FEDVAL_ERROR_NOT_FOUND)
            status = fedval_session_skip(run->session, question);
        else if (status == FEDVAL_OK && kept != NULL)
            status = supply(runner, run, question, kept);
        if (status != FEDVAL_OK)
            return status;
    }
}

static void go_on(fedval_runner *runner, fv_run *run, fedval_status status, int64_t now)
{
    if (status == FEDVAL_OK)
        status = ask(runner, run, now);
    if (status != FEDVAL_OK || fedval_session_is_done(run->session))
        end(runner, run, status);
}

void fv_runs_begin(fedval_runner *runner, int64_t now)
{
    while (!atomic_load(&runner->cancelled) && runner->pending != NULL &&
           runner->queue.first == NULL && runner->simple.first == NULL &&
           runner->num_in_flight < runner->window) {
        fv_run *run = runner->pending;
        unlink_run(runner, run);
        run->begun = true;
        run->deadline = now + runner->session_ms;
        run->next = runner->active;
        if (runner->active != NULL)
            runner->active->prev = run;
        runner->active = run;
        go_on(runner, run, FEDVAL_OK, now);
        fv_jobs_start(runner, now);
    }
}

/* ---- facts ---- */

static void stamp(const fedval_runner *runner, fv_job *job)
{
    if (job->fact->time == FEDVAL_TIME_UNKNOWN && runner->clock != NULL)
        job->fact->time = runner->clock(runner->clock_user);
}

static fedval_status hand_out(const fedval_runner *runner, const fv_job *job, const fv_wait *wait)
{
    bool nothing = job->status == FEDVAL_ERROR_NOT_FOUND || job->fact->outcome == 0;
    if (job->status != FEDVAL_OK && job->status != FEDVAL_ERROR_NOT_FOUND)
        return job->status;
    if (nothing)
        return fedval_session_skip(wait->run->session, wait->question);
    return supply(runner, wait->run, wait->question, job->fact);
}

bool fv_runs_deliver(fedval_runner *runner, int64_t now)
{
    fv_job *job = fv_jobs_take_finished(runner);
    bool any = job != NULL;
    for (; job != NULL; job = fv_jobs_take_finished(runner)) {
        stamp(runner, job);
        while (job->waits != NULL) {
            fv_run *run = job->waits->run;
            fedval_status status = hand_out(runner, job, job->waits);
            fv_jobs_leave(runner, job->waits);
            go_on(runner, run, status, now);
        }
        fv_jobs_retire(runner, job, now);
    }
    return any;
}

/* ---- time ---- */

static fedval_status supply_timeout(const fedval_runner *runner, fv_run *run,
                                    const fedval_question *question)
{
    fedval_status status = supply_bare(runner, run, question, FEDVAL_OUTCOME_TIMEOUT,
                                       "the time for the whole check was up");
    return status == FEDVAL_ERROR_LIMIT ? fedval_session_skip(run->session, question) : status;
}

/* Gives a timeout fact to every open question, asked or not yet asked, so that the evidence is
 * complete. */
static fedval_status time_out(fedval_runner *runner, fv_run *run)
{
    fedval_status status = FEDVAL_OK;
    while (status == FEDVAL_OK && run->waits != NULL) {
        status = supply_timeout(runner, run, run->waits->question);
        fv_jobs_leave(runner, run->waits);
    }
    while (status == FEDVAL_OK && !fedval_session_is_done(run->session)) {
        const fedval_question *question;
        status = fedval_session_next(run->session, &question);
        if (status == FEDVAL_OK && question == NULL)
            break;
        if (status == FEDVAL_OK)
            status = supply_timeout(runner, run, question);
    }
    return status;
}

static fv_run *find_late(const fedval_runner *runner, int64_t now)
{
    fv_run *run = runner->active;
    while (run != NULL && run->deadline > now)
        run = run->next;
    return run;
}

void fv_runs_expire(fedval_runner *runner, int64_t now)
{
    for (fv_run *run; (run = find_late(runner, now)) != NULL;)
        end(runner, run, time_out(runner, run));
}

int64_t fv_runs_next_deadline(const fedval_runner *runner)
{
    int64_t next = INT64_MAX;
    for (const fv_run *run = runner->active; run != NULL; run = run->next) {
        if (run->deadline < next)
            next = run->deadline;
    }
    return next;
}

/* ---- dropping them ---- */

void fv_runs_cancel(fedval_runner *runner)
{
    uint64_t last_id = runner->last_id; /* runs that a callback adds now are not cancelled */
    while (runner->active != NULL)
        end(runner, runner->active, FEDVAL_ERROR_CANCELLED);
    while (runner->pending != NULL && runner->pending->id <= last_id)
        end(runner, runner->pending, FEDVAL_ERROR_CANCELLED);
}

static fv_run *find_run(fv_run *first, uint64_t id)
{
    while (first != NULL && first->id != id)
        first = first->next;
    return first;
}

bool fv_runs_cancel_one(fedval_runner *runner, uint64_t id)
{
    fv_run *run = find_run(runner->active, id);
    if (run == NULL)
        run = find_run(runner->pending, id);
    if (run != NULL)
        end(runner, run, FEDVAL_ERROR_CANCELLED);
    return run != NULL;
}

void fv_runs_clear(fedval_runner *runner)
{
    for (fv_run *run; (run = runner->active != NULL ? runner->active : runner->pending) != NULL;) {
        drop(runner, run);
        fedval_session_free(run->session);
        free(run);
    }
}
