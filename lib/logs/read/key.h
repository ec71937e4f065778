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
    FV_KEY_USER_AGENT,
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
    FV_KEY_OTHER_HEADER, /* known but not needed; it ends the value before it */
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

/* The result of the last look-up of a header name with its colon. */
typedef struct fv_header {
    size_t pos;   /* where it was looked up; SIZE_MAX before the first time */
    fv_key key;   /* FV_KEY_NONE if there is no header */
    size_t value; /* the position after the colon */
} fv_header;

#define FV_HEADER_UNREAD ((fv_header){SIZE_MAX, FV_KEY_NONE, 0})

/* Returns the header whose name and colon are at `pos`. `last` keeps the result, so that a second
 * call for the same place is cheap. */
fv_key fv_key_header_at(const fv_sight *sight, size_t pos, fv_header *last);
/* Returns the header whose compact form (RFC 3261 7.3.3, "v:" for Via) begins the line at `pos`;
 * sets `*out_value` to the position after the colon. */
fv_key fv_key_compact_at(const fv_sight *sight, size_t pos, size_t *out_value);
/* Returns the attribute whose name and equals sign are at `pos`; sets `*out_value` to the position
 * after the sign. */
fv_key fv_key_attribute_at(const fv_sight *sight, size_t pos, size_t *out_value);
/* Whether any word with a colon is at `pos` that looks like a header, known or not:
 * "ms-telemetry-id: ". */
bool fv_key_any_header_at(const fv_sight *sight, size_t pos);

#endif
