#include "pkcs12_scheme.h"

#include "compat.h"

#include <mbedtls/cipher.h>
#include <mbedtls/md.h>
#include <mbedtls/pkcs12.h>
#include <mbedtls/pkcs5.h>
#include <mbedtls/platform_util.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define TEXT(bytes)                                                                                \
    {                                                                                              \
        (const uint8_t *)(bytes), sizeof(bytes) - 1                                                \
    }

/* ---- DER ---- */

static bool read_length(fv_cursor *cursor, size_t *out)
{
    uint8_t first, byte;
    if (!fv_cursor_read_u8(cursor, &first))
        return false;
    *out = first;
    if (first < 0x80)
        return true;
    if (first == 0x80 || first > 0x84) { /* BER has lengths that are not definite, DER has none */
        return false;
    }
    *out = 0;
    for (int left = first & 0x7F; left > 0; left--) {
        if (!fv_cursor_read_u8(cursor, &byte))
            return false;
        *out = *out << 8 | byte;
    }
    return true;
}

bool fv_p12_take_bytes(fv_cursor *cursor, uint8_t tag, fv_bytes *out)
{
    fv_cursor at = *cursor;
    uint8_t found;
    size_t len;
    if (!fv_cursor_read_u8(&at, &found) || found != tag || !read_length(&at, &len) ||
        !fv_cursor_take(&at, len, out))
        return false;
    *cursor = at;
    return true;
}

bool fv_p12_take(fv_cursor *cursor, uint8_t tag, fv_cursor *out_contents)
{
    fv_bytes contents;
    if (!fv_p12_take_bytes(cursor, tag, &contents))
        return false;
    fv_cursor_init(out_contents, contents);
    return true;
}

bool fv_p12_is_oid(fv_bytes oid, const char *wanted, size_t wanted_len)
{
    return oid.len == wanted_len && memcmp(oid.data, wanted, wanted_len) == 0;
}

static bool take_count(fv_cursor *cursor, uint64_t *out)
{
    fv_bytes bytes;
    if (!fv_p12_take_bytes(cursor, FV_P12_INTEGER, &bytes) || bytes.len == 0 || bytes.len > 8 ||
        (bytes.data[0] & 0x80) != 0)
        return false;
    *out = 0;
    for (size_t i = 0; i < bytes.len; i++)
        *out = *out << 8 | bytes.data[i];
    return true;
}

/* Takes the rounds of one derivation from what the whole file may still ask for. */
static bool take_rounds(fv_cursor *cursor, uint64_t *left, int *out)
{
    uint64_t rounds;
    if (!take_count(cursor, &rounds) || rounds == 0 || rounds > *left || rounds > INT32_MAX)
        return false;
    *left -= rounds;
    *out = (int)rounds;
    return true;
}

/* ---- what is known ---- */

typedef struct digest_row {
    fv_bytes oid, hmac_oid;
    mbedtls_md_type_t type;
} digest_row;

static const digest_row digests[] = {
    {TEXT("\x2B\x0E\x03\x02\x1A"), TEXT("\x2A\x86\x48\x86\xF7\x0D\x02\x07"), MBEDTLS_MD_SHA1},
    {TEXT("\x60\x86\x48\x01\x65\x03\x04\x02\x04"), TEXT("\x2A\x86\x48\x86\xF7\x0D\x02\x08"),
     MBEDTLS_MD_SHA224},
    {TEXT("\x60\x86\x48\x01\x65\x03\x04\x02\x01"), TEXT("\x2A\x86\x48\x86\xF7\x0D\x02\x09"),
     MBEDTLS_MD_SHA256},
    {TEXT("\x60\x86\x48\x01\x65\x03\x04\x02\x02"), TEXT("\x2A\x86\x48\x86\xF7\x0D\x02\x0A"),
     MBEDTLS_MD_SHA384},
    {TEXT("\x60\x86\x48\x01\x65\x03\x04\x02\x03"), TEXT("\x2A\x86\x48\x86\xF7\x0D\x02\x0B"),
     MBEDTLS_MD_SHA512},
};

