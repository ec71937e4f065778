#include "logs/read/key.h"

#include <string.h>

typedef struct key_name {
    const char *name;
    fv_key key;
} key_name;

/* Tables by the first letter, in lower case; each list ends with a NULL name. The second character
 * of a name is never a blank or an underscore. */
#define LETTERS 128
#define NAMES(...)                                                                                 \
    (const key_name[])                                                                             \
    {                                                                                              \
        __VA_ARGS__,                                                                               \
        {                                                                                          \
            NULL, FV_KEY_NONE                                                                      \
        }                                                                                          \
    }

/* Where one name begins with another, the longer one comes first. */
static const key_name *const headers[LETTERS] = {
    ['$'] = NAMES({"$$end_record", FV_KEY_OTHER_HEADER}),
    ['a'] = NAMES({"Authentication-Info:", FV_KEY_AUTHENTICATION}),
    ['b'] = NAMES({"Beschreibung:", FV_KEY_DESCRIPTION}, {"Beschrijving:", FV_KEY_DESCRIPTION}),
    ['c'] = NAMES({"Call-ID:", FV_KEY_CALL_ID}, {"Contact:", FV_KEY_OTHER_HEADER},
                  {"Content-Length:", FV_KEY_OTHER_HEADER}, {"Content-Type:", FV_KEY_OTHER_HEADER},
                  {"CSeq:", FV_KEY_CSEQ}),
    ['d'] = NAMES({"Data:", FV_KEY_DATA}, {"Date:", FV_KEY_OTHER_HEADER},
                  {"Description:", FV_KEY_DESCRIPTION}, {"Descripci\xc3\xb3n:", FV_KEY_DESCRIPTION},
                  {"Diagnosis:", FV_KEY_DIAGNOSIS}, {"Direction:", FV_KEY_ENTRY_DIRECTION}),
    ['e'] = NAMES({"Error:", FV_KEY_ERROR}, {"Event ID:", FV_KEY_EVENT_ID},
                  {"EventID:", FV_KEY_EVENT_ID}, {"Ereignis-ID:", FV_KEY_EVENT_ID}),
    ['f'] = NAMES({"From:", FV_KEY_FROM}),
    ['g'] = NAMES({"Gebeurtenis-id:", FV_KEY_EVENT_ID}),
    ['i'] = NAMES({"Instance-Id:", FV_KEY_OTHER_HEADER}, {"Id. del evento:", FV_KEY_EVENT_ID},
                  {"ID de l'\xc3\xa9v\xc3\xa9nement:", FV_KEY_EVENT_ID}),
    ['l'] = NAMES({"Latency:", FV_KEY_OTHER_HEADER}, {"LogType:", FV_KEY_OTHER_HEADER}),
    ['m'] = NAMES({"Max-Forwards:", FV_KEY_OTHER_HEADER}, {"Message-Body:", FV_KEY_OTHER_HEADER},
                  {"Message-Type:", FV_KEY_OTHER_HEADER},
                  {"ms-client-diagnostics:", FV_KEY_DIAGNOSTICS_CLIENT},
                  {"ms-diagnostics-public:", FV_KEY_DIAGNOSTICS_PUBLIC},
                  {"ms-diagnostics-client:", FV_KEY_DIAGNOSTICS_CLIENT},
                  {"ms-diagnostics:", FV_KEY_DIAGNOSTICS},
                  {"ms-diagnostics=", FV_KEY_DIAGNOSTICS},        /* as people write it by hand */
                  {"ms-diagnostics header:", FV_KEY_DIAGNOSTICS}, /* as people retell it */
                  {"ms-diagnostics error", FV_KEY_DIAGNOSTICS}),
    ['p'] = NAMES({"P-Asserted-Identity:", FV_KEY_ASSERTED}, {"Peer:", FV_KEY_PEER},
                  {"Peer-IP:", FV_KEY_PEER}, {"Proxy-Authenticate:", FV_KEY_OTHER_HEADER}),
    ['r'] = NAMES({"Record-Route:", FV_KEY_OTHER_HEADER}, {"Result-Code:", FV_KEY_RESULT_CODE},
                  {"Result:", FV_KEY_RESULT}, {"Route:", FV_KEY_OTHER_HEADER}),
    ['s'] = NAMES({"Server:", FV_KEY_SERVER}, {"Severity:", FV_KEY_SEVERITY},
                  {"SIP-Call-ID:", FV_KEY_CALL_ID}, {"SIP-CSeq:", FV_KEY_CSEQ},
                  {"SIP-Start-Line:", FV_KEY_START_LINE}, {"Start-Line:", FV_KEY_START_LINE},
                  {"Supported:", FV_KEY_OTHER_HEADER}),
    ['t'] =
        NAMES({"Target Fqdn:", FV_KEY_TARGET_FQDN}, {"Text:", FV_KEY_TEXT}, {"To:", FV_KEY_TO},
              {"Trace-Correlation-Id:", FV_KEY_OTHER_HEADER}, {"Transport:", FV_KEY_OTHER_HEADER}),
    ['u'] = NAMES({"User-Agent:", FV_KEY_USER_AGENT}),
    ['v'] = NAMES({"Via:", FV_KEY_VIA}),
    ['w'] = NAMES({"Warning:", FV_KEY_WARNING}, {"WWW-Authenticate:", FV_KEY_OTHER_HEADER}),
    ['x'] = NAMES({"X-Remote-Reason:", FV_KEY_OTHER_HEADER}),
};

