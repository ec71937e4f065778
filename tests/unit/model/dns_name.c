#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/name.h"
#include "model/dns_name.h"

#define L63 "abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmnopqrstuvwxy"
#define ANY (FV_DNS_NAME_UNDERSCORE | FV_DNS_NAME_WILDCARD)

static const struct {
    const char *name;
    uint32_t allowed;
    uint32_t fault;
} names[] = {
    {"example.com", 0, FEDVAL_NAME_FAULT_NONE},
    {"EXAMPLE.com", 0, FEDVAL_NAME_FAULT_NONE},
    {"a", 0, FEDVAL_NAME_FAULT_NONE},
    {"3com.example", 0, FEDVAL_NAME_FAULT_NONE},
    {"1.2.3.c0m", 0, FEDVAL_NAME_FAULT_NONE},
    {"xn--bcher-kva.example", 0, FEDVAL_NAME_FAULT_NONE},
    {L63 "." L63 "." L63 "." L63, 0, FEDVAL_NAME_FAULT_NAME_TOO_LONG},
    {L63 "." L63 "." L63, 0, FEDVAL_NAME_FAULT_NONE},
    {L63 "z.example", 0, FEDVAL_NAME_FAULT_LABEL_TOO_LONG},
    {"", 0, FEDVAL_NAME_FAULT_EMPTY},
    {".", 0, FEDVAL_NAME_FAULT_EMPTY_LABEL},
    {".com", 0, FEDVAL_NAME_FAULT_EMPTY_LABEL},
    {"a..b", 0, FEDVAL_NAME_FAULT_EMPTY_LABEL},
    {"example.com.", 0, FEDVAL_NAME_FAULT_EMPTY_LABEL},
    {"-a.example", 0, FEDVAL_NAME_FAULT_BAD_HYPHEN},
    {"a-.example", 0, FEDVAL_NAME_FAULT_BAD_HYPHEN},
    {"a.example-", 0, FEDVAL_NAME_FAULT_BAD_HYPHEN},
    {"a b.example", 0, FEDVAL_NAME_FAULT_BAD_CHARACTER},
    {"b\xc3\xbc.example", 0, FEDVAL_NAME_FAULT_BAD_CHARACTER},
    {"_sip.example", 0, FEDVAL_NAME_FAULT_BAD_CHARACTER},
    {"_sip._tls.example", FV_DNS_NAME_UNDERSCORE, FEDVAL_NAME_FAULT_NONE},
    {"*.example.com", 0, FEDVAL_NAME_FAULT_BAD_WILDCARD},
    {"*.example.com", ANY, FEDVAL_NAME_FAULT_NONE},
    {"*", ANY, FEDVAL_NAME_FAULT_BAD_WILDCARD},
    {"*.", ANY, FEDVAL_NAME_FAULT_BAD_WILDCARD},
    {"*.*.com", ANY, FEDVAL_NAME_FAULT_BAD_WILDCARD},
    {"a*.example.com", ANY, FEDVAL_NAME_FAULT_BAD_WILDCARD},
    {"www.*.com", ANY, FEDVAL_NAME_FAULT_BAD_WILDCARD},
    {"192.0.2.1", 0, FEDVAL_NAME_FAULT_BAD_ADDRESS},
    {"1.2.3", 0, FEDVAL_NAME_FAULT_BAD_ADDRESS},
};

static void every_name_gets_its_fault(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        uint32_t fault = fv_dns_name_check(fv_text_of(names[i].name), names[i].allowed);
        if (fault != names[i].fault)
            fail_msg("%s: %s", names[i].name, fedval_name_fault_to_string(fault));
    }
}

static void a_nul_inside_is_a_bad_character(void **state)
{
    (void)state;
    fv_text name = {"good.example\0.evil.example", 26};
    assert_int_equal(fv_dns_name_check(name, ANY), FEDVAL_NAME_FAULT_BAD_CHARACTER);
    assert_false(fv_host_name_is_valid(name));
}

static void a_presented_wildcard_needs_two_labels_above_it(void **state)
{
    (void)state;
    assert_true(fv_presented_dns_name_is_valid(fv_text_of("*.example.com")));
    assert_true(fv_presented_dns_name_is_valid(fv_text_of("*.co.uk")));
    assert_false(fv_presented_dns_name_is_valid(fv_text_of("*.com")));
    assert_true(fv_presented_dns_name_is_valid(fv_text_of("com")));
    assert_false(fv_presented_dns_name_is_valid(fv_text_of("example.com.")));
    assert_true(fv_presented_dns_name_is_valid(fv_text_of("under_score.example.com")));
}

static void a_wildcard_covers_exactly_one_label(void **state)
{
    (void)state;
    fv_text wildcard = fv_text_of("*.Example.com");
    assert_true(fv_wildcard_covers(wildcard, fv_text_of("www.example.COM")));
    assert_false(fv_wildcard_covers(wildcard, fv_text_of("example.com")));
    assert_false(fv_wildcard_covers(wildcard, fv_text_of("a.www.example.com")));
    assert_false(fv_wildcard_covers(wildcard, fv_text_of("www.example.org")));
    assert_false(fv_wildcard_covers(fv_text_of("a.example.com"), fv_text_of("b.example.com")));
}

static uint32_t count_shared(const char *a, const char *b)
{
    return fedval_name_count_shared_labels(a, strlen(a), b, strlen(b));
}

static void shared_labels_are_counted_whole(void **state)
{
    (void)state;
    assert_int_equal(count_shared("acano.steven.lab", "vcse.steven.LAB"), 2);
    assert_int_equal(count_shared("acano.steven.lab.", "steven.lab"), 2);
    assert_int_equal(count_shared("example.com", "badexample.com"), 1);
    assert_int_equal(count_shared("a.example.com", "b.badexample.com"), 1);
    assert_int_equal(count_shared("example.com", "example.com"), 2);
    assert_int_equal(count_shared("example.com", "example.org"), 0);
    assert_int_equal(count_shared("com", "dotcom"), 0);
    assert_int_equal(count_shared("", "example.com"), 0);
    assert_int_equal(count_shared("", ""), 0);
    assert_int_equal(fedval_name_count_shared_labels(NULL, 3, "com", 3), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_gets_its_fault),
        cmocka_unit_test(a_nul_inside_is_a_bad_character),
        cmocka_unit_test(a_presented_wildcard_needs_two_labels_above_it),
        cmocka_unit_test(a_wildcard_covers_exactly_one_label),
        cmocka_unit_test(shared_labels_are_counted_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
