#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "catalogue/topic.h"
#include "fedval/policy.h"

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
    };
    static const char *const names[] = {"alert unknown ca", "no certificate returned",
                                        "self signed certificate in certificate chain",
                                        OF_THE_EDGE};
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
        if (!has_source && topic.certainty != FV_SYMPTOM_UNSURE)
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_topic_is_found_by_its_number_and_by_its_name),
        cmocka_unit_test(what_people_paste_is_understood),
        cmocka_unit_test(a_sentence_is_found_in_a_line),
        cmocka_unit_test(one_number_may_mean_several_things),
        cmocka_unit_test(what_is_not_known_says_whose_it_is),
        cmocka_unit_test(other_text_is_looked_for_in_the_catalogue),
        cmocka_unit_test(every_profile_and_requirement_is_a_topic),
        cmocka_unit_test(every_topic_says_what_it_means_and_where_it_comes_from),
        cmocka_unit_test(room_and_arguments_are_kept_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
