/* fedval chain FILE...: evaluates one chain by itself. */
#include "certificate_input.h"
#include "command.h"
#include "judge.h"

#include <fedval/certificate.h>
#include <fedval/name.h>
#include <fedval/report.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The certificates of a file as fedval_chain_evaluate takes them; borrowed from the list. */
typedef struct cmd_chain {
    fedval_certificate_list *list;
    const uint8_t **der;
    size_t *der_len, count;
} cmd_chain;

static fedval_status fill(cmd_chain *chain)
{
    size_t count = fedval_certificate_list_count(chain->list);
    chain->der = calloc(count, sizeof(*chain->der));
    chain->der_len = calloc(count, sizeof(*chain->der_len));
    if (chain->der == NULL || chain->der_len == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const fedval_certificate *certificate = fedval_certificate_list_get(chain->list, i);
        chain->der[i] = fedval_certificate_get_der(certificate, &chain->der_len[i]);
    }
    chain->count = count;
    return FEDVAL_OK;
}

static void clear(cmd_chain *chain)
{
    fedval_certificate_list_free(chain->list);
    free(chain->der);
    free(chain->der_len);
}

static bool load(cmd_chain *chain, const char *path, const char *password_path, cmd_output *output)
{
    cmd_input input = {0};
    if (!certificate_input_read(&input, path, password_path, output))
        return false;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_certificate_list_new(input.data, input.len, &chain->list, error);
    if (status == FEDVAL_OK)
        status = fill(chain);
    if (status != FEDVAL_OK)
        output_refuse(output, EXIT_INPUT, path, status, error);
    fedval_error_free(error);
    input_clear(&input);
    return status == FEDVAL_OK;
}

/* Takes the result over. */
static void show(cmd_output *output, fedval_chain_result *result, const char *path)
{
    char *text = NULL;
    size_t text_len = 0;
    const char *source = strcmp(path, "-") == 0 ? input_name(path) : path;
    if (fedval_chain_result_set_source(result, source, FEDVAL_NUL_ENDED) != FEDVAL_OK)
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    output_note(output, judge_exit_status(fedval_chain_result_get_verdict(result)));
    if (output->format == FORMAT_JSON) {
        fedval_status status = fedval_chain_result_to_json(result, &text, &text_len);
        output_document(output, status, text, text_len);
    } else {
        fedval_status status =
            fedval_chain_result_to_text(result, &output->options, &text, &text_len);
        output_text(output, status, text, text_len);
    }
    fedval_chain_result_free(result);
}

static void evaluate(const cmd_judge *judge, const char *path, const char *name)
{
    cmd_chain chain = {0};
    bool ok = load(&chain, path, judge->settings->password_file, judge->output);
    for (size_t i = 0; ok && i < judge->policies.count; i++) {
        fedval_chain_result *result = NULL;
        fedval_status status = fedval_chain_evaluate(
            chain.der, chain.der_len, chain.count, name, FEDVAL_NUL_ENDED, judge->settings->purpose,
            judge->policies.items[i], judge->anchors, judge->crls, judge->cache, &result);
        if (status == FEDVAL_OK)
            show(judge->output, result, path);
        else
            output_internal(judge->output, status);
    }
    clear(&chain);
}

/* A chain has no time of its own. */
static fedval_status set_time(const cmd_judge *judge)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < judge->policies.count; i++) {
        int64_t at = FEDVAL_TIME_UNKNOWN;
        fedval_policy *policy = judge->policies.items[i];
        status = fedval_policy_get_number(policy, FEDVAL_POLICY_TIME, &at);
        if (status == FEDVAL_OK && at == FEDVAL_TIME_UNKNOWN)
            status = fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, (int64_t)time(NULL));
    }
    return status;
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
    fedval_status status = set_time(&judge);
    if (status != FEDVAL_OK)
        output_internal(output, status);
    for (size_t i = 0; status == FEDVAL_OK && i < settings->inputs.count; i++)
        evaluate(&judge, settings->inputs.items[i], settings->name == NULL ? NULL : name);
done:
    judge_clear(&judge);
}