typedef struct cipher_row {
    fv_bytes oid;
    mbedtls_cipher_type_t type;
    size_t key_len, iv_len;
} cipher_row;

static const cipher_row ciphers[] = {
    {TEXT("\x60\x86\x48\x01\x65\x03\x04\x01\x02"), MBEDTLS_CIPHER_AES_128_CBC, 16, 16},
    {TEXT("\x60\x86\x48\x01\x65\x03\x04\x01\x16"), MBEDTLS_CIPHER_AES_192_CBC, 24, 16},
    {TEXT("\x60\x86\x48\x01\x65\x03\x04\x01\x2A"), MBEDTLS_CIPHER_AES_256_CBC, 32, 16},
    {TEXT("\x2A\x86\x48\x86\xF7\x0D\x03\x07"), MBEDTLS_CIPHER_DES_EDE3_CBC, 24, 8},
};
/* pbeWithSHAAnd3-KeyTripleDES-CBC and pbeWithSHAAnd2-KeyTripleDES-CBC (RFC 7292 C) */
static const cipher_row old_ciphers[] = {
    {TEXT("\x2A\x86\x48\x86\xF7\x0D\x01\x0C\x01\x03"), MBEDTLS_CIPHER_DES_EDE3_CBC, 24, 8},
    {TEXT("\x2A\x86\x48\x86\xF7\x0D\x01\x0C\x01\x04"), MBEDTLS_CIPHER_DES_EDE_CBC, 16, 8},
};

static const cipher_row *find_cipher(const cipher_row *rows, size_t count, fv_bytes oid)
{
    for (size_t i = 0; i < count; i++) {
        if (fv_bytes_equal(rows[i].oid, oid))
            return &rows[i];
    }
    return NULL;
}

static const mbedtls_md_info_t *find_digest(fv_bytes oid, bool is_hmac)
{
    for (size_t i = 0; i < COUNT(digests); i++) {
        if (fv_bytes_equal(is_hmac ? digests[i].hmac_oid : digests[i].oid, oid))
            return mbedtls_md_info_from_type(digests[i].type);
    }
    return NULL;
}

/* ---- passwords ---- */

/* Reads one character of UTF-8 below U+10000. */
static bool take_character(const char **text, uint32_t *out)
{
    const unsigned char *c = (const unsigned char *)*text;
    size_t more = c[0] < 0x80 ? 0 : (c[0] & 0xE0) == 0xC0 ? 1 : (c[0] & 0xF0) == 0xE0 ? 2 : 9;
    static const unsigned char masks[] = {0x7F, 0x1F, 0x0F};
    if (more > 2)
        return false;
    *out = c[0] & masks[more];
    for (size_t i = 1; i <= more; i++) {
        if ((c[i] & 0xC0) != 0x80)
            return false;
        *out = *out << 6 | (c[i] & 0x3FU);
    }
    *text += more + 1;
    return true;
}

bool fv_p12_password_init(fv_p12_password *password, const char *text)
{
    uint32_t character;
    *password = (fv_p12_password){.text = text};
    if (text == NULL)
        return true;
    while (*text != '\0') {
        if (password->bmp_len + 4 > sizeof(password->bmp) || !take_character(&text, &character))
            return false;
        password->bmp[password->bmp_len++] = (uint8_t)(character >> 8);
        password->bmp[password->bmp_len++] = (uint8_t)character;
    }
    password->bmp_len += 2; /* the zero that ends it is part of it */
    return true;
}

/* ---- keys ---- */

enum { DERIVE_KEY = 1, DERIVE_IV = 2, DERIVE_MAC = 3 }; /* RFC 7292 B.3 */

static bool derive(const fv_p12_password *password, fv_bytes salt, mbedtls_md_type_t digest, int id,
                   int rounds, uint8_t *out, size_t len)
{
    return mbedtls_pkcs12_derivation(out, len, password->text == NULL ? NULL : password->bmp,
                                     password->bmp_len, salt.data, salt.len, digest, id,
                                     rounds) == 0;
}

