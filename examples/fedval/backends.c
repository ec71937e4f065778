/* The one file that knows which backends were built in. */
#include "backends.h"

#include "inputs.h"
#include "zone_input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_LDNS
#include <fedval/ldns.h>
#endif
#ifdef HAVE_MBEDTLS
#include <fedval/mbedtls.h>
#endif
#ifdef HAVE_OPENSSL
#include <fedval/openssl.h>
#endif

/* ---- TLS and signatures ---- */

typedef fedval_status (*verifier_new)(fedval_verifier **out_verifier);
typedef fedval_status (*prober_new)(const void *certificate_pem, size_t certificate_len,
                                    const void *key_pem, size_t key_len, fedval_port **out_port,
                                    fedval_error *error);

typedef struct tls_row {
    uint32_t tls; /* TLS_ */
    verifier_new new_verifier;
    prober_new new_prober;
} tls_row;

#ifdef HAVE_OPENSSL
static fedval_status new_openssl_prober(const void *certificate_pem, size_t certificate_len,
                                        const void *key_pem, size_t key_len, fedval_port **out_port,
                                        fedval_error *error)
{
    return fedval_openssl_prober_new(certificate_pem, certificate_len, key_pem, key_len, 0,
                                     out_port, error);
}
#endif

/* The first is taken where --tls says nothing: OpenSSL verifies faster, and speaks TLS 1.0 to 1.3
 * whatever its version. */
static const tls_row tls_rows[] = {
#ifdef HAVE_OPENSSL
    {TLS_OPENSSL, fedval_openssl_verifier_new, new_openssl_prober},
#endif
#ifdef HAVE_MBEDTLS
    {TLS_MBEDTLS, fedval_mbedtls_verifier_new, fedval_mbedtls_prober_new},
#endif
    {TLS_ANY, NULL, NULL},
};

/* False when --tls names what was not built in; NULL when nothing was, and nothing was named. */
static bool choose_tls(const cmd_settings *settings, const tls_row **out_row, cmd_output *output)
{
    *out_row = NULL;
    for (const tls_row *row = tls_rows; row->tls != TLS_ANY; row++) {
        if (settings->tls == TLS_ANY || settings->tls == row->tls) {
            *out_row = row;
            return true;
        }
    }
    if (settings->tls == TLS_ANY)
        return true;
    output_refuse_text(output, EXIT_USAGE, "--tls", "this fedval was built without that library");
    return false;
}

bool backends_verifier(const cmd_settings *settings, fedval_verifier **out_verifier,
                       cmd_output *output)
{
    const tls_row *row;
    if (!choose_tls(settings, &row, output))
        return false;
    if (row == NULL) {
        fputs("fedval: built without a TLS library: no signature is verified, nothing is probed\n",
              stderr);
        return true;
    }
    fedval_status status = row->new_verifier(out_verifier);
    if (status != FEDVAL_OK)
        output_internal(output, status);
    return status == FEDVAL_OK;
}

/* The key stands in the certificate's file unless it has one of its own. */
static bool read_identity(const cmd_settings *settings, cmd_input *certificate, cmd_input *key,
                          cmd_output *output)
{
    const char *key_path = settings->client_key;
    if (settings->client_cert == NULL)
        return true;
    return input_read(certificate, settings->client_cert, output) &&
           input_read(key, key_path == NULL ? settings->client_cert : key_path, output);
}

/* Both libraries say which of the two they cannot use. */
static const char *path_at_fault(const cmd_settings *settings, const fedval_error *error)
{
    bool is_key =
        settings->client_key != NULL && fedval_error_get_reason(error) == FEDVAL_REASON_CLIENT_KEY;
    return is_key ? settings->client_key : settings->client_cert;
}

bool backends_prober(const cmd_settings *settings, fedval_port **out_prober, cmd_output *output)
{
    const tls_row *row;
    cmd_input certificate = {0}, key = {0};
    fedval_status status = FEDVAL_ERROR_NOT_FOUND;
    if (!choose_tls(settings, &row, output))
        return false;
    if (row == NULL)
        return true;
    fedval_error *error = fedval_error_new();
    if (!read_identity(settings, &certificate, &key, output))
        goto done;
    status = row->new_prober((const uint8_t *)certificate.data, certificate.len,
                             (const uint8_t *)key.data, key.len, out_prober, error);
    if (status == FEDVAL_ERROR_SYNTAX)
        output_refuse(output, EXIT_INPUT, path_at_fault(settings, error), status, error);
    else if (status != FEDVAL_OK)
        output_internal(output, status);
done:
    fedval_error_free(error);
    input_clear(&certificate);
    input_clear(&key);
    return status == FEDVAL_OK;
}

/* ---- DNS ---- */

