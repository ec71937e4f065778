#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fedval/evidence.h"

static void a_time_and_a_date_are_read(void **state)
{
    (void)state;
    int64_t time = 7;
    assert_int_equal(fedval_time_from_string("2017-03-02T07:10:46Z", FEDVAL_NUL_ENDED, &time),
                     FEDVAL_OK);
    assert_int_equal(time, 1488438646);
    assert_int_equal(fedval_time_from_string("1970-01-02", FEDVAL_NUL_ENDED, &time), FEDVAL_OK);
    assert_int_equal(time, 86400);
}

static void what_is_no_time_leaves_the_output_alone(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "now", "2017-02-30", "2017-03-02T25:00:00Z", "2017"};
    int64_t time = 7;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_int_equal(fedval_time_from_string(wrong[i], FEDVAL_NUL_ENDED, &time),
                         FEDVAL_ERROR_SYNTAX);
    }
    assert_int_equal(fedval_time_from_string(NULL, 0, &time), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(time, 7);
}

static void a_time_is_written_where_there_is_room(void **state)
{
    (void)state;
    char text[FEDVAL_TIME_SIZE] = "x";
    assert_int_equal(fedval_time_to_string(1488438646, text, 20), FEDVAL_ERROR_LIMIT);
    assert_int_equal(fedval_time_to_string(FEDVAL_TIME_UNKNOWN, text, sizeof(text)),
                     FEDVAL_ERROR_ARGUMENT);
    assert_string_equal(text, "x");
    assert_int_equal(fedval_time_to_string(1488438646, text, sizeof(text)), FEDVAL_OK);
    assert_string_equal(text, "2017-03-02T07:10:46Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_and_a_date_are_read),
        cmocka_unit_test(what_is_no_time_leaves_the_output_alone),
        cmocka_unit_test(a_time_is_written_where_there_is_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
