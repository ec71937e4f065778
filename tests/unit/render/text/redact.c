/* What is left of a text that somebody wrote. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "judge/redact_numbers.h"
#include "render/text/redact.h"

static void addresses_have_aliases_and_numbers_are_hidden(void **state)
{
    static const struct {
        const char *text, *shown;
    } rows[] = {
        {"from 192.0.2.1 to 192.0.2.2", "from address1 to address2"},
        {"192.0.2.1, 192.0.2.2", "address1, address2"},
        {"192.0.2.1,192.0.2.2,192.0.2.1", "address1,address2,address1"},
        {"192.0.2.1:5061, 192.0.2.2:5061", "address1:5061, address2:5061"},
        {"192.0.2.1; [2001:db8::1]:5061", "address1; address2:5061"},
        {"192.0.2.1, 192.0.2.2 54 32", "address1, ..."},
        {"31.6.98.76 54 32", "..."},
        {"192.0.2.1, 5061", "..."},
        {"192.0.2.1-192.0.2.2", "..."},
        {"192. 0. 2. 1", "..."},
        {"+31 6 9876 5432", "..."},
        {"697            9753            8642", "..."},
        {"+ + + + 31 6 98", "..."},
        {"+ + + + + + + 31698765432", "... ..."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fv_redactor redactor;
        fv_redactor_init(&redactor, true);
        assert_string_equal(fv_redact(&redactor, FV_SHOWN_TEXT, rows[i].text), rows[i].shown);
        fv_redactor_clear(&redactor);
    }
}

/* A digit behind so many marks is not read, so a row of plus signs is not read once for each. */
static void only_a_few_marks_are_read_before_the_first_digit(void **state)
{
    fv_text few = fv_text_of("+ + + + + + 31698"), many = fv_text_of("+ + + + + + + 31698765432");
    (void)state;
    assert_int_equal(fv_redact_number_len(few, 0), few.len);
    assert_int_equal(fv_redact_number_len(many, 0), 0);
    assert_int_equal(fv_redact_number_len(many, 2), many.len - 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_have_aliases_and_numbers_are_hidden),
        cmocka_unit_test(only_a_few_marks_are_read_before_the_first_digit),
    };
    return cmocka_run_group_tests_name("render/redact", tests, NULL, NULL);
}
