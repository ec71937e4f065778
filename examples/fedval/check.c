/* fedval check DOMAIN...: gathers the facts about each domain, and judges them. */
#include "chains.h"
#include "command.h"
#include "gather.h"
#include "judge.h"

#include <stdlib.h>

/* Nothing at all would be checked. */
static bool has_source(const fv_settings *settings, fv_output *output)
{
    const char *fault = NULL;
    if (settings->offline && settings->resolvers.count > 0)
        fault = "--offline and --resolver exclude each other";
    else if (settings->offline && settings->zones.count + settings->chains.count == 0 &&
             settings->client_chain == NULL)
        fault = "--offline wants --zone or --chain beside it";
    if (fault == NULL)
        return true;
    options_complain("check", fault, NULL);
    output_usage(output);
    return false;
}

void command_check(const fv_settings *settings, fv_output *output)
{
    fv_judge judge = {0};
    fv_chains chains = {0};
    if (has_source(settings, output) && judge_init(&judge, settings, output) &&
        chains_load(&chains, settings, output)) {
        gather(settings, &judge, &chains);
        judge_finish(&judge);
    }
    chains_clear(&chains);
    judge_clear(&judge);
}
