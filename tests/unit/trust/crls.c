#include "test.h"

#include "base/error.h"
#include "trust/crls.h"

static void der_and_pem_are_told_apart(void **state)
{
    toy *t = *state;
    fedval_crls *crls = NULL;
    fv_bytes der = toy_make_crl(t, &(toy_crl){.issuer = "Root", .signer = 1});
    const char pem[] = "-----BEGIN X509 CRL-----\nbm90aGluZw==\n-----END X509 CRL-----\n";
    fedval_error *error = fedval_error_new();
    assert_int_equal(fedval_crls_new(&crls), FEDVAL_OK);
    assert_int_equal(fedval_crls_append(crls, der.data, der.len, NULL), FEDVAL_OK);
    assert_int_equal(fedval_crls_append(crls, der.data, der.len - 1, NULL), FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_crls_append(crls, (const uint8_t *)pem, sizeof(pem) - 1, error),
                     FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_error_get_line(error), 1);
    assert_int_equal(fedval_crls_append(crls, NULL, 0, NULL), FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_crls_append(NULL, NULL, 0, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_crls_count(crls), 1);
    assert_int_equal(fedval_crls_count(NULL), 0);
    fedval_crls_free(crls);
    fedval_crls_free(NULL);
    fedval_error_free(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(der_and_pem_are_told_apart),
    };
    return cmocka_run_group_tests_name("trust/crls", tests, NULL, NULL);
}
