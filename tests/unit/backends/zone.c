#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fedval/ldns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD                                                                                       \
    "$ORIGIN example.com.\n$TTL 600\n"                                                             \
    "@ IN SOA ns hostmaster 1 7200 900 1209600 3600\n@ NS ns\nns A 192.0.2.2\n"

static const char zone_text[] =
    HEAD "_sipfederationtls._tcp SRV 10 5 5061 Expe\n"
         "  300 SRV 20 0 5062 standby.example.net.\n"
         "expe A 192.0.2.53\n AAAA 2001:db8::53\n"
         "alias CNAME expe\nout CNAME www.example.net.\nloop CNAME loop2\nloop2 CNAME loop\n"
         "a.b.empty TXT \"below an empty name\"\n"
         "*.wild A 192.0.2.99\nreal.wild A 192.0.2.98\n*.aliases CNAME expe\n"
         "sub NS ns.sub\nns.sub A 192.0.2.3\n"
         "old DNAME new\nx.new A 192.0.2.97\n"
         "away DNAME example.net.\nring DNAME ring\n";

static fedval_port *read_zone(const char *text)
{
    fedval_port *port = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_ldns_zone_new(text, strlen(text), "lab.zone", FEDVAL_NUL_ENDED,
                                                NULL, 0, &port, error);
    if (status != FEDVAL_OK) {
        print_message("%s, line %u\n", fedval_error_get_message(error),
                      (unsigned)fedval_error_get_line(error));
    }
    fedval_error_free(error);
    assert_int_equal(status, FEDVAL_OK);
    return port;
}

static void append(char *out, size_t out_size, const char *text)
{
    snprintf(out + strlen(out), out_size - strlen(out), "%s", text);
}

/* "answer expe.example.com 192.0.2.53; ..." or "not-found". */
static void ask(fedval_port *port, uint32_t type, const char *name, char *out, size_t out_size)
{
    fedval_fact *fact = NULL;
    char text[32];
    assert_int_equal(fedval_fact_new_dns(name, FEDVAL_NUL_ENDED, type, 0, &fact), FEDVAL_OK);
    fedval_status status = fedval_port_fetch(port, fedval_fact_get_question(fact), 1000, fact);
    out[0] = '\0';
    append(out, out_size,
           status == FEDVAL_OK ? fedval_outcome_to_string(fedval_fact_get_outcome(fact))
                               : fedval_status_to_string(status));
    for (size_t i = 0; i < fedval_fact_count_records(fact); i++) {
        append(out, out_size, i == 0 ? " " : "; ");
        append(out, out_size, fedval_fact_get_record_owner(fact, i));
        if (fedval_fact_get_record_type(fact, i) == FEDVAL_TYPE_SRV) {
            snprintf(text, sizeof(text), " %u %u %u",
                     (unsigned)fedval_fact_get_record_priority(fact, i),
                     (unsigned)fedval_fact_get_record_weight(fact, i),
                     (unsigned)fedval_fact_get_record_port(fact, i));
            append(out, out_size, text);
        }
        snprintf(text, sizeof(text), " %u ", (unsigned)fedval_fact_get_record_ttl(fact, i));
        append(out, out_size, text);
        append(out, out_size, fedval_fact_get_record_data(fact, i));
    }
    fedval_fact_free(fact);
}

typedef struct question {
    uint32_t type;
    const char *name, *answer;
} question;

