#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "catalogue/topic.h"
#include "fedval/policy.h"
#include "fedval/render.h"

#define MOST 16

static size_t find(const char *text, size_t *topics, uint32_t *answer)
{
    size_t count = SIZE_MAX;
    assert_int_equal(fedval_topics_find(text, FEDVAL_NUL_ENDED, MOST, topics, &count, answer),
                     FEDVAL_OK);
    assert_true(count <= MOST);
    return count;
}

static bool leads_to(const char *text, size_t wanted)
{
    size_t topics[MOST];
    uint32_t answer;
    size_t count = find(text, topics, &answer);
    for (size_t i = 0; answer == FEDVAL_ANSWER_KNOWN && i < count; i++) {
        if (topics[i] == wanted)
            return true;
    }
    return false;
}

static void every_topic_is_found_by_its_number_and_by_its_name(void **state)
{
    fv_topic topic;
    (void)state;
    for (size_t i = 0; fv_topic_at(i, &topic) && topic.kind != FEDVAL_TOPIC_RANGE; i++) {
        bool is_code =
            topic.kind >= FEDVAL_TOPIC_MS_DIAGNOSTICS && topic.kind <= FEDVAL_TOPIC_OPENSSL_VERIFY;
        char number[64];
        snprintf(number, sizeof(number), "%u", topic.number);
        if (is_code && !leads_to(number, i))
            fail_msg("%s: %s", number, topic.meaning);
        snprintf(number, sizeof(number), "0x%08X", topic.number);
        if ((topic.kind == FEDVAL_TOPIC_HRESULT || topic.kind == FEDVAL_TOPIC_EDGE_RESULT) &&
            !leads_to(number, i))
            fail_msg("%s: %s", number, topic.meaning);
        snprintf(number, sizeof(number), "%d", (int)topic.number);
        if (topic.kind == FEDVAL_TOPIC_HRESULT && !leads_to(number, i))
            fail_msg("%s: %s", number, topic.meaning);
        if (topic.name != NULL && !leads_to(topic.name, i))
            fail_msg("%s: %s", topic.name, topic.meaning);
    }
}

typedef struct example {
    const char *text;
    uint32_t kind, number;
} example;

