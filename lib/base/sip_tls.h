/* Where clients look for SIP over TLS: the default port, and the SRV records of federation. */
#ifndef FV_BASE_SIP_TLS_H
#define FV_BASE_SIP_TLS_H

/* RFC 3261 19.1.2: the default port of SIP over TLS. Public as FEDVAL_SIP_TLS_PORT. */
#define FV_SIP_TLS_PORT 5061
#define FV_SIP_TLS_PORT_TEXT "5061"
/* The port on which Expressway asks callers for a certificate, where it is not 5061 [C]. */
#define FV_SIP_MUTUAL_TLS_PORT 5062
#define FV_SIP_MUTUAL_TLS_PORT_TEXT "5062"
/* The default port of SIP without TLS. */
#define FV_SIP_PLAIN_PORT 5060

/* The owner name of a federation record is this label, a dot and the domain:
 * "_sipfederationtls._tcp.example.com". */
#define FV_SRV_FEDERATION "_sipfederationtls._tcp"

#endif
