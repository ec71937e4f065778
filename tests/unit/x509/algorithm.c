#include "build.h"

static fv_algorithm algorithm_of(fv_bytes der)
{
    fv_algorithm algorithm;
    fv_algorithm_decode(der, &algorithm);
    return algorithm;
}

static const struct {
    const char *text;
    bool has_proper_parameters;
    fv_bytes der;
} known[] = {
#define KNOWN(text, is_proper, literal)                                                            \
    {                                                                                              \
        text, is_proper,                                                                           \
        {                                                                                          \
            (const uint8_t *)(literal), sizeof(literal) - 1                                        \
        }                                                                                          \
    }
    KNOWN("RSA-SHA256", true, RSA_SHA256),
    KNOWN("RSA-SHA1", true, RSA_SHA1),
    KNOWN("RSA-MD5", true, "\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x04\x05\x00"),
    KNOWN("RSA-SHA384", false, "\x30\x0B\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0C"),
    KNOWN("ECDSA-SHA256", true, "\x30\x0A\x06\x08\x2A\x86\x48\xCE\x3D\x04\x03\x02"),
    KNOWN("ECDSA-SHA384", false, "\x30\x0C\x06\x08\x2A\x86\x48\xCE\x3D\x04\x03\x03\x05\x00"),
    KNOWN("Ed25519", true, ED25519),
    KNOWN("Ed448", true, "\x30\x05\x06\x03\x2B\x65\x71"),
    KNOWN("unknown algorithm", true, "\x30\x04\x06\x02\x2A\x03"),
    KNOWN("RSASSA-PSS-SHA1", true, "\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A\x30\x00"),
    KNOWN("RSASSA-PSS-SHA1", false, "\x30\x0B\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A"),
};

static void algorithms_are_known_by_oid_and_parameters(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        const fv_algorithm algorithm = algorithm_of(known[i].der);
        assert_int_equal(algorithm.presence, FV_KNOWN);
        assert_string_equal(fv_algorithm_to_text(&algorithm), known[i].text);
        assert_int_equal(algorithm.has_proper_parameters, known[i].has_proper_parameters);
    }
}

#define PSS_SHA256                                                                                 \
    "\x30\x3D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A\x30\x30"                                 \
    "\xA0\x0D\x30\x0B\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01"                                 \
    "\xA1\x1A\x30\x18\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x08"                                 \
    "\x30\x0B\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01"                                         \
    "\xA2\x03\x02\x01\x20"

static void parameters_of_pss_are_read(void **state)
{
    (void)state;
    const fv_algorithm algorithm = algorithm_of(BYTES(PSS_SHA256));
    assert_int_equal(algorithm.presence, FV_KNOWN);
    assert_int_equal(algorithm.kind, FV_SIGNATURE_RSA_PSS);
    assert_int_equal(algorithm.hash, FV_HASH_SHA256);
    assert_int_equal(algorithm.mgf1_hash, FV_HASH_SHA256);
    assert_int_equal(algorithm.salt_length, 32);
    assert_true(algorithm.has_proper_parameters);
}

static void identifiers_that_cannot_be_read_are_malformed(void **state)
{
    (void)state;
    const fv_bytes cases[] = {BYTES(""),
                              BYTES("\x30\x00"),
                              BYTES("\x30\x02\x06\x00"),
                              BYTES("\x30\x05\x06\x01\x2A\x05\x00\x00"),
                              BYTES("\x30\x07\x06\x01\x2A\x05\x00\x05\x00"),
                              BYTES("\x31\x03\x06\x01\x2A")};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(algorithm_of(cases[i]).presence, FV_MALFORMED);
}

/* SEQUENCE { AlgorithmIdentifier, BIT STRING }, contents of both given. */
static fv_subject_key key_of(fv_bytes algorithm, fv_bytes bits)
{
    static build b;
    fv_subject_key key;
    b.len = 0;
    size_t spki = open_tag(&b, FV_DER_SEQUENCE);
    put_tag(&b, FV_DER_SEQUENCE, algorithm.data, algorithm.len);
    size_t string = open_tag(&b, FV_DER_BIT_STRING);
    PUT(&b, "\0");
    put(&b, bits.data, bits.len);
    close_tag(&b, string);
    close_tag(&b, spki);
    fv_key_decode(built(&b), &key);
    return key;
}

