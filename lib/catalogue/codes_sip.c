/* The status codes of SIP responses, with their meaning between Expressway and the Microsoft
 * side. */
#include "catalogue/code_rows.h"

#define STATUS(value, symbol, text)                                                                \
    .kind = FV_SYMPTOM_SIP_STATUS, .number = (value), .name = symbol, .meaning = text
/* The far side answers a request only after it has checked the domain and the certificate. So an
 * answer that it made shows that both are sound in that direction. */
#define PROVES_THE_LINK(where)                                                                     \
    .look_at = where,                                                                              \
    .advice = "See who made it (Server, ms-diagnostics, the last Via): if the far side did, DNS "  \
              "and certificates hold in that direction; look at " where

/* clang-format off */
static const fv_symptom_code codes[] = {
    {STATUS(200, "OK", "the request was accepted; of an INVITE: the call was set up"),
     INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     PROVES_THE_LINK("the media, if the call then had no picture or no sound: firewall, ICE, codecs, encryption")},
    {STATUS(400, "Bad Request", "the request was not understood"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(401, "Unauthorized", "the server wants the caller to authenticate; a challenge, no failure by itself"),
     STATED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(403, "Forbidden", "the request was understood and refused"), INFERRED(POLICY_REFUSED, RFC3261),
     CAUSES(CAUSE(POLICY_REFUSED, OFTEN, "made by the Microsoft side: the user's policy; ms-diagnostics 1002 or 1012 beside it"),
            CAUSE(PARTNER_NOT_ALLOWED, OFTEN, "made by the Microsoft side: the domain is on no list of allowed domains"),
            BEYOND(AT_TIMES, "made by the Expressway itself: call policy, authentication, or a missing search rule or zone")),
     ADVICE("On the Microsoft side: see that the caller's domain is among the allowed domains (Get-CsAllowedDomain; in the cloud "
            "Get-CsTenantFederationConfiguration), and that the external access policy of the called user allows federation")},
    {STATUS(404, "Not Found", "the called address does not exist there"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     PROVES_THE_LINK("the called user; an Expressway's own 404 means that no search rule led anywhere"),
     CAUSES(BEYOND(MOST_OFTEN, "made by the far side: the user does not exist there, or the address is spelled wrong"),
            BEYOND(AT_TIMES, "made by the Expressway itself: no search rule and no zone for the domain"),
            CAUSE(SRV_MISSING, RARELY, "made by the Expressway itself: the SRV look-up of the called domain gave nothing"))},
    {STATUS(405, "Method Not Allowed", "this kind of request is not allowed there"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(407, "Proxy Authentication Required", "a proxy wants the caller to authenticate; a challenge, no failure by itself"),
     STATED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(408, "Request Timeout", "no answer came in time"), INFERRED(CAUSE_NOT_IN_THIS_LOG, RFC3261),
     CAUSES(CAUSE(CONNECT_TIMEOUT, OFTEN, "nothing came back at all: the connection to the next hop could not be opened"),
            BEYOND(OFTEN, "ringing was seen before: nobody answered"))},
    {STATUS(410, "Gone", "the called address is no longer there"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     PROVES_THE_LINK("the called user: the address is no longer in use")},
    {STATUS(413, "Request Entity Too Large", "the request is too large"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(415, "Unsupported Media Type", "the body of the request is of a kind that is not supported there"),
     INFERRED(NOT_A_FEDERATION_FAULT, RFC3261), PROVES_THE_LINK("the body: SDP on one side, Microsoft's form on the other")},
    {STATUS(420, "Bad Extension", "an extension that the caller requires is not supported"),
     INFERRED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(433, "Anonymity Disallowed", "an anonymous caller is not allowed"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     ADVICE("Give the call a From with the caller's own address and domain")},
    {STATUS(480, "Temporarily Unavailable", "the called user is not there now"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     PROVES_THE_LINK("the called user: offline, or do not disturb")},
    {STATUS(481, "Call/Transaction Does Not Exist", "the dialog is not known there"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(482, "Loop Detected", "the call came back to where it had been"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     ADVICE("Look at the search rules and zones: the call is sent back to where it came from")},
    {STATUS(483, "Too Many Hops", "the call went through too many servers, often in a circle"),
     INFERRED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(484, "Address Incomplete", "the called address is incomplete"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     PROVES_THE_LINK("the called address: a part of it is missing")},
    {STATUS(485, "Ambiguous", "the called address fits several users"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     PROVES_THE_LINK("the called address: more than one user has it")},
    {STATUS(486, "Busy Here", "the called user is busy"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     PROVES_THE_LINK("the called user: in a call, or declined it")},
    {STATUS(487, "Request Terminated", "the caller hung up, or the call was forwarded, before an answer"),
     INFERRED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(488, "Not Acceptable Here", "the media that were offered are not acceptable there"),
     INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     PROVES_THE_LINK("codecs and encryption of the media, and at whether the call went through Meeting Server")},
    {STATUS(491, "Request Pending", "two requests crossed; it is tried again"), STATED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(493, "Undecipherable", "the body of the request is encrypted for somebody else"),
     INFERRED(NOT_A_FEDERATION_FAULT, RFC3261), PROVES_THE_LINK("the encryption of the body (S/MIME)")},
    {STATUS(500, "Server Internal Error", "a server failed"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(501, "Not Implemented", "the server does not know this kind of request"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(502, "Bad Gateway", "a gateway got an answer that it could not use"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(503, "Service Unavailable", "a server is overloaded, down, or cannot be reached"),
     INFERRED(CAUSE_NOT_IN_THIS_LOG, RFC3261),
     CAUSES(BEYOND(OFTEN, "made by the far side: overload or maintenance"),
            CAUSE(CONNECT_TIMEOUT, OFTEN, "made by the own Expressway: no connection to the next hop"),
            CAUSE(TLS_HANDSHAKE_FAILED, AT_TIMES, "made by the own Expressway: TLS with the next hop failed"))},
    {STATUS(504, "Server time-out", "the Microsoft side could not pass the call on; without ms-diagnostics it does not say why"),
     STATED(CAUSE_NOT_IN_THIS_LOG, CISCO_212383),
     CAUSES(CAUSE(SRV_TARGET_OUTSIDE_DOMAIN, OFTEN, "the SRV record of the domain in From leads outside the domain (R2)"),
            CAUSE(CERT_NAME_MISMATCH, OFTEN, "the certificate does not hold the name that this SRV record gives (R4)"),
            CAUSE(SRV_MISSING, AT_TIMES, "the domain in From has no SRV record (R1)"),
            CAUSE(PARTNER_NOT_ALLOWED, AT_TIMES, "the domain is on no list of allowed domains"),
            BEYOND(AT_TIMES, "a fault behind the Edge, inside the Microsoft side")),
     ADVICE("Check the domain in From from outside; else get the Edge's SIPStack trace, or the Microsoft client's log, of the "
            "same call: only that log has the reason")},
    {STATUS(505, "Version Not Supported", "the version of SIP is not supported"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261)},
    {STATUS(600, "Busy Everywhere", "the called user is busy everywhere"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     PROVES_THE_LINK("the called user")},
    {STATUS(603, "Decline", "the called user declined"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     PROVES_THE_LINK("the called user")},
    {STATUS(604, "Does Not Exist Anywhere", "the called address exists nowhere"), INFERRED(NOT_A_FEDERATION_FAULT, RFC3261),
     PROVES_THE_LINK("the called user")},
    {STATUS(606, "Not Acceptable", "the media that were offered are acceptable nowhere"),
     INFERRED(NOT_A_FEDERATION_FAULT, RFC3261), PROVES_THE_LINK("codecs and encryption of the media")},
};
/* clang-format on */

const fv_symptom_table fv_sip_statuses = TABLE(codes);
