/* The steps of a report, one after the other, each with its place. */
#ifndef FV_RENDER_STEPS_H
#define FV_RENDER_STEPS_H

#include "model/report.h"

/* A step and where it is taken. */
typedef struct fv_placed_step {
    uint32_t kind;       /* FEDVAL_STEP_ */
    const char *target;  /* the SRV target; NULL: the domain, or the calling certificate */
    bool is_calling;     /* of the certificate that the domain calls with */
    uint16_t port;       /* 0: none */
    const char *address; /* NULL: none in particular */
    fv_report_step step;
} fv_placed_step;

/* Returns the word for the host of a step: the target, "client" for the calling certificate, NULL
 * for the domain. */
const char *fv_step_host(const fv_placed_step *step);
/* Calls `visit` for each step, in the order in which they are taken. An address that presents the
 * same chain as an earlier one has its name and chain steps left out. */
void fv_steps_visit(const fedval_report *report, void (*visit)(void *user, const fv_placed_step *),
                    void *user);

#endif
