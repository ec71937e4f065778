/* X.501 names. Each name is normalised once (RFC 5280 7.1), so that comparing two names is a
 * memcmp. */
#ifndef FV_X509_NAME_H
#define FV_X509_NAME_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "x509/defect.h"
#include "x509/der.h"
#include "x509/presence.h"

typedef struct fv_name {
    fv_presence presence;
    fv_bytes raw; /* the whole Name, as in the DER */
    /* The RDNs one after another, in an encoding of this library that says where each RDN ends.
     * Every text is UTF-8 with ASCII in lower case and runs of blanks reduced to one; the
     * attributes of an RDN are sorted. Two names are equal if these bytes are equal. A name is
     * within another (for a directoryName constraint) if its bytes begin with the other's bytes. */
    fv_bytes normalised;
    size_t num_rdns;         /* 0: an empty name */
    bool has_bad_string;     /* a value is not in the encoding of its type */
    bool has_odd_characters; /* a value that is to be ASCII has other characters */
    bool has_odd_kind;       /* a value is of a type that is no text */
    bool has_odd_contents;   /* a text is empty, or has a NUL */
    bool has_bad_oid;        /* a type is no OID in its shortest form */
    uint64_t slips;          /* which of FV_DEFECTS_OF_TEXTS the values have */
    /* Each Common Name, in order of appearance, in UTF-8. A value that is no text, or not in the
     * encoding of its type, is not recoded. May hold NULs. */
    const fv_text *common_names;
    size_t num_common_names;
} fv_name;

/* Decodes one Name; `whole` is its DER with tag and length. A malformed name is not an error:
 * `presence` says so. Returns false only when memory is short. The views point into `whole`. */
bool fv_name_decode(fv_arena *arena, fv_bytes whole, fv_name *out);
/* Makes the name `base` with one more RDN at its end. `rdn` is the contents of the SET, without its
 * tag. Returns false only when memory is short. */
bool fv_name_append_rdn(fv_arena *arena, const fv_name *base, fv_bytes rdn, fv_name *out);
/* Whether the contents of a SET are those of an RDN. */
bool fv_name_is_rdn(fv_bytes contents);
/* Whether both names could be read and are the same by RFC 5280 7.1. */
bool fv_name_equal(const fv_name *a, const fv_name *b);
/* Whether `name` is `base`, or begins with all RDNs of `base`: "CN=x, O=Lab" is within "O=Lab" (RFC
 * 5280 4.2.1.10). */
bool fv_name_is_within(const fv_name *name, const fv_name *base);
/* Appends the name for people: "CN=vcse.steven.lab, O=Lab", most specific first (RFC 4514 order).
 * Characters that cannot be shown become \hh. An empty name gives "", a malformed one "(malformed
 * name)". */
void fv_name_append_text(fv_buf *buf, const fv_name *name);

/* Reads the attributes of a name one by one, for emailAddress, domainComponent and the like. */
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
