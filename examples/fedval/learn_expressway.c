/* What an Expressway says of itself: xConfiguration lines, and its release. */
#include "learn.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define NUM_LANS 2

typedef struct lan {
    char ipv4[64], ipv6[64], nat[64];
    bool is_natted, says_nat; /* its address is another one outside */
} lan;

typedef struct expressway {
    char system_name[256], host[256], dns_domain[256];
    lan lans[NUM_LANS];
    size_t external; /* which LAN faces the Internet, from 1; 0: not said */
    bool verifies, has_any, is_in_software, has_mra, has_xmpp, is_inside;
} expressway;

/* The value after a key: quoted or bare. */
static bool read_value(const char *line, const char *key, char *out, size_t size)
{
    const char *at = strstr(line, key);
    if (at == NULL)
        return false;
    at += strlen(key);
    at += strspn(at, " ");
    bool is_quoted = *at == '"';
    at += is_quoted;
    size_t len = strcspn(at, is_quoted ? "\"\r\n" : " \r\n");
    if (len == 0 || len >= size)
        return false;
    snprintf(out, size, "%.*s", (int)len, at);
    return true;
}

/* A key with a number in the middle: "SIP Domains Domain 3 Name:". */
static bool read_numbered(const char *line, const char *before, const char *after, char *out,
                          size_t size)
{
    const char *at = strstr(line, before);
    if (at == NULL)
        return false;
    at += strlen(before);
    size_t digits = strspn(at, "0123456789");
    if (digits == 0 || strncmp(at + digits, after, strlen(after)) != 0)
        return false;
    return read_value(at + digits, after, out, size);
}

static void keep_version(learnt *l, const char *value)
{
    char version[32];
    value += value[0] == 'X' || value[0] == 'x';
    size_t len = strspn(value, "0123456789.");
    snprintf(version, sizeof(version), "%.*s", (int)len, value);
    learnt_set(l, &l->version, version);
}

/* The release is in one line, or under "Software:" in the blocks of a status. */
static void take_version(learnt *l, expressway *e, const char *line)
{
    char value[64];
    const char *word = line + strspn(line, " \t");
    if (strstr(line, "SystemUnit Software Version:") != NULL &&
        read_value(line, "Software Version:", value, sizeof(value)))
        keep_version(l, value);
    else if (strncmp(word, "Software:", 9) == 0)
        e->is_in_software = true;
    else if (e->is_in_software && strncmp(word, "Version:", 8) == 0 &&
             read_value(word, "Version:", value, sizeof(value)))
        keep_version(l, value);
    if (strncmp(word, "Version:", 8) == 0 || strncmp(word, "*s", 2) == 0)
        e->is_in_software = false;
}

static void copy_address(char out[64], const char *value)
{
    snprintf(out, 64, "%.63s", value);
}

static void take_lan(expressway *e, const char *line)
{
    for (size_t i = 0; i < NUM_LANS; i++) {
        char key[64], value[256];
        lan *own = &e->lans[i];
        snprintf(key, sizeof(key), "Ethernet %zu IP ", i + 1);
        const char *at = strstr(line, key);
        if (at == NULL)
            continue;
        at += strlen(key);
        if (read_value(at, "V4 StaticNAT Address:", value, sizeof(value)))
            copy_address(own->nat, value);
        else if (read_value(at, "V4 StaticNAT Mode:", value, sizeof(value))) {
            own->says_nat = true;
            own->is_natted = strcasecmp(value, "On") == 0;
        } else if (read_value(at, "V4 Address:", value, sizeof(value)))
            copy_address(own->ipv4, value);
        else if (read_value(at, "V6 Address:", value, sizeof(value)))
            copy_address(own->ipv6, value);
    }
}

static bool is_on(const char *line, const char *key)
{
    char value[16];
    return read_value(line, key, value, sizeof(value)) && strcasecmp(value, "On") == 0;
}

static void take_line(learnt *l, expressway *e, const char *line)
{
    char value[256];
    take_version(l, e, line);
    if (strstr(line, "xConfiguration") == NULL && strstr(line, "xconfiguration") == NULL)
        return;
    e->has_any = true;
    if (read_numbered(line, "SIP Domains Domain ", " Name:", value, sizeof(value)) ||
        read_numbered(line, "SIP Domain ", " Name:", value, sizeof(value)))
        learnt_add(l, &l->domains, value, NULL);
    if (read_value(line, "Alternates Cluster Name:", value, sizeof(value)))
        learnt_set(l, &l->cluster, value);
    if (read_numbered(line, "Alternates Peer ", " Address:", value, sizeof(value)))
        learnt_add(l, &l->peers, value, NULL);
    (void)read_value(line, "SystemUnit Name:", e->system_name, sizeof(e->system_name));
    if (!read_value(line, "IP DNS Hostname:", e->host, sizeof(e->host)))
        (void)read_value(line, "DNS Server Hostname:", e->host, sizeof(e->host));
    (void)read_value(line, "IP DNS Domain Name:", e->dns_domain, sizeof(e->dns_domain));
    take_lan(e, line);
    if (read_value(line, "IP ExternalInterface:", value, sizeof(value)))
        e->external = strcasecmp(value, "LAN2") == 0 ? 2 : 1;
    e->verifies |= is_on(line, "DNS SIP TLS Verify Mode:");
    e->has_mra |= is_on(line, "CollaborationEdge Enabled:");
    e->has_xmpp |= is_on(line, "XmppFederation:");
    e->is_inside |= strstr(line, " Type: \"TraversalClient\"") != NULL ||
                    strstr(line, " Type: TraversalClient") != NULL;
}

