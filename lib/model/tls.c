#include "model/tls.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

uint16_t fv_tls_version_of(fv_text name)
{
    static const struct {
        const char *name;
        uint16_t number;
    } versions[] = {
        {"SSLv3", FV_SSL_3_0}, {"TLSv1", 0x0301},       {"TLSv1.0", 0x0301},
        {"TLSv1.1", 0x0302},   {"TLSv1.2", FV_TLS_1_2}, {"TLSv1.3", FV_TLS_1_3},
    };
    for (size_t i = 0; i < COUNT(versions); i++) {
        if (fv_text_equal(name, fv_text_of(versions[i].name)))
            return versions[i].number;
    }
    return 0;
}

typedef struct key_row {
    const char *name;
    fv_tls_key key;
} key_row;

static fv_tls_key find_key(const key_row *rows, size_t num_rows, fv_text name)
{
    for (size_t i = 0; i < num_rows; i++) {
        if (fv_text_equal(name, fv_text_of(rows[i].name)))
            return rows[i].key;
    }
    return FV_TLS_KEY_UNKNOWN;
}

/* Returns the length of what comes before `mark`; that of the whole text where it is not there. */
static size_t length_before(fv_text text, const char *mark)
{
    size_t mark_len = strlen(mark);
    for (size_t i = 0; i + mark_len <= text.len; i++) {
        if (memcmp(text.data + i, mark, mark_len) == 0)
            return i;
    }
    return text.len;
}

fv_tls_key fv_tls_key_of_suite(fv_text name)
{
    /* RFC 4492 2.2, of ECDH_RSA: "the server's certificate MUST contain an ECDH-capable public key
     * and be signed with RSA." */
    static const key_row exchanges[] = {
        {"TLS_RSA", FV_TLS_KEY_RSA},          {"TLS_DHE_RSA", FV_TLS_KEY_RSA},
        {"TLS_ECDHE_RSA", FV_TLS_KEY_RSA},    {"TLS_ECDHE_ECDSA", FV_TLS_KEY_ECDSA},
        {"TLS_ECDH_ECDSA", FV_TLS_KEY_ECDSA}, {"TLS_ECDH_RSA", FV_TLS_KEY_ECDSA},
    };
    size_t len = length_before(name, "_WITH_");
    return find_key(exchanges, COUNT(exchanges), (fv_text){name.data, len});
}

fv_tls_key fv_tls_key_of_scheme(fv_text name)
{
    static const key_row kinds[] = {
        {"rsa", FV_TLS_KEY_RSA},
        {"ecdsa", FV_TLS_KEY_ECDSA},
        {"ed25519", FV_TLS_KEY_EDDSA},
        {"ed448", FV_TLS_KEY_EDDSA},
    };
    return find_key(kinds, COUNT(kinds), (fv_text){name.data, length_before(name, "_")});
}
