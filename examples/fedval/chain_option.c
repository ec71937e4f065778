#include "chain_option.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define WANTED "--chain wants HOST[:PORT]=FILE or HOST@ADDRESS[:PORT]=FILE"

static bool read_port(const char *text, uint16_t *out_port)
{
    char *end;
    unsigned long port = strtoul(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || port == 0 || port > UINT16_MAX)
        return false;
    *out_port = (uint16_t)port;
    return true;
}

/* Cuts ":PORT" off `place`, and returns it; NULL: there is none. The colons of an IPv6 address
 * begin no port, unless it stands in brackets. */
static char *cut_port(char *place)
{
    char *from = place[0] == '[' ? strchr(place, ']') : place;
    char *colon = from == NULL ? NULL : strchr(from, ':');
    if (colon == NULL || (from == place && strchr(colon + 1, ':') != NULL))
        return NULL;
    *colon = '\0';
    return colon + 1;
}

/* FEDVAL_NAME_KIND_; 0: it is no name. */
static uint32_t normalise(const char *text, char *out)
{
    uint32_t kind = 0;
    fedval_status status =
        fedval_name_normalise(text, strlen(text), out, FEDVAL_NAME_SIZE, &kind, NULL);
    return status == FEDVAL_OK ? kind : 0;
}

static bool is_address(uint32_t kind)
{
    return kind == FEDVAL_NAME_KIND_IPV4 || kind == FEDVAL_NAME_KIND_IPV6;
}

static const char *read_names(const char *host, const char *place, chain_option *out)
{
    uint32_t kind;
    if (host == NULL) {
        kind = normalise(place, out->host);
        if (is_address(kind)) {
            memcpy(out->address, out->host, sizeof(out->address));
            out->host[0] = '\0';
        }
        return kind == 0 ? WANTED ", with a host name" : NULL;
    }
    kind = normalise(host, out->host);
    if (kind == 0 || is_address(kind))
        return WANTED ", with a host name";
    return is_address(normalise(place, out->address)) ? NULL
                                                      : WANTED ", with an IP address behind the @";
}

const char *chain_option_read(const char *value, chain_option *out)
{
    char text[2 * FEDVAL_NAME_SIZE + 16];
    const char *equals = strchr(value, '=');
    size_t len = equals == NULL ? 0 : (size_t)(equals - value);
    *out = (chain_option){0};
    if (len == 0 || len >= sizeof(text) || equals[1] == '\0')
        return WANTED;
    memcpy(text, value, len);
    text[len] = '\0';
    out->path = equals + 1;
    char *at = strchr(text, '@'), *place = at == NULL ? text : at + 1;
    if (at != NULL)
        *at = '\0';
    const char *port = cut_port(place);
    if (port != NULL && !read_port(port, &out->port))
        return WANTED ", with a port of 1 to 65535";
    return read_names(at == NULL ? NULL : text, place, out);
}
