/* fedval check DOMAIN...: gathers the facts about each domain, and judges them. */
#include "chains.h"
#include "command.h"
#include "gather.h"
#include "judge.h"
#include "pair.h"
#include "since.h"

void command_check(const cmd_settings *settings, cmd_output *output)
{
    cmd_judge judge = {0};
    cmd_chains chains = {0};
    if (judge_init(&judge, settings, output) && chains_load(&chains, settings, output)) {
        if (settings->since != NULL)
            since_check(settings, &judge, &chains);
        else if (settings->pair)
            pair_check(settings, &judge, &chains);
        else
            gather(settings, &judge, &chains);
        judge_finish(&judge);
    }
    chains_clear(&chains);
    judge_clear(&judge);
}
