#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fedval/render.h"

static void check_match(const char *domain, const char *target, const char *expected)
{
    char *text = NULL;
    assert_int_equal(fedval_srv_match_to_text(domain, FEDVAL_NUL_ENDED, target, FEDVAL_NUL_ENDED,
                                              NULL, &text, NULL),
                     FEDVAL_OK);
    assert_string_equal(text, expected);
    fedval_text_free(text);
}

static void a_match_says_how_the_target_stands_to_the_domain(void **state)
{
    (void)state;
    check_match("a.example", "h.a.example",
                "a.example -> h.a.example  ok  match: it is one label under the domain\n");
    check_match("a.example", ".",
                "a.example -> .  X  not-offered: federation is decidedly not offered\n");
    check_match("a.example", "SipDir.online.lync.com.",
                "a.example -> SipDir.online.lync.com.  ?  other-domain: it is in another domain;\n"
                "    it is a server of Microsoft's cloud that its documents do not name for\n"
                "    federation: for a domain that is homed there they name\n"
                "    sipfed.online.lync.com\n");
    check_match("online.lync.com", "sipdir.online.lync.com",
                "online.lync.com -> sipdir.online.lync.com  ok  match: it is one label under the\n"
                "    domain\n");
    check_match("a.example", "sip.lync.com.example",
                "a.example -> sip.lync.com.example  X  other-domain: it is in another domain\n");
    check_match("a.example", "h\x1b[2J",
                "a.example -> h\\x1b[2J  X  not-a-host-name: it is no host name\n");
}

static void check_error(const char *source, const fedval_error *error, const char *expected)
{
    char *text = NULL;
    assert_int_equal(fedval_error_to_text(source, FEDVAL_NUL_ENDED, FEDVAL_ERROR_SYNTAX, error,
                                          NULL, &text, NULL),
                     FEDVAL_OK);
    assert_string_equal(text, expected);
    fedval_text_free(text);
}

static void an_error_names_the_place_as_far_as_it_is_known(void **state)
{
    (void)state;
    fedval_error *error = fedval_error_new();
    check_error("a.zone", NULL, "a.zone: syntax\n");
    fedval_error_set(error, "no SOA record", FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
    check_error("a.zone", error, "a.zone: no SOA record\n");
    fedval_error_set(error, "bad\n", FEDVAL_NUL_ENDED, 3, 9, 40);
    check_error("a.zone", error, "a.zone:3:9: bad\\x0a\n");
    check_error(NULL, error, "bad\\x0a\n");
    fedval_error_set(error, NULL, 0, 0, 0, UINT64_MAX);
    assert_string_equal(fedval_error_get_message(error), "");
    fedval_error_set(NULL, "let pass", FEDVAL_NUL_ENDED, 1, 1, 1);
    fedval_error_free(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_match_says_how_the_target_stands_to_the_domain),
        cmocka_unit_test(an_error_names_the_place_as_far_as_it_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
