/* The members of a runner. It holds runs (one for each session), jobs (one for each question that
 * is queued, under way or kept), slots (one for each port) and the descriptors that it watches. */
#ifndef FV_CHECK_RUNNER_H
#define FV_CHECK_RUNNER_H

#include "fedval/check.h"

#include <stdatomic.h>
#include <stdbool.h>

#define FV_RUNNER_BUCKETS 1024  /* of the table of jobs */
#define FV_RUNNER_MAX_KEPT 4096 /* answers kept for reuse */
#define FV_RUNNER_GRACE_MS 1000 /* what a port may be late with its own deadline */
#define FV_RUNNER_TURN_MS 50    /* of handling descriptors; then deadlines are looked at */
#define FV_RUNNER_MAX_TRIES                                                                        \
    3                          /* of a question that failed because this process was busy or short \
                                */
#define FV_RUNNER_SPARE_FDS 16 /* descriptors left to the rest of the process */
#define FV_RUNNER_MIN_WINDOW 4 /* questions under way however busy the process is */

typedef struct fv_slot {
    fedval_runner *runner;
    fedval_port *port;
    bool driven; /* false: the runner calls `fetch`, which blocks */
} fv_slot;

typedef struct fv_run fv_run;
typedef struct fv_job fv_job;

/* One run that waits for one job. It is an element of two lists: the `waits` of the job and the
 * `waits` of the run. */
typedef struct fv_wait {
    fv_run *run;
    fv_job *job;
    const fedval_question *question; /* the session's own */
    struct fv_wait *job_next, *job_prev;
    struct fv_wait *run_next, *run_prev;
} fv_wait;

struct fv_run {
    uint64_t id;
    fedval_session *session;
    fedval_runner_done done;
    void *user;
    bool begun; /* active, no longer pending */
    int64_t deadline;
    fv_wait *waits;
    fv_run *next, *prev; /* neighbours among the pending or the active runs */
};

enum fv_job_state {
    FV_JOB_QUEUED,
    FV_JOB_STARTED,  /* with an event-driven port */
    FV_JOB_FINISHED, /* to be handed to those who wait */
    FV_JOB_KEPT,     /* answered, for reuse */
};

struct fv_job {
    enum fv_job_state state;
    fv_slot *slot;
    fedval_fact *fact;      /* holds the question, too */
    fedval_status status;   /* what the port returned: NOT_FOUND: no fact */
    int64_t deadline;       /* of the question; of reuse, when it is kept */
    int64_t busy_before_ms; /* the runner's busy_ms when it was started */
    unsigned num_tries;
    size_t place; /* in the runner's in_flight */
    fv_wait *waits;
    fv_job *bucket_next;
    fv_job *next; /* the next queued, finished or kept job: a job is in one list at most */
};

typedef struct fv_job_list {
    fv_job *first, *last;
} fv_job_list;

/* A job that an event-driven port works on. Its ticket is generation << 32 | place + 1. */
typedef struct fv_flight {
    fv_job *job; /* NULL: free */
    uint32_t generation;
} fv_flight;

typedef struct fv_watch {
    int32_t fd;
    uint32_t events;
    fv_slot *slot;
} fv_watch;

struct fedval_runner {
    fv_slot **resolvers;
    size_t num_resolvers, resolvers_capacity;
    fv_slot *prober;
    int64_t question_ms, session_ms, reuse_ms;
    size_t window;   /* how many sessions run at once: as many as this process keeps up with */
    size_t ceiling;  /* the most that the window may be: sessions for which there are descriptors */
    int64_t busy_ms; /* spent in ports, not in waiting */
    int64_t (*clock)(void *user);
    void *clock_user;

    uint64_t last_id;
    fv_run *pending, *pending_last; /* not begun, in the order in which they were added */
    fv_run *active;
    size_t num_runs;

    fv_job *buckets[FV_RUNNER_BUCKETS];
    fv_job_list queue;  /* for event-driven ports */
    fv_job_list simple; /* for ports that block */
    fv_job_list finished;
    fv_job_list kept; /* oldest first */
    size_t num_kept;
    fv_flight *in_flight;
    size_t num_places, num_in_flight;
    size_t next_place; /* where the search for a free place begins */

