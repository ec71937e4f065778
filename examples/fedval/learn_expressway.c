/* What an Expressway says of itself: xConfiguration lines, its release, and its certificates. */
#include "learn.h"

#include <fedval/certificate.h>
#include <fedval/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct expressway {
    char system_name[256], host[256], dns_domain[256];
    char inside[64], outside[64]; /* addresses of the first LAN, and behind NAT */
    bool verifies, has_any;
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

static void take_version(learnt *l, const char *line)
{
    char value[64], version[32];
    if (strstr(line, "SystemUnit Software Version:") == NULL ||
        !read_value(line, "Software Version:", value, sizeof(value)))
        return;
    const char *at = value + (value[0] == 'X' || value[0] == 'x');
    size_t len = strspn(at, "0123456789.");
    snprintf(version, sizeof(version), "%.*s", (int)len, at);
    learnt_set(l, &l->version, version);
}

static void take_line(learnt *l, expressway *e, const char *line)
{
    char value[256];
    take_version(l, line);
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
    if (read_numbered(line, "Ethernet ", " IP V4 StaticNAT Address:", value, sizeof(value)))
        snprintf(e->outside, sizeof(e->outside), "%.63s", value);
    if (e->inside[0] == '\0' &&
        read_numbered(line, "Ethernet ", " IP V4 Address:", value, sizeof(value)))
        snprintf(e->inside, sizeof(e->inside), "%.63s", value);
    if (strstr(line, "DNS SIP TLS Verify Mode: On") != NULL ||
        strstr(line, "DNS SIP TLS Verify Mode: \"On\"") != NULL)
        e->verifies = true;
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
    if (e->outside[0] != '\0')
        learnt_add(l, &l->addresses, e->outside, NULL);
    else if (e->inside[0] != '\0')
        learnt_add(l, &l->addresses, e->inside, NULL);
}

static void ask_of_peers(learnt *l)
{
    for (size_t i = 0; i < l->peers.count; i++) {
        const char *name = l->peers.items[i].first;
        bool is_address = strspn(name, "0123456789.") == strlen(name) || strchr(name, ':') != NULL;
        if (is_address)
            learnt_ask(l, "what is the FQDN of the peer at ", name, "? (clusters, peers)");
    }
}

bool learn_xconfiguration(learnt *l, const char *text, size_t len)
{
    expressway e = {0};
    char line[1024];
    for (size_t at = 0; at < len;) {
        const char *end = memchr(text + at, '\n', len - at);
        size_t line_len = end == NULL ? len - at : (size_t)(end - text) - at;
        size_t kept = line_len < sizeof(line) - 1 ? line_len : sizeof(line) - 1;
        memcpy(line, text + at, kept);
        line[kept] = '\0';
        take_line(l, &e, line);
        at += line_len + 1;
    }
    if (!e.has_any)
        return false;
    take_names(l, &e);
    ask_of_peers(l);
    if (e.verifies) {
        learnt_ask(l, "a DNS zone has TLS verify mode On: ", "",
                   "does each partner's certificate hold the name that is configured there?");
    }
    return true;
}

/* ---- certificates ---- */

static char *encode(const uint8_t *der, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    static const char head[] = "-----BEGIN CERTIFICATE-----\n",
                      tail[] = "-----END CERTIFICATE-----\n";
    size_t size = sizeof(head) + sizeof(tail) + (len + 2) / 3 * 4 + len / 48 + 2;
    char *text = malloc(size), *at = text;
    if (text == NULL)
        return NULL;
    at += snprintf(at, size, "%s", head);
    for (size_t i = 0; i < len; i += 3) {
        uint32_t bits = (uint32_t)der[i] << 16 | (i + 1 < len ? (uint32_t)der[i + 1] << 8 : 0) |
                        (i + 2 < len ? der[i + 2] : 0);
        *at++ = digits[bits >> 18];
        *at++ = digits[bits >> 12 & 63];
        *at++ = i + 1 < len ? digits[bits >> 6 & 63] : '=';
        *at++ = i + 2 < len ? digits[bits & 63] : '=';
        if (i % 48 == 45 && i + 3 < len)
            *at++ = '\n';
    }
    *at++ = '\n';
    memcpy(at, tail, sizeof(tail));
    return text;
}