/* ---- addresses ---- */

/* What no partner reaches: IANA's special-purpose registries, and multicast. */
static const struct {
    uint32_t prefix, bits;
} inside_ipv4[] = {
    {0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},  {0xa9fe0000, 16},
    {0xac100000, 12}, {0xc0000000, 24}, {0xc0000200, 24}, {0xc0a80000, 16}, {0xc6120000, 15},
    {0xc6336400, 24}, {0xcb007100, 24}, {0xe0000000, 3},
};

static bool is_public_ipv4(const uint8_t at[4])
{
    uint32_t address = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    for (size_t i = 0; i < sizeof(inside_ipv4) / sizeof(inside_ipv4[0]); i++) {
        if ((address ^ inside_ipv4[i].prefix) >> (32 - inside_ipv4[i].bits) == 0)
            return false;
    }
    return true;
}

/* Of IPv6 what IANA gives out, 2000::/3, but for documentation (RFC 3849, RFC 9637). */
static bool is_public(const char *address)
{
    static const uint8_t documentation[] = {0x20, 0x01, 0x0d, 0xb8};
    uint8_t bytes[16];
    if (inet_pton(AF_INET, address, bytes) == 1)
        return is_public_ipv4(bytes);
    if (inet_pton(AF_INET6, address, bytes) != 1 || bytes[0] >> 5 != 1)
        return false;
    return memcmp(bytes, documentation, sizeof(documentation)) != 0 &&
           !(bytes[0] == 0x3f && bytes[1] == 0xff && bytes[2] >> 4 == 0);
}

/* What partners reach is known; what is an address inside is asked about. */
static void take_address(learnt *l, const char *address)
{
    if (address[0] == '\0' || strcmp(address, "0.0.0.0") == 0)
        return;
    if (is_public(address)) {
        learnt_add(l, &l->addresses, address, NULL);
        return;
    }
    char text[200];
    snprintf(text, sizeof(text), "%s: which public address leads to it? %s",
             l->peer == NULL ? "the Expressway" : l->peer, address);
    learnt_ask(l, text, "", " is one inside, which partners do not reach (addresses)");
}

static void take_addresses(learnt *l, const expressway *e)
{
    size_t external = e->external > 0 ? e->external - 1 : 0;
    const lan *own = &e->lans[external];
    if (e->external == 0 && e->lans[1].nat[0] != '\0')
        own = &e->lans[1];
    for (size_t i = 0; i < NUM_LANS; i++) {
        if (e->lans[i].ipv4[0] != '\0')
            learnt_add(l, &l->inside, e->lans[i].ipv4, NULL);
    }
    bool is_natted = own->nat[0] != '\0' && (own->is_natted || !own->says_nat);
    take_address(l, is_natted ? own->nat : own->ipv4);
    take_address(l, own->ipv6);
}

/* The FQDN is the host name with the DNS domain behind it. */
static void take_names(learnt *l, const expressway *e)
{
    char fqdn[520] = "";
    const char *host = e->host[0] != '\0' ? e->host : e->system_name;
    if (host[0] != '\0' && e->dns_domain[0] != '\0')
        snprintf(fqdn, sizeof(fqdn), "%s.%s", host, e->dns_domain);
    else if (strchr(host, '.') != NULL)
        snprintf(fqdn, sizeof(fqdn), "%s", host);
    learnt_set(l, &l->peer, fqdn);
    if (fqdn[0] == '\0') {
        learnt_ask(l, "what is the FQDN of ", host[0] == '\0' ? "the Expressway" : host,
                   "? (clusters, peers, name)");
    }
    take_addresses(l, e);
}

static void ask_of_services(learnt *l, const expressway *e)
{
    const char *host = l->peer == NULL ? "the Expressway" : l->peer;
    if (e->has_mra) {
        learnt_ask(l, "Mobile and Remote Access is on at ", host,
                   ": which names does _collab-edge._tls lead to? (keep_names)");
    }
    if (e->has_xmpp) {
        learnt_ask(l, "XMPP federation is on at ", host,
                   ": which names does _xmpp-server._tcp lead to? (keep_names)");
    }
}

bool learn_xconfiguration(learnt *l, const char *text, size_t len)
{
    expressway e = {0};
    char line[1024];
    for (size_t at = 0; at < len;) {
        at = learn_line(text, len, at, line, sizeof(line));
        take_line(l, &e, line);
    }
    if (!e.has_any)
        return l->version != NULL;
    if (e.is_inside) {
        l->is_of_inside = true;
        learnt_ask(l, "what does the Expressway-E say? ",
                   e.host[0] != '\0' ? e.host : e.system_name,
                   " is an Expressway-C, of which only the domains are taken");
        return true;
    }
    take_names(l, &e);
    ask_of_services(l, &e);
    if (e.verifies) {
        learnt_ask(l, "a DNS zone has TLS verify mode On: ", "",
                   "does each partner's certificate hold the name that is configured there?");
    }
    return true;
}
