/* What a log was wrapped in, single cases: lines keep their numbers, what was cut or broken is not
 * read for something else, and what is no wrapping is left alone. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

static const char response[] =
    "SIP/2.0 504 Server time-out\r\n"
    "From: <sip:alice@lync.example.net>;tag=1\r\n"
    "To: <sip:room1@video.example.com>\r\n"
    "Call-ID: c1\r\n"
    "CSeq: 1 INVITE\r\n"
    "ms-diagnostics: 1009;reason=\"No match\";domain=\"video.example.com\";"
    "fqdn1=\"gw.deep.video.example.com:5061\";source=\"sip.lync.example.net\"\r\n";

/* As a text of JSON. */
static void append_escaped(fv_buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        const char *escape = *text == '\r'   ? "\\r"
                             : *text == '\n' ? "\\n"
                             : *text == '"'  ? "\\\""
                                             : (char[]){*text, '\0'};
        fv_buf_append_text(out, escape);
    }
}

static fedval_log *read_text(const char *text, size_t step)
{
    return read_log("test", (const uint8_t *)text, strlen(text), step);
}

static void expect_one(const char *text, uint32_t finding, const char *domain, uint64_t line)
{
    static const size_t steps[] = {SIZE_MAX, 1, 7};
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        fedval_log *log = read_text(text, steps[i]);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        assert_int_equal(fedval_incident_get_finding(incident), finding);
        if (domain != NULL)
            assert_string_equal(fedval_incident_get_domain(incident), domain);
        else
            assert_null(fedval_incident_get_domain(incident));
        assert_int_equal(fedval_incident_get_line(incident), line);
        fedval_log_free(log);
    }
}

/* The same with the response between two texts. */
static void expect_response(const char *before, const char *after, uint64_t line)
{
    fv_buf text;
    fv_buf_init(&text);
    fv_buf_append_text(&text, before);
    append_escaped(&text, response);
    fv_buf_append_text(&text, after);
    fv_buf_append_char(&text, '\0');
    expect_one(text.data, FEDVAL_FINDING_SRV_TARGET_BELOW_SUBDOMAIN, "video.example.com", line);
    fv_buf_clear(&text);
}

static void lines_of_json_keep_their_numbers(void **state)
{
    (void)state;
    expect_response("{\"message\":\"all is well\\nand so on\"}\n{\"message\":\"x\"}\n"
                    "{\"host\":\"e1\",\"message\":\"",
                    "\",\"level\":3}\n{\"message\":\"end\"}\n", 3);
    expect_response("[\n  {\n    \"host\": \"e1\",\n    \"message\": \"", "\"\n  }\n]\n", 4);
}

static void a_document_within_other_lines_is_read(void **state)
{
    (void)state;
    expect_response("starting\nready\n14:02 collector: {\"message\":\"", "\"}\nstopping\n", 3);
}

static void a_document_that_was_cut_ends_with_its_line(void **state)
{
    (void)state;
    expect_response("{\"message\":\"the rest of this was c\n{\"message\":\"", "\"}\n", 2);
}

static void texts_of_one_document_do_not_run_together(void **state)
{
    (void)state;
    fedval_log *log =
        read_text("{\"a\":\"SIP/2.0 504 Server time-out\\r\\nCall-ID: \",\"b\":\"c2\","
                  "\"c\":\"CSeq: 1 INVITE\\r\\nServer: RTC/6.0\"}\n",
                  SIZE_MAX);
    for (size_t i = 0; i < fedval_log_count_incidents(log); i++)
        assert_null(fedval_incident_get_call_id(fedval_log_get_incident(log, i)));
    fedval_log_free(log);
}

