#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "fedval/status.h"

static void every_status_has_a_name_that_reads_back(void **state)
{
    (void)state;
    for (fedval_status status = FEDVAL_ERROR_CANCELLED; status <= FEDVAL_OK; status++) {
        fedval_status back = 1;
        const char *name = fedval_status_to_string(status);
        assert_non_null(name);
        assert_int_equal(fedval_status_from_string(name, FEDVAL_NUL_ENDED, &back), FEDVAL_OK);
        assert_int_equal(back, status);
    }
}

static void unknown_names_are_refused_and_leave_the_output_alone(void **state)
{
    (void)state;
    fedval_status back = 7;
    assert_null(fedval_status_to_string(1));
    assert_int_equal(fedval_status_from_string("nonsense", FEDVAL_NUL_ENDED, &back),
                     FEDVAL_ERROR_NOT_FOUND);
    assert_int_equal(fedval_status_from_string(NULL, 0, &back), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(back, 7);
}

static void an_error_has_its_reason(void **state)
{
    fedval_error *error = fedval_error_new();
    uint32_t back = 0;
    (void)state;
    for (uint32_t i = FEDVAL_REASON_OTHER; i <= FEDVAL_REASON_CLIENT_KEY; i++) {
        assert_int_equal(
            fedval_reason_from_string(fedval_reason_to_string(i), FEDVAL_NUL_ENDED, &back),
            FEDVAL_OK);
        assert_int_equal(back, i);
    }
    assert_null(fedval_reason_to_string(FEDVAL_REASON_CLIENT_KEY + 1));
    assert_int_equal(fedval_error_get_reason(NULL), FEDVAL_REASON_OTHER);
    assert_null(fedval_error_get_found_format(NULL));
    fv_error_set_found_format(error, fv_text_of("fedval-report/1"));
    assert_int_equal(fedval_error_get_reason(error), FEDVAL_REASON_OTHER_FORMAT);
    assert_string_equal(fedval_error_get_found_format(error), "fedval-report/1");
    fv_error_set_reason(error, FEDVAL_REASON_CLIENT_KEY); /* the first one stays */
    assert_int_equal(fedval_error_get_reason(error), FEDVAL_REASON_OTHER_FORMAT);
    fedval_error_set(error, "else", FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
    assert_int_equal(fedval_error_get_reason(error), FEDVAL_REASON_OTHER);
    assert_null(fedval_error_get_found_format(error));
    fv_error_set_found_format(error, fv_text_of("a-format-of-forty-letters-and-more-than-fit"));
    assert_null(fedval_error_get_found_format(error));
    fv_error_set_found_format(NULL, fv_text_of("x"));
    fedval_error_free(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_has_its_reason),
        cmocka_unit_test(every_status_has_a_name_that_reads_back),
        cmocka_unit_test(unknown_names_are_refused_and_leave_the_output_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
