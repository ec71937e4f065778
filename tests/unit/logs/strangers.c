/* Faults that nothing ties to a Microsoft side: they are told, but neither headline nor letter
 * speaks of them. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fedval/diagnosis.h"
#include "fedval/html.h"
#include "support.h"

#define HEAD                                                                                       \
    "2026-03-02T08:10:46.240+01:00 expe tvcs: UTCTime=\"2026-03-02 07:10:46,240\" "                \
    "Module=\"network.sip\" Level=\"DEBUG\":  Action=\"Received\" Local-ip=\"192.0.2.1\" "         \
    "Local-port=\"25001\" Src-ip=\"192.0.2.9\" Src-port=\"5061\"\n SIPMSG:\n |"
#define ANSWER(via, server)                                                                        \
    HEAD "SIP/2.0 504 Server time-out\nVia: SIP/2.0/TLS 192.0.2.1:5061;egress-zone=DNSZone" via    \
         "\nCall-ID: 0a1b\nCSeq: 7 INVITE\nFrom: <sip:4711@meet.example.org>;tag=1\n"              \
         "To: <sip:room@other.example>;tag=2\n" server "Content-Length: 0\n\n"
#define EVENT(second, id, text)                                                                    \
    "Log Name:      System\nSource:        Schannel\nDate:          11/20/2026 10:00:0" second     \
    " AM\nEvent ID:      " id "\nLevel:         Error\nDescription:\n" text "\n\n"
#define ALERT                                                                                      \
    EVENT("1", "36887",                                                                            \
          "A fatal alert was received from the remote endpoint. The TLS protocol "                 \
          "defined fatal alert code is 46.")
#define LATER_ALERT                                                                                \
    EVENT("9", "36887",                                                                            \
          "A fatal alert was received from the remote endpoint. The TLS protocol "                 \
          "defined fatal alert code is 46.")
#define EXPECTED_NAME                                                                              \
    EVENT("2", "36884",                                                                            \
          "The certificate received from the remote server does not contain the "                  \
          "expected name. The server name we were expecting is gw.example.com.")

static size_t count_related(const char *text)
{
    size_t count = 0;
    fedval_log *log = read_log("test", (const uint8_t *)text, strlen(text), SIZE_MAX);
    assert_true(fedval_log_count_incidents(log) > 0);
    for (size_t i = 0; i < fedval_log_count_incidents(log); i++)
        count += fedval_incident_is_related(fedval_log_get_incident(log, i));
    fedval_log_free(log);
    return count;
}

/* In pieces, so that this file itself is no log. */
#define CONNECTION(transport, peer)                                                                \
    "TL_ERR"                                                                                       \
    "OR(TF_CONN"                                                                                   \
    "ECTION) [edge\\edge01]0584.0A44::11/20/2026-07:11:47.230.0000774F "                           \
    "(SIPStack,x:y.cpp(830)) [1] $$begin_"                                                         \
    "record\nSeverity: error\nText: The certificate has "                                          \
    "expired\nLocal-IP: 20.50.60.99:5061\nPeer-IP: 185.220.101.1:50000\nPeer: " peer               \
    "\nTransport: " transport "\nResult-"                                                          \
    "Code: 0x8009"                                                                                 \
    "0328 SEC_E_CERT_"                                                                             \
    "EXPIRED\n$$end_"                                                                              \
    "record\n"

/* Federation uses mutual TLS, and the Edge faces the Internet. */
static void a_connection_of_nobody_is_not_related(void **state)
{
    (void)state;
    assert_int_equal(count_related(CONNECTION("TLS", "185.220.101.1:50000")), 0);
    assert_int_equal(count_related(CONNECTION("M-TLS", "185.220.101.1:50000")), 1);
    assert_int_equal(count_related(CONNECTION("TLS", "vcse.steven.lab:25003")), 1);
    assert_int_equal(count_related(CONNECTION("M-TLS", "fe01.partner.local:49822")), 0);
    assert_int_equal(count_related(CONNECTION("M-TLS", "vcse.partner.test:25003")), 1);
}

/* Any proxy may answer 504; a Microsoft server says who it is, or adds its parameters to Via. */
static void an_answer_of_nobody_is_not_related(void **state)
{
    (void)state;
    assert_int_equal(count_related(ANSWER("", "")), 0);
    assert_int_equal(count_related(ANSWER("", "Server: RTC/6.0\n")), 1);
    assert_int_equal(count_related(ANSWER(";ms-received-port=25011", "")), 1);
}

#define EXPRESSWAY "2026-03-02T08:10:46.240+01:00 expe tvcs: "
#define REFUSED(address, port, detail)                                                             \
    EXPRESSWAY "Event=\"Outbound TLS Negotiation Error\" Service=\"SIP\" Src-ip=\"192.0.2.1\" "    \
               "Src-port=\"25040\" Dst-ip=\"" address "\" Dst-port=\"" port "\" Detail=\"" detail  \
               "\" Protocol=\"TLS\" Level=\"1\" UTCTime=\"2026-03-02 07:10:46,240\"\n"

