/* One SIP OPTIONS request inside TLS, and what answers it (RFC 3261 11). */
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
    uint8_t answer[FV_SIP_MAX_ANSWER];
    size_t answer_len;
} fv_sip_exchange;

/* Writes the request. @param fd the connected socket, whose own address the Via header names
 * False: no random numbers can be had. */
bool fv_sip_begin(fv_sip_exchange *sip, const char *host, int fd);
/* All header fields are there, or there is no more room for them. */
bool fv_sip_is_whole(const fv_sip_exchange *sip);
/* Status and Server of a SIP answer; else the first line, as a banner. */
fedval_status fv_sip_describe(const fv_sip_exchange *sip, fedval_fact *fact);
/* The first line of what a server said, printable ASCII alone. "": it said nothing of the kind. */
void fv_sip_first_line(fv_bytes said, char out[80]);

#endif
