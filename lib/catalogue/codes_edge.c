/* The results that the SIP stack of the Edge and of the Front End logs. */
#include "catalogue/code_rows.h"

#define RESULT(value, symbol, text)                                                                \
    .kind = FV_SYMPTOM_EDGE_RESULT, .number = (value), .name = symbol, .meaning = text

/* clang-format off */
static const fv_symptom_code codes[] = {
    {RESULT(0xc3e93d6f, "SIPPROXY_E_EPROUTING_MSG_ALLOWED_DOMAIN_NO_SRV_MATCH",
            "the SRV record of the domain leads to no host directly under the domain"),
     STATED(SRV_TARGET_OUTSIDE_DOMAIN, CISCO_212383),
     CAUSES(CAUSE(SRV_TARGET_OUTSIDE_DOMAIN, MOST_OFTEN, "fqdn1 lies under another domain, a parent or a sibling"),
            CAUSE(SRV_TARGET_BELOW_SUBDOMAIN, OFTEN, "fqdn1 lies more than one label under the domain"),
            CAUSE(SRV_PREFERRED_NOT_MATCHING, RARELY, "only a standby record matches; not documented"))},
    {RESULT(0xc3e93d67, "SIPPROXY_E_ROUTING_MSG_CERT_MISMATCH",
            "the certificate of the peer does not hold the expected FQDN"),
     STATED(CERT_NAME_MISMATCH, CISCO_212383),
     CAUSES(CAUSE(CERT_NAME_MISMATCH, MOST_OFTEN, "expected-fqdn is in no subjectAltName of the certificate"),
            CAUSE(CERT_NAME_ONLY_IN_CN, AT_TIMES, "certName is expected-fqdn: it is in the Common Name alone"),
            CAUSE(SRV_POINTS_TO_PROVIDER, AT_TIMES, "expected-fqdn is a hosting provider's"))},
    {RESULT(0xc3e93c5e, "SIPPROXY_E_ROUTING", "the route of the message was not accepted"),
     STATED(NOT_A_FEDERATION_FAULT, MS_TESTFEDERATED)},
    {RESULT(0xc3e93c2f, "SIPPROXY_E_UNKNOWN_USER_OR_EPID", "the user or the endpoint is not known to the server"),
     STATED(NOT_A_FEDERATION_FAULT, MS_EVENT_32263)},
    {RESULT(0xc3e93ee0, "SIP_E_CRYPT_REFERRER_DATE_SKEWED",
            "a transfer was signed at a time that lies too far off"),
     STATED(CLOCK_SKEW, MIRAZON)},
};

const fv_edge_text fv_edge_texts[] = {
    {"The domain of the message resolved by DNS SRV but none of the FQDNs is in the same domain",
     "the SRV record of the domain leads to no host directly under the domain",
     FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN, FV_DOCUMENT_CISCO_212383},
    {"Message cannot be routed because the peer's certificate does not contain a matching FQDN",
     "the certificate of the peer does not hold the expected FQDN",
     FEDVAL_FINDING_CERT_NAME_MISMATCH, FV_DOCUMENT_CISCO_212383},
    {"The domain of the message is not configured and does not appear to belong to a federated partner",
     "the domain is not among the federated partners of the Microsoft side",
     FEDVAL_FINDING_PARTNER_NOT_ALLOWED, FV_DOCUMENT_MS_ALLOWED_DOMAIN},
    {"SIPPROXY_E_EPROUTING_MSG_INVALID_EXT_SPLIT_DOMAIN",
     "a split domain (own servers and Microsoft's cloud) is not set up alike on both, on the Microsoft side",
     FEDVAL_FINDING_NOT_A_FEDERATION_FAULT, FV_DOCUMENT_MS_SPLIT_DOMAIN},
};
/* clang-format on */

const size_t fv_num_edge_texts = COUNT(fv_edge_texts);
const fv_symptom_table fv_edge_results = TABLE(codes);