/* Logs of products and services that have no part in federation. */
static void documents_of_strangers_accuse_nobody(void **state)
{
    static const char *const documents[] = {
        ANSWER("", "Server: TANDBERG/4137 (X14.0.5)\n"),
        ANSWER("", "Server: Asterisk PBX 18.9\n"),
        ANSWER("", "User-Agent: a session border controller\n"),
        REFUSED("203.0.113.20", "5062", "self signed certificate in certificate chain"),
        REFUSED("10.20.0.160", "5061", "certificate has expired"),
        "SIP/2.0 403 Forbidden\nVia: SIP/2.0/TLS sbc1.customer.example:5061;branch=z9hG4bK1\n"
        "From: <sip:+49301@sbc1.customer.example>;tag=1\nTo: <sip:+49302@trunk.example>;tag=2\n"
        "Call-ID: 123@sbc1.customer.example\nCSeq: 1 INVITE\n"
        "Server: Microsoft.PSTNHub.SIPProxy v.2024.2.1\nContent-Length: 0\n",
        "[Mar  5 10:15:01] ERROR[2211] tcptls.c: Problem setting up ssl connection: "
        "error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca\n"
        "SIP/2.0 504 Server Time-out\nVia: SIP/2.0/TLS 10.0.0.1:5061;branch=z9hG4bK1\n"
        "From: <sip:100@pbx.example.org>;tag=1\nTo: <sip:200@trunk.example.net>;tag=2\n"
        "Call-ID: 4a5b@10.0.0.1\nCSeq: 102 INVITE\nServer: OpenSIPS (3.2.2)\n",
        "Mar  5 10:15:01 mx postfix/smtp[77]: SSL_connect error to mx.partner.example[198.51.100.3]"
        ":25: certificate verify failed\n",
        "203.0.113.9 - - [05/Mar/2024:10:15:01 +0100] \"GET /federation HTTP/2.0\" 504 167\n",
        EXPRESSWAY "UTCTime=\"2026-03-02 07:10:46,240\" Module=\"network.dns\" Level=\"DEBUG\":  "
                   "Detail=\"Could not resolve hostname\" Name=\"_sips._tcp.partner.example\" "
                   "Type=\"SRV (IPv4 and IPv6)\"\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
        fedval_log *log =
            read_log("test", (const uint8_t *)documents[i], strlen(documents[i]), SIZE_MAX);
        if (fedval_log_get_diagnosis(log) != FEDVAL_DIAGNOSIS_NOTHING)
            fail_msg("accused: %s", documents[i]);
        assert_int_equal(fedval_log_get_num_calls(log), 0);
        assert_int_equal(fedval_log_count_domains(log), 0);
        for (size_t g = 0; g < fedval_log_count_groups(log); g++) {
            assert_null(fedval_log_get_group_letter(log, g));
            assert_false(fedval_incident_is_related(fedval_log_get_group_first(log, g)));
        }
        fedval_log_free(log);
    }
}

/* The handshake is tied to the partner too, but the call is what people ask about. */
static void the_call_with_a_partner_comes_first(void **state)
{
    static const char text[] = REFUSED("203.0.113.9", "5061", "certificate has expired")
        REFUSED("192.0.2.9", "5061", "tlsv1 alert unknown ca") ANSWER("", "Server: RTC/6.0\n");
    (void)state;
    fedval_log *log = read_log("test", (const uint8_t *)text, sizeof(text) - 1, SIZE_MAX);
    assert_int_equal(fedval_log_count_groups(log), 3);
    assert_string_equal(fedval_incident_get_call_id(fedval_log_get_group_first(log, 0)), "0a1b");
    assert_int_equal(fedval_incident_get_finding(fedval_log_get_group_first(log, 1)),
                     FEDVAL_FINDING_PEER_REJECTED_CERTIFICATE);
    assert_false(fedval_incident_is_related(fedval_log_get_group_first(log, 2)));
    fedval_log_free(log);
}

static uint64_t count_events(const char *text)
{
    fedval_log *log = read_log("test", (const uint8_t *)text, strlen(text), SIZE_MAX);
    uint64_t count = fedval_log_get_num_events(log);
    fedval_log_free(log);
    return count;
}

/* Related incidents of no call are events. */
static void events_are_counted(void **state)
{
    (void)state;
    assert_int_equal(count_events(ALERT), 0);
    assert_int_equal(count_events(EXPECTED_NAME), 1);
    assert_int_equal(count_events(ALERT EXPECTED_NAME), 2);
    assert_int_equal(count_events(ANSWER("", "Server: RTC/6.0\n")), 0);
}

