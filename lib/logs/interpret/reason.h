/* Why a handshake failed, in the words of OpenSSL and of Expressway. */
#ifndef FV_LOGS_REASON_H
#define FV_LOGS_REASON_H

#include "catalogue/sentences.h"
#include "logs/read/sight.h"

/* The sentence of the catalogue that stands in the text of a TLS entry; NULL when it names no
 * fault. With `is_event` the entry is of a failed handshake, so that words which are said of
 * healthy connections too count. */
const fv_sentence *fv_reason_find(const fv_sight *sight, fv_span text, bool is_event);

#endif
