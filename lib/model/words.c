/* The words for the codes of questions, facts, evidence, policies and reports. */
#include "model/words.h"

#include "fedval/evidence.h"
#include "fedval/policy.h"
#include "fedval/report.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const fv_code outcomes[] = {
    {FEDVAL_OUTCOME_ANSWER, "answer"},
    {FEDVAL_OUTCOME_NODATA, "nodata"},
    {FEDVAL_OUTCOME_NXDOMAIN, "nxdomain"},
    {FEDVAL_OUTCOME_SERVFAIL, "servfail"},
    {FEDVAL_OUTCOME_REFUSED, "refused"},
    {FEDVAL_OUTCOME_TIMEOUT, "timeout"},
    {FEDVAL_OUTCOME_MALFORMED, "malformed"},
    {FEDVAL_OUTCOME_UNREACHABLE, "unreachable"},
    {FEDVAL_OUTCOME_HANDSHAKE, "handshake"},
    {FEDVAL_OUTCOME_RESET, "reset"},
    {FEDVAL_OUTCOME_CLOSED, "closed"},
    {FEDVAL_OUTCOME_NOT_TLS, "not-tls"},
    {FEDVAL_OUTCOME_ALERT, "alert"},
    {FEDVAL_OUTCOME_NO_COMMON_VERSION, "no-common-version"},
    {FEDVAL_OUTCOME_UNSUPPORTED, "unsupported"},
    {FEDVAL_OUTCOME_NOT_PROBED, "not-probed"},
    {FEDVAL_OUTCOME_NOT_ANSWERED, "not-answered"},
    {FEDVAL_OUTCOME_STALLED, "stalled"},
    {FEDVAL_OUTCOME_LOCAL, "local"},
    {FEDVAL_OUTCOME_ALIAS_CIRCLE, "alias-circle"},
    {FEDVAL_OUTCOME_VIOLATION, "violation"},
    {FEDVAL_OUTCOME_FILTERED, "filtered"},
};

static const fv_code looks[] = {
    {FEDVAL_LOOK_ANY, "any"},
    {FEDVAL_LOOK_WINDOWS, "windows"},
    {FEDVAL_LOOK_RSA, "rsa"},
    {FEDVAL_LOOK_ECDSA, "ecdsa"},
    {FEDVAL_LOOK_NO_SERVER_NAME, "no-server-name"},
    {FEDVAL_LOOK_OPTIONS, "options"},
    {FEDVAL_LOOK_WINDOWS_2012_R2, "windows-2012-r2"},
    {FEDVAL_LOOK_WINDOWS_2019, "windows-2019"},
};

static const fv_code views[] = {
    {FEDVAL_VIEW_UNKNOWN, "unknown"},
    {FEDVAL_VIEW_PUBLIC, "public"},
    {FEDVAL_VIEW_SYSTEM, "system"},
};

static const fv_code question_kinds[] = {
    {FEDVAL_QUESTION_DNS, "dns"},
    {FEDVAL_QUESTION_PROBE, "probe"},
};

static const fv_code dnssec_states[] = {
    {FEDVAL_DNSSEC_UNKNOWN, "unknown"},
    {FEDVAL_DNSSEC_SECURE, "secure"},
    {FEDVAL_DNSSEC_INSECURE, "insecure"},
    {FEDVAL_DNSSEC_BOGUS, "bogus"},
};

static const fv_code authorities[] = {
    {FEDVAL_AUTHORITY_UNKNOWN, "unknown"},
    {FEDVAL_AUTHORITY_CACHE, "cache"},
    {FEDVAL_AUTHORITY_ZONE, "zone"},
};

static const fv_code client_certificates[] = {
    {FEDVAL_CLIENT_CERTIFICATE_UNKNOWN, "unknown"},
    {FEDVAL_CLIENT_CERTIFICATE_NOT_REQUESTED, "not-requested"},
    {FEDVAL_CLIENT_CERTIFICATE_REQUESTED, "requested"},
    {FEDVAL_CLIENT_CERTIFICATE_REQUIRED, "required"},
};

static const fv_code sources[] = {
    {FEDVAL_SOURCE_OTHER, "other"},
    {FEDVAL_SOURCE_RESOLVER, "resolver"},
    {FEDVAL_SOURCE_SYSTEM_RESOLVER, "system-resolver"},
    {FEDVAL_SOURCE_NAME_SERVER, "name-server"},
    {FEDVAL_SOURCE_ZONE, "zone"},
    {FEDVAL_SOURCE_FILE, "file"},
    {FEDVAL_SOURCE_LOG, "log"},
};