static const question questions[] = {
    {FEDVAL_TYPE_SRV, "_sipfederationtls._tcp.example.com",
     "answer _sipfederationtls._tcp.example.com 10 5 5061 600 Expe.example.com; "
     "_sipfederationtls._tcp.example.com 20 0 5062 300 standby.example.net"},
    {FEDVAL_TYPE_A, "expe.example.com", "answer expe.example.com 600 192.0.2.53"},
    {FEDVAL_TYPE_A, "EXPE.Example.com", "answer expe.example.com 600 192.0.2.53"},
    {FEDVAL_TYPE_AAAA, "expe.example.com", "answer expe.example.com 600 2001:db8::53"},
    {FEDVAL_TYPE_SRV, "expe.example.com", "nodata"},
    {FEDVAL_TYPE_A, "missing.example.com", "nxdomain"},
    {FEDVAL_TYPE_A, "x.expe.example.com", "nxdomain"},
    {FEDVAL_TYPE_A, "example.com", "nodata"},
    /* aliases */
    {FEDVAL_TYPE_A, "alias.example.com",
     "answer alias.example.com 600 expe.example.com; expe.example.com 600 192.0.2.53"},
    {FEDVAL_TYPE_SRV, "alias.example.com", "nodata alias.example.com 600 expe.example.com"},
    {FEDVAL_TYPE_A, "out.example.com", "not-answered out.example.com 600 www.example.net"},
    /* empty names (RFC 8020) */
    {FEDVAL_TYPE_A, "empty.example.com", "nodata"},
    {FEDVAL_TYPE_A, "b.empty.example.com", "nodata"},
    {FEDVAL_TYPE_A, "c.empty.example.com", "nxdomain"},
    {FEDVAL_TYPE_A, "_tcp.example.com", "nodata"},
    /* wildcards (RFC 4592) */
    {FEDVAL_TYPE_A, "any.wild.example.com", "answer any.wild.example.com 600 192.0.2.99"},
    {FEDVAL_TYPE_A, "a.b.wild.example.com", "answer a.b.wild.example.com 600 192.0.2.99"},
    {FEDVAL_TYPE_AAAA, "any.wild.example.com", "nodata"},
    {FEDVAL_TYPE_A, "real.wild.example.com", "answer real.wild.example.com 600 192.0.2.98"},
    {FEDVAL_TYPE_AAAA, "real.wild.example.com", "nodata"},
    {FEDVAL_TYPE_A, "x.real.wild.example.com", "nxdomain"},
    {FEDVAL_TYPE_A, "wild.example.com", "nodata"},
    {FEDVAL_TYPE_A, "x.aliases.example.com",
     "answer x.aliases.example.com 600 expe.example.com; expe.example.com 600 192.0.2.53"},
    /* what is not this zone's to say */
    {FEDVAL_TYPE_A, "sub.example.com", "not-found"},
    {FEDVAL_TYPE_A, "ns.sub.example.com", "not-found"},
    {FEDVAL_TYPE_A, "x.y.sub.example.com", "not-found"},
    {FEDVAL_TYPE_A, "example.net", "not-found"},
    {FEDVAL_TYPE_A, "com", "not-found"},
    {FEDVAL_TYPE_A, "notexample.com", "not-found"},
    /* DNAME is above what it renames */
    {FEDVAL_TYPE_A, "old.example.com", "nodata"},
    {FEDVAL_TYPE_A, "x.old.example.com",
     "answer x.old.example.com 600 x.new.example.com; x.new.example.com 600 192.0.2.97"},
    {FEDVAL_TYPE_A, "y.x.old.example.com", "nxdomain y.x.old.example.com 600 y.x.new.example.com"},
    {FEDVAL_TYPE_A, "x.away.example.com", "not-answered x.away.example.com 600 x.example.net"},
};

static void each_question_has_the_answer_of_a_server(void **state)
{
    (void)state;
    char answer[1024];
    fedval_port *port = read_zone(zone_text);
    for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
        ask(port, questions[i].type, questions[i].name, answer, sizeof(answer));
        if (strcmp(answer, questions[i].answer) != 0)
            print_message("asked for %s\n", questions[i].name);
        assert_string_equal(answer, questions[i].answer);
    }
    fedval_port_free(port);
}

static void a_circle_of_aliases_ends(void **state)
{
    (void)state;
    char answer[4096];
    fedval_port *port = read_zone(zone_text);
    ask(port, FEDVAL_TYPE_A, "loop.example.com", answer, sizeof(answer));
    assert_memory_equal(answer, "alias-circle loop.example.com", 29);
    fedval_port_free(port);
}

static void a_circle_of_renamings_ends(void **state)
{
    (void)state;
    char answer[8192];
    fedval_port *port = read_zone(zone_text);
    ask(port, FEDVAL_TYPE_A, "x.ring.example.com", answer, sizeof(answer));
    assert_memory_equal(answer, "alias-circle x.ring.example.com", 31);
    fedval_port_free(port);
}

static void a_whole_zone_may_be_renamed(void **state)
{
    (void)state;
    char answer[1024];
    fedval_port *port = read_zone(HEAD "@ DNAME example.net.\n");
    ask(port, FEDVAL_TYPE_A, "expe.example.com", answer, sizeof(answer));
    assert_string_equal(answer, "not-answered expe.example.com 600 expe.example.net");
    ask(port, FEDVAL_TYPE_A, "example.com", answer, sizeof(answer));
    assert_string_equal(answer, "nodata");
    fedval_port_free(port);
}

#define LABEL_60 "123456789012345678901234567890123456789012345678901234567890"

static void a_name_that_gets_too_long_is_no_answer(void **state)
{
    (void)state;
    char answer[1024];
    fedval_port *port =
        read_zone(HEAD "long DNAME " LABEL_60 "." LABEL_60 "." LABEL_60 "." LABEL_60 ".net.\n");
    ask(port, FEDVAL_TYPE_A, "expe-of-it.long.example.com", answer, sizeof(answer));
    assert_string_equal(answer, "servfail");
    fedval_port_free(port);
}

