/* The methods of SIP requests and their names. */
#ifndef FV_LOGS_METHOD_H
#define FV_LOGS_METHOD_H

#include "base/text.h"
#include "logs/incidents/incident.h"

/* Returns the method with exactly this name. RFC 3261 20.16: "The method part of CSeq is
 * case-sensitive." */
fv_method fv_method_of(fv_text name);
/* Returns the method with this name in any case of letters: the log may have been put into small
 * letters. */
fv_method fv_method_find(fv_text name);
/* Returns "INVITE"; NULL for FV_METHOD_UNKNOWN. */
const char *fv_method_name(fv_method method);

#endif
