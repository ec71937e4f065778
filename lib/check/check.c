/* fedval_check: a runner with one domain. */
#include "fedval/check.h"

#include "base/error.h"

#include <string.h>

typedef struct outcome {
    fedval_evidence *evidence;
    fedval_status status;
    int64_t now;
} outcome;

static int64_t tell_time(void *user)
{
    return ((const outcome *)user)->now;
}

static void keep(uint64_t id, fedval_evidence *evidence, fedval_status status, void *user)
{
    (void)id;
    outcome *out = user;
    out->evidence = evidence;
    out->status = status;
}

static fedval_status set_up(fedval_runner *runner, fedval_port *resolver, fedval_port *prober,
                            int64_t timeout_ms, outcome *out)
{
    fedval_status status = fedval_runner_set_timeouts(runner, timeout_ms, timeout_ms);
    if (status == FEDVAL_OK && out->now != FEDVAL_TIME_UNKNOWN)
        status = fedval_runner_set_clock(runner, tell_time, out);
    if (status == FEDVAL_OK && resolver != NULL)
        status = fedval_runner_append_resolver(runner, resolver);
    if (status == FEDVAL_OK && prober != NULL)
        status = fedval_runner_set_prober(runner, prober);
    return status;
}

fedval_status fedval_check(const fedval_judge *judge, const char *domain, size_t domain_len,
                           fedval_port *resolver, fedval_port *prober, int64_t timeout_ms,
                           int64_t now, fedval_evidence **out_evidence, fedval_error *error)
{
    outcome out = {.status = FEDVAL_OK, .now = now};
    fedval_runner *runner = NULL;
    fedval_session *session = NULL;
    fv_error_reset(error);
    if (domain == NULL || out_evidence == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fedval_judge_new_session(judge, domain, domain_len, 1, &session, error);
    if (status == FEDVAL_OK)
        status = fedval_runner_new(&runner);
    if (status == FEDVAL_OK)
        status = set_up(runner, resolver, prober, timeout_ms, &out);
    if (status == FEDVAL_OK)
        status = fedval_runner_add(runner, session, keep, &out, NULL);
    if (status != FEDVAL_OK)
        goto done;
    session = NULL; /* the runner's */
    status = fedval_runner_run(runner);
    if (status == FEDVAL_OK)
        status = out.status;
    if (status == FEDVAL_OK)
        *out_evidence = out.evidence;
    else
        fedval_evidence_free(out.evidence);
done:
    fedval_runner_free(runner);
    fedval_session_free(session);
    return status;
}