static void the_fact_says_where_it_is_from(void **state)
{
    (void)state;
    fedval_port *port = read_zone(zone_text);
    fedval_fact *fact = NULL;
    assert_int_equal(
        fedval_fact_new_dns("out.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &fact),
        FEDVAL_OK);
    assert_int_equal(fedval_port_fetch(port, fedval_fact_get_question(fact), 1, fact), FEDVAL_OK);
    assert_string_equal(fedval_fact_get_source(fact), "zone lab.zone");
    assert_string_equal(fedval_fact_get_detail(fact),
                        "the alias (CNAME or DNAME) leads out of the zone that was given: give "
                        "the zone to which it leads, too");
    assert_int_equal(fedval_fact_get_dnssec(fact), FEDVAL_DNSSEC_UNKNOWN);
    fedval_fact_free(fact);
    fedval_port_free(port);
}

static void the_root_target_stays_a_dot(void **state)
{
    (void)state;
    char answer[256];
    fedval_port *port = read_zone(HEAD "_sips._tcp SRV 0 0 0 .\n");
    ask(port, FEDVAL_TYPE_SRV, "_sips._tcp.example.com", answer, sizeof(answer));
    assert_string_equal(answer, "answer _sips._tcp.example.com 0 0 0 600 .");
    fedval_port_free(port);
}

static void records_over_several_lines_and_comments_are_read(void **state)
{
    (void)state;
    char answer[256];
    fedval_port *port = read_zone("; a comment\n$ORIGIN example.com.\n@ 60 IN SOA ns. host. (\n"
                                  " 1 ; serial\n 2 3 4 5 )\n\nwww IN A 192.0.2.1 ; last\n");
    ask(port, FEDVAL_TYPE_A, "www.example.com", answer, sizeof(answer));
    assert_memory_equal(answer, "answer www.example.com", 22);
    fedval_port_free(port);
}

static void an_origin_may_be_given_from_outside(void **state)
{
    (void)state;
    char answer[256];
    fedval_port *port = NULL;
    const char *text = "@ 60 IN SOA ns. host. 1 2 3 4 5\nwww IN A 192.0.2.1";
    assert_int_equal(fedval_ldns_zone_new(text, strlen(text), "z", FEDVAL_NUL_ENDED, "example.com",
                                          FEDVAL_NUL_ENDED, &port, NULL),
                     FEDVAL_OK);
    ask(port, FEDVAL_TYPE_A, "www.example.com", answer, sizeof(answer));
    assert_memory_equal(answer, "answer www.example.com", 22);
    fedval_port_free(port);
}

static void numbers_of_sixteen_bits_are_taken_however_they_are_written(void **state)
{
    (void)state;
    static const char text[] = HEAD "_a._tcp SRV 65535 65535 65535 \"www\" ; 65536\n"
                                    "_b._tcp 70000 SRV ( 0 ; (\n 00001 \n5061 www )\n"
                                    "_c._tcp SRV \\# 7 000100021389 00\n"
                                    "t TXT \"( ; \\\" 99999\" \\( 99999\n";
    fedval_port *port = NULL;
    assert_int_equal(
        fedval_ldns_zone_new(text, sizeof(text) - 1, "z", FEDVAL_NUL_ENDED, NULL, 0, &port, NULL),
        FEDVAL_OK);
    fedval_port_free(port);
}

/* ---- zones that are refused ---- */

typedef struct fault {
    const char *text;
    uint32_t line;
    const char *message; /* a part of it */
} fault;

static const fault faults[] = {
    {"", 0, "empty"},
    {"; nothing but a comment\n", 0, "no SOA"},
    {"$ORIGIN example.com.\nwww 60 A 192.0.2.1\n", 0, "no SOA"},
    {HEAD "$INCLUDE /etc/passwd\n", 6, "$INCLUDE"},
    {HEAD "$GENERATE 1-3 a$ A 20.0.2.$\n", 6, "$GENERATE is not followed"},
    {HEAD "www A 192.0.2.256\n", 6,
     "not a record that can be read: A wants an IPv4 address, not: 192.0.2.256"},
    {HEAD "a IN 60 a 10.48.36.999 ; old\n", 6, "A wants an IPv4 address, not: 10.48.36.999"},
    {HEAD "www 1h AAAA 192.0.2.1\n", 6, "AAAA wants an IPv6 address, not: 192.0.2.1"},
    {HEAD "www A 192.0.2.1\n IN A (\n\xff\x1b[2J\t1 ) ; x\n", 7,
     "A wants an IPv4 address, not: ??[2J 1"},
    {HEAD "\n\nwww SRV 1 2 3\n", 8, "SRV wants priority, weight, port and target, not: 1 2 3"},
    {HEAD "www MX host ten\n", 6, "MX wants preference and host, not: host ten"},
    {HEAD "www DS x\n", 6, "what follows its type does not fit it: x"},
    {HEAD "www BOGUS x\n", 6, "not a record"},
    {HEAD "www BOGUS\n", 6, "no type that is known: www.example.com."},
    {HEAD "_s._tcp IN 60\n", 6, "no type that is known"},
    {HEAD "_s._tcp SRV \\# 0\n", 6, "without its data: _s._tcp.example.com."},
    {HEAD "www A \\# 0\n", 6, "without its data"},
    {HEAD "www CNAME \\# 0\n", 6, "without its data"},
    {HEAD "_s._tcp SRV 0 0 65536 www ; port\n", 6, "above 65535"},
    {HEAD "_s._tcp SRV ( 0\n 70000\n 5061 www )\nwww A 192.0.2.1\n", 6, "above 65535"},
    {HEAD "_s._tcp SRV -1 0 5061 www\n", 6, "above 65535"},
    {HEAD "www A ( 192.0.2.1\n", 6, "parenthesis"},
    {HEAD "( ( (\n", 6, "parenthesis"},
    {HEAD "other.net. A 192.0.2.1\n", 6, "outside the zone"},
    {HEAD "www CH A 192.0.2.1\n", 6, "class"},
    {HEAD "www CNAME ns\nwww A 192.0.2.1\n", 6, "CNAME"},
    {HEAD "www CNAME ns\nWWW CNAME expe\n", 6, "CNAME"},
    {HEAD "other.example.com. SOA ns host 1 2 3 4 5\n", 6, "second SOA"},
    {"example.com. 60 IN SOA ns. host. 1 2 3 4 5\nwww 60 A 192.0.2.1\n", 2, "relative"},
    {"example.com. 60 IN SOA ns host. 1 2 3 4 5\n", 1, "relative"},
};

static void a_fault_is_named_with_its_line(void **state)
{
    (void)state;
    fedval_error *error = fedval_error_new(); /* each call empties it first */
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        fedval_port *port = NULL;
        fedval_status status = fedval_ldns_zone_new(faults[i].text, strlen(faults[i].text), "z",
                                                    FEDVAL_NUL_ENDED, NULL, 0, &port, error);
        const char *message = fedval_error_get_message(error);
        if (strstr(message, faults[i].message) == NULL)
            print_message("%zu: %s, line %u\n", i, message, (unsigned)fedval_error_get_line(error));
        assert_int_equal(status, FEDVAL_ERROR_SYNTAX);
        assert_non_null(strstr(message, faults[i].message));
        assert_int_equal(fedval_error_get_line(error), faults[i].line);
        assert_null(port);
    }
    fedval_error_free(error);
}

