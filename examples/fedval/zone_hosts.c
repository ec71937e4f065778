/* Finds the host of a zone file that a missing SRV record can lead to. */
#include "zone_hosts.h"

#include "inputs.h"
#include "learn.h"
#include "zone_input.h"

#include <fedval/name.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#ifdef HAVE_LDNS
#include <fedval/ldns.h>
#endif

#ifdef HAVE_LDNS
/* Larger zones are of many services: nothing singles out a host there. */
#define MOST_BYTES ((size_t)256 << 10)
#define MOST_TARGETS 4

/* First labels of hosts that are of another service, with a number behind them or not. */
static const char *const other_services[] = {
    "www",  "mail", "webmail", "smtp",         "imap",         "pop",    "mx",   "ns",
    "dns",  "ftp",  "owa",     "autodiscover", "lyncdiscover", "dialin", "meet", "localhost",
    "host", "vpn",  "api",     "cdn",          "autoconfig",   "sso",    "adfs", "git",
};

typedef struct choice {
    const char *domain;
    char host[FEDVAL_NAME_SIZE]; /* "": none yet */
    bool is_of_several;
} choice;

static bool is_of_other_service(const char *host)
{
    size_t len = strcspn(host, ".");
    while (len > 0 && isdigit((unsigned char)host[len - 1]))
        len--;
    for (size_t i = 0; i < sizeof(other_services) / sizeof(other_services[0]); i++) {
        if (strlen(other_services[i]) == len && strncasecmp(host, other_services[i], len) == 0)
            return true;
    }
    return false;
}

static void consider(choice *c, const char *host)
{
    char name[FEDVAL_NAME_SIZE];
    if (fedval_name_normalise(host, strlen(host), name, sizeof(name), NULL, NULL) != FEDVAL_OK ||
        fedval_srv_match(c->domain, strlen(c->domain), name, strlen(name)) !=
            FEDVAL_SRV_MATCH_MATCH)
        return;
    c->is_of_several |= c->host[0] != '\0' && strcmp(c->host, name) != 0;
    snprintf(c->host, sizeof(c->host), "%s", name);
}

/* An item of `hosts` is "name address". */
static void consider_hosts(choice *c, const learnt *l)
{
    char host[FEDVAL_NAME_SIZE];
    for (size_t i = 0; i < l->hosts.count; i++) {
        const char *item = l->hosts.items[i].first;
        snprintf(host, sizeof(host), "%.*s", (int)strcspn(item, " "), item);
        if (!is_of_other_service(host))
            consider(c, host);
    }
}

/* A zone file that was read before, as "FILE" or "ORIGIN=FILE". */
typedef struct zone_file {
    const char *path;
    char origin[FEDVAL_NAME_SIZE];
    cmd_input input;
} zone_file;

static bool open_zone(zone_file *zone, const char *value, cmd_output *output)
{
    *zone = (zone_file){.path = zone_input_path(value)};
    if (strcmp(zone->path, "-") == 0 || !input_read(&zone->input, zone->path, output))
        return false; /* standard input is gone by now */
    if (zone->path != value)
        snprintf(zone->origin, sizeof(zone->origin), "%.*s", (int)(zone->path - value) - 1, value);
    return true;
}

static void read_zone(learnt *l, const char *value, cmd_output *output)
{
    zone_file zone;
    if (!open_zone(&zone, value, output))
        return;
    if (zone.input.len <= MOST_BYTES)
        (void)learn_zone(l, zone.input.data, zone.input.len, zone.origin);
    input_clear(&zone.input);
}

/* Returns whether one host is singled out. */
static bool choose(const cmd_settings *settings, choice *c, cmd_output *output)
{
    learnt l = {0};
    for (size_t i = 0; i < settings->zones.count; i++)
        read_zone(&l, settings->zones.items[i], output);
    for (size_t i = 0; i < l.keep_names.count; i++)
        consider(c, l.keep_names.items[i].first);
    if (c->host[0] == '\0')
        consider_hosts(c, &l);
    bool is_known = !l.is_out_of_memory && c->host[0] != '\0' && !c->is_of_several;
    learnt_clear(&l);
    return is_known;
}

/* What was asked about the domain's records, and what is known beside. */
typedef struct known {
    bool is_asked, has_host;
    bool has_target;  /* an SRV target, be it of a record under a wrong name */
    bool has_fitting; /* one of the domain's own record, one label under the domain */
} known;

static bool is_under(const char *domain, const char *host)
{
    return fedval_srv_match(domain, strlen(domain), host, strlen(host)) == FEDVAL_SRV_MATCH_MATCH;
}

static void note_targets(known *k, const char *domain, const fedval_fact *fact)
{
    static const char prefix[] = "_sipfederationtls._tcp.";
    const char *owner = fedval_question_get_name(fedval_fact_get_question(fact));
    bool is_own =
        strncmp(owner, prefix, strlen(prefix)) == 0 && strcmp(owner + strlen(prefix), domain) == 0;
    for (size_t i = 0; i < fedval_fact_count_records(fact); i++) {
        const char *target = fedval_fact_get_record_data(fact, i);
        if (fedval_fact_get_record_type(fact, i) != FEDVAL_TYPE_SRV)
            continue;
        k->has_target = true;
        k->has_fitting |= is_own && is_under(domain, target);
    }
}

