/* One SIP OPTIONS request inside TLS, and its answer (RFC 3261 11). */
#ifndef FV_BACKENDS_PROBE_SIP_H
#define FV_BACKENDS_PROBE_SIP_H

#include "base/bytes.h"
#include "fedval/evidence.h"

#include <stdbool.h>

#define FV_SIP_MAX_ANSWER 4096

typedef struct fv_sip_exchange {
    char request[1024];
    size_t request_len;
    bool is_sent;
    bool is_greeting; /* no request is sent; the first line is all */
    uint8_t answer[FV_SIP_MAX_ANSWER];
    size_t answer_len;
} fv_sip_exchange;

/* Writes the request. `fd` is the connected socket; the Via header names its own address. Returns
 * false if `host` is NULL, if there are no random numbers, or if the request is too long. */
bool fv_sip_begin(fv_sip_exchange *sip, const char *host, int fd);
/* Whether all header fields are there, or the first line of a greeting, or there is no more room.
 */
bool fv_sip_is_whole(const fv_sip_exchange *sip);
/* Sets status and Server from a SIP answer; for anything else, sets the first line as a banner. */
fedval_status fv_sip_describe(const fv_sip_exchange *sip, fedval_fact *fact);
/* Copies the first line of what a server said, only printable ASCII; "" if it is not text. */
void fv_sip_first_line(fv_bytes said, char out[80]);

#endif
