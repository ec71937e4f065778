/* Windows events in the forms in which they are exported. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

/* Two events of one second after the other: the head, the text, what follows. In pieces, so that
 * the reader finds no log in this file. */
#define FAILURES                                                                                   \
    "TLS outgoing connection"                                                                      \
    " failures."
#define FIRST_AT 1557825753000
#define SECOND_AT 1557829354000

typedef struct rendering {
    const char *name;
    const char *before; /* the whole */
    const char *first;  /* the head of the first event */
    const char *second;
    const char *quote; /* around a name in the text */
    const char *after; /* each event */
} rendering;

static const rendering renderings[] = {
    {"copied", "",
     "Log Name:      Lync Server\nSource: LS Protocol Stack\nDate: 5/14/2019 9:22:33 AM\n"
     "Event ID:      14428\nLevel: Error\nDescription:\n",
     "Log Name:      Lync Server\nSource: LS Protocol Stack\nDate: 5/14/2019 10:22:34 AM\n"
     "Event ID:      14428\nLevel: Error\nDescription:\n",
     "\"", "\n\n"},
    {"copied without its first line", "",
     "Source: LS Protocol Stack\nDate: 5/14/2019 9:22:33 AM\nEvent ID: 14428\n",
     "Source: LS Protocol Stack\nDate: 5/14/2019 10:22:34 AM\nEvent ID: 14428\n", "\"", "\n\n"},
    {"Get-WinEvent", "",
     "TimeCreated  : 5/14/2019 9:22:33 AM\nProviderName : LS Protocol Stack\nId           : "
     "14428\nMessage      : ",
     "TimeCreated  : 5/14/2019 10:22:34 AM\nProviderName : LS Protocol Stack\nId           : "
     "14428\nMessage      : ",
     "\"", "\n\n"},
    {"wevtutil, text", "",
     "Event[0]:\n  Log Name: Lync Server\n  Source: LS Protocol Stack\n  Date: "
     "2019-05-14T09:22:33.000\n"
     "  Event ID: 14428\n  Description: \n",
     "Event[1]:\n  Log Name: Lync Server\n  Source: LS Protocol Stack\n  Date: "
     "2019-05-14T10:22:34.000\n"
     "  Event ID: 14428\n  Description: \n",
     "\"", "\n\n"},
    {"XML", "<Events>",
     "<Event><System><Provider"
     " Name='LS Protocol Stack'/><EventID "
     "Qualifiers='50153'>14428</EventID>"
     "<TimeCreated SystemTime='2019-05-14T09:22:33.000000000Z'/></System><RenderingInfo><Message>",
     "<Event><System><Provider"
     " Name='LS Protocol Stack'/><EventID "
     "Qualifiers='50153'>14428</EventID>"
     "<TimeCreated SystemTime='2019-05-14T10:22:34.000000000Z'/></System><RenderingInfo><Message>",
     "&quot;", "</Message></RenderingInfo></Event>"},
    {"CSV", "Level,Date and Time,Source,Event ID,Task Category\n",
     "Error,5/14/2019 9:22:33 AM,LS Protocol Stack,14428,(1001),\"",
     "Error,5/14/2019 10:22:34 AM,LS Protocol Stack,14428,(1001),\"", "\"\"", "\"\n"},
    {"tabs", "Level\tDate and Time\tSource\tEvent ID\tTask Category\n",
     "Error\t5/14/2019 9:22:33 AM\tLS Protocol Stack\t14428\t(1001)\t\"",
     "Error\t5/14/2019 10:22:34 AM\tLS Protocol Stack\t14428\t(1001)\t\"", "\"\"", "\"\n"},
    {"ConvertTo-Json", "[",
     "{\"TimeCreated\":\"\\/Date(1557825753000)\\/\",\"ProviderName\":\"LS Protocol "
     "Stack\",\"Id\":14428,\"Message\":\"",
     ",{\"TimeCreated\":\"\\/Date(1557829354000)\\/\",\"ProviderName\":\"LS Protocol "
     "Stack\",\"Id\":14428,\"Message\":\"",
     "\\\"", "\"}"},
    {"ConvertTo-Json of PowerShell 7", "[",
     "{\"TimeCreated\":\"2019-05-14T09:22:33Z\",\"ProviderName\":\"LS Protocol "
     "Stack\",\"Id\":14428,\"Message\":\"",
     ",{\"TimeCreated\":\"2019-05-14T10:22:34Z\",\"ProviderName\":\"LS Protocol "
     "Stack\",\"Id\":14428,\"Message\":\"",
     "\\\"", "\"}"},
};

