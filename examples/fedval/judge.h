/* Evidence -> reports -> output, under every policy asked for. */
#ifndef JUDGE_H
#define JUDGE_H

#include "accepted.h"
#include "closing.h"
#include "inputs.h"
#include "policies.h"

#include <fedval/evaluate.h>

/* What waits to be judged: evidence, or an input that cannot be. */
typedef struct cmd_held {
    const char *source;
    fedval_evidence *evidence; /* NULL: it cannot be judged */
    int exit_status;
    fedval_status status;
    fedval_error *error;
    char **early; /* its reports as they were shown already, one for each policy; NULL: none was */
} cmd_held;

typedef struct cmd_judge {
    const cmd_settings *settings;
    cmd_output *output;
    cmd_policies policies;
    fedval_judge *judge;     /* by all of the policies, in their order */
    fedval_report **reports; /* kept for the formats that show all of them at once */
    size_t num_reports;
    /* Takes the evidence in place of judging it; NULL: it is judged. */
    void (*take_evidence)(void *user, const fedval_evidence *evidence);
    void *evidence_user;
    bool keeps_reports; /* in any format: the caller shows them */
    /* Domains of one run can share peers: they are judged together. */
    cmd_held *held;
    size_t num_held;
    /* A report is shown as soon as its domain was gathered, and again at the end only if domains
     * that share its peers make another one of it. */
    bool tells_early;
    cmd_closing closing;
    cmd_accepted accepted;
    cmd_input actions; /* to be carried out; no data: there are none */
    /* takes each report over in place of showing it; NULL: it is shown, or kept */
    void (*take)(void *taker, fedval_report *report);
    void *taker;
} cmd_judge;

/* False when an option or a file cannot be used: the output has been told. */
bool judge_init(cmd_judge *judge, const cmd_settings *settings, cmd_output *output);
void judge_clear(cmd_judge *judge);
/* Takes evidence over, to be judged with what comes after it; `source` must outlive the judge. */
void judge_take(cmd_judge *judge, const char *source, fedval_evidence *evidence);
/* Reports of all policies: those of the first policy first. */
fedval_status judge_evaluate(const cmd_judge *judge, const fedval_evidence *const *evidence,
                             size_t count, fedval_report **reports, fedval_error *error);
/* Takes the error over; the output is told in the order of the inputs, as by output_refuse. */
void judge_refuse(cmd_judge *judge, int exit_status, const char *source, fedval_status status,
                  fedval_error *error);
/* Judges what was taken: one report for each policy, written, or kept for judge_finish. */
void judge_held(cmd_judge *judge);
/* Judges what was taken, and writes what was kept. */
void judge_finish(cmd_judge *judge);
/* The exit status that a verdict stands for. */
int judge_exit_status(uint32_t verdict);

#endif
