/* Where SIP over TLS is found: the port, and the SRV records of federation. */
#ifndef FV_BASE_SIP_TLS_H
#define FV_BASE_SIP_TLS_H

/* RFC 3261 19.1.2: the port of SIP over TLS where none is named. */
#define FV_SIP_TLS_PORT 5061
/* The same of SIP without TLS. */
#define FV_SIP_PLAIN_PORT 5060

/* The domain of a federation record stands behind it, with a dot between. */
#define FV_SRV_FEDERATION "_sipfederationtls._tcp"

#endif
