/* Checks the server's certificates and its ServerKeyExchange, up to TLS 1.2. */
#include "backends/probe/conduct.h"

#include "backends/probe/names.h"
#include "base/cursor.h"
#include "base/text.h"

#include <string.h>

#define EXTENSION_SUPPORTED_GROUPS 10
#define EXTENSION_SIGNATURE_ALGORITHMS 13
#define TAG_SEQUENCE 0x30

/* ---- certificates ---- */

/* Reads a DER length of at most three bytes. */
static bool read_length(fv_cursor *cursor, uint32_t *out)
{
    uint8_t first;
    if (!fv_cursor_read_u8(cursor, &first) || first == 0x80 || first > 0x83)
        return false;
    *out = first < 0x80 ? first : 0;
    for (int i = first < 0x80 ? 0 : first & 0x7F; i > 0; i--) {
        uint8_t byte;
        if (!fv_cursor_read_u8(cursor, &byte))
            return false;
        *out = *out << 8 | byte;
    }
    return true;
}

bool fv_conduct_is_sequence(fv_bytes der)
{
    fv_cursor cursor;
    uint8_t tag;
    uint32_t len;
    fv_cursor_init(&cursor, der);
    return fv_cursor_read_u8(&cursor, &tag) && tag == TAG_SEQUENCE && read_length(&cursor, &len) &&
           len == fv_cursor_left(&cursor);
}

/* RFC 5246 7.4.2: the list of a server has at least one certificate. */
const char *fv_conduct_certificates(fv_bytes body)
{
    fv_cursor cursor;
    fv_bytes der;
    uint32_t len;
    fv_cursor_init(&cursor, body);
    if (!fv_cursor_read_u24(&cursor, &len) || len != fv_cursor_left(&cursor))
        return "sends a list of certificates whose lengths do not fit";
    if (len == 0)
        return "sends an empty list of certificates";
    while (fv_cursor_left(&cursor) > 0) {
        if (!fv_cursor_read_u24(&cursor, &len) || len == 0 || !fv_cursor_take(&cursor, len, &der))
            return "sends a list of certificates whose lengths do not fit";
        if (!fv_conduct_is_sequence(der))
            return "sends a list with an entry that is no certificate, or not one alone";
    }
    return NULL;
}

/* ---- ServerKeyExchange ---- */

const char fv_conduct_odd_key[] = "sends a certificate whose key does not fit its cipher suite";

typedef enum family { FAMILY_OTHER, FAMILY_RSA, FAMILY_EC } family;

/* The kind of key that signs in a suite, as its name says. */
static family family_of_suite(const char *suite)
{
    if (fv_begins_with(suite, "TLS_ECDHE_RSA_") || fv_begins_with(suite, "TLS_DHE_RSA_"))
        return FAMILY_RSA;
    return fv_begins_with(suite, "TLS_ECDHE_ECDSA_") ? FAMILY_EC : FAMILY_OTHER;
}

static family family_of_key(fv_public_kind kind)
{
    if (kind == FV_PUBLIC_RSA || kind == FV_PUBLIC_RSA_PSS)
        return FAMILY_RSA;
    return kind == FV_PUBLIC_EC || kind == FV_PUBLIC_ED25519 ? FAMILY_EC : FAMILY_OTHER;
}

static family family_of_scheme(uint16_t scheme)
{
    const char *name = fv_tls_scheme_name(scheme);
    if (fv_begins_with(name, "rsa_"))
        return FAMILY_RSA;
    return fv_begins_with(name, "ecdsa_") || fv_begins_with(name, "ed") ? FAMILY_EC : FAMILY_OTHER;
}

/* Two families that are both known, and differ. */
static bool disagree(family a, family b)
{
    return a != b && a != FAMILY_OTHER && b != FAMILY_OTHER;
}

/* RFC 8422 5.4 and 5.11, RFC 7748 5: the length of a public value. 0: not known. */
static size_t point_len(uint16_t group)
{
    switch (group) {
    case 0x0017:
        return 65;
    case 0x0018:
        return 97;
    case 0x0019:
        return 133;
    case 0x001D:
        return 32;
    case 0x001E:
        return 56;
    default:
        return 0;
    }
}

static bool is_point_odd(const fv_key_exchange *keys)
{
    size_t wanted = point_len(keys->group);
    bool has_head = wanted == 65 || wanted == 97 || wanted == 133;
    return (wanted != 0 && keys->point.len != wanted) ||
           (has_head && keys->point.len > 0 && keys->point.data[0] != 4);
}

