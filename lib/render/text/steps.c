#include "render/text/steps.h"

typedef struct walk {
    void (*visit)(void *user, const fv_placed_step *step);
    void *user;
    fv_placed_step at; /* the place that was reached */
} walk;

/* A step without a mark does not exist here: an endpoint with addresses has no look-up step. */
static void visit(walk *w, uint32_t kind, fv_report_step step)
{
    w->at.kind = kind;
    w->at.step = step;
    if (step.mark != 0)
        w->visit(w->user, &w->at);
}

static void visit_presented(walk *w, const fv_report_presented *presented)
{
    visit(w, FEDVAL_STEP_NAME, presented->name);
    visit(w, FEDVAL_STEP_CHAIN, presented->chain);
}

static void visit_endpoint(walk *w, const fv_report_endpoint *endpoint)
{
    w->at = (fv_placed_step){.target = endpoint->target, .port = endpoint->port};
    visit(w, FEDVAL_STEP_SRV, endpoint->srv);
    visit(w, FEDVAL_STEP_ADDRESS, endpoint->lookup);
    for (size_t i = 0; i < endpoint->num_addresses; i++) {
        const fv_report_address *address = &endpoint->addresses[i];
        w->at.address = address->address;
        visit(w, FEDVAL_STEP_ADDRESS, address->step);
        visit(w, FEDVAL_STEP_TLS, address->tls);
        if (address->same_as == 0)
            visit_presented(w, &address->presented);
    }
}

const char *fv_step_host(const fv_placed_step *step)
{
    return step->is_calling ? "client" : step->target;
}

void fv_steps_visit(const fedval_report *report,
                    void (*visitor)(void *user, const fv_placed_step *), void *user)
{
    walk w = {.visit = visitor, .user = user};
    visit(&w, FEDVAL_STEP_SRV, report->srv);
    for (size_t i = 0; i < report->num_endpoints; i++)
        visit_endpoint(&w, &report->endpoints[i]);
    w.at = (fv_placed_step){.is_calling = true};
    if (report->client.certificate != NULL)
        visit_presented(&w, &report->client);
}
