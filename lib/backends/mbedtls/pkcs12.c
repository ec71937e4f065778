/* Reads the certificates of a PKCS #12 file (RFC 7292). libmbedcrypto decrypts them. The keys in
 * the file are not opened. */
#include "base/buf.h"
#include "base/error.h"
#include "base/pem.h"
#include "base/secret.h"
#include "base/text.h"
#include "fedval/mbedtls.h"
#include "pkcs12_scheme.h"

#include <mbedtls/platform_util.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_FILE = 16 << 20,
    /* Of a whole file, as with OpenSSL: programs write 2,048 to 600,000 at each of a few places. */
    MAX_ROUNDS = 5000000,
    MAX_DEPTH = 8,
};

static const char data_oid[] = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01";
static const char encrypted_oid[] = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x06";
static const char cert_bag[] = "\x2A\x86\x48\x86\xF7\x0D\x01\x0C\x0A\x01\x03";
static const char contents_bag[] = "\x2A\x86\x48\x86\xF7\x0D\x01\x0C\x0A\x01\x06";
static const char x509_oid[] = "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x16\x01";
static const char local_key_oid[] = "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x15";

/* What is read from a file. */
typedef struct contents {
    const fv_p12_password *password;
    uint64_t left;      /* rounds that the file may still ask for */
    fv_buf own, others; /* PEM; `own` is the certificate that says which key is its own */
    bool is_plain;      /* nothing that is encrypted is decrypted: the password is not known */
    bool was_encrypted;
} contents;

/* ---- bags ---- */

/* Returns whether one of the bag's attributes says which key it belongs to. */
static bool has_local_key(fv_cursor bag)
{
    fv_cursor attributes, attribute;
    fv_bytes oid;
    if (!fv_p12_take(&bag, FV_P12_SET, &attributes))
        return false;
    while (fv_p12_take(&attributes, FV_P12_SEQUENCE, &attribute)) {
        if (fv_p12_take_bytes(&attribute, FV_P12_OID, &oid) && FV_P12_IS_OID(oid, local_key_oid))
            return true;
    }
    return false;
}

/* CertBag ::= SEQUENCE { certId, certValue [0] EXPLICIT OCTET STRING }; SDSI certificates are
 * passed over. */
static bool take_certificate(contents *self, fv_cursor value, bool is_own)
{
    fv_cursor bag, inside;
    fv_bytes oid, der;
    if (!fv_p12_take(&value, FV_P12_SEQUENCE, &bag) || !fv_p12_take_bytes(&bag, FV_P12_OID, &oid))
        return false;
    if (!FV_P12_IS_OID(oid, x509_oid))
        return true;
    if (!fv_p12_take(&bag, FV_P12_EXPLICIT, &inside) ||
        !fv_p12_take_bytes(&inside, FV_P12_OCTETS, &der))
        return false;
    fv_pem_append(is_own && self->own.len == 0 ? &self->own : &self->others, der);
    return true;
}

/* SafeContents ::= SEQUENCE OF SafeBag. A bag can hold bags. */
static fv_p12_result take_bags(contents *self, fv_cursor safe, int depth)
{
    fv_cursor bags, bag, value;
    fv_bytes oid;
    fv_p12_result result = FV_P12_OK;
    if (depth == MAX_DEPTH || !fv_p12_take(&safe, FV_P12_SEQUENCE, &bags))
        return FV_P12_DAMAGED;
    while (result == FV_P12_OK && fv_cursor_left(&bags) > 0) {
        if (!fv_p12_take(&bags, FV_P12_SEQUENCE, &bag) ||
            !fv_p12_take_bytes(&bag, FV_P12_OID, &oid) ||
            !fv_p12_take(&bag, FV_P12_EXPLICIT, &value))
            return FV_P12_DAMAGED;
        if (FV_P12_IS_OID(oid, contents_bag))
            result = take_bags(self, value, depth + 1);
        else if (FV_P12_IS_OID(oid, cert_bag) && !take_certificate(self, value, has_local_key(bag)))
            result = FV_P12_DAMAGED;
    }
    return result;
}

/* ---- safes ---- */