static bool derive_pbkdf2(const fv_p12_password *password, fv_bytes salt,
                          const mbedtls_md_info_t *digest, int rounds, uint8_t *out, size_t len)
{
    const char *text = password->text == NULL ? "" : password->text;
    return fv_compat_pbkdf2(digest, (const uint8_t *)text, strlen(text), salt.data, salt.len,
                            (unsigned)rounds, out, len) == 0;
}

/* ---- decryption ---- */

typedef struct cipher_key {
    const cipher_row *row;
    uint8_t key[32], iv[16];
} cipher_key;

static fv_p12_result read_old(fv_bytes oid, fv_cursor parameters, const fv_p12_password *password,
                              uint64_t *left, cipher_key *out)
{
    fv_bytes salt;
    int rounds;
    out->row = find_cipher(old_ciphers, COUNT(old_ciphers), oid);
    if (out->row == NULL)
        return FV_P12_UNKNOWN;
    if (!fv_p12_take_bytes(&parameters, FV_P12_OCTETS, &salt) ||
        !take_rounds(&parameters, left, &rounds))
        return FV_P12_DAMAGED;
    bool is_ok =
        derive(password, salt, MBEDTLS_MD_SHA1, DERIVE_KEY, rounds, out->key, out->row->key_len) &&
        derive(password, salt, MBEDTLS_MD_SHA1, DERIVE_IV, rounds, out->iv, out->row->iv_len);
    return is_ok ? FV_P12_OK : FV_P12_UNKNOWN;
}

/* PBKDF2-params ::= SEQUENCE { salt, iterationCount, keyLength OPTIONAL, prf DEFAULT hmacWithSHA1 }
 */
static fv_p12_result read_pbkdf2(fv_cursor parameters, const fv_p12_password *password,
                                 uint64_t *left, cipher_key *out)
{
    fv_bytes salt, oid = digests[0].hmac_oid;
    fv_cursor prf;
    uint64_t key_len;
    int rounds;
    if (!fv_p12_take_bytes(&parameters, FV_P12_OCTETS, &salt) ||
        !take_rounds(&parameters, left, &rounds))
        return FV_P12_DAMAGED;
    (void)take_count(&parameters, &key_len); /* that of the cipher decides */
    if (fv_p12_take(&parameters, FV_P12_SEQUENCE, &prf) &&
        !fv_p12_take_bytes(&prf, FV_P12_OID, &oid))
        return FV_P12_DAMAGED;
    const mbedtls_md_info_t *digest = find_digest(oid, true);
    if (digest == NULL)
        return FV_P12_UNKNOWN;
    return derive_pbkdf2(password, salt, digest, rounds, out->key, out->row->key_len)
               ? FV_P12_OK
               : FV_P12_UNKNOWN;
}

static fv_p12_result read_pbes2(fv_cursor parameters, const fv_p12_password *password,
                                uint64_t *left, cipher_key *out)
{
    fv_cursor function, cipher, inside;
    fv_bytes function_oid, cipher_oid, iv;
    if (!fv_p12_take(&parameters, FV_P12_SEQUENCE, &function) ||
        !fv_p12_take_bytes(&function, FV_P12_OID, &function_oid) ||
        !fv_p12_take(&function, FV_P12_SEQUENCE, &inside) ||
        !fv_p12_take(&parameters, FV_P12_SEQUENCE, &cipher) ||
        !fv_p12_take_bytes(&cipher, FV_P12_OID, &cipher_oid))
        return FV_P12_DAMAGED;
    out->row = find_cipher(ciphers, COUNT(ciphers), cipher_oid);
    if (out->row == NULL ||
        !FV_P12_IS_OID(function_oid, "\x2A\x86\x48\x86\xF7\x0D\x01\x05\x0C")) { /* PBKDF2 */
        return FV_P12_UNKNOWN;
    }
    if (!fv_p12_take_bytes(&cipher, FV_P12_OCTETS, &iv) || iv.len != out->row->iv_len)
        return FV_P12_DAMAGED;
    memcpy(out->iv, iv.data, iv.len);
    return read_pbkdf2(inside, password, left, out);
}

