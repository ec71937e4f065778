#include "plan_zones.h"

#include "zone_input.h"

#include <fedval/evidence.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct zone_name {
    char text[FEDVAL_NAME_SIZE];
} zone_name;

static bool is_within(const char *name, const char *zone)
{
    size_t len = strlen(name), zone_len = strlen(zone);
    return zone_len > 0 && zone_len <= len && strcasecmp(name + len - zone_len, zone) == 0 &&
           (zone_len == len || name[len - zone_len - 1] == '.');
}

/* The longest of the names that holds the domain; NULL: none does. */
static const char *find_zone(const zone_name *names, size_t count, const char *domain)
{
    const char *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *name = names[i].text;
        if (is_within(domain, name) && (found == NULL || strlen(name) > strlen(found)))
            found = name;
    }
    return found;
}

/* A zone that delegates a name refers whoever asks to somebody else. */
static bool has_answer(const fedval_evidence *evidence)
{
    for (size_t i = 0; evidence != NULL && i < fedval_evidence_count_facts(evidence); i++) {
        const fedval_fact *fact = fedval_evidence_get_fact(evidence, i);
        if (fedval_question_get_type(fedval_fact_get_question(fact)) == FEDVAL_TYPE_SRV)
            return fedval_fact_get_outcome(fact) != FEDVAL_OUTCOME_NOT_ANSWERED;
    }
    return false;
}

static bool read_names(const cmd_settings *settings, zone_name *out, cmd_output *output)
{
    bool ok = true;
    for (size_t i = 0; ok && i < settings->zones.count; i++) {
        char origin[FEDVAL_NAME_SIZE];
        cmd_input input = {0};
        ok = zone_input_read(settings, settings->zones.items[i], &input, origin, output);
        if (ok)
            zone_input_apex(&input, origin, out[i].text);
        input_clear(&input);
    }
    return ok;
}

bool plan_zones_say(const plan_today *today, const cmd_settings *gathering, cmd_output *output)
{
    size_t count = gathering->zones.count;
    zone_name *names = calloc(count + 1, sizeof(*names));
    fedval_status status = names == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
    bool ok = names != NULL && read_names(gathering, names, output);
    for (size_t i = 0; ok && status == FEDVAL_OK && i < today->num_domains; i++) {
        const char *domain = fedval_intent_get_domain(today->intent, i);
        const char *zone = find_zone(names, count, domain);
        if (zone != NULL && has_answer(today->evidence[i]))
            status = fedval_intent_set_zone(today->intent, i, zone, FEDVAL_NUL_ENDED);
    }
    if (status != FEDVAL_OK)
        output_internal(output, status);
    free(names);
    return ok && status == FEDVAL_OK;
}