static void large_documents_are_read_like_small_ones(void **state)
{
    (void)state;
    fv_buf text;
    fv_buf_init(&text);
    fv_buf_append_text(&text, "{\"items\":[");
    for (unsigned i = 0; i < 3000; i++) {
        char filler[200];
        snprintf(filler, sizeof(filler),
                 "{\"n\":%u,\"message\":\"Module=\\\"network.sip\\\" OPTIONS sip:x%u\\r\\n\"},", i,
                 i);
        fv_buf_append_text(&text, filler);
        if (i % 1000 != 500)
            continue;
        fv_buf_append_text(&text, "{\"message\":\"");
        append_escaped(&text, response);
        fv_buf_append_text(&text, "\"},");
    }
    fv_buf_append_text(&text, "{}]}\n");
    char *whole = rows_of_bytes((const uint8_t *)text.data, text.len, text.len, ROW_WHOLE);
    char *pieces = rows_of_bytes((const uint8_t *)text.data, text.len, 777, ROW_WHOLE);
    size_t rows = 0;
    for (const char *c = whole; *c != '\0'; c++)
        rows += *c == '\n';
    assert_string_equal(whole, pieces);
    assert_int_equal(rows, 1); /* one call, logged three times */
    assert_non_null(strstr(whole, "\tstated\t3\t"));
    assert_non_null(strstr(whole, "\t1\n")); /* its line */
    free(whole);
    free(pieces);
    fv_buf_clear(&text);
}

static void a_translated_page_gives_its_code(void **state)
{
    (void)state;
    expect_one("<span>ErrorCode = 1008, Source = \xd0\xbf\xd0\xbb\xd0\xb0\xd0\xbd lync. example, "
               "\xd0\xbf\xd1\x80\xd0\xb8\xd1\x87\xd0\xb8\xd0\xbd\xd0\xb0 DNS</span>\n",
               FEDVAL_FINDING_SRV_MISSING, NULL, 1);
}

static void empty_values_are_no_doubled_quotation_marks(void **state)
{
    (void)state;
    expect_one("SIP/2.0 504 Server time-out\nCall-ID: c1\nCSeq: 1 INVITE\n"
               "ms-diagnostics: 1009;reason=\"\";domain=\"video.example.com\";"
               "fqdn1=\"gw.deep.video.example.com:5061\";source=\"\"\n",
               FEDVAL_FINDING_SRV_TARGET_BELOW_SUBDOMAIN, "video.example.com", 1);
}

/* A name that was given and cannot be read is not replaced by one of another header. */
static void damaged_names_leave_the_cause_open(void **state)
{
    static const char *const names[] = {"vid\\eo.example.com", "video.ex|mple.com", "a b.c\\d",
                                        "\xd1\x8f\xff.example"};
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char text[1000];
        snprintf(text, sizeof(text),
                 "SIP/2.0 504 Server time-out\n"
                 "From: <sip:alice@lync.example.net>\n"
                 "To: <sip:room1@video.example.com>\n"
                 "Call-ID: c1\n"
                 "CSeq: 1 INVITE\n"
                 "ms-diagnostics: 1009;reason=\"No "
                 "match\";domain=\"%s\";source=\"sip.lync.example.net\"\n",
                 names[i]);
        fedval_log *log = read_text(text, SIZE_MAX);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_UNDETERMINED);
        assert_null(fedval_incident_get_domain(incident));
        assert_int_equal(fedval_log_count_domains(log), 0);
        fedval_log_free(log);
    }
}

/* Whatever stands in front of the next line. */
static void the_next_line_is_no_part_of_a_call_id(void **state)
{
    static const char *const fronts[] = {"~~ ", "host7 app[3]: ", "11:22:33 x ", "| | ",
                                         "=> ", "[a] [b] "};
    (void)state;
    for (size_t i = 0; i < sizeof(fronts) / sizeof(fronts[0]); i++) {
        char text[1000];
        const char *f = fronts[i];
        snprintf(text, sizeof(text),
                 "%sSIP/2.0 504 Server time-out\n"
                 "%sCall-ID: 7d1f0b52-33aa-4c58-9f6e-0a1b2c3d4e5f-0a1b2c3d4e5f\n"
                 "%sX-Other-Thing: 7\n"
                 "%sCSeq: 1 INVITE\n"
                 "%sms-diagnostics: 1009;reason=\"No match\";domain=\"video.example.com\"\n",
                 f, f, f, f, f);
        fedval_log *log = read_text(text, SIZE_MAX);
        for (size_t k = 0; k < fedval_log_count_incidents(log); k++) {
            const char *id = fedval_incident_get_call_id(fedval_log_get_incident(log, k));
            if (id != NULL)
                assert_string_equal(id, "7d1f0b52-33aa-4c58-9f6e-0a1b2c3d4e5f-0a1b2c3d4e5f");
        }
        fedval_log_free(log);
    }
}