/* RFC 8017 8.2.1: a signature of RSA is as long as the modulus. RFC 3279 2.2.3: one of ECDSA is a
 * SEQUENCE of two numbers. */
static bool is_signature_odd(const fv_key_exchange *keys, const fv_leaf_key *key)
{
    switch (key->kind) {
    case FV_PUBLIC_RSA:
    case FV_PUBLIC_RSA_PSS:
        return keys->signature.len != key->modulus_len;
    case FV_PUBLIC_EC:
        return !fv_ecdsa_signature_is_der(keys->signature);
    case FV_PUBLIC_ED25519:
        return keys->signature.len != 64;
    case FV_PUBLIC_UNKNOWN:
        break;
    }
    return false;
}

bool fv_conduct_is_key_odd(const fv_tls_tee *tee, const fv_server_hello *hello)
{
    fv_leaf_key key = {0};
    return fv_flight_leaf_key(tee, &key) &&
           disagree(family_of_key(key.kind), family_of_suite(fv_tls_suite_name(hello->suite)));
}

static const char *judge_signature(const fv_tls_tee *tee, const fv_tls_offer *offer,
                                   const char *suite, const fv_key_exchange *keys)
{
    fv_leaf_key key = {0};
    (void)fv_flight_leaf_key(tee, &key);
    if (disagree(family_of_key(key.kind), family_of_suite(suite)))
        return fv_conduct_odd_key;
    if (keys->scheme != 0 &&
        !fv_tls_offer_lists(offer, EXTENSION_SIGNATURE_ALGORITHMS, keys->scheme))
        return "signs the handshake with an algorithm that was not offered";
    if (disagree(family_of_scheme(keys->scheme), family_of_suite(suite)))
        return "signs the handshake with an algorithm that does not fit its key";
    return is_signature_odd(keys, &key) ? "signs the handshake with what is no signature" : NULL;
}

/* RFC 5246 7.4.3, RFC 8422 5.4: group and algorithm are among those that the client offered. */
const char *fv_conduct_key_exchange(const fv_tls_tee *tee, const fv_tls_offer *offer,
                                    const fv_server_hello *hello, bool has_certificate)
{
    fv_key_exchange keys;
    const char *suite = fv_tls_suite_name(hello->suite);
    if (fv_begins_with(suite, "TLS_RSA_WITH_"))
        return "sends a ServerKeyExchange, and its cipher suite has none";
    if (!fv_begins_with(suite, "TLS_ECDHE_") && !fv_begins_with(suite, "TLS_DHE_"))
        return NULL;
    if (!has_certificate)
        return "sends its ServerKeyExchange without a certificate before it";
    if (!fv_flight_key_exchange(tee, &keys) || !keys.is_whole)
        return "sends a ServerKeyExchange that cannot be read";
    if (keys.group != 0 && !fv_tls_offer_lists(offer, EXTENSION_SUPPORTED_GROUPS, keys.group))
        return "chooses a group that was not offered";
    if (keys.group != 0 && is_point_odd(&keys))
        return "sends a public value that does not fit its group";
    return judge_signature(tee, offer, suite, &keys);
}

/* RFC 5246 7.4.2 and 7.4.3: which messages a key exchange has. */
const char *fv_conduct_done(const fv_server_hello *hello, uint32_t seen)
{
    const char *suite = fv_tls_suite_name(hello->suite);
    bool has_keys = family_of_suite(suite) != FAMILY_OTHER;
    if ((has_keys || fv_begins_with(suite, "TLS_RSA_WITH_")) &&
        (seen >> FV_TLS_CERTIFICATE & 1) == 0)
        return "ends its flight (ServerHelloDone) without a certificate";
    return has_keys && (seen >> FV_TLS_SERVER_KEY_EXCHANGE & 1) == 0
               ? "ends its flight (ServerHelloDone) without a ServerKeyExchange"
               : NULL;
}

const char *fv_flight_pss_beyond_offer(const fv_tls_tee *tee, const fv_tls_offer *offer)
{
    fv_key_exchange keys;
    if (!fv_flight_key_exchange(tee, &keys))
        return NULL;
    const char *name = fv_tls_scheme_name(keys.scheme);
    bool is_offered = fv_tls_offer_lists(offer, EXTENSION_SIGNATURE_ALGORITHMS, keys.scheme);
    return fv_begins_with(name, "rsa_pss_") && !is_offered ? name : NULL;
}
