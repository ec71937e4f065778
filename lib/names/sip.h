/* SIP addresses as spans of the text that they stand in (RFC 3261 25.1); nothing is copied. */
#ifndef FV_NAMES_SIP_H
#define FV_NAMES_SIP_H

#include "base/text.h"

typedef struct fv_sip_uri {
    uint32_t scheme; /* FEDVAL_SIP_SCHEME_ */
    fv_text user;    /* without password, escapes kept; the number of tel:; empty when absent */
    fv_text host;    /* as it stands, IPv6 with its brackets; empty unless sip: or sips: */
    uint32_t port;   /* 0: none */
} fv_sip_uri;

typedef struct fv_sip_address {
    fv_text display; /* trimmed; with its quotes and escapes when display_is_quoted */
    bool display_is_quoted;
    fv_sip_uri uri;
} fv_sip_address;

/* A URI without angle brackets. Blanks around it and around its parts are passed over. */
bool fv_sip_uri_parse(fv_text uri, fv_sip_uri *out);

/* Walks the values of a header: they are cut at commas that stand outside quotes and angle
 * brackets. */
typedef struct fv_sip_values {
    fv_text rest;
    bool may_be_quoted; /* false once a quote without end was met: those after it have none too */
} fv_sip_values;

void fv_sip_values_init(fv_sip_values *values, fv_text header);
/* False when none is left. */
bool fv_sip_values_next(fv_sip_values *values, fv_text *out);
/* One value: name-addr or addr-spec, header parameters after it passed over. */
bool fv_sip_address_parse(fv_text value, fv_sip_address *out);

#endif
