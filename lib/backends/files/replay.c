/* A port that plays back saved evidence. */
#include "fedval/files.h"

#include <stdlib.h>

typedef struct replay {
    const fedval_evidence *evidence;
} replay;

static fedval_status fetch(const fedval_question *question, int64_t timeout_ms, fedval_fact *fact,
                           void *user)
{
    const replay *port = user;
    (void)timeout_ms;
    const fedval_fact *found = fedval_evidence_find(port->evidence, question);
    return found == NULL ? FEDVAL_ERROR_NOT_FOUND : fedval_fact_copy_answer(fact, found);
}

fedval_status fedval_replay_new(const fedval_evidence *evidence, fedval_port **out_port)
{
    static const fedval_port_vtable vtable = {
        .size = sizeof(vtable), .fetch = fetch, .destroy = free, .answers_at_once = 1};
    if (evidence == NULL || out_port == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    replay *port = calloc(1, sizeof(*port));
    if (port == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    port->evidence = evidence;
    fedval_status status = fedval_port_new(&vtable, port, out_port);
    if (status != FEDVAL_OK)
        free(port);
    return status;
}
