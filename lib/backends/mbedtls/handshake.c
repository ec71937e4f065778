#include "backends/mbedtls/handshake.h"

#include "backends/mbedtls/compat.h"
#include "backends/probe/conduct.h"
#include "backends/probe/io.h"
#include "backends/probe/names.h"
#include "base/cursor.h"

#include <mbedtls/ecp.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/rsa.h>
#include <mbedtls/x509_crt.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_LEN 4 /* of a handshake message: type and length */
#define EXTENSION_CERTIFICATE_AUTHORITIES 47

fv_progress fv_mbedtls_progress(int result)
{
    switch (result) {
    case 0:
        return FV_PROGRESS_DONE;
    case MBEDTLS_ERR_SSL_WANT_READ:
        return FV_PROGRESS_WANT_READ;
    case MBEDTLS_ERR_SSL_WANT_WRITE:
        return FV_PROGRESS_WANT_WRITE;
    case MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE:
        return FV_PROGRESS_REFUSED;
    case MBEDTLS_ERR_SSL_CONN_EOF:
    case MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY:
    case MBEDTLS_ERR_NET_CONN_RESET:
        return FV_PROGRESS_FAILED;
    case FV_COMPAT_BAD_VERSION:
        return FV_PROGRESS_NO_VERSION;
    case MBEDTLS_ERR_RSA_VERIFY_FAILED:
    case MBEDTLS_ERR_RSA_INVALID_PADDING:
    case MBEDTLS_ERR_ECP_VERIFY_FAILED:
        return FV_PROGRESS_BAD_SIGNATURE;
    case MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE:
    case MBEDTLS_ERR_SSL_UNEXPECTED_RECORD:
    case MBEDTLS_ERR_SSL_INVALID_RECORD:
    case MBEDTLS_ERR_SSL_INVALID_MAC:
        return FV_PROGRESS_VIOLATION;
    default:
        return FV_PROGRESS_LIMIT;
    }
}

/* ---- the messages that TLS 1.3 encrypts ---- */

/* RFC 8446 4.2.3: the algorithms that this prober offers and that may sign a handshake of TLS 1.3.
 * The library takes PKCS #1 too, and any curve. */
static const struct {
    uint16_t scheme;
    mbedtls_pk_type_t key;
    size_t bits; /* of the key; 0: any */
} schemes[] = {
    {0x0403, MBEDTLS_PK_ECKEY, 256}, {0x0503, MBEDTLS_PK_ECKEY, 384},
    {0x0603, MBEDTLS_PK_ECKEY, 521}, {0x0804, MBEDTLS_PK_RSA, 0},
    {0x0805, MBEDTLS_PK_RSA, 0},     {0x0806, MBEDTLS_PK_RSA, 0},
};

static bool fits_key(uint16_t scheme, const mbedtls_x509_crt *leaf)
{
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (schemes[i].scheme == scheme) {
            return leaf != NULL && mbedtls_pk_can_do(&leaf->pk, schemes[i].key) &&
                   (schemes[i].bits == 0 || schemes[i].bits == mbedtls_pk_get_bitlen(&leaf->pk));
        }
    }
    return false;
}

/* Gets the body of the encrypted message that was read last, if it is of this type. */
static bool find_message(const fv_mbedtls_handshake *self, uint8_t type, fv_cursor *out)
{
    fv_bytes message = fv_compat_message(&self->ssl);
    if (message.len < HEAD_LEN || message.data[0] != type)
        return false;
    fv_cursor_init(out, (fv_bytes){message.data + HEAD_LEN, message.len - HEAD_LEN});
    return true;
}

