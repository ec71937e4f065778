/* The field names that are looked for, of all formats. */
#ifndef FV_LOGS_KEY_H
#define FV_LOGS_KEY_H

#include "logs/read/sight.h"

/* One of FV_KEY_*. */
typedef uint8_t fv_key;

enum {
    FV_KEY_NONE = 0,
    /* "Name: value" */
    FV_KEY_VIA,
    FV_KEY_FROM,
    FV_KEY_TO,
    FV_KEY_ASSERTED, /* P-Asserted-Identity */
    FV_KEY_CALL_ID,
    FV_KEY_CSEQ,
    FV_KEY_SERVER,
    FV_KEY_WARNING,
    FV_KEY_DIAGNOSTICS, /* ms-diagnostics */
    FV_KEY_DIAGNOSTICS_PUBLIC,
    FV_KEY_DIAGNOSTICS_CLIENT,
    FV_KEY_AUTHENTICATION,
    FV_KEY_SEVERITY,
    FV_KEY_TEXT,
    FV_KEY_RESULT_CODE,
    FV_KEY_START_LINE,
    FV_KEY_PEER,
    FV_KEY_DATA,
    FV_KEY_ENTRY_DIRECTION,
    FV_KEY_TARGET_FQDN,
    FV_KEY_RESULT,
    FV_KEY_ERROR,
    FV_KEY_DIAGNOSIS,
    FV_KEY_EVENT_ID,
    FV_KEY_DESCRIPTION,
    FV_KEY_OTHER_HEADER, /* known, and of no interest: it ends the value before it */
    /* Name="value" */
    FV_KEY_UTC_TIME,
    FV_KEY_MODULE,
    FV_KEY_EVENT,
    FV_KEY_DETAIL,
    FV_KEY_REASON,
    FV_KEY_ACTION,
    FV_KEY_SRC_IP,
    FV_KEY_SRC_PORT,
    FV_KEY_DST_IP,
    FV_KEY_DST_PORT,
    FV_KEY_LOCAL_IP,
    FV_KEY_LOCAL_PORT,
    FV_KEY_NAME,
    FV_KEY_TYPE,
    FV_KEY_COMMON_NAME,
    FV_KEY_ALT_NAME,
    FV_KEY_SSL_ERROR,
    FV_KEY_REMOTE_ADDRESS,
    FV_KEY_LOCAL_ADDRESS,
    FV_KEY_IS_SERVER,
    FV_KEY_SRC_ALIAS,
    FV_KEY_DST_ALIAS,
    FV_KEY_RESPONSE_CODE,
    FV_KEY_PEER_NAME, /* Common-name of a TLS event */
    FV_KEY_OTHER_ATTRIBUTE,
};

/* The name of a header and its colon, as they were looked for last. */
typedef struct fv_header {
    size_t pos;   /* where; SIZE_MAX before the first time */
    fv_key key;   /* FV_KEY_NONE when none stands there */
    size_t value; /* the position after the colon */
} fv_header;

#define FV_HEADER_UNREAD ((fv_header){SIZE_MAX, FV_KEY_NONE, 0})

/* The name of a header that stands at pos with its colon: looked for once. */
fv_key fv_key_header_at(const fv_sight *sight, size_t pos, fv_header *last);
/* The same of a compact form (RFC 3261 7.3.3), which counts at the beginning of a line; sets
 * *out_value to the position after the colon. */
fv_key fv_key_compact_at(const fv_sight *sight, size_t pos, size_t *out_value);
/* The name of an attribute that stands at pos with its equals sign. */
fv_key fv_key_attribute_at(const fv_sight *sight, size_t pos, size_t *out_value);
/* Whether a word and a colon stand at pos that look like a header of any name: "ms-telemetry-id: ".
 */
bool fv_key_any_header_at(const fv_sight *sight, size_t pos);

#endif
