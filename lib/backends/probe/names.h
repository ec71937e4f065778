/* The names of what TLS peers agree on, as IANA registers them; NULL for a number not known here.
 */
#ifndef FV_BACKENDS_PROBE_NAMES_H
#define FV_BACKENDS_PROBE_NAMES_H

#include <stdint.h>

const char *fv_tls_suite_name(uint16_t number);
const char *fv_tls_group_name(uint16_t number);
const char *fv_tls_scheme_name(uint16_t number);

#endif
