#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "catalogue/symptom_codes.h"

static uint32_t finding_of(uint32_t kind, uint32_t number)
{
    const fv_symptom_code *code = fv_symptom_code_find(kind, number);
    assert_non_null(code);
    return code->finding;
}

static void the_codes_of_the_worked_example_name_their_findings(void **state)
{
    (void)state;
    assert_int_equal(finding_of(FV_SYMPTOM_EDGE_RESULT, 0xc3e93d6f),
                     FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN);
    assert_int_equal(finding_of(FV_SYMPTOM_EDGE_RESULT, 0xc3e93d67),
                     FEDVAL_FINDING_CERT_NAME_MISMATCH);
    assert_int_equal(finding_of(FV_SYMPTOM_MS_DIAGNOSTICS, 1009),
                     FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN);
    assert_int_equal(finding_of(FV_SYMPTOM_HRESULT, 0x80090322), FEDVAL_FINDING_CERT_NAME_MISMATCH);
    assert_int_equal(finding_of(FV_SYMPTOM_WINDOWS_EVENT, 14428),
                     FEDVAL_FINDING_CERT_NAME_MISMATCH);
}

static void an_unknown_code_is_not_guessed(void **state)
{
    (void)state;
    assert_null(fv_symptom_code_find(FV_SYMPTOM_MS_DIAGNOSTICS, 999999));
    assert_null(fv_symptom_code_find(FV_SYMPTOM_WINSOCK, 1009));
    assert_null(fv_symptom_code_find_name("SEC_E_WRONG", 11));
    assert_null(fv_symptom_code_find_name(NULL, 0));
    assert_null(fv_symptom_code_get(fv_symptom_code_count()));
}

static void every_row_is_found_and_says_what_it_means(void **state)
{
    (void)state;
    for (size_t i = 0; i < fv_symptom_code_count(); i++) {
        const fv_symptom_code *code = fv_symptom_code_get(i);
        assert_ptr_equal(fv_symptom_code_find(code->kind, code->number), code);
        assert_true(strlen(code->meaning) > 10);
        assert_in_range(code->finding, 1, 81);
        assert_in_range(code->certainty, FV_SYMPTOM_STATED, FV_SYMPTOM_UNSURE);
    }
}

static void a_name_is_found_in_any_case(void **state)
{
    (void)state;
    const fv_symptom_code *code = fv_symptom_code_find_name("sec_e_Wrong_Principal", 21);
    assert_non_null(code);
    assert_int_equal(code->number, 0x80090322);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_codes_of_the_worked_example_name_their_findings),
        cmocka_unit_test(an_unknown_code_is_not_guessed),
        cmocka_unit_test(every_row_is_found_and_says_what_it_means),
        cmocka_unit_test(a_name_is_found_in_any_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
