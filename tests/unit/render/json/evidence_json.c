#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/evidence.h"

#define HEAD "{\"format\":\"fedval-evidence/1\",\"domain\":\"a.example\","
#define DNS "\"question\":{\"name\":\"x.a.example\",\"type\":\"A\",\"view\":0}"
#define PROBE "\"question\":{\"probe\":\"h.a.example\",\"address\":\"192.0.2.1\",\"port\":5061}"

/* Every member of the format, as the library writes it. */
static const char whole[] =
    "{\"format\":\"fedval-evidence/1\",\"domain\":\"a.example\",\"domain_given\":\"A.example.\","
    "\"gathered_at\":\"2017-03-02T07:10:46Z\",\"facts\":["
    "{\"question\":{\"name\":\"_sipfederationtls._tcp.a.example\",\"type\":\"SRV\",\"view\":1},"
    "\"outcome\":\"answer\",\"at\":\"2017-03-02T07:10:45Z\",\"source\":\"zone a.zone, "
    "resolver 192.0.2.53, [2001:db8::53]:5353\",\"sources\":[{\"kind\":\"zone\","
    "\"place\":\"a.zone\"},{\"kind\":\"resolver\",\"place\":\"192.0.2.53\"},"
    "{\"kind\":\"resolver\",\"place\":\"[2001:db8::53]:5353\"}],"
    "\"detail\":null,\"dnssec\":\"secure\",\"ede\":{\"code\":9,\"text\":\"no key\"},\"records\":["
    "{\"owner\":\"_sipfederationtls._tcp.a.example\",\"type\":\"SRV\",\"ttl\":3600,\"priority\":1,"
    "\"weight\":2,\"port\":5061,"
    "\"target\":\"h.a.example\"},"
    "{\"owner\":\"_sipfederationtls._tcp.a.example\",\"type\":\"CNAME\",\"ttl\":0,\"target\":\".\"}"
    ","
    "{\"owner\":\"_sipfederationtls._tcp.a.example\",\"type\":\"AAAA\",\"ttl\":4294967295,"
    "\"address\":\"2001:db8::1\"}]},"
    "{\"question\":{\"probe\":\"h.a.example\",\"address\":\"192.0.2.1\",\"port\":5061,"
    "\"look\":\"windows\"},"
    "\"outcome\":\"alert\",\"at\":null,\"source\":null,\"detail\":\"a \\\"b\\\" \\u001b \xc3\xbc\","
    "\"role\":\"server\",\"tls_version\":\"TLSv1.2\",\"tls_cipher\":\"X\",\"alert\":40,"
    "\"client_certificate\":\"required\",\"chain\":[\"MAA=\",\"MAEA\"],\"chain_complete\":false,"
    "\"tls_group\":\"x25519\",\"tls_signature\":\"ed25519\",\"client_cas\":[\"MAA=\"],"
    "\"ocsp\":\"MAEA\",\"banner\":\"SSH-2.0-x\",\"sip\":{\"status\":405,\"server\":null}},"
    "{\"question\":{\"probe\":null,\"address\":null,\"port\":null},\"outcome\":null,\"at\":null,"
    "\"source\":null,\"detail\":null,\"role\":\"client\",\"tls_version\":null,\"tls_cipher\":null,"
    "\"alert\":null,\"client_certificate\":\"unknown\",\"chain\":[],\"chain_complete\":true,"
    "\"tls_group\":null,\"tls_signature\":null,\"client_cas\":[],\"ocsp\":null,"
    "\"banner\":null,\"sip\":null}]}";

#define ALIAS(owner, target)                                                                       \
    "{\"type\":\"CNAME\",\"owner\":\"" owner ".example\",\"target\":\"" target ".example\"},"
#define ADDRESS(owner) "{\"type\":\"A\",\"owner\":\"" owner ".example\",\"address\":\"192.0.2.1\"}"

static fedval_evidence *load(const char *json)
{
    fedval_evidence *evidence = NULL;
    fedval_error *error = fedval_error_new();
    if (fedval_evidence_new_from_json(json, strlen(json), &evidence, error) != FEDVAL_OK)
        fail_msg("%s", fedval_error_get_message(error));
    fedval_error_free(error);
    return evidence;
}

