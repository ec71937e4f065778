#include "build.h"

#include <stdio.h>

#include "../../reading.h"
#include "fedval/certificate.h"

static fedval_certificate_list *load(const char *path)
{
    fedval_certificate_list *list = NULL;
    size_t len = 0;
    char *text = read_file(path, &len);
    if (text == NULL)
        fail_msg("cannot read %s", path);
    assert_int_equal(fedval_certificate_list_new(text, len, &list, NULL), FEDVAL_OK);
    memset(text, 0x55, len); /* nothing may point into the text */
    free(text);
    return list;
}

#define PKI FEDVAL_SOURCE_ROOT "/tests/pki/out/"

static void a_chain_gives_its_certificates_in_order(void **state)
{
    (void)state;
    fedval_certificate_list *list = load(PKI "valid.pem");
    assert_int_equal(fedval_certificate_list_count(list), 2);
    const fedval_certificate *leaf = fedval_certificate_list_get(list, 0);
    const fedval_certificate *issuing = fedval_certificate_list_get(list, 1);
    assert_null(fedval_certificate_list_get(list, 2));
    assert_string_equal(fedval_certificate_get_subject(leaf), "O=Example, CN=expe.example.com");
    assert_string_equal(fedval_certificate_get_issuer(leaf),
                        fedval_certificate_get_subject(issuing));
    assert_int_equal(fedval_certificate_is_ca(leaf), 0);
    assert_int_equal(fedval_certificate_is_ca(issuing), 1);
    assert_int_equal(fedval_certificate_get_path_length(leaf), -1);
    assert_int_equal(fedval_certificate_get_path_length(issuing), 0);
    assert_int_equal(fedval_certificate_is_self_issued(issuing), 0);
    fedval_certificate_list_free(list);
}

static void a_fingerprint_needs_its_room(void **state)
{
    (void)state;
    char text[FEDVAL_SHA256_SIZE] = "x";
    fedval_certificate_list *list = load(PKI "valid.pem");
    const fedval_certificate *leaf = fedval_certificate_list_get(list, 0);
    assert_int_equal(fedval_certificate_to_sha256(leaf, text, sizeof(text) - 1),
                     FEDVAL_ERROR_LIMIT);
    assert_string_equal(text, "x");
    assert_int_equal(fedval_certificate_to_sha256(leaf, text, sizeof(text)), FEDVAL_OK);
    assert_int_equal(strlen(text), 64);
    assert_int_equal(strspn(text, "0123456789abcdef"), 64);
    fedval_certificate_list_free(list);
}

static void a_chain_in_der_is_cut_where_each_certificate_ends(void **state)
{
    (void)state;
    uint8_t bytes[8192];
    size_t len = 0, one = 0, at[2] = {0, 0};
    fedval_certificate_list *pem = load(PKI "valid.pem"), *list = NULL;
    fedval_error *error = fedval_error_new();
    for (size_t i = 0; i < 2; i++, len += one) {
        const uint8_t *der = fedval_certificate_get_der(fedval_certificate_list_get(pem, i), &one);
        at[i] = len;
        memcpy(bytes + len, der, one);
    }
    assert_int_equal(fedval_certificate_list_new_from_der(bytes, len, &list, error), FEDVAL_OK);
    assert_int_equal(fedval_certificate_list_count(list), 2);
    for (size_t i = 0; i < 2; i++) {
        const fedval_certificate *own = fedval_certificate_list_get(list, i);
        assert_string_equal(fedval_certificate_get_subject(own),
                            fedval_certificate_get_subject(fedval_certificate_list_get(pem, i)));
        assert_int_equal(fedval_certificate_count_defects(own), 0);
    }
    fedval_certificate_list_free(list);
    list = NULL;
    assert_int_equal(fedval_certificate_list_new_from_der(bytes, len - 1, &list, error),
                     FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_error_get_offset(error), at[1]);
    assert_int_equal(fedval_certificate_list_new_from_der(bytes, 0, &list, error),
                     FEDVAL_ERROR_NOT_FOUND);
    assert_int_equal(fedval_certificate_list_new_from_der(NULL, 0, &list, error),
                     FEDVAL_ERROR_ARGUMENT);
    assert_string_equal(fedval_error_get_message(error), "");
    assert_null(list);
    fedval_certificate_list_free(pem);
    fedval_error_free(error);
}

