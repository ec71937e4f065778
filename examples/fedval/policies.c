#include "policies.h"
#include "kinds.h"

#include "ignored.h"
#include "inputs.h"

#include <fedval/evaluate.h>
#include <fedval/evidence.h>

#include <stdio.h>
#include <stdlib.h>

/* The number that an option sets, where it was given. */
typedef struct number_row {
    uint32_t field;
    bool is_given;
    int64_t value;
} number_row;

static fedval_status set_numbers(fedval_policy *policy, const cmd_settings *settings)
{
    const number_row rows[] = {
        {FEDVAL_POLICY_SIDE, settings->side != FEDVAL_SIDE_UNKNOWN, settings->side},
        {FEDVAL_POLICY_SCOPE, settings->scope != FEDVAL_SCOPE_ALL, settings->scope},
        {FEDVAL_POLICY_TIME, settings->at != FEDVAL_TIME_UNKNOWN, settings->at},
        {FEDVAL_POLICY_ALLOW_PRIVATE, settings->allow_private, 1},
        {FEDVAL_POLICY_REQUIRE, settings->require != 0, settings->require},
        {FEDVAL_POLICY_EXPIRY_WARNING_DAYS, settings->warn_days >= 0, settings->warn_days},
        {FEDVAL_POLICY_EXPIRY_CRITICAL_DAYS, settings->critical_days >= 0, settings->critical_days},
        {FEDVAL_POLICY_MAX_CONNECTIONS, settings->connections > 0, settings->connections},
        {FEDVAL_POLICY_SIP_OPTIONS, settings->sip_options, 1},
        {FEDVAL_POLICY_AUTHORITATIVE, settings->authoritative, 1},
        {FEDVAL_POLICY_EXPRESSWAY_VERSION, settings->expressway_version > 0,
         settings->expressway_version},
    };
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].is_given)
            status = fedval_policy_set_number(policy, rows[i].field, rows[i].value);
    }
    return status;
}

static fedval_status accept(fedval_policy *policy, const cmd_settings *settings)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < settings->ignored.count; i++) {
        ignored_finding found;
        const char *wanted;
        (void)ignored_read(settings->ignored.items[i], &found, &wanted); /* was read once */
        status = fedval_policy_append_acceptance(policy, found.code, found.domain, found.domain_len,
                                                 found.until);
    }
    return status;
}

/* Tells of a name that is none; anything else is nobody's input. */
static bool judge_name(fedval_status status, const char *option, const char *value,
                       cmd_output *output)
{
    char message[64];
    if (status == FEDVAL_OK)
        return true;
    if (status == FEDVAL_ERROR_NO_MEMORY) {
        output_internal(output, status);
        return false;
    }
    snprintf(message, sizeof(message), "not a host name, as %s wants", option);
    output_refuse_text(output, EXIT_USAGE, value, message);
    return false;
}

static bool set_texts(fedval_policy *policy, const cmd_settings *settings, cmd_output *output)
{
    const struct {
        uint32_t field;
        const char *value, *option;
    } rows[] = {
        {FEDVAL_POLICY_EDGE_FQDN, settings->edge_fqdn, "--edge-fqdn"},
        {FEDVAL_POLICY_SUBJECT_NAME, settings->name, "--name"},
        {FEDVAL_POLICY_OTHER_DOMAIN, settings->other_domain, "--other-domain"},
    };
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].value == NULL)
            continue;
        fedval_status status =
            fedval_policy_set_text(policy, rows[i].field, rows[i].value, FEDVAL_NUL_ENDED);
        ok = judge_name(status, rows[i].option, rows[i].value, output);
    }
    for (size_t i = 0; ok && i < settings->providers.count; i++) {
        fedval_status status =
            fedval_policy_append_provider(policy, settings->providers.items[i], FEDVAL_NUL_ENDED);
        ok = judge_name(status, "--provider", settings->providers.items[i], output);
    }
    return ok;
}

/* What the options say beside the profile; a chain takes its name elsewhere. */
static bool apply(fedval_policy *policy, const cmd_settings *settings, cmd_output *output)
{
    fedval_status status = set_numbers(policy, settings);
    if (status == FEDVAL_OK)
        status = accept(policy, settings);
    if (status != FEDVAL_OK) {
        output_internal(output, status);
        return false;
    }
    return settings->command == IN_CHAIN || set_texts(policy, settings, output);
}

static fedval_policy *from_profile(uint32_t profile, const cmd_settings *settings,
                                   cmd_output *output)
{
    fedval_policy *policy = NULL;
    fedval_status status = fedval_policy_new(profile, &policy);
    if (status != FEDVAL_OK) {
        output_internal(output, status);
        return NULL;
    }
    if (apply(policy, settings, output))
        return policy;
    fedval_policy_free(policy);
    return NULL;
}

