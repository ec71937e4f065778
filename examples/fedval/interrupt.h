/* SIGINT, SIGTERM, SIGHUP and SIGQUIT while facts are gathered or logs are read: what was finished
 * is written, then the signal ends the program. */
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include <fedval/check.h>

#include <stdbool.h>

/* From now on a signal wakes the runner; NULL: signals are the system's again. */
void interrupt_watch(fedval_runner *runner);
/* From now on a signal is noted, and ends a read that waits; until interrupt_watch(NULL). */
void interrupt_note(void);
/* One has come. */
bool interrupt_has_come(void);
/* Ends the program by the signal that came; returns when none did. */
void interrupt_end(void);

#endif
