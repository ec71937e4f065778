/* How far a check is, on standard error: on a terminal alone, and after a second. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cmd_progress {
    bool is_wanted, is_shown;
    int64_t begin_ms, painted_ms;
    size_t total;
} cmd_progress;

void progress_init(cmd_progress *progress, size_t total);
/* How long the runner may wait before progress_show is called again; -1: as long as it likes. */
int64_t progress_wait_ms(const cmd_progress *progress);
void progress_show(cmd_progress *progress, size_t num_left);
/* Before anything else is written. */
void progress_hide(cmd_progress *progress);

#endif
