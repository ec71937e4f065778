/* Whether a fact is there. In a zeroed structure nothing is known. */
#ifndef FV_X509_PRESENCE_H
#define FV_X509_PRESENCE_H

typedef enum fv_presence {
    FV_UNKNOWN,   /* there was no DER to look at */
    FV_ABSENT,    /* the DER does not have it */
    FV_KNOWN,     /* there, and read */
    FV_MALFORMED, /* there, but it cannot be read: the other members of the fact are empty */
} fv_presence;

#endif
