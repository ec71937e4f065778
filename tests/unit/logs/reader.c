/* The reader's parts, its limits and its misuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/catalogue.h"
#include "fedval/log.h"
#include "logs/read/charset.h"
#include "logs/read/entry.h"
#include "logs/read/params.h"

static fv_text text_of(const char *text)
{
    return (fv_text){text, strlen(text)};
}

static void hresults_are_read_in_every_form(void **state)
{
    static const struct {
        const char *text;
        fv_number_state state;
        uint32_t number;
    } cases[] = {
        {"0x80090322(SEC_E_WRONG_PRINCIPAL)", FV_NUMBER_READ, 0x80090322},
        {"0X80090325", FV_NUMBER_READ, 0x80090325},
        {"0x800B0109", FV_NUMBER_READ, 0x800b0109},
        {"800b0109", FV_NUMBER_READ, 0x800b0109},
        {"-2146893022", FV_NUMBER_READ, 0x80090322},
        {"2148074274", FV_NUMBER_READ, 0x80090322},
        {"", FV_NUMBER_ABSENT, 0},
        {"0x322", FV_NUMBER_DAMAGED, 0},
        {"0x8009032", FV_NUMBER_DAMAGED, 0},
        {"0x800903222", FV_NUMBER_DAMAGED, 0},
        {"0x00090322", FV_NUMBER_DAMAGED, 0},
        {"90322", FV_NUMBER_DAMAGED, 0},
        {"-1", FV_NUMBER_READ, 0xffffffff},
        {"-0", FV_NUMBER_DAMAGED, 0},
        {"-2147483649", FV_NUMBER_DAMAGED, 0},
        {"99999999999999999999", FV_NUMBER_DAMAGED, 0},
        {"SEC_E_WRONG_PRINCIPAL", FV_NUMBER_DAMAGED, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint32_t number = 7;
        fv_number_state seen = fv_hresult_read(text_of(cases[i].text), &number);
        if (seen != cases[i].state || (seen == FV_NUMBER_READ && number != cases[i].number))
            fail_msg("%s: state %d, number %x", cases[i].text, (int)seen, (unsigned)number);
        if (seen != FV_NUMBER_READ)
            assert_int_equal(number, 7);
    }
}

static void a_view_holds_what_can_be_seen(void **state)
{
    static const char raw[] = "Line 12: a b\xc2\xa0"
                              "c\r\n|d &quot;e&quot; \xe2\x80\x9c"
                              "f\xe2\x80\x9d\n\n  g#015 h\\_i";
    (void)state;
    fv_sight sight;
    fv_sight_init(&sight);
    assert_true(fv_sight_read(&sight, (fv_bytes){(const uint8_t *)raw, sizeof(raw) - 1}));
    fv_text text = fv_sight_text(&sight, (fv_span){0, sight.len});
    assert_int_equal(text.len, strlen("abcd\"e\"\"f\"gh_i"));
    assert_memory_equal(text.data, "abcd\"e\"\"f\"gh_i", text.len);
    assert_int_equal(fv_sight_gap(&sight, 1), FV_GAP_BLANK);
    assert_int_equal(fv_sight_gap(&sight, 2), FV_GAP_BLANK);
    assert_int_equal(fv_sight_gap(&sight, 3), FV_GAP_LINE);
    assert_int_equal(fv_sight_gap(&sight, 10), FV_GAP_PARAGRAPH);
    assert_true(sight.marks[10].indented);
    fv_sight_clear(&sight);
}

/* psql ends each line of a value with "+", an empty line too. */
static void an_empty_line_of_a_table_parts_paragraphs(void **state)
{
    static const char raw[] = "one  +\n"
                              "two  +\n"
                              "     +\n"
                              "four +\n"
                              "five +\n";
    (void)state;
    fv_sight sight;
    fv_sight_init(&sight);
    assert_true(fv_sight_read(&sight, (fv_bytes){(const uint8_t *)raw, sizeof(raw) - 1}));
    assert_int_equal(sight.len, strlen("onetwofourfive"));
    assert_int_equal(fv_sight_gap(&sight, 3), FV_GAP_LINE);
    assert_int_equal(fv_sight_gap(&sight, 6), FV_GAP_PARAGRAPH);
    assert_int_equal(fv_sight_gap(&sight, 10), FV_GAP_LINE);
    fv_sight_clear(&sight);
}

