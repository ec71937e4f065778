/* When a question is asked once more, because its outcome says nothing about the peer. */
#include "check/runner.h"

#include "model/fact.h"

/* This machine lacked descriptors or ports: fewer questions at a time need fewer of them. */
static bool was_short(fedval_runner *runner, const fv_job *job)
{
    if (job->fact->outcome != FEDVAL_OUTCOME_LOCAL || job->num_tries >= FV_RUNNER_MAX_TRIES)
        return false;
    size_t half = runner->num_in_flight / 2;
    runner->ceiling = half > FV_RUNNER_MIN_WINDOW ? half : FV_RUNNER_MIN_WINDOW;
    if (runner->window > runner->ceiling)
        runner->window = runner->ceiling;
    return true;
}

/* This process had its hands full for a good part of the question's time: that nothing came in time
 * says nothing about the peer. */
static bool was_busy(const fedval_runner *runner, const fv_job *job)
{
    uint32_t outcome = job->fact->outcome;
    bool is_late = outcome == FEDVAL_OUTCOME_TIMEOUT || outcome == FEDVAL_OUTCOME_STALLED;
    return is_late && job->num_tries < FV_RUNNER_MAX_TRIES &&
           (runner->busy_ms - job->busy_before_ms) * 4 > runner->question_ms;
}

bool fv_tries_again(fedval_runner *runner, const fv_job *job)
{
    return !job->fact->is_final && (was_short(runner, job) || was_busy(runner, job));
}
