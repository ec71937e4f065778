#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/name.h"

#define L63 "abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmnopqrstuvwxy"
#define N191 L63 "." L63 "." L63
#define U_UMLAUT "\xc3\xbc"
#define SHARP_S "\xc3\x9f"

static const struct {
    const char *text;
    const char *name;
    uint32_t kind;
} good[] = {
    {"example.com", "example.com", FEDVAL_NAME_KIND_HOST},
    {"VCSE.Steven.LAB.", "vcse.steven.lab", FEDVAL_NAME_KIND_HOST},
    {"3com.example", "3com.example", FEDVAL_NAME_KIND_HOST},
    {"a--b.example", "a--b.example", FEDVAL_NAME_KIND_HOST},
    {N191, N191, FEDVAL_NAME_KIND_HOST},
    {"LocalHost", "localhost", FEDVAL_NAME_KIND_SINGLE_LABEL},
    {"lab.", "lab", FEDVAL_NAME_KIND_SINGLE_LABEL},
    {"_sipfederationtls._tcp.Example.com", "_sipfederationtls._tcp.example.com",
     FEDVAL_NAME_KIND_SERVICE},
    {"*.Example.com", "*.example.com", FEDVAL_NAME_KIND_WILDCARD},
    {"XN--BCHER-KVA.example", "xn--bcher-kva.example", FEDVAL_NAME_KIND_INTERNATIONALISED},
    {"www.xn--p1ai", "www.xn--p1ai", FEDVAL_NAME_KIND_INTERNATIONALISED},
    {"B" U_UMLAUT "cher.Example", "xn--bcher-kva.example", FEDVAL_NAME_KIND_INTERNATIONALISED},
    {"B\xc3\x9c"
     "CHER.example.",
     "xn--bcher-kva.example", FEDVAL_NAME_KIND_INTERNATIONALISED},
    {"u\xcc\x88.example", "xn--tda.example", FEDVAL_NAME_KIND_INTERNATIONALISED},
    {"*.b" U_UMLAUT "cher.example", "*.xn--bcher-kva.example", FEDVAL_NAME_KIND_WILDCARD},
    {"_sip.b" U_UMLAUT "cher.example", "_sip.xn--bcher-kva.example", FEDVAL_NAME_KIND_SERVICE},
    {"fa" SHARP_S ".example", "xn--fa-hia.example", FEDVAL_NAME_KIND_INTERNATIONALISED},
    {"b" U_UMLAUT "cher\xe3\x80\x82"
     "example",
     "xn--bcher-kva.example", FEDVAL_NAME_KIND_INTERNATIONALISED},
    {"\xef\xbc\xa1.example", "a.example", FEDVAL_NAME_KIND_HOST},
    {"192.0.2.1", "192.0.2.1", FEDVAL_NAME_KIND_IPV4},
    {"2001:DB8:0:0::1", "2001:db8::1", FEDVAL_NAME_KIND_IPV6},
    {"[2001:db8::1]", "2001:db8::1", FEDVAL_NAME_KIND_IPV6},
    {"::ffff:192.0.2.1", "::ffff:192.0.2.1", FEDVAL_NAME_KIND_IPV6},
    {".", ".", FEDVAL_NAME_KIND_ROOT},
};

static const struct {
    const char *text;
    uint32_t fault;
} bad[] = {
    {"", FEDVAL_NAME_FAULT_EMPTY},
    {"..", FEDVAL_NAME_FAULT_EMPTY_LABEL},
    {".com", FEDVAL_NAME_FAULT_EMPTY_LABEL},
    {"a..com", FEDVAL_NAME_FAULT_EMPTY_LABEL},
    {"example.com..", FEDVAL_NAME_FAULT_EMPTY_LABEL},
    {L63 "z.com", FEDVAL_NAME_FAULT_LABEL_TOO_LONG},
    {N191 "." L63, FEDVAL_NAME_FAULT_NAME_TOO_LONG},
    {L63 "b" U_UMLAUT ".com", FEDVAL_NAME_FAULT_LABEL_TOO_LONG},
    {"exa mple.com", FEDVAL_NAME_FAULT_BAD_CHARACTER},
    {" example.com", FEDVAL_NAME_FAULT_BAD_CHARACTER},
    {"sip:example.com", FEDVAL_NAME_FAULT_BAD_CHARACTER},
    {"a@example.com", FEDVAL_NAME_FAULT_BAD_CHARACTER},
    {"-a.com", FEDVAL_NAME_FAULT_BAD_HYPHEN},
    {"a-.com", FEDVAL_NAME_FAULT_BAD_HYPHEN},
    {"*", FEDVAL_NAME_FAULT_BAD_WILDCARD},
    {"a*.example.com", FEDVAL_NAME_FAULT_BAD_WILDCARD},
    {"www.*.com", FEDVAL_NAME_FAULT_BAD_WILDCARD},
    {"b\xff.example", FEDVAL_NAME_FAULT_BAD_UTF8},
    {"b\xc3", FEDVAL_NAME_FAULT_BAD_UTF8},
    {"\xe2\x98\x83\xe2\x80\x8e.example", FEDVAL_NAME_FAULT_BAD_IDN},
    {"\xe2\x84\x80.example", FEDVAL_NAME_FAULT_BAD_CHARACTER}, /* U+2100 becomes "a/c" */
    {"1.2.3", FEDVAL_NAME_FAULT_BAD_ADDRESS},
    {"256.1.1.1", FEDVAL_NAME_FAULT_BAD_ADDRESS},
    {"192.0.2.1.", FEDVAL_NAME_FAULT_BAD_ADDRESS},
    {"\xef\xbc\x91.2.3.4", FEDVAL_NAME_FAULT_BAD_ADDRESS}, /* a full-width digit */
    {"[192.0.2.1]", FEDVAL_NAME_FAULT_BAD_ADDRESS},
    {"[2001:db8::1", FEDVAL_NAME_FAULT_BAD_ADDRESS},
    {"[", FEDVAL_NAME_FAULT_BAD_ADDRESS},
    {"[]", FEDVAL_NAME_FAULT_BAD_ADDRESS},
    {"fe80::1%eth0", FEDVAL_NAME_FAULT_BAD_CHARACTER},
};

