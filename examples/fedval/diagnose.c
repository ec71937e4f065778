/* fedval diagnose FILE...: logs of both sides, read and joined. */
#include "command.h"
#include "inputs.h"
#include "interrupt.h"
#include "log_input.h"
#include "observed.h"
#include "recheck.h"

#include <fedval/diagnosis.h>

#include <stdio.h>
#include <string.h>

static void show(const cmd_settings *settings, const fedval_log *log, cmd_output *output)
{
    fedval_diagnosis_options options = {
        .size = sizeof(options), .group = settings->group, .redact = settings->redact};
    char *text = NULL;
    size_t len = 0;
    if (output->format == FORMAT_JSON) {
        fedval_status status = fedval_log_to_json(log, &options, &text, &len);
        output_document(output, status, text, len);
    } else if (output->format == FORMAT_MARKDOWN) {
        fedval_status status = fedval_log_to_markdown(log, &options, &text, &len);
        output_text(output, status, text, len);
    } else if (output->format == FORMAT_HTML) {
        fedval_html_options page = output_html_options(output);
        fedval_status status = fedval_log_to_html(log, &options, &page, &text, NULL);
        output_fragment(output, status, text);
    } else {
        fedval_status status = fedval_log_to_text(log, &options, &output->options, &text, &len);
        output_text(output, status, text, len);
    }
}

static int exit_status_of(uint32_t diagnosis)
{
    return diagnosis == FEDVAL_DIAGNOSIS_FAULTS         ? EXIT_FAIL
           : diagnosis == FEDVAL_DIAGNOSIS_UNDETERMINED ? EXIT_INDETERMINATE
                                                        : EXIT_PASS;
}

/* What is attached to a mail and is no text is not read. That is a fault of the mail if its text
 * holds no log either. */
static void tell_attachment(const log_attachment *attachment, bool is_log, cmd_output *output)
{
    char message[700];
    const log_kind *kind = attachment->kind;
    if (is_log) {
        snprintf(message, sizeof(message), "%s, not read", kind->name);
        log_input_note(output, attachment->name, message);
        return;
    }
    snprintf(message, sizeof(message), "this is %s, no log that can be read%s%s", kind->name,
             kind->remedy != NULL ? ": " : "", kind->remedy != NULL ? kind->remedy : "");
    output_refuse_text(output, EXIT_INPUT, attachment->name, message);
}

/* A file that was given by its name and holds no entry of any log is said to be none: nothing in it
 * can be called sound. In a folder or an archive such files are no fault, as long as another is a
 * log. */
static void refuse_others(const cmd_settings *settings, const fedval_log *log,
                          const log_attachment *attachments, cmd_output *output)
{
    static const char message[] =
        "this is text without an entry of any log that is known here (Expressway, Edge, client "
        "trace, SIP messages, Windows events, PowerShell, search history, Meeting Server)";
    size_t num_logs = 0;
    for (size_t i = 0; i < fedval_log_count_sources(log); i++)
        num_logs += fedval_log_get_source_formats(log, i) != 0;
    for (size_t i = 0; i < fedval_log_count_sources(log); i++) {
        const char *name = fedval_log_get_source_name(log, i);
        bool is_given = false;
        for (size_t k = 0; k < settings->inputs.count; k++)
            is_given = is_given || strcmp(input_name(settings->inputs.items[k]), name) == 0;
        bool is_empty = fedval_log_get_source_lines(log, i) == 0;
        bool is_log = fedval_log_get_source_formats(log, i) != 0;
        const log_attachment *attachment = log_attachment_of(attachments, name);
        if (attachment != NULL) {
            tell_attachment(attachment, is_log || (num_logs > 0 && !is_given), output);
            continue;
        }
        if (is_log || (num_logs > 0 && (is_empty || !is_given)))
            continue;
        output_refuse_text(output, EXIT_INPUT, name, is_empty ? "the file is empty" : message);
    }
}

/* The number behind which `fedval explain` lists where the cause of an open call is to be found. */
static const char *open_code(const fedval_log *log)
{
    for (size_t i = 0; i < fedval_log_count_incidents(log); i++) {
        const fedval_incident *incident = fedval_log_get_incident(log, i);
        const char *code = fedval_incident_get_reported_code(incident);
        bool is_open =
            fedval_incident_get_finding(incident) == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG &&
            fedval_incident_get_explained_by(incident) == 0 && fedval_incident_is_related(incident);
        if (is_open && code != NULL && code[0] != '\0' && strlen(code) < 12)
            return code;
    }
    return NULL;
}

/* The diagnosis asks for the log of another product; the pages and commands of each are many. */
static void tell_where(const fedval_log *log, cmd_output *output)
{
    const char *code = output->format == FORMAT_TEXT ? open_code(log) : NULL;
    char line[120];
    if (code == NULL)
        return;
    snprintf(line, sizeof(line),
             "\nLOOK     fedval explain --long %s: the page, path and command of each product\n",
             code);
    output_put(output, line, strlen(line));
}

/* For people the check comes first: what is mended since is not asked for above it. Documents keep
 * their order. */
static void tell(const cmd_settings *settings, fedval_log *log, cmd_output *output)
{
    bool is_checked = settings->check && !interrupt_has_come();
    if (is_checked && output->format != FORMAT_JSON)
        recheck(settings, log, output);
    show(settings, log, output);
    tell_where(log, output);
    output_note(output, exit_status_of(fedval_log_get_diagnosis(log)));
}

void command_diagnose(const cmd_settings *settings, cmd_output *output)
{
    fedval_log *log = NULL;
    log_attachment *attachments = NULL;
    size_t num_read = 0;
    fedval_status status = fedval_log_new(&log);
    interrupt_note();
    for (size_t i = 0; status == FEDVAL_OK && i < settings->inputs.count && !interrupt_has_come();
         i++)
        num_read += log_input_read(log, settings->inputs.items[i], output, &attachments);
    interrupt_watch(NULL);
    if (interrupt_has_come())
        fprintf(stderr, "fedval: interrupted: the diagnosis is of what was read until then\n");
    if (status == FEDVAL_OK)
        status = fedval_log_finish(log);
    if (status != FEDVAL_OK) {
        output_internal(output, status);
    } else if (num_read > 0) {
        tell(settings, log, output);
    }
    if (status == FEDVAL_OK && num_read > 0 && !interrupt_has_come()) {
        refuse_others(settings, log, attachments, output);
        observed_judge(log, output);
        if (settings->check && output->format == FORMAT_JSON)
            recheck(settings, log, output);
    }
    log_attachments_free(attachments);
    fedval_log_free(log);
}
