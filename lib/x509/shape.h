/* What the contents of extensions have to look like: their ASN.1 as tables, and a walk that
 * compares contents with them. It follows OpenSSL 3.0: a fault is what makes OpenSSL refuse the
 * contents, a slip is what it passes over. Internal to x509/. */
#ifndef FV_X509_SHAPE_H
#define FV_X509_SHAPE_H

#include "x509/decoder.h"

typedef enum fv_shape_kind {
    FV_SHAPE_FIELDS, /* SEQUENCE { ... }: each field in its order */
    FV_SHAPE_LIST,   /* SEQUENCE OF or SET OF: `fields` is the one element */
    FV_SHAPE_CHOICE, /* one of `fields` */
    FV_SHAPE_ANY,
    FV_SHAPE_OPAQUE,    /* a SEQUENCE that is not looked into */
    FV_SHAPE_POINT,     /* DistributionPoint, which has a name or an issuer */
    FV_SHAPE_NAME,      /* RDNSequence */
    FV_SHAPE_RDN,       /* RelativeDistinguishedName */
    FV_SHAPE_QUALIFIER, /* PolicyQualifierInfo, whose OID says what follows */
    FV_SHAPE_ADDRESS,   /* an OCTET STRING: 4 or 16 bytes; twice that in a constraint */
    FV_SHAPE_TEXT,
    FV_SHAPE_BITS,
    FV_SHAPE_OID,
    FV_SHAPE_INTEGER,
    FV_SHAPE_BOOLEAN,
    FV_SHAPE_OCTETS,
} fv_shape_kind;

typedef struct fv_shape fv_shape;

typedef enum fv_shape_how {
    FV_SHAPE_PLAIN = 0,
    FV_SHAPE_OPTIONAL = 1,
    FV_SHAPE_EXPLICIT = 2, /* the tag is around another element */
} fv_shape_how;

typedef struct fv_shape_field {
    uint8_t tag; /* in place of the shape's own; 0: the shape's own */
    uint8_t how; /* FV_SHAPE_OPTIONAL | FV_SHAPE_EXPLICIT */
    const fv_shape *shape;
} fv_shape_field;

struct fv_shape {
    fv_shape_kind kind;
    uint8_t tag; /* 0: it has none of its own (CHOICE, ANY) */
    uint8_t num_fields;
    const fv_shape_field *fields;
};

extern const fv_shape fv_shape_display_text; /* DisplayText (RFC 5280 4.2.1.4) */
extern const fv_shape fv_shape_user_notice;  /* UserNotice, the same section */
extern const fv_shape fv_shape_ia5;

/* Returns the shape of an extension's contents; NULL: it is not known here. */
const fv_shape *fv_shape_find(fv_extension_id id);

/* Sets `faults` and `slips` of an extension whose contents were read before, and notes a defect. */
void fv_decoder_check_shape(fv_decoder *decoder, fv_extension *extension);

#endif