/* RFC 3261 7.3.3. They count only at the beginning of a line. */
static const fv_key compact_headers[LETTERS] = {
    ['c'] = FV_KEY_OTHER_HEADER, ['f'] = FV_KEY_FROM,         ['i'] = FV_KEY_CALL_ID,
    ['k'] = FV_KEY_OTHER_HEADER, ['l'] = FV_KEY_OTHER_HEADER, ['m'] = FV_KEY_OTHER_HEADER,
    ['t'] = FV_KEY_TO,           ['v'] = FV_KEY_VIA,
};

/* "Common-name" comes before "CommonName", because a match ignores a hyphen at the end of a
 * line. */
static const key_name *const attributes[LETTERS] = {
    ['a'] = NAMES({"Action=", FV_KEY_ACTION}, {"AltName=", FV_KEY_ALT_NAME}),
    ['b'] = NAMES({"bServer=", FV_KEY_IS_SERVER}),
    ['c'] = NAMES({"Common-name=", FV_KEY_PEER_NAME}, {"CommonName=", FV_KEY_COMMON_NAME},
                  {"CodeLocation=", FV_KEY_OTHER_ATTRIBUTE}),
    ['d'] = NAMES({"Detail=", FV_KEY_DETAIL}, {"Dst-alias=", FV_KEY_DST_ALIAS},
                  {"Dst-ip=", FV_KEY_DST_IP}, {"Dst-port=", FV_KEY_DST_PORT}),
    ['e'] = NAMES({"Event=", FV_KEY_EVENT}),
    ['l'] = NAMES({"Level=", FV_KEY_OTHER_ATTRIBUTE}, {"localAddress=", FV_KEY_LOCAL_ADDRESS},
                  {"Local-ip=", FV_KEY_LOCAL_IP}, {"Local-port=", FV_KEY_LOCAL_PORT}),
    ['m'] = NAMES({"Method=", FV_KEY_OTHER_ATTRIBUTE}, {"Module=", FV_KEY_MODULE},
                  {"Msg-Hash=", FV_KEY_OTHER_ATTRIBUTE}),
    ['n'] = NAMES({"Name=", FV_KEY_NAME}),
    ['p'] = NAMES({"Protocol=", FV_KEY_OTHER_ATTRIBUTE}),
    ['r'] = NAMES({"Reason=", FV_KEY_REASON}, {"remoteAddress=", FV_KEY_REMOTE_ADDRESS},
                  {"Response-code=", FV_KEY_RESPONSE_CODE}),
    ['s'] = NAMES({"Service=", FV_KEY_OTHER_ATTRIBUTE}, {"Src-alias=", FV_KEY_SRC_ALIAS},
                  {"Src-ip=", FV_KEY_SRC_IP}, {"Src-port=", FV_KEY_SRC_PORT},
                  {"ssl_error_reason=", FV_KEY_SSL_ERROR}),
    ['t'] = NAMES({"Thread=", FV_KEY_OTHER_ATTRIBUTE}, {"Type=", FV_KEY_TYPE}),
    ['u'] = NAMES({"UTCTime=", FV_KEY_UTC_TIME}),
};