static fv_p12_result run_cipher(const cipher_key *key, fv_bytes encrypted, uint8_t *out,
                                size_t *out_len)
{
    mbedtls_cipher_context_t context;
    fv_p12_result result = FV_P12_UNKNOWN;
    if (encrypted.len == 0 || encrypted.len % key->row->iv_len != 0)
        return FV_P12_DAMAGED;
    mbedtls_cipher_init(&context);
    if (mbedtls_cipher_setup(&context, mbedtls_cipher_info_from_type(key->row->type)) == 0 &&
        mbedtls_cipher_set_padding_mode(&context, MBEDTLS_PADDING_PKCS7) == 0 && /* 3.6 has none */
        mbedtls_cipher_setkey(&context, key->key, (int)key->row->key_len * 8, MBEDTLS_DECRYPT) ==
            0) {
        result = mbedtls_cipher_crypt(&context, key->iv, key->row->iv_len, encrypted.data,
                                      encrypted.len, out, out_len) == 0
                     ? FV_P12_OK
                     : FV_P12_WRONG; /* the padding does not fit */
    }
    mbedtls_cipher_free(&context);
    return result;
}

fv_p12_result fv_p12_decrypt(fv_cursor algorithm, const fv_p12_password *password,
                             fv_bytes encrypted, uint64_t *left, uint8_t *out, size_t *out_len)
{
    fv_cursor inside, parameters;
    fv_bytes oid;
    cipher_key key = {0};
    if (!fv_p12_take(&algorithm, FV_P12_SEQUENCE, &inside) ||
        !fv_p12_take_bytes(&inside, FV_P12_OID, &oid) ||
        !fv_p12_take(&inside, FV_P12_SEQUENCE, &parameters))
        return FV_P12_DAMAGED;
    bool is_pbes2 = FV_P12_IS_OID(oid, "\x2A\x86\x48\x86\xF7\x0D\x01\x05\x0D");
    fv_p12_result result = is_pbes2 ? read_pbes2(parameters, password, left, &key)
                                    : read_old(oid, parameters, password, left, &key);
    if (result == FV_P12_OK)
        result = run_cipher(&key, encrypted, out, out_len);
    mbedtls_platform_zeroize(&key, sizeof(key));
    return result;
}

/* ---- the MAC ---- */

/* MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 } */
fv_p12_result fv_p12_check_mac(fv_cursor mac, const fv_p12_password *password, fv_bytes content,
                               uint64_t *left)
{
    fv_cursor inside, info, algorithm;
    fv_bytes oid, wanted, salt;
    uint8_t key[MBEDTLS_MD_MAX_SIZE], found[MBEDTLS_MD_MAX_SIZE];
    int rounds = 1;
    if (!fv_p12_take(&mac, FV_P12_SEQUENCE, &inside) ||
        !fv_p12_take(&inside, FV_P12_SEQUENCE, &info) ||
        !fv_p12_take(&info, FV_P12_SEQUENCE, &algorithm) ||
        !fv_p12_take_bytes(&algorithm, FV_P12_OID, &oid) ||
        !fv_p12_take_bytes(&info, FV_P12_OCTETS, &wanted) ||
        !fv_p12_take_bytes(&inside, FV_P12_OCTETS, &salt) ||
        (fv_cursor_left(&inside) > 0 && !take_rounds(&inside, left, &rounds)))
        return FV_P12_DAMAGED;
    const mbedtls_md_info_t *digest = find_digest(oid, false);
    if (digest == NULL)
        return FV_P12_UNKNOWN;
    size_t len = mbedtls_md_get_size(digest);
    bool is_done =
        derive(password, salt, mbedtls_md_get_type(digest), DERIVE_MAC, rounds, key, len) &&
        mbedtls_md_hmac(digest, key, len, content.data, content.len, found) == 0;
    mbedtls_platform_zeroize(key, sizeof(key));
    if (!is_done)
        return FV_P12_UNKNOWN;
    bool is_same = wanted.len == len && memcmp(wanted.data, found, len) == 0;
    return is_same ? FV_P12_OK : FV_P12_WRONG;
}
