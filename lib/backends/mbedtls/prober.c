#include "fedval/mbedtls.h"

#include "backends/mbedtls/compat.h"
#include "backends/mbedtls/handshake.h"
#include "backends/probe/io.h"
#include "base/address.h"
#include "base/error.h"
#include "base/secret.h"
#include "base/windows_tls.h"

#include <mbedtls/ecp.h>
#include <mbedtls/entropy.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/rsa.h>
#include <mbedtls/x509_crt.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TICKETS 8 /* in one call: a server may send them without end */
#define MAX_SUITES 256

/* The looks that have an offer of their own; the first is all, and what the other looks offer. */
#define NUM_OFFERS 6
static const struct {
    uint32_t look;
    uint32_t windows; /* the version that it offers as, FV_WINDOWS_; 0: none */
} offered_looks[NUM_OFFERS] = {
    {FEDVAL_LOOK_ANY, 0},
    {FEDVAL_LOOK_WINDOWS, FV_WINDOWS_2016},
    {FEDVAL_LOOK_RSA, 0},
    {FEDVAL_LOOK_ECDSA, 0},
    {FEDVAL_LOOK_WINDOWS_2012_R2, FV_WINDOWS_2012_R2},
    {FEDVAL_LOOK_WINDOWS_2019, FV_WINDOWS_2019},
};

/* The data that all connections of one prober share. */
typedef struct settings {
    /* for each offer: the usual form, then a narrower one */
    mbedtls_ssl_config config[NUM_OFFERS][2];
    int suites[NUM_OFFERS][MAX_SUITES]; /* 0-ended; the list of the offer "all" is not used */
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context random;
    mbedtls_x509_crt certificate;
    mbedtls_pk_context key;
} settings;

static int bio_result(int32_t moved, int wait)
{
    if (moved > 0)
        return moved;
    return moved == FV_IO_WAIT ? wait : MBEDTLS_ERR_NET_CONN_RESET;
}

static int bio_send(void *user, const unsigned char *data, size_t data_len)
{
    return bio_result(fv_probe_io_write(user, data, data_len), MBEDTLS_ERR_SSL_WANT_WRITE);
}

static int bio_receive(void *user, unsigned char *data, size_t data_len)
{
    int32_t got = fv_probe_io_read(user, data, data_len);
    return got == FV_IO_CLOSED ? 0 : bio_result(got, MBEDTLS_ERR_SSL_WANT_READ);
}

static void engine_close(void *opaque)
{
    fv_mbedtls_handshake *self = opaque;
    mbedtls_ssl_free(&self->ssl);
    free(self->authorities);
    free(self);
}

static size_t find_offer(uint32_t look)
{
    for (size_t i = 0; i < NUM_OFFERS; i++) {
        if (offered_looks[i].look == look)
            return i;
    }
    return 0;
}

static void *engine_open(const fv_offer *offer, fv_probe_io *io, void *user)
{
    settings *shared = user;
    const char *host = offer->host;
    size_t index = find_offer(offer->look);
    fv_address literal;
    fv_mbedtls_handshake *self = calloc(1, sizeof(*self));
    if (self == NULL)
        return NULL;
    self->io = io;
    self->alert = self->asked = -1;
    mbedtls_ssl_init(&self->ssl);
    /* RFC 6066 section 3: "Literal IPv4 and IPv6 addresses are not permitted in 'HostName'." */
    if (host != NULL && fv_address_parse(fv_text_of(host), &literal))
        host = NULL;
    if (mbedtls_ssl_setup(&self->ssl, &shared->config[index][offer->is_narrow]) != 0 ||
        mbedtls_ssl_set_hostname(&self->ssl, host) != 0) {
        engine_close(self);
        return NULL;
    }
    mbedtls_ssl_set_bio(&self->ssl, io, bio_send, bio_receive, NULL);
    return self;
}

static fv_progress engine_handshake(void *opaque)
{
    return fv_mbedtls_go_on(opaque);
}

/* RFC 8446 6.1: close_notify and user_canceled end a connection and refuse nobody, whatever their
 * level. */
static fv_progress refusal_of(fv_mbedtls_handshake *self, int result)
{
    if (result != MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE)
        return fv_mbedtls_progress(result);
    self->alert = fv_compat_alert(&self->ssl);
    bool is_closure = self->alert == MBEDTLS_SSL_ALERT_MSG_CLOSE_NOTIFY ||
                      self->alert == MBEDTLS_SSL_ALERT_MSG_USER_CANCELED;
    return is_closure ? FV_PROGRESS_FAILED : FV_PROGRESS_REFUSED;
}