static void every_fact_of_a_leaf_can_be_read(void **state)
{
    (void)state;
    fedval_certificate_list *list = load(PKI "valid.pem");
    const fedval_certificate *leaf = fedval_certificate_list_get(list, 0);
    uint32_t type = 0, is_critical = 9;
    size_t len = 0, offset;
    const uint8_t *value = NULL;
    assert_int_equal(fedval_certificate_get_version(leaf), 3);
    assert_true(fedval_certificate_get_not_before(leaf) == 1577836800);
    assert_true(fedval_certificate_get_not_after(leaf) == 2840140800);
    assert_int_equal(fedval_certificate_get_key_type(leaf), FEDVAL_KEY_RSA);
    assert_int_equal(fedval_certificate_get_key_bits(leaf), 2048);
    assert_string_equal(fedval_certificate_get_signature_algorithm(leaf), "RSA-SHA256");
    assert_int_equal(fedval_certificate_has_san(leaf), 1);
    assert_int_equal(fedval_certificate_count_sans(leaf), 1);
    assert_memory_equal(fedval_certificate_get_san(leaf, 0, &type, &len), "expe.example.com", 16);
    assert_int_equal(type, FEDVAL_SAN_DNS);
    assert_int_equal(len, 16);
    assert_string_equal(fedval_certificate_get_san_text(leaf, 0), "DNS:expe.example.com");
    assert_memory_equal(fedval_certificate_get_common_name(leaf, 0, &len), "expe.example.com", 16);
    assert_int_equal(fedval_certificate_get_key_usage(leaf), 5);
    assert_int_equal(fedval_certificate_count_key_purposes(leaf), 2);
    assert_string_equal(fedval_certificate_get_key_purpose(leaf, 0), "1.3.6.1.5.5.7.3.1");
    assert_non_null(fedval_certificate_get_subject_key_id(leaf, &len));
    assert_int_equal(len, 20);
    assert_non_null(fedval_certificate_get_authority_key_id(leaf, &len));
    assert_int_equal(fedval_certificate_count_urls(leaf, FEDVAL_CERTIFICATE_URL_CRL), 1);
    assert_memory_equal(fedval_certificate_get_url(leaf, FEDVAL_CERTIFICATE_URL_CA_ISSUER, 0, &len),
                        "http://pki.example.com/issuing.der", 34);
    assert_int_equal(fedval_certificate_count_urls(leaf, FEDVAL_CERTIFICATE_URL_OCSP), 0);
    for (size_t i = 0; i < fedval_certificate_count_extensions(leaf); i++) {
        assert_non_null(fedval_certificate_get_extension(leaf, i, &is_critical, &value, &len));
        assert_true(is_critical <= 1 && value != NULL && len > 0);
    }
    assert_int_equal(fedval_certificate_count_defects(leaf), 0);
    assert_null(fedval_certificate_get_defect(leaf, 0, &offset));
    fedval_certificate_list_free(list);
}

static void defects_are_told_in_words(void **state)
{
    recipe r = good_recipe();
    build *b = fv_arena_alloc(*state, sizeof(*b));
    fedval_certificate *certificate = NULL;
    size_t offset = 0;
    r.serial = BYTES("\x02\x01\x00");
    put_certificate(b, &r);
    assert_int_equal(fedval_certificate_new(b->data, b->len, &certificate), FEDVAL_OK);
    memset(b->data, 0, b->len); /* it has a copy */
    assert_int_equal(fedval_certificate_count_defects(certificate), 1);
    assert_string_equal(fedval_certificate_get_defect(certificate, 0, &offset),
                        "the serial number is not positive");
    assert_true(offset > 0);
    assert_string_equal(fedval_certificate_get_subject(certificate), "CN=vcse");
    fedval_certificate_free(certificate);
}

