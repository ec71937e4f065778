#include "x509/algorithm.h"

#include "x509/der.h"
#include "x509/oid.h"

#include <string.h>

/* Packs kind and hash into one value, because a row of the OID table holds only one. */
#define PACK(kind, hash) ((kind)*16 + (hash))
#define RSA(hash) PACK(FV_SIGNATURE_RSA_PKCS1, hash)
#define ECDSA(hash) PACK(FV_SIGNATURE_ECDSA, hash)
#define DSA(hash) PACK(FV_SIGNATURE_DSA, hash)
#define PKCS1 "\x2A\x86\x48\x86\xF7\x0D\x01\x01"
#define X9_62 "\x2A\x86\x48\xCE\x3D\x04"
#define NIST "\x60\x86\x48\x01\x65\x03\x04"

static const fv_oid_entry algorithms[] = {
    {9, PKCS1 "\x0B", RSA(FV_HASH_SHA256)},
    {8, X9_62 "\x03\x02", ECDSA(FV_HASH_SHA256)},
    {8, X9_62 "\x03\x03", ECDSA(FV_HASH_SHA384)},
    {9, PKCS1 "\x0C", RSA(FV_HASH_SHA384)},
    {9, PKCS1 "\x0D", RSA(FV_HASH_SHA512)},
    {9, PKCS1 "\x0A", PACK(FV_SIGNATURE_RSA_PSS, FV_HASH_NONE)},
    {3, "\x2B\x65\x70", PACK(FV_SIGNATURE_ED25519, FV_HASH_NONE)},
    {3, "\x2B\x65\x71", PACK(FV_SIGNATURE_ED448, FV_HASH_NONE)},
    {8, X9_62 "\x03\x04", ECDSA(FV_HASH_SHA512)},
    {8, X9_62 "\x03\x01", ECDSA(FV_HASH_SHA224)},
    {7, X9_62 "\x01", ECDSA(FV_HASH_SHA1)},
    {9, PKCS1 "\x05", RSA(FV_HASH_SHA1)},
    {5, "\x2B\x0E\x03\x02\x1D", RSA(FV_HASH_SHA1)},
    {9, PKCS1 "\x04", RSA(FV_HASH_MD5)},
    {9, PKCS1 "\x02", RSA(FV_HASH_MD2)},
    {9, PKCS1 "\x0E", RSA(FV_HASH_SHA224)},
    {9, PKCS1 "\x0F", RSA(FV_HASH_OTHER)}, /* SHA-512/224 */
    {9, PKCS1 "\x10", RSA(FV_HASH_OTHER)}, /* SHA-512/256 */
    {7, "\x2A\x86\x48\xCE\x38\x04\x03", DSA(FV_HASH_SHA1)},
    {9, NIST "\x03\x01", DSA(FV_HASH_SHA224)},
    {9, NIST "\x03\x02", DSA(FV_HASH_SHA256)},
    {9, NIST "\x03\x03", DSA(FV_HASH_SHA384)},
    {9, NIST "\x03\x04", DSA(FV_HASH_SHA512)},
    {9, NIST "\x03\x09", ECDSA(FV_HASH_SHA3)},
    {9, NIST "\x03\x0A", ECDSA(FV_HASH_SHA3)},
    {9, NIST "\x03\x0B", ECDSA(FV_HASH_SHA3)},
    {9, NIST "\x03\x0C", ECDSA(FV_HASH_SHA3)},
    {9, NIST "\x03\x0D", RSA(FV_HASH_SHA3)},
    {9, NIST "\x03\x0E", RSA(FV_HASH_SHA3)},
    {9, NIST "\x03\x0F", RSA(FV_HASH_SHA3)},
    {9, NIST "\x03\x10", RSA(FV_HASH_SHA3)},
};