/* RFC 8446 4.3.2 and 4.2.4. The request is that of this step, or another message came. */
static int note_request(fv_mbedtls_handshake *self)
{
    fv_cursor cursor;
    fv_bytes list, body;
    uint8_t context_len;
    uint16_t len;
    self->asked = find_message(self, FV_TLS_CERTIFICATE_REQUEST, &cursor) ? 1 : 0;
    if (self->asked == 0 || !fv_cursor_read_u8(&cursor, &context_len) ||
        !fv_cursor_skip(&cursor, context_len) || !fv_cursor_read_u16(&cursor, &len) ||
        !fv_cursor_take(&cursor, len, &list) ||
        !fv_tls_find_extension(list, EXTENSION_CERTIFICATE_AUTHORITIES, &body) || body.len <= 2)
        return 0;
    self->authorities = malloc(body.len - 2);
    if (self->authorities == NULL)
        return MBEDTLS_ERR_SSL_ALLOC_FAILED;
    self->authorities_len = body.len - 2;
    memcpy(self->authorities, body.data + 2, self->authorities_len);
    return 0;
}

/* RFC 8446 4.4.3: the algorithm is one that was offered, and fits the key. */
static bool is_signed_soundly(fv_mbedtls_handshake *self)
{
    fv_cursor cursor;
    uint16_t scheme;
    if (!find_message(self, FV_TLS_CERTIFICATE_VERIFY, &cursor) ||
        !fv_cursor_read_u16(&cursor, &scheme) ||
        !fits_key(scheme, fv_compat_peer_chain(&self->ssl)))
        return false;
    self->scheme = scheme;
    return true;
}

/* Looks at the message of a step that went well. */
static int note_step(fv_mbedtls_handshake *self, int state)
{
    if (!fv_compat_is_tls_1_3(&self->ssl))
        return 0;
    if (state == MBEDTLS_SSL_CERTIFICATE_REQUEST)
        return self->authorities == NULL ? note_request(self) : 0;
    if (state == MBEDTLS_SSL_CERTIFICATE_VERIFY && !is_signed_soundly(self))
        return MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE;
    return 0;
}

/* ---- where the library is stricter than OpenSSL ---- */

/* Whether RFC 5246 6.2.1 (a message may go on in another record) and 7.4.1.1 (HelloRequest) allow
 * it, or OpenSSL, which passes over empty records and their versions. */
static bool is_own_limit(const fv_tls_tee *tee, int result)
{
    if (result == MBEDTLS_ERR_SSL_INVALID_RECORD)
        return tee->is_fragmented || tee->num_empty > 0 || tee->has_odd_version;
    bool has_asked = fv_tls_tee_has(tee, FV_TLS_HELLO_REQUEST);
    return has_asked && result == MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE;
}

/* Gets the extensions of the first certificate, RFC 8446 4.4.2. */
static bool read_entry(fv_cursor *cursor, fv_bytes *out)
{
    uint8_t context_len;
    uint16_t len;
    uint32_t der_len;
    return fv_cursor_read_u8(cursor, &context_len) && fv_cursor_skip(cursor, context_len) &&
           fv_cursor_skip(cursor, 3) && fv_cursor_read_u24(cursor, &der_len) &&
           fv_cursor_skip(cursor, der_len) && fv_cursor_read_u16(cursor, &len) &&
           fv_cursor_take(cursor, len, out);
}

/* Whether the server answers with an extension that nobody knows. OpenSSL passes over it. */
static bool has_unknown_answer(const fv_mbedtls_handshake *self)
{
    fv_cursor cursor;
    fv_bytes list = {0};
    uint16_t len;
    if (find_message(self, FV_TLS_ENCRYPTED_EXTENSIONS, &cursor)) {
        if (!fv_cursor_read_u16(&cursor, &len) || !fv_cursor_take(&cursor, len, &list))
            return false;
    } else if (!find_message(self, FV_TLS_CERTIFICATE, &cursor) || !read_entry(&cursor, &list)) {
        return fv_flight_has_unknown_answer(&self->io->tee);
    }
    return fv_tls_has_unknown_extension(list);
}

/* ---- going on ---- */

/* An error of the library is the sum of those of two modules. */
static bool is_arithmetic_of_rsa(int result)
{
    return result < 0 && (-result & 0xFF80) == -MBEDTLS_ERR_RSA_PUBLIC_FAILED;
}

/* Whether the alert that the library sends in TLS 1.3 says that the server broke a rule, RFC 8446
 * 6.2. The other alerts are about certificates, about what both have in common, and about the
 * library itself. */