static void what_people_paste_is_understood(void **state)
{
    static const example examples[] = {
        {"1010", FEDVAL_TOPIC_MS_DIAGNOSTICS, 1010},
        {" 0x80090322, ", FEDVAL_TOPIC_HRESULT, 0x80090322},
        {"(80090322)", FEDVAL_TOPIC_HRESULT, 0x80090322},
        {"-2146893022", FEDVAL_TOPIC_HRESULT, 0x80090322},
        {"2148074274", FEDVAL_TOPIC_HRESULT, 0x80090322},
        {"0x80090322(SEC_E_WRONG_PRINCIPAL)", FEDVAL_TOPIC_HRESULT, 0x80090322},
        {"sec_e_wrong_principal", FEDVAL_TOPIC_HRESULT, 0x80090322},
        {"0x80072746", FEDVAL_TOPIC_HRESULT, 0x80072746},
        {"alert 42", FEDVAL_TOPIC_TLS_ALERT, 42},
        {"TLS alert 20", FEDVAL_TOPIC_TLS_ALERT, 20},
        {"SSL alert number 48", FEDVAL_TOPIC_TLS_ALERT, 48},
        {"20", FEDVAL_TOPIC_OPENSSL_VERIFY, 20},
        {"verify error:num=19:self signed certificate", FEDVAL_TOPIC_OPENSSL_VERIFY, 19},
        {"SELF_SIGNED_CERT_IN_CHAIN", FEDVAL_TOPIC_OPENSSL_VERIFY, 19},
        {"unknown ca", FEDVAL_TOPIC_TLS_ALERT, 48},
        {"sip 404", FEDVAL_TOPIC_SIP_STATUS, 404},
        {"SIP/2.0 504 Server time-out", FEDVAL_TOPIC_SIP_STATUS, 504},
        {"403 Forbidden", FEDVAL_TOPIC_SIP_STATUS, 403},
        {"event 36884", FEDVAL_TOPIC_WINDOWS_EVENT, 36884},
        {"Event ID: 14428", FEDVAL_TOPIC_WINDOWS_EVENT, 14428},
        {"winsock 10054", FEDVAL_TOPIC_WINSOCK, 10054},
        {"ms-diagnostics: 1009;reason=\"No match for domain in DNS SRV results\"",
         FEDVAL_TOPIC_MS_DIAGNOSTICS, 1009},
        {"ErrorCode = 1008,Source=sip.example.com", FEDVAL_TOPIC_MS_DIAGNOSTICS, 1008},
        /* The HRESULT beside it decides. */
        {"1010;reason=\"x\";HRESULT=\"0x80096004\"", FEDVAL_TOPIC_HRESULT, 0x80096004},
        {"r2", FEDVAL_TOPIC_REQUIREMENT, 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        size_t topics[MOST];
        uint32_t answer;
        if (find(examples[i].text, topics, &answer) == 0 || answer != FEDVAL_ANSWER_KNOWN ||
            fedval_topic_get_kind(topics[0]) != examples[i].kind ||
            fedval_topic_get_number(topics[0]) != examples[i].number)
            fail_msg("%s: %s", examples[i].text, fedval_answer_to_string(answer));
    }
}

#define OF_THE_EDGE                                                                                \
    ("The domain of the message is not configured and does not appear to belong to a federated "   \
     "partner")

static void a_sentence_is_found_in_a_line(void **state)
{
    static const char *const lines[] = {
        "error:14094418:SSL routines:SSL3_READ_BYTES:tlsv1 alert unknown ca",
        "SSL3_GET_CLIENT_CERTIFICATE:no certificate returned",
        "Detail=\"self signed certificate in certificate chain\"",
        OF_THE_EDGE,
        "error:0A000086",
        "139:error:0A000418:SSL routines::",
        "336151576",
        "0x14094418",
        "OpenSSL 167772294",
        "error:0A000152:SSL routines::unsafe legacy renegotiation disabled",
        "error:0A000126:SSL routines::unexpected eof while reading",
        "error:0A000126",
        "Detail=\"Policy Response\"",
        "New-CsAllowedDomain -ProxyFqdn",
        "sipfed.online.lync.com",
        "sipfed.resources.lync.com",
    };
    static const char *const names[] = {
        "alert unknown ca",
        "no certificate returned",
        "self signed certificate in certificate chain",
        OF_THE_EDGE,
        "certificate verify failed",
        "alert unknown ca",
        "alert unknown ca",
        "alert unknown ca",
        "certificate verify failed",
        "unsafe legacy renegotiation disabled",
        "unexpected eof while reading",
        "unexpected eof while reading",
        "Policy Response",
        "allowed-domains",
        "srv-hosting-provider",
        "srv-target-of-cloud",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        size_t topics[MOST];
        uint32_t answer;
        assert_int_not_equal(find(lines[i], topics, &answer), 0);
        assert_int_equal(answer, FEDVAL_ANSWER_KNOWN);
        assert_string_equal(fedval_topic_get_name(topics[0]), names[i]);
    }
}

static void one_number_may_mean_several_things(void **state)
{
    size_t topics[MOST];
    uint32_t answer;
    (void)state;
    assert_int_equal(find("20", topics, &answer), 2);
    assert_int_equal(fedval_topic_get_kind(topics[1]), FEDVAL_TOPIC_TLS_ALERT);
    assert_int_equal(find("404", topics, &answer), 1);
}

static void what_is_not_known_says_whose_it_is(void **state)
{
    static const char *const texts[] = {"1019",          "9403",       "0xc3e93d99",
                                        "SEC_E_NO_SUCH", "0x800b0199", "SIPPROXY_E_NEW",
                                        "event 14499"};
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        size_t topics[MOST];
        uint32_t answer;
        assert_int_equal(find(texts[i], topics, &answer), 1);
        if (answer != FEDVAL_ANSWER_RANGE)
            fail_msg("%s: %s", texts[i], fedval_answer_to_string(answer));
        assert_int_equal(fedval_topic_get_kind(topics[0]), FEDVAL_TOPIC_RANGE);
    }
}