static void words_are_found_across_line_ends(void **state)
{
    static const char raw[] = "x ms-diag-\nnos\n tics: 1009";
    (void)state;
    fv_sight sight;
    size_t end;
    fv_sight_init(&sight);
    assert_true(fv_sight_read(&sight, (fv_bytes){(const uint8_t *)raw, sizeof(raw) - 1}));
    assert_true(fv_sight_match(&sight, 1, "MS-DIAGNOSTICS:", &end));
    assert_int_equal(fv_sight_count_digits(&sight, end, 9), 4);
    assert_false(fv_sight_match(&sight, 1, "ms-diagnostics-public", NULL));
    fv_sight_clear(&sight);
}

static size_t decode(const char *bytes, size_t len, size_t step, uint8_t *out)
{
    fv_charset charset;
    size_t written = 0;
    fv_charset_init(&charset);
    for (size_t at = 0; at < len; at += step) {
        fv_bytes piece = {(const uint8_t *)bytes + at, len - at < step ? len - at : step};
        while (piece.len > 0)
            written += fv_charset_read(&charset, &piece, out + written, 100 - written);
    }
    return written + fv_charset_finish(&charset, out + written);
}

static void utf_16_becomes_utf_8_however_it_is_cut(void **state)
{
    static const char little[] = "\xff\xfe"
                                 "A\0\xe9\0\xac\x20\x3d\xd8\x00\xde";
    static const char big[] = "\xfe\xff"
                              "\0A\0\xe9\x20\xac\xd8\x3d\xde\x00";
    static const char wanted[] = "\xef\xbb\xbf"
                                 "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80";
    uint8_t out[100];
    (void)state;
    for (size_t step = 1; step < 13; step++) {
        assert_int_equal(decode(little, 12, step, out), sizeof(wanted) - 1);
        assert_memory_equal(out, wanted, sizeof(wanted) - 1);
        assert_int_equal(decode(big, 12, step, out), sizeof(wanted) - 1);
        assert_memory_equal(out, wanted, sizeof(wanted) - 1);
    }
    /* A file that was begun as UTF-16, and went on in 8 bits. */
    static const char changed[] = "\xff\xfe"
                                  "a\0\n\0one\r\ntwo\r\nthree\r\nfour\r\nfive";
    static const char later[] = "\none\r\ntwo\r\nthree\r\nfour\r\nfive";
    size_t len = decode(changed, sizeof(changed) - 1, 7, out);
    assert_true(len > sizeof(later) - 1);
    assert_memory_equal(out + len - (sizeof(later) - 1), later, sizeof(later) - 1);
    assert_int_equal(decode("A", 1, 1, out), 1);
    assert_int_equal(decode("", 0, 1, out), 0);
    assert_int_equal(decode("plain", 5, 2, out), 5);
    assert_memory_equal(out, "plain", 5);
}

/* ---- many incidents ---- */

static void feed_record(fedval_log *log, unsigned number, const char *domain, unsigned second)
{
    char text[600];
    int len = snprintf(text, sizeof(text),
                       "TL_WARN(TF_DIAG) [p\\m]0001.0002::05/14/2019-09:22:%02u.000.00001234 (S) "
                       "$$begin_record\nSeverity: warning\nResult-Code: 0xc3e93d6f NAME\n"
                       "SIP-Call-ID: call-%u\nSIP-CSeq: 1 INVITE\nPeer: a.example:250%02u\n"
                       "Data: domain=\"%s\";fqdn1=\"expe.example.org:5061\"\n$$end_record\n",
                       second, number, second, domain);
    assert_int_equal(fedval_log_feed(log, (const uint8_t *)text, (size_t)len), FEDVAL_OK);
}

