/* Faults in the text of a zone file that ldns does not report, and an administrator should know. */
#ifndef FV_LDNS_ZONE_TEXT_H
#define FV_LDNS_ZONE_TEXT_H

#include "base/text.h"

/* Whether priority, weight and port of an SRV record fit into 16 bits; ldns keeps only the low 16
 * bits of a larger number. Returns true also if the text has no such numbers (RFC 3597 data). */
bool fv_zone_text_has_srv_numbers(fv_text record);
/* Whether every parenthesis is closed. ldns ignores everything after one that is not. */
bool fv_zone_text_is_closed(fv_text record);
/* Returns the type of a record; an empty text if there is none. `out_data` receives, with a NUL,
 * the words after it, a blank between two, as far as they fit; a byte that is not printable ASCII
 * becomes "?". */
fv_text fv_zone_text_take_type(fv_text record, char *out_data, size_t out_size);

#endif
