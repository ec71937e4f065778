/* The words for the codes of fedval/catalogue.h and fedval/topic.h, the findings aside. */
#include "base/code.h"
#include "fedval/topic.h"

static const fv_code severities[] = {
    {FEDVAL_SEVERITY_NOTE, "note"},
    {FEDVAL_SEVERITY_WARNING, "warning"},
    {FEDVAL_SEVERITY_INDETERMINATE, "indeterminate"},
    {FEDVAL_SEVERITY_ERROR, "error"},
};

static const fv_code families[] = {
    {FEDVAL_FAMILY_SRV, "srv"},
    {FEDVAL_FAMILY_ADDRESS, "address"},
    {FEDVAL_FAMILY_TRANSPORT, "transport"},
    {FEDVAL_FAMILY_NAME, "name"},
    {FEDVAL_FAMILY_CERTIFICATE, "certificate"},
    {FEDVAL_FAMILY_TRUST, "trust"},
    {FEDVAL_FAMILY_LOG, "log"},
};

static const fv_code observers[] = {
    {FEDVAL_SEEN_BY_EDGE, "edge"},
    {FEDVAL_SEEN_BY_CLIENT, "client"},
    {FEDVAL_SEEN_BY_EXPRESSWAY, "expressway"},
};

static const fv_code directions[] = {
    {FEDVAL_DIRECTION_TO_MICROSOFT, "to-microsoft"},
    {FEDVAL_DIRECTION_FROM_MICROSOFT, "from-microsoft"},
};

static const fv_code cures[] = {
    {FEDVAL_CURE_NONE, "none"},
    {FEDVAL_CURE_SRV_RECORD, "srv-record"},
    {FEDVAL_CURE_ADDRESS_RECORD, "address-record"},
    {FEDVAL_CURE_ZONE_SIGNATURES, "zone-signatures"},
    {FEDVAL_CURE_NAMES, "names"},
    {FEDVAL_CURE_REISSUE, "reissue"},
    {FEDVAL_CURE_OTHER_CHAIN, "other-chain"},
    {FEDVAL_CURE_PARTNER_TRUST, "partner-trust"},
    {FEDVAL_CURE_SEND_CHAIN, "send-chain"},
};

static const fv_code certainties[] = {
    {FEDVAL_CERTAINTY_STATED, "stated"},
    {FEDVAL_CERTAINTY_INFERRED, "inferred"},
    {FEDVAL_CERTAINTY_UNDETERMINED, "undetermined"},
    {FEDVAL_CERTAINTY_UNSURE, "unsure"},
};

static const fv_code mend_sides[] = {
    {FEDVAL_MEND_SIDE_UNKNOWN, "unknown"}, {FEDVAL_MEND_SIDE_NEITHER, "neither"},
    {FEDVAL_MEND_SIDE_CISCO, "cisco"},     {FEDVAL_MEND_SIDE_MICROSOFT, "microsoft"},
    {FEDVAL_MEND_SIDE_EITHER, "either"},
};

static const fv_code hints[] = {
    {FEDVAL_HINT_NONE, "none"},
    {FEDVAL_HINT_ALLOW_PRIVATE, "allow-private"},
    {FEDVAL_HINT_GIVE_ROOT, "give-root"},
    {FEDVAL_HINT_GIVE_CRL, "give-crl"},
    {FEDVAL_HINT_GIVE_CALLING_CHAIN, "give-calling-chain"},
    {FEDVAL_HINT_OTHER_TLS_LIBRARY, "other-tls-library"},
    {FEDVAL_HINT_OTHER_RESOLVER, "other-resolver"},
    {FEDVAL_HINT_CHECK_DOMAIN, "check-domain"},
    {FEDVAL_HINT_GIVE_OTHER_LOG, "give-other-log"},
    {FEDVAL_HINT_RAISE_LIMIT, "raise-limit"},
    {FEDVAL_HINT_GIVE_CHAIN, "give-chain"},
    {FEDVAL_HINT_ASK_DNS, "ask-dns"},
    {FEDVAL_HINT_PROBE, "probe"},
    {FEDVAL_HINT_WIDER_SCOPE, "wider-scope"},
    {FEDVAL_HINT_ASK_SIP, "ask-sip"},
    {FEDVAL_HINT_GIVE_CHAIN_OF_ADDRESS, "give-chain-of-address"},
};

FV_CODE_FUNCTIONS(severity, severities)
FV_CODE_FUNCTIONS(family, families)
FV_CODE_FUNCTIONS(seen_by, observers)
FV_CODE_FUNCTIONS(direction, directions)
FV_CODE_FUNCTIONS(cure, cures)
FV_CODE_FUNCTIONS(hint, hints)
FV_CODE_FUNCTIONS(mend_side, mend_sides)
FV_CODE_FUNCTIONS(certainty, certainties)
