#include "logs/key.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

typedef struct key_name {
    const char *name;
    fv_key key;
} key_name;

/* Sorted by their first letters; of two names that begin alike the longer comes first. */
static const key_name headers[] = {
    {"$$end_record", FV_KEY_OTHER_HEADER},
    {"Authentication-Info:", FV_KEY_AUTHENTICATION},
    {"Call-ID:", FV_KEY_CALL_ID},
    {"Contact:", FV_KEY_OTHER_HEADER},
    {"Content-Length:", FV_KEY_OTHER_HEADER},
    {"Content-Type:", FV_KEY_OTHER_HEADER},
    {"CSeq:", FV_KEY_CSEQ},
    {"Data:", FV_KEY_DATA},
    {"Date:", FV_KEY_OTHER_HEADER},
    {"Description:", FV_KEY_DESCRIPTION},
    {"Diagnosis:", FV_KEY_DIAGNOSIS},
    {"Direction:", FV_KEY_RECORD_DIRECTION},
    {"Error:", FV_KEY_ERROR},
    {"Event ID:", FV_KEY_EVENT_ID},
    {"EventID:", FV_KEY_EVENT_ID},
    {"From:", FV_KEY_FROM},
    {"Instance-Id:", FV_KEY_OTHER_HEADER},
    {"Latency:", FV_KEY_OTHER_HEADER},
    {"LogType:", FV_KEY_OTHER_HEADER},
    {"Max-Forwards:", FV_KEY_OTHER_HEADER},
    {"Message-Body:", FV_KEY_OTHER_HEADER},
    {"Message-Type:", FV_KEY_OTHER_HEADER},
    {"ms-client-diagnostics:", FV_KEY_DIAGNOSTICS_CLIENT},
    {"ms-diagnostics-public:", FV_KEY_DIAGNOSTICS_PUBLIC},
    {"ms-diagnostics-client:", FV_KEY_DIAGNOSTICS_CLIENT},
    {"ms-diagnostics:", FV_KEY_DIAGNOSTICS},
    {"ms-diagnostics header:", FV_KEY_DIAGNOSTICS}, /* as people retell it */
    {"ms-diagnostics error", FV_KEY_DIAGNOSTICS},
    {"P-Asserted-Identity:", FV_KEY_ASSERTED},
    {"Peer:", FV_KEY_PEER},
    {"Peer-IP:", FV_KEY_PEER},
    {"Proxy-Authenticate:", FV_KEY_OTHER_HEADER},
    {"Record-Route:", FV_KEY_OTHER_HEADER},
    {"Result-Code:", FV_KEY_RESULT_CODE},
    {"Result:", FV_KEY_RESULT},
    {"Route:", FV_KEY_OTHER_HEADER},
    {"Server:", FV_KEY_SERVER},
    {"Severity:", FV_KEY_SEVERITY},
    {"SIP-Call-ID:", FV_KEY_CALL_ID},
    {"SIP-CSeq:", FV_KEY_CSEQ},
    {"SIP-Start-Line:", FV_KEY_START_LINE},
    {"Start-Line:", FV_KEY_START_LINE},
    {"Supported:", FV_KEY_OTHER_HEADER},
    {"Target Fqdn:", FV_KEY_TARGET_FQDN},
    {"Text:", FV_KEY_TEXT},
    {"To:", FV_KEY_TO},
    {"Trace-Correlation-Id:", FV_KEY_OTHER_HEADER},
    {"Transport:", FV_KEY_OTHER_HEADER},
    {"User-Agent:", FV_KEY_OTHER_HEADER},
    {"Via:", FV_KEY_VIA},
    {"WWW-Authenticate:", FV_KEY_OTHER_HEADER},
    {"X-Remote-Reason:", FV_KEY_OTHER_HEADER},
};

/* RFC 3261 7.3.3; at the beginning of a line alone. */
static const key_name compact_headers[] = {
    {"c:", FV_KEY_OTHER_HEADER}, {"f:", FV_KEY_FROM},         {"i:", FV_KEY_CALL_ID},
    {"k:", FV_KEY_OTHER_HEADER}, {"l:", FV_KEY_OTHER_HEADER}, {"m:", FV_KEY_OTHER_HEADER},
    {"t:", FV_KEY_TO},           {"v:", FV_KEY_VIA},
};