/* ---- events of Schannel ---- */

#define NAME_EVENT                                                                                 \
    "The certificate received from the remote"                                                     \
    " server does not contain the expected name. The server name we were expecting is "            \
    "gw.video.example.com. The TLS connection request has failed."
#define CA_EVENT                                                                                   \
    "The certificate received from the remote"                                                     \
    " server was issued by an untrusted certificate authority. The TLS connection request has "    \
    "failed."
#define ALERT_EVENT                                                                                \
    "A fatal alert was received"                                                                   \
    " from the remote endpoint. The TLS protocol defined fatal alert code is 48."
#define CIPHER_EVENT                                                                               \
    "An TLS 1.2 connection request was received from a remote client application, but none of "    \
    "the cipher"                                                                                   \
    " suites supported by the client application are supported by the server."

static const struct {
    unsigned id;
    const char *text;
    const char *data; /* in XML without a text */
    uint32_t finding;
} schannel_events[] = {
    {36884, NAME_EVENT, "<Data Name='TargetName'>gw.video.example.com</Data>",
     FEDVAL_FINDING_CERT_NAME_MISMATCH},
    {36882, CA_EVENT, "", FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT},
    {36887, ALERT_EVENT, "<Data Name=\"AlertDesc\">48</Data>",
     FEDVAL_FINDING_PEER_REJECTED_CERTIFICATE},
    {36874, CIPHER_EVENT, "<Data Name='Protocol'>TLS 1.2</Data>",
     FEDVAL_FINDING_TLS_NO_COMMON_CIPHER},
};
#define NUM_SCHANNEL (sizeof(schannel_events) / sizeof(schannel_events[0]))

/* How an event is written: the parts before its number, before its text or data, and after. */
static const struct {
    const char *name, *before, *number, *text, *after;
    bool has_data; /* XML without the text */
} schannel_forms[] = {
    {"Format-List", "", "TimeCreated  : 5/14/2019 9:22:33 AM\nProviderName : Schannel\nId : ",
     "\nMessage      : ", "\n\n", false},
    {"ConvertTo-Json", "[", "{\"Id\":", ",\"ProviderName\":\"Schannel\",\"Message\":\"", "\"},",
     false},
    {"Event Viewer's CSV", "Level,Date and Time,Source,Event ID,Task Category\n",
     "Error,5/14/2019 9:22:33 AM,Schannel,", ",None,\"", "\"\n", false},
    {"tabs", "", "Error\t5/14/2019 9:22:33 AM\tSchannel\t", "\tNone\t\"", "\"\n", false},
    {"XML", "<Events>",
     "<Event><System><Provider"
     " Name='Schannel' Guid='{1}'/><EventID>",
     "</EventID><Keywords>0x8000000000000000</Keywords></System><EventData>",
     "</EventData></Event>\n", true},
    {"XML with its text", "<Events>",
     "<Event><System><Provider"
     " Name='Schannel' Guid='{1}'/><EventID>",
     "</EventID></System><RenderingInfo Culture='en-US'><Message>",
     "</Message></RenderingInfo></Event>\n", false},
};
#define NUM_FORMS (sizeof(schannel_forms) / sizeof(schannel_forms[0]))

static void append_schannel(fv_buf *buf, size_t form, size_t event)
{
    char number[16];
    snprintf(number, sizeof(number), "%u", schannel_events[event].id);
    fv_buf_append_text(buf, schannel_forms[form].number);
    fv_buf_append_text(buf, number);
    fv_buf_append_text(buf, schannel_forms[form].text);
    fv_buf_append_text(buf, schannel_forms[form].has_data ? schannel_events[event].data
                                                          : schannel_events[event].text);
    fv_buf_append_text(buf, schannel_forms[form].after);
}