/* Names are compared without case, and CNAME records may stand in any order. */
static void records_that_aliases_lead_to_are_taken(void **state)
{
    static const char *const lists[] = {
        ADDRESS("X.A"),
        ALIAS("x.a", "y.a") ADDRESS("Y.a"),
        ADDRESS("z.a") "," ALIAS("y.a", "z.a") ALIAS("X.A", "y.a") ADDRESS("z.a"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        char json[1000];
        snprintf(json, sizeof(json),
                 HEAD "\"facts\":[{" DNS ",\"outcome\":\"answer\",\"records\":[%s]}]}", lists[i]);
        fedval_evidence_free(load(json));
    }
}

static void a_document_comes_back_byte_for_byte(void **state)
{
    (void)state;
    fedval_evidence *evidence = load(whole);
    char *json = NULL;
    size_t len = 0;
    assert_int_equal(fedval_evidence_count_facts(evidence), 3);
    assert_int_equal(fedval_evidence_to_json(evidence, &json, &len), FEDVAL_OK);
    assert_string_equal(json, whole);
    assert_int_equal(len, sizeof(whole) - 1);
    fedval_text_free(json);
    fedval_evidence_free(evidence);
}

/* Evidence of earlier editions has the text alone. */
static void a_text_that_tells_the_sources_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *sources;
    } rows[] = {
        {"resolver 10.0.0.53", "resolver=10.0.0.53;"},
        {"resolver 10.0.0.53, 10.0.0.54:5353", "resolver=10.0.0.53;resolver=10.0.0.54:5353;"},
        {"system resolver 10.0.0.53, 10.0.0.54",
         "system-resolver=10.0.0.53;system-resolver=10.0.0.54;"},
        {"name server ns.a.example (192.0.2.1)", "name-server=ns.a.example (192.0.2.1);"},
        {"zone a, b.zone, resolver 192.0.2.1, zone c.zone",
         "zone=a, b.zone;resolver=192.0.2.1;zone=c.zone;"},
        {"file a.pem", "file=a.pem;"},
        {"expe.log:12", "other=expe.log:12;"},
        {"my resolver 10.0.0.53", "other=my resolver 10.0.0.53;"},
        {"resolver ", "other=resolver ;"},
        {"resolvers, zone a", "other=resolvers, zone a;"},
        {"", "other=;"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char json[512], sources[256] = "";
        snprintf(json, sizeof(json), HEAD "\"facts\":[{" DNS ",\"source\":\"%s\"}]}", rows[i].text);
        fedval_evidence *evidence = load(json);
        const fedval_fact *fact = fedval_evidence_get_fact(evidence, 0);
        for (size_t k = 0; k < fedval_fact_count_sources(fact); k++) {
            size_t at = strlen(sources);
            snprintf(sources + at, sizeof(sources) - at, "%s=%s;",
                     fedval_source_to_string(fedval_fact_get_source_kind(fact, k)),
                     fedval_fact_get_source_place(fact, k));
        }
        assert_string_equal(sources, rows[i].sources);
        assert_string_equal(fedval_fact_get_source(fact), rows[i].text);
        fedval_evidence_free(evidence);
    }
}

static void a_text_of_too_many_sources_is_one(void **state)
{
    (void)state;
    char json[1024] = HEAD "\"facts\":[{" DNS ",\"source\":\"zone 0";
    for (int i = 1; i < 40; i++)
        snprintf(json + strlen(json), sizeof(json) - strlen(json), ", zone %d", i);
    strcat(json, "\"}]}");
    fedval_evidence *evidence = load(json);
    const fedval_fact *fact = fedval_evidence_get_fact(evidence, 0);
    assert_int_equal(fedval_fact_count_sources(fact), 1);
    assert_int_equal(fedval_fact_get_source_kind(fact, 0), FEDVAL_SOURCE_OTHER);
    fedval_evidence_free(evidence);
}

