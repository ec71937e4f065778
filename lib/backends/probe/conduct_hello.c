/* Checks one ServerHello. */
#include "backends/probe/conduct.h"

#include "backends/probe/names.h"
#include "base/cursor.h"

#include <string.h>

#define TLS_1_3 0x0304
#define TLS_1_2 0x0303
#define EXTENSION_SERVER_NAME 0
#define EXTENSION_STATUS_REQUEST 5
#define EXTENSION_SUPPORTED_GROUPS 10
#define EXTENSION_POINT_FORMATS 11
#define EXTENSION_ALPN 16
#define EXTENSION_SESSION_TICKET 35
#define EXTENSION_COOKIE 44
#define EXTENSION_RENEGOTIATION_INFO 0xFF01
#define MAX_EXTENSIONS 64 /* compared with each other */

/* The extensions that OpenSSL knows. It passes over others. RFC 8446 4.2 says which of them a
 * ServerHello of TLS 1.3 may have. */
static const struct {
    uint16_t type;
    bool is_of_hello;
} known_extensions[] = {
    {0, false},  {1, false},  {5, false},  {10, false},    {11, false},
    {12, false}, {13, false}, {14, false}, {16, false},    {18, false},
    {21, false}, {22, false}, {23, false}, {35, false},    {41, true},
    {42, false}, {43, true},  {44, true},  {45, false},    {47, false},
    {49, false}, {50, false}, {51, true},  {13172, false}, {EXTENSION_RENEGOTIATION_INFO, false},
};

const char fv_conduct_early_change[] =
    "sends its ChangeCipherSpec before its ServerHello, for which OpenSSL ends the handshake";

typedef struct extension {
    uint16_t type;
    fv_bytes body;
} extension;

static bool next_extension(fv_cursor *cursor, extension *out)
{
    uint16_t len;
    return fv_cursor_read_u16(cursor, &out->type) && fv_cursor_read_u16(cursor, &len) &&
           fv_cursor_take(cursor, len, &out->body);
}

/* RFC 8446 B.4: the suites 0x13nn are of TLS 1.3, which has no others. RFC 8446 4.2.8: without a
 * resumed session each ServerHello has a key share. */
static const char *judge_version(const fv_server_hello *hello)
{
    if (hello->version > TLS_1_3 || hello->old_version > TLS_1_2)
        return "chooses a version of TLS that was not offered";
    if ((hello->version == TLS_1_3) != (hello->suite >> 8 == 0x13))
        return "chooses a cipher suite of another version of TLS";
    if (hello->version == TLS_1_3 && !hello->is_retry && hello->group == 0)
        return "sends a ServerHello of TLS 1.3 without a key share";
    return NULL;
}

static bool is_known(uint16_t type, bool *out_is_of_hello)
{
    for (size_t i = 0; i < sizeof(known_extensions) / sizeof(known_extensions[0]); i++) {
        if (known_extensions[i].type == type) {
            *out_is_of_hello = known_extensions[i].is_of_hello;
            return true;
        }
    }
    return false;
}

bool fv_tls_has_unknown_extension(fv_bytes list)
{
    fv_cursor cursor;
    extension found;
    bool is_of_hello;
    fv_cursor_init(&cursor, list);
    while (next_extension(&cursor, &found)) {
        if (!is_known(found.type, &is_of_hello))
            return true;
    }
    return false;
}

bool fv_flight_has_unknown_answer(const fv_tls_tee *tee)
{
    fv_server_hello hello;
    fv_bytes body;
    return fv_tls_tee_find(tee, FV_TLS_SERVER_HELLO, &body) && fv_server_hello_read(body, &hello) &&
           hello.version == TLS_1_3 && fv_tls_has_unknown_extension(hello.extensions);
}

/* RFC 8446 4.2: "If an implementation receives an extension which it recognizes and which is not
 * specified for the message in which it appears, it MUST abort the handshake". */
static bool has_misplaced_extension(fv_bytes extensions)
{
    fv_cursor cursor;
    extension found;
    bool is_of_hello;
    fv_cursor_init(&cursor, extensions);
    while (next_extension(&cursor, &found)) {
        if (is_known(found.type, &is_of_hello) && !is_of_hello)
            return true;
    }
    return false;
}

/* RFC 8446 4.1.3: "A client which receives a legacy_session_id_echo field that does not match what
 * it sent in the ClientHello MUST abort the handshake". */
static bool is_session_odd(const fv_tls_offer *offer, const fv_server_hello *hello)
{
    fv_bytes sent;
    return fv_tls_offer_session(offer, &sent) && !fv_bytes_equal(sent, hello->session);
}

static const char *judge_tls_1_3(const fv_tls_offer *offer, const fv_server_hello *hello)
{
    if (hello->version != TLS_1_3)
        return NULL;
    if (is_session_odd(offer, hello))
        return "does not send back the session id of the ClientHello, as TLS 1.3 wants it";
    if (hello->group != 0 && !fv_tls_offer_lists(offer, EXTENSION_SUPPORTED_GROUPS, hello->group))
        return "chooses a group that was not offered";
    return has_misplaced_extension(hello->extensions)
               ? "sends an extension in its ServerHello that belongs elsewhere"
               : NULL;
}

