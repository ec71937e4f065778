#include "fedval/openssl.h"

#include "backends/openssl/handshake.h"
#include "backends/probe/engine.h"
#include "backends/probe/tee.h"
#include "base/address.h"
#include "base/error.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>

/* The data that all connections of one prober share. */
typedef struct settings {
    SSL_CTX *context;
    BIO_METHOD *method;
} settings;

typedef struct connection {
    SSL *ssl;
    bool asked;         /* the server wants a client certificate */
    int32_t alert;      /* the fatal alert that came; -1: none */
    int32_t sent_alert; /* the fatal alert that OpenSSL sent; -1: none */
} connection;

static int bio_result(BIO *bio, int32_t moved, int retry)
{
    BIO_clear_retry_flags(bio);
    if (moved > 0)
        return moved;
    if (moved == FV_IO_WAIT)
        BIO_set_flags(bio, retry | BIO_FLAGS_SHOULD_RETRY);
    return moved == FV_IO_CLOSED ? 0 : -1;
}

static int bio_write(BIO *bio, const char *data, int data_len)
{
    if (data_len <= 0)
        return 0;
    return bio_result(bio,
                      fv_probe_io_write(BIO_get_data(bio), (const uint8_t *)data, (size_t)data_len),
                      BIO_FLAGS_WRITE);
}

static int bio_read(BIO *bio, char *data, int data_len)
{
    if (data_len <= 0)
        return 0;
    return bio_result(bio, fv_probe_io_read(BIO_get_data(bio), (uint8_t *)data, (size_t)data_len),
                      BIO_FLAGS_READ);
}

static long bio_control(BIO *bio, int command, long number, void *pointer)
{
    (void)bio;
    (void)number;
    (void)pointer;
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

static BIO_METHOD *method_new(void)
{
    int type = BIO_get_new_index();
    BIO_METHOD *method =
        type < 0 ? NULL : BIO_meth_new(type | BIO_TYPE_SOURCE_SINK, "fedval probe");
    if (method != NULL) {
        BIO_meth_set_write(method, bio_write);
        BIO_meth_set_read(method, bio_read);
        BIO_meth_set_ctrl(method, bio_control);
    }
    return method;
}

/* OpenSSL calls this when the server asks for a client certificate. It sends the certificate of the
 * context, if there is one. */
static int note_request(SSL *ssl, void *unused)
{
    connection *self = SSL_get_app_data(ssl);
    (void)unused;
    self->asked = true;
    return 1;
}

/* Takes any chain, unread: the rules judge it later, with limits of their own. */
static int take_chain(X509_STORE_CTX *context, void *unused)
{
    (void)context;
    (void)unused;
    return 1;
}

static void note_alert(const SSL *ssl, int where, int value)
{
    connection *self = SSL_get_app_data(ssl);
    if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT && value >> 8 == SSL3_AL_FATAL)
        self->alert = value & 0xFF;
    if ((where & SSL_CB_WRITE_ALERT) == SSL_CB_WRITE_ALERT && value >> 8 == SSL3_AL_FATAL)
        self->sent_alert = value & 0xFF;
}

static void engine_close(void *opaque)
{
    connection *self = opaque;
    SSL_free(self->ssl);
    free(self);
}

static bool set_host(SSL *ssl, const char *host)
{
    fv_address literal;
    /* RFC 6066 section 3: "Literal IPv4 and IPv6 addresses are not permitted in 'HostName'." */
    if (host == NULL || fv_address_parse(fv_text_of(host), &literal))
        return true;
    /* The same as SSL_set_tlsext_host_name, without its cast that drops const. */
    return SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    (void *)(uintptr_t)host) == 1;
}

static bool prepare(connection *self, const fv_offer *offer, fv_probe_io *io,
                    const settings *shared)
{
    BIO *bio;
    self->ssl = SSL_new(shared->context);
    if (self->ssl == NULL || (bio = BIO_new(shared->method)) == NULL)
        return false;
    BIO_set_data(bio, io);
    BIO_set_init(bio, 1);
    SSL_set_bio(self->ssl, bio, bio);
    SSL_set_app_data(self->ssl, self);
    SSL_set_connect_state(self->ssl);
    SSL_set_tlsext_status_type(self->ssl, TLSEXT_STATUSTYPE_ocsp);
    return fv_openssl_set_look(self->ssl, offer->look) && set_host(self->ssl, offer->host);
}

