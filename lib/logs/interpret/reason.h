/* The cause of a failed handshake, in the words of OpenSSL and of Expressway. */
#ifndef FV_LOGS_REASON_H
#define FV_LOGS_REASON_H

#include "catalogue/sentences.h"
#include "logs/read/sight.h"

/* Returns the sentence of the catalogue that is in the text of a TLS entry; NULL if the text names
 * no fault. `is_event` says that the handshake failed: then words that also occur with healthy
 * connections count. */
const fv_sentence *fv_reason_find(const fv_sight *sight, fv_span text, bool is_event);

#endif
