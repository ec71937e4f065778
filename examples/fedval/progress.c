#include "progress.h"

#include "terminal.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define FIRST_AFTER_MS 1000
#define EVERY_MS 250
#define REPAINT_MS 100 /* however often the loop turns */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_init(cmd_progress *progress, size_t total)
{
    *progress = (cmd_progress){
        .is_wanted = isatty(STDERR_FILENO) != 0 && !terminal_is_dumb(),
        .begin_ms = now_ms(),
        .total = total,
    };
}

int64_t progress_wait_ms(const cmd_progress *progress)
{
    return progress->is_wanted ? EVERY_MS : -1;
}

void progress_show(cmd_progress *progress, size_t num_left)
{
    int64_t taken_ms = now_ms() - progress->begin_ms;
    bool is_early = progress->is_shown && taken_ms < progress->painted_ms + REPAINT_MS;
    if (!progress->is_wanted || taken_ms < FIRST_AFTER_MS || num_left == 0 || is_early)
        return;
    progress->painted_ms = taken_ms;
    if (progress->total == 1)
        fprintf(stderr, "\r\033[Kgathering, %lld s", (long long)(taken_ms / 1000));
    else {
        fprintf(stderr, "\r\033[K%zu of %zu domains gathered, %lld s", progress->total - num_left,
                progress->total, (long long)(taken_ms / 1000));
    }
    fflush(stderr);
    progress->is_shown = true;
}

void progress_hide(cmd_progress *progress)
{
    if (!progress->is_shown)
        return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    progress->is_shown = false;
}
