/* --pair: both sides of one federation, from a check or from evidence. */
#include "pair.h"

#include "gather.h"

#include <fedval/html.h>
#include <fedval/pair.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

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

bool pair_names_sides(const cmd_settings *settings)
{
    const cmd_values *inputs = &settings->inputs;
    return settings->command == IN_EVALUATE && settings->pair && inputs->count > NUM_SIDES &&
           access(inputs->items[0], F_OK) != 0 && access(inputs->items[1], F_OK) != 0;
}

/* Returns the side of a report, from 0; NUM_SIDES or more: of neither. Reports come domain by
 * domain, each under every policy. */
static size_t side_of(const cmd_pair *self, const fedval_report *report)
{
    if (self->names[0] == NULL)
        return self->num_taken / NUM_PAIR_POLICIES;
    for (size_t i = 0; i < NUM_SIDES; i++) {
        if (strcasecmp(self->names[i], fedval_report_get_domain(report)) == 0 ||
            strcasecmp(self->names[i], fedval_report_get_domain_given(report)) == 0)
            return i;
    }
    return NUM_SIDES;
}

/* Takes the report over. */
static void take_report(void *user, fedval_report *report)
{
    cmd_pair *self = user;
    size_t side = side_of(self, report);
    self->num_taken++;
    if (side < NUM_SIDES && self->counts[side] < NUM_PAIR_POLICIES) {
        self->reports[side][self->counts[side]++] = report;
        return;
    }
    self->num_beyond += side < NUM_SIDES || self->names[0] == NULL;
    fedval_report_free(report);
}

fedval_status pair_redact(const cmd_judge *judge, const fedval_evidence *const *evidence,
                          size_t count, fedval_report **reports)
{
    size_t num_reports = judge->policies.count * count;
    const fedval_evidence **of_each = calloc(num_reports, sizeof(fedval_evidence *));
    if (of_each == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < num_reports; i++)
        of_each[i] = evidence[i % count];
    fedval_status status = fedval_reports_redact(reports, of_each, num_reports);
    free(of_each);
    return status;
}

void pair_begin(cmd_pair *pair, cmd_judge *judge)
{
    *pair = (cmd_pair){.judge = judge};
    for (size_t i = 0; pair_names_sides(judge->settings) && i < NUM_SIDES; i++)
        pair->names[i] = judge->settings->inputs.items[i];
    judge->take = take_report;
    judge->taker = pair;
}

/* Why the two sides are not there, once each. */
static void refuse(const cmd_pair *self)
{
    char text[400];
    size_t missing = self->counts[0] == 0 ? 0 : 1;
    if (self->names[0] == NULL) {
        snprintf(text, sizeof(text),
                 "the files have to hold two domains, one each or both in one file, the Cisco "
                 "side's first; where they hold more, name the two: fedval evaluate --pair "
                 "CISCO-DOMAIN MICROSOFT-DOMAIN FILE...");
    } else if (self->counts[missing] == 0) {
        snprintf(text, sizeof(text), "no file holds the domain %.253s", self->names[missing]);
    } else {
        snprintf(text, sizeof(text), "the files hold a domain of the two more than once");
    }
    output_refuse_text(self->judge->output, EXIT_INPUT, "--pair", text);
}

/* Of the reports on one side, the one that was judged under `profile`; NULL: there is none. */
static const fedval_report *find_judged(const cmd_pair *self, size_t side, uint32_t profile)
{
    for (size_t i = 0; i < self->counts[side]; i++) {
        if (fedval_report_get_profile(self->reports[side][i]) == profile)
            return self->reports[side][i];
    }
    return NULL;
}

static void compare(const cmd_pair *self)
{
    const fedval_report *microsoft =
        find_judged(self, 1, fedval_pair_choose_profile(FEDVAL_SIDE_MICROSOFT, NULL));
    const fedval_report *cisco =
        find_judged(self, 0, fedval_pair_choose_profile(FEDVAL_SIDE_CISCO, microsoft));
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
    bool is_whole = pair->num_beyond == 0 && pair->counts[0] == NUM_PAIR_POLICIES &&
                    pair->counts[1] == NUM_PAIR_POLICIES;
    if (is_whole)
        compare(pair);
    else if (!output_has_failed(pair->judge->output))
        refuse(pair);
    for (size_t side = 0; side < NUM_SIDES; side++) {
        for (size_t i = 0; i < pair->counts[side]; i++)
            fedval_report_free(pair->reports[side][i]);
    }
    pair->judge->take = NULL;
}

void pair_check(const cmd_settings *settings, cmd_judge *judge, cmd_chains *chains)
{
    cmd_pair pair;
    pair_begin(&pair, judge);
    gather(settings, judge, chains);
    pair_finish(&pair);
}