/* RFC 5246 7.4.1.4: "An extension type MUST NOT appear in the ServerHello unless the same extension
 * type appeared in the corresponding ClientHello." The suite of RFC 5746 3.3 stands for an
 * extension, and RFC 8446 4.2.2 lets a HelloRetryRequest bring a cookie. */
static const char *judge_unsolicited(const fv_tls_offer *offer, const fv_server_hello *hello)
{
    fv_bytes offered, body;
    fv_cursor cursor;
    extension found;
    if (!fv_tls_offer_extensions(offer, &offered))
        return NULL;
    fv_cursor_init(&cursor, hello->extensions);
    while (next_extension(&cursor, &found)) {
        if (found.type == EXTENSION_RENEGOTIATION_INFO ||
            (found.type == EXTENSION_COOKIE && hello->is_retry) ||
            fv_tls_find_extension(offered, found.type, &body))
            continue;
        return found.type == EXTENSION_ALPN
                   ? "chooses an application protocol (ALPN), and none was offered"
                   : "answers with an extension that was not offered";
    }
    return NULL;
}

/* RFC 5246 7.4.1.4: "There MUST NOT be more than one extension of the same type." */
static bool has_extension_twice(fv_bytes extensions)
{
    uint16_t seen[MAX_EXTENSIONS];
    size_t count = 0;
    fv_cursor cursor;
    extension found;
    fv_cursor_init(&cursor, extensions);
    while (count < MAX_EXTENSIONS && next_extension(&cursor, &found)) {
        for (size_t i = 0; i < count; i++) {
            if (seen[i] == found.type)
                return true;
        }
        seen[count++] = found.type;
    }
    return false;
}

/* RFC 6066 3 and 8, RFC 5077 3.2: the answer to a server name, a request for a status or a ticket
 * is empty. RFC 8446 4.2 moves the first two elsewhere, so this is about TLS 1.2 and earlier. */
static bool has_body_in_vain(fv_bytes extensions)
{
    fv_cursor cursor;
    extension found;
    fv_cursor_init(&cursor, extensions);
    while (next_extension(&cursor, &found)) {
        bool is_empty = found.type == EXTENSION_SERVER_NAME ||
                        found.type == EXTENSION_STATUS_REQUEST ||
                        found.type == EXTENSION_SESSION_TICKET;
        if (is_empty && found.body.len > 0)
            return true;
    }
    return false;
}

/* RFC 8422 5.1.2: a list of one byte at least. */
static bool has_odd_formats(fv_bytes extensions)
{
    fv_bytes body;
    return fv_tls_find_extension(extensions, EXTENSION_POINT_FORMATS, &body) &&
           (body.len < 2 || body.data[0] != body.len - 1);
}

static const char *judge_forms(const fv_server_hello *hello)
{
    if (has_extension_twice(hello->extensions))
        return "sends a ServerHello with an extension twice";
    if (hello->version < TLS_1_3 && has_body_in_vain(hello->extensions))
        return "sends a ServerHello with a body in an extension that has none";
    return NULL;
}

const char *fv_flight_shuts_out(const fv_tls_tee *tee)
{
    fv_server_hello hello;
    fv_bytes body;
    const char *fault = NULL;
    bool has_hello =
        fv_tls_tee_find(tee, FV_TLS_SERVER_HELLO, &body) && fv_server_hello_read(body, &hello);
    if (has_hello)
        fault = judge_forms(&hello);
    if (fault == NULL && fv_tls_tee_find(tee, FV_TLS_CERTIFICATE, &body))
        fault = fv_conduct_certificates(body);
    if (fault != NULL || !has_hello)
        return fault;
    if (tee->has_early_change)
        return fv_conduct_early_change;
    return fv_conduct_is_key_odd(tee, &hello) ? fv_conduct_odd_key : NULL;
}

const char *fv_conduct_hello(const fv_tls_offer *offer, const fv_server_hello *hello)
{
    const char *fault;
    if (hello->old_version > TLS_1_2)
        return judge_version(hello);
    if (!fv_tls_offer_has_suite(offer, hello->suite))
        return "chooses a cipher suite that was not offered";
    if (hello->compression != 0)
        return "chooses a compression that was not offered";
    if (hello->is_renegotiation)
        return "answers as if the connection had been negotiated before";
    if ((fault = judge_version(hello)) != NULL || (fault = judge_forms(hello)) != NULL)
        return fault;
    if (has_odd_formats(hello->extensions))
        return "sends a ServerHello with an empty list of point formats";
    if ((fault = judge_tls_1_3(offer, hello)) != NULL)
        return fault;
    return judge_unsolicited(offer, hello);
}

/* RFC 5288 3, RFC 6655 3: eight bytes of the nonce and a tag. The other suites have a tag or a hash
 * of 16 bytes at least. RFC 8446 D.4: in TLS 1.3 ChangeCipherSpec changes nothing. */
size_t fv_conduct_min_sealed(const fv_server_hello *hello)
{
    const char *name = hello->version > TLS_1_2 ? NULL : fv_tls_suite_name(hello->suite);
    if (name == NULL)
        return 0;
    return strstr(name, "_GCM_") != NULL ? 24 : 16;
}