static void an_event_of_schannel_is_known_in_every_form(void **state)
{
    (void)state;
    for (size_t form = 0; form < NUM_FORMS; form++) {
        fv_buf buf;
        fv_buf_init(&buf);
        fv_buf_append_text(&buf, schannel_forms[form].before);
        for (size_t i = 0; i < NUM_SCHANNEL; i++)
            append_schannel(&buf, form, i);
        fedval_log *log = read_buf(&buf);
        if (fedval_log_count_incidents(log) != NUM_SCHANNEL)
            fail_msg("%s: %zu", schannel_forms[form].name, fedval_log_count_incidents(log));
        for (size_t i = 0; i < NUM_SCHANNEL; i++) {
            const fedval_incident *incident = fedval_log_get_incident(log, i);
            uint32_t finding = fedval_incident_get_finding(incident);
            if (finding != schannel_events[i].finding)
                fail_msg("%s, %u", schannel_forms[form].name, schannel_events[i].id);
        }
        assert_string_equal(fedval_incident_get_expected_name(fedval_log_get_incident(log, 0)),
                            "gw.video.example.com");
        fedval_log_free(log);
    }
}

/* The same words in the source of a program are nobody's event. */
static void words_in_a_program_are_no_event(void **state)
{
    static const char program[] =
        "static const char *texts[] = {\n    \"" ALERT_EVENT "\",\n    \"" NAME_EVENT "\",\n};\n";
    fv_buf buf;
    (void)state;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, program);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 0);
    fedval_log_free(log);
}

static void append_event(fv_buf *buf, const rendering *form, const char *head, const char *host)
{
    char text[1000];
    snprintf(
        text, sizeof(text),
        "%s%s The error code of the last failure is 0x80090322 (The target principal name is "
        "incorrect.) while trying to connect to the server %s%s.two.example%s at address "
        "[192.0.2.5:5061], and the display name in the peer certificate is %s%s.one.example%s.%s",
        head, FAILURES, form->quote, host, form->quote, form->quote, host, form->quote,
        form->after);
    fv_buf_append_text(buf, text);
}

static void assert_event(const fedval_log *log, size_t index, const rendering *form, int64_t time,
                         const char *expected, const char *presented)
{
    const fedval_incident *incident = fedval_log_get_incident(log, index);
    if (fedval_incident_get_time_ms(incident) != time)
        fail_msg("%s, event %zu: another time", form->name, index + 1);
    if (fedval_incident_get_expected_name(incident) == NULL)
        fail_msg("%s, event %zu: no name", form->name, index + 1);
    assert_string_equal(fedval_incident_get_expected_name(incident), expected);
    assert_string_equal(fedval_incident_get_presented_name(incident), presented);
    assert_int_equal(fedval_incident_get_finding(incident), FEDVAL_FINDING_CERT_NAME_MISMATCH);
}

static void each_event_has_its_own_time_and_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(renderings) / sizeof(renderings[0]); i++) {
        const rendering *form = &renderings[i];
        fv_buf buf;
        fv_buf_init(&buf);
        fv_buf_append_text(&buf, form->before);
        append_event(&buf, form, form->first, "a");
        append_event(&buf, form, form->second, "b");
        fedval_log *log = read_buf(&buf);
        if (fedval_log_count_incidents(log) != 2)
            fail_msg("%s: %zu events", form->name, fedval_log_count_incidents(log));
        assert_event(log, 0, form, FIRST_AT, "a.two.example", "a.one.example");
        assert_event(log, 1, form, SECOND_AT, "b.two.example", "b.one.example");
        fedval_log_free(log);
    }
}

