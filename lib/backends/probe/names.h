/* IANA's names for the parameters of a TLS connection; NULL for an unknown number. */
#ifndef FV_BACKENDS_PROBE_NAMES_H
#define FV_BACKENDS_PROBE_NAMES_H

#include <stdint.h>

const char *fv_tls_suite_name(uint16_t number);
const char *fv_tls_group_name(uint16_t number);
const char *fv_tls_scheme_name(uint16_t number);

#endif