static bool has_accused(int alert)
{
    switch (alert) {
    case MBEDTLS_SSL_ALERT_MSG_UNEXPECTED_MESSAGE:
    case MBEDTLS_SSL_ALERT_MSG_BAD_RECORD_MAC:
    case MBEDTLS_SSL_ALERT_MSG_RECORD_OVERFLOW:
    case MBEDTLS_SSL_ALERT_MSG_NO_CERT: /* RFC 8446 4.4.2.4: "MUST always send" one */
    case MBEDTLS_SSL_ALERT_MSG_ILLEGAL_PARAMETER:
    case MBEDTLS_SSL_ALERT_MSG_DECODE_ERROR:
    case MBEDTLS_SSL_ALERT_MSG_DECRYPT_ERROR:
    case MBEDTLS_SSL_ALERT_MSG_UNSUPPORTED_EXT:
        return true;
    default:
        return false;
    }
}

/* Judges a handshake that failed in `state`. */
static fv_progress judge(fv_mbedtls_handshake *self, int state, int result)
{
    const fv_tls_tee *tee = &self->io->tee;
    int alert = fv_compat_sent_alert(&self->ssl);
    if (is_own_limit(tee, result))
        return FV_PROGRESS_LIMIT;
    if (is_arithmetic_of_rsa(result) && fv_tls_tee_has(tee, FV_TLS_SERVER_KEY_EXCHANGE))
        return FV_PROGRESS_BAD_SIGNATURE;
    if (fv_compat_wants_narrower(&self->ssl, result))
        return FV_PROGRESS_NARROWER;
    if (fv_compat_is_server_wrong(&self->ssl, state, result))
        return FV_PROGRESS_VIOLATION;
    if (alert == MBEDTLS_SSL_ALERT_MSG_DECRYPT_ERROR && state == MBEDTLS_SSL_CERTIFICATE_VERIFY)
        return is_signed_soundly(self) ? FV_PROGRESS_BAD_SIGNATURE : FV_PROGRESS_VIOLATION;
    bool is_about_extension = alert == MBEDTLS_SSL_ALERT_MSG_ILLEGAL_PARAMETER ||
                              alert == MBEDTLS_SSL_ALERT_MSG_UNSUPPORTED_EXT;
    if (is_about_extension && has_unknown_answer(self))
        return FV_PROGRESS_STRICTER;
    return has_accused(alert) ? FV_PROGRESS_VIOLATION : fv_mbedtls_progress(result);
}

fv_progress fv_mbedtls_go_on(fv_mbedtls_handshake *self)
{
    int result = 0, state = 0;
    while (result == 0 && !fv_compat_is_over(&self->ssl)) {
        state = fv_compat_state(&self->ssl);
        result = mbedtls_ssl_handshake_step(&self->ssl);
        if (result == 0)
            result = note_step(self, state);
    }
    bool goes_on =
        result == 0 || result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_WANT_WRITE;
    return goes_on ? fv_mbedtls_progress(result) : judge(self, state, result);
}

/* ---- the fact ---- */

static fedval_status describe_signature(const fv_mbedtls_handshake *self, fedval_fact *fact)
{
    const char *name = self->scheme != 0 ? fv_tls_scheme_name(self->scheme) : NULL;
    if (name == NULL || fedval_fact_get_tls_signature(fact) != NULL)
        return FEDVAL_OK;
    return fedval_fact_set_key_exchange(fact, fedval_fact_get_tls_group(fact), FEDVAL_NUL_ENDED,
                                        name, FEDVAL_NUL_ENDED);
}

fedval_status fv_mbedtls_describe_hidden(const fv_mbedtls_handshake *self, bool with_chain,
                                         fedval_fact *fact)
{
    const mbedtls_x509_crt *sent = with_chain ? fv_compat_peer_chain(&self->ssl) : NULL;
    fedval_status status = describe_signature(self, fact);
    for (; sent != NULL && status == FEDVAL_OK; sent = sent->next)
        status = fedval_fact_append_certificate(fact, sent->raw.p, sent->raw.len);
    if (status == FEDVAL_OK && self->authorities != NULL) {
        const fv_bytes list = {self->authorities, self->authorities_len};
        status = fv_tls_copy_authorities(list, fact);
    }
    return status;
}