/* EncryptedData ::= SEQUENCE { version, SEQUENCE { contentType, AlgorithmIdentifier, [0] } } */
static fv_p12_result take_encrypted(contents *self, fv_cursor value)
{
    fv_cursor data, content, algorithm, safe;
    fv_bytes version, oid, encrypted;
    size_t len = 0;
    self->was_encrypted = true;
    if (self->is_plain)
        return FV_P12_OK;
    if (!fv_p12_take(&value, FV_P12_SEQUENCE, &data) ||
        !fv_p12_take_bytes(&data, FV_P12_INTEGER, &version) ||
        !fv_p12_take(&data, FV_P12_SEQUENCE, &content) ||
        !fv_p12_take_bytes(&content, FV_P12_OID, &oid))
        return FV_P12_DAMAGED;
    fv_cursor at_algorithm = content;
    if (!fv_p12_take(&content, FV_P12_SEQUENCE, &algorithm) ||
        !fv_p12_take_bytes(&content, FV_P12_CONTENT, &encrypted))
        return FV_P12_DAMAGED;
    uint8_t *plain = malloc(encrypted.len + 32); /* the library writes up to one block more */
    if (plain == NULL)
        return FV_P12_NO_MEMORY;
    fv_p12_result result =
        fv_p12_decrypt(at_algorithm, self->password, encrypted, &self->left, plain, &len);
    if (result == FV_P12_OK) {
        fv_cursor_init(&safe, (fv_bytes){plain, len});
        result = take_bags(self, safe, 0);
    }
    mbedtls_platform_zeroize(plain, encrypted.len + 32);
    free(plain);
    return result;
}

static fv_p12_result take_safe(contents *self, fv_cursor info)
{
    fv_cursor value, safe;
    fv_bytes oid, data;
    if (!fv_p12_take_bytes(&info, FV_P12_OID, &oid) || !fv_p12_take(&info, FV_P12_EXPLICIT, &value))
        return FV_P12_DAMAGED;
    if (FV_P12_IS_OID(oid, encrypted_oid))
        return take_encrypted(self, value);
    if (!FV_P12_IS_OID(oid, data_oid))
        return FV_P12_UNKNOWN; /* encrypted to somebody's public key */
    if (!fv_p12_take_bytes(&value, FV_P12_OCTETS, &data))
        return FV_P12_DAMAGED;
    fv_cursor_init(&safe, data);
    return take_bags(self, safe, 0);
}

/* AuthenticatedSafe ::= SEQUENCE OF ContentInfo */
static fv_p12_result take_safes(contents *self, fv_bytes authenticated)
{
    fv_cursor outer, safes, info;
    fv_p12_result result = FV_P12_OK;
    fv_cursor_init(&outer, authenticated);
    if (!fv_p12_take(&outer, FV_P12_SEQUENCE, &safes))
        return FV_P12_DAMAGED;
    while (result == FV_P12_OK && fv_cursor_left(&safes) > 0) {
        result =
            fv_p12_take(&safes, FV_P12_SEQUENCE, &info) ? take_safe(self, info) : FV_P12_DAMAGED;
    }
    return result;
}

/* ---- the file ---- */

typedef struct pfx {
    fv_bytes safes;
    fv_cursor mac; /* at the MacData; nothing is left: it has none */
} pfx;

/* PFX ::= SEQUENCE { version INTEGER (3), authSafe ContentInfo, macData MacData OPTIONAL } */
static bool read_pfx(const uint8_t *data, size_t len, pfx *out)
{
    fv_cursor outer, inside, info, value;
    fv_bytes version, oid;
    fv_cursor_init(&outer, (fv_bytes){data, len});
    if (!fv_p12_take(&outer, FV_P12_SEQUENCE, &inside) ||
        !fv_p12_take_bytes(&inside, FV_P12_INTEGER, &version) || version.len != 1 ||
        version.data[0] != 3 || !fv_p12_take(&inside, FV_P12_SEQUENCE, &info) ||
        !fv_p12_take_bytes(&info, FV_P12_OID, &oid) || !FV_P12_IS_OID(oid, data_oid) ||
        !fv_p12_take(&info, FV_P12_EXPLICIT, &value) ||
        !fv_p12_take_bytes(&value, FV_P12_OCTETS, &out->safes))
        return false;
    out->mac = inside;
    return true;
}

/* A file that is meant for others often has no password. There are two ways to write that: the
 * empty password and none at all. */