static void repetition_is_counted_by_group_and_by_limit(void **state)
{
    (void)state;
    fedval_log *log = NULL;
    assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
    assert_int_equal(fedval_log_set_max_incidents(log, 10), FEDVAL_OK);
    assert_int_equal(fedval_log_begin_source(log, "many", FEDVAL_NUL_ENDED), FEDVAL_OK);
    for (unsigned i = 0; i < 50; i++)
        feed_record(log, i, i % 2 == 0 ? "one.example.net" : "two.example.net", i);
    feed_record(log, 3, "two.example.net", 3); /* the same call again */
    feed_record(log, 99, "late.example.net", 59);
    assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
    assert_int_equal(fedval_log_count_incidents(log), 10);
    assert_int_equal(fedval_log_get_num_not_kept(log), 41);
    assert_int_equal(fedval_log_count_groups(log), 2);
    assert_int_equal(fedval_log_get_group_size(log, 0), 25);
    assert_int_equal(fedval_log_get_group_size(log, 1), 25);
    assert_int_equal(fedval_log_get_group_last_time_ms(log, 1) -
                         fedval_log_get_group_first_time_ms(log, 1),
                     48000);
    assert_int_equal(fedval_incident_get_times_logged(fedval_log_get_incident(log, 3)), 2);
    assert_int_equal(fedval_log_count_domains(log), 2);
    assert_string_equal(fedval_log_get_domain(log, 1), "two.example.net");
    assert_null(fedval_log_get_domain(log, 2));
    fedval_log_free(log);
}

static const char bare[] =
    "2019-05-14T09:22:07.000Z e tvcs: UTCTime=\"2019-05-14 09:22:07,000\" Module=\"network.sip\" "
    "Level=\"DEBUG\": Action=\"Received\" Local-ip=\"192.0.2.1\" Local-port=\"25007\" "
    "Src-ip=\"192.0.2.2\" Src-port=\"5061\"\n SIPMSG:\n |SIP/2.0 504 Server time-out\n"
    "Call-ID: another-one\nCSeq: 5 INVITE\nFrom: <sip:a@one.example.net>;tag=1\n"
    "To: <sip:b@example.com>;tag=2\nServer: RTC/6.0\nContent-Length: 0\n\n";

static void another_call_id_is_joined_by_port_and_time(void **state)
{
    (void)state;
    for (unsigned second = 7; second < 40; second += 9) {
        fedval_log *log = NULL;
        assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
        assert_int_equal(fedval_log_begin_source(log, "both", FEDVAL_NUL_ENDED), FEDVAL_OK);
        assert_int_equal(fedval_log_feed(log, (const uint8_t *)bare, sizeof(bare) - 1), FEDVAL_OK);
        feed_record(log, 1, "one.example.net", second);
        assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
        const fedval_incident *open = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_incident_get_explained_by(open), second == 7 ? 2 : 0);
        if (second == 7)
            assert_string_equal(fedval_incident_get_joined_by(open), "port and time");
        fedval_log_free(log);
    }
}

static void an_srv_answer_in_a_log_becomes_evidence(void **state)
{
    static const char text[] =
        "2019-05-14T14:02:00.100+02:00 e tvcs: UTCTime=\"2019-05-14 12:02:00,100\" "
        "Module=\"network.dns\" Level=\"DEBUG\": Detail=\"Sending DNS query\" "
        "Name=\"_sipfederationtls._tcp.Lync.example.net\" Type=\"SRV (IPv4 and IPv6)\"\n"
        "2019-05-14T14:02:00.150+02:00 e tvcs: UTCTime=\"2019-05-14 12:02:00,150\" "
        "Module=\"network.dns\" Level=\"DEBUG\": Detail=\"Resolved hostname to:  "
        "['IPv4''TCP''192.0.2.6:5061'] (A/AAAA) Hostname:'a.lync.example.net ' Port:'5061' "
        "Priority:'10' TTL:'300' Weight:'20' (SRV) Hostname:'b.lync.example.net' Port:'5062' "
        "Priority:'20' TTL:'60' Weight:'0' (SRV) Number of relevant records retrieved: 2\"\n";
    (void)state;
    fedval_log *log = NULL;
    assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
    assert_int_equal(fedval_log_begin_source(log, "expe.log", FEDVAL_NUL_ENDED), FEDVAL_OK);
    assert_int_equal(fedval_log_feed(log, (const uint8_t *)text, sizeof(text) - 1), FEDVAL_OK);
    assert_int_equal(fedval_log_count_evidence(log), 0);
    assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
    assert_int_equal(fedval_log_count_incidents(log), 0);
    assert_int_equal(fedval_log_count_evidence(log), 1);
    assert_null(fedval_log_get_evidence(log, 1));
    const fedval_evidence *evidence = fedval_log_get_evidence(log, 0);
    assert_string_equal(fedval_evidence_get_domain(evidence), "lync.example.net");
    assert_int_equal(fedval_evidence_count_facts(evidence), 1);
    const fedval_fact *fact = fedval_evidence_get_fact(evidence, 0);
    assert_string_equal(fedval_fact_get_source(fact), "expe.log:2");
    assert_int_equal(fedval_fact_get_time(fact), 1557835320);
    assert_int_equal(fedval_fact_count_records(fact), 2);
    assert_string_equal(fedval_fact_get_record_data(fact, 0), "a.lync.example.net");
    assert_int_equal(fedval_fact_get_record_priority(fact, 0), 10);
    assert_int_equal(fedval_fact_get_record_weight(fact, 0), 20);
    assert_int_equal(fedval_fact_get_record_ttl(fact, 1), 60);
    assert_int_equal(fedval_fact_get_record_port(fact, 1), 5062);
    fedval_log_free(log);
}

