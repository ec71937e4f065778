/* Why a handshake failed, in the words of OpenSSL and of Expressway. */
#ifndef FV_LOGS_REASON_H
#define FV_LOGS_REASON_H

#include "logs/read/sight.h"

/* The finding that a text of a TLS entry stands for; 0 when it names no fault. inbound: the peer
 * called, so it is the TLS client. is_event: the entry is of a failed handshake, so that words
 * which are said of healthy connections too count. *out_basis: what the finding is inferred from,
 * static; NULL when the text states it. */
uint32_t fv_reason_find(const fv_sight *sight, fv_span text, bool inbound, bool is_event,
                        const char **out_basis);

#endif
