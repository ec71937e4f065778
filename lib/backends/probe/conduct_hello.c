/* Checks one ServerHello. */
#include "backends/probe/conduct.h"

#include "backends/probe/names.h"
#include "base/cursor.h"

#include <string.h>

#define TLS_1_3 0x0304
#define TLS_1_2 0x0303
#define EXTENSION_SERVER_NAME 0
#define EXTENSION_STATUS_REQUEST 5
#define EXTENSION_POINT_FORMATS 11
#define EXTENSION_ALPN 16
#define EXTENSION_SESSION_TICKET 35
#define EXTENSION_COOKIE 44
#define EXTENSION_RENEGOTIATION_INFO 0xFF01
#define MAX_EXTENSIONS 64 /* compared with each other */

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
    if (fv_tls_tee_find(tee, FV_TLS_SERVER_HELLO, &body) && fv_server_hello_read(body, &hello))
        fault = judge_forms(&hello);
    if (fault == NULL && fv_tls_tee_find(tee, FV_TLS_CERTIFICATE, &body))
        fault = fv_conduct_certificates(body);
    return fault;
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