/* The members decide: the text may be anybody's. */
static void members_tell_the_sources_before_the_text(void **state)
{
    (void)state;
    fedval_evidence *evidence =
        load(HEAD "\"facts\":[{" DNS ",\"source\":\"resolver 10.0.0.53\",\"sources\":["
                  "{\"kind\":\"other\",\"place\":\"a table\"}]}]}");
    const fedval_fact *fact = fedval_evidence_get_fact(evidence, 0);
    assert_int_equal(fedval_fact_count_sources(fact), 1);
    assert_int_equal(fedval_fact_get_source_kind(fact, 0), FEDVAL_SOURCE_OTHER);
    assert_string_equal(fedval_fact_get_source(fact), "a table");
    fedval_evidence_free(evidence);
}

static void absent_members_are_like_null(void **state)
{
    (void)state;
    fedval_evidence *evidence =
        load(" {\"format\":\"fedval-evidence/1\",\"domain\":\"a.example\",\"facts\":[{" DNS "}]} ");
    const fedval_fact *fact = fedval_evidence_get_fact(evidence, 0);
    assert_int_equal(fedval_fact_get_outcome(fact), 0);
    assert_true(fedval_fact_get_time(fact) == FEDVAL_TIME_UNKNOWN);
    assert_string_equal(fedval_evidence_get_domain_given(evidence), "a.example");
    fedval_evidence_free(evidence);
}

static void members_of_a_later_edition_are_passed_over_where_the_document_says_so(void **state)
{
    (void)state;
    fedval_evidence *evidence =
        load("{\"$schema\":\"x\",\"strict\":false,\"new\":[{}],\"format\":\"fedval-evidence/1\","
             "\"domain\":\"a.example\",\"facts\":[{" DNS ",\"newer\":7}]}");
    assert_int_equal(fedval_evidence_count_facts(evidence), 1);
    fedval_evidence_free(evidence);
}