static size_t append_summary(char *out, size_t size, size_t call)
{
    return (size_t)snprintf(
        out, size,
        "2019-05-14T11:22:33.480+02:00 exp tvcs: UTCTime=\"2019-05-14 09:22:33,480\" "
        "Module=\"network.sip\" Level=\"INFO\":  Action=\"Received\" Src-ip=\"198.51.100.6\" "
        "Src-port=\"5061\" Detail=\"Receive Response Code=504, Method=INVITE, CSeq=7, "
        "To=sip:alice@lync.example.net, Call-ID=call-%zu, From-Tag=5a\"\n",
        call);
}

/* The summaries name no caller; then come the messages of all of them but the last. */
static void a_summary_goes_to_the_group_of_its_message(void **state)
{
    char text[8000];
    size_t len = 0;
    fedval_log *log = NULL;
    (void)state;
    for (size_t call = 0; call < 4; call++)
        len += append_summary(text + len, sizeof(text) - len, call);
    for (size_t call = 0; call < 3; call++) {
        len += (size_t)snprintf(text + len, sizeof(text) - len,
                                "2019-05-14T11:22:33.481+02:00 exp tvcs: UTCTime=\"2019-05-14 "
                                "09:22:33,481\" Module=\"network.sip\" Level=\"DEBUG\":  "
                                "Action=\"Received\"\n SIPMSG:\n |SIP/2.0 %d Server time-out\n "
                                "Call-ID: call-%zu\n CSeq: 7 INVITE\n From: "
                                "<sip:1@meet.example.org>;tag=5a\n Server: RTC/6.0\n\n",
                                504, call);
    }
    assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
    assert_int_equal(fedval_log_begin_source(log, "e", FEDVAL_NUL_ENDED), FEDVAL_OK);
    assert_int_equal(fedval_log_feed(log, (const uint8_t *)text, len), FEDVAL_OK);
    assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
    assert_int_equal(fedval_log_count_incidents(log), 4);
    assert_int_equal(fedval_log_count_groups(log), 2);
    assert_int_equal(fedval_log_get_group_size(log, 0), 3);
    assert_string_equal(fedval_incident_get_domain(fedval_log_get_group_first(log, 0)),
                        "meet.example.org");
    assert_int_equal(fedval_log_get_group_size(log, 1), 1);
    assert_int_equal(fedval_incident_get_id(fedval_log_get_group_first(log, 1)), 4);
    fedval_log_free(log);
}

/* Its quotation marks are escaped, as in JSON: nothing is made up from what is left. */
static void a_value_without_its_marks_is_no_event(void **state)
{
    static const char text[] = "tvcs: UTCTime=\"\" Event=\"Inbound TLS Negotiation Error\\\" "
                               "Service=\\\"SIP\\\" Detail=\\\"\n";
    fedval_log *log = NULL;
    (void)state;
    assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
    assert_int_equal(fedval_log_begin_source(log, "json", FEDVAL_NUL_ENDED), FEDVAL_OK);
    assert_int_equal(fedval_log_feed(log, (const uint8_t *)text, sizeof(text) - 1), FEDVAL_OK);
    assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
    assert_int_equal(fedval_log_count_incidents(log), 0);
    fedval_log_free(log);
}