static void other_text_is_looked_for_in_the_catalogue(void **state)
{
    size_t topics[MOST];
    uint32_t answer;
    (void)state;
    assert_int_not_equal(find("wildcard certificate", topics, &answer), 0);
    assert_int_equal(answer, FEDVAL_ANSWER_SIMILAR);
    assert_int_equal(find("zebra giraffe", topics, &answer), 0);
    /* Neither is an error of OpenSSL's SSL library that has a sentence. */
    assert_int_equal(find("error:0B000086", topics, &answer), 0);
    assert_int_equal(find("error:0A000FFF", topics, &answer), 0);
    assert_int_equal(answer, FEDVAL_ANSWER_UNKNOWN);
    assert_int_equal(find("", topics, &answer), 0);
    assert_int_equal(find(" .,;() ", topics, &answer), 0);
    assert_int_equal(answer, FEDVAL_ANSWER_UNKNOWN);
}

static void every_profile_and_requirement_is_a_topic(void **state)
{
    (void)state;
    for (uint32_t profile = FEDVAL_PROFILE_MICROSOFT_EDGE; profile <= FEDVAL_PROFILE_WEBPKI;
         profile++) {
        size_t topics[MOST];
        uint32_t answer;
        assert_int_equal(find(fedval_profile_to_string(profile), topics, &answer), 1);
        assert_int_equal(fedval_topic_get_kind(topics[0]), FEDVAL_TOPIC_PROFILE);
    }
    assert_int_equal(fv_num_requirements, 8);
}

static void every_topic_says_what_it_means_and_where_it_comes_from(void **state)
{
    fv_topic topic;
    (void)state;
    for (size_t i = 0; fv_topic_at(i, &topic); i++) {
        assert_non_null(fedval_topic_to_string(topic.kind));
        assert_non_null(topic.meaning);
        bool has_source = topic.entry != NULL || fv_document_get(topic.document) != NULL;
        if (!has_source && topic.certainty != FEDVAL_CERTAINTY_UNSURE)
            fail_msg("%s has no source", topic.meaning);
        if (topic.look == 0 && topic.place == NULL)
            fail_msg("%s: nowhere to look", topic.meaning);
    }
    assert_false(fv_topic_at(fedval_topic_count(), &topic));
    assert_int_equal(fedval_topic_get_kind(SIZE_MAX), 0);
    assert_null(fedval_topic_get_meaning(SIZE_MAX));
}

static void room_and_arguments_are_kept_to(void **state)
{
    size_t topics[1], count = 7;
    uint32_t answer = 7;
    (void)state;
    assert_int_equal(fedval_topics_find("20", 2, 1, topics, &count, &answer), FEDVAL_OK);
    assert_int_equal(count, 1);
    assert_int_equal(fedval_topics_find(NULL, 0, 1, topics, &count, &answer),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_topics_find("20", 2, 1, NULL, &count, &answer), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_topics_find("20", 2, 0, topics, &count, &answer),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(count, 1);
}

static size_t topic_of(const char *text)
{
    size_t topics[MOST];
    uint32_t answer;
    assert_int_not_equal(find(text, topics, &answer), 0);
    return topics[0];
}

static void a_topic_names_its_causes_the_likeliest_first(void **state)
{
    size_t topic = topic_of("1010"), count = fedval_topic_count_causes(topic);
    uint32_t last = FEDVAL_LIKELIHOOD_MOST_OFTEN;
    (void)state;
    assert_true(count > 1);
    for (size_t i = 0; i < count; i++) {
        const fedval_cause *cause = fedval_topic_get_cause(topic, i);
        assert_true(fedval_cause_get_likelihood(cause) >= last);
        last = fedval_cause_get_likelihood(cause);
        assert_non_null(fedval_likelihood_to_string(last));
        assert_non_null(fedval_cause_get_when(cause));
        assert_true(fedval_catalogue_find(fedval_cause_get_finding(cause)) != NULL ||
                    fedval_cause_get_finding(cause) == 0);
    }
    assert_null(fedval_topic_get_cause(topic, count));
    assert_null(fedval_topic_get_cause(SIZE_MAX, 0));
    assert_null(fedval_cause_get_when(NULL));
}

static void a_topic_leads_to_its_places_which_are_topics(void **state)
{
    size_t topic = topic_of("unknown_ca"), count = fedval_topic_count_places(topic);
    (void)state;
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        size_t place = fedval_topic_get_place(topic, i);
        assert_int_equal(fedval_topic_get_kind(place), FEDVAL_TOPIC_PLACE);
        assert_non_null(fedval_topic_get_product(place));
        assert_int_equal(fedval_topic_count_places(place), 1);
        assert_int_equal(fedval_topic_get_place(place, 0), place);
    }
    assert_string_equal(fedval_topic_get_name(fedval_topic_get_place(topic, 0)), "expressway-log");
    assert_non_null(fedval_topic_get_more(fedval_topic_get_place(topic, 0)));
    assert_true(fedval_topic_get_place(topic, count) == SIZE_MAX);
    assert_true(fedval_topic_get_place(SIZE_MAX, 0) == SIZE_MAX);
    assert_null(fedval_topic_get_product(topic));
    assert_null(fedval_topic_get_more(topic));
}