static void a_text_in_an_array_is_no_name(void **state)
{
    (void)state;
    expect_response("[\"", "\"]\n", 1);
    expect_response("[\n  \"", "\"\n]\n", 2);
}

static void assert_reported(const char *in_json, const char *wanted)
{
    char text[1000];
    snprintf(text, sizeof(text),
             "{\"m\":\"%s/2.0 504 Server time-out\\r\\nCall-ID: c1\\r\\nCSeq: 1 INVITE\\r\\n"
             "ms-%s: 1009;reason=\\\"%s\\\";domain=\\\"video.example.com\\\";"
             "fqdn1=\\\"gw.deep.video.example.com:5061\\\"\\r\\n\"}\n",
             "SIP", "diagnostics", in_json);
    fedval_log *log = read_text(text, 11);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const char *reported = fedval_incident_get_reported_text(fedval_log_get_incident(log, 0));
    if (reported == NULL || strstr(reported, wanted) == NULL)
        fail_msg("%s: %s", in_json, reported != NULL ? reported : "nothing");
    fedval_log_free(log);
}

/* RFC 8259 7: a character beyond U+FFFF is written as two surrogates. */
static void escaped_characters_are_those_that_they_stand_for(void **state)
{
    (void)state;
    assert_reported("a\\u0041b", "aAb");
    assert_reported("a\\u00e9b", "a\xc3\xa9"
                                 "b");
    assert_reported("a\\u07ffb", "a\xdf\xbf"
                                 "b");
    assert_reported("a\\u0800b", "a\xe0\xa0\x80"
                                 "b");
    assert_reported("a\\ud7ffb", "a\xed\x9f\xbf"
                                 "b");
    assert_reported("a\\ue000b", "a\xee\x80\x80"
                                 "b");
    assert_reported("a\\ud800\\udc00b", "a\xf0\x90\x80\x80"
                                        "b");
    assert_reported("a\\udbff\\udfffb", "a\xf4\x8f\xbf\xbf"
                                        "b");
    assert_reported("a\\udc00b", "a\xef\xbf\xbd"
                                 "b");
}

/* RFC 2045 6.7: "=" and two digits, and a line that goes on, with blanks that a server added. */
static void a_quoted_printable_mail_is_decoded(void **state)
{
    (void)state;
    expect_one("Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n"
               "SIP/2.0=20504 Server time-out\nCall-ID: c1\nCSeq: 1 INVITE\n"
               "ms-diagnostics: 1009;reason=3D\"No match\";domain=3D\"video.exam= \nple.com\";"
               "fqdn1=3D\"gw.deep.video.example.=\t \ncom:5061\"\n",
               FEDVAL_FINDING_SRV_TARGET_BELOW_SUBDOMAIN, "video.example.com", 4);
}

/* As people write them down. */
static void what_was_written_by_hand_is_read(void **state)
{
    (void)state;
    expect_one("ms-diagnostics"
               "=1008;\"Unable to resolve DNS SRV record\";domain=\"video.example.com\"\n",
               FEDVAL_FINDING_SRV_MISSING, "video.example.com", 1);
    expect_one("The client shows:\nms-diagnostics"
               ": 24000 \"Some other reason\"\n",
               FEDVAL_FINDING_NOT_A_FEDERATION_FAULT, NULL, 2);
    expect_one("ms-client-diagnostics"
               ": 52001; reason=\"Client side general processing error.\"\n",
               FEDVAL_FINDING_NOT_A_FEDERATION_FAULT, NULL, 1);
    expect_one("The Edge says:\nThe domain of the message is not configured and does not "
               "appear to belong to a federated partner\n",
               FEDVAL_FINDING_PARTNER_NOT_ALLOWED, NULL, 2);
}

