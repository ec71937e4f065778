#include "base/windows_tls.h"
#include "backends/probe/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

static size_t count_suites(uint32_t version)
{
    size_t count = 0;
    for (size_t i = 0; i < fv_num_windows_suites; i++)
        count += (fv_windows_suites[i].offered_by & version) != 0 ? 1 : 0;
    return count;
}

/* As counted in Microsoft's lists; in the one of 2012 R2 a name counts once, whatever its curves.
 */
static void each_version_offers_as_many_suites_as_its_list(void **state)
{
    (void)state;
    assert_int_equal(count_suites(FV_WINDOWS_2012_R2), 28);
    assert_int_equal(count_suites(FV_WINDOWS_2016), 30);
    assert_int_equal(count_suites(FV_WINDOWS_2019), 21);
    assert_int_equal(count_suites(FV_WINDOWS_2022), 23);
}

static void names_and_numbers_are_those_of_iana(void **state)
{
    (void)state;
    for (size_t i = 0; i < fv_num_windows_suites; i++) {
        assert_string_equal(fv_windows_suites[i].name,
                            fv_tls_suite_name(fv_windows_suites[i].number));
    }
}

/* The look "windows" makes this offer, so that it speaks for all versions. */
static void server_2016_offers_all_that_others_offer_over_tls_1_2(void **state)
{
    (void)state;
    for (size_t i = 0; i < fv_num_windows_suites; i++) {
        bool is_1_3 = fv_windows_suites[i].number >> 8 == 0x13;
        assert_int_equal((fv_windows_suites[i].offered_by & FV_WINDOWS_2016) != 0, !is_1_3);
        assert_int_equal(fv_windows_offering_number(fv_windows_suites[i].number),
                         fv_windows_suites[i].offered_by);
    }
    assert_int_equal(fv_windows_offering_number(0xCCA8), 0);
}

static void suite_and_group_decide(void **state)
{
    static const struct {
        const char *suite, *group;
        uint32_t versions;
    } rows[] = {
        {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "secp256r1", 14},
        {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "secp384r1", 15},
        {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "x25519", 14},
        {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "secp521r1", 0},
        {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "DHE 2048 bits", 15},
        {"TLS_DHE_RSA_WITH_AES_256_CBC_SHA", "DHE 2048 bits", 3},
        {"TLS_AES_256_GCM_SHA384", "secp256r1", 8},
        {"TLS_CHACHA20_POLY1305_SHA256", "x25519", 0},
        {"TLS_RSA_WITH_AES_128_CBC_SHA", NULL, 15},
        {NULL, NULL, 15},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(fv_windows_offering(rows[i].suite, rows[i].group), rows[i].versions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_version_offers_as_many_suites_as_its_list),
        cmocka_unit_test(names_and_numbers_are_those_of_iana),
        cmocka_unit_test(server_2016_offers_all_that_others_offer_over_tls_1_2),
        cmocka_unit_test(suite_and_group_decide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
