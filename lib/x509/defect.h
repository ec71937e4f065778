/* Defects in the encoding of a certificate or CRL. The decoder records them and goes on; the rules
 * decide later how much each of them matters. */
#ifndef FV_X509_DEFECT_H
#define FV_X509_DEFECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum fv_defect_kind {
    FV_DEFECT_LENGTH_FORM,         /* a length in more bytes than needed (X.690 10.1) */
    FV_DEFECT_TRAILING_BYTES,      /* at the end of a structure */
    FV_DEFECT_STRUCTURE,           /* fields of the TBS missing or out of order: the rest unknown */
    FV_DEFECT_VERSION,             /* not 1, 2 or 3, or the default written out */
    FV_DEFECT_INTEGER_FORM,        /* empty or with needless leading bytes (X.690 8.3.2) */
    FV_DEFECT_SERIAL_NOT_POSITIVE, /* RFC 5280 4.1.2.2 */
    FV_DEFECT_SERIAL_TOO_LONG,     /* more than 20 octets, the same section */
    FV_DEFECT_ALGORITHM_MISMATCH,  /* inner and outer differ (RFC 5280 4.1.1.2) */
    FV_DEFECT_ALGORITHM_FORM,      /* an AlgorithmIdentifier that cannot be read */
    FV_DEFECT_ALGORITHM_PARAMETERS, /* of the signature or the key: not as they have to be */
    FV_DEFECT_ISSUER,               /* cannot be read */
    FV_DEFECT_ISSUER_EMPTY,         /* RFC 5280 4.1.2.4 */
    FV_DEFECT_SUBJECT,              /* cannot be read */
    FV_DEFECT_TIME,                 /* a date that does not exist or cannot be read */
    FV_DEFECT_TIME_FORM,            /* readable, but without seconds or Z (RFC 5280 4.1.2.5.1) */
    FV_DEFECT_TIME_TYPE,            /* GeneralizedTime before 2050 (RFC 5280 4.1.2.5) */
    FV_DEFECT_KEY,                  /* the SubjectPublicKeyInfo cannot be read */
    FV_DEFECT_SIGNATURE_BITS,       /* the BIT STRING does not hold whole bytes */
    FV_DEFECT_UNIQUE_ID,            /* in a v1 certificate (RFC 5280 4.1.2.8) */
    FV_DEFECT_EXTENSIONS_VERSION,   /* extensions before v3 (RFC 5280 4.1.2.9) */
    FV_DEFECT_EXTENSIONS_EMPTY,     /* an empty list (RFC 5280 4.1: SIZE (1..MAX)) */
    FV_DEFECT_EXTENSION_FORM,       /* an Extension that cannot be cut; the rest are not read */
    FV_DEFECT_EXTENSION_DUPLICATE,  /* RFC 5280 4.2 */
    FV_DEFECT_EXTENSION_VALUE,      /* a known extension whose contents cannot be read */
    FV_DEFECT_BOOLEAN,          /* neither 0x00 nor 0xFF, or FALSE written out (X.690 11.1, 11.5) */
    FV_DEFECT_STRING,           /* a text of a name is not in the encoding of its type */
    FV_DEFECT_OID_FORM,         /* arcs that are cut or longer than needed (X.690 8.19.2) */
    FV_DEFECT_CHARACTERS,       /* a text of a name has characters that its type does not have */
    FV_DEFECT_PATH_LENGTH,      /* of a certificate that is no CA's (RFC 5280 4.2.1.9) */
    FV_DEFECT_CRL_ISSUER_NAME,  /* of an entry's certificateIssuer (RFC 5280 5.3.3) */
    FV_DEFECT_BYTES_BEHIND,     /* after the certificate, CRL or request */
    FV_DEFECT_STRING_KIND,      /* a value in a name is of a type that is no text */
    FV_DEFECT_STRING_CONTENTS,  /* a text in a name is empty, or has a NUL */
    FV_DEFECT_SAN_NOT_CRITICAL, /* beside an empty subject (RFC 5280 4.2.1.6) */
    FV_DEFECT_POLICY_TWICE,     /* RFC 5280 4.2.1.4 */
    FV_DEFECT_PRINTABLE,        /* a PrintableString has characters outside its set (X.680 41.4) */
    FV_DEFECT_NUMERIC,          /* the same of a NumericString (X.680 41.2) */
    FV_DEFECT_COMMON_NAME_LENGTH, /* above ub-common-name (RFC 5280 appendix A.1) */
    FV_DEFECT_ATTRIBUTE_LENGTH,   /* the same of another attribute */
    FV_DEFECT_COUNTRY,            /* a countryName without two letters (RFC 5280 appendix A.1) */
    FV_DEFECT_KEY_USAGE_ZEROS,    /* at the end of a named bit list (X.690 11.2.2) */
    FV_DEFECT_KEY_USAGE_BITS,     /* behind decipherOnly (RFC 5280 4.2.1.3) */
    FV_DEFECT_LEAF_CONSTRAINTS,   /* of a certificate that is no CA's (RFC 5280 4.2.1.10) */
    FV_DEFECT_SUBTREE_MINIMUM,    /* a default that is written out (X.690 11.5) */
    FV_DEFECT_EXTENSION_CONTENTS, /* an extension has faults or slips (extension.h) */
    /* The following are found inside extensions alone. */
    FV_DEFECT_TEXT,          /* it is not in the encoding of its type, or has other characters */
    FV_DEFECT_TEXT_CONTENTS, /* a text is empty, or has a NUL */
    FV_DEFECT_EMPTY,         /* a list, or a name */
    FV_DEFECT_ADDRESS,       /* of neither 4 nor 16 bytes; in a constraint 8 or 32 */
    FV_DEFECT_BIT_PADDING,   /* unused bits of a BIT STRING are set (X.690 11.2.1) */
    FV_DEFECT_ELEMENT_KIND,  /* an element of a kind that is not allowed there */
    FV_DEFECT_NOT_DER,       /* BER: in pieces, of indefinite length, or primitive */
    FV_DEFECT_NUM_KINDS,
} fv_defect_kind;
_Static_assert(FV_DEFECT_NUM_KINDS <= 64, "a mask of 64 bits holds a bit of each kind");
#define FV_DEFECT_BIT(kind) (UINT64_C(1) << (kind))