static const fv_code roles[] = {
    {FEDVAL_ROLE_SERVER, "server"},
    {FEDVAL_ROLE_CLIENT, "client"},
};

/* Record types, spelt as in DNS. */
static const fv_code types[] = {
    {FEDVAL_TYPE_A, "A"},       {FEDVAL_TYPE_NS, "NS"},   {FEDVAL_TYPE_CNAME, "CNAME"},
    {FEDVAL_TYPE_AAAA, "AAAA"}, {FEDVAL_TYPE_SRV, "SRV"},
};

static const fv_code profiles[] = {
    {FEDVAL_PROFILE_MICROSOFT_EDGE, "microsoft-edge"},
    {FEDVAL_PROFILE_OFFICE365, "office365"},
    {FEDVAL_PROFILE_EXPRESSWAY, "expressway"},
    {FEDVAL_PROFILE_MICROSOFT_TRUNK, "microsoft-trunk"},
    {FEDVAL_PROFILE_RFC5922_SIP, "rfc5922-sip"},
    {FEDVAL_PROFILE_WEBPKI, "webpki"},
};

static const fv_code sides[] = {
    {FEDVAL_SIDE_UNKNOWN, "unknown"},
    {FEDVAL_SIDE_CISCO, "cisco"},
    {FEDVAL_SIDE_MICROSOFT, "microsoft"},
};

static const fv_code not_checked_items[] = {
    {FEDVAL_NOT_CHECKED_DNS, "dns"},
    {FEDVAL_NOT_CHECKED_SRV, "srv"},
    {FEDVAL_NOT_CHECKED_ADDRESS, "address"},
    {FEDVAL_NOT_CHECKED_CERTIFICATE, "certificate"},
    {FEDVAL_NOT_CHECKED_TRUST, "trust"},
    {FEDVAL_NOT_CHECKED_PORT, "port-5061"},
    {FEDVAL_NOT_CHECKED_SIP, "sip"},
    {FEDVAL_NOT_CHECKED_CALLING_CERTIFICATE, "calling-certificate"},
    {FEDVAL_NOT_CHECKED_PARTNER_ALLOWED_LIST, "partner-allowed-list"},
    {FEDVAL_NOT_CHECKED_USER_POLICY, "user-policy"},
    {FEDVAL_NOT_CHECKED_MEDIA, "media"},
    {FEDVAL_NOT_CHECKED_REVOCATION, "revocation"},
    {FEDVAL_NOT_CHECKED_PUBLIC_DNS, "public-dns"},
    {FEDVAL_NOT_CHECKED_CLUSTER, "cluster"},
};

static const fv_code scopes[] = {
    {FEDVAL_SCOPE_ALL, "all"},
    {FEDVAL_SCOPE_DNS, "dns"},
    {FEDVAL_SCOPE_CERTIFICATE, "certificate"},
};

static const fv_code services[] = {
    {FEDVAL_SERVICE_NONE, "none"},
    {FEDVAL_SERVICE_SIPFEDERATIONTLS, "sipfederationtls"},
    {FEDVAL_SERVICE_SIPS, "sips"},
};

static const fv_code target_rules[] = {
    {FEDVAL_TARGET_RULE_ANY, "any"},
    {FEDVAL_TARGET_RULE_ONE_LABEL, "one-label"},
};

static const fv_code references[] = {
    {FEDVAL_REFERENCE_SRV_TARGET, "srv-target"},
    {FEDVAL_REFERENCE_SIP_DOMAIN, "sip-domain"},
    {FEDVAL_REFERENCE_GIVEN, "given"},
    {FEDVAL_REFERENCE_GIVEN_OR_NOTHING, "given-or-nothing"},
};

static const fv_code roots[] = {
    {FEDVAL_ROOTS_PUBLIC_ONLY, "public-only"},
    {FEDVAL_ROOTS_PUBLIC_OR_PRIVATE, "public-or-private"},
};

/* The numbers of RFC 8446 4.1.2. */
static const fv_code tls_versions[] = {
    {0x0301, "TLSv1.0"},
    {0x0302, "TLSv1.1"},
    {0x0303, "TLSv1.2"},
    {0x0304, "TLSv1.3"},
};