/* A quick test before a name is compared: whether its second character is `second`, in lower case.
 * "| 0x20" makes a capital letter small and leaves "$" and "-" as they are. "_" and "-" always
 * pass, since a match ignores one that the log has in the middle of a name. */
static bool may_be(const key_name *name, char second)
{
    return (name->name[1] | 0x20) == second || second == '_' || second == '-';
}

static fv_key find(const fv_sight *sight, size_t pos, const key_name *const *names,
                   size_t *out_value)
{
    uint8_t letter = (uint8_t)fv_ascii_lower(fv_sight_char(sight, pos));
    char second = fv_ascii_lower(fv_sight_char(sight, pos + 1));
    const key_name *name = letter < LETTERS ? names[letter] : NULL;
    for (; name != NULL && name->name != NULL; name++) {
        if (may_be(name, second) && fv_sight_match(sight, pos, name->name, out_value))
            return name->key;
    }
    return FV_KEY_NONE;
}

/* Whether the colon is missing: "ms-diagnostics 1034;", also with the "|" of a table. */
static bool is_bare_diagnostic(const fv_sight *sight, size_t pos, size_t *out_value)
{
    size_t value;
    if (!fv_sight_match(sight, pos, "ms-diagnostics", &value))
        return false;
    value += fv_sight_char(sight, value) == '|';
    if (fv_sight_count_digits(sight, value, 1) == 0 || fv_sight_gap(sight, value) == FV_GAP_NONE)
        return false;
    *out_value = value;
    return true;
}

fv_key fv_key_header_at(const fv_sight *sight, size_t pos, fv_header *last)
{
    if (last->pos == pos)
        return last->key;
    last->pos = pos;
    last->key = find(sight, pos, headers, &last->value);
    if (last->key == FV_KEY_NONE && is_bare_diagnostic(sight, pos, &last->value))
        last->key = FV_KEY_DIAGNOSTICS;
    return last->key;
}

fv_key fv_key_compact_at(const fv_sight *sight, size_t pos, size_t *out_value)
{
    uint8_t letter = (uint8_t)fv_ascii_lower(fv_sight_char(sight, pos));
    if (fv_sight_char(sight, pos + 1) != ':' || letter >= LETTERS)
        return FV_KEY_NONE;
    *out_value = pos + 2;
    return compact_headers[letter];
}

fv_key fv_key_attribute_at(const fv_sight *sight, size_t pos, size_t *out_value)
{
    return find(sight, pos, attributes, out_value);
}

static bool is_header_character(char c)
{
    return fv_ascii_is_alnum(c) || c == '-' || c == '_';
}

bool fv_key_any_header_at(const fv_sight *sight, size_t pos)
{
    size_t end = pos;
    while (end - pos < 60 && is_header_character(fv_sight_char(sight, end)) &&
           (end == pos || fv_sight_gap(sight, end) == FV_GAP_NONE))
        end++;
    return end - pos >= 2 && fv_ascii_is_alpha(fv_sight_char(sight, pos)) &&
           fv_sight_char(sight, end) == ':' && fv_sight_gap(sight, end + 1) != FV_GAP_NONE;
}
