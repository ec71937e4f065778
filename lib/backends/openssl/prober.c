#include "fedval/openssl.h"

#include "backends/probe/engine.h"
#include "backends/probe/tee.h"
#include "base/address.h"
#include "base/error.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>

/* What all connections of one prober share. */
typedef struct settings {
    SSL_CTX *context;
    BIO_METHOD *method;
} settings;

typedef struct connection {
    SSL *ssl;
    bool asked; /* the server wants a client certificate */
    int32_t alert;
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

/* Called when the server asks for a client certificate; the context's own, if any, is sent. */
static int note_request(SSL *ssl, void *unused)
{
    connection *self = SSL_get_app_data(ssl);
    (void)unused;
    self->asked = true;
    return 1;
}

static void note_alert(const SSL *ssl, int where, int value)
{
    connection *self = SSL_get_app_data(ssl);
    if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT && value >> 8 == SSL3_AL_FATAL)
        self->alert = value & 0xFF;
}

static void engine_close(void *opaque)
{
    connection *self = opaque;
    SSL_free(self->ssl);
    free(self);
}

static bool prepare(connection *self, const char *host, fv_probe_io *io, const settings *shared)
{
    fv_address literal;
    BIO *bio;
    self->ssl = SSL_new(shared->context);
    if (self->ssl == NULL || (bio = BIO_new(shared->method)) == NULL)
        return false;
    BIO_set_data(bio, io);
    BIO_set_init(bio, 1);
    SSL_set_bio(self->ssl, bio, bio);
    SSL_set_app_data(self->ssl, self);
    SSL_set_connect_state(self->ssl);
    /* RFC 6066 section 3: no literal addresses in the server name. */
    if (host == NULL || fv_address_parse(fv_text_of(host), &literal))
        return true;
    /* What SSL_set_tlsext_host_name stands for, without its cast that drops const. */
    return SSL_ctrl(self->ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    (void *)(uintptr_t)host) == 1;
}

/* OpenSSL can do all that it offers: there is no narrower offer. */
static void *engine_open(const char *host, bool is_narrow, fv_probe_io *io, void *user)
{
    (void)is_narrow;
    connection *self = calloc(1, sizeof(*self));
    if (self == NULL)
        return NULL;
    self->alert = -1;
    if (prepare(self, host, io, user))
        return self;
    ERR_clear_error();
    engine_close(self);
    return NULL;
}

/* What an error of the library itself means: another version, or a limit of its own. */
static fv_step library_failure(const connection *self)
{
    int reason = ERR_GET_REASON(ERR_peek_error());
    if (self->alert >= 0)
        return FV_STEP_REFUSED;
    switch (reason) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_WRONG_SSL_VERSION:
        return FV_STEP_NO_VERSION;
#ifdef SSL_R_UNEXPECTED_EOF_WHILE_READING
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
        return FV_STEP_FAILED;
#endif
    default:
        return FV_STEP_LIMIT;
    }
}

static fv_step step_of(const connection *self, int result)
{
    fv_step step = FV_STEP_FAILED;
    switch (SSL_get_error(self->ssl, result)) {
    case SSL_ERROR_NONE:
        step = FV_STEP_DONE;
        break;
    case SSL_ERROR_WANT_READ:
        step = FV_STEP_WANT_READ;
        break;
    case SSL_ERROR_WANT_WRITE:
        step = FV_STEP_WANT_WRITE;
        break;
    case SSL_ERROR_SSL:
        step = library_failure(self);
        break;
    default: /* the line was closed or reset */
        break;
    }
    ERR_clear_error();
    return step;
}

static fv_step engine_handshake(void *opaque)
{
    connection *self = opaque;
    ERR_clear_error();
    return step_of(self, SSL_do_handshake(self->ssl));
}

