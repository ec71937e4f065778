/* A zone in memory: its records in canonical order, and what they answer. */
#ifndef FV_LDNS_ZONE_H
#define FV_LDNS_ZONE_H

#include "base/text.h"
#include "records.h"

#define FV_ZONE_MAX_BYTES (64u << 20)
#define FV_ZONE_MAX_RECORDS 1000000u

typedef struct fv_zone_record {
    ldns_rr *rr; /* owner in lower case */
    uint32_t line;
    uint32_t order; /* of the file: records of one name keep it */
} fv_zone_record;

typedef struct fv_zone {
    fv_zone_record *records; /* by owner in canonical order (RFC 4034 6.1), then by place */
    size_t num_records, capacity;
    ldns_rdf *apex; /* owner of the SOA record */
} fv_zone;

/* Reads a master file. 0; NO_MEMORY, SYNTAX, LIMIT (error says what, and the line); the zone then
 * is to be cleared as well. `origin` may have no data: there is none. */
fedval_status fv_zone_read(fv_zone *zone, fv_text text, fv_text origin, fedval_error *error);
void fv_zone_clear(fv_zone *zone);

/* Whatever the case of their letters. Unlike ldns_dname_is_subdomain it needs no memory, of which a
 * lack would look like another name. */
bool fv_zone_is_at_or_below(const ldns_rdf *name, const ldns_rdf *above);

/* Fills the fact with what the zone answers. 0; NOT_FOUND when the name lies outside of it, or
 * below a delegation; NO_MEMORY. */
fedval_status fv_zone_answer(const fv_zone *zone, const char *name, uint16_t type,
                             fedval_fact *fact);

#endif
