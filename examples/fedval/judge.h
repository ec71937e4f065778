/* Evidence -> reports -> output, under every policy asked for. */
#ifndef JUDGE_H
#define JUDGE_H

#include "policies.h"

#include <fedval/evidence.h>
#include <fedval/report.h>
#include <fedval/trust.h>

typedef struct fv_judge {
    const fv_settings *settings;
    fv_output *output;
    fv_policies policies;
    fedval_anchors *anchors;
    fedval_crls *crls;
    fedval_verifier *verifier, *cache; /* the cache remembers across domains */
    fedval_report **reports;           /* kept for the formats that show all of them at once */
    size_t num_reports;
    bool keeps_reports; /* in any format: the caller shows them */
} fv_judge;

/* False when an option or a file cannot be used: the output has been told. */
bool judge_init(fv_judge *judge, const fv_settings *settings, fv_output *output);
void judge_clear(fv_judge *judge);
/* One report for each policy: written, or kept for judge_finish. */
void judge_evidence(fv_judge *judge, const char *source, const fedval_evidence *evidence);
/* Writes what was kept. */
void judge_finish(fv_judge *judge);
/* The exit status that a verdict stands for. */
int judge_exit_status(uint32_t verdict);

#endif