static fv_step engine_first_read(void *opaque)
{
    connection *self = opaque;
    char byte;
    ERR_clear_error();
    return step_of(self, SSL_read(self->ssl, &byte, sizeof(byte)));
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
    const char *cipher = SSL_get_cipher_name(self->ssl);
    for (int i = 0; sent != NULL && i < sk_X509_num(sent) && status == FEDVAL_OK; i++)
        status = append(fact, sk_X509_value(sent, i));
    if (status == FEDVAL_OK && fedval_fact_get_tls_version(fact) != NULL && cipher != NULL &&
        SSL_get_current_cipher(self->ssl) != NULL) {
        status = fedval_fact_set_tls(fact, fedval_fact_get_tls_version(fact), FEDVAL_NUL_ENDED,
                                     cipher, FEDVAL_NUL_ENDED);
    }
    return status;
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

static bool use_chain(SSL_CTX *context, BIO *pem)
{
    X509 *certificate = PEM_read_bio_X509(pem, NULL, NULL, NULL);
    bool fine = certificate != NULL && SSL_CTX_use_certificate(context, certificate) == 1;
    X509_free(certificate);
    while (fine && (certificate = PEM_read_bio_X509(pem, NULL, NULL, NULL)) != NULL) {
        fine = SSL_CTX_add0_chain_cert(context, certificate) == 1;
        if (!fine)
            X509_free(certificate);
    }
    ERR_clear_error();
    return fine;
}

/* A key that is encrypted is refused, not asked a password for. */
static int no_password(char *text, int size, int writing, void *user)
{
    (void)text;
    (void)size;
    (void)writing;
    (void)user;
    return -1;
}

static bool use_key(SSL_CTX *context, BIO *pem)
{
    EVP_PKEY *key = PEM_read_bio_PrivateKey(pem, NULL, no_password, NULL);
    bool fine = key != NULL && SSL_CTX_use_PrivateKey(context, key) == 1;
    EVP_PKEY_free(key);
    ERR_clear_error();
    return fine;
}

static fedval_status load_identity(SSL_CTX *context, const uint8_t *certificate_pem,
                                   size_t certificate_len, const uint8_t *key_pem, size_t key_len,
                                   fedval_error *error)
{
    fedval_status status = FEDVAL_ERROR_SYNTAX;
    BIO *certificate = NULL, *key = NULL;
    if (certificate_len > INT32_MAX || key_len > INT32_MAX)
        return FEDVAL_ERROR_LIMIT;
    certificate = BIO_new_mem_buf(certificate_pem, (int)certificate_len);
    key = BIO_new_mem_buf(key_pem, (int)key_len);
    if (certificate == NULL || key == NULL)
        status = FEDVAL_ERROR_NO_MEMORY;
    else if (!use_chain(context, certificate))
        fv_error_set(error, "the client certificate is no PEM certificate that OpenSSL can read");
    else if (!use_key(context, key)) {
        fv_error_set(error, "the client key cannot be read (encrypted?), or it does not belong to "
                            "the client certificate");
    } else
        status = FEDVAL_OK;
    BIO_free(certificate);
    BIO_free(key);
    return status;
}

static fedval_status settings_new(uint16_t max_tls, settings **out_settings)
{
    settings *shared = calloc(1, sizeof(*shared));
    if (shared == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    shared->context = SSL_CTX_new(TLS_client_method());
    shared->method = method_new();
    /* Old versions, weak keys and hashes are facts to be judged later: nothing is refused here. */
    if (shared->context == NULL || shared->method == NULL ||
        SSL_CTX_set_min_proto_version(shared->context, TLS1_VERSION) != 1 ||
        SSL_CTX_set_max_proto_version(shared->context, max_tls) != 1 ||
        SSL_CTX_set_cipher_list(shared->context, "ALL:!aNULL:!eNULL:@SECLEVEL=0") != 1) {
        ERR_clear_error();
        engine_destroy(shared);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    SSL_CTX_set_verify(shared->context, SSL_VERIFY_NONE, NULL);
    /* One record a call after the handshake: a server may send tickets without end. */
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
        status = load_identity(shared->context, certificate_pem, certificate_len, key_pem, key_len,
                               error);
    }
    if (status == FEDVAL_OK) {
        const fv_probe_engine engine = {
            .open = engine_open,
            .handshake = engine_handshake,
            .first_read = engine_first_read,
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