#ifdef HAVE_LDNS
typedef struct ranked_zone {
    fedval_port *port;
    size_t depth; /* labels of its name */
} ranked_zone;

static bool read_zone(const cmd_settings *settings, const char *value, ranked_zone *out,
                      cmd_output *output)
{
    char origin[FEDVAL_NAME_SIZE];
    cmd_input input = {0};
    const char *path = zone_input_path(value);
    if (!zone_input_read(settings, value, &input, origin, output))
        return false;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_ldns_zone_new(input.data, input.len, input_name(path),
                                                FEDVAL_NUL_ENDED, origin[0] == '\0' ? NULL : origin,
                                                FEDVAL_NUL_ENDED, &out->port, error);
    if (status == FEDVAL_OK)
        out->depth = zone_input_depth(&input, origin);
    else
        output_refuse(output, EXIT_INPUT, path, status, error);
    fedval_error_free(error);
    input_clear(&input);
    return status == FEDVAL_OK;
}

static fedval_port *new_network(const cmd_settings *settings, const char *address,
                                cmd_output *output)
{
    const fedval_ldns_options options = {.size = sizeof(options),
                                         .trust_ad = settings->trust_ad,
                                         .authority_port = (uint32_t)settings->authority_port};
    fedval_port *port = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status =
        fedval_ldns_resolver_new(address, FEDVAL_NUL_ENDED, &options, &port, error);
    if (status == FEDVAL_ERROR_SYNTAX)
        output_refuse(output, EXIT_USAGE, address, status, error);
    else if (status != FEDVAL_OK)
        output_internal(output, status);
    fedval_error_free(error);
    return port;
}

/* Takes both over; either may be NULL. */
static fedval_port *join(fedval_port *first, fedval_port *second, cmd_output *output)
{
    fedval_port *both = NULL;
    if (first == NULL || second == NULL)
        return first == NULL ? second : first;
    fedval_status status = fedval_port_new_either(first, second, &both);
    if (status == FEDVAL_OK)
        return both;
    output_internal(output, status);
    fedval_port_free(first);
    fedval_port_free(second);
    return NULL;
}

/* What a zone's aliases lead to is asked of all again; takes the port over. */
static fedval_port *follow(fedval_port *resolver, cmd_output *output)
{
    fedval_port *following = NULL;
    fedval_status status = fedval_port_new_following(resolver, &following);
    if (status == FEDVAL_OK)
        return following;
    output_internal(output, status);
    fedval_port_free(resolver);
    return NULL;
}

/* Of zones that hold one another the lowest has to answer, so it comes first, as if the zone above
 * delegated its names to it. Zones of one depth keep their order. */
static void insert(ranked_zone *zones, size_t count, ranked_zone zone)
{
    for (; count > 0 && zones[count - 1].depth < zone.depth; count--)
        zones[count] = zones[count - 1];
    zones[count] = zone;
}

/* Takes the zones over. */
static fedval_port *join_all(const ranked_zone *zones, size_t count, cmd_output *output)
{
    fedval_port *all = NULL;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && all == NULL)
            fedval_port_free(zones[i].port);
        else
            all = join(all, zones[i].port, output);
    }
    return all;
}

/* NULL: there is none, or the output has been told. */
static fedval_port *new_zones(const cmd_settings *settings, cmd_output *output)
{
    fedval_port *all = NULL;
    ranked_zone zone = {0};
    size_t count = 0;
    ranked_zone *zones = calloc(settings->zones.count + 1, sizeof(*zones));
    if (zones == NULL) {
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
        return NULL;
    }
    while (count < settings->zones.count &&
           read_zone(settings, settings->zones.items[count], &zone, output))
        insert(zones, count++, zone);
    if (count == settings->zones.count)
        all = join_all(zones, count, output);
    for (size_t i = 0; count < settings->zones.count && i < count; i++)
        fedval_port_free(zones[i].port);
    free(zones);
    return all;
}

/* The zones come before the network. */
fedval_port *backends_resolver(const cmd_settings *settings, const char *address,
                               cmd_output *output)
{
    fedval_port *all = new_zones(settings, output), *network;
    if (all == NULL && settings->zones.count > 0)
        return NULL;
    if (!settings->offline) {
        network = new_network(settings, address, output);
        all = network == NULL ? (fedval_port_free(all), NULL) : join(all, network, output);
    }
    return all == NULL || settings->zones.count == 0 ? all : follow(all, output);
}
#else
fedval_port *backends_resolver(const cmd_settings *settings, const char *address,
                               cmd_output *output)
{
    (void)settings;
    (void)address;
    output_refuse_text(output, EXIT_USAGE, NULL,
                       "this fedval was built without libfedval-ldns, which looks DNS up; only "
                       "--offline with --chain is left");
    return NULL;
}
#endif
