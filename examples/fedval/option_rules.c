/* Which options go together. */
#include "options.h"
#include "pair.h"

#include <stdio.h>
#include <string.h>

/* Does anything gather facts, as `check` and `diagnose --check` do? */
static bool gathers(const cmd_settings *settings)
{
    return settings->command == IN_CHECK || settings->check;
}

static const char *fault_of(const cmd_settings *settings, const option_row *row)
{
    /* What is about the output is of use to what diagnose itself writes. */
    bool is_of_check = (row->commands & IN_CHECK) != 0 && strcmp(row->group, "Output") != 0;
    if (settings->command == IN_DIAGNOSE && !settings->check && is_of_check)
        return "wants --check beside it";
    if (settings->offline && row->is_of_network)
        return "is of no use with --offline";
    return NULL;
}

/* Each option that was given, by itself. */
static bool are_of_use(const cmd_settings *settings, const char *name)
{
    char complaint[80];
    for (size_t i = 0; i < num_option_rows; i++) {
        const char *fault = settings->given[i] ? fault_of(settings, &option_rows[i]) : NULL;
        if (fault == NULL)
            continue;
        snprintf(complaint, sizeof(complaint), "--%s %s", option_rows[i].name, fault);
        options_complain(name, complaint, NULL);
        return false;
    }
    return true;
}

/* Formats that show one thing after the other, whatever it is. */
static bool is_of_one(uint32_t format)
{
    return format == FORMAT_TEXT || format == FORMAT_JSON || format == FORMAT_HTML ||
           format == FORMAT_MARKDOWN;
}

/* Evidence of both sides may stand in one file, as --save-evidence of a pair writes it. Where the
 * files hold more domains, the first two words name the sides. */
static bool has_two_inputs(const cmd_settings *settings)
{
    size_t count = settings->inputs.count;
    return count == 2 ||
           (settings->command == IN_EVALUATE && (count == 1 || pair_names_sides(settings)));
}

/* What a pair says itself. */
static const char *fault_of_pair(const cmd_settings *settings)
{
    if (!has_two_inputs(settings) || settings->domains != NULL)
        return "--pair wants two: the Cisco side's, then the Microsoft side's";
    if (settings->inputs.count > 1 &&
        strcmp(settings->inputs.items[0], settings->inputs.items[1]) == 0)
        return "--pair wants two that differ";
    if (settings->profiles.count + settings->policies.count > 0 || settings->side != 0)
        return "--pair has its own sides and profiles";
    if (!is_of_one(settings->format))
        return "--pair takes the formats text, json, html and markdown";
    if (settings->since != NULL || settings->fails_on_warning)
        return "--pair goes without --since and --fail-on";
    if (settings->other_domain != NULL)
        return "--pair goes without --other-domain: pair the other domain too, in a run of its own";
    return NULL;
}

/* What comes of actions is told of one domain, by itself. */
static const char *fault_of_apply(const cmd_settings *settings)
{
    if (settings->apply != NULL && (settings->pair || settings->fails_on_warning))
        return "--apply goes without --pair and --fail-on";
    return NULL;
}

/* What is put to use has to be whole. */
static const char *fault_of_plan(const cmd_settings *settings)
{
    if (settings->redact && (settings->write != NULL || settings->from || settings->is_template)) {
        return "--redact goes without --write, --from and --template: what they write is put to "
               "use";
    }
    if (settings->is_template && settings->write != NULL)
        return "--write is of no use with --template, which prints one file: -o FILE keeps it";
    if (settings->is_template && settings->from)
        return "--template and --from each print an intent: give one of them";
    return NULL;
}

/* Is a file named that may be one of PKCS #12? What `chain` and `plan` read may always be one. */
static bool names_certificates(const cmd_settings *settings)
{
    return settings->command == IN_CHAIN || settings->command == IN_PLAN ||
           settings->client_chain != NULL ||
           settings->chains.count + settings->trust.count + settings->public_trust.count > 0;
}

/* What --only leaves out cannot be required. */
static const char *fault_of_scope(const cmd_settings *settings)
{
    const int64_t of_dns = 1 << 1 | 1 << 2 | 1 << 3;
    if (settings->scope == FEDVAL_SCOPE_DNS && (settings->require & ~of_dns) != 0)
        return "--only dns judges R1 to R3: --require names others";
    if (settings->scope == FEDVAL_SCOPE_CERTIFICATE && (settings->require & of_dns) != 0)
        return "--only certificate judges R4 to R8: --require names others";
    return NULL;
}

/* A certificate that is critical is one to warn of, too. */
static bool are_days_turned(const cmd_settings *settings)
{
    return settings->warn_days >= 0 && settings->critical_days > settings->warn_days;
}

static const char *fault_of_all(const cmd_settings *settings)
{
    bool has_file =
        settings->zones.count + settings->chains.count > 0 || settings->client_chain != NULL;
    if (gathers(settings) && settings->offline && !has_file)
        return "--offline wants --zone or --chain beside it";
    if (settings->password_file != NULL && !names_certificates(settings)) {
        return "--password-file is of no use without --chain, --client-chain, --trust or "
               "--public-trust";
    }
    if (are_days_turned(settings))
        return "--warn-days wants at least the days of --critical-days";
    if (settings->client_key != NULL && settings->client_cert == NULL)
        return "--client-key wants --client-cert beside it";
    if (settings->fails_on_warning && settings->format == FORMAT_NAGIOS)
        return "--fail-on warning is of no use with --format nagios, which says 1 of a warning";
    if (settings->authority_port != 0 && !settings->authoritative)
        return "--authority-port wants --authoritative beside it";
    if (settings->format == FORMAT_LINE && settings->command == IN_CHECK && settings->since == NULL)
        return "--format line wants --since beside it";
    if (settings->since != NULL && !is_of_one(settings->format) && settings->format != FORMAT_LINE)
        return "--since takes the formats text, json, html, markdown and line";
    const char *fault = settings->pair ? fault_of_pair(settings) : NULL;
    if (fault == NULL)
        fault = fault_of_scope(settings);
    if (fault == NULL)
        fault = fault_of_apply(settings);
    if (fault == NULL)
        fault = fault_of_plan(settings);
    if (fault != NULL)
        return fault;
    if (settings->since != NULL && settings->other_domain != NULL) {
        return "--since goes without --other-domain: name both domains, with earlier reports of "
               "both";
    }
    if (settings->since != NULL && settings->fails_on_warning)
        return "--fail-on is of no use with --since, whose exit status says what changed";
    if (settings->check && settings->redact) {
        return "--redact numbers the addresses of a log, and those that --check shows anew: give "
               "one of them";
    }
    if (settings->command == IN_EXPLAIN && settings->format == FORMAT_MARKDOWN &&
        settings->inputs.count > 0)
        return "--format markdown is of all findings, without a code";
    return NULL;
}

bool options_agree(const cmd_settings *settings, const char *name)
{
    if (!are_of_use(settings, name))
        return false;
    const char *fault = fault_of_all(settings);
    if (fault != NULL)
        options_complain(name, fault, NULL);
    return fault == NULL;
}
