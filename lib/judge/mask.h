/* A mask hides IP addresses, the subjects of certificates and the folders of files in texts, so
 * that they can be sent on. Learn subjects and files first, then mask the texts: each hidden
 * address or subject gets one word throughout, such as "address1" or "certificate2", and of a path
 * the name of the file is left. */
#ifndef FV_JUDGE_MASK_H
#define FV_JUDGE_MASK_H

#include "model/evidence.h"
#include "model/statement.h"

/* A text that is hidden, and its replacement. */
typedef struct fv_mask_item {
    const char *text;
    size_t len;
    const char *word;
} fv_mask_item;

typedef struct fv_mask_list {
    fv_mask_item *items;
    size_t num_items, capacity;
    const char *kind; /* "certificate", "address" */
} fv_mask_list;

typedef struct fv_mask {
    fv_arena *arena;       /* holds what is learnt */
    fv_arena *texts;       /* holds the new texts: that of the object whose texts are masked */
    fv_mask_list subjects; /* longest first once they are sorted */
    fv_mask_list paths;    /* the same, each with the name of its file */
    fv_mask_list addresses;
    bool has_failed; /* memory ran short */
} fv_mask;

/* Returns a mask that knows nothing yet, with one arena for both. */
fv_mask fv_mask_of(fv_arena *arena);

/* Learn subjects. A text without "=" is the name of a host, and is not hidden; NULL is nothing. */
void fv_mask_learn(fv_mask *mask, const char *subject);
void fv_mask_learn_finding(fv_mask *mask, const fv_statement *statement);
void fv_mask_learn_presented(fv_mask *mask, const fv_report_presented *presented);
/* Learns the subjects and issuers of certificates; NULL entries are left out. */
void fv_mask_learn_certificates(fv_mask *mask, const fv_certificate *const *certificates,
                                size_t count);
/* Learns the places of sources: of "/home/alice/lab.zone", "lab.zone" is left. */
void fv_mask_learn_sources(fv_mask *mask, const fv_fact_sources *sources);
/* Learns the chains and the sources of all facts; NULL is nothing. */
void fv_mask_learn_evidence(fv_mask *mask, const fedval_evidence *evidence);
/* Sorts what was learnt: of two subjects that begin alike, the longer is looked for first. */
void fv_mask_sort(fv_mask *mask);

/* Rewrites a text; NULL and "" stay. */
void fv_mask_text(fv_mask *mask, const char **text);
/* Rewrites the name of a file: without its folders, which can tell a user. */
void fv_mask_source(fv_mask *mask, const char **source);
void fv_mask_statement(fv_mask *mask, fv_statement *statement);
/* Drops the Common Names and the bytes of the certificates, too. */
void fv_mask_presented(fv_mask *mask, fv_report_presented *presented);
/* Returns 0, or NO_MEMORY: what is masked must then not be shown. */
fedval_status fv_mask_status(const fv_mask *mask);

#endif
