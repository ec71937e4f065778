/* Intents: what is taken comes out the same after it was read again, and a plan can be made of it.
 */
#include "fuzz.h"

#include "../judging.h"
#include "fedval/plan.h"
#include "fedval/render.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static char *write_again(const fedval_intent *intent, size_t *out_len)
{
    char *text = NULL;
    if (fedval_intent_to_json(intent, &text, out_len) != FEDVAL_OK)
        abort();
    return text;
}

static void check_round_trip(const fedval_intent *intent)
{
    size_t once_len = 0, twice_len = 0;
    fedval_intent *again = NULL;
    char *once = write_again(intent, &once_len);
    if (fedval_intent_new_from_json(once, once_len, &again, NULL) != FEDVAL_OK)
        abort();
    char *twice = write_again(again, &twice_len);
    if (once_len != twice_len || memcmp(once, twice, once_len) != 0)
        abort();
    fedval_text_free(once);
    fedval_text_free(twice);
    fedval_intent_free(again);
}

static void write_plan(const fedval_plan *plan)
{
    char *text = NULL;
    if (fedval_plan_to_json(plan, &text, NULL) != FEDVAL_OK)
        abort();
    fedval_text_free(text);
    if (fedval_plan_to_text(plan, NULL, &text, NULL) != FEDVAL_OK)
        abort();
    fedval_text_free(text);
    for (size_t i = 0; i < fedval_plan_count_files(plan); i++) {
        if (fedval_plan_file_to_text(plan, i, &text, NULL) != FEDVAL_OK)
            abort();
        fedval_text_free(text);
    }
}

static void check_plan(const fedval_intent *intent)
{
    fedval_judge *judge = NULL;
    fedval_plan *plan = NULL;
    if (new_judge(NULL, NULL, NULL, NULL, &judge) != FEDVAL_OK)
        abort();
    fedval_status status = fedval_plan_new(judge, 0, intent, 1893456000, &plan);
    if (status == FEDVAL_OK)
        write_plan(plan);
    else if (status != FEDVAL_ERROR_LIMIT)
        abort();
    fedval_plan_free(plan);
    fedval_judge_free(judge);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fedval_intent *intent = NULL;
    if (fedval_intent_new_from_json((const char *)data, size, &intent, NULL) == FEDVAL_OK) {
        check_round_trip(intent);
        check_plan(intent);
    }
    fedval_intent_free(intent);
    return 0;
}
