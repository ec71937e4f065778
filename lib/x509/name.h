/* X.501 names: raw, and normalised once (RFC 5280 7.1) so that comparing is memcmp. */
#ifndef FV_X509_NAME_H
#define FV_X509_NAME_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "x509/der.h"
#include "x509/presence.h"

typedef struct fv_name {
    fv_presence presence;
    fv_bytes raw; /* the whole Name as it stands in the DER */
    /* The RDNs one after another in an encoding of our own that says where each ends: every text
     * as UTF-8, ASCII folded to lower case, blanks squeezed, the attributes of an RDN in order. Two
     * names are equal if these bytes are; one is at or below another (a directoryName constraint)
     * if the other's bytes are the beginning of its bytes. */
    fv_bytes normalised;
    size_t num_rdns;     /* 0: an empty name */
    bool has_bad_string; /* a value is not in the encoding of its type */
    bool has_bad_oid;    /* a type is no OID in its shortest form */
    /* Each Common Name in order of appearance, as UTF-8 or as it stands; may hold NULs. */
    const fv_text *common_names;
    size_t num_common_names;
} fv_name;

/* Decodes one Name, whole is its DER with tag and length. A malformed name is a fact, not an
 * error: presence says so. Returns false only when memory is short. The views point into whole. */
bool fv_name_decode(fv_arena *arena, fv_bytes whole, fv_name *out);
/* The name of base with one RDN behind it (its contents, without the tag of the SET). Returns false
 * only when memory is short. */
bool fv_name_append_rdn(fv_arena *arena, const fv_name *base, fv_bytes rdn, fv_name *out);
/* Both known (not malformed) and the same by RFC 5280 7.1. */
bool fv_name_equal(const fv_name *a, const fv_name *b);
/* name is base or below it in the tree of names (RFC 5280 4.2.1.10). */
bool fv_name_is_within(const fv_name *name, const fv_name *base);
/* For people: "CN=vcse.steven.lab, O=Lab", most specific first (RFC 4514 order); what cannot be
 * shown is escaped as \hh. "" for an empty name, "(malformed name)" for a malformed one. */
void fv_name_append_text(fv_buf *buf, const fv_name *name);

/* Walks the attributes: for emailAddress, domainComponent and the like. */
typedef struct fv_name_reader {
    fv_cursor rdns;
    fv_cursor attributes;
    size_t rdn;     /* of the attribute read last, from 0 */
    bool is_broken; /* stopped at something that is no attribute */
} fv_name_reader;

typedef struct fv_attribute {
    fv_bytes type; /* OID contents */
    uint8_t tag;   /* of the value: FV_DER_UTF8_STRING and the like */
    fv_bytes value;
    size_t rdn;
} fv_attribute;

void fv_name_reader_init(fv_name_reader *reader, const fv_name *name);
bool fv_name_reader_next(fv_name_reader *reader, fv_attribute *out); /* false: no more */

#endif
