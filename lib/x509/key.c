#include "x509/algorithm.h"

#include "x509/curve.h"
#include "x509/der.h"
#include "x509/oid.h"

#include <string.h>

static const fv_oid_entry key_types[] = {
    {9, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01", FV_KEY_RSA},
    {7, "\x2A\x86\x48\xCE\x3D\x02\x01", FV_KEY_EC},
    {9, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A", FV_KEY_RSA_PSS},
    {3, "\x2B\x65\x70", FV_KEY_ED25519},
    {3, "\x2B\x65\x71", FV_KEY_ED448},
    {3, "\x2B\x65\x6E", FV_KEY_X25519},
    {3, "\x2B\x65\x6F", FV_KEY_X448},
    {7, "\x2A\x86\x48\xCE\x38\x04\x01", FV_KEY_DSA},
};

static const fv_oid_entry curves[] = {
    {8, "\x2A\x86\x48\xCE\x3D\x03\x01\x07", FV_CURVE_P256},
    {5, "\x2B\x81\x04\x00\x22", FV_CURVE_P384},
    {5, "\x2B\x81\x04\x00\x23", FV_CURVE_P521},
    {8, "\x2A\x86\x48\xCE\x3D\x03\x01\x01", FV_CURVE_P192},
    {5, "\x2B\x81\x04\x00\x21", FV_CURVE_P224},
};

/* The OIDs of the other curves that OpenSSL has: the same bytes but for the last, which is in a
 * range. */
static const struct {
    fv_text beginning;
    uint8_t from, to;
} other_curves[] = {
    {{"\x2A\x86\x48\xCE\x3D\x03\x00", 7}, 1, 7}, /* ANSI X9.62, binary fields */
    {{"\x2A\x86\x48\xCE\x3D\x03\x00", 7}, 10, 13},
    {{"\x2A\x86\x48\xCE\x3D\x03\x00", 7}, 16, 20},
    {{"\x2A\x86\x48\xCE\x3D\x03\x01", 7}, 2, 6}, /* ANSI X9.62, prime fields */
    {{"\x2B\x81\x04\x00", 4}, 1, 10},            /* SEC 2 */
    {{"\x2B\x81\x04\x00", 4}, 15, 17},
    {{"\x2B\x81\x04\x00", 4}, 22, 32},
    {{"\x2B\x81\x04\x00", 4}, 36, 39},
    {{"\x2B\x24\x03\x03\x02\x08\x01\x01", 8}, 1, 14}, /* Brainpool, RFC 5639 4.1 */
    {{"\x67\x2B\x01\x04", 4}, 1, 1},                  /* WTLS */
    {{"\x67\x2B\x01\x04", 4}, 3, 12},
    {{"\x2A\x81\x1C\xCF\x55\x01\x82", 7}, 0x2D, 0x2D}, /* SM2 */
};

static const uint16_t curve_bits[] = {
    [FV_CURVE_P192] = 192, [FV_CURVE_P224] = 224, [FV_CURVE_P256] = 256,
    [FV_CURVE_P384] = 384, [FV_CURVE_P521] = 521, [FV_CURVE_EXPLICIT] = 0,
};

#define FIND(table, oid, fallback)                                                                 \
    fv_oid_find(table, sizeof(table) / sizeof(table[0]), oid, fallback)

/* Reads a positive INTEGER, and leaves out its sign byte. */
static bool read_positive(fv_cursor *cursor, fv_bytes *out)
{
    fv_der number;
    if (!fv_der_read_tag(cursor, FV_DER_INTEGER, &number) ||
        !fv_der_integer_is_minimal(number.value) || number.value.data[0] >= 0x80)
        return false;
    if (number.value.data[0] == 0) {
        number.value.data++;
        number.value.len--;
    }
    *out = number.value;
    return number.value.len > 0;
}

static uint32_t count_bits(fv_bytes number)
{
    uint32_t top = 0;
    while (number.len > 0 && top < 8 && number.data[0] >> top != 0)
        top++;
    size_t bits = number.len == 0 ? 0 : (number.len - 1) * 8 + top;
    return bits > UINT32_MAX ? UINT32_MAX : (uint32_t)bits;
}

static bool is_even(fv_bytes number)
{
    return (number.data[number.len - 1] & 1) == 0;
}

static bool is_less(fv_bytes a, fv_bytes b)
{
    return a.len != b.len ? a.len < b.len : memcmp(a.data, b.data, a.len) < 0;
}

/* RFC 8017 3.1: "the RSA public exponent e is an integer between 3 and n - 1". */
static fv_key_fault find_rsa_fault(fv_bytes modulus, fv_bytes exponent)
{
    if (is_even(exponent) || (exponent.len == 1 && exponent.data[0] == 1) ||
        !is_less(exponent, modulus))
        return FV_KEY_FAULT_RSA_EXPONENT;
    return is_even(modulus) ? FV_KEY_FAULT_RSA_MODULUS : FV_KEY_FAULT_NONE;
}

/* RFC 8017 A.1.1: SEQUENCE { modulus, publicExponent } */
static bool read_rsa(fv_subject_key *key)
{
    fv_der sequence;
    fv_cursor inside;
    if (!fv_der_read_only(key->bits_der, FV_DER_SEQUENCE, &sequence))
        return false;
    fv_cursor_init(&inside, sequence.value);
    if (!read_positive(&inside, &key->rsa_modulus) || !read_positive(&inside, &key->rsa_exponent))
        return false;
    key->num_bits = count_bits(key->rsa_modulus);
    key->fault = find_rsa_fault(key->rsa_modulus, key->rsa_exponent);
    return fv_cursor_left(&inside) == 0;
}

static bool read_pss_parameters(fv_bytes parameters, fv_subject_key *key)
{
    fv_algorithm wanted = {0};
    key->has_pss_parameters = parameters.len > 0;
    if (!key->has_pss_parameters)
        return true;
    bool is_read = fv_algorithm_read_pss(parameters, &wanted);
    key->pss_hash = wanted.hash;
    key->pss_mgf1_hash = wanted.mgf1_hash;
    key->pss_salt_length = wanted.salt_length;
    return is_read;
}

static fv_curve find_other_curve(fv_bytes oid)
{
    for (size_t i = 0; i < sizeof(other_curves) / sizeof(other_curves[0]); i++) {
        fv_text beginning = other_curves[i].beginning;
        if (oid.len == beginning.len + 1 && memcmp(oid.data, beginning.data, beginning.len) == 0 &&
            oid.data[beginning.len] >= other_curves[i].from &&
            oid.data[beginning.len] <= other_curves[i].to)
            return FV_CURVE_OTHER;
    }
    return FV_CURVE_UNKNOWN;
}

/* RFC 5480 2.1.1 and 2.2: a named curve, and a point on it, compressed or not. */
static bool read_ec(fv_bytes parameters, fv_subject_key *key)
{
    fv_der curve;
    if (key->bits_der.len < 2)
        return false;
    if (!fv_der_read_only(parameters, FV_DER_OID, &curve)) {
        key->curve = FV_CURVE_EXPLICIT;
        return fv_der_read_only(parameters, FV_DER_SEQUENCE, &curve);
    }
    key->has_bad_oid |= !fv_oid_is_valid(curve.value);
    key->curve = (fv_curve)FIND(curves, curve.value, FV_CURVE_NONE);
    if (key->curve == FV_CURVE_NONE) {
        key->curve = find_other_curve(curve.value);
        return true;
    }
    key->num_bits = curve_bits[key->curve];
    size_t field_len = (key->num_bits + 7) / 8;
    uint8_t form = key->bits_der.data[0];
    size_t num_coordinates = form == 4 ? 2 : 1;
    if (form < 2 || form > 4 || key->bits_der.len != 1 + num_coordinates * field_len)
        return false;
    if (!fv_curve_has_point(key->curve, key->bits_der))
        key->fault = FV_KEY_FAULT_POINT;
    return true;
}

/* RFC 3279 2.3.2: a certificate may leave the parameters out; its issuer's parameters then
 * apply. */
static bool read_dsa(fv_bytes parameters, fv_subject_key *key)
{
    fv_der sequence;
    fv_cursor inside;
    fv_bytes prime;
    if (parameters.len == 0)
        return true;
    if (!fv_der_read_only(parameters, FV_DER_SEQUENCE, &sequence))
        return false;
    fv_cursor_init(&inside, sequence.value);
    if (!read_positive(&inside, &prime))
        return false;
    key->num_bits = count_bits(prime);
    return true;
}

/* RFC 8410 3 and 4: there are no parameters, and the BIT STRING holds the bytes of the key, without
 * any structure. */
static bool read_fixed(fv_bytes parameters, fv_subject_key *key, size_t len, uint32_t num_bits)
{
    key->num_bits = num_bits;
    return parameters.len == 0 && key->bits_der.len == len;
}

/* RFC 3279 2.3.1: "The parameters field MUST have ASN.1 type NULL for this algorithm identifier."
 */
static bool is_null(fv_bytes parameters)
{
    return parameters.len == 2 && parameters.data[0] == FV_DER_NULL && parameters.data[1] == 0;
}

static bool read_material(fv_bytes parameters, fv_subject_key *key)
{
    switch (key->type) {
    case FV_KEY_RSA:
        key->has_odd_parameters = !is_null(parameters);
        return read_rsa(key);
    case FV_KEY_RSA_PSS:
        return read_rsa(key) && read_pss_parameters(parameters, key);
    case FV_KEY_EC:
        return read_ec(parameters, key);
    case FV_KEY_DSA:
        return read_dsa(parameters, key);
    case FV_KEY_ED25519:
    case FV_KEY_X25519:
        return read_fixed(parameters, key, 32, 255);
    case FV_KEY_ED448:
        return read_fixed(parameters, key, 57, 448);
    case FV_KEY_X448:
        return read_fixed(parameters, key, 56, 448);
    case FV_KEY_OTHER:
        break;
    }
    return true;
}

/* SEQUENCE { AlgorithmIdentifier, BIT STRING } */
static bool split(fv_bytes whole, fv_subject_key *out, fv_bytes *out_oid, fv_bytes *out_parameters)
{
    fv_der element;
    fv_cursor inside, algorithm;
    if (!fv_der_read_only(whole, FV_DER_SEQUENCE, &element))
        return false;
    fv_cursor_init(&inside, element.value);
    if (!fv_der_read_tag(&inside, FV_DER_SEQUENCE, &element))
        return false;
    fv_cursor_init(&algorithm, element.value);
    if (!fv_der_read_tag(&inside, FV_DER_BIT_STRING, &element) || fv_cursor_left(&inside) > 0 ||
        element.value.len < 1 || element.value.data[0] != 0)
        return false;
    out->bits_der = (fv_bytes){element.value.data + 1, element.value.len - 1};
    if (!fv_der_read_tag(&algorithm, FV_DER_OID, &element))
        return false;
    *out_oid = element.value;
    *out_parameters = (fv_bytes){NULL, 0};
    if (fv_cursor_left(&algorithm) == 0)
        return true;
    if (!fv_der_read(&algorithm, &element) || fv_cursor_left(&algorithm) > 0)
        return false;
    *out_parameters = element.whole;
    return true;
}

void fv_key_decode(fv_bytes whole, fv_subject_key *out)
{
    fv_subject_key key = {.spki = whole};
    fv_bytes oid, parameters;
    memset(out, 0, sizeof(*out));
    out->presence = FV_MALFORMED;
    out->spki = whole;
    if (!split(whole, &key, &oid, &parameters))
        return;
    key.has_bad_oid = !fv_oid_is_valid(oid);
    key.type = (fv_key_type)FIND(key_types, oid, FV_KEY_OTHER);
    key.presence = FV_KNOWN;
    if (read_material(parameters, &key))
        *out = key;
    else
        out->type = key.type;
    out->has_bad_oid = key.has_bad_oid;
}

const char *fv_key_type_to_text(fv_key_type type)
{
    static const char *const texts[] = {
        [FV_KEY_OTHER] = "unknown", [FV_KEY_RSA] = "RSA",       [FV_KEY_RSA_PSS] = "RSASSA-PSS",
        [FV_KEY_EC] = "EC",         [FV_KEY_DSA] = "DSA",       [FV_KEY_ED25519] = "Ed25519",
        [FV_KEY_ED448] = "Ed448",   [FV_KEY_X25519] = "X25519", [FV_KEY_X448] = "X448",
    };
    return texts[type];
}

const char *fv_curve_to_text(fv_curve curve)
{
    static const char *const texts[] = {
        [FV_CURVE_NONE] = "none",
        [FV_CURVE_P192] = "P-192",
        [FV_CURVE_P224] = "P-224",
        [FV_CURVE_P256] = "P-256",
        [FV_CURVE_P384] = "P-384",
        [FV_CURVE_P521] = "P-521",
        [FV_CURVE_OTHER] = "other",
        [FV_CURVE_UNKNOWN] = "with an unknown curve",
        [FV_CURVE_EXPLICIT] = "explicit parameters",
    };
    return texts[curve];
}