#define RSA_OID "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01\x05\x00"
#define EC_OID "\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01"
#define P256 EC_OID "\x06\x08\x2A\x86\x48\xCE\x3D\x03\x01\x07"
#define P521 EC_OID "\x06\x05\x2B\x81\x04\x00\x23"

static void rsa_keys_give_their_numbers(void **state)
{
    (void)state;
    const fv_subject_key key =
        key_of(BYTES(RSA_OID), BYTES("\x30\x0A\x02\x03\x00\x90\x01\x02\x03\x01\x00\x01"));
    assert_int_equal(key.presence, FV_KNOWN);
    assert_int_equal(key.type, FV_KEY_RSA);
    assert_int_equal(key.num_bits, 16);
    assert_true(bytes_equal(key.rsa_modulus, BYTES("\x90\x01")));
    assert_true(bytes_equal(key.rsa_exponent, BYTES("\x01\x00\x01")));
    assert_int_equal(key_of(BYTES(RSA_OID), BYTES("\x30\x07\x02\x02\x10\x00\x02\x01\x03")).num_bits,
                     13);
}

static void an_exponent_is_odd_and_from_3_to_below_the_modulus(void **state)
{
    static const struct {
        const char *exponent;
        bool is_sound;
    } rows[] = {{"\x03", true},  {"\x0F", true},  {"\x01", false},
                {"\x04", false}, {"\x11", false}, {"\x13", false}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t bits[] = "\x30\x06\x02\x01\x11\x02\x01";
        bits[7] = (uint8_t)rows[i].exponent[0];
        const fv_subject_key key = key_of(BYTES(RSA_OID), (fv_bytes){bits, 8});
        assert_int_equal(key.fault,
                         rows[i].is_sound ? FV_KEY_FAULT_NONE : FV_KEY_FAULT_RSA_EXPONENT);
    }
}

static void points_must_fit_their_curve(void **state)
{
    (void)state;
    build point = {.len = 0};
    PUT(&point, "\x04");
    point.len = 65;
    assert_int_equal(key_of(BYTES(P256), built(&point)).presence, FV_KNOWN);
    assert_int_equal(key_of(BYTES(P256), built(&point)).curve, FV_CURVE_P256);
    assert_int_equal(key_of(BYTES(P256), built(&point)).num_bits, 256);
    point.len = 64;
    assert_int_equal(key_of(BYTES(P256), built(&point)).presence, FV_MALFORMED);
    point.len = 133;
    assert_int_equal(key_of(BYTES(P521), built(&point)).num_bits, 521);
    point.data[0] = 2;
    point.len = 33;
    assert_int_equal(key_of(BYTES(P256), built(&point)).presence, FV_KNOWN);
    const fv_subject_key other = key_of(BYTES(EC_OID "\x06\x02\x2A\x03"), built(&point));
    assert_int_equal(other.curve, FV_CURVE_UNKNOWN);
    assert_int_equal(other.presence, FV_KNOWN);
    const fv_subject_key explicit_curve = key_of(BYTES(EC_OID "\x30\x00"), built(&point));
    assert_int_equal(explicit_curve.curve, FV_CURVE_EXPLICIT);
    assert_int_equal(key_of(BYTES(EC_OID), built(&point)).presence, FV_MALFORMED);
}

/* `openssl ecparam -list_curves` has the ones that are marked. */
static void openssl_has_some_curves_and_not_others(void **state)
{
    static const struct {
        fv_bytes oid;
        bool is_of_openssl;
    } rows[] = {
#define CURVE(literal, is_of_openssl)                                                              \
    {{(const uint8_t *)(EC_OID literal), sizeof(EC_OID literal) - 1}, is_of_openssl}
        CURVE("\x06\x05\x2B\x81\x04\x00\x0A", true), /* secp256k1 */
        CURVE("\x06\x05\x2B\x81\x04\x00\x0B", false),
        CURVE("\x06\x05\x2B\x81\x04\x00\x27", true), /* sect571r1 */
        CURVE("\x06\x05\x2B\x81\x04\x00\x28", false),
        CURVE("\x06\x05\x2B\x81\x04\x00\x15", false),
        CURVE("\x06\x08\x2A\x86\x48\xCE\x3D\x03\x01\x02", true), /* prime192v2 */
        CURVE("\x06\x08\x2A\x86\x48\xCE\x3D\x03\x01\x08", false),
        CURVE("\x06\x08\x2A\x86\x48\xCE\x3D\x03\x00\x14", true), /* c2tnb431r1 */
        CURVE("\x06\x08\x2A\x86\x48\xCE\x3D\x03\x00\x08", false),
        CURVE("\x06\x09\x2B\x24\x03\x03\x02\x08\x01\x01\x0E", true), /* brainpoolP512t1 */
        CURVE("\x06\x09\x2B\x24\x03\x03\x02\x08\x01\x01\x0F", false),
        CURVE("\x06\x08\x2B\x24\x03\x03\x02\x08\x01\x01", false),
        CURVE("\x06\x05\x67\x2B\x01\x04\x0C", true), /* WTLS 12 */
        CURVE("\x06\x05\x67\x2B\x01\x04\x02", false),
        CURVE("\x06\x08\x2A\x81\x1C\xCF\x55\x01\x82\x2D", true), /* SM2 */
        CURVE("\x06\x08\x2A\x81\x1C\xCF\x55\x01\x82\x2E", false),
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const fv_subject_key key = key_of(rows[i].oid, BYTES("\x04\x01\x02"));
        assert_int_equal(key.presence, FV_KNOWN);
        assert_int_equal(key.curve, rows[i].is_of_openssl ? FV_CURVE_OTHER : FV_CURVE_UNKNOWN);
    }
}