static const fv_code verdicts[] = {
    {FEDVAL_VERDICT_PASS, "pass"},
    {FEDVAL_VERDICT_FAIL, "fail"},
    {FEDVAL_VERDICT_INDETERMINATE, "indeterminate"},
    {FEDVAL_VERDICT_NOT_CHECKED, "not-checked"},
};

static const fv_code ranks[] = {
    {FEDVAL_RANK_PREFERRED, "preferred"},
    {FEDVAL_RANK_STANDBY, "standby"},
};

static const fv_code marks[] = {
    {FEDVAL_MARK_SOUND, "sound"},
    {FEDVAL_MARK_WARNING, "warning"},
    {FEDVAL_MARK_OPEN, "open"},
    {FEDVAL_MARK_BROKEN, "broken"},
    {FEDVAL_MARK_NOT_JUDGED, "not-judged"},
    {FEDVAL_MARK_NOT_ASKED, "not-asked"},
};

static const fv_code steps[] = {
    {FEDVAL_STEP_SRV, "srv"},   {FEDVAL_STEP_ADDRESS, "address"}, {FEDVAL_STEP_TLS, "tls"},
    {FEDVAL_STEP_NAME, "name"}, {FEDVAL_STEP_CHAIN, "chain"},
};

static const fv_code origins[] = {
    {FEDVAL_ORIGIN_PROBE, "probe"},
    {FEDVAL_ORIGIN_FILE, "file"},
    {FEDVAL_ORIGIN_EVIDENCE, "evidence"},
};

static const fv_code acceptances[] = {
    {FEDVAL_ACCEPTANCE_IN_FORCE, "accepted"},
    {FEDVAL_ACCEPTANCE_EXPIRED, "expired"},
};

static const fv_code ops[] = {
    {FEDVAL_OP_ADD, "add"},
    {FEDVAL_OP_REPLACE, "replace"},
    {FEDVAL_OP_REMOVE, "remove"},
    {FEDVAL_OP_KEEP, "keep"},
};

static const fv_code action_kinds[] = {
    {FEDVAL_ACTION_DNS, "dns"},       {FEDVAL_ACTION_SAN, "san"},
    {FEDVAL_ACTION_TRUST, "trust"},   {FEDVAL_ACTION_PARTNER, "partner"},
    {FEDVAL_ACTION_DOMAIN, "domain"},
};

FV_CODE_FUNCTIONS(outcome, outcomes)
FV_CODE_FUNCTIONS(look, looks)
FV_CODE_FUNCTIONS(dnssec, dnssec_states)
FV_CODE_FUNCTIONS(authority, authorities)
FV_CODE_FUNCTIONS(client_certificate, client_certificates)
FV_CODE_FUNCTIONS(source, sources)
FV_CODE_FUNCTIONS(role, roles)
FV_CODE_FUNCTIONS(type, types)
FV_CODE_FUNCTIONS(profile, profiles)
FV_CODE_FUNCTIONS(side, sides)
FV_CODE_FUNCTIONS(scope, scopes)
FV_CODE_FUNCTIONS(service, services)
FV_CODE_FUNCTIONS(target_rule, target_rules)
FV_CODE_FUNCTIONS(reference, references)
FV_CODE_FUNCTIONS(roots, roots)
FV_CODE_FUNCTIONS(question_kind, question_kinds)
FV_CODE_FUNCTIONS(view, views)
FV_CODE_FUNCTIONS(verdict, verdicts)
FV_CODE_FUNCTIONS(not_checked, not_checked_items)
FV_CODE_FUNCTIONS(rank, ranks)
FV_CODE_FUNCTIONS(mark, marks)
FV_CODE_FUNCTIONS(step, steps)
FV_CODE_FUNCTIONS(origin, origins)
FV_CODE_FUNCTIONS(acceptance, acceptances)
FV_CODE_FUNCTIONS(op, ops)
FV_CODE_FUNCTIONS(action_kind, action_kinds)

#define WORDS(table)                                                                               \
    {                                                                                              \
        table, COUNT(table)                                                                        \
    }

const fv_words fv_side_words = WORDS(sides);
const fv_words fv_scope_words = WORDS(scopes);
const fv_words fv_service_words = WORDS(services);
const fv_words fv_target_rule_words = WORDS(target_rules);
const fv_words fv_reference_words = WORDS(references);
const fv_words fv_roots_words = WORDS(roots);
const fv_words fv_tls_version_words = WORDS(tls_versions);
