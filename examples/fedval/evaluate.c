/* fedval evaluate FILE...: judges saved evidence again. */
#include "command.h"
#include "documents.h"
#include "judge.h"
#include "pair.h"

static void evaluate_document(void *user, const char *source, const char *json, size_t json_len,
                              uint32_t line)
{
    cmd_judge *judge = user;
    fedval_evidence *evidence = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status =
        documents_read_evidence(judge->settings, json, json_len, &evidence, error);
    if (status == FEDVAL_OK)
        judge_take(judge, source, evidence);
    else
        judge_refuse(judge, EXIT_INPUT, source, status, documents_place(error, line));
    fedval_error_free(error);
}

void command_evaluate(const cmd_settings *settings, cmd_output *output)
{
    cmd_judge judge = {0};
    cmd_pair pair = {0};
    if (judge_init(&judge, settings, output)) {
        if (settings->pair)
            pair_begin(&pair, &judge);
        for (size_t i = pair_names_sides(settings) ? NUM_SIDES : 0; i < settings->inputs.count; i++)
            documents_visit(settings->inputs.items[i], output, evaluate_document, &judge);
        if (settings->pair)
            pair_finish(&pair);
        judge_finish(&judge);
    }
    judge_clear(&judge);
}
