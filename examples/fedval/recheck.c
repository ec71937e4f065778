#include "recheck.h"

#include "chains.h"
#include "gather.h"
#include "judge.h"

#include <fedval/diagnosis.h>
#include <fedval/recheck.h>

#include <stdlib.h>
#include <string.h>

static void show_recheck(const fedval_incident *incident, const fedval_report *report,
                         cmd_output *output)
{
    char *text = NULL;
    size_t len = 0;
    if (output->format == FORMAT_JSON) {
        fedval_status status = fedval_incident_recheck_to_json(incident, report, &text, &len);
        output_document(output, status, text, len);
    } else if (output->format == FORMAT_HTML) {
        fedval_html_options page = output_html_options(output);
        fedval_status status =
            fedval_incident_recheck_to_html(incident, report, &page, &text, NULL);
        output_fragment(output, status, text);
    } else if (output->format == FORMAT_MARKDOWN) {
        fedval_status status = fedval_incident_recheck_to_markdown(incident, report, &text, &len);
        output_text(output, status, text, len);
    } else {
        fedval_status status =
            fedval_incident_recheck_to_text(incident, report, &output->options, &text, &len);
        output_text(output, status, text, len);
    }
}

/* A report, then what it says of each group of incidents on its domain. */
static void compare(const fedval_log *log, const fedval_report *report, cmd_output *output)
{
    const char *domain = fedval_report_get_domain(report);
    output_report(output, report);
    for (size_t i = 0; i < fedval_log_count_groups(log); i++) {
        const fedval_incident *incident = fedval_log_get_group_first(log, i);
        const char *named = fedval_incident_get_domain(incident);
        if (named != NULL && strcmp(named, domain) == 0 &&
            fedval_incident_get_explained_by(incident) == 0)
            show_recheck(incident, report, output);
    }
}

/* Whether the reports on its domain find the fault of an incident gone, each that says something.
 */
static bool is_gone(const cmd_judge *judge, const fedval_incident *incident)
{
    bool is_any_gone = false;
    for (size_t i = 0; i < judge->num_reports; i++) {
        uint32_t recheck = fedval_incident_recheck(incident, judge->reports[i]);
        if (recheck == FEDVAL_RECHECK_STANDS)
            return false;
        is_any_gone |= recheck == FEDVAL_RECHECK_GONE;
    }
    return is_any_gone;
}

static void note_gone(const cmd_judge *judge, fedval_log *log)
{
    for (size_t i = 0; i < fedval_log_count_groups(log); i++) {
        if (is_gone(judge, fedval_log_get_group_first(log, i)))
            (void)fedval_log_set_group_gone(log, i);
    }
}

static bool list_domains(const fedval_log *log, cmd_values *domains)
{
    for (size_t i = 0; i < fedval_log_count_domains(log); i++) {
        if (!values_append(domains, fedval_log_get_domain(log, i)))
            return false;
    }
    return true;
}

/* The reports are shown with what the logs said. */
void recheck(const cmd_settings *settings, fedval_log *log, cmd_output *output)
{
    cmd_settings wanted = *settings;
    cmd_judge judge = {0};
    cmd_chains chains = {0};
    wanted.inputs = (cmd_values){0};
    if (!list_domains(log, &wanted.inputs)) {
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    } else if (wanted.inputs.count > 0 && judge_init(&judge, &wanted, output) &&
               chains_load(&chains, &wanted, output)) {
        judge.keeps_reports = true;
        gather(&wanted, &judge, &chains);
        for (size_t i = 0; i < judge.num_reports; i++)
            compare(log, judge.reports[i], output);
        note_gone(&judge, log);
    }
    chains_clear(&chains);
    judge_clear(&judge);
    free(wanted.inputs.items);
}