/* Every service of a Windows machine logs to Schannel. */
static void an_event_of_the_machine_is_not_related(void **state)
{
    (void)state;
    assert_int_equal(count_related(ALERT), 0);
    assert_int_equal(count_related(ALERT EXPECTED_NAME), 2);
    assert_int_equal(count_related(LATER_ALERT EXPECTED_NAME), 1);
}

/* ---- faults inside the Microsoft side ---- */

#define EVENT_OF(computer, id, text)                                                               \
    "Log Name:      System\nSource:        Schannel\nEvent ID:      " id                           \
    "\nLevel:         Error\nComputer:      " computer "\nDescription:\n" text "\n\n"
#define WANTED(computer, name)                                                                     \
    EVENT_OF(computer, "36884",                                                                    \
             "The certificate received from the remote server does not contain the expected "      \
             "name. The server name we were expecting is " name                                    \
             ". The TLS connection request has failed.")
#define CALLED(name, address)                                                                      \
    "Log Name:      Lync Server\nSource:        LS Protocol Stack\nEvent ID:      14428\n"         \
    "Level:         Error\nComputer:      sfvedge.skype.lab\nDescription:\nTLS outgoing "          \
    "connection"                                                                                   \
    " failures.\nOver the past 15 minutes, there were failures 3 time(s). The "                    \
    "error code of the last failure is 0x80090322 (The target principal name is incorrect.) "      \
    "while trying to connect to the server \"" name "\" at address [" address                      \
    ":5061], and the display name in the peer certificate is \"Unavailable\".\n\n"
#define CLIENT(to, diagnostics)                                                                    \
    "05/14/2019|09:41:10.101 1A2C:2B40 INFO  :: Data Received -192.0.2.5:443 (To Local "           \
    "Address: 10.30.0.71:61234) 901 bytes:\nSIP"                                                   \
    "/2.0 504 Server time-out\n"                                                                   \
    "From: <sip:stejanss@skype.lab>;tag=1;epid=01\nTo: <sip:" to ">;tag=2\nCall-ID: 0a1b\n"        \
    "CSeq: 1 INVITE\nms"                                                                           \
    "-diagnostics: " diagnostics ";source=\"sip.skype.lab\"\n"                                     \
    "Server: RTC/6.0\nContent-Length: 0\n\n"

static void expect_inside(const char *text, uint32_t direction)
{
    fedval_log *log = read_log("test", (const uint8_t *)text, strlen(text), SIZE_MAX);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_finding(incident), FEDVAL_FINDING_NOT_A_FEDERATION_FAULT);
    assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_INFERRED);
    assert_int_equal(fedval_incident_get_mend_side(incident), FEDVAL_MEND_SIDE_NEITHER);
    assert_int_equal(fedval_incident_get_direction(incident), direction);
    assert_int_equal(fedval_incident_is_related(incident),
                     direction != FEDVAL_CALL_DIRECTION_UNKNOWN);
    assert_non_null(strstr(fedval_incident_get_remedy(incident), "On the Microsoft side"));
    fedval_log_free(log);
}

/* A call with a partner stays one, whichever server failed it. */
static void servers_of_one_side_are_no_partners(void **state)
{
    static const char *const inside[] = {
        WANTED("sfvedge.skype.lab", "edgepool.skype.lab"),
        WANTED("sfvedge.skype.lab", "dc01.skype.local"),
        WANTED("sfvedge.skype.lab", "ctldl.windowsupdate.com"),
        WANTED("sfvedge.skype.lab", "pipe.aria.microsoft.com"),
        CALLED("sql01.skype.lab", "10.0.0.5"),
        CLIENT("bob@skype.lab", "1010;reason=\"x\";tls-target=\"fe2.skype.lab\";"
                                "HRESULT=\"0x80090325(SEC_E_UNTRUSTED_ROOT)\""),
    };
    static const char *const on_the_way[] = {
        CLIENT("2000@acano.steven.lab", "1014;reason=\"x\";fqdn=\"fe02.skype.lab\""),
        CLIENT("2000@acano.steven.lab", "1038;reason=\"x\";fqdn=\"fe02.skype.lab:5061\";"
                                        "peer-type=\"InternalServer\";winsock-code=\"10061\""),
    };
    (void)state;
    for (size_t i = 0; i < sizeof(inside) / sizeof(inside[0]); i++)
        expect_inside(inside[i], FEDVAL_CALL_DIRECTION_UNKNOWN);
    for (size_t i = 0; i < sizeof(on_the_way) / sizeof(on_the_way[0]); i++)
        expect_inside(on_the_way[i], FEDVAL_CALL_DIRECTION_FROM_MICROSOFT);
}

