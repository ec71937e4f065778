#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_a_name_that_reads_back),
        cmocka_unit_test(unknown_names_are_refused_and_leave_the_output_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
