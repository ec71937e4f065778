#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/address.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const same_text[] = {
    "0.0.0.0",
    "192.0.2.1",
    "255.255.255.255",
    "::",
    "::1",
    "1::",
    "2001:db8::1",
    "2001:db8:0:1:1:1:1:1",
    "fe80::1:2:3",
    "::ffff:192.0.2.1",
    "1:2:3:4:5:6:7:8",
    "2001:0:0:1::1",
};

static const struct {
    const char *text, *canonical;
} other_text[] = {
    {"2001:DB8::A", "2001:db8::a"},
    {"0:0:0:0:0:0:0:0", "::"},
    {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
    {"2001:0db8::0001", "2001:db8::1"},
    {"::ffff:c000:201", "::ffff:192.0.2.1"},
    {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
    {"1::3:4:5:6:7:8", "1:0:3:4:5:6:7:8"},
    {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
};

static const char *const not_addresses[] = {
    "",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "01.2.3.4",
    "1.2.3.4 ",
    "1..2.3",
    "a.b.c.d",
    ":",
    ":::",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1::2::3",
    "12345::",
    "::g",
    "[::1]",
    "fe80::1%eth0",
    "1:2:3:4:5:6:7::8:9",
    "1:",
    ":1",
    "1.2.3.4::",
    "::1.2.3",
    "1:2:3:4:5:6:7:1.2.3.4",
    "1:2:3:4:5:6:7:8::",
    "1.2.3.4:5",
    "::1.2.3.4:5",
};

static const struct {
    const char *text, *not_public;
} specials[] = {
    {"10.48.36.47", "private (RFC 1918)"},
    {"172.16.0.1", "private (RFC 1918)"},
    {"172.31.255.255", "private (RFC 1918)"},
    {"172.32.0.0", NULL},
    {"192.168.1.1", "private (RFC 1918)"},
    {"100.64.0.1", "shared (CGNAT, RFC 6598)"},
    {"100.128.0.1", NULL},
    {"127.9.9.9", "loopback"},
    {"169.254.1.1", "link-local"},
    {"192.0.2.53", "documentation"},
    {"0.0.0.0", "unspecified"},
    {"0.0.0.1", "reserved"},
    {"239.1.1.1", "multicast"},
    {"255.255.255.255", "reserved"},
    {"8.8.8.8", NULL},
    {"::", "unspecified"},
    {"::1", "loopback"},
    {"::ffff:10.0.0.1", "private (RFC 1918)"},
    {"::ffff:8.8.8.8", "IPv4-mapped"},
    {"fd00::1", "unique local"},
    {"fe80::1", "link-local"},
    {"ff02::1", "multicast"},
    {"2001:db8::1", "documentation"},
    {"3fff:fff::1", "documentation"},
    {"2a00:1450::1", NULL},
    {"192.0.0.8", "reserved"},
    {"192.0.0.9", NULL},
    {"192.0.0.11", "reserved"},
    {"192.31.196.1", NULL},
    {"192.88.99.1", "reserved (6to4 relay, RFC 7526)"},
    {"192.88.100.1", NULL},
    {"64:ff9b::808:808", "translated (NAT64, RFC 6052)"},
    {"64:ff9b:0:1::1", NULL},
    {"64:ff9b:1::1", "translated (NAT64, RFC 8215)"},
    {"64:ff9b:2::1", NULL},
    {"100::1", "reserved"},
    {"100:0:0:1::1", "reserved"},
    {"2001::1", "tunnelled (Teredo)"},
    {"2001:1::1", NULL},
    {"2001:1::4", "reserved"},
    {"2001:2::1", "reserved (benchmarking, RFC 5180)"},
    {"2001:3::1", NULL},
    {"2001:10::1", "reserved (ORCHID, RFC 4843)"},
    {"2001:20::1", NULL},
    {"2001:200::1", NULL},
    {"2002:808:808::1", "tunnelled (6to4, RFC 3056)"},
    {"5f00::1", "reserved (segment routing, RFC 9602)"},
    {"5f01::1", NULL},
};

static void assert_formats_as(const char *text, const char *canonical)
{
    char out[FV_ADDRESS_TEXT_SIZE];
    fv_address address;
    if (!fv_address_parse(fv_text_of(text), &address))
        fail_msg("%s is refused", text);
    fv_address_format(&address, out);
    assert_string_equal(out, canonical);
}

static void a_canonical_literal_comes_back_as_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(same_text); i++)
        assert_formats_as(same_text[i], same_text[i]);
}

static void another_spelling_comes_back_canonical(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(other_text); i++)
        assert_formats_as(other_text[i].text, other_text[i].canonical);
}