/* A user who is not found within the own domain has no direction; the twin called a partner. */
static void a_refusal_in_the_own_domain_has_no_direction(void **state)
{
    static const struct {
        const char *text;
        uint32_t direction;
    } rows[] = {
        {CLIENT("carol@skype.lab", "1003;reason=\"User does not exist\""),
         FEDVAL_CALL_DIRECTION_UNKNOWN},
        {CLIENT("2000@acano.steven.lab", "1003;reason=\"User does not exist\""),
         FEDVAL_CALL_DIRECTION_FROM_MICROSOFT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *text = rows[i].text;
        fedval_log *log = read_log("test", (const uint8_t *)text, strlen(text), SIZE_MAX);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_incident_get_finding(incident),
                         FEDVAL_FINDING_NOT_A_FEDERATION_FAULT);
        assert_int_equal(fedval_incident_get_direction(incident), rows[i].direction);
        fedval_log_free(log);
    }
}

/* The twins: the host is the partner's. */
static void servers_of_two_sides_are_partners(void **state)
{
    static const struct {
        const char *text;
        uint32_t finding;
    } across[] = {
        {WANTED("sfvedge.skype.lab", "vcse.acano.steven.lab"), FEDVAL_FINDING_CERT_NAME_MISMATCH},
        {WANTED("sfvedge.skype.lab", "vcse.video.skype.lab"), FEDVAL_FINDING_CERT_NAME_MISMATCH},
        {WANTED("sfvedge.skype.lab", "vcse.acano.test"), FEDVAL_FINDING_CERT_NAME_MISMATCH},
        {CALLED("vcse.acano.steven.lab", "10.48.36.47"), FEDVAL_FINDING_CERT_NAME_MISMATCH},
        {CLIENT("2000@acano.steven.lab", "1010;reason=\"x\";tls-target=\"vcse.acano.steven.lab\";"
                                         "HRESULT=\"0x80090325(SEC_E_UNTRUSTED_ROOT)\""),
         FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT},
        {CLIENT("2000@acano.steven.lab", "1014;reason=\"x\";fqdn=\"vcse.acano.steven.lab\""),
         FEDVAL_FINDING_ADDRESS_MISSING},
        {CLIENT("2000@acano.steven.lab", "1009;reason=\"x\";domain=\"acano.steven.lab\";"
                                         "fqdn1=\"vcse.skype.lab:5061\""),
         FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(across) / sizeof(across[0]); i++) {
        const char *text = across[i].text;
        fedval_log *log = read_log("test", (const uint8_t *)text, strlen(text), SIZE_MAX);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_incident_get_finding(incident), across[i].finding);
        assert_true(fedval_incident_is_related(incident));
        assert_int_equal(fedval_incident_get_direction(incident),
                         FEDVAL_CALL_DIRECTION_FROM_MICROSOFT);
        fedval_log_free(log);
    }
}

static fedval_log *read_one(const char *text, uint32_t finding)
{
    fedval_log *log = read_log("test", (const uint8_t *)text, strlen(text), SIZE_MAX);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    assert_int_equal(fedval_incident_get_finding(fedval_log_get_incident(log, 0)), finding);
    return log;
}

/* A changed signature within a handshake is one of a certificate. A number that is about no
 * certificate, or about a parameter, leaves a 1010 open: the trust failed for another reason. */
