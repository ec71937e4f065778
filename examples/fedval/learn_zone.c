/* Domains, hosts and addresses out of a zone master file. It is read line by line: what a session
 * asks of the zone later is what counts, and this only finds what to ask about. */
#include "learn.h"

#include <fedval/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MOST_WORDS 16

typedef struct zone_reader {
    learnt *l;
    char origin[FEDVAL_NAME_SIZE], owner[FEDVAL_NAME_SIZE];
    bool has_soa;
    size_t num_records;  /* of types that are known here */
    learnt_list targets; /* of federation records */
} zone_reader;

/* What is at home on an Expressway beside federation. */
static const char *const services[] = {"_collab-edge._tls.", "_sips._tcp.", "_sip._tcp.",
                                       "_xmpp-server._tcp."};
static const char federation[] = "_sipfederationtls._tcp.";

/* An absolute name without its final dot; "" for one that is too long. */
static void resolve(const zone_reader *z, const char *name, char out[FEDVAL_NAME_SIZE])
{
    size_t len = strlen(name);
    bool is_absolute = len > 0 && name[len - 1] == '.';
    int size;
    if (strcmp(name, "@") == 0)
        size = snprintf(out, FEDVAL_NAME_SIZE, "%s", z->origin);
    else if (is_absolute || z->origin[0] == '\0')
        size = snprintf(out, FEDVAL_NAME_SIZE, "%.*s", (int)(len - is_absolute), name);
    else
        size = snprintf(out, FEDVAL_NAME_SIZE, "%s.%s", name, z->origin);
    if (size < 0 || size >= FEDVAL_NAME_SIZE)
        out[0] = '\0';
}

static void take_federation(zone_reader *z, const char *target)
{
    const char *domain = z->owner + strlen(federation);
    char host[FEDVAL_NAME_SIZE], label[64];
    resolve(z, target, host);
    size_t len = strcspn(host, ".");
    bool is_under =
        fedval_srv_match(domain, strlen(domain), host, strlen(host)) == FEDVAL_SRV_MATCH_MATCH;
    snprintf(label, sizeof(label), "%.*s", (int)len, host);
    learnt_add(z->l, &z->l->domains, domain, is_under ? label : NULL);
    learnt_add(z->l, &z->targets, host, NULL);
}

static void take_srv(zone_reader *z, char *const *words, size_t count)
{
    char host[FEDVAL_NAME_SIZE], service[32];
    if (count < 4)
        return;
    if (strncasecmp(z->owner, federation, strlen(federation)) == 0)
        take_federation(z, words[3]);
    for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
        size_t len = strlen(services[i]);
        if (strncasecmp(z->owner, services[i], len) != 0)
            continue;
        resolve(z, words[3], host);
        snprintf(service, sizeof(service), "%.*s", (int)len - 1, services[i]);
        if (host[0] != '\0')
            learnt_add(z->l, &z->l->keep_names, host, service);
    }
}

static void take_record(zone_reader *z, char *const *words, size_t count, bool wants_addresses)
{
    size_t at = 0;
    while (at < count && (strspn(words[at], "0123456789") > 0 || strcasecmp(words[at], "IN") == 0))
        at++; /* a TTL, a class */
    if (at + 1 >= count)
        return;
    const char *type = words[at];
    bool is_address = strcasecmp(type, "A") == 0 || strcasecmp(type, "AAAA") == 0;
    if (strcasecmp(type, "SOA") == 0) {
        z->has_soa = true;
        if (z->origin[0] == '\0')
            snprintf(z->origin, sizeof(z->origin), "%s", z->owner);
        if (z->owner[0] != '\0')
            learnt_add(z->l, &z->l->apexes, z->owner, NULL);
    } else if (!wants_addresses && strcasecmp(type, "SRV") == 0) {
        z->num_records++;
        take_srv(z, words + at + 1, count - at - 1);
    } else if (!wants_addresses && is_address) {
        z->num_records++;
    } else if (is_address) {
        char host[FEDVAL_NAME_SIZE + 64];
        int size = snprintf(host, sizeof(host), "%s %s", z->owner, words[at + 1]);
        if (size > 0 && (size_t)size < sizeof(host))
            learnt_add(z->l, &z->l->hosts, host, NULL);
        for (size_t i = 0; i < z->targets.count; i++) {
            if (strcasecmp(z->targets.items[i].first, z->owner) == 0)
                learnt_add(z->l, &z->l->target_addresses, words[at + 1], NULL);
        }
    }
}

static size_t split(char *line, char **words)
{
    size_t count = 0;
    for (char *word = strtok(line, " \t\r()"); word != NULL && count < MOST_WORDS;
         word = strtok(NULL, " \t\r()"))
        words[count++] = word;
    return count;
}

static void take_line(zone_reader *z, char *line, bool wants_addresses)
{
    char *words[MOST_WORDS];
    bool has_owner = line[0] != ' ' && line[0] != '\t';
    line[strcspn(line, ";")] = '\0';
    size_t count = split(line, words);
    if (count == 0)
        return;
    if (strcasecmp(words[0], "$ORIGIN") == 0) {
        char origin[FEDVAL_NAME_SIZE];
        if (count > 1) {
            resolve(z, words[1], origin);
            memcpy(z->origin, origin, sizeof(origin));
        }
    } else if (words[0][0] != '$') {
        if (has_owner)
            resolve(z, words[0], z->owner);
        take_record(z, words + has_owner, count - has_owner, wants_addresses);
    }
}

static void read_lines(zone_reader *z, const char *text, size_t len, bool wants_addresses)
{
    char line[1024];
    for (size_t at = 0; at < len;) {
        at = learn_line(text, len, at, line, sizeof(line));
        take_line(z, line, wants_addresses);
    }
}

bool learn_zone(learnt *l, const char *text, size_t len, const char *origin)
{
    zone_reader z = {.l = l};
    if (memchr(text, '\0', len) != NULL)
        return false;
    snprintf(z.origin, sizeof(z.origin), "%s", origin);
    read_lines(&z, text, len, false);
    bool is_zone = z.has_soa || (origin[0] != '\0' && z.num_records > 0);
    if (is_zone && !z.has_soa)
        learnt_add(l, &l->apexes, origin, NULL);
    if (is_zone) {
        snprintf(z.origin, sizeof(z.origin), "%s", origin);
        read_lines(&z, text, len, true);
        if (z.targets.count > 0)
            learnt_set(l, &l->target, z.targets.items[0].first);
    }
    for (size_t i = 0; i < z.targets.count; i++)
        free(z.targets.items[i].first);
    free(z.targets.items);
    return is_zone;
}