static void a_member_that_the_format_does_not_have_is_told_with_the_nearest(void **state)
{
    (void)state;
    static const struct {
        const char *json, *message;
    } rows[] = {
        {"{\"format\":\"fedval-evidence/1\",\"domain\":\"a.example\",\"gatherd_at\":null,"
         "\"facts\":[]}",
         "gatherd_at: this format has no such member; the nearest is gathered_at"},
        {"{\"format\":\"fedval-evidence/1\",\"domain\":\"a.example\",\"facts\":[{" DNS
         ",\"outcom\":\"answer\"}]}",
         "facts[0].outcom: this format has no such member; the nearest is outcome"},
        {"{\"format\":\"fedval-evidence/1\",\"domain\":\"a.example\",\"facts\":[{" DNS
         ",\"zzzzzzzzzzzz\":1}]}",
         "facts[0].zzzzzzzzzzzz: this format has no such member"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fedval_evidence *evidence = NULL;
        fedval_error *error = fedval_error_new();
        assert_int_equal(
            fedval_evidence_new_from_json(rows[i].json, FEDVAL_NUL_ENDED, &evidence, error),
            FEDVAL_ERROR_SYNTAX);
        assert_string_equal(fedval_error_get_message(error), rows[i].message);
        assert_int_equal(fedval_error_get_line(error), 1);
        assert_true(fedval_error_get_column(error) > 1);
        fedval_error_free(error);
    }
}

static const struct {
    const char *json;
    fedval_status status;
    const char *message;
    uint32_t line, column;
} wrong[] = {
    {"", FEDVAL_ERROR_SYNTAX, "not JSON: it is empty", 1, 1},
    {"[]", FEDVAL_ERROR_SYNTAX,
     "a JSON array, where an object is wanted: give several documents one to a line, or each in a "
     "file of its own",
     1, 1},
    {"{\n\"format\": \"fedval-evidence/1\",\n\"domain\"", FEDVAL_ERROR_SYNTAX, "not JSON", 3, 9},
    {"{}", FEDVAL_ERROR_SYNTAX, "format: missing, where fedval-evidence/1 is wanted", 1, 1},
    {"{\"format\":1}", FEDVAL_ERROR_SYNTAX, "format: not a string", 1, 11},
    {"{\"format\":\"fedval-evidence/2\"}", FEDVAL_ERROR_FORMAT, "format: of a later format", 1, 11},
    {"{\"format\":\"fedval-report/1\"}", FEDVAL_ERROR_FORMAT,
     "format: another kind of document, fedval-report/1, where fedval-evidence/1 is wanted", 1, 11},
    {"{\"format\":\"fedval-\\u001b[31m/1\"}", FEDVAL_ERROR_FORMAT,
     "format: another kind of document, where fedval-evidence/1 is wanted", 1, 11},
    {"{\"format\":\"fedval-evidence/1\",\"domain\":\"a b\",\"facts\":[]}", FEDVAL_ERROR_SYNTAX,
     "domain: not a domain", 1, 40},
    {"{\"format\":\"fedval-evidence/1\",\"domain\":\"a.example\",\"domain_given\":\"b.example\"}",
     FEDVAL_ERROR_SYNTAX, "domain_given: not the domain", 1, 67},
    {HEAD "\"x\":1}", FEDVAL_ERROR_SYNTAX, "facts: missing", 1, 1},
    {HEAD "\n\"facts\":7}", FEDVAL_ERROR_SYNTAX, "facts: not an array", 2, 9},
    {HEAD "\n\"facts\":[7]}", FEDVAL_ERROR_SYNTAX, "facts[0]: not an object", 2, 10},
    {HEAD "\n\"facts\":[{}]}", FEDVAL_ERROR_SYNTAX, "facts[0]: question is missing", 2, 10},
    {HEAD "\n\"facts\":[{\"question\":{\"name\":\"x\"}}]}", FEDVAL_ERROR_SYNTAX,
     "facts[0].question: type is missing", 2, 22},
    {HEAD "\n\"facts\":[{\"question\":{\"name\":\"x y\",\"type\":\"A\"}}]}", FEDVAL_ERROR_SYNTAX,
     "facts[0].question: name is no DNS name", 2, 22},
    {HEAD "\n\"facts\":[{\"question\":{\"name\":\"x\",\"type\":\"MX\"}}]}", FEDVAL_ERROR_SYNTAX,
     "facts[0].question.type: an unknown word", 2, 41},
    {HEAD "\n\"facts\":[{" PROBE "},{" DNS ",\n\"outcome\":\"handshake\"}]}", FEDVAL_ERROR_SYNTAX,
     "facts[1]: the outcome does not fit", 2, 81},
    {HEAD "\n\"facts\":[{" DNS ",\"records\":[{\"type\":\"A\",\"owner\":\"o\",\n\"ttl\":-1}]}]}",
     FEDVAL_ERROR_SYNTAX, "facts[0].records[0].ttl: a number out of range", 3, 7},
    {HEAD "\n\"facts\":[{" DNS ",\"records\":[{\"type\":\"A\",\"owner\":\"o\",\n\"ttl\":1.5}]}]}",
     FEDVAL_ERROR_SYNTAX, "facts[0].records[0].ttl: not a whole number", 3, 7},
    {HEAD "\n\"facts\":[{" DNS
          ",\n\"records\":[{\"type\":\"A\",\"owner\":\"o\",\"address\":\"1.2.3\"}]}]}",
     FEDVAL_ERROR_SYNTAX, "facts[0].records[0]: address is no IP address", 3, 12},
    {HEAD "\n\"facts\":[{" DNS
          ",\n\"records\":[{\"type\":\"AAAA\",\"owner\":\"o\",\"address\":\"192.0.2.1\"}]}]}",
     FEDVAL_ERROR_SYNTAX, "facts[0].records[0]: address is of the other family", 3, 12},
    {HEAD "\n\"facts\":[{\"question\":{\"name\":\"x\",\"type\":\"A\"},\"outcome\":\"nodata\",\n"
          "\"records\":[{\"type\":\"A\",\"owner\":\"x\",\"address\":\"192.0.2.1\"}]}]}",
     FEDVAL_ERROR_SYNTAX, "facts[0]: records of the type asked for", 2, 10},
    {HEAD "\n\"facts\":[{" DNS ",\n\"outcome\":\"answer\",\"records\":[{\"type\":\"A\","
          "\"owner\":\"y.a.example\",\"address\":\"192.0.2.1\"}]}]}",
     FEDVAL_ERROR_SYNTAX, "facts[0].records: the owner of a record is neither", 3, 30},
    {HEAD "\n\"facts\":[{" DNS ",\n\"outcome\":\"answer\",\"records\":[" ALIAS("x.a", "y.a")
         ADDRESS("z.a") "]}]}",
     FEDVAL_ERROR_SYNTAX, "facts[0].records: the owner of a record is neither", 3, 30},
    /* a circle of aliases, and a stranger's address */
    {HEAD "\n\"facts\":[{" DNS ",\n\"outcome\":\"answer\",\"records\":[" ALIAS("x.a", "y.a")
         ALIAS("y.a", "x.a") ADDRESS("z.a") "]}]}",
     FEDVAL_ERROR_SYNTAX, "facts[0].records: the owner of a record is neither", 3, 30},
    {HEAD "\n\"facts\":[{" DNS ",\n\"outcome\":\"answer\",\"records\":[" ALIAS("z.a", "x.a")
         ADDRESS("x.a") "]}]}",
     FEDVAL_ERROR_SYNTAX, "facts[0].records: the owner of a record is neither", 3, 30},
    {HEAD "\n\"facts\":[{" PROBE ",\n\"sip\":{\"status\":9999}}]}", FEDVAL_ERROR_SYNTAX,
     "facts[0].sip: status is none of SIP", 3, 7},
    {HEAD "\n\"facts\":[{\"question\":{\"probe\":\"h.a.example\",\n\"port\":65536}}]}",
     FEDVAL_ERROR_SYNTAX, "facts[0].question.port: a number out of range", 3, 8},
    {HEAD "\n\"facts\":[{" DNS ",\n\"records\":7}]}", FEDVAL_ERROR_SYNTAX,
     "facts[0].records: not an array", 3, 11},
    {HEAD "\n\"facts\":[{" DNS ",\n\"records\":[7]}]}", FEDVAL_ERROR_SYNTAX,
     "facts[0].records[0]: not an object", 3, 12},
    {HEAD "\n\"facts\":[{" DNS ",\n\"records\":[{\"owner\":\"o\"}]}]}", FEDVAL_ERROR_SYNTAX,
     "facts[0].records[0]: type is missing", 3, 12},
    {HEAD "\n\"facts\":[{" DNS ",\n\"records\":[{\"type\":\"A\",\"owner\":\"o\"}]}]}",
     FEDVAL_ERROR_SYNTAX, "facts[0].records[0].address: missing", 3, 12},
    {HEAD "\n\"facts\":[{" PROBE ",\n\"role\":\"king\"}]}", FEDVAL_ERROR_SYNTAX,
     "facts[0].role: an unknown word", 3, 8},
    {HEAD "\n\"facts\":[{" PROBE ",\n\"chain\":[7]}]}", FEDVAL_ERROR_SYNTAX,
     "facts[0].chain[0]: not a string", 3, 10},
    {HEAD "\n\"facts\":[{" PROBE ",\n\"chain\":[\"MAA=\",\"MAA\"]}]}", FEDVAL_ERROR_SYNTAX,
     "facts[0].chain[1]: not base64", 3, 17},
    {HEAD "\n\"facts\":[{" PROBE ",\n\"chain_complete\":1}]}", FEDVAL_ERROR_SYNTAX,
     "facts[0].chain_complete: neither", 3, 18},
    {HEAD "\n\"facts\":[{" PROBE ",\n\"at\":\"yesterday\"}]}", FEDVAL_ERROR_SYNTAX,
     "facts[0].at: not a time", 3, 6},
    {HEAD "\"domain\":\"b.example\"}", FEDVAL_ERROR_SYNTAX, "duplicate", 1, 0},
    {HEAD "\"facts\":[],\"x\":\"\\u0000\"}", FEDVAL_ERROR_SYNTAX, "not JSON", 1, 0},
    {HEAD "\"facts\":[]} x", FEDVAL_ERROR_SYNTAX, "end of file expected", 1, 0},
    {HEAD "\"facts\":[[[[[[[[[[[[[[]]]]]]]]]]]]]]}", FEDVAL_ERROR_LIMIT, "nested too deeply", 1, 0},
};

static void what_is_wrong_is_told_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        fedval_evidence *evidence = NULL;
        fedval_error *error = fedval_error_new();
        fedval_status status =
            fedval_evidence_new_from_json(wrong[i].json, strlen(wrong[i].json), &evidence, error);
        const char *message = fedval_error_get_message(error);
        if (status != wrong[i].status || strstr(message, wrong[i].message) == NULL)
            fail_msg("%s: %d %s", wrong[i].json, (int)status, message);
        if (fedval_error_get_line(error) != wrong[i].line ||
            (wrong[i].column != 0 && fedval_error_get_column(error) != wrong[i].column)) {
            fail_msg("%s: at %u:%u", wrong[i].json, fedval_error_get_line(error),
                     fedval_error_get_column(error));
        }
        assert_null(evidence);
        fedval_error_free(error);
    }
}