/* An event without a time does not take that of the event before it. */
/* The labels of Event Viewer in each language; the text of 36887 and of 36884. */
static const struct {
    const char *name, *log, *source, *number, *description, *alert, *expected;
} languages[] = {
    {"English", "Log Name:", "Source:", "Event ID:", "Description:",
     "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert "
     "code is 48.",
     "The certificate received from the remote server does not contain the expected name. The "
     "server name we were expecting is gw.two.example. The TLS connection request has failed."},
    {"English of 2012", "Log Name:", "Source:", "Event ID:", "Description:",
     "The following fatal alert was received: 48.",
     "The server name we were expecting is gw.two.example. The SSL connection request has failed."},
    {"German", "Protokollname:", "Quelle:", "Ereignis-ID:", "Beschreibung:",
     "Es wurde eine schwerwiegende Warnung vom Remoteendpunkt empfangen. Die schwerwiegende "
     "Warnung hat folgenden f\xc3\xbcr das TLS 1.2-Protokoll definierten Code: 48.",
     "Das vom Remoteserver erhaltene Zertifikat enth\xc3\xa4lt nicht den erwarteten Namen. Der "
     "erwartete Servername ist gw.two.example. Fehler bei der TLS-Verbindungsanforderung."},
    {"French", "Nom du journal :", "Source :", "ID de l\xe2\x80\x99\xc3\xa9v\xc3\xa9nement :",
     "Description :",
     "Le code d\xe2\x80\x99"
     "alerte d\xc3\xa9"
     "fini par le protocole TLS est 48.",
     "Le nom du serveur attendu est gw.two.example. La demande de connexion TLS a "
     "\xc3\xa9"
     "chou\xc3\xa9."},
    {"Dutch", "Logboeknaam:", "Bron:", "Gebeurtenis-id:", "Beschrijving:",
     "De in het TLS-protocol gedefinieerde code voor deze waarschuwing is 48.",
     "De verwachte servernaam is gw.two.example. De TLS-verbindingsaanvraag is mislukt."},
    {"Spanish", "Nombre de registro:", "Origen:", "Id. del evento:", "Descripci\xc3\xb3n:",
     "El c\xc3\xb3"
     "digo de alerta definido por el protocolo TLS es 48.",
     "El nombre de servidor esperado es gw.two.example. Error en la solicitud de TLS."},
};

static fedval_log *read_event(size_t language, const char *number, const char *text)
{
    char entry[1200];
    fv_buf buf;
    fv_buf_init(&buf);
    snprintf(entry, sizeof(entry),
             "%s System\n%s        Schannel\nDatum:         20.11.2026 10:00:01\n%s   %s\n"
             "Computer:      edge.one.example\n%s\n%s\n",
             languages[language].log, languages[language].source, languages[language].number,
             number, languages[language].description, text);
    fv_buf_append_text(&buf, entry);
    return read_buf(&buf);
}

static const fedval_incident *only_incident(const fedval_log *log, const char *language)
{
    if (fedval_log_count_incidents(log) != 1)
        fail_msg("%s: %zu events", language, fedval_log_count_incidents(log));
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_kind(incident), FEDVAL_INCIDENT_KIND_WINDOWS_EVENT);
    assert_int_not_equal(fedval_incident_get_time_ms(incident), FEDVAL_TIME_UNKNOWN);
    return incident;
}

static void number_and_code_decide_in_each_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
        fedval_log *received = read_event(i, "36887", languages[i].alert);
        const fedval_incident *incident = only_incident(received, languages[i].name);
        assert_int_equal(fedval_incident_get_finding(incident),
                         FEDVAL_FINDING_PEER_REJECTED_CERTIFICATE);
        assert_non_null(strstr(fedval_incident_get_message(incident), "TLS alert 48 unknown_ca"));
        assert_int_equal(fedval_incident_is_related(incident), 0);
        fedval_log_free(received);
        fedval_log *named = read_event(i, "36884", languages[i].expected);
        incident = only_incident(named, languages[i].name);
        assert_int_equal(fedval_incident_get_finding(incident), FEDVAL_FINDING_CERT_NAME_MISMATCH);
        assert_string_equal(fedval_incident_get_expected_name(incident), "gw.two.example");
        fedval_log_free(named);
    }
}

/* Without a number, with one that is no alert, or with two names, nothing is claimed. */
static void what_an_event_does_not_say_is_not_claimed(void **state)
{
    static const struct {
        const char *number, *text, *says;
        uint32_t finding;
    } rows[] = {
        {"36887", "Es wurde eine Warnung empfangen.", "its number decides",
         FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG},
        {"36887", "Der Code ist 1234 bei TLS 1.2.", "its number decides",
         FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG},
        {"36888", "Der Code ist 200.", "TLS alert 200, which is not known here",
         FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG},
        {"36884", "Erwartet: gw.two.example; erhalten: gw.one.example.", "does not hold",
         FEDVAL_FINDING_CERT_NAME_MISMATCH},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fedval_log *log = read_event(2, rows[i].number, rows[i].text);
        const fedval_incident *incident = only_incident(log, rows[i].text);
        assert_int_equal(fedval_incident_get_finding(incident), rows[i].finding);
        assert_non_null(strstr(fedval_incident_get_message(incident), rows[i].says));
        assert_null(fedval_incident_get_expected_name(incident));
        assert_int_equal(fedval_incident_is_related(incident), 0);
        fedval_log_free(log);
    }
}

