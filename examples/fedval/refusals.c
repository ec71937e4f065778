/* Inputs that cannot be used, and other failures: on standard error, as a document, or, of a
 * plugin, in its lines. */
#include "options.h"
#include "output.h"

#include <fedval/catalogue.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of a plugin the first line counts: what could not be judged waits until the rest is known. The
 * bar parts text from performance data, so it cannot stand in text. */
static void keep_refusal(cmd_output *output, const char *text)
{
    static const char lead[] = "FEDERATION UNKNOWN - ";
    size_t len = output->refusals == NULL ? 0 : strlen(output->refusals);
    size_t size = len + sizeof(lead) + strlen(text);
    char *refusals = realloc(output->refusals, size);
    if (refusals == NULL)
        return;
    snprintf(refusals + len, size - len, "%s%s", lead, text);
    for (char *c = refusals + len; *c != '\0'; c++)
        *c = *c == '|' ? '/' : *c;
    output->refusals = refusals;
}

void output_usage(cmd_output *output)
{
    const char *complaint = options_get_complaint();
    if (output->format == FORMAT_NAGIOS)
        keep_refusal(output, complaint[0] == '\0' ? "the command line is wrong\n" : complaint);
    output_note(output, EXIT_USAGE);
}

void output_internal(cmd_output *output, fedval_status status)
{
    char text[64];
    snprintf(text, sizeof(text), "%s\n",
             status == FEDVAL_ERROR_NO_MEMORY ? "out of memory" : fedval_status_to_string(status));
    if (output->format == FORMAT_NAGIOS)
        keep_refusal(output, text);
    else
        fprintf(stderr, "fedval: %s", text);
    output_note(output, EXIT_INTERNAL);
}

void output_refusals(cmd_output *output)
{
    if (output->refusals != NULL)
        output_put(output, output->refusals, strlen(output->refusals));
    free(output->refusals);
    output->refusals = NULL;
}

/* "not a SIP domain: a b" names the input at its end already; nothing has no name to print. */
static bool names_source(const char *message, const char *source)
{
    size_t len = strlen(message), source_len = source == NULL ? 0 : strlen(source);
    return source_len == 0 ||
           (len >= source_len + 2 && strncmp(message + len - source_len - 2, ": ", 2) == 0 &&
            strcmp(message + len - source_len, source) == 0);
}

static void complain(cmd_output *output, const char *source, fedval_status status,
                     const fedval_error *error)
{
    fedval_text_options options = output->options;
    char *text = NULL;
    options.colour = 0;
    if (names_source(fedval_error_get_message(error), source))
        source = NULL;
    if (fedval_error_to_text(source, FEDVAL_NUL_ENDED, status, error, &options, &text, NULL) !=
        FEDVAL_OK)
        return;
    if (output->format == FORMAT_NAGIOS)
        keep_refusal(output, text);
    else
        fprintf(stderr, "fedval: %s", text);
    fedval_text_free(text);
}

void output_refuse(cmd_output *output, int exit_status, const char *source, fedval_status status,
                   const fedval_error *error)
{
    char *json = NULL;
    size_t json_len = 0;
    output_note(output, exit_status);
    output->num_unreadable += exit_status == EXIT_INPUT;
    if (status == FEDVAL_ERROR_NO_MEMORY) {
        output_internal(output, status);
    } else if (output->format == FORMAT_JSON) {
        status = fedval_error_to_json(source, FEDVAL_NUL_ENDED, status, error, &json, &json_len);
        output_document(output, status, json, json_len);
    } else {
        complain(output, source, status, error);
    }
}

void output_refuse_text(cmd_output *output, int exit_status, const char *source,
                        const char *message)
{
    fedval_error *error = fedval_error_new();
    fedval_error_set(error, message, FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
    output_refuse(output, exit_status, source,
                  exit_status == EXIT_USAGE ? FEDVAL_ERROR_ARGUMENT : FEDVAL_ERROR_SYSTEM, error);
    fedval_error_free(error);
}