static fedval_policy *from_file(const char *path, const cmd_settings *settings, cmd_output *output)
{
    cmd_input input = {0};
    fedval_policy *policy = NULL;
    fedval_error *error = fedval_error_new();
    if (input_read(&input, path, output)) {
        fedval_status status =
            settings->lenient
                ? fedval_policy_new_from_json_lenient(input.data, input.len, &policy, error)
                : fedval_policy_new_from_json(input.data, input.len, &policy, error);
        if (status == FEDVAL_ERROR_SYNTAX && kinds_is_intent(input.data, input.len)) {
            output_refuse_text(output, EXIT_INPUT, path,
                               "not a policy but an intent in YAML: fedval plan FILE makes a plan "
                               "of it");
        } else if (status != FEDVAL_OK) {
            output_refuse(output, EXIT_INPUT, path, status, error);
        }
    }
    fedval_error_free(error);
    input_clear(&input);
    if (policy == NULL || apply(policy, settings, output))
        return policy;
    fedval_policy_free(policy);
    return NULL;
}

static bool append(cmd_policies *policies, fedval_policy *policy)
{
    if (policy == NULL)
        return false;
    policies->items[policies->count++] = policy;
    return true;
}

static bool build_default(cmd_policies *policies, const cmd_settings *settings, cmd_output *output)
{
    uint32_t profile = fedval_side_get_profile(settings->side);
    if (!append(policies, from_profile(profile, settings, output)))
        return false;
    if (settings->side != FEDVAL_SIDE_UNKNOWN || settings->command == IN_CHAIN)
        return true;
    profile = fedval_side_get_profile(FEDVAL_SIDE_MICROSOFT);
    policies->other = from_profile(profile, settings, output);
    return policies->other != NULL;
}

static bool takes_name(const fedval_policy *policy)
{
    int64_t reference = 0;
    return policy != NULL &&
           fedval_policy_get_number(policy, FEDVAL_POLICY_REFERENCE, &reference) == FEDVAL_OK &&
           (reference == FEDVAL_REFERENCE_GIVEN || reference == FEDVAL_REFERENCE_GIVEN_OR_NOTHING);
}

/* A name that no profile looks at would be passed over in silence. */
static bool is_name_of_use(const cmd_policies *policies, const cmd_settings *settings,
                           cmd_output *output)
{
    bool is_taken =
        settings->name == NULL || settings->command == IN_CHAIN || takes_name(policies->other);
    for (size_t i = 0; i < policies->count; i++)
        is_taken = is_taken || takes_name(policies->items[i]);
    if (!is_taken) {
        output_refuse_text(output, EXIT_USAGE, "--name",
                           "these profiles take no name (expressway, microsoft-trunk and webpki "
                           "do)");
    }
    return is_taken;
}

/* One policy for each profile that fedval_pair_choose_profile can give: which one judges the Cisco
 * side is known once the other side is. */
static bool build_pair(cmd_policies *policies, const cmd_settings *settings, cmd_output *output)
{
    static const struct {
        uint32_t profile, side;
    } rows[] = {{FEDVAL_PROFILE_MICROSOFT_EDGE, FEDVAL_SIDE_CISCO},
                {FEDVAL_PROFILE_OFFICE365, FEDVAL_SIDE_CISCO},
                {FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_SIDE_MICROSOFT}};
    cmd_settings of_side = *settings;
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof(rows) / sizeof(rows[0]); i++) {
        of_side.side = rows[i].side;
        ok = append(policies, from_profile(rows[i].profile, &of_side, output));
    }
    return ok;
}

bool policies_build(cmd_policies *policies, const cmd_settings *settings, cmd_output *output)
{
    size_t count = settings->profiles.count + settings->policies.count;
    enum { MOST_OF_OWN = 3 };
    bool ok = true;
    policies->items = calloc(count + MOST_OF_OWN, sizeof(fedval_policy *));
    if (policies->items == NULL) {
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
        return false;
    }
    for (size_t i = 0; ok && i < settings->profiles.count; i++) {
        uint32_t profile = 0;
        (void)fedval_profile_from_string(settings->profiles.items[i], FEDVAL_NUL_ENDED,
                                         &profile); /* was read once */
        ok = append(policies, from_profile(profile, settings, output));
    }
    for (size_t i = 0; ok && i < settings->policies.count; i++)
        ok = append(policies, from_file(settings->policies.items[i], settings, output));
    if (settings->pair)
        ok = build_pair(policies, settings, output);
    else
        ok = ok && (count > 0 || build_default(policies, settings, output));
    return ok && is_name_of_use(policies, settings, output);
}

void policies_clear(cmd_policies *policies)
{
    for (size_t i = 0; i < policies->count; i++)
        fedval_policy_free(policies->items[i]);
    free(policies->items);
    fedval_policy_free(policies->other);
    *policies = (cmd_policies){0};
}
