/* Where entries begin, and which: a text after what is before it in its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "logs/read/start.h"
#include "sights.h"

static const struct {
    const char *before, *text;
    fv_start start;
} rows[] = {
    {"", "SIP/2.0 504 Server", FV_START_RESPONSE},
    {"x ", "sip/2.0 504 Server", FV_START_RESPONSE},
    {"x", "SIP/2.0 504", FV_START_NONE},
    {"\"", "SIP/2.0 504", FV_START_NONE},
    {"\" ", "SIP/2.0 504", FV_START_RESPONSE},
    {"'", "SIP/2.0 504", FV_START_NONE},
    {"|", "SIP/2.0 504", FV_START_RESPONSE},
    {"", "SIP/2.0 50", FV_START_NONE},
    {"", "SIP/2.0 5040", FV_START_NONE},
    {"", "SIP/2.0 050", FV_START_NONE},
    {"", "SIP/2.0_504 x", FV_START_RESPONSE},
    {"", "SIP/1.0 504", FV_START_NONE},
    {"", "INVITE sip:a@b.c SIP/2.0", FV_START_REQUEST},
    {"", "INVITE sips:a@b.c", FV_START_REQUEST},
    {"", "INVITE tel:+1", FV_START_REQUEST},
    {"", "INVITE http:a", FV_START_NONE},
    {"", "INVITEsip:a", FV_START_NONE},
    {"x ", "INVITE sip:a", FV_START_NONE},
    {"x:", "INVITE sip:a", FV_START_REQUEST},
    {"x|", "INVITE sip:a", FV_START_REQUEST},
    {"x;", "INVITE sip:a", FV_START_NONE},
    {"x\n", "INVITE sip:a", FV_START_REQUEST},
    {"", "invite sip:a@b.c sip/2.0", FV_START_REQUEST},
    {"", "invite sip:a@b.c SIP/2.0", FV_START_NONE},
    {"", "invite sip:a@b.c", FV_START_NONE},
    {"", "ACK sip:a", FV_START_REQUEST},
    {"", "BYE sip:a", FV_START_REQUEST},
    {"", "BENOTIFY sip:a", FV_START_REQUEST},
    {"", "CANCEL sip:a", FV_START_REQUEST},
    {"", "INFO sip:a", FV_START_REQUEST},
    {"", "MESSAGE sip:a", FV_START_REQUEST},
    {"", "NOTIFY sip:a", FV_START_REQUEST},
    {"", "NEGOTIATE sip:a", FV_START_REQUEST},
    {"", "OPTIONS sip:a", FV_START_REQUEST},
    {"", "PRACK sip:a", FV_START_REQUEST},
    {"", "PUBLISH sip:a", FV_START_REQUEST},
    {"", "REGISTER sip:a", FV_START_REQUEST},
    {"", "REFER sip:a", FV_START_REQUEST},
    {"", "SUBSCRIBE sip:a", FV_START_REQUEST},
    {"", "SERVICE sip:a", FV_START_REQUEST},
    {"", "UPDATE sip:a", FV_START_REQUEST},
    {"", "DELETE sip:a", FV_START_NONE},
    {"", "TL_INFO(TF_DIAG) x", FV_START_EDGE},
    {"", "TL_WARNING(TF_DIAG)", FV_START_EDGE},
    {"", "TL_WARNINGXXX(TF_DIAG)", FV_START_NONE},
    {"", "TL_WARNINGXXXX(TF_DIAG)", FV_START_NONE},
    {"", "TL_INFO(XX_DIAG)", FV_START_NONE},
    {"", "$$begin_record", FV_START_EDGE},
    {"", "$$end_record", FV_START_NONE},
    {"", "Text: x\nResult-Code: 0xc3e93d6f", FV_START_EDGE_FIELDS},
    {"", "Text: x", FV_START_NONE},
    {"", "Severity: x\nResult-Code: 0x1", FV_START_EDGE_FIELDS},
    {"", "Severity: x\nSIP-Start-Line: x", FV_START_EDGE_FIELDS},
    {"", "Severity: x", FV_START_NONE},
    {"", "Result-Code: 0xc3e93d6f", FV_START_EDGE_FIELDS},
    {"", "Result-Code: 0xc3e93d6f SIPPROXY_E", FV_START_EDGE_FIELDS},
    {"", "Result-Code: 0xc3e93d6f(x)", FV_START_EDGE_FIELDS},
    {"", "Result-Code: 0xc3e93d6f prose", FV_START_NONE},
    {"", "Result-Code: 0xc3e93d6f\nx", FV_START_EDGE_FIELDS},
    {"x ", "Result-Code: 0xc3e93d6f", FV_START_NONE},
    {"", "Result-Code: 1xc3e93d6f", FV_START_NONE},
    {"", "LogType: diagnostic", FV_START_EDGE_FIELDS},
    {"", "LogType: other", FV_START_NONE},
    {"", "2019-05-14T14:02:01.000+02:00 exp-e1 tvcs: x", FV_START_EXPRESSWAY},
    {"", "2019-05-14T14:02:01 UTCTime=\"x\"", FV_START_EXPRESSWAY},
    {"", "2019-05-14T14:02:01 other: x", FV_START_NONE},
    {"", "2019-05-14 14:02:01 tvcs: x", FV_START_NONE},
    {"", "tvcs: Event=\"x\"", FV_START_EXPRESSWAY},
    {"", "tvcs: x", FV_START_NONE},
    {"x ", "Event=\"Inbound TLS Negotiation Error\"", FV_START_EXPRESSWAY},
    {"x ", "Event=\"Outbound TLS Negotiation Error\"", FV_START_EXPRESSWAY},
    {"x ", "Event=\"Call Rejected\"", FV_START_EXPRESSWAY},
    {"x ", "Event=\"Search Completed\"", FV_START_EXPRESSWAY},
    {"x ", "Event=\"Call Connected\"", FV_START_EXPRESSWAY},
    {"x ", "Event=\"Call Answered\"", FV_START_EXPRESSWAY},
    {"x ", "Event=\"Call Attempted\"", FV_START_NONE},
    {"x ", "Module=\"developer.ssl\"", FV_START_EXPRESSWAY},
    {"x ", "Module=\"network.tcp\"", FV_START_EXPRESSWAY},
    {"x ", "Module=\"network.dns\"", FV_START_EXPRESSWAY},
    {"x ", "Module=\"network.sip\"", FV_START_EXPRESSWAY},
    {"x ", "Module=\"network.h323\"", FV_START_NONE},
    {"x:", "Module=\"network.sip\"", FV_START_NONE},
    {"x", "Module=\"network.sip\"", FV_START_NONE},
    {"", "04/16/2013|03:17:30.168 1F68:C14", FV_START_CLIENT},
    {"x ", "04/16/2013|03:17:30.168", FV_START_CLIENT},
    {"", "04/16/2013 03:17:30.168", FV_START_NONE},
    {"", "Via: SIP/2.0/TLS a", FV_START_HEADERS},
    {"", "Via: x", FV_START_NONE},
    {"x ", "Via: SIP/2.0/TLS a", FV_START_HEADERS},
    {"", "CSeq: 1 INVITE", FV_START_HEADERS},
    {"", "CSeq: x", FV_START_NONE},
    {"x ", "CSeq: 1 INVITE", FV_START_HEADERS},
    {"", "Call-ID: x", FV_START_HEADERS},
    {"x ", "Call-ID: x", FV_START_NONE},
    {"", "From: <sip:a>", FV_START_HEADERS},
    {"", "From: sip:a", FV_START_HEADERS},
    {"", "From: \"A\" <sip:a>", FV_START_HEADERS},
    {"", "From: a", FV_START_NONE},
    {"x ", "From: <sip:a>", FV_START_NONE},
    {"", "To: <sip:a>", FV_START_HEADERS},
    {"", "To: a", FV_START_NONE},
    {"", "ms-diagnostics: 1009;reason=\"x\"", FV_START_HEADERS},
    {"", "ms-diagnostics: 1009.2;x", FV_START_HEADERS},
    {"", "ms-diagnostics: 1009.2", FV_START_NONE},
    {"", "ms-diagnostics: 1009\"x", FV_START_HEADERS},
    {"", "ms-diagnostics: 1009,reason=x", FV_START_HEADERS},
    {"", "ms-diagnostics: 1009,x", FV_START_NONE},
    {"", "ms-diagnostics: x", FV_START_NONE},
    {"", "ms-diagnostics: .2;", FV_START_NONE},
    {"", "ms-diagnostics 1009;x", FV_START_HEADERS},
    {"", "ms-diagnostics| 1009;x", FV_START_HEADERS},
    {"", "ms-diagnostics1009;x", FV_START_NONE},
    {"", "ms-diagnostics x;", FV_START_NONE},
    {"", "ms-diagnostics-public: 1009;x", FV_START_HEADERS},
    {"", "ms-client-diagnostics: 52;x", FV_START_HEADERS},
    {"", "Test-CsFederatedPartner -TargetFqdn x", FV_START_POWERSHELL},
    {"+ ", "Test-CsFederatedPartner -TargetFqdn x", FV_START_NONE},
    {"> ", "Test-CsFederatedPartner -TargetFqdn x", FV_START_POWERSHELL},
    {"", "Test-CsFederatedPartner -Domain x", FV_START_NONE},
    {"", "Test-CsFederatedPartner : A 504 (x) response was received from the network",
     FV_START_POWERSHELL},
    {"", "Target Fqdn : x", FV_START_POWERSHELL},
    {"", "A 504 (Server time-out) response was received from the network", FV_START_POWERSHELL},
    {"", "A 5040 (x) response was received from the network", FV_START_NONE},
    {"", "A 504 x) response was received from the network", FV_START_NONE},
    {"", "A 504 (x) response was received", FV_START_NONE},
    {"", "Diagnosis : ErrorCode=1008,Source=x", FV_START_POWERSHELL},
    {"", "Diagnosis : ErrorCode=1008,Reason=x", FV_START_POWERSHELL},
    {"", "Diagnosis : ErrorCode=1008,x", FV_START_NONE},
    {"", "Diagnosis : ErrorCode=x", FV_START_NONE},
    {"", "ErrorCode=1008,Source=x", FV_START_POWERSHELL},
    {"x ", "ErrorCode=1008,Source=x", FV_START_NONE},
    {"x ", "DiagnosticInformation=ErrorCode=1008,Source=x", FV_START_POWERSHELL},
    {"", "Log Name: x\nEvent ID: 1", FV_START_WINDOWS_EVENT},
    {"", "Log Name: x", FV_START_NONE},
    {"x ", "Log Name: x\nEvent ID: 1", FV_START_NONE},
    {"", "Event ID: 1", FV_START_WINDOWS_EVENT},
    {"x ", "Event ID: 1", FV_START_NONE},
    {"", "In the past 5 minutes there were invalid incoming certificates", FV_START_WINDOWS_EVENT},
    {"", "In the past 5 minutes", FV_START_NONE},
    {"", "A significant number of connection failures", FV_START_WINDOWS_EVENT},
    {"", "A significant number of invalid certificates", FV_START_WINDOWS_EVENT},
    {"", "A significant number of x", FV_START_NONE},
    {"", "TLS outgoing connection failures", FV_START_WINDOWS_EVENT},
    {"x ", "TLS outgoing connection failures", FV_START_WINDOWS_EVENT},
    {"", "TLS outgoing connection", FV_START_NONE},
    {"", "2019-05-14 11:22:33 a@b.c d@e.f SIP", FV_START_HISTORY},
    {"", "2019-05-14 11:22:33 a@b.c d@e.f H323", FV_START_HISTORY},
    {"", "2019-05-14 11:22:33 a@b.c d@e.f x", FV_START_NONE},
    {"", "2019-05-14 11:22:33 a@b.c SIP", FV_START_NONE},
    {"", "2019-05-14 11:22:33 a@b.c d@e.f g@h.i SIP", FV_START_NONE},
    {"x ", "2019-05-14 11:22:33 a@b.c d@e.f SIP", FV_START_NONE},
    {"", "2019-05-14T11:22:33Z a@b.c d@e.f SIP", FV_START_HISTORY},
    {"", "2019-05-14T11:22:33.123+02:00 a@b.c d@e.f SIP", FV_START_HISTORY},
    {"", "2019-05-14 11:22:33 k=\"a@b.c\" d@e.f SIP", FV_START_NONE},
    {"", "2019-05-14 11:22:33\na@b.c\nd@e.f\nSIP", FV_START_HISTORY},
    {"", "2019-05-14 11:22 a@b.c d@e.f SIP", FV_START_NONE},
    {"", "Search (91)\n State: Completed", FV_START_SEARCH},
    {"", "Search (91)", FV_START_NONE},
    {"", "Search (x)\n State: Completed", FV_START_NONE},
    {"x ", "Search (91)\n State: Completed", FV_START_NONE},
    {"", "Search (91) xxxxxxxxxxxxxxxxxxxx State: x", FV_START_NONE},
    {"", "403 Forbidden: From URI", FV_START_SENTENCE},
    {"", "403 Forbidden", FV_START_NONE},
    {"x ", "403 Forbidden: From URI", FV_START_NONE},
    {"", "handshake error 104 on", FV_START_SENTENCE},
    {"x ", "handshake error 104 on", FV_START_SENTENCE},
    {"", "handshake error x", FV_START_NONE},
    {"", "The domain of the message is not configured", FV_START_SENTENCE},
    {"x ", "The domain of the message is not configured", FV_START_NONE},
    {"", "prose", FV_START_NONE},
    {"", "- x", FV_START_NONE},
    {"", ": x", FV_START_NONE},
    {"", "1009;", FV_START_NONE},
};

static void each_text_begins_what_it_looks_like(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fv_sight before, whole;
        fv_buf text;
        fv_header header = FV_HEADER_UNREAD;
        fv_buf_init(&text);
        fv_buf_append_text(&text, rows[i].before);
        read_sight(&before, &text);
        fv_buf_append_text(&text, rows[i].text);
        read_sight(&whole, &text);
        if (fv_start_at(&whole, before.len, &header) != rows[i].start)
            fail_msg("%s", text.data);
        fv_sight_clear(&before);
        fv_sight_clear(&whole);
        fv_buf_clear(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_text_begins_what_it_looks_like),
    };
    return cmocka_run_group_tests_name("logs/start", tests, NULL, NULL);
}