static void what_is_no_literal_is_refused_and_the_output_untouched(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(not_addresses); i++) {
        fv_address address = {.len = 99};
        if (fv_address_parse(fv_text_of(not_addresses[i]), &address))
            fail_msg("%s is taken", not_addresses[i]);
        assert_int_equal(address.len, 99);
    }
}

static void addresses_that_are_not_public_are_told_from_public_ones(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(specials); i++) {
        fv_address address;
        assert_true(fv_address_parse(fv_text_of(specials[i].text), &address));
        const char *not_public = fv_address_not_public(&address);
        if (not_public == NULL || specials[i].not_public == NULL)
            assert_ptr_equal(not_public, specials[i].not_public);
        else
            assert_string_equal(not_public, specials[i].not_public);
    }
}

typedef struct server_row {
    const char *text, *address; /* address NULL: refused */
    uint16_t port;
} server_row;

static const server_row server_rows[] = {
    {"192.0.2.53", "192.0.2.53", 53},
    {"192.0.2.53:5353", "192.0.2.53", 5353},
    {"2001:db8::53", "2001:db8::53", 53},
    {"[2001:db8::53]", "2001:db8::53", 53},
    {"[2001:DB8::53]:65535", "2001:db8::53", 65535},
    {"", NULL, 0},
    {"resolver.example.com", NULL, 0},
    {"192.0.2.53:", NULL, 0},
    {"192.0.2.53:0", NULL, 0},
    {"192.0.2.53:65536", NULL, 0},
    {"192.0.2.53:+1", NULL, 0},
    {"192.0.2:53", NULL, 0},
    {"[192.0.2.53]:53", NULL, 0},
    {"[2001:db8::53", NULL, 0},
    {"[2001:db8::53]5353", NULL, 0},
    {"[]:53", NULL, 0},
    {" 192.0.2.53", NULL, 0},
};

static void the_address_of_a_server_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(server_rows) / sizeof(server_rows[0]); i++) {
        fv_address address;
        uint16_t port;
        char text[FV_ADDRESS_TEXT_SIZE];
        bool good = fv_address_parse_server(fv_text_of(server_rows[i].text), &address, &port);
        if (good != (server_rows[i].address != NULL))
            print_message("%s\n", server_rows[i].text);
        assert_int_equal(good, server_rows[i].address != NULL);
        if (!good)
            continue;
        fv_address_format(&address, text);
        assert_string_equal(text, server_rows[i].address);
        assert_int_equal(port, server_rows[i].port);
    }
}

static void families_and_hosts_are_told_apart(void **state)
{
    static const struct {
        const char *text;
        bool is_ipv6;
        const char *host;
    } rows[] = {
        {"2001:db8::1", true, "2001:db8::1"},
        {"::ffff:192.0.2.1", true, "::ffff:192.0.2.1"},
        {"192.0.2.1", false, "192.0.2.1"},
        {"192.0.2.1:5061", false, "192.0.2.1"},
        {"sip.example.com:5061", false, "sip.example.com"},
        {"sip.example.com", false, "sip.example.com"},
        {"a:b:c", false, "a:b:c"},
        {"", false, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        fv_text host = fv_address_host_of(rows[i].text);
        assert_true(fv_address_is_ipv6(rows[i].text) == rows[i].is_ipv6);
        assert_int_equal(host.len, strlen(rows[i].host));
        assert_memory_equal(host.data, rows[i].host, host.len);
    }
    assert_false(fv_address_is_ipv6(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(families_and_hosts_are_told_apart),
        cmocka_unit_test(a_canonical_literal_comes_back_as_it_is),
        cmocka_unit_test(another_spelling_comes_back_canonical),
        cmocka_unit_test(what_is_no_literal_is_refused_and_the_output_untouched),
        cmocka_unit_test(addresses_that_are_not_public_are_told_from_public_ones),
        cmocka_unit_test(the_address_of_a_server_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
