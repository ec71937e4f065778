#define _POSIX_C_SOURCE 200809L

#include "interrupt.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static volatile sig_atomic_t caught;
static fedval_runner *watched; /* set while no handler is installed */

static void note(int number)
{
    caught = number;
    if (watched != NULL)
        fedval_runner_wake(watched);
}

/* Ctrl-C, an end by the system, a terminal that is closed, Ctrl-\. */
static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

/* A signal that the program was started to ignore stays ignored, as nohup wants it. */
static void set_handlers(void (*handler)(int))
{
    struct sigaction action, old;
    memset(&action, 0, sizeof(action));
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
}

void interrupt_watch(fedval_runner *runner)
{
    if (runner == NULL)
        set_handlers(SIG_DFL);
    watched = runner;
    if (runner != NULL)
        set_handlers(note);
}

void interrupt_note(void)
{
    set_handlers(note);
}

bool interrupt_has_come(void)
{
    return caught != 0;
}

void interrupt_end(void)
{
    if (caught == 0)
        return;
    fflush(NULL);
    raise(caught);
}
