/* A zone in memory: its records in canonical order, and the answers that it gives. */
#ifndef FV_LDNS_ZONE_H
#define FV_LDNS_ZONE_H

#include "base/text.h"
#include "records.h"

#define FV_ZONE_MAX_BYTES (64u << 20)
#define FV_ZONE_MAX_RECORDS 1000000u

typedef struct fv_zone_record {
    ldns_rr *rr; /* the owner is in lower case */
    uint32_t line;
    uint32_t order; /* place in the file: records of one name keep their order */
} fv_zone_record;

typedef struct fv_zone {
    fv_zone_record *records; /* by owner (canonical order, RFC 4034 6.1), then by place */
    size_t num_records, capacity;
    ldns_rdf *apex; /* owner of the SOA record */
} fv_zone;

/* Reads a master file. Returns 0; or NO_MEMORY, SYNTAX or LIMIT, with the fault and its line in
 * `error`. The zone must be cleared in every case. Without an origin, `origin` is empty. */
fedval_status fv_zone_read(fv_zone *zone, fv_text text, fv_text origin, fedval_error *error);
void fv_zone_clear(fv_zone *zone);

/* Whether `name` is `above` or below it; letter case is ignored. It needs no memory, unlike
 * ldns_dname_is_subdomain, where a lack of memory would look like another name. */
bool fv_zone_is_at_or_below(const ldns_rdf *name, const ldns_rdf *above);

/* Fills the fact with the answer of the zone. Returns 0; NOT_FOUND if the name is outside the zone
 * or below a delegation; NO_MEMORY. */
fedval_status fv_zone_answer(const fv_zone *zone, const char *name, uint16_t type,
                             fedval_fact *fact);

#endif