static const fv_oid_entry hashes[] = {
    {9, NIST "\x02\x01", FV_HASH_SHA256},      {9, NIST "\x02\x02", FV_HASH_SHA384},
    {9, NIST "\x02\x03", FV_HASH_SHA512},      {9, NIST "\x02\x04", FV_HASH_SHA224},
    {5, "\x2B\x0E\x03\x02\x1A", FV_HASH_SHA1}, {8, "\x2A\x86\x48\x86\xF7\x0D\x02\x05", FV_HASH_MD5},
};

#define FIND(table, oid, fallback)                                                                 \
    fv_oid_find(table, sizeof(table) / sizeof(table[0]), oid, fallback)

/* SEQUENCE { OID, parameters OPTIONAL } */
static bool split(fv_bytes whole, fv_bytes *out_oid, fv_bytes *out_parameters)
{
    fv_der element;
    fv_cursor inside;
    if (!fv_der_read_only(whole, FV_DER_SEQUENCE, &element))
        return false;
    fv_cursor_init(&inside, element.value);
    if (!fv_der_read_tag(&inside, FV_DER_OID, &element) || element.value.len == 0)
        return false;
    *out_oid = element.value;
    *out_parameters = (fv_bytes){NULL, 0};
    if (fv_cursor_left(&inside) == 0)
        return true;
    if (!fv_der_read(&inside, &element))
        return false;
    *out_parameters = element.whole;
    return fv_cursor_left(&inside) == 0;
}

static bool is_null(fv_bytes parameters)
{
    return parameters.len == 2 && parameters.data[0] == FV_DER_NULL && parameters.data[1] == 0;
}

/* Reads a hash algorithm in RSASSA-PSS parameters. RFC 4055 2.1: its own parameters may be NULL or
 * absent. */
static bool read_hash(fv_bytes whole, fv_hash *out)
{
    fv_bytes oid, parameters;
    if (!split(whole, &oid, &parameters) || (parameters.len > 0 && !is_null(parameters)))
        return false;
    *out = (fv_hash)FIND(hashes, oid, FV_HASH_OTHER);
    return true;
}

static bool read_mgf1_hash(fv_bytes whole, fv_hash *out)
{
    static const char mgf1[] = PKCS1 "\x08";
    fv_bytes oid, parameters;
    return split(whole, &oid, &parameters) && fv_oid_equal(oid, FV_OID(mgf1)) &&
           read_hash(parameters, out);
}

static bool read_number(fv_bytes whole, uint32_t *out)
{
    fv_der number;
    return fv_der_read_only(whole, FV_DER_INTEGER, &number) &&
           fv_der_integer_is_minimal(number.value) && fv_der_integer_to_u32(number.value, out);
}

/* RFC 4055 3.1: hash [0], mask generation [1], salt length [2] and trailer [3]. Each may be absent
 * and then has its default. */
static bool read_pss(fv_bytes parameters, fv_algorithm *out)
{
    fv_der element;
    fv_cursor inside;
    uint32_t trailer = 1;
    out->hash = FV_HASH_SHA1;
    out->mgf1_hash = FV_HASH_SHA1;
    out->salt_length = 20;
    if (!fv_der_read_only(parameters, FV_DER_SEQUENCE, &element))
        return false;
    fv_cursor_init(&inside, element.value);
    if (fv_der_read_tag(&inside, FV_DER_CONTEXT_CONSTRUCTED + 0, &element) &&
        !read_hash(element.value, &out->hash))
        return false;
    if (fv_der_read_tag(&inside, FV_DER_CONTEXT_CONSTRUCTED + 1, &element) &&
        !read_mgf1_hash(element.value, &out->mgf1_hash))
        return false;
    if (fv_der_read_tag(&inside, FV_DER_CONTEXT_CONSTRUCTED + 2, &element) &&
        !read_number(element.value, &out->salt_length))
        out->has_impossible_pss = true;
    if (fv_der_read_tag(&inside, FV_DER_CONTEXT_CONSTRUCTED + 3, &element) &&
        (!read_number(element.value, &trailer) || trailer != 1))
        out->has_impossible_pss = true;
    return !out->has_impossible_pss && fv_cursor_left(&inside) == 0;
}