static known look_at(const fedval_evidence *evidence)
{
    known k = {0};
    for (size_t i = 0; i < fedval_evidence_count_facts(evidence); i++) {
        const fedval_fact *fact = fedval_evidence_get_fact(evidence, i);
        const fedval_question *question = fedval_fact_get_question(fact);
        bool is_srv = fedval_question_get_kind(question) == FEDVAL_QUESTION_DNS &&
                      fedval_question_get_type(question) == FEDVAL_TYPE_SRV;
        k.has_host |= fedval_question_get_host(question) != NULL;
        k.is_asked |= is_srv;
        if (is_srv)
            note_targets(&k, fedval_evidence_get_domain(evidence), fact);
    }
    return k;
}

/* Puts the answer about one type into the evidence, if there is one. */
static bool ask(fedval_port *zone, const char *host, uint32_t type, fedval_evidence *evidence)
{
    fedval_fact *fact = NULL;
    fedval_status status = fedval_fact_new_dns(host, FEDVAL_NUL_ENDED, type, 0, &fact);
    if (status == FEDVAL_OK)
        status = fedval_port_fetch(zone, fedval_fact_get_question(fact), 0, fact);
    bool is_there = status == FEDVAL_OK && fedval_fact_count_records(fact) > 0 &&
                    fedval_evidence_append(evidence, fact) == FEDVAL_OK;
    fedval_fact_free(fact);
    return is_there;
}

static bool ask_zone(const char *value, const char *host, fedval_evidence *evidence,
                     cmd_output *output)
{
    zone_file zone;
    fedval_port *port = NULL;
    bool is_there = false;
    if (!open_zone(&zone, value, output))
        return false;
    if (fedval_ldns_zone_new(zone.input.data, zone.input.len, input_name(zone.path),
                             FEDVAL_NUL_ENDED, zone.origin[0] == '\0' ? NULL : zone.origin,
                             FEDVAL_NUL_ENDED, &port, NULL) == FEDVAL_OK) {
        is_there = ask(port, host, FEDVAL_TYPE_A, evidence);
        is_there |= ask(port, host, FEDVAL_TYPE_AAAA, evidence);
    }
    fedval_port_free(port);
    input_clear(&zone.input);
    return is_there;
}

static bool ask_zones(const cmd_settings *settings, const char *host, fedval_evidence *evidence,
                      cmd_output *muted)
{
    bool is_there = false;
    for (size_t i = 0; !is_there && i < settings->zones.count; i++)
        is_there = ask_zone(settings->zones.items[i], host, evidence, muted);
    return is_there;
}

/* A target outside the domain is replaced by a host of the same first label under it: the zone may
 * have that one already. A target within it is that of a record under a wrong name. */
static void ask_of_targets(const cmd_settings *settings, fedval_evidence *evidence,
                           cmd_output *muted)
{
    const char *domain = fedval_evidence_get_domain(evidence);
    size_t count = fedval_evidence_count_facts(evidence);
    char host[2 * FEDVAL_NAME_SIZE];
    for (size_t i = 0; i < count; i++) {
        const fedval_fact *fact = fedval_evidence_get_fact(evidence, i);
        for (size_t k = 0; k < fedval_fact_count_records(fact) && k < MOST_TARGETS; k++) {
            const char *target = fedval_fact_get_record_data(fact, k);
            if (fedval_fact_get_record_type(fact, k) != FEDVAL_TYPE_SRV)
                continue;
            if (is_under(domain, target))
                snprintf(host, sizeof(host), "%s", target);
            else
                snprintf(host, sizeof(host), "%.*s.%s", (int)strcspn(target, "."), target, domain);
            if (strlen(host) < FEDVAL_NAME_SIZE)
                (void)ask_zones(settings, host, evidence, muted);
        }
    }
}

void zone_hosts_find(const cmd_settings *settings, fedval_evidence *evidence)
{
    choice c = {.domain = fedval_evidence_get_domain(evidence)};
    cmd_output muted = {0};
    known k = look_at(evidence);
    if (settings->zones.count == 0 || !k.is_asked || k.has_fitting)
        return;
    if (k.has_target)
        ask_of_targets(settings, evidence, &muted);
    else if (!k.has_host && choose(settings, &c, &muted) &&
             ask_zones(settings, c.host, evidence, &muted)) {
        fprintf(stderr,
                "fedval: %s: taken for the server, because the zone has no other host that it "
                "could be; if it is another machine, use the name of the server in its place\n",
                c.host);
    }
}
#else
void zone_hosts_find(const cmd_settings *settings, fedval_evidence *evidence)
{
    (void)settings;
    (void)evidence;
}
#endif