/* OpenSSL can handle everything that it offers, so a narrower offer would be of no use. */
static void *engine_open(const fv_offer *offer, fv_probe_io *io, void *user)
{
    connection *self = calloc(1, sizeof(*self));
    if (self == NULL)
        return NULL;
    self->alert = self->sent_alert = -1;
    if (prepare(self, offer, io, user))
        return self;
    ERR_clear_error();
    engine_close(self);
    return NULL;
}

/* What some errors that OpenSSL itself raises mean for the probe. */
static const struct {
    int reason;
    fv_progress progress;
} failures[] = {
    {SSL_R_UNSUPPORTED_PROTOCOL, FV_PROGRESS_NO_VERSION},
    {SSL_R_WRONG_SSL_VERSION, FV_PROGRESS_NO_VERSION},
    {SSL_R_UNEXPECTED_EOF_WHILE_READING, FV_PROGRESS_FAILED},
    {SSL_R_BAD_SIGNATURE, FV_PROGRESS_BAD_SIGNATURE},
    {SSL_R_WRONG_CURVE, FV_PROGRESS_VIOLATION},
    {SSL_R_BAD_PROTOCOL_VERSION_NUMBER, FV_PROGRESS_VIOLATION},
    {SSL_R_TOO_MANY_WARN_ALERTS, FV_PROGRESS_VIOLATION},
    /* limits of OpenSSL, for which it sends illegal_parameter all the same */
    {SSL_R_UNKNOWN_CERTIFICATE_TYPE, FV_PROGRESS_LIMIT},
    {SSL_R_EXCESSIVE_MESSAGE_SIZE, FV_PROGRESS_LIMIT},
};

/* Whether OpenSSL told the server, by an alert of RFC 8446 6.2, that it broke a rule. The other
 * alerts are about certificates, about what both have in common, and about OpenSSL itself. */
static bool has_accused(const connection *self)
{
    switch (self->sent_alert) {
    case SSL_AD_UNEXPECTED_MESSAGE:
    case SSL_AD_BAD_RECORD_MAC:
    case SSL_AD_DECRYPTION_FAILED:
    case SSL_AD_RECORD_OVERFLOW:
    case SSL_AD_ILLEGAL_PARAMETER:
    case SSL_AD_DECODE_ERROR:
    case SSL_AD_DECRYPT_ERROR:
    case SSL_AD_MISSING_EXTENSION:
    case SSL_AD_UNSUPPORTED_EXTENSION:
        return true;
    default:
        return false;
    }
}

static fv_progress library_failure(const connection *self)
{
    int reason = ERR_GET_REASON(ERR_peek_last_error());

    if (self->alert >= 0)
        return FV_PROGRESS_REFUSED;
    for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        if (failures[i].reason == reason)
            return failures[i].progress;
    }
    return has_accused(self) ? FV_PROGRESS_VIOLATION : FV_PROGRESS_LIMIT;
}

static fv_progress progress_of(const connection *self, int result)
{
    fv_progress progress = FV_PROGRESS_FAILED;
    switch (SSL_get_error(self->ssl, result)) {
    case SSL_ERROR_NONE:
        progress = FV_PROGRESS_DONE;
        break;
    case SSL_ERROR_WANT_READ:
        progress = FV_PROGRESS_WANT_READ;
        break;
    case SSL_ERROR_WANT_WRITE:
        progress = FV_PROGRESS_WANT_WRITE;
        break;
    case SSL_ERROR_SSL:
        progress = library_failure(self);
        break;
    default: /* the connection was closed or reset */
        break;
    }
    ERR_clear_error();
    return progress;
}

static fv_progress engine_handshake(void *opaque)
{
    connection *self = opaque;
    ERR_clear_error();
    return progress_of(self, SSL_do_handshake(self->ssl));
}

static fv_progress engine_read(void *opaque, uint8_t *data, size_t data_len, size_t *out_len)
{
    connection *self = opaque;
    ERR_clear_error();
    int got = SSL_read(self->ssl, data, data_len > INT32_MAX ? INT32_MAX : (int)data_len);
    *out_len = got > 0 ? (size_t)got : 0;
    return progress_of(self, got);
}

static fv_progress engine_write(void *opaque, const uint8_t *data, size_t data_len)
{
    connection *self = opaque;
    ERR_clear_error();
    return progress_of(self, SSL_write(self->ssl, data, (int)data_len));
}