static fv_progress engine_read(void *opaque, uint8_t *data, size_t data_len, size_t *out_len)
{
    fv_mbedtls_handshake *self = opaque;
    int result = mbedtls_ssl_read(&self->ssl, data, data_len);
    for (int i = 0; i < MAX_TICKETS && FV_COMPAT_IS_TICKET(result); i++)
        result = mbedtls_ssl_read(&self->ssl, data, data_len);
    *out_len = result > 0 ? (size_t)result : 0;
    if (FV_COMPAT_IS_TICKET(result))
        return FV_PROGRESS_WANT_READ;
    if (result == 0) { /* the connection was closed in good order */
        return FV_PROGRESS_FAILED;
    }
    return result > 0 ? FV_PROGRESS_DONE : refusal_of(self, result);
}

/* A request is shorter than a record: it goes out in one piece. */
static fv_progress engine_write(void *opaque, const uint8_t *data, size_t data_len)
{
    fv_mbedtls_handshake *self = opaque;
    int result = mbedtls_ssl_write(&self->ssl, data, data_len);
    return result > 0 ? FV_PROGRESS_DONE : fv_mbedtls_progress(result);
}

static fedval_status engine_describe(void *opaque, bool with_chain, fedval_fact *fact)
{
    fv_mbedtls_handshake *self = opaque;
    const char *cipher = mbedtls_ssl_get_ciphersuite(&self->ssl);
    fedval_status status = fv_mbedtls_describe_hidden(self, with_chain, fact);
    if (status == FEDVAL_OK && cipher != NULL && fedval_fact_get_tls_version(fact) != NULL &&
        fedval_fact_get_tls_cipher(fact) == NULL) {
        status = fedval_fact_set_tls(fact, fedval_fact_get_tls_version(fact), FEDVAL_NUL_ENDED,
                                     cipher, FEDVAL_NUL_ENDED);
    }
    return status;
}

/* 0 up to TLS 1.2, where the tee sees whether the server asked for a certificate. */
static int32_t engine_was_asked(void *opaque)
{
    fv_mbedtls_handshake *self = opaque;
    const char *version = mbedtls_ssl_get_version(&self->ssl);
    return version != NULL && strcmp(version, "TLSv1.3") == 0 ? self->asked : 0;
}

static int32_t engine_alert(void *opaque)
{
    return ((fv_mbedtls_handshake *)opaque)->alert;
}

static void engine_destroy(void *user)
{
    settings *shared = user;
    for (size_t i = 0; i < NUM_OFFERS; i++) {
        mbedtls_ssl_config_free(&shared->config[i][0]);
        mbedtls_ssl_config_free(&shared->config[i][1]);
    }
    mbedtls_pk_free(&shared->key);
    mbedtls_x509_crt_free(&shared->certificate);
    mbedtls_ctr_drbg_free(&shared->random);
    mbedtls_entropy_free(&shared->entropy);
    free(shared);
}

static bool use_identity(settings *shared)
{
    bool is_used = true;
    for (size_t i = 0; i < NUM_OFFERS && is_used; i++) {
        is_used = mbedtls_ssl_conf_own_cert(&shared->config[i][0], &shared->certificate,
                                            &shared->key) == 0 &&
                  mbedtls_ssl_conf_own_cert(&shared->config[i][1], &shared->certificate,
                                            &shared->key) == 0;
    }
    return is_used;
}

static fedval_status load_identity(settings *shared, const uint8_t *certificate_pem,
                                   size_t certificate_len, const uint8_t *key_pem, size_t key_len,
                                   fedval_error *error)
{
    fedval_status status = FEDVAL_ERROR_SYNTAX;
    /* mbedTLS counts the NUL behind PEM. */
    char *certificate = fv_secret_copy(certificate_pem, certificate_len);
    char *key = fv_secret_copy(key_pem, key_len);
    if (certificate == NULL || key == NULL)
        status = FEDVAL_ERROR_NO_MEMORY;
    else if (mbedtls_x509_crt_parse(&shared->certificate, (unsigned char *)certificate,
                                    certificate_len + 1) != 0)
        fv_error_set(error, "the client certificate is no PEM certificate that mbedTLS can read");
    else if (fv_compat_parse_key(&shared->key, (unsigned char *)key, key_len + 1,
                                 &shared->random) != 0) {
        fv_error_refuse(error, FEDVAL_REASON_CLIENT_KEY,
                        "the client key is no PEM private key that can be read (encrypted?)");
    } else if (fv_compat_check_pair(&shared->certificate.pk, &shared->key, &shared->random) != 0) {
        fv_error_refuse(error, FEDVAL_REASON_CLIENT_KEY,
                        "the client key does not belong to the client certificate");
    } else if (use_identity(shared))
        status = FEDVAL_OK;
    else
        status = FEDVAL_ERROR_NO_MEMORY;
    fv_secret_free(certificate, certificate_len); /* one file may hold both */
    fv_secret_free(key, key_len);
    return status;
}

