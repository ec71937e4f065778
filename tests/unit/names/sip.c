#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/name.h"

static const struct {
    const char *uri;
    fedval_status status;
    const char *domain;
    uint32_t kind;
} uris[] = {
    {"sip:2000@acano.steven.lab", FEDVAL_OK, "acano.steven.lab", FEDVAL_NAME_KIND_HOST},
    {"SIPS:Bob@Example.COM:5061;transport=tls?Subject=hi", FEDVAL_OK, "example.com",
     FEDVAL_NAME_KIND_HOST},
    {"sip:example.com", FEDVAL_OK, "example.com", FEDVAL_NAME_KIND_HOST},
    {"sip:example.com.;lr", FEDVAL_OK, "example.com", FEDVAL_NAME_KIND_HOST},
    {"sip:alice:secret@example.com", FEDVAL_OK, "example.com", FEDVAL_NAME_KIND_HOST},
    {"sip:user;par=u%40example.net@example.com", FEDVAL_OK, "example.com", FEDVAL_NAME_KIND_HOST},
    {"sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d@example.com",
     FEDVAL_OK, "example.com", FEDVAL_NAME_KIND_HOST},
    {"sip:bob@corp.example@sip.example.com", FEDVAL_OK, "sip.example.com", FEDVAL_NAME_KIND_HOST},
    {"sip:a@example.com;x=b@evil.example", FEDVAL_OK, "example.com", FEDVAL_NAME_KIND_HOST},
    {"sip:+15551234;phone-context=x@example.com;user=phone", FEDVAL_OK, "example.com",
     FEDVAL_NAME_KIND_HOST},
    {"sip:sips%3Auser%40example.com@example.net", FEDVAL_OK, "example.net", FEDVAL_NAME_KIND_HOST},
    {"sip:user@example.com?Route=%3Csip:example.com%3E", FEDVAL_OK, "example.com",
     FEDVAL_NAME_KIND_HOST},
    {"sip:2000 @acano.steven.lab ", FEDVAL_OK, "acano.steven.lab", FEDVAL_NAME_KIND_HOST},
    {" sip: 2000@ acano.steven.lab : 5061 ;x", FEDVAL_OK, "acano.steven.lab",
     FEDVAL_NAME_KIND_HOST},
    {"sip:a@192.0.2.7:5061", FEDVAL_OK, "192.0.2.7", FEDVAL_NAME_KIND_IPV4},
    {"sip:a@[2001:DB8::7]:5061", FEDVAL_OK, "2001:db8::7", FEDVAL_NAME_KIND_IPV6},
    {"sip:a@b\xc3\xbc"
     "cher.example",
     FEDVAL_OK, "xn--bcher-kva.example", FEDVAL_NAME_KIND_INTERNATIONALISED},
    {"tel:+358-555-1234567;postd=pp22", FEDVAL_ERROR_NOT_FOUND, NULL, 0},
    {"im:bob@example.com", FEDVAL_ERROR_NOT_FOUND, NULL, 0},
    {"", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"sip:", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"sip:bob@", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"sip:bob@;lr", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"sip:bob@:5061", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"sip:bob@example.com:", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"sip:bob@example.com:0", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"sip:bob@example.com:65536", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"sip:bob@example.com:50x", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"sip:bob@[2001:db8::7", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"sip:bob@[2001:db8::7]5061", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"sip:bob@exa mple.com", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"bob@example.com", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"<sip:bob@example.com>", FEDVAL_ERROR_SYNTAX, NULL, 0},
    {"1sip:bob@example.com", FEDVAL_ERROR_SYNTAX, NULL, 0},
};

static void every_uri_gives_its_domain_or_says_why_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
        char name[FEDVAL_NAME_SIZE] = "?";
        uint32_t kind = 0;
        fedval_status status =
            fedval_sip_uri_domain(uris[i].uri, strlen(uris[i].uri), name, sizeof(name), &kind);
        const char *wanted = uris[i].domain == NULL ? "?" : uris[i].domain;
        if (status != uris[i].status || strcmp(name, wanted) != 0 || kind != uris[i].kind)
            fail_msg("%s: %d %s", uris[i].uri, (int)status, name);
    }
}

