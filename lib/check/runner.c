/* The public functions of a runner: its ports, its options, its sessions and one turn of its loop.
 */
#include "check/runner.h"

#include "base/grow.h"

#include <stdlib.h>

#define DEFAULT_QUESTION_MS 5000
#define DEFAULT_SESSION_MS 30000
#define DEFAULT_MAX_IN_FLIGHT 256
#define MAX_ROUNDS 256                    /* of answers that come without waiting, in one turn */
#define MAX_TIMEOUT_MS ((int64_t)1 << 40) /* sums of two stay far from overflow */

fedval_status fedval_runner_new(fedval_runner **out_runner)
{
    if (out_runner == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_runner *runner = calloc(1, sizeof(*runner));
    if (runner == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fv_loop_open(runner);
    if (status != FEDVAL_OK) {
        free(runner);
        return status;
    }
    atomic_init(&runner->cancelled, false);
    runner->question_ms = DEFAULT_QUESTION_MS;
    runner->session_ms = DEFAULT_SESSION_MS;
    runner->window = runner->ceiling = fv_loop_room(DEFAULT_MAX_IN_FLIGHT);
    *out_runner = runner;
    return FEDVAL_OK;
}

/* ---- ports ---- */

static void free_slot(fv_slot *slot)
{
    if (slot != NULL && slot->driven)
        fedval_port_attach(slot->port, NULL);
    free(slot);
}

void fedval_runner_free(fedval_runner *runner)
{
    if (runner == NULL)
        return;
    fv_runs_clear(runner);
    fv_jobs_clear(runner);
    for (size_t i = 0; i < runner->num_resolvers; i++)
        free_slot(runner->resolvers[i]);
    free(runner->resolvers);
    free_slot(runner->prober);
    fv_loop_close(runner);
    free(runner);
}

static fedval_status new_slot(fedval_runner *runner, fedval_port *port, fv_slot **out_slot)
{
    fv_slot *slot = calloc(1, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    slot->runner = runner;
    slot->port = port;
    slot->driven = fedval_port_is_event_driven(port);
    fedval_port_events events = fv_loop_events(slot);
    fedval_status status = slot->driven ? fedval_port_attach(port, &events) : FEDVAL_OK;
    if (status != FEDVAL_OK) {
        free(slot);
        return status;
    }
    *out_slot = slot;
    return FEDVAL_OK;
}

fedval_status fedval_runner_append_resolver(fedval_runner *runner, fedval_port *resolver)
{
    if (runner == NULL || resolver == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_slot **larger = fv_grow(runner->resolvers, runner->num_resolvers + 1,
                               &runner->resolvers_capacity, sizeof(fv_slot *));
    if (larger == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    runner->resolvers = larger;
    fedval_status status = new_slot(runner, resolver, &larger[runner->num_resolvers]);
    runner->num_resolvers += status == FEDVAL_OK ? 1 : 0;
    return status;
}

fedval_status fedval_runner_set_prober(fedval_runner *runner, fedval_port *prober)
{
    if (runner == NULL || prober == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (runner->prober != NULL)
        return FEDVAL_ERROR_STATE;
    return new_slot(runner, prober, &runner->prober);
}

/* ---- options ---- */

fedval_status fedval_runner_set_timeouts(fedval_runner *runner, int64_t question_ms,
                                         int64_t session_ms)
{
    if (runner == NULL || question_ms < 1 || session_ms < 1 || question_ms > MAX_TIMEOUT_MS ||
        session_ms > MAX_TIMEOUT_MS)
        return FEDVAL_ERROR_ARGUMENT;
    runner->question_ms = question_ms;
    runner->session_ms = session_ms;
    return FEDVAL_OK;
}

fedval_status fedval_runner_set_max_in_flight(fedval_runner *runner, size_t max_questions)
{
    if (runner == NULL || max_questions == 0)
        return FEDVAL_ERROR_ARGUMENT;
    runner->window = runner->ceiling = fv_loop_room(max_questions);
    return FEDVAL_OK;
}

fedval_status fedval_runner_set_reuse(fedval_runner *runner, int64_t reuse_ms)
{
    if (runner == NULL || reuse_ms < 0 || reuse_ms > MAX_TIMEOUT_MS)
        return FEDVAL_ERROR_ARGUMENT;
    /* kept jobs expire in list order only while `reuse_ms` is the same for all */
    fv_jobs_forget(runner);
    runner->reuse_ms = reuse_ms;
    return FEDVAL_OK;
}

fedval_status fedval_runner_set_clock(fedval_runner *runner, int64_t (*now)(void *user), void *user)
{
    if (runner == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    runner->clock = now;
    runner->clock_user = user;
    return FEDVAL_OK;
}

/* ---- sessions ---- */

fedval_status fedval_runner_add(fedval_runner *runner, fedval_session *session,
                                fedval_runner_done done, void *user, uint64_t *out_id)
{
    if (runner == NULL || session == NULL || done == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_run *run = calloc(1, sizeof(*run));
    if (run == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *run = (fv_run){.id = ++runner->last_id, .session = session, .done = done, .user = user};
    run->prev = runner->pending_last;
    if (runner->pending_last != NULL)
        runner->pending_last->next = run;
    else
        runner->pending = run;
    runner->pending_last = run;
    runner->num_runs++;
    if (out_id != NULL)
        *out_id = run->id;
    return FEDVAL_OK;
}

fedval_status fedval_runner_cancel(fedval_runner *runner, uint64_t id)
{
    if (runner == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (runner->busy)
        return FEDVAL_ERROR_STATE;
    runner->busy = true; /* `done` must not step the runner */
    bool found = fv_runs_cancel_one(runner, id);
    runner->busy = false;
    return found ? FEDVAL_OK : FEDVAL_ERROR_NOT_FOUND;
}

void fedval_runner_cancel_all(fedval_runner *runner)
{
    if (runner == NULL)
        return;
    atomic_store(&runner->cancelled, true);
    fedval_runner_wake(runner);
}

/* ---- one turn ---- */

/* Delivers finished jobs and starts the jobs that follow from them, until nothing more comes
 * without waiting. It stops after MAX_ROUNDS, so that a turn ends. Returns false if nothing was
 * delivered. */
static bool advance(fedval_runner *runner)
{
    bool any = false, more = true;
    for (int rounds = 0; more && rounds < MAX_ROUNDS; rounds++) {
        int64_t now = fv_loop_now();
        more = fv_runs_deliver(runner, now);
        fv_runs_expire(runner, now);
        fv_runs_begin(runner, now);
        fv_jobs_start(runner, now);
        any = any || more;
        more = runner->finished.first != NULL && runner->simple.first == NULL;
    }
    return any;
}

/* Returns how many milliseconds a turn may wait: at most `wait_ms` (-1: for ever), and 0 when
 * something can be done at once. */
static int64_t limit_wait(const fedval_runner *runner, int64_t wait_ms)
{
    if (runner->num_runs == 0 || runner->finished.first != NULL || runner->simple.first != NULL)
        return 0;
    int64_t next = fv_loop_next_deadline(runner);
    if (next == INT64_MAX)
        return wait_ms < 0 ? -1 : wait_ms;
    int64_t left = next - fv_loop_now();
    if (left < 0)
        left = 0;
    return wait_ms >= 0 && wait_ms < left ? wait_ms : left;
}

/* A session that was added since the last turn is due at once. */
static bool may_begin(const fedval_runner *runner)
{
    return runner->pending != NULL && runner->queue.first == NULL &&
           runner->num_in_flight < runner->window;
}

int64_t fedval_runner_get_wait_ms(const fedval_runner *runner)
{
    if (runner == NULL || runner->num_runs == 0)
        return -1;
    if (may_begin(runner) || atomic_load(&runner->cancelled))
        return 0;
    return limit_wait(runner, -1);
}

static fedval_status turn(fedval_runner *runner, int64_t wait_ms)
{
    if (atomic_exchange(&runner->cancelled, false)) {
        fv_runs_cancel(runner);
        return FEDVAL_ERROR_CANCELLED;
    }
    if (advance(runner))
        wait_ms = 0; /* something has happened already */
    fedval_status status = fv_loop_wait(runner, limit_wait(runner, wait_ms));
    fv_jobs_expire(runner, fv_loop_now());
    advance(runner);
    if (status == FEDVAL_OK)
        status = runner->failed;
    runner->failed = FEDVAL_OK;
    return status;
}

fedval_status fedval_runner_step(fedval_runner *runner, int64_t wait_ms, size_t *out_left)
{
    if (runner == NULL || wait_ms < -1)
        return FEDVAL_ERROR_ARGUMENT;
    if (runner->busy)
        return FEDVAL_ERROR_STATE;
    runner->busy = true;
    fedval_status status = turn(runner, wait_ms);
    runner->busy = false;
    if (out_left != NULL)
        *out_left = runner->num_runs;
    return status;
}

fedval_status fedval_runner_run(fedval_runner *runner)
{
    size_t left = 1;
    fedval_status status = FEDVAL_OK;
    while (status == FEDVAL_OK && left > 0)
        status = fedval_runner_step(runner, -1, &left);
    return status;
}