static void misuse_is_refused(void **state)
{
    (void)state;
    fedval_log *log = NULL;
    const uint8_t byte = 'x';
    assert_int_equal(fedval_log_new(NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
    assert_int_equal(fedval_log_feed(log, &byte, 1), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_log_end_source(log), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_log_set_max_incidents(log, 0), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_log_begin_source(log, NULL, 0), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_log_begin_source(log, "a", FEDVAL_NUL_ENDED), FEDVAL_OK);
    assert_int_equal(fedval_log_set_max_incidents(log, 5), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_log_feed(log, NULL, 1), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_log_feed(log, NULL, 0), FEDVAL_OK);
    assert_int_equal(fedval_log_count_incidents(log), 0);
    assert_int_equal(fedval_log_get_diagnosis(log), 0);
    assert_int_equal(fedval_log_get_headline(log), 0);
    assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
    assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
    assert_int_equal(fedval_log_get_diagnosis(log), FEDVAL_DIAGNOSIS_NOTHING);
    assert_int_equal(fedval_log_get_headline(log), FEDVAL_HEADLINE_NO_FAILED_CALL);
    assert_int_equal(fedval_log_begin_source(log, "b", FEDVAL_NUL_ENDED), FEDVAL_ERROR_STATE);
    assert_null(fedval_log_get_incident(log, 0));
    assert_null(fedval_incident_get_message(NULL));
    fedval_log_free(log);
    fedval_log_free(NULL);
}

static void every_word_reads_back(void **state)
{
    (void)state;
    uint32_t back = 0;
    for (uint32_t i = FEDVAL_INCIDENT_KIND_EDGE_RECORD; i <= FEDVAL_INCIDENT_KIND_WINDOWS_EVENT;
         i++) {
        assert_int_equal(fedval_incident_kind_from_string(fedval_incident_kind_to_string(i),
                                                          FEDVAL_NUL_ENDED, &back),
                         FEDVAL_OK);
        assert_int_equal(back, i);
    }
    for (uint32_t i = FEDVAL_CERTAINTY_STATED; i <= FEDVAL_CERTAINTY_UNDETERMINED; i++) {
        assert_int_equal(
            fedval_certainty_from_string(fedval_certainty_to_string(i), FEDVAL_NUL_ENDED, &back),
            FEDVAL_OK);
        assert_int_equal(back, i);
    }
    for (uint32_t i = 0; i <= FEDVAL_CALL_DIRECTION_FROM_MICROSOFT; i++) {
        assert_int_equal(fedval_call_direction_from_string(fedval_call_direction_to_string(i),
                                                           FEDVAL_NUL_ENDED, &back),
                         FEDVAL_OK);
        assert_int_equal(back, i);
    }
    for (uint32_t i = FEDVAL_DIAGNOSIS_NOTHING; i <= FEDVAL_DIAGNOSIS_UNDETERMINED; i++) {
        assert_int_equal(
            fedval_diagnosis_from_string(fedval_diagnosis_to_string(i), FEDVAL_NUL_ENDED, &back),
            FEDVAL_OK);
        assert_int_equal(back, i);
    }
    for (uint32_t i = FEDVAL_HEADLINE_CAUSE_FOUND; i <= FEDVAL_HEADLINE_CAUSE_OF_SOME; i++) {
        assert_int_equal(
            fedval_headline_from_string(fedval_headline_to_string(i), FEDVAL_NUL_ENDED, &back),
            FEDVAL_OK);
        assert_int_equal(back, i);
        assert_non_null(fedval_headline_get_sentence(i));
    }
    assert_null(fedval_headline_get_sentence(0));
    for (uint32_t i = 0; i <= FEDVAL_MEND_SIDE_EITHER; i++) {
        assert_int_equal(
            fedval_mend_side_from_string(fedval_mend_side_to_string(i), FEDVAL_NUL_ENDED, &back),
            FEDVAL_OK);
        assert_int_equal(back, i);
    }
    assert_null(fedval_certainty_to_string(99));
    assert_int_equal(fedval_certainty_from_string("certain", FEDVAL_NUL_ENDED, &back),
                     FEDVAL_ERROR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hresults_are_read_in_every_form),
        cmocka_unit_test(a_view_holds_what_can_be_seen),
        cmocka_unit_test(an_empty_line_of_a_table_parts_paragraphs),
        cmocka_unit_test(words_are_found_across_line_ends),
        cmocka_unit_test(utf_16_becomes_utf_8_however_it_is_cut),
        cmocka_unit_test(repetition_is_counted_by_group_and_by_limit),
        cmocka_unit_test(another_call_id_is_joined_by_port_and_time),
        cmocka_unit_test(an_srv_answer_in_a_log_becomes_evidence),
        cmocka_unit_test(a_summary_goes_to_the_group_of_its_message),
        cmocka_unit_test(a_value_without_its_marks_is_no_event),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(every_word_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