static void the_number_beside_a_1010_decides(void **state)
{
#define TRUST_FAILED(number)                                                                       \
    CLIENT("2000@acano.steven.lab",                                                                \
           "1010;reason=\"x\";tls-target=\"vcse.acano.steven.lab\";HRESULT=\"" number "\"")
    static const struct {
        const char *text;
        uint32_t finding, certainty;
    } rows[] = {
        {TRUST_FAILED("0x80096010(TRUST_E_BAD_DIGEST)"), FEDVAL_FINDING_CHAIN_BAD_SIGNATURE,
         FEDVAL_CERTAINTY_INFERRED},
        {TRUST_FAILED("0x80092004(CRYPT_E_NOT_FOUND)"), FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG,
         FEDVAL_CERTAINTY_UNDETERMINED},
        {TRUST_FAILED("0x8009035d(SEC_E_INVALID_PARAMETER)"), FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG,
         FEDVAL_CERTAINTY_UNDETERMINED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fedval_log *log = read_one(rows[i].text, rows[i].finding);
        assert_int_equal(fedval_incident_get_certainty(fedval_log_get_incident(log, 0)),
                         rows[i].certainty);
        fedval_log_free(log);
    }
}

/* Case and a final dot make no other name, and names that agree are no mismatch: no new certificate
 * is advised. The number is shown as Microsoft's documents do. */
static void one_name_in_two_spellings_is_one_name(void **state)
{
    static const char text[] =
        CLIENT("2000@acano.steven.lab", "1010;reason=\"x\";tls-target=\"VCSE.acano.steven.lab.\";"
                                        "PeerServer=\"vcse.acano.steven.lab\";"
                                        "HRESULT=\"-2146893022\"");
    (void)state;
    fedval_log *log = read_log("test", (const uint8_t *)text, sizeof(text) - 1, SIZE_MAX);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    const char *message = fedval_incident_get_message(incident);
    assert_string_equal(fedval_incident_get_expected_name(incident), "vcse.acano.steven.lab");
    assert_null(strstr(message, "found"));
    assert_non_null(strstr(message, "HRESULT 0x80090322 SEC_E_WRONG_PRINCIPAL"));
    assert_int_equal(fedval_incident_get_finding(incident), FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
    assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_UNDETERMINED);
    assert_null(strstr(fedval_incident_get_remedy(incident), "subjectAltName"));
    fedval_log_free(log);
}

#define UNTRUSTED(host)                                                                            \
    "Log Name: Lync Server\nSource: LS Protocol Stack\nDate: 5/14/2026 9:00:00 AM\nEvent ID: "     \
    "14428\nComputer: edge01.skype.lab\nDescription:\nTLS outgoing connection failures.\nThe "     \
    "error "                                                                                       \
    "code of the last failure is 0x80090325 (not trusted) while trying to connect to the server "  \
    "\"" host "\" at address [192.0.2.71:5061], and the display name in the peer certificate is "  \
    "\"" host "\".\n"

/* What an Edge thinks of Microsoft's own servers is no partner's affair. */
static void a_server_of_the_cloud_is_no_partner(void **state)
{
    static const char cloud[] = UNTRUSTED("sipfed.online.lync.com");
    static const char partner[] = UNTRUSTED("vcse.acano.steven.lab");
    (void)state;
    fedval_log *log = read_log("test", (const uint8_t *)cloud, sizeof(cloud) - 1, SIZE_MAX);
    assert_int_equal(fedval_incident_get_finding(fedval_log_get_incident(log, 0)),
                     FEDVAL_FINDING_NOT_A_FEDERATION_FAULT);
    fedval_log_free(log);
    log = read_log("test", (const uint8_t *)partner, sizeof(partner) - 1, SIZE_MAX);
    assert_int_equal(fedval_incident_get_finding(fedval_log_get_incident(log, 0)),
                     FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT);
    fedval_log_free(log);
}

/* Windows writes it where the certificate has no name to show. */
static void unavailable_is_no_name(void **state)
{
    static const char text[] = CALLED("vcse.acano.steven.lab", "192.0.2.5");
    (void)state;
    fedval_log *log = read_log("test", (const uint8_t *)text, sizeof(text) - 1, SIZE_MAX);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_null(fedval_incident_get_presented_name(incident));
    assert_null(strstr(fedval_incident_get_message(incident), "found"));
    fedval_log_free(log);
}

/* ---- identities of the caller, and answers of the called ---- */

#define ASKED(from, asserted)                                                                      \
    HEAD "INVITE sip:room@other.example SIP"                                                       \
         "/2.0\nVia: SIP/2.0/TLS 192.0.2.1:5061\nCall-ID: "                                        \
         "0a1b\nCSeq: 7 INVITE\nFrom: " from ";tag=1\nTo: <sip:room@other.example>\n"              \
         "P-Asserted-Identity: " asserted "\nContent-Length: 0\n\n"
#define ANSWERED(status, from)                                                                     \
    HEAD "SIP"                                                                                     \
         "/2.0 " status "\nVia: SIP/2.0/TLS 192.0.2.1:5061;egress-zone=DNSZone\nCall-ID: "         \
         "0a1b\nCSeq: 7 INVITE\nFrom: " from ";tag=1\nTo: <sip:room@other.example>;tag=2\n"        \
         "Server: RTC/6.0\nContent-Length: 0\n\n"
#define FAILED_TO_CONNECT                                                                          \
    "2026-03-02T08:10:44.240+01:00 expe tvcs: UTCTime=\"2026-03-02 07:10:44,240\" "                \
    "Module=\"network.tcp\" Level=\"ERROR\":  Src-ip=\"192.0.2.1\" Src-port=\"25001\" "            \
    "Dst-ip=\"192.0.2.9\" Dst-port=\"5061\" Detail=\"TCP Connection Failed\"\n"
#define NOBODY "<sip:anonymous@anonymous.invalid>"

/* Which of two identities counts is not known; with one alone it is. */
static void a_second_identity_leaves_the_caller_open(void **state)
{
    static const char two[] = ASKED(NOBODY, "<tel:+15550100>, <sip:2000@acano.steven.lab>")
        ANSWERED("504 Server time-out", NOBODY);
    (void)state;
    fedval_log *log = read_one(two, FEDVAL_FINDING_CALLER_NOT_A_DOMAIN);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_string_equal(fedval_incident_get_other_domain(incident), "acano.steven.lab");
    assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_UNDETERMINED);
    fedval_log_free(log);
    log = read_one(ANSWERED("504 Server time-out", NOBODY), FEDVAL_FINDING_CALLER_NOT_A_DOMAIN);
    incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_INFERRED);
    fedval_log_free(log);
}