static fedval_status normalise(const char *text, char *out, uint32_t *kind, uint32_t *fault)
{
    return fedval_name_normalise(text, strlen(text), out, FEDVAL_NAME_SIZE, kind, fault);
}

static void good_names_come_out_in_one_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        char name[FEDVAL_NAME_SIZE] = "?";
        uint32_t kind = 0, fault = 99;
        fedval_status status = normalise(good[i].text, name, &kind, &fault);
        if (status != FEDVAL_OK || strcmp(name, good[i].name) != 0 || kind != good[i].kind)
            fail_msg("%s: %s, %s", good[i].text, name, fedval_name_fault_to_string(fault));
        assert_int_equal(fault, FEDVAL_NAME_FAULT_NONE);
    }
}

static void what_comes_out_goes_in_again_unchanged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        char name[FEDVAL_NAME_SIZE];
        assert_int_equal(normalise(good[i].name, name, NULL, NULL), FEDVAL_OK);
        assert_string_equal(name, good[i].name);
    }
}

static void every_refusal_has_its_reason_and_touches_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        char name[FEDVAL_NAME_SIZE] = "?";
        uint32_t kind = 77, fault = 99;
        fedval_status status = normalise(bad[i].text, name, &kind, &fault);
        if (status != FEDVAL_ERROR_SYNTAX || fault != bad[i].fault)
            fail_msg("%s: %d, %s", bad[i].text, (int)status, fedval_name_fault_to_string(fault));
        assert_string_equal(name, "?");
        assert_int_equal(kind, 77);
        assert_int_equal(normalise(bad[i].text, name, NULL, NULL), FEDVAL_ERROR_SYNTAX);
    }
}

static void a_nul_inside_is_refused(void **state)
{
    char name[FEDVAL_NAME_SIZE];
    uint32_t fault = 0;
    (void)state;
    assert_int_equal(
        fedval_name_normalise("good.example\0.evil.example", 26, name, sizeof(name), NULL, &fault),
        FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fault, FEDVAL_NAME_FAULT_BAD_CHARACTER);
    assert_int_equal(
        fedval_name_normalise("b" U_UMLAUT "\0c.example", 12, name, sizeof(name), NULL, &fault),
        FEDVAL_ERROR_SYNTAX);
}

static void a_small_buffer_is_told_and_left_alone(void **state)
{
    char name[12] = "?";
    (void)state;
    assert_int_equal(fedval_name_normalise("example.com", 11, name, 11, NULL, NULL),
                     FEDVAL_ERROR_LIMIT);
    assert_string_equal(name, "?");
    assert_int_equal(fedval_name_normalise("example.com", 11, name, 12, NULL, NULL), FEDVAL_OK);
    assert_string_equal(name, "example.com");
}

static void enormous_texts_are_refused_at_once(void **state)
{
    static char text[100000];
    char name[FEDVAL_NAME_SIZE];
    uint32_t fault = 0;
    (void)state;
    memset(text, 0xc3, sizeof(text));
    assert_int_equal(fedval_name_normalise(text, sizeof(text), name, sizeof(name), NULL, &fault),
                     FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fault, FEDVAL_NAME_FAULT_NAME_TOO_LONG);
}

static void null_is_misuse(void **state)
{
    char name[FEDVAL_NAME_SIZE];
    (void)state;
    assert_int_equal(fedval_name_normalise(NULL, 0, name, sizeof(name), NULL, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_name_normalise("a", 1, NULL, 0, NULL, NULL), FEDVAL_ERROR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_names_come_out_in_one_form),
        cmocka_unit_test(what_comes_out_goes_in_again_unchanged),
        cmocka_unit_test(every_refusal_has_its_reason_and_touches_nothing_else),
        cmocka_unit_test(a_nul_inside_is_refused),
        cmocka_unit_test(a_small_buffer_is_told_and_left_alone),
        cmocka_unit_test(enormous_texts_are_refused_at_once),
        cmocka_unit_test(null_is_misuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