static void a_document_cut_anywhere_is_refused(void **state)
{
    (void)state;
    for (size_t len = 0; len < sizeof(whole) - 1; len++) {
        fedval_evidence *evidence = NULL;
        fedval_error *error = fedval_error_new();
        assert_int_equal(fedval_evidence_new_from_json(whole, len, &evidence, error),
                         FEDVAL_ERROR_SYNTAX);
        assert_null(evidence);
        assert_true(fedval_error_get_line(error) == 1);
        fedval_error_free(error);
    }
}

static void assert_limit(const char *json, size_t len, const char *message)
{
    fedval_evidence *evidence = NULL;
    fedval_error *error = fedval_error_new();
    assert_int_equal(fedval_evidence_new_from_json(json, len, &evidence, error),
                     FEDVAL_ERROR_LIMIT);
    assert_non_null(strstr(fedval_error_get_message(error), message));
    fedval_error_free(error);
}

static void enormous_documents_are_refused_before_they_take_memory(void **state)
{
    (void)state;
    size_t len = ((size_t)64 << 20) + 1;
    char *json = malloc(len);
    assert_non_null(json);
    memset(json, ' ', len);
    assert_limit(json, len, "64 MiB");
    for (size_t i = 0; i + 3 <= len - 1; i += 3)
        memcpy(json + i, "{},", 3);
    assert_limit(json, len - 1, "too many objects");
    memset(json, ',', len);
    assert_limit(json, len - 1, "too many values");
    memcpy(json, "{", 1);
    assert_limit(json, len - 1, "too many members");
    free(json);
}

static void arguments_are_checked(void **state)
{
    (void)state;
    fedval_evidence *evidence = NULL;
    assert_int_equal(fedval_evidence_new_from_json(NULL, 0, &evidence, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_evidence_new_from_json("", 0, &evidence, NULL), FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_evidence_to_json(NULL, NULL, NULL), FEDVAL_ERROR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_comes_back_byte_for_byte),
        cmocka_unit_test(records_that_aliases_lead_to_are_taken),
        cmocka_unit_test(a_text_that_tells_the_sources_is_read),
        cmocka_unit_test(a_text_of_too_many_sources_is_one),
        cmocka_unit_test(members_tell_the_sources_before_the_text),
        cmocka_unit_test(absent_members_are_like_null),
        cmocka_unit_test(members_of_a_later_edition_are_passed_over_where_the_document_says_so),
        cmocka_unit_test(a_member_that_the_format_does_not_have_is_told_with_the_nearest),
        cmocka_unit_test(what_is_wrong_is_told_with_its_place),
        cmocka_unit_test(a_document_cut_anywhere_is_refused),
        cmocka_unit_test(enormous_documents_are_refused_before_they_take_memory),
        cmocka_unit_test(arguments_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
