/* The functions of a port that is written in Go. */
#ifndef FEDVAL_GO_PORT_H
#define FEDVAL_GO_PORT_H

#include <fedval/check.h>

/* A port whose questions go to the Go value behind `handle`. NULL when memory is short. */
fedval_port *fedval_go_port_new(uintptr_t handle);
/* Adds a session whose end is told to the Go value behind `handle`. */
fedval_status fedval_go_runner_add(fedval_runner *runner, fedval_session *session, uintptr_t handle,
                                   uint64_t *out_id);
void fedval_go_interest(const fedval_port_events *events, int32_t fd, uint32_t wanted);
void fedval_go_done(const fedval_port_events *events, uint64_t ticket);
/* Gives the runner the time of day of the Go program. */
fedval_status fedval_go_set_clock(fedval_runner *runner);

#endif
