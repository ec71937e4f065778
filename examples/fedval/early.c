/* Reports that are shown as soon as their domain was gathered. */
#include "early.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void early_clear(const cmd_judge *judge, cmd_held *held)
{
    for (size_t k = 0; held->early != NULL && k < judge->policies.count; k++)
        fedval_text_free(held->early[k]);
    free(held->early);
}

bool early_is_shown(cmd_judge *judge, const fedval_report *report, const char *early)
{
    char *text = NULL;
    if (early == NULL)
        return false;
    fedval_status status = fedval_report_to_text(report, &judge->output->options, &text, NULL);
    bool is_same = status == FEDVAL_OK && strcmp(text, early) == 0;
    fedval_text_free(text);
    if (!is_same)
        fputs("\nJudged with the domains that share its servers:\n", judge->output->stream);
    return is_same;
}

/* Takes the report over. */
static void tell(cmd_judge *judge, fedval_report *report, const fedval_evidence *evidence,
                 char **out_early)
{
    char *text = NULL;
    size_t len = 0;
    fedval_status status =
        judge->settings->redact ? fedval_report_redact(report, evidence) : FEDVAL_OK;
    if (status == FEDVAL_OK)
        status = fedval_report_to_text(report, &judge->output->options, out_early, NULL);
    if (status == FEDVAL_OK)
        status = fedval_report_to_text(report, &judge->output->options, &text, &len);
    output_text(judge->output, status, text, len);
    fedval_report_free(report);
}

void early_tell(cmd_judge *judge)
{
    cmd_held *held = judge->num_held > 0 ? &judge->held[judge->num_held - 1] : NULL;
    if (!judge->tells_early || held == NULL || held->evidence == NULL || held->early != NULL)
        return;
    const fedval_evidence *evidence = held->evidence;
    fedval_report **reports = calloc(judge->policies.count, sizeof(fedval_report *));
    held->early = calloc(judge->policies.count, sizeof(char *));
    if (reports != NULL && held->early != NULL &&
        judge_evaluate(judge, &evidence, 1, reports, NULL) == FEDVAL_OK) {
        for (size_t k = 0; k < judge->policies.count; k++) {
            tell(judge, reports[k], evidence, &held->early[k]);
            reports[k] = NULL;
        }
    }
    for (size_t k = 0; reports != NULL && k < judge->policies.count; k++)
        fedval_report_free(reports[k]);
    free(reports);
    (void)fflush(judge->output->stream); /* a failure is found when it is closed */
}