static void bad_input_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        fedval_status status;
        uint32_t line;
    } cases[] = {
        {"", FEDVAL_ERROR_NOT_FOUND, 0},
        {"no blocks", FEDVAL_ERROR_NOT_FOUND, 0},
        {"-----BEGIN X-----\nZm9v\n-----END X-----\n", FEDVAL_ERROR_NOT_FOUND, 0},
        {"\n-----BEGIN CERTIFICATE-----\nZm9v\n-----END CERTIFICATE-----\n", FEDVAL_ERROR_SYNTAX,
         2},
        {"\n-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n", FEDVAL_ERROR_SYNTAX, 3},
    };
    fedval_error *error = fedval_error_new();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fedval_certificate_list *list = NULL;
        assert_int_equal(
            fedval_certificate_list_new(cases[i].text, strlen(cases[i].text), &list, error),
            cases[i].status);
        assert_null(list);
        assert_int_equal(fedval_error_get_line(error), cases[i].line);
        assert_true(strlen(fedval_error_get_message(error)) > 0);
    }
    fedval_error_free(error);
}

static void misuse_is_told_and_nothing_is_there_in_null(void **state)
{
    (void)state;
    fedval_certificate *certificate = NULL;
    const uint8_t byte = 0x30;
    assert_int_equal(fedval_certificate_new(NULL, 0, &certificate), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_certificate_new(&byte, 1, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_certificate_new(&byte, 1, &certificate), FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_certificate_new(&byte, FEDVAL_CERTIFICATE_MAX + 1, &certificate),
                     FEDVAL_ERROR_LIMIT);
    assert_null(certificate);
    fedval_certificate_free(NULL);
    fedval_certificate_list_free(NULL);
    assert_int_equal(fedval_certificate_count_sans(NULL), 0);
    assert_string_equal(fedval_certificate_get_subject(NULL), "");
    assert_true(fedval_certificate_get_not_after(NULL) == INT64_MIN);
    assert_null(fedval_certificate_get_san(NULL, 0, NULL, NULL));
    assert_int_equal(fedval_certificate_get_key_usage(NULL), -1);
    assert_int_equal(fedval_certificate_list_count(NULL), 0);
}

static void every_code_has_a_word_that_reads_back(void **state)
{
    (void)state;
    uint32_t code;
    for (uint32_t i = FEDVAL_KEY_OTHER; i <= FEDVAL_KEY_X448; i++) {
        assert_int_equal(
            fedval_key_type_from_string(fedval_key_type_to_string(i), FEDVAL_NUL_ENDED, &code), 0);
        assert_int_equal(code, i);
    }
    for (uint32_t i = FEDVAL_SAN_OTHER_NAME; i <= FEDVAL_SAN_UNKNOWN; i++) {
        assert_int_equal(
            fedval_san_type_from_string(fedval_san_type_to_string(i), FEDVAL_NUL_ENDED, &code), 0);
        assert_int_equal(code, i);
    }
    for (uint32_t i = FEDVAL_CERTIFICATE_URL_CRL; i <= FEDVAL_CERTIFICATE_URL_OCSP; i++) {
        const char *word = fedval_certificate_url_to_string(i);
        assert_int_equal(fedval_certificate_url_from_string(word, FEDVAL_NUL_ENDED, &code), 0);
        assert_int_equal(code, i);
    }
    assert_null(fedval_key_type_to_string(0));
    assert_null(fedval_san_type_to_string(FEDVAL_SAN_UNKNOWN + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_chain_gives_its_certificates_in_order),
        T(a_fingerprint_needs_its_room),
        T(a_chain_in_der_is_cut_where_each_certificate_ends),
        T(every_fact_of_a_leaf_can_be_read),
        T(defects_are_told_in_words),
        T(bad_input_is_refused_with_its_line),
        T(misuse_is_told_and_nothing_is_there_in_null),
        T(every_code_has_a_word_that_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