static void keys_that_cannot_be_read_are_malformed_but_keep_their_type(void **state)
{
    (void)state;
    static const fv_bytes cases[] = {
#define RSA_BITS(literal) {(const uint8_t *)(literal), sizeof(literal) - 1}
        RSA_BITS(""),
        RSA_BITS("\x30\x00"),
        RSA_BITS("\x30\x06\x02\x01\x90\x02\x01\x03"),         /* negative */
        RSA_BITS("\x30\x06\x02\x01\x00\x02\x01\x03"),         /* zero */
        RSA_BITS("\x30\x07\x02\x02\x00\x10\x02\x01\x03"),     /* not the shortest form */
        RSA_BITS("\x30\x08\x02\x01\x11\x02\x01\x03\x05\x00"), /* a third member */
        RSA_BITS("\x30\x06\x02\x01\x11\x02\x01\x03\x00"),     /* bytes behind it */
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const fv_subject_key key = key_of(BYTES(RSA_OID), cases[i]);
        assert_int_equal(key.presence, FV_MALFORMED);
        assert_int_equal(key.type, FV_KEY_RSA);
        assert_int_equal(key.num_bits, 0);
    }
    fv_subject_key key;
    fv_key_decode(BYTES("\x30\x00"), &key);
    assert_int_equal(key.presence, FV_MALFORMED);
}

static void other_keys_are_told_apart(void **state)
{
    (void)state;
    static const uint8_t zeros[57] = {0};
    const fv_subject_key dsa =
        key_of(BYTES("\x06\x07\x2A\x86\x48\xCE\x38\x04\x01\x30\x09\x02\x02\x7F\xFF"
                     "\x02\x01\x05\x02\x00"),
               BYTES("\x02\x01\x05"));
    assert_int_equal(dsa.type, FV_KEY_DSA);
    assert_int_equal(dsa.num_bits, 15);
    const fv_subject_key ed448 = key_of(BYTES("\x06\x03\x2B\x65\x71"), (fv_bytes){zeros, 57});
    assert_int_equal(ed448.type, FV_KEY_ED448);
    assert_int_equal(ed448.presence, FV_KNOWN);
    assert_int_equal(key_of(BYTES("\x06\x03\x2B\x65\x70"), (fv_bytes){zeros, 31}).presence,
                     FV_MALFORMED);
    assert_int_equal(key_of(BYTES("\x06\x02\x2A\x03"), BYTES("x")).type, FV_KEY_OTHER);
    assert_string_equal(fv_key_type_to_text(FV_KEY_X448), "X448");
    assert_string_equal(fv_curve_to_text(FV_CURVE_EXPLICIT), "explicit parameters");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(algorithms_are_known_by_oid_and_parameters),
        cmocka_unit_test(parameters_of_pss_are_read),
        cmocka_unit_test(identifiers_that_cannot_be_read_are_malformed),
        cmocka_unit_test(rsa_keys_give_their_numbers),
        cmocka_unit_test(an_exponent_is_odd_and_from_3_to_below_the_modulus),
        cmocka_unit_test(points_must_fit_their_curve),
        cmocka_unit_test(openssl_has_some_curves_and_not_others),
        cmocka_unit_test(keys_that_cannot_be_read_are_malformed_but_keep_their_type),
        cmocka_unit_test(other_keys_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