    fv_watch *watches;
    size_t num_watches, watches_capacity;
    size_t *watch_of; /* by descriptor: its place in `watches`, counted from 1; 0: none */
    size_t num_watch_of;
    void *polls; /* struct pollfd, one for each watch and one for the pipe */
    size_t polls_capacity;
    int wake_read, wake_write;
    atomic_bool cancelled;
    fedval_status failed; /* the error of a callback, which cannot return it */
    bool busy;
};

/* ---- jobs.c ---- */

/* Makes `run` wait for the job of this question; creates the job if there is none. If an answer was
 * kept, sets `*out_kept` to it (borrowed) instead, and `run` does not wait. NOT_FOUND: no port is
 * there for such a question. */
fedval_status fv_jobs_ask(fedval_runner *runner, fv_run *run, const fedval_question *question,
                          int64_t now, const fedval_fact **out_kept);
/* Ends one wait of a run. A started job that nobody waits for any longer is cancelled and freed. */
void fv_jobs_leave(fedval_runner *runner, fv_wait *wait);
/* Starts as many queued jobs as the limit allows, then does one blocking fetch, if one is queued.
 */
void fv_jobs_start(fedval_runner *runner, int64_t now);
/* Finishes the job that `ticket` names; an event-driven port calls it back. An unknown or old
 * ticket is ignored. */
void fv_jobs_done(fedval_runner *runner, uint64_t ticket);
/* Ends each job, with a timeout, whose port is FV_RUNNER_GRACE_MS late or more. */
void fv_jobs_expire(fedval_runner *runner, int64_t now);
/* The next finished job; NULL: none. */
fv_job *fv_jobs_take_finished(fedval_runner *runner);
/* To be called when every waiting run has its fact: keeps the job for reuse, or frees it. */
void fv_jobs_retire(fedval_runner *runner, fv_job *job, int64_t now);
/* Frees the answers that are kept for reuse. */
void fv_jobs_forget(fedval_runner *runner);
int64_t fv_jobs_next_deadline(const fedval_runner *runner);
void fv_jobs_clear(fedval_runner *runner);

/* Whether to ask once more: this machine was short of something, or busy (tries.c). */
bool fv_tries_again(fedval_runner *runner, const fv_job *job);

/* ---- runs.c ---- */

/* Begins pending runs while no job is queued and fewer jobs are in flight than the limit allows. */
void fv_runs_begin(fedval_runner *runner, int64_t now);
/* Hands the facts of finished jobs to the sessions; true when there were any. */
bool fv_runs_deliver(fedval_runner *runner, int64_t now);
/* Ends each session whose time is up. Every question that is still open gets a timeout fact. */
void fv_runs_expire(fedval_runner *runner, int64_t now);
void fv_runs_cancel(fedval_runner *runner);
/* Ends the run of this id with CANCELLED; false: there is none. */
bool fv_runs_cancel_one(fedval_runner *runner, uint64_t id);
int64_t fv_runs_next_deadline(const fedval_runner *runner);
void fv_runs_clear(fedval_runner *runner);

/* ---- loop.c ---- */

int64_t fv_loop_now(void); /* milliseconds, monotonic */
fedval_status fv_loop_open(fedval_runner *runner);
void fv_loop_close(fedval_runner *runner);
/* Returns how many questions may be under way, at most `wanted`: each takes a descriptor. */
size_t fv_loop_room(size_t wanted);
/* Returns the callbacks for the port of this slot. */
fedval_port_events fv_loop_events(fv_slot *slot);
/* Waits until a descriptor is ready, at most `wait_ms` (-1: for ever), and lets its port handle it.
 * Then lets each port whose deadline has passed handle that. */
fedval_status fv_loop_wait(fedval_runner *runner, int64_t wait_ms);
/* Returns the earliest deadline of all ports, jobs and runs; INT64_MAX: there is none. */
int64_t fv_loop_next_deadline(const fedval_runner *runner);

#endif
