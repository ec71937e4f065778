/* SIP addresses, returned as parts of the text that holds them (RFC 3261 25.1). Nothing is
 * copied. */
#ifndef FV_NAMES_SIP_H
#define FV_NAMES_SIP_H

#include "base/text.h"

typedef struct fv_sip_uri {
    uint32_t scheme; /* FEDVAL_SIP_SCHEME_ */
    fv_text user;    /* without password, escapes kept; the number of tel:; empty when absent */
    fv_text host;    /* unchanged, IPv6 with its brackets; empty unless sip: or sips: */
    uint32_t port;   /* 0: none */
} fv_sip_uri;

typedef struct fv_sip_address {
    fv_text display; /* trimmed; with its quotes and escapes when display_is_quoted */
    bool display_is_quoted;
    bool is_cut; /* it ends within the host, without its ">": "<sip:2000@meet.exam" */
    fv_sip_uri uri;
} fv_sip_address;

/* Parses a URI without angle brackets. Ignores blanks around the URI and around its parts. */
bool fv_sip_uri_parse(fv_text uri, fv_sip_uri *out);

/* Walks over the values of a header, which are separated by commas. Commas in quotes or in angle
 * brackets do not count. */
typedef struct fv_sip_values {
    fv_text rest;
    bool may_be_quoted; /* false after a quote without end: no later quote has an end either */
} fv_sip_values;

void fv_sip_values_init(fv_sip_values *values, fv_text header);
/* Gives the next value; returns false when there is none. */
bool fv_sip_values_next(fv_sip_values *values, fv_text *out);
/* Parses one value: a name-addr or an addr-spec. Ignores the header parameters behind it. */
bool fv_sip_address_parse(fv_text value, fv_sip_address *out);

#endif
