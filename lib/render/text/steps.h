/* The steps of a report, one after the other, each with its place. */
#ifndef FV_RENDER_STEPS_H
#define FV_RENDER_STEPS_H

#include "model/report.h"

/* A step and where it is taken. */
typedef struct fv_placed_step {
    uint32_t kind;      /* FEDVAL_STEP_ */
    const char *target; /* the SRV target; "client" for the calling certificate; NULL: the domain */
    uint16_t port;      /* 0: none */
    const char *address; /* NULL: none in particular */
    fv_report_step step;
} fv_placed_step;

/* Calls `visit` for each step, in the order in which they are taken. An address that presents the
 * same chain as an earlier one has its name and chain steps left out. */
void fv_steps_visit(const fedval_report *report, void (*visit)(void *user, const fv_placed_step *),
                    void *user);

#endif