static fedval_status append(fedval_fact *fact, X509 *certificate)
{
    unsigned char *der = NULL;
    int der_len = i2d_X509(certificate, &der);
    fedval_status status = FEDVAL_ERROR_NO_MEMORY;
    if (der_len > 0)
        status = fedval_fact_append_certificate(fact, der, (size_t)der_len);
    OPENSSL_free(der);
    return status;
}

static fedval_status engine_describe(void *opaque, bool with_chain, fedval_fact *fact)
{
    connection *self = opaque;
    fedval_status status = FEDVAL_OK;
    STACK_OF(X509) *sent = with_chain ? SSL_get_peer_cert_chain(self->ssl) : NULL;
    const char *version = fedval_fact_get_tls_version(fact);
    for (int i = 0; sent != NULL && i < sk_X509_num(sent) && status == FEDVAL_OK; i++)
        status = append(fact, sk_X509_value(sent, i));
    if (status == FEDVAL_OK && version != NULL && fedval_fact_get_tls_cipher(fact) == NULL &&
        SSL_get_current_cipher(self->ssl) != NULL) {
        status = fedval_fact_set_tls(fact, version, FEDVAL_NUL_ENDED,
                                     SSL_get_cipher_name(self->ssl), FEDVAL_NUL_ENDED);
    }
    return status == FEDVAL_OK ? fv_openssl_describe_hidden(self->ssl, fact) : status;
}

static int32_t engine_was_asked(void *opaque)
{
    return ((connection *)opaque)->asked ? 1 : 0;
}

static int32_t engine_alert(void *opaque)
{
    return ((connection *)opaque)->alert;
}

static void engine_destroy(void *user)
{
    settings *shared = user;
    SSL_CTX_free(shared->context);
    BIO_meth_free(shared->method);
    free(shared);
}

static fedval_status settings_new(uint16_t max_tls, settings **out_settings)
{
    settings *shared = calloc(1, sizeof(*shared));
    if (shared == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    /* OPENSSL_CONF may forbid versions and suites, but facts must not depend on the environment. */
    (void)OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    shared->context = SSL_CTX_new(TLS_client_method());
    shared->method = method_new();
    /* Nothing is refused here: old versions, weak keys and weak hashes are facts, which the rules
     * judge later. */
    if (shared->context == NULL || shared->method == NULL ||
        SSL_CTX_set_min_proto_version(shared->context, TLS1_VERSION) != 1 ||
        SSL_CTX_set_max_proto_version(shared->context, max_tls) != 1 ||
        SSL_CTX_set_cipher_list(shared->context, "ALL:!aNULL:!eNULL:@SECLEVEL=0") != 1) {
        ERR_clear_error();
        engine_destroy(shared);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    SSL_CTX_set_verify(shared->context, SSL_VERIFY_NONE, NULL);
    SSL_CTX_set_cert_verify_callback(shared->context, take_chain, NULL);
    /* After the handshake, each call reads one record: a server may send tickets without end. */
    SSL_CTX_clear_mode(shared->context, SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_max_cert_list(shared->context, FV_TLS_MAX_FLIGHT);
    SSL_CTX_set_options(shared->context, SSL_OP_LEGACY_SERVER_CONNECT);
    SSL_CTX_set_cert_cb(shared->context, note_request, NULL);
    SSL_CTX_set_info_callback(shared->context, note_alert);
    *out_settings = shared;
    return FEDVAL_OK;
}

fedval_status fedval_openssl_prober_new(const void *certificate_pem, size_t certificate_len,
                                        const void *key_pem, size_t key_len, uint16_t max_tls,
                                        fedval_port **out_port, fedval_error *error)
{
    settings *shared = NULL;
    fedval_status status;
    fv_error_reset(error);
    if (out_port == NULL || (certificate_pem == NULL) != (key_pem == NULL) ||
        (max_tls != 0 && (max_tls < TLS1_VERSION || max_tls > TLS1_3_VERSION)))
        return FEDVAL_ERROR_ARGUMENT;
    status = settings_new(max_tls, &shared);
    if (status != FEDVAL_OK)
        return status;
    if (certificate_pem != NULL) {
        status = fv_openssl_load_identity(shared->context, certificate_pem, certificate_len,
                                          key_pem, key_len, error);
    }
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