/* What a collector cut off does not go on in the next line or document. */
static void values_that_were_cut_are_no_names(void **state)
{
    static const char *const texts[] = {
        /* an event, in a document of which only the beginning was kept */
        "{\"message\":\"Log Name: Lync Server\\nEvent ID: 14428\\nTLS outgoing connection "
        "failures.\\n"
        "The error code of the last failure is 0x80090322 while trying to connect to the server "
        "\\\"gw.video.exa\n{\"message\":\"next\"}\n",
        /* the sentence of SChannel, broken within the name */
        "Log Name: System\nSource: Schannel\nEvent ID: 36884\nThe certificate received from the "
        "remote server does not contain the expected name. The server name we were expecting is "
        "gw.video.exa\n",
        "Log Name: System\nSource: Schannel\nEvent ID: 36884\nThe certificate received from the "
        "remote server does not contain the expected name. The server name we were expecting is "
        "gw.video.exa=\nmple.com. The TLS connection request has failed.\n",
        /* the name of the peer, without its end */
        "2019-05-14T13:04:01.200+02:00 exp-e1 tvcs: Event=\"Outbound TLS Negotiation Error\" "
        "Service=\"SIP\" Src-ip=\"192.0.2.47\" Src-port=\"25010\" Dst-ip=\"198.51.100.6\" "
        "Dst-port=\"5061\" Detail=\"tlsv1 alert unknown ca\" Common-name=\"sip.lync.exa\n"
        "2019-05-14T13:04:02.200+02:00 exp-e1 tvcs: Event=\"Registration Accepted\"\n",
        "Diagnosis : ErrorCode=1010,Source=sip.lync.example.net,Reason=Certificate trust with "
        "another server could not be established,tls-target=gw.video.example.com,"
        "PeerServer=gw.example.com,HR\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        fedval_log *log = read_text(texts[i], SIZE_MAX);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        const char *presented = fedval_incident_get_presented_name(incident);
        const char *expected = fedval_incident_get_expected_name(incident);
        assert_true(presented == NULL || strcmp(presented, "gw.example.com") == 0);
        assert_true(expected == NULL || strcmp(expected, "gw.video.example.com") == 0);
        assert_int_equal(fedval_incident_count_fqdns(incident), 0);
        fedval_log_free(log);
    }
}

static void what_was_broken_within_numbers_and_methods_is_dropped(void **state)
{
    (void)state;
    fedval_log *log = read_text("SIP/2.0 504 Server time-out\n"
                                "Call-ID: 7d1f0b52-33aa-4c58-9f6e-0a\nsee page 2\n"
                                "CSeq: 1 INVI\nServer: RTC/6.0\n",
                                SIZE_MAX);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    assert_null(fedval_incident_get_call_id(fedval_log_get_incident(log, 0)));
    assert_null(fedval_incident_get_cseq(fedval_log_get_incident(log, 0)));
    fedval_log_free(log);
    log = read_text("handshake error 3370476= on outgoing connection 45 to 192.0.2.47:5061\n",
                    SIZE_MAX);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    assert_null(fedval_incident_get_reported_code(fedval_log_get_incident(log, 0)));
    assert_int_equal(fedval_incident_get_certainty(fedval_log_get_incident(log, 0)),
                     FEDVAL_CERTAINTY_UNDETERMINED);
    fedval_log_free(log);
}

/* A Meeting Server has no page of an Expressway. */
static void the_advice_for_a_meeting_server_is_its_own(void **state)
{
    (void)state;
    fedval_log *log =
        read_text("handshake error 336134278 on outgoing connection 45 to 192.0.2.47:5061 from x\n",
                  SIZE_MAX);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_finding(incident),
                     FEDVAL_FINDING_PEER_CERTIFICATE_UNTRUSTED);
    const char *remedy = fedval_incident_get_remedy(incident);
    assert_non_null(strstr(remedy, "On the Meeting Server"));
    assert_null(strstr(remedy, "On Expressway"));
    fedval_log_free(log);
}