static fv_p12_result find_password(const pfx *file, const char *given, fv_p12_password *password,
                                   uint64_t *left)
{
    const char *tries[] = {given != NULL ? given : "", NULL};
    size_t num_tries = given != NULL ? 1 : 2;
    fv_p12_result result = FV_P12_OK;
    for (size_t i = 0; i < num_tries; i++) {
        if (!fv_p12_password_init(password, tries[i]))
            return FV_P12_UNKNOWN;
        if (fv_cursor_left(&file->mac) == 0)
            return FV_P12_OK;
        result = fv_p12_check_mac(file->mac, password, file->safes, left);
        if (result != FV_P12_WRONG)
            return result;
    }
    return result;
}

/* Reads what is not encrypted, for which no password is needed, where that is all there is. */
static bool take_plain(contents *self, const pfx *file)
{
    self->is_plain = true;
    return take_safes(self, file->safes) == FV_P12_OK && !self->was_encrypted &&
           self->own.len + self->others.len > 0;
}

static fv_p12_result read_contents(contents *self, const pfx *file, const char *given)
{
    fv_p12_password password;
    self->password = &password;
    fv_p12_result result = find_password(file, given, &password, &self->left);
    if (result == FV_P12_OK)
        result = take_safes(self, file->safes);
    else if (result == FV_P12_WRONG && given == NULL && take_plain(self, file))
        result = FV_P12_OK;
    mbedtls_platform_zeroize(&password, sizeof(password));
    return result;
}

static fedval_status fail(fedval_error *error, fedval_status status, const char *message)
{
    fv_error_set(error, message);
    return status;
}

static fedval_status tell(fv_p12_result result, bool is_given, fedval_error *error)
{
    switch (result) {
    case FV_P12_OK:
        return FEDVAL_OK;
    case FV_P12_WRONG:
        return fail(error, FEDVAL_ERROR_STATE,
                    is_given ? "a PKCS #12 file, which this password does not open"
                             : "a PKCS #12 file, which has to be opened with its password");
    case FV_P12_UNKNOWN:
        return fail(error, FEDVAL_ERROR_SYNTAX,
                    "a PKCS #12 file with contents that mbedTLS cannot open, such as RC2, PBMAC1 "
                    "or a password of more than 31 characters: openssl pkcs12 -legacy -in FILE "
                    "-nokeys -out FILE.pem");
    case FV_P12_DAMAGED:
        return fail(error, FEDVAL_ERROR_SYNTAX,
                    "a PKCS #12 file that is damaged, is no DER, or asks for too much work to open "
                    "it");
    case FV_P12_NO_MEMORY:
        return FEDVAL_ERROR_NO_MEMORY;
    }
    return FEDVAL_ERROR_SYNTAX;
}

/* Puts the own certificate first. */
static fedval_status hand_over(contents *self, char **out_pem, size_t *out_len)
{
    fv_buf_append(&self->own, self->others.data, self->others.len);
    self->own.failed |= self->others.failed;
    char *pem = fv_buf_take(&self->own, out_len);
    if (pem == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *out_pem = pem;
    return FEDVAL_OK;
}

fedval_status fedval_mbedtls_pkcs12_open(const void *data, size_t data_len, const char *password,
                                         size_t password_len, char **out_pem, size_t *out_pem_len,
                                         fedval_error *error)
{
    pfx file;
    contents self = {.left = MAX_ROUNDS};
    fv_error_reset(error);
    fv_text given = fv_text_given(password, password_len);
    if (data == NULL || out_pem == NULL || out_pem_len == NULL || fv_text_has_nul(given))
        return FEDVAL_ERROR_ARGUMENT;
    if (data_len > MAX_FILE || !read_pfx(data, data_len, &file))
        return fail(error, FEDVAL_ERROR_NOT_FOUND, "no PKCS #12 file");
    char *copy = given.data != NULL ? fv_secret_copy(given.data, given.len) : NULL;
    if (copy == NULL && given.data != NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_buf_init(&self.own);
    fv_buf_init(&self.others);
    fedval_status status = tell(read_contents(&self, &file, copy), copy != NULL, error);
    fv_secret_free(copy, given.len);
    if (status == FEDVAL_OK && self.own.len + self.others.len == 0)
        status = fail(error, FEDVAL_ERROR_SYNTAX, "a PKCS #12 file without a certificate");
    if (status == FEDVAL_OK)
        status = hand_over(&self, out_pem, out_pem_len);
    fv_buf_clear(&self.own);
    fv_buf_clear(&self.others);
    return status;
}