/* Whether a suite of TLS 1.2 is part of a look. The name of a suite says which key it authenticates
 * with: "...-ECDHE-RSA-WITH-..." is RSA. */
static bool belongs_to(uint32_t look, uint32_t windows, int suite)
{
    const char *name = mbedtls_ssl_get_ciphersuite_name(suite);
    if (name == NULL || strncmp(name, "TLS1-3", 6) == 0 || strstr(name, "PSK") != NULL)
        return false;
    if (windows != 0)
        return (fv_windows_offering_number((uint32_t)suite) & windows) != 0;
    return strstr(name, look == FEDVAL_LOOK_RSA ? "-RSA-" : "-ECDSA-") != NULL;
}

static void set_look(settings *shared, size_t index, mbedtls_ssl_config *config)
{
    uint32_t look = offered_looks[index].look, windows = offered_looks[index].windows;
    size_t count = 0;
    for (const int *suite = mbedtls_ssl_list_ciphersuites();
         look != FEDVAL_LOOK_ANY && *suite != 0 && count + 1 < MAX_SUITES; suite++) {
        if (belongs_to(look, windows, *suite))
            shared->suites[index][count++] = *suite;
    }
    shared->suites[index][count] = 0;
    if (count == 0)
        return;
    mbedtls_ssl_conf_ciphersuites(config, shared->suites[index]);
    fv_compat_set_tls_1_2(config);
    if (windows != 0)
        fv_compat_set_windows_groups(config, windows != FV_WINDOWS_2012_R2);
}

static bool configure(settings *shared, size_t index, bool is_narrow)
{
    mbedtls_ssl_config *config = &shared->config[index][is_narrow];
    if (mbedtls_ssl_config_defaults(config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                    MBEDTLS_SSL_PRESET_DEFAULT) != 0)
        return false;
    mbedtls_ssl_conf_rng(config, mbedtls_ctr_drbg_random, &shared->random);
    mbedtls_ssl_conf_authmode(config, FV_COMPAT_AUTHMODE);
    fv_compat_set_offer(config, is_narrow);
    set_look(shared, index, config);
    return true;
}

static bool configure_all(settings *shared)
{
    bool is_done = true;
    for (size_t i = 0; i < NUM_OFFERS && is_done; i++)
        is_done = configure(shared, i, false) && configure(shared, i, true);
    return is_done;
}

static fedval_status settings_new(settings **out_settings)
{
    settings *shared = calloc(1, sizeof(*shared));
    if (shared == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < NUM_OFFERS; i++) {
        mbedtls_ssl_config_init(&shared->config[i][0]);
        mbedtls_ssl_config_init(&shared->config[i][1]);
    }
    mbedtls_entropy_init(&shared->entropy);
    mbedtls_ctr_drbg_init(&shared->random);
    mbedtls_x509_crt_init(&shared->certificate);
    mbedtls_pk_init(&shared->key);
    if (fv_compat_init() != 0 || mbedtls_ctr_drbg_seed(&shared->random, mbedtls_entropy_func,
                                                       &shared->entropy, NULL, 0) != 0) {
        engine_destroy(shared);
        return FEDVAL_ERROR_SYSTEM;
    }
    if (!configure_all(shared)) {
        engine_destroy(shared);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    *out_settings = shared;
    return FEDVAL_OK;
}

fedval_status fedval_mbedtls_prober_new(const void *certificate_pem, size_t certificate_len,
                                        const void *key_pem, size_t key_len, fedval_port **out_port,
                                        fedval_error *error)
{
    settings *shared = NULL;
    fedval_status status;
    fv_error_reset(error);
    if (out_port == NULL || (certificate_pem == NULL) != (key_pem == NULL))
        return FEDVAL_ERROR_ARGUMENT;
    status = settings_new(&shared);
    if (status != FEDVAL_OK)
        return status;
    if (certificate_pem != NULL)
        status = load_identity(shared, certificate_pem, certificate_len, key_pem, key_len, error);
    if (status == FEDVAL_OK) {
        const fv_probe_engine engine = {
            .open = engine_open,
            .handshake = engine_handshake,
            .read = engine_read,
            .write = engine_write,
            .describe = engine_describe,
            .was_asked = engine_was_asked,
            .alert = engine_alert,
            .close = engine_close,
            .has_identity = certificate_pem != NULL,
            .destroy = engine_destroy,
            .user = shared,
        };
        status = fv_probe_port_new(&engine, out_port);
    }
    if (status != FEDVAL_OK)
        engine_destroy(shared);
    return status;
}
