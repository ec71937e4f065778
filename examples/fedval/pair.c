/* --pair: both sides of one federation, from a check or from evidence. */
#include "pair.h"

#include "gather.h"

#include <fedval/html.h>
#include <fedval/pair.h>

#include <string.h>

/* Whether a domain of the Microsoft side is hosted by Microsoft itself: then its cloud judges. */
static bool is_hosted(const fedval_report *microsoft)
{
    for (size_t i = 0; i < fedval_report_count_endpoints(microsoft); i++) {
        if (fedval_endpoint_is_provider(fedval_report_get_endpoint(microsoft, i)) != 0)
            return true;
    }
    return false;
}

static void show(cmd_output *output, const fedval_pair *pair)
{
    char *text = NULL;
    size_t len = 0;
    fedval_status status;
    if (output->format == FORMAT_JSON) {
        status = fedval_pair_to_json(pair, &text, &len);
        output_document(output, status, text, len);
        return;
    }
    if (output->format == FORMAT_HTML) {
        fedval_html_options page = output_html_options(output);
        status = fedval_pair_to_html(pair, &page, &text, NULL);
        output_fragment(output, status, text);
    } else if (output->format == FORMAT_MARKDOWN) {
        status = fedval_pair_to_markdown(pair, &text, &len);
        output_text(output, status, text, len);
    } else {
        status = fedval_pair_to_text(pair, &output->options, &text, &len);
        output_text(output, status, text, len);
    }
    output_report(output, fedval_pair_get_cisco(pair));
    output_report(output, fedval_pair_get_microsoft(pair));
}

static void note(cmd_output *output, const fedval_pair *pair)
{
    static const int statuses[] = {[FEDVAL_OUTLOOK_WORKS] = EXIT_PASS,
                                   [FEDVAL_OUTLOOK_BROKEN] = EXIT_FAIL,
                                   [FEDVAL_OUTLOOK_UNKNOWN] = EXIT_INDETERMINATE};
    for (uint32_t way = FEDVAL_WAY_TO_MICROSOFT; way <= FEDVAL_WAY_CALL_BACK; way++)
        output_note(output, statuses[fedval_pair_get_outlook(pair, way)]);
}

#define NUM_WANTED (2 * (size_t)NUM_PAIR_POLICIES)

/* Takes the report over. Reports come domain by domain, each under every policy. */
static void take_report(void *user, fedval_report *report)
{
    cmd_pair *self = user;
    if (self->num_reports < NUM_WANTED)
        self->reports[self->num_reports] = report;
    else
        fedval_report_free(report); /* one domain too many: pair_finish says so */
    self->num_reports++;
}

void pair_begin(cmd_pair *pair, cmd_judge *judge)
{
    *pair = (cmd_pair){.judge = judge};
    judge->take = take_report;
    judge->taker = pair;
}

static void compare(const cmd_pair *self)
{
    fedval_report *const *of_cisco = self->reports;
    fedval_report *const *of_microsoft = self->reports + NUM_PAIR_POLICIES;
    const fedval_report *microsoft = of_microsoft[BY_EXPRESSWAY];
    const fedval_report *cisco = of_cisco[is_hosted(microsoft) ? BY_CLOUD : BY_EDGE];
    fedval_pair *pair = NULL;
    fedval_status status = fedval_pair_new(cisco, microsoft, &pair);
    if (status != FEDVAL_OK) {
        output_internal(self->judge->output, status);
        return;
    }
    show(self->judge->output, pair);
    note(self->judge->output, pair);
    fedval_pair_free(pair);
}

void pair_finish(cmd_pair *pair)
{
    judge_held(pair->judge);
    if (pair->num_reports == NUM_WANTED) {
        compare(pair);
    } else if (!output_has_failed(pair->judge->output)) {
        output_refuse_text(pair->judge->output, EXIT_INPUT, "--pair",
                           "the files have to hold two domains, one each or both in one file, the "
                           "Cisco side's first");
    }
    for (size_t i = 0; i < pair->num_reports && i < NUM_WANTED; i++)
        fedval_report_free(pair->reports[i]);
    pair->judge->take = NULL;
}

void pair_check(const cmd_settings *settings, cmd_judge *judge, cmd_chains *chains)
{
    cmd_pair pair;
    pair_begin(&pair, judge);
    gather(settings, judge, chains);
    pair_finish(&pair);
}
