/* fedval chain FILE...: evaluates one chain by itself. */
#include "certificate_input.h"
#include "command.h"
#include "judge.h"

#include <fedval/certificate.h>
#include <fedval/name.h>
#include <fedval/report.h>

#include <string.h>
#include <time.h>

/* NULL when it cannot be read: the output has been told. */
static fedval_certificate_list *load(const char *path, const char *password_path,
                                     cmd_output *output)
{
    cmd_input input = {0};
    fedval_certificate_list *chain = NULL;
    if (!certificate_input_read(&input, path, password_path, output))
        return NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_certificate_list_new(input.data, input.len, &chain, error);
    if (status != FEDVAL_OK)
        output_refuse(output, EXIT_INPUT, path, status, error);
    fedval_error_free(error);
    input_clear(&input);
    return chain;
}

static fedval_status name_source(fedval_chain_result *result, const char *path)
{
    const char *source = strcmp(path, "-") == 0 ? input_name(path) : path;
    return fedval_chain_result_set_source(result, source, FEDVAL_NUL_ENDED);
}

/* Takes the result over. */
static void show(cmd_output *output, fedval_status status, fedval_chain_result *result)
{
    char *text = NULL;
    size_t text_len = 0;
    if (status != FEDVAL_OK) {
        output_internal(output, status);
        fedval_chain_result_free(result);
        return;
    }
    output_note(output, judge_exit_status(fedval_chain_result_get_verdict(result)));
    if (output->format == FORMAT_JSON) {
        status = fedval_chain_result_to_json(result, &text, &text_len);
        output_document(output, status, text, text_len);
    } else if (output->format == FORMAT_MARKDOWN) {
        status = fedval_chain_result_to_markdown(result, &text, &text_len);
        output_text(output, status, text, text_len);
    } else if (output->format == FORMAT_HTML) {
        fedval_html_options options = output_html_options(output);
        status = fedval_chain_result_to_html(result, &options, &text, NULL);
        output_fragment(output, status, text);
    } else {
        status = fedval_chain_result_to_text(result, &output->options, &text, &text_len);
        output_text(output, status, text, text_len);
    }
    fedval_chain_result_free(result);
}

/* A chain has no time of its own. */
static int64_t time_of(const cmd_judge *judge, size_t index)
{
    int64_t at = FEDVAL_TIME_UNKNOWN;
    (void)fedval_policy_get_number(judge->policies.items[index], FEDVAL_POLICY_TIME, &at);
    return at != FEDVAL_TIME_UNKNOWN ? at : (int64_t)time(NULL);
}

static void evaluate(cmd_judge *judge, const char *path, const char *name)
{
    const cmd_settings *settings = judge->settings;
    fedval_certificate_list *chain = load(path, settings->password_file, judge->output);
    for (size_t i = 0; chain != NULL && i < judge->policies.count; i++) {
        fedval_chain_result *result = NULL;
        fedval_status status =
            fedval_chain_evaluate_list(judge->judge, i, chain, name, FEDVAL_NUL_ENDED,
                                       settings->purpose, time_of(judge, i), &result);
        if (status != FEDVAL_OK) {
            output_internal(judge->output, status);
            continue;
        }
        accepted_note_chain(&judge->accepted, &judge->policies, result);
        status = name_source(result, path);
        if (status == FEDVAL_OK && settings->redact)
            status = fedval_chain_result_redact(result, chain);
        show(judge->output, status, result);
    }
    fedval_certificate_list_free(chain);
}

static bool read_name(const char *given, char name[FEDVAL_NAME_SIZE], cmd_output *output)
{
    if (given == NULL || fedval_name_normalise(given, strlen(given), name, FEDVAL_NAME_SIZE, NULL,
                                               NULL) == FEDVAL_OK)
        return true;
    output_refuse_text(output, EXIT_USAGE, given, "not a host name, as --name wants");
    return false;
}

void command_chain(const cmd_settings *settings, cmd_output *output)
{
    char name[FEDVAL_NAME_SIZE];
    cmd_judge judge = {0};
    if (!read_name(settings->name, name, output) || !judge_init(&judge, settings, output))
        goto done;
    for (size_t i = 0; i < settings->inputs.count; i++)
        evaluate(&judge, settings->inputs.items[i], settings->name == NULL ? NULL : name);
    accepted_tell(&judge.accepted, &judge.policies);
done:
    judge_clear(&judge);
}