static void a_topic_has_its_document_its_certainty_and_what_is_unsure(void **state)
{
    const fedval_document *document = fedval_topic_get_document(topic_of("1009"));
    (void)state;
    assert_non_null(fedval_document_get_publisher(document));
    assert_non_null(fedval_document_get_title(document));
    assert_non_null(fedval_document_get_key(document));
    assert_int_equal(fedval_topic_get_certainty(topic_of("1009")), FEDVAL_CERTAINTY_STATED);
    assert_int_equal(fedval_topic_get_certainty(topic_of("srv-missing")), 0);
    assert_null(fedval_topic_get_document(SIZE_MAX));
    assert_null(fedval_document_get_date(NULL));
    assert_non_null(strstr(fedval_topic_get_text(topic_of("R4")), "subjectAltName"));
    assert_non_null(strstr(fedval_topic_get_unsure(topic_of("R4")), "wildcard"));
    assert_null(fedval_topic_get_unsure(topic_of("R3")));
    assert_null(fedval_topic_get_text(topic_of("1009")));
}

static void check_code(const char *asked, const char *wanted, uint32_t first, uint32_t last)
{
    char *text = NULL;
    size_t len = 0, topic = topic_of(asked);
    assert_int_equal(fedval_topic_code_to_text(topic, &text, &len), FEDVAL_OK);
    assert_string_equal(text, wanted);
    assert_int_equal(len, strlen(wanted));
    fedval_text_free(text);
    assert_int_equal(fedval_topic_get_number(topic), first);
    assert_int_equal(fedval_topic_get_last_number(topic), last);
}

static void a_code_is_written_as_products_write_it(void **state)
{
    char *untouched = NULL;
    (void)state;
    check_code("1010", "1010", 1010, 1010);
    check_code("SEC_E_WRONG_PRINCIPAL", "0x80090322", 0x80090322, 0x80090322);
    check_code("r2", "R2", 2, 2);
    check_code("51234", "50000 to 59999", 50000, 59999);
    check_code("0x800b0199", "0x800b0000 to 0x800bffff", 0x800b0000, 0x800bffff);
    check_code("srv-missing", "srv-missing", FEDVAL_FINDING_SRV_MISSING,
               FEDVAL_FINDING_SRV_MISSING);
    assert_int_equal(fedval_topic_code_to_text(topic_of(OF_THE_EDGE), &untouched, NULL),
                     FEDVAL_ERROR_NOT_FOUND);
    assert_int_equal(fedval_topic_code_to_text(SIZE_MAX, &untouched, NULL), FEDVAL_ERROR_NOT_FOUND);
    assert_null(untouched);
    assert_int_equal(fedval_topic_get_last_number(SIZE_MAX), 0);
}