static const key_name attributes[] = {
    {"Action=", FV_KEY_ACTION},
    {"AltName=", FV_KEY_ALT_NAME},
    {"bServer=", FV_KEY_IS_SERVER},
    {"Common-name=",
     FV_KEY_PEER_NAME}, /* before CommonName: a hyphen at a line's end is passed over */
    {"CommonName=", FV_KEY_COMMON_NAME},
    {"CodeLocation=", FV_KEY_OTHER_ATTRIBUTE},
    {"Detail=", FV_KEY_DETAIL},
    {"Dst-alias=", FV_KEY_DST_ALIAS},
    {"Dst-ip=", FV_KEY_DST_IP},
    {"Dst-port=", FV_KEY_DST_PORT},
    {"Event=", FV_KEY_EVENT},
    {"Level=", FV_KEY_OTHER_ATTRIBUTE},
    {"localAddress=", FV_KEY_LOCAL_ADDRESS},
    {"Local-ip=", FV_KEY_LOCAL_IP},
    {"Local-port=", FV_KEY_LOCAL_PORT},
    {"Method=", FV_KEY_OTHER_ATTRIBUTE},
    {"Module=", FV_KEY_MODULE},
    {"Msg-Hash=", FV_KEY_OTHER_ATTRIBUTE},
    {"Name=", FV_KEY_NAME},
    {"Protocol=", FV_KEY_OTHER_ATTRIBUTE},
    {"Reason=", FV_KEY_REASON},
    {"remoteAddress=", FV_KEY_REMOTE_ADDRESS},
    {"Response-code=", FV_KEY_RESPONSE_CODE},
    {"Service=", FV_KEY_OTHER_ATTRIBUTE},
    {"Src-alias=", FV_KEY_SRC_ALIAS},
    {"Src-ip=", FV_KEY_SRC_IP},
    {"Src-port=", FV_KEY_SRC_PORT},
    {"ssl_error_reason=", FV_KEY_SSL_ERROR},
    {"Thread=", FV_KEY_OTHER_ATTRIBUTE},
    {"Type=", FV_KEY_TYPE},
    {"UTCTime=", FV_KEY_UTC_TIME},
};

static char initial(const key_name *name)
{
    return fv_ascii_lower(name->name[0]);
}

/* The first name with this initial letter, or where it would be. */
static size_t first_with(const key_name *names, size_t num_names, char letter)
{
    size_t low = 0;
    while (low < num_names) {
        size_t middle = low + (num_names - low) / 2;
        if (initial(&names[middle]) < letter)
            low = middle + 1;
        else
            num_names = middle;
    }
    return low;
}

/* Names that begin alike mostly differ in their second letter; an underscore or a hyphen there may
 * be one that is passed over. */
static bool may_be(const key_name *name, char second)
{
    char wanted = name->name[1];
    return fv_ascii_lower(wanted) == second || second == '_' || second == '-' || wanted == '_' ||
           wanted == ' ';
}

static fv_key find(const fv_view *view, size_t pos, const key_name *names, size_t num_names,
                   size_t *out_value)
{
    char letter = fv_ascii_lower(fv_view_char(view, pos));
    char second = fv_ascii_lower(fv_view_char(view, pos + 1));
    for (size_t i = first_with(names, num_names, letter);
         i < num_names && initial(&names[i]) == letter; i++)
        if (may_be(&names[i], second) && fv_view_match(view, pos, names[i].name, out_value))
            return names[i].key;
    return FV_KEY_NONE;
}

/* "ms-diagnostics 1034;", and the same in a table: the colon got lost. */
static bool is_bare_diagnostic(const fv_view *view, size_t pos, size_t *out_value)
{
    size_t value;
    if (!fv_view_match(view, pos, "ms-diagnostics", &value))
        return false;
    value += fv_view_char(view, value) == '|';
    if (fv_view_count_digits(view, value, 1) == 0 || fv_view_gap(view, value) == FV_GAP_NONE)
        return false;
    *out_value = value;
    return true;
}

fv_key fv_key_header_at(const fv_view *view, size_t pos, bool at_line, size_t *out_value)
{
    fv_key key = find(view, pos, headers, COUNT(headers), out_value);
    if (key == FV_KEY_NONE && is_bare_diagnostic(view, pos, out_value))
        return FV_KEY_DIAGNOSTICS;
    if (key == FV_KEY_NONE && at_line && fv_view_char(view, pos + 1) == ':')
        key = find(view, pos, compact_headers, COUNT(compact_headers), out_value);
    return key;
}

fv_key fv_key_attribute_at(const fv_view *view, size_t pos, size_t *out_value)
{
    return find(view, pos, attributes, COUNT(attributes), out_value);
}

static bool is_header_character(char c)
{
    return fv_ascii_is_alnum(c) || c == '-' || c == '_';
}

bool fv_key_any_header_at(const fv_view *view, size_t pos)
{
    size_t end = pos;
    while (end - pos < 60 && is_header_character(fv_view_char(view, end)) &&
           (end == pos || fv_view_gap(view, end) == FV_GAP_NONE))
        end++;
    return end - pos >= 2 && fv_ascii_is_alpha(fv_view_char(view, pos)) &&
           fv_view_char(view, end) == ':' && fv_view_gap(view, end + 1) != FV_GAP_NONE;
}
