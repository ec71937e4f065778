/* Texts that are not findings: the requirements, the profiles, the places where to look, and the
 * owners of ranges of numbers. */
#ifndef FV_CATALOGUE_GUIDE_H
#define FV_CATALOGUE_GUIDE_H

#include "catalogue/symptom_codes.h"

/* The places where to look, as bits of a mask, in the order in which they are shown. */
enum {
    FV_LOOK_DNS = 1,
    FV_LOOK_SEARCH_HISTORY = 2,
    FV_LOOK_EXPRESSWAY_LOG = 4,
    FV_LOOK_EXPRESSWAY_CERTIFICATES = 8,
    FV_LOOK_CLIENT_LOG = 16,
    FV_LOOK_EDGE_TRACE = 32,
    FV_LOOK_EDGE_EVENTS = 64,
    FV_LOOK_ALLOWED_DOMAINS = 128,
    FV_LOOK_MICROSOFT_365 = 256,
    FV_LOOK_MEETING_SERVER = 512,
    FV_LOOK_OUTSIDE = 1024,
};

typedef struct fv_look {
    uint32_t bit;        /* FV_LOOK_ */
    const char *id;      /* "client-log" */
    const char *product; /* whose it is */
    const char *page;    /* page, path or command, on one line */
    const char *more;    /* how it is switched on and read; NULL: the page says it all */
    uint32_t document;   /* FV_DOCUMENT_; NONE where the text is this library's own */
} fv_look;

extern const fv_look fv_looks[];
extern const size_t fv_num_looks;

/* A requirement (R1 to R8), or a profile. */
typedef struct fv_concept {
    const char *id; /* "R1", "microsoft-edge" */
    const char *title;
    const char *text;   /* what it asks, in a few sentences */
    const char *unsure; /* the parts that no document confirms; NULL: there are none */
    uint32_t look;      /* mask of FV_LOOK_ */
    uint32_t document;
} fv_concept;

extern const fv_concept fv_requirements[]; /* R1 first */
extern const size_t fv_num_requirements;
extern const fv_concept fv_profiles[];
extern const size_t fv_num_profiles;

/* The owner of a range of numbers, for a number that is not in the tables. */
typedef struct fv_range {
    uint32_t kind; /* FV_SYMPTOM_ */
    uint32_t from, to;
    const char *owner; /* "the SIP stack of the Edge and the Front End" */
    const char *text;  /* what it means for DNS and certificates, and what to do next */
    uint32_t document;
} fv_range;

extern const fv_range fv_ranges[];
extern const size_t fv_num_ranges;

/* Each returns a mask of FV_LOOK_: for codes of a kind, and for findings of a family. */
uint32_t fv_look_of_kind(uint32_t kind);
uint32_t fv_look_of_family(uint32_t family);

#endif