static void an_id_that_is_only_listed_says_so(void **state)
{
    static const char *const listed[] = {"1019", "2120", "24036"};
    (void)state;
    for (size_t i = 0; i < sizeof(listed) / sizeof(listed[0]); i++) {
        size_t topics[MOST];
        uint32_t answer;
        assert_int_equal(find(listed[i], topics, &answer), 1);
        assert_int_equal(answer, FEDVAL_ANSWER_RANGE);
        assert_non_null(strstr(fedval_topic_get_meaning(topics[0]), "without a meaning"));
        uint32_t number = fedval_topic_get_number(topics[0]);
        check_code(listed[i], listed[i], number, number);
    }
    assert_null(strstr(fedval_topic_get_meaning(topic_of("1023")), "without a meaning"));
}

static void check_shown(const char *given, size_t given_len, const char *wanted)
{
    char *text = NULL;
    size_t len = 0;
    assert_int_equal(fedval_template_to_text(given, given_len, &text, &len), FEDVAL_OK);
    assert_string_equal(text, wanted);
    assert_int_equal(len, strlen(wanted));
    fedval_text_free(text);
}

static void a_template_is_shown_with_words_for_its_parameters(void **state)
{
    char *untouched = NULL;
    (void)state;
    check_shown("{target} is not under {domain}", FEDVAL_NUL_ENDED,
                "<target> is not under <domain>");
    check_shown("{not_after}, {which}", 11, "it ends");
    check_shown("{of_nobody}", FEDVAL_NUL_ENDED, "<of nobody>");
    check_shown("@{Add=\"{domain}\"}", FEDVAL_NUL_ENDED, "@{Add=\"<domain>\"}");
    check_shown("", 0, "");
    assert_int_equal(fedval_template_to_text(NULL, 0, &untouched, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_null(untouched);
}

/* A reader of these texts has no report, but he knows his domain and his hosts. */
static bool is_known_to_the_reader(const char *placeholder)
{
    static const char *const known[] = {"<domain>", "<target>", "<host>",     "<port>", "<address>",
                                        "<server>", "<n>",      "<provider>", "<URL>",  "<file>"};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strncmp(placeholder, known[i], strlen(known[i])) == 0)
            return true;
    }
    return false;
}

static void check_placeholders(const char *id, const char *text)
{
    char *shown = NULL;
    if (text == NULL)
        return;
    assert_int_equal(fedval_template_to_text(text, FEDVAL_NUL_ENDED, &shown, NULL), FEDVAL_OK);
    for (const char *at = shown; (at = strchr(at, '<')) != NULL; at++) {
        if (!is_known_to_the_reader(at))
            fail_msg("%s: %s", id, at);
    }
    if (strstr(shown, "the prober") != NULL)
        fail_msg("%s: %s", id, shown);
    fedval_text_free(shown);
}

static void no_text_has_a_placeholder_that_only_a_report_can_fill(void **state)
{
    (void)state;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        check_placeholders(entry->id, entry->meaning);
        check_placeholders(entry->id, entry->expected);
        check_placeholders(entry->id, entry->remedy);
        check_placeholders(entry->id, entry->log_remedy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_has_a_placeholder_that_only_a_report_can_fill),
        cmocka_unit_test(every_topic_is_found_by_its_number_and_by_its_name),
        cmocka_unit_test(what_people_paste_is_understood),
        cmocka_unit_test(a_sentence_is_found_in_a_line),
        cmocka_unit_test(one_number_may_mean_several_things),
        cmocka_unit_test(what_is_not_known_says_whose_it_is),
        cmocka_unit_test(other_text_is_looked_for_in_the_catalogue),
        cmocka_unit_test(every_profile_and_requirement_is_a_topic),
        cmocka_unit_test(every_topic_says_what_it_means_and_where_it_comes_from),
        cmocka_unit_test(room_and_arguments_are_kept_to),
        cmocka_unit_test(a_topic_names_its_causes_the_likeliest_first),
        cmocka_unit_test(a_topic_leads_to_its_places_which_are_topics),
        cmocka_unit_test(a_topic_has_its_document_its_certainty_and_what_is_unsure),
        cmocka_unit_test(a_code_is_written_as_products_write_it),
        cmocka_unit_test(an_id_that_is_only_listed_says_so),
        cmocka_unit_test(a_template_is_shown_with_words_for_its_parameters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