/* The Common Name of a CA or of a person is no host, and no text that redaction would know. */
static void a_display_name_with_words_is_no_host(void **state)
{
    (void)state;
    fedval_log *log = read_text(
        "Log Name: Lync Server\nEvent ID: 14428\nTLS outgoing connection failures.\nThe error code "
        "of "
        "the last failure is 0x80090325 while trying to connect to the server "
        "\"gw.video.example.com\" at address [192.0.2.47:5061], and the display name in the peer "
        "certificate is \"Erin Example CA\".\n",
        SIZE_MAX);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_null(fedval_incident_get_presented_name(incident));
    assert_string_equal(fedval_incident_get_expected_name(incident), "gw.video.example.com");
    assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_STATED);
    fedval_log_free(log);
}

/* A program appended to a file that PowerShell had begun. */
static void text_of_8_bits_after_utf_16_is_read(void **state)
{
    static const char head[] = "\xff\xfeh\0e\0a\0d\0\r\0\n";
    char text[sizeof(head) + sizeof(response)];
    (void)state;
    memcpy(text, head, sizeof(head)); /* with the second half of the line end */
    memcpy(text + sizeof(head), response, sizeof(response) - 1);
    for (size_t step = 1; step < 300; step += 149) {
        fedval_log *log = read_log("test", (const uint8_t *)text, sizeof(text) - 1, step);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_string_equal(fedval_incident_get_domain(incident), "video.example.com");
        assert_string_equal(fedval_incident_get_call_id(incident), "c1");
        fedval_log_free(log);
    }
}

/* journalctl -o export, and -o verbose. */
static void an_entry_of_a_journal_is_read_by_its_message(void **state)
{
    static const char *const fronts[] = {
        "__CURSOR=s=ab;i=1\n_HOSTNAME=e1\nPRIORITY=6\nMESSAGE=",
        "Tue 2019-05-14 11:22:33.480123 CEST [s=ab;i=1;b=cd;m=1;t=2;x=3]\n"
        "    _HOSTNAME=e1\n    PRIORITY=6\n    MESSAGE=",
    };
    static const char *const ends[] = {"\n_PID=812\n\n", "\n    _PID=812\n"};
    (void)state;
    for (size_t f = 0; f < 2; f++) {
        fv_buf text;
        fv_buf_init(&text);
        fv_buf_append_text(&text, fronts[f]);
        for (const char *c = response; *c != '\0'; c++) {
            if (*c == '\n' && c[1] != '\0') {
                fv_buf_append_text(&text, ends[f]);
                fv_buf_append_text(&text, fronts[f]);
            } else if (*c != '\r') {
                fv_buf_append_char(&text, *c);
            }
        }
        fv_buf_append_text(&text, ends[f]);
        fv_buf_append_char(&text, '\0');
        fedval_log *log = read_text(text.data, SIZE_MAX);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_string_equal(fedval_incident_get_domain(incident), "video.example.com");
        assert_string_equal(fedval_incident_get_call_id(incident), "c1");
        assert_string_equal(fedval_incident_get_from(incident), "alice@lync.example.net");
        fedval_log_free(log);
        fv_buf_clear(&text);
    }
}

/* A server of syslog breaks a long message at any place. */
static void pieces_of_a_long_message_are_put_together(void **state)
{
    static const char head[] = "May 14 11:22:33 e1 relay[81]: ";
    fv_buf text;
    (void)state;
    fv_buf_init(&text);
    for (size_t i = 0; i < sizeof(response) - 1; i++) {
        if (i % 97 == 0) {
            fv_buf_append_text(&text, i > 0 ? "\n" : "");
            fv_buf_append_text(&text, head);
        }
        if (response[i] == '\n')
            fv_buf_append_text(&text, "#012");
        else if (response[i] != '\r')
            fv_buf_append_char(&text, response[i]);
    }
    fv_buf_append_text(&text, "\nMay 14 11:22:34 e1 relay[81]: all is well\n");
    fv_buf_append_char(&text, '\0');
    expect_one(text.data, FEDVAL_FINDING_SRV_TARGET_BELOW_SUBDOMAIN, "video.example.com", 1);
    fv_buf_clear(&text);
}

