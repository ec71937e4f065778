/* fedval evaluate FILE...: judges saved evidence again. */
#include "command.h"
#include "inputs.h"
#include "judge.h"

#include <string.h>

/* One document, which begins in line `line` of its file, 1-based. */
static void evaluate_document(cmd_judge *judge, const char *path, const char *json, size_t json_len,
                              uint32_t line)
{
    fedval_evidence *evidence = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_evidence_new_from_json(json, json_len, &evidence, error);
    if (status == FEDVAL_OK) {
        judge_take(judge, path, evidence);
    } else {
        uint32_t within = fedval_error_get_line(error);
        fedval_error *placed = fedval_error_new();
        fedval_error_set(placed, fedval_error_get_message(error), FEDVAL_NUL_ENDED,
                         within == 0 ? line : line + within - 1, fedval_error_get_column(error),
                         line == 1 ? fedval_error_get_offset(error) : UINT64_MAX);
        judge_refuse(judge, EXIT_INPUT, path, status, placed);
    }
    fedval_error_free(error);
}

static bool is_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (strchr(" \t\r\n", text[i]) == NULL || text[i] == '\0')
            return false;
    }
    return true;
}

static size_t line_len(const char *text, size_t len)
{
    const char *end = memchr(text, '\n', len);
    return end == NULL ? len : (size_t)(end - text);
}

/* A file that --save-evidence wrote has a document on each line; one that was laid out by hand is
 * one document. The first line tells: whether it is an object by itself. */
static bool is_one_a_line(const cmd_input *input)
{
    size_t len = line_len(input->data, input->len);
    while (len > 0 && strchr(" \t\r", input->data[len - 1]) != NULL)
        len--;
    return len > 1 && input->data[0] == '{' && input->data[len - 1] == '}';
}

static void evaluate_lines(cmd_judge *judge, const char *path, const cmd_input *input)
{
    uint32_t line = 1;
    for (size_t at = 0; at < input->len; line++) {
        size_t len = line_len(input->data + at, input->len - at);
        if (!is_blank(input->data + at, len))
            evaluate_document(judge, path, input->data + at, len, line);
        at += len + 1;
    }
}

static void evaluate_file(cmd_judge *judge, const char *path)
{
    cmd_input input = {0};
    if (!input_read(&input, path, judge->output))
        return;
    if (strcmp(path, "-") == 0)
        path = input_name(path);
    if (is_one_a_line(&input))
        evaluate_lines(judge, path, &input);
    else
        evaluate_document(judge, path, input.data, input.len, 1);
    input_clear(&input);
}

void command_evaluate(const cmd_settings *settings, cmd_output *output)
{
    cmd_judge judge = {0};
    if (judge_init(&judge, settings, output)) {
        for (size_t i = 0; i < settings->inputs.count; i++)
            evaluate_file(&judge, settings->inputs.items[i]);
        judge_finish(&judge);
    }
    judge_clear(&judge);
}