/* Puts the certificate behind the text, which it takes over. NULL: memory is short. */
static char *append_pem(char *text, const fedval_certificate *certificate)
{
    size_t len = 0;
    const uint8_t *der = fedval_certificate_get_der(certificate, &len);
    char *pem = encode(der, len);
    size_t text_len = text == NULL ? 0 : strlen(text);
    char *joined = pem == NULL ? NULL : realloc(text, text_len + strlen(pem) + 1);
    if (joined == NULL)
        free(text);
    else
        strcpy(joined + text_len, pem);
    free(pem);
    return joined;
}

/* More CAs than a chain has are a trust list. */
#define MOST_IN_CHAIN 8

/* The end entity, with the CAs of the file behind it, as PEM. */
static char *chain_text(const fedval_certificate_list *list, size_t first)
{
    size_t count = fedval_certificate_list_count(list);
    char *text = append_pem(NULL, fedval_certificate_list_get(list, first));
    for (size_t i = 0; text != NULL && count <= MOST_IN_CHAIN && i < count; i++) {
        const fedval_certificate *other = fedval_certificate_list_get(list, i);
        if (fedval_certificate_is_ca(other) != 0)
            text = append_pem(text, other);
    }
    return text;
}

static bool take_host(const char *text, size_t len, char out[FEDVAL_NAME_SIZE])
{
    return text != NULL && memchr(text, '*', len) == NULL &&
           fedval_name_normalise(text, len, out, FEDVAL_NAME_SIZE, NULL, NULL) == FEDVAL_OK &&
           strchr(out, '.') != NULL;
}

/* The Common Name, or the first name in its place that can be a host's. */
static bool name_of(const fedval_certificate *certificate, char out[FEDVAL_NAME_SIZE])
{
    size_t len = 0;
    const char *common_name = fedval_certificate_get_common_name(certificate, 0, &len);
    if (take_host(common_name, len, out))
        return true;
    for (size_t i = 0; i < fedval_certificate_count_sans(certificate); i++) {
        const char *name = fedval_certificate_get_san_text(certificate, i);
        if (name != NULL && take_host(name, strlen(name), out))
            return true;
    }
    return false;
}

/* One certificate a role is taken; that of another peer is asked about. */
static void take_certificate(learnt *l, const char *file, const fedval_certificate *certificate,
                             const char *pem, bool is_calling)
{
    char **field = is_calling ? &l->calling_pem : &l->server_pem;
    char host[FEDVAL_NAME_SIZE];
    bool has_name = name_of(certificate, host);
    if (*field != NULL && strcmp(*field, pem) != 0) {
        learnt_ask(l, "which peer has the certificate in ", file,
                   "? Another one was read before it, so this one is not in the intent "
                   "(clusters, peers)");
        if (has_name && l->certificate_name != NULL && strcmp(l->certificate_name, host) != 0)
            learnt_add(l, &l->peers, host, NULL);
    }
    if (has_name && !is_calling)
        learnt_set(l, &l->certificate_name, host);
    learnt_set(l, field, pem);
}

bool learn_certificates(learnt *l, const char *name, const char *text, size_t len)
{
    fedval_certificate_list *list = NULL;
    bool is_found = false;
    bool is_calling = learn_has_word(name, "client");
    if (fedval_certificate_list_new(text, len, &list, NULL) != FEDVAL_OK)
        return false;
    for (size_t i = 0; !is_found && i < fedval_certificate_list_count(list); i++) {
        if (fedval_certificate_is_ca(fedval_certificate_list_get(list, i)) != 0)
            continue;
        char *pem = chain_text(list, i);
        l->is_out_of_memory |= pem == NULL;
        if (pem != NULL)
            take_certificate(l, name, fedval_certificate_list_get(list, i), pem, is_calling);
        free(pem);
        is_found = true;
    }
    fedval_certificate_list_free(list);
    return is_found;
}
