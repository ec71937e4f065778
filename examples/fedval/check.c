/* fedval check DOMAIN...: gathers the facts about each domain, and judges them. */
#include "chains.h"
#include "command.h"
#include "gather.h"
#include "judge.h"
#include "pair.h"
#include "since.h"

#include <stdlib.h>
#include <strings.h>

/* The calls name both domains, and which of them the Edge looks up is not documented: so the other
 * one is checked too, unless it is among the domains already. */
static bool append_other_domain(cmd_settings *settings)
{
    const char *other = settings->other_domain;
    for (size_t i = 0; other != NULL && i < settings->inputs.count; i++) {
        if (strcasecmp(settings->inputs.items[i], other) == 0)
            return true;
    }
    return other == NULL || values_append(&settings->inputs, other);
}

/* Copies the list, so that it can grow while that of `settings` stays as it is. */
static bool copy_inputs(const cmd_values *inputs, cmd_values *out)
{
    bool ok = true;
    *out = (cmd_values){0};
    for (size_t i = 0; ok && i < inputs->count; i++)
        ok = values_append(out, inputs->items[i]);
    return ok;
}

void command_check(const cmd_settings *settings, cmd_output *output)
{
    cmd_judge judge = {0};
    cmd_chains chains = {0};
    cmd_settings wanted = *settings;
    if (!copy_inputs(&settings->inputs, &wanted.inputs) || !append_other_domain(&wanted)) {
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    } else if (judge_init(&judge, &wanted, output) && chains_load(&chains, &wanted, output)) {
        if (wanted.since != NULL)
            since_check(&wanted, &judge, &chains);
        else if (wanted.pair)
            pair_check(&wanted, &judge, &chains);
        else
            gather(&wanted, &judge, &chains);
        judge_finish(&judge);
    }
    free(wanted.inputs.items);
    chains_clear(&chains);
    judge_clear(&judge);
}