static void an_event_without_a_time_has_none(void **state)
{
    (void)state;
    fv_buf buf;
    fv_buf_init(&buf);
    append_event(&buf, &renderings[0], renderings[0].first, "a");
    append_event(&buf, &renderings[0], "Event ID: 14428\nDescription:\n", "b");
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 2);
    assert_event(log, 0, &renderings[0], FIRST_AT, "a.two.example", "a.one.example");
    assert_event(log, 1, &renderings[0], FEDVAL_TIME_UNKNOWN, "b.two.example", "b.one.example");
    fedval_log_free(log);
}

/* The number of an event can stand behind its other fields in one line. Then the entry begins after
 * that line, and the time of the event before it is not its own. */
static void a_number_within_a_line_ends_the_event_before(void **state)
{
    static const char failures[] =
        "A significant number of connection failures have occurred with remote server "
        "sip.partner.example IP 192.0.2.%d. There have been 10 failures in the last 5 minutes.\n"
        "Instance count   - Failure Type\n     10             "
        "0x80090325(SEC_E_UNTRUSTED_ROOT)\n\n";
    char text[2000];
    (void)state;
    int len = snprintf(text, sizeof(text), "Date: 5/14/2019 9:22:33 AM Event ID: 14502\n");
    len += snprintf(text + len, sizeof(text) - (size_t)len, failures, 9);
    len += snprintf(text + len, sizeof(text) - (size_t)len, "Level: Error Event ID: 14502\n");
    snprintf(text + len, sizeof(text) - (size_t)len, failures, 10);
    fedval_log *log = read_log("edge.txt", (const uint8_t *)text, strlen(text), strlen(text));
    assert_int_equal(fedval_log_count_incidents(log), 2);
    assert_int_equal(fedval_incident_get_time_ms(fedval_log_get_incident(log, 0)), FIRST_AT);
    assert_int_equal(fedval_incident_get_time_ms(fedval_log_get_incident(log, 1)),
                     FEDVAL_TIME_UNKNOWN);
    fedval_log_free(log);
}

/* The source and the level of one event are not those of the next. */
static void the_fields_of_one_event_do_not_reach_the_next(void **state)
{
    static const char event[] =
        "Log Name:      Lync Server\nSource:        %s\nEvent ID:      %s\n"
        "Level:         %s\nDescription:\nFederation with a partner domain was throttled.\n\n";
    char text[1000];
    (void)state;
    int len = snprintf(text, sizeof(text), event,
                       "LS "
                       "Protocol Stack",
                       "14778", "Information");
    len += snprintf(text + len, sizeof(text) - (size_t)len, event,
                    "LS "
                    "Protocol Stack",
                    "14777", "Warning");
    snprintf(text + len, sizeof(text) - (size_t)len, event, "LS User Services", "14776", "Error");
    fedval_log *log = read_log("edge.txt", (const uint8_t *)text, strlen(text), strlen(text));
    assert_int_equal(fedval_log_count_incidents(log), 1);
    assert_string_equal(fedval_incident_get_reported_code(fedval_log_get_incident(log, 0)),
                        "14777");
    fedval_log_free(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_of_schannel_is_known_in_every_form),
        cmocka_unit_test(words_in_a_program_are_no_event),
        cmocka_unit_test(each_event_has_its_own_time_and_names),
        cmocka_unit_test(number_and_code_decide_in_each_language),
        cmocka_unit_test(what_an_event_does_not_say_is_not_claimed),
        cmocka_unit_test(an_event_without_a_time_has_none),
        cmocka_unit_test(a_number_within_a_line_ends_the_event_before),
        cmocka_unit_test(the_fields_of_one_event_do_not_reach_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