static void a_nul_byte_is_refused_with_its_place(void **state)
{
    (void)state;
    static const char text[] = HEAD "www A 192.0.2.1\0\n";
    fedval_port *port = NULL;
    fedval_error *error = fedval_error_new();
    assert_int_equal(
        fedval_ldns_zone_new(text, sizeof(text) - 1, "z", FEDVAL_NUL_ENDED, NULL, 0, &port, error),
        FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_error_get_offset(error), strlen(text));
    fedval_error_free(error);
    assert_null(port);
}

static void misuse_is_refused(void **state)
{
    (void)state;
    fedval_port *port = NULL;
    assert_int_equal(fedval_ldns_zone_new(NULL, 1, "z", FEDVAL_NUL_ENDED, NULL, 0, &port, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_ldns_zone_new("x", 1, NULL, 0, NULL, 0, &port, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_ldns_zone_new("x", 1, "z", FEDVAL_NUL_ENDED, NULL, 0, NULL, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(
        fedval_ldns_zone_new("x", 1, "z", FEDVAL_NUL_ENDED, "a..b", FEDVAL_NUL_ENDED, &port, NULL),
        FEDVAL_ERROR_SYNTAX);
    assert_null(port);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_question_has_the_answer_of_a_server),
        cmocka_unit_test(a_circle_of_aliases_ends),
        cmocka_unit_test(a_circle_of_renamings_ends),
        cmocka_unit_test(a_whole_zone_may_be_renamed),
        cmocka_unit_test(a_name_that_gets_too_long_is_no_answer),
        cmocka_unit_test(the_fact_says_where_it_is_from),
        cmocka_unit_test(the_root_target_stays_a_dot),
        cmocka_unit_test(records_over_several_lines_and_comments_are_read),
        cmocka_unit_test(an_origin_may_be_given_from_outside),
        cmocka_unit_test(numbers_of_sixteen_bits_are_taken_however_they_are_written),
        cmocka_unit_test(a_fault_is_named_with_its_line),
        cmocka_unit_test(a_nul_byte_is_refused_with_its_place),
        cmocka_unit_test(misuse_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