/* The defects of texts in a name that change nothing about who is meant. */
#define FV_DEFECTS_OF_TEXTS                                                                        \
    (FV_DEFECT_BIT(FV_DEFECT_PRINTABLE) | FV_DEFECT_BIT(FV_DEFECT_NUMERIC) |                       \
     FV_DEFECT_BIT(FV_DEFECT_COMMON_NAME_LENGTH) | FV_DEFECT_BIT(FV_DEFECT_ATTRIBUTE_LENGTH) |     \
     FV_DEFECT_BIT(FV_DEFECT_COUNTRY))

enum { FV_DEFECTS_KEPT = 8 };

typedef struct fv_defect {
    fv_defect_kind kind;
    size_t offset; /* into the DER, where it was noticed */
} fv_defect;

typedef struct fv_defects {
    /* FV_DEFECT_BIT(kind) for every kind that was found, those without room in `items` too */
    uint64_t kinds;
    uint32_t num_items;               /* how many of `items` are used: the first ones found */
    fv_defect items[FV_DEFECTS_KEPT]; /* one of each kind at most */
} fv_defects;

static inline bool fv_defects_has(const fv_defects *defects, fv_defect_kind kind)
{
    return (defects->kinds >> kind & 1) != 0;
}

void fv_defects_add(fv_defects *defects, fv_defect_kind kind, size_t offset);
/* "serial number is not positive" and the like: no capital, no period. Static; NULL if unknown. */
const char *fv_defect_to_text(fv_defect_kind kind);

#endif
