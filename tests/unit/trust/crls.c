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

static void each_is_read_by_its_index(void **state)
{
    toy *t = *state;
    size_t len = 0;
    int64_t when = 0;
    fv_bytes first = toy_make_crl(t, &(toy_crl){.issuer = "Root", .signer = 1, .revoked = 7});
    fv_bytes second =
        toy_make_crl(t, &(toy_crl){.issuer = "Issuing", .signer = 2, .from = "250101", .to = "-"});
    toy_give_crl(t, &(toy_crl){.issuer = "Root", .signer = 1, .revoked = 7});
    assert_int_equal(fedval_crls_append(t->crls, second.data, second.len, NULL), FEDVAL_OK);
    assert_memory_equal(fedval_crls_get(t->crls, 0, &len), first.data, first.len);
    assert_int_equal(len, first.len);
    assert_memory_equal(fedval_crls_get(t->crls, 1, NULL), second.data, second.len);
    assert_null(fedval_crls_get(t->crls, 2, &len));
    assert_int_equal(len, 0);
    assert_string_equal(fedval_crls_get_issuer(t->crls, 0), "CN=Root");
    assert_string_equal(fedval_crls_get_issuer(t->crls, 1), "CN=Issuing");
    assert_int_equal(fedval_crls_get_this_update(t->crls, 1), 1735689600);
    assert_true(fedval_crls_get_next_update(t->crls, 1) == FEDVAL_TIME_UNKNOWN);
    assert_true(fedval_crls_get_next_update(t->crls, 0) > fedval_crls_get_this_update(t->crls, 0));
    assert_int_equal(fedval_crls_count_revoked(t->crls, 0), 1);
    assert_memory_equal(fedval_crls_get_revoked(t->crls, 0, 0, &when, &len), "\x07", 1);
    assert_int_equal(len, 1);
    assert_true(when > 0);
    assert_null(fedval_crls_get_revoked(t->crls, 0, 1, &when, &len));
    assert_int_equal(fedval_crls_count_revoked(t->crls, 1), 0);
}

static void a_sealed_collection_never_changes(void **state)
{
    toy *t = *state;
    fv_bytes der = toy_make_crl(t, &(toy_crl){.issuer = "Root", .signer = 1});
    toy_give_crl(t, &(toy_crl){.issuer = "Root", .signer = 1});
    assert_int_equal(fedval_crls_seal(t->crls), FEDVAL_OK);
    assert_int_equal(fedval_crls_append(t->crls, der.data, der.len, NULL), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_crls_count(t->crls), 1);
    assert_int_equal(fedval_crls_seal(t->crls), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_crls_seal(NULL), FEDVAL_ERROR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(der_and_pem_are_told_apart),
        T(each_is_read_by_its_index),
        T(a_sealed_collection_never_changes),
    };
    return cmocka_run_group_tests_name("trust/crls", tests, NULL, NULL);
}