bool fv_algorithm_read_pss(fv_bytes parameters, fv_algorithm *out)
{
    return read_pss(parameters, out);
}

bool fv_algorithm_fits_key(const fv_algorithm *algorithm, const fv_subject_key *key)
{
    if (key->type != FV_KEY_RSA_PSS)
        return true;
    if (algorithm->kind != FV_SIGNATURE_RSA_PSS)
        return false;
    return !key->has_pss_parameters ||
           (algorithm->hash == key->pss_hash && algorithm->mgf1_hash == key->pss_mgf1_hash &&
            algorithm->salt_length >= key->pss_salt_length);
}

/* RFC 4055 5: RSA has NULL. RFC 5758 3, RFC 8410 3: the others have none. */
static bool check_parameters(fv_algorithm *algorithm)
{
    if (algorithm->kind == FV_SIGNATURE_RSA_PSS)
        return read_pss(algorithm->parameters, algorithm);
    if (algorithm->kind == FV_SIGNATURE_RSA_PKCS1)
        return is_null(algorithm->parameters);
    return algorithm->kind == FV_SIGNATURE_OTHER || algorithm->parameters.len == 0;
}

void fv_algorithm_decode(fv_bytes whole, fv_algorithm *out)
{
    memset(out, 0, sizeof(*out));
    out->der = whole;
    out->presence = FV_MALFORMED;
    if (!split(whole, &out->oid, &out->parameters))
        return;
    int packed = FIND(algorithms, out->oid, PACK(FV_SIGNATURE_OTHER, FV_HASH_NONE));
    out->presence = FV_KNOWN;
    out->kind = (fv_signature_kind)(packed / 16);
    out->hash = (fv_hash)(packed % 16);
    out->has_proper_parameters = check_parameters(out);
}

static const char *const rsa_texts[] = {
    "RSA",        "RSA-MD2",    "RSA-MD5",    "RSA-SHA1", "RSA-SHA224",
    "RSA-SHA256", "RSA-SHA384", "RSA-SHA512", "RSA-SHA3", "RSA with another hash",
};
static const char *const pss_texts[] = {
    "RSASSA-PSS",        "RSASSA-PSS-MD2",
    "RSASSA-PSS-MD5",    "RSASSA-PSS-SHA1",
    "RSASSA-PSS-SHA224", "RSASSA-PSS-SHA256",
    "RSASSA-PSS-SHA384", "RSASSA-PSS-SHA512",
    "RSASSA-PSS-SHA3",   "RSASSA-PSS with another hash",
};
static const char *const ecdsa_texts[] = {
    "ECDSA",        "ECDSA-MD2",    "ECDSA-MD5",    "ECDSA-SHA1", "ECDSA-SHA224",
    "ECDSA-SHA256", "ECDSA-SHA384", "ECDSA-SHA512", "ECDSA-SHA3", "ECDSA with another hash",
};
static const char *const dsa_texts[] = {
    "DSA",        "DSA-MD2",    "DSA-MD5",    "DSA-SHA1", "DSA-SHA224",
    "DSA-SHA256", "DSA-SHA384", "DSA-SHA512", "DSA-SHA3", "DSA with another hash",
};

const char *fv_algorithm_to_text(const fv_algorithm *algorithm)
{
    switch (algorithm->kind) {
    case FV_SIGNATURE_RSA_PKCS1:
        return rsa_texts[algorithm->hash];
    case FV_SIGNATURE_RSA_PSS:
        return pss_texts[algorithm->hash];
    case FV_SIGNATURE_ECDSA:
        return ecdsa_texts[algorithm->hash];
    case FV_SIGNATURE_DSA:
        return dsa_texts[algorithm->hash];
    case FV_SIGNATURE_ED25519:
        return "Ed25519";
    case FV_SIGNATURE_ED448:
        return "Ed448";
    case FV_SIGNATURE_OTHER:
        break;
    }
    return "unknown algorithm";
}
