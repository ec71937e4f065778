/* What ldns lets pass in the text of a zone file, and an administrator should hear of. */
#ifndef FV_LDNS_ZONE_TEXT_H
#define FV_LDNS_ZONE_TEXT_H

#include "base/text.h"

/* Priority, weight and port of an SRV record's text: ldns keeps the low 16 bits of a number that is
 * larger. True also for text in which they are not to be found (RFC 3597 data). */
bool fv_zone_text_has_srv_numbers(fv_text record);
/* No parenthesis stays open: ldns passes over what stands behind it. */
bool fv_zone_text_is_closed(fv_text record);

#endif
