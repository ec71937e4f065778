/* fedval plan FILE: what must exist so that federation works, and in which order it is made. */
#include "command.h"
#include "intent_input.h"
#include "judge.h"
#include "learn.h"
#include "plan_files.h"
#include "plan_today.h"

#include <fedval/html.h>
#include <fedval/plan.h>
#include <fedval/render.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- the template ---- */

static const char template[] =
    "# What is to be. fedval plan FILE makes a plan of it; docs/schema/intent-1.json has every\n"
    "# member. A member that is misspelt is an error.\n"
    "format: fedval-intent/1\n"
    "domains:\n"
    "  - name: example.com\n"
    "    host: expe               # the SRV target will be expe.example.com\n"
    "clusters:\n"
    "  - name: expe-cluster.example.com\n"
    "    version: \"15.5\"\n"
    "    peers:\n"
    "      - name: expe1.example.com\n"
    "        addresses: [203.0.113.1]\n"
    "        server:                # PEM, DER, PKCS #7, PKCS #12\n"
    "          certificate: null    # the one in use: a file\n"
    "          ready: null          # a certificate or a request that lies ready: a file\n"
    "        calling:               # from X15.5 on\n"
    "          certificate: null\n"
    "          ready: null\n"
    "    keep_names:                # names of other services on the same Expressway\n"
    "      - {name: mra.example.com, for: _collab-edge._tls}\n"
    "partners:\n"
    "  - name: skype.lab\n"
    "    kind: on-premises          # or office365\n"
    "    allowed: []                # our domains that are on its list already\n"
    "trust: []                      # roots of private CAs: files\n"
    "today:                         # what there is\n"
    "  zones: []                    # zone master files\n"
    "  evidence: []                 # of fedval check --save-evidence\n"
    "  live: false                  # or ask DNS, and the servers\n"
    "ca: public                     # or private: who signs the requests\n";

/* ---- the plan ---- */

static int64_t time_of(const cmd_settings *settings)
{
    return settings->at != FEDVAL_TIME_UNKNOWN ? settings->at : (int64_t)time(NULL);
}

static bool is_any_refused(const fedval_plan *plan)
{
    bool any = false;
    for (size_t i = 0; i < fedval_plan_count_certificates(plan); i++)
        any |= fedval_plan_certificate_is_refused(fedval_plan_get_certificate(plan, i)) != 0;
    return any;
}

static void show(const cmd_settings *settings, const fedval_plan *plan, cmd_output *output)
{
    char *text = NULL;
    size_t text_len = 0;
    fedval_status status;
    if (settings->format == FORMAT_JSON) {
        status = fedval_plan_to_json(plan, &text, &text_len);
        output_document(output, status, text, text_len);
    } else if (settings->format == FORMAT_HTML) {
        fedval_html_options page = output_html_options(output);
        status = fedval_plan_to_html(plan, &page, &text, NULL);
        output_fragment(output, status, text);
    } else if (settings->format == FORMAT_MARKDOWN) {
        status = fedval_plan_to_markdown(plan, &text, &text_len);
        output_text(output, status, text, text_len);
    } else {
        status = fedval_plan_to_text(plan, &output->options, &text, &text_len);
        output_text(output, status, text, text_len);
    }
    output_note(output, judge_exit_status(fedval_plan_get_verdict_after(plan)));
    if (is_any_refused(plan))
        output_note(output, EXIT_FAIL);
}

/* So many hosts are tried for a domain where each is taken by something else. */
#define MOST_ROUNDS 6

static fedval_status make(const cmd_settings *settings, const cmd_judge *judge,
                          const fedval_intent *intent, fedval_plan **plan)
{
    fedval_plan_free(*plan);
    *plan = NULL;
    return fedval_plan_new(judge->judge, 0, intent, time_of(settings), plan);
}

static void plan_intent(const cmd_settings *settings, cmd_judge *judge, fedval_intent *intent)
{
    fedval_plan *plan = NULL;
    plan_today today = {0};
    bool asks = plan_today_asks(settings, intent);
    if (asks && !plan_today_gather(&today, settings, judge, intent)) {
        plan_today_clear(&today);
        return;
    }
    fedval_status status = make(settings, judge, intent, &plan);
    for (int i = 0; asks && status == FEDVAL_OK && i < MOST_ROUNDS; i++) {
        if (!plan_today_look_at_targets(&today, plan))
            break;
        status = make(settings, judge, intent, &plan);
    }
    plan_today_clear(&today);
    if (status == FEDVAL_OK && settings->redact)
        status = fedval_plan_redact(plan);
    if (status != FEDVAL_OK)
        output_internal(judge->output, status);
    else if (settings->write == NULL || plan_files_write(plan, settings->write, judge->output)) {
        show(settings, plan, judge->output);
        if (settings->write != NULL && settings->format == FORMAT_TEXT)
            plan_files_list(plan, settings->write, judge->output);
    }
    fedval_plan_free(plan);
}

static void plan_file(const cmd_settings *settings, cmd_output *output)
{
    cmd_settings own = *settings;
    cmd_values paths = {0};
    cmd_judge judge = {0};
    fedval_intent *intent = NULL;
    own.zones = own.trust = (cmd_values){0};
    bool ok = true;
    for (size_t i = 0; ok && i < settings->zones.count; i++)
        ok = values_append(&own.zones, settings->zones.items[i]);
    for (size_t i = 0; ok && i < settings->trust.count; i++)
        ok = values_append(&own.trust, settings->trust.items[i]);
    if (ok && intent_input_read(settings->inputs.items[0], &own, &intent, &paths, output)) {
        if (judge_init(&judge, &own, output))
            plan_intent(&own, &judge, intent);
        judge_clear(&judge);
    }
    fedval_intent_free(intent);
    free(own.zones.items);
    free(own.trust.items);
    intent_paths_clear(&paths);
}

void command_plan(const cmd_settings *settings, cmd_output *output)
{
    if (settings->is_template && settings->inputs.count > 0) {
        options_complain("plan", "--template reads no file", settings->inputs.items[0]);
        output_usage(output);
    } else if (settings->is_template) {
        fputs(template, output->stream);
        output_note(output, EXIT_PASS);
    } else if (settings->inputs.count == 0 || (!settings->from && settings->inputs.count > 1)) {
        options_complain("plan", "wanted",
                         "one FILE, --template, or --from and the files to learn from");
        output_usage(output);
    } else if (settings->from) {
        learn_intent(settings, output);
    } else {
        plan_file(settings, output);
    }
}