/* An address is no domain: it is to be mended, and the other identity is to be checked. */
static void a_second_identity_beside_an_address_is_to_be_checked(void **state)
{
    static const char two[] = ASKED("<sip:room@10.48.54.160>", "<sip:2000@acano.steven.lab>")
        ANSWERED("504 Server time-out", "<sip:room@10.48.54.160>");
    (void)state;
    fedval_log *log = read_one(two, FEDVAL_FINDING_CALLER_NOT_A_DOMAIN);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_string_equal(fedval_incident_get_other_domain(incident), "acano.steven.lab");
    assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_UNDETERMINED);
    assert_non_null(strstr(fedval_incident_get_message(incident), "check that domain"));
    fedval_log_free(log);
}

/* The member holds what the message says. */
static void an_asserted_address_is_told_beside_a_domain(void **state)
{
    static const char two[] = ASKED("<sip:2000@acano.steven.lab>", "<sip:room@10.48.54.160>")
        ANSWERED("504 Server time-out", "<sip:2000@acano.steven.lab>");
    (void)state;
    fedval_log *log = read_one(two, FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_string_equal(fedval_incident_get_asserted(incident), "room@10.48.54.160");
    assert_non_null(strstr(fedval_incident_get_message(incident), "room@10.48.54.160"));
    assert_null(fedval_incident_get_other_domain(incident));
    fedval_log_free(log);
}

/* Such names are written into a log before it is given away. */
static void a_reserved_zone_of_the_caller_accuses_nobody(void **state)
{
    (void)state;
    fedval_log *log = read_one(ANSWERED("504 Server time-out", "<sip:2000@meet.harbour.test>"),
                               FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
    fedval_log_free(log);
    log = read_one(ANSWERED("504 Server time-out", "<sip:2000@meet.harbour.local>"),
                   FEDVAL_FINDING_CALLER_NOT_A_DOMAIN);
    fedval_log_free(log);
}

/* Who got an answer of the Microsoft server had a connection. */
static void a_failed_connection_explains_no_answer(void **state)
{
    static const char text[] =
        ANSWERED("504 Server time-out", "<sip:2000@acano.steven.lab>") FAILED_TO_CONNECT;
    (void)state;
    fedval_log *log = read_log("test", (const uint8_t *)text, sizeof(text) - 1, SIZE_MAX);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_finding(incident), FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
    assert_null(fedval_incident_get_explained_by(incident));
    fedval_log_free(log);
}

/* A row does not name who refused, and its causes are those of its own status. */
static void a_refusal_in_the_search_history_is_not_related(void **state)
{
    static const char refused[] =
        "2026-11-20T10:00:00+01:00   sip:2000@acano.steven.lab   sip:stejanss@skype.lab   SIP"
        "   Forbidden   1\n";
    static const char failed[] =
        "2026-11-20T10:00:00+01:00   sip:2000@acano.steven.lab   sip:stejanss@skype.lab   SIP"
        "   Server time"
        "-out   1\n";
    (void)state;
    fedval_log *log = read_one(refused, FEDVAL_FINDING_POLICY_REFUSED);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_false(fedval_incident_is_related(incident));
    assert_non_null(strstr(fedval_incident_get_message(incident), "made by the Expressway itself"));
    fedval_log_free(log);
    log = read_one(failed, FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
    assert_true(fedval_incident_is_related(fedval_log_get_incident(log, 0)));
    fedval_log_free(log);
}

/* The far side judged the called address, so the call came through. */
static void answers_about_the_called_address_show_a_link(void **state)
{
    static const char *const answers[] = {
        ANSWERED("410 Gone", "<sip:2000@acano.steven.lab>"),
        ANSWERED("484 Address Incomplete", "<sip:2000@acano.steven.lab>"),
        ANSWERED("485 Ambiguous", "<sip:2000@acano.steven.lab>"),
        ANSWERED("493 Undecipherable", "<sip:2000@acano.steven.lab>"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
        fedval_log_free(read_one(answers[i], FEDVAL_FINDING_LINK_WORKS));
}

/* RFC 3325 9.1 allows a second header; the domain that only it names has to be checked, too. */
static void a_second_asserted_identity_is_read(void **state)
{
    static const char second[] =
        HEAD "SIP/2.0 504 Server time-out\nVia: SIP/2.0/TLS 192.0.2.1:5061;egress-zone=DNSZone\n"
             "Call-ID: 0a1b\nCSeq: 7 INVITE\nFrom: <sip:4711@meet.example.org>;tag=1\n"
             "P-Asserted-Identity: <sip:4711@meet.example.org>\n"
             "P-Asserted-Identity: <sip:4711@uc.example.org>\n"
             "To: <sip:room@other.example>;tag=2\nServer: RTC/6.0\nContent-Length: 0\n\n";
    (void)state;
    fedval_log *log = read_one(second, FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
    assert_string_equal(fedval_incident_get_other_domain(fedval_log_get_incident(log, 0)),
                        "uc.example.org");
    fedval_log_free(log);
}

/* An identity that public DNS can have no record for is named, as one in From is; which of the two
 * counts is not known, so the domain in From stays to be checked. */
static void an_asserted_identity_without_a_domain_is_named(void **state)
{
    static const char from[] = "<sip:4711@meet.example.org>";
    static const struct {
        const char *asserted, *named, *other;
    } calls[] = {
        {"<sip:4711@10.48.54.160>", "names 4711@10.48.54.160: no domain", NULL},
        {"<sip:4711@cms01.local>", "names 4711@cms01.local: no domain", NULL},
        {"<tel:+15550100>, <sip:4711@[2001:db8::5]>", "names 4711@2001:db8::5: no domain", NULL},
        {"<sip:4711@meet.example.org>, <sip:4711@10.48.54.160>", "names 4711@10.48.54.160", NULL},
        {"<sip:4711@10.48.54.160>, <sip:4711@uc.example.org>", "names uc.example.org",
         "uc.example.org"},
        {"<sip:4711@meet.example.org>", NULL, NULL},
        {"<tel:+15550100>", NULL, NULL},
        {"<sip:4711@anonymous.invalid>", NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        char text[4000];
        snprintf(text, sizeof(text), ASKED("%s", "%s") ANSWERED("504 Server time-out", "%s"), from,
                 calls[i].asserted, from);
        fedval_log *log = read_one(text, FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        const char *message = fedval_incident_get_message(incident);
        const char *at = strstr(message, "P-Asserted-Identity ");
        if (calls[i].named == NULL ? at != NULL : at == NULL || strstr(at, calls[i].named) == NULL)
            fail_msg("%s: %s", calls[i].asserted, message);
        assert_string_equal(fedval_incident_get_domain(incident), "meet.example.org");
        const char *other = fedval_incident_get_other_domain(incident);
        assert_true(calls[i].other == NULL ? other == NULL : strcmp(other, calls[i].other) == 0);
        bool is_nowhere = calls[i].named != NULL && calls[i].other == NULL;
        const char *remedy = fedval_incident_get_remedy(incident);
        assert_true((strstr(remedy, "let P-Asserted-Identity name your own") != NULL) ==
                    is_nowhere);
        fedval_log_free(log);
    }
}

#define HOSTED "domain=\"hosted.lab\";fqdn1=\"sipfed.online.lync.com:5061\""
#define AT_PROVIDER(start_line, peer)                                                              \
    "TL_WARN(TF_DIAG) [pool\\edge01]0584.0A44::05/14/2026-07:10:41.230.0000773E "                  \
    "(SIPStack,SIPAdminLog::WriteDiagnosticEvent:SIPAdminLog.cpp(830)) [156659184] $$begin"        \
    "_record\nSeverity: warning\nResult"                                                           \
    "-Code: 0xc3e93d6f\n" start_line "SIP-Call-ID: 5c1b\nSIP-CSeq: 101 INVITE\n" peer              \
    "Data: " HOSTED "\n$$end_record\n\n"

/* A Cisco side may be using a domain that is at Microsoft: without a direction it is not said who
 * is to change something. */
static void a_domain_at_a_provider_accuses_nobody_without_a_direction(void **state)
{
    static const struct {
        const char *text;
        uint32_t certainty;
    } cases[] = {
        {AT_PROVIDER("", ""), FEDVAL_CERTAINTY_UNDETERMINED},
        {AT_PROVIDER("SIP-Start-Line: INVITE sip:alice@lync.example.net SIP/2.0\n", ""),
         FEDVAL_CERTAINTY_UNDETERMINED},
        {AT_PROVIDER("", "Peer: sipfed0f.online.lync.com:25002\n"), FEDVAL_CERTAINTY_INFERRED},
        {CLIENT("bob@hosted.lab", "1009;reason=\"x\";" HOSTED), FEDVAL_CERTAINTY_INFERRED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fedval_log *log = read_one(cases[i].text, FEDVAL_FINDING_PARTNER_NOT_ALLOWED);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        bool is_open = cases[i].certainty == FEDVAL_CERTAINTY_UNDETERMINED;
        assert_int_equal(fedval_incident_get_certainty(incident), cases[i].certainty);
        assert_int_equal(fedval_incident_get_mend_side(incident),
                         is_open ? FEDVAL_MEND_SIDE_UNKNOWN : FEDVAL_MEND_SIDE_MICROSOFT);
        assert_int_equal(fedval_log_get_diagnosis(log),
                         is_open ? FEDVAL_DIAGNOSIS_UNDETERMINED : FEDVAL_DIAGNOSIS_FAULTS);
        const char *remedy = fedval_incident_get_remedy(incident);
        assert_non_null(strstr(remedy, "Get-CsHostingProvider"));
        assert_true((strstr(remedy, "If from a Cisco side") != NULL) == is_open);
        const char *letter = fedval_log_get_group_letter(log, 0);
        assert_non_null(letter);
        assert_true((strstr(letter, "Your side reports 0xc3e93d6f") != NULL) == is_open);
        fedval_log_free(log);
    }
}

#define CUT "SIP/2.0 "
#define CUT_504 CUT "504 Server time-out\n"
#define SCANNED                                                                                    \
    "2026-03-02T08:10:44.240+01:00 expe tvcs: UTCTime=\"2026-03-02 07:10:44,240\" "                \
    "Event=\"Inbound TLS Negotiation Error\" Service=\"SIP\" Src-ip=\"198.51.100.6\" "             \
    "Src-port=\"40120\" Dst-ip=\"192.0.2.47\" Dst-port=\"5061\" Detail=\"no shared cipher\" "      \
    "Protocol=\"TLS\" Level=\"1\"\n"

/* A 504 that was counted is not passed over, although nothing tells whose it is; a failure that
 * nothing ties to a partner does not explain it. */
static void a_cut_504_is_open(void **state)
{
    static const struct {
        const char *text;
        size_t count;
        uint32_t diagnosis;
        uint32_t headline;
    } cut[] = {
        {CUT_504, 0, FEDVAL_DIAGNOSIS_UNDETERMINED, FEDVAL_HEADLINE_ANSWER_CUT},
        {CUT "486 Busy Here\n", 0, FEDVAL_DIAGNOSIS_NOTHING, FEDVAL_HEADLINE_NO_CALL_OF_FEDERATION},
        {CUT "407 Proxy Authentication Required\n", 0, FEDVAL_DIAGNOSIS_NOTHING,
         FEDVAL_HEADLINE_NO_FAILED_CALL},
        {CUT "487 Request Terminated\n", 0, FEDVAL_DIAGNOSIS_NOTHING,
         FEDVAL_HEADLINE_NO_FAILED_CALL},
        {SCANNED CUT_504, 1, FEDVAL_DIAGNOSIS_UNDETERMINED, FEDVAL_HEADLINE_ANSWER_CUT},
        {SCANNED, 1, FEDVAL_DIAGNOSIS_NOTHING, FEDVAL_HEADLINE_NO_CALL_WITH_MICROSOFT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cut) / sizeof(cut[0]); i++) {
        fv_buf buf;
        char *text = NULL;
        size_t len = 0;
        fv_buf_init(&buf);
        fv_buf_append_text(&buf, cut[i].text);
        fedval_log *log = read_buf(&buf);
        assert_int_equal(fedval_log_count_incidents(log), cut[i].count);
        assert_int_equal(fedval_log_get_diagnosis(log), cut[i].diagnosis);
        assert_int_equal(fedval_log_get_headline(log), cut[i].headline);
        assert_int_equal(fedval_log_to_text(log, NULL, NULL, &text, &len), FEDVAL_OK);
        assert_true((strstr(text, "an answer 504 is there") != NULL) ==
                    (cut[i].diagnosis == FEDVAL_DIAGNOSIS_UNDETERMINED));
        fedval_text_free(text);
        assert_int_equal(fedval_log_to_html(log, NULL, NULL, &text, &len), FEDVAL_OK);
        assert_non_null(strstr(text, fedval_headline_get_sentence(cut[i].headline)));
        fedval_text_free(text);
        fedval_log_free(log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cut_504_is_open),
        cmocka_unit_test(a_domain_at_a_provider_accuses_nobody_without_a_direction),
        cmocka_unit_test(a_second_asserted_identity_is_read),
        cmocka_unit_test(an_asserted_identity_without_a_domain_is_named),
        cmocka_unit_test(documents_of_strangers_accuse_nobody),
        cmocka_unit_test(the_call_with_a_partner_comes_first),
        cmocka_unit_test(an_answer_of_nobody_is_not_related),
        cmocka_unit_test(a_connection_of_nobody_is_not_related),
        cmocka_unit_test(events_are_counted),
        cmocka_unit_test(an_event_of_the_machine_is_not_related),
        cmocka_unit_test(servers_of_one_side_are_no_partners),
        cmocka_unit_test(a_refusal_in_the_own_domain_has_no_direction),
        cmocka_unit_test(servers_of_two_sides_are_partners),
        cmocka_unit_test(a_server_of_the_cloud_is_no_partner),
        cmocka_unit_test(unavailable_is_no_name),
        cmocka_unit_test(a_second_identity_leaves_the_caller_open),
        cmocka_unit_test(a_second_identity_beside_an_address_is_to_be_checked),
        cmocka_unit_test(an_asserted_address_is_told_beside_a_domain),
        cmocka_unit_test(a_reserved_zone_of_the_caller_accuses_nobody),
        cmocka_unit_test(a_failed_connection_explains_no_answer),
        cmocka_unit_test(a_refusal_in_the_search_history_is_not_related),
        cmocka_unit_test(answers_about_the_called_address_show_a_link),
        cmocka_unit_test(the_number_beside_a_1010_decides),
        cmocka_unit_test(one_name_in_two_spellings_is_one_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
