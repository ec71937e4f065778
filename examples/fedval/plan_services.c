#include "plan_services.h"

#include "backends.h"

#include <fedval/evidence.h>

#include <stdio.h>
#include <string.h>

static const char *const services[] = {"_collab-edge._tls", "_sips._tcp", "_sip._tcp",
                                       "_xmpp-server._tcp"};

/* Zone files answer while they are asked, so nothing is waited for. */
static void pass_over(int32_t fd, uint32_t events, void *user)
{
    (void)fd;
    (void)events;
    (void)user;
}

static void note_done(uint64_t ticket, void *user)
{
    bool *is_done = user;
    (void)ticket;
    *is_done = true;
}

typedef struct asker {
    fedval_port *zones;
    bool is_done;
    fedval_evidence *evidence; /* takes what the zones have */
    size_t num_found;          /* services */
} asker;

/* Asks the zones for a record. `*out_fact` is NULL if they do not have it. */
static fedval_status ask(asker *a, const char *name, uint32_t type, fedval_fact **out_fact)
{
    fedval_fact *fact = NULL;
    *out_fact = NULL;
    fedval_status status = fedval_fact_new_dns(name, FEDVAL_NUL_ENDED, type, 0, &fact);
    if (status != FEDVAL_OK)
        return status == FEDVAL_ERROR_NO_MEMORY ? status : FEDVAL_OK; /* no name to ask for */
    a->is_done = false;
    status = fedval_port_start(a->zones, 1, fedval_fact_get_question(fact), 0, 0, fact);
    if (status == FEDVAL_OK && !a->is_done)
        fedval_port_cancel(a->zones, 1);
    if (status == FEDVAL_OK && a->is_done && fedval_fact_count_records(fact) > 0)
        *out_fact = fact;
    else
        fedval_fact_free(fact);
    return status == FEDVAL_ERROR_NOT_FOUND ? FEDVAL_OK : status;
}

static fedval_status keep_addresses(asker *a, const char *host)
{
    static const uint32_t types[] = {FEDVAL_TYPE_A, FEDVAL_TYPE_AAAA};
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < 2; i++) {
        fedval_fact *fact;
        status = ask(a, host, types[i], &fact);
        if (status == FEDVAL_OK && fact != NULL)
            status = fedval_evidence_append(a->evidence, fact);
        fedval_fact_free(fact);
    }
    return status;
}

static fedval_status keep_service(asker *a, const char *service, const char *domain)
{
    char owner[FEDVAL_NAME_SIZE + 32];
    fedval_fact *fact;
    snprintf(owner, sizeof(owner), "%s.%s", service, domain);
    fedval_status status = ask(a, owner, FEDVAL_TYPE_SRV, &fact);
    if (status != FEDVAL_OK || fact == NULL)
        return status;
    status = fedval_evidence_append(a->evidence, fact);
    for (size_t i = 0; status == FEDVAL_OK && i < fedval_fact_count_records(fact); i++) {
        if (fedval_fact_get_record_type(fact, i) == FEDVAL_TYPE_SRV)
            status = keep_addresses(a, fedval_fact_get_record_data(fact, i));
    }
    a->num_found++;
    fedval_fact_free(fact);
    return status;
}

static fedval_status look_at(plan_today *today, asker *a, size_t index)
{
    const char *domain = fedval_intent_get_domain(today->intent, index);
    fedval_status status = FEDVAL_OK;
    a->evidence = today->evidence[index];
    a->num_found = 0;
    for (size_t i = 0; status == FEDVAL_OK && i < sizeof(services) / sizeof(services[0]); i++)
        status = keep_service(a, services[i], domain);
    if (status == FEDVAL_OK && a->num_found > 0)
        status = fedval_intent_append_evidence(today->intent, a->evidence);
    return status;
}

bool plan_services_look(plan_today *today, const cmd_settings *gathering, cmd_output *output)
{
    cmd_settings offline = *gathering;
    asker a = {0};
    const fedval_port_events events = {
        .size = sizeof(events), .interest = pass_over, .done = note_done, .user = &a.is_done};
    if (gathering->zones.count == 0)
        return true;
    offline.offline = true;
    a.zones = backends_resolver(&offline, NULL, output);
    if (a.zones == NULL)
        return false;
    fedval_status status = fedval_port_attach(a.zones, &events);
    for (size_t i = 0; status == FEDVAL_OK && i < today->num_domains; i++) {
        if (today->evidence[i] != NULL)
            status = look_at(today, &a, i);
    }
    fedval_port_free(a.zones);
    if (status != FEDVAL_OK)
        output_internal(output, status);
    return status == FEDVAL_OK;
}
