/* Evidence -> reports -> output, under every policy asked for. */
#ifndef JUDGE_H
#define JUDGE_H

#include "policies.h"

#include <fedval/evaluate.h>

typedef struct cmd_judge {
    const cmd_settings *settings;
    cmd_output *output;
    cmd_policies policies;
    fedval_judge *judge;     /* by all of the policies, in their order */
    fedval_report **reports; /* kept for the formats that show all of them at once */
    size_t num_reports;
    bool keeps_reports; /* in any format: the caller shows them */
} cmd_judge;

/* False when an option or a file cannot be used: the output has been told. */
bool judge_init(cmd_judge *judge, const cmd_settings *settings, cmd_output *output);
void judge_clear(cmd_judge *judge);
/* One report for each policy: written, or kept for judge_finish. */
void judge_evidence(cmd_judge *judge, const char *source, const fedval_evidence *evidence);
/* Writes what was kept. */
void judge_finish(cmd_judge *judge);
/* The exit status that a verdict stands for. */
int judge_exit_status(uint32_t verdict);

#endif