/* A progress line, a number of a page: a complete Call-ID does not go on with them. */
static void a_word_on_the_next_line_is_no_part_of_a_call_id(void **state)
{
    (void)state;
    fedval_log *log =
        read_text("SIP/2.0 504 Server time-out\nCall-ID: 7d1f0b52-33aa-4c58-9f6e-0a1b2c3d4e5f\n"
                  "loading...\nCSeq: 1 INVITE\nServer: RTC/6.0\n",
                  SIZE_MAX);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    const char *id = fedval_incident_get_call_id(incident);
    assert_true(id == NULL || strcmp(id, "7d1f0b52-33aa-4c58-9f6e-0a1b2c3d4e5f") == 0);
    fedval_log_free(log);
}

static void events_have_their_time_in_each_rendering(void **state)
{
    static const struct {
        const char *label;
        int64_t wanted;
        uint32_t zone_known;
    } cases[] = {
        {"Date:          5/14/2019 11:03:07 AM", 1557831787000, 0},
        {"Date:          5/14/2019 11:03:07 PM", 1557874987000, 0},
        {"Date:          14/05/2019 11:03:07", 1557831787000, 0},
        {"Datum:         14.05.2019 11:03:07", 1557831787000, 0},
        {"Date:          2019-05-14T11:03:07.123", 1557831787123, 0},
        {"TimeCreated  : 5/14/2019 12:03:07 AM", 1557792187000, 0},
        {"SystemTime=\"2019-05-14T11:03:07.123456700Z\"", 1557831787123, 1},
        {"Date:          5/6/2019 11:03:07", FEDVAL_TIME_UNKNOWN, 0}, /* May or June */
        {"Date:          yesterday", FEDVAL_TIME_UNKNOWN, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[1000];
        snprintf(text, sizeof(text),
                 "Log Name:      Lync Server\n"
                 "Source:        LS Protocol Stack\n"
                 "%s\n"
                 "Event ID:      14428\n"
                 "Description:\n"
                 "TLS outgoing connection failures. The error code of the last failure is "
                 "0x80090325\n"
                 "while trying to connect to the server \"sip.one.example\" at address "
                 "[192.0.2.5:5061]\n",
                 cases[i].label);
        fedval_log *log = read_text(text, SIZE_MAX);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        assert_int_equal(fedval_incident_get_time_ms(incident), cases[i].wanted);
        assert_int_equal(fedval_incident_is_zone_known(incident), cases[i].zone_known);
        fedval_log_free(log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_json_keep_their_numbers),
        cmocka_unit_test(a_document_within_other_lines_is_read),
        cmocka_unit_test(a_document_that_was_cut_ends_with_its_line),
        cmocka_unit_test(texts_of_one_document_do_not_run_together),
        cmocka_unit_test(large_documents_are_read_like_small_ones),
        cmocka_unit_test(a_translated_page_gives_its_code),
        cmocka_unit_test(empty_values_are_no_doubled_quotation_marks),
        cmocka_unit_test(damaged_names_leave_the_cause_open),
        cmocka_unit_test(the_next_line_is_no_part_of_a_call_id),
        cmocka_unit_test(a_text_in_an_array_is_no_name),
        cmocka_unit_test(escaped_characters_are_those_that_they_stand_for),
        cmocka_unit_test(a_quoted_printable_mail_is_decoded),
        cmocka_unit_test(what_was_written_by_hand_is_read),
        cmocka_unit_test(values_that_were_cut_are_no_names),
        cmocka_unit_test(what_was_broken_within_numbers_and_methods_is_dropped),
        cmocka_unit_test(the_advice_for_a_meeting_server_is_its_own),
        cmocka_unit_test(text_of_8_bits_after_utf_16_is_read),
        cmocka_unit_test(an_entry_of_a_journal_is_read_by_its_message),
        cmocka_unit_test(a_display_name_with_words_is_no_host),
        cmocka_unit_test(pieces_of_a_long_message_are_put_together),
        cmocka_unit_test(a_word_on_the_next_line_is_no_part_of_a_call_id),
        cmocka_unit_test(events_have_their_time_in_each_rendering),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