static void misuse_and_nul_in_a_uri_are_refused(void **state)
{
    char name[FEDVAL_NAME_SIZE];
    (void)state;
    assert_int_equal(fedval_sip_uri_domain(NULL, 3, name, sizeof(name), NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_sip_uri_domain("sip:a.b", 7, NULL, 3, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_sip_uri_domain("sip:a.b", 7, name, 3, NULL), FEDVAL_ERROR_LIMIT);
    assert_int_equal(fedval_sip_uri_domain("sip:a@b.c\0;x", 12, name, sizeof(name), NULL),
                     FEDVAL_ERROR_SYNTAX);
}

/* ---- headers ---- */

static fedval_sip_header *parse(const char *value)
{
    fedval_sip_header *header = NULL;
    assert_int_equal(fedval_sip_header_parse(value, strlen(value), &header), FEDVAL_OK);
    assert_non_null(header);
    return header;
}

static const struct {
    const char *value;
    const char *domain; /* of the one address */
    const char *user;
    const char *display;
    uint32_t port;
} headers[] = {
    {"<sip:2000@acano.steven.lab>;tag=1", "acano.steven.lab", "2000", NULL, 0},
    {"<sip:2000 @acano.steven.lab >;tag=1", "acano.steven.lab", "2000", NULL, 0},
    {"\"2000\" <sip:2000@acano.steven.lab:5061;user=phone>", "acano.steven.lab", "2000", "2000",
     5061},
    {"Stephen Hawking <sip:sh@example.com>", "example.com", "sh", "Stephen Hawking", 0},
    {"sip:+12125551212@server.phone2net.com;tag=887s", "server.phone2net.com", "+12125551212", NULL,
     0},
    {"Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=hyh8", "privacy.org", "c8oqz84zk7z", "Anonymous",
     0},
    {"\"Bell, \\\"A\\\\G\\\" <sip:x@evil.example>\" <sip:agb@bell-tel.com>", "bell-tel.com", "agb",
     "Bell, \"A\\G\" <sip:x@evil.example>", 0},
    {"\"J Rosenberg \\\\\\\"\"\r\n\t<sip:jdrosen@example.com>", "example.com", "jdrosen",
     "J Rosenberg \\\"", 0},
    {"\"\" <sip:a@example.com>", "example.com", "a", "", 0},
    {"\"Mr. J. User <sip:j.user@example.com>", "example.com", "j.user", "\"Mr. J. User", 0},
    {"<sip:a,b@example.com>", "example.com", "a,b", NULL, 0},
    {"<sip:I%20have%20spaces@example.net>;tag=938", "example.net", "I%20have%20spaces", NULL, 0},
    {"caller\r\n <sip:caller@example.com>\r\n ; tag = 1", "example.com", "caller", "caller", 0},
    {"<sip:cut.off@example.com", "example.com", "cut.off", NULL, 0},
    {"sip:example.com", "example.com", NULL, NULL, 0},
};

static bool is_same(const char *seen, const char *wanted)
{
    return wanted == NULL || seen == NULL ? seen == wanted : strcmp(seen, wanted) == 0;
}

static void every_header_gives_its_one_address(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
        fedval_sip_header *header = parse(headers[i].value);
        if (fedval_sip_header_count(header) != 1 ||
            fedval_sip_header_get_num_damaged(header) != 0 ||
            !is_same(fedval_sip_header_get_domain(header, 0), headers[i].domain) ||
            !is_same(fedval_sip_header_get_user(header, 0), headers[i].user) ||
            !is_same(fedval_sip_header_get_display_name(header, 0), headers[i].display) ||
            fedval_sip_header_get_port(header, 0) != headers[i].port)
            fail_msg("%s: %s", headers[i].value, fedval_sip_header_get_domain(header, 0));
        assert_int_equal(fedval_sip_header_get_scheme(header, 0), FEDVAL_SIP_SCHEME_SIP);
        assert_int_equal(fedval_sip_header_get_domain_kind(header, 0), FEDVAL_NAME_KIND_HOST);
        fedval_sip_header_free(header);
    }
}

static void an_asserted_identity_holds_a_sip_and_a_tel_address(void **state)
{
    (void)state;
    fedval_sip_header *header =
        parse("\"Cullen, J\" <sip:fluffy@cisco.com>, <tel:+14085264000;ext=1>");
    assert_int_equal(fedval_sip_header_count(header), 2);
    assert_string_equal(fedval_sip_header_get_domain(header, 0), "cisco.com");
    assert_int_equal(fedval_sip_header_get_scheme(header, 1), FEDVAL_SIP_SCHEME_TEL);
    assert_string_equal(fedval_sip_header_get_user(header, 1), "+14085264000");
    assert_null(fedval_sip_header_get_domain(header, 1));
    assert_int_equal(fedval_sip_header_get_domain_kind(header, 1), 0);
    assert_int_equal(fedval_sip_header_get_domain_fault(header, 1), FEDVAL_NAME_FAULT_NONE);
    fedval_sip_header_free(header);
}

static void damaged_values_are_counted_and_the_rest_is_read(void **state)
{
    (void)state;
    fedval_sip_header *header =
        parse("<sip:a@one.example, nothing, <sip:b@two.example>, <sips:c@ex ample>,, *");
    assert_int_equal(fedval_sip_header_count(header), 3);
    assert_int_equal(fedval_sip_header_get_num_damaged(header), 3);
    assert_string_equal(fedval_sip_header_get_domain(header, 0), "one.example");
    assert_string_equal(fedval_sip_header_get_domain(header, 1), "two.example");
    assert_null(fedval_sip_header_get_domain(header, 2));
    assert_int_equal(fedval_sip_header_get_domain_fault(header, 2),
                     FEDVAL_NAME_FAULT_BAD_CHARACTER);
    fedval_sip_header_free(header);
}

static void nothing_is_read_out_of_range(void **state)
{
    (void)state;
    fedval_sip_header *header = parse("");
    assert_int_equal(fedval_sip_header_count(header), 0);
    assert_int_equal(fedval_sip_header_get_scheme(header, 0), 0);
    assert_null(fedval_sip_header_get_user(header, 0));
    assert_null(fedval_sip_header_get_display_name(header, SIZE_MAX));
    assert_int_equal(fedval_sip_header_count(NULL), 0);
    assert_int_equal(fedval_sip_header_get_num_damaged(NULL), 0);
    assert_int_equal(fedval_sip_header_get_port(NULL, 0), 0);
    assert_int_equal(fedval_sip_header_count(NULL), 0);
    fedval_sip_header_free(header);
    fedval_sip_header_free(NULL);
}

static void a_nul_damages_its_value_alone(void **state)
{
    static const char value[] = "<sip:a\0@one.example>, <sip:b@two.example>";
    fedval_sip_header *header = NULL;
    (void)state;
    assert_int_equal(fedval_sip_header_parse(value, sizeof(value) - 1, &header), FEDVAL_OK);
    assert_int_equal(fedval_sip_header_count(header), 1);
    assert_int_equal(fedval_sip_header_get_num_damaged(header), 1);
    assert_string_equal(fedval_sip_header_get_domain(header, 0), "two.example");
    fedval_sip_header_free(header);
}

static void misuse_and_enormous_values_are_refused(void **state)
{
    fedval_sip_header *header = NULL;
    (void)state;
    assert_int_equal(fedval_sip_header_parse(NULL, 0, &header), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_sip_header_parse("a", 1, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_sip_header_parse("a", 65536, &header), FEDVAL_ERROR_LIMIT);
    assert_null(header);
}

/* Time that grows with the square of the length would take minutes here. */
static void crooked_values_take_no_longer_than_straight_ones(void **state)
{
    static const char *const pieces[] = {"\\\",", "<,",     "\"<", ",",
                                         "<>",    "\\\"<>", "@;",  "\"\\\","};
    (void)state;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        char value[65535];
        size_t piece_len = strlen(pieces[i]);
        fedval_sip_header *header = NULL;
        for (size_t at = 0; at < sizeof(value); at++)
            value[at] = pieces[i][at % piece_len];
        assert_int_equal(fedval_sip_header_parse(value, sizeof(value), &header), FEDVAL_OK);
        assert_int_equal(fedval_sip_header_count(header), 0);
        fedval_sip_header_free(header);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_uri_gives_its_domain_or_says_why_not),
        cmocka_unit_test(misuse_and_nul_in_a_uri_are_refused),
        cmocka_unit_test(every_header_gives_its_one_address),
        cmocka_unit_test(an_asserted_identity_holds_a_sip_and_a_tel_address),
        cmocka_unit_test(damaged_values_are_counted_and_the_rest_is_read),
        cmocka_unit_test(nothing_is_read_out_of_range),
        cmocka_unit_test(a_nul_damages_its_value_alone),
        cmocka_unit_test(misuse_and_enormous_values_are_refused),
        cmocka_unit_test(crooked_values_take_no_longer_than_straight_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
