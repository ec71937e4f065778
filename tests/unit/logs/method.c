/* The methods of requests: exact names, each once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "logs/interpret/method.h"

static void every_method_has_its_own_name(void **state)
{
    (void)state;
    for (int i = FV_METHOD_ACK; i <= FV_METHOD_UPDATE; i++) {
        fv_text name = fv_text_of(fv_method_name((fv_method)i));
        assert_int_equal(fv_method_of(name), i);
        assert_int_equal(fv_method_find(name), i);
    }
    assert_null(fv_method_name(FV_METHOD_UNKNOWN));
    assert_null(fv_method_name((fv_method)(FV_METHOD_UPDATE + 1)));
}

/* A name that contains another is none of it, as RESUBSCRIBE and INVITED. */
static void a_method_is_read_exactly(void **state)
{
    static const char *const strange[] = {"RESUBSCRIBE", "INVITED", "INVIT",
                                          "invite",      "",        " INVITE"};
    (void)state;
    for (size_t i = 0; i < sizeof(strange) / sizeof(strange[0]); i++)
        assert_int_equal(fv_method_of(fv_text_of(strange[i])), FV_METHOD_UNKNOWN);
    assert_int_equal(fv_method_find(fv_text_of("invite")), FV_METHOD_INVITE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_method_has_its_own_name),
        cmocka_unit_test(a_method_is_read_exactly),
    };
    return cmocka_run_group_tests_name("logs/method", tests, NULL, NULL);
}
