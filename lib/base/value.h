/* Says what a text is, so that redaction knows what of it is private. The kind is set where the
 * text is read or made. */
#ifndef FV_BASE_VALUE_H
#define FV_BASE_VALUE_H

#include <stddef.h>
#include <stdint.h>

enum {
    /* Words of the library, of another library or of a peer: what is private in them has to be
     * looked for. */
    FV_VALUE_WORDS,
    FV_VALUE_PLAIN,   /* a number, a time, a constant: nothing of it is private */
    FV_VALUE_HOST,    /* a host or a domain, also as "DNS:host": it stays, if it really is one */
    FV_VALUE_ADDRESS, /* an IP address */
    FV_VALUE_SUBJECT, /* the name of a certificate or of an issuer */
    FV_VALUE_NAME,    /* another name in a certificate, such as an e-mail address or a URI */
    FV_VALUE_LIST,    /* values with constant words around them; the parts say where they are */
};

/* A part of a text that is a value: `len` bytes at `at`. */
typedef struct fv_part {
    size_t at, len;
    uint32_t kind; /* FV_VALUE_, but for WORDS and LIST */
} fv_part;

/* In the order of the text. The arena of the text holds them. */
typedef struct fv_parts {
    fv_part *items;
    size_t num_items, capacity;
} fv_parts;

/* Returns as much of the part as a text of `len` bytes has: the text may have been cut. */
static inline fv_part fv_part_within(fv_part part, size_t len)
{
    if (part.at > len)
        part.at = len;
    if (part.len > len - part.at)
        part.len = len - part.at;
    return part;
}

#endif
