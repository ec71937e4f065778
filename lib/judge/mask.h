/* A mask hides IP addresses, the names of certificates but for hosts, and the folders of files, so
 * that texts can be sent on. Each hidden thing gets one word throughout, such as "address1",
 * "certificate2" or "name1"; of a path the name of the file is left.
 *
 * Use it in three steps: learn everything, sort, then mask.
 * - A value whose kind is known (FV_VALUE_SUBJECT, FV_VALUE_ADDRESS ...) is replaced as a whole. A
 *   text for people is then composed anew of such values.
 * - A text of unknown shape (FV_VALUE_WORDS), such as what a TLS library said, is searched for each
 *   name and address that was learnt. */
#ifndef FV_JUDGE_MASK_H
#define FV_JUDGE_MASK_H

#include "base/buf.h"
#include "judge/redact_words.h"
#include "model/evidence.h"
#include "model/finding.h"

/* A text that is hidden, and its replacement. */
typedef struct fv_mask_item {
    const char *text;
    size_t len;
    const char *word;
} fv_mask_item;

typedef struct fv_mask_list {
    fv_mask_item *items;
    size_t num_items, capacity;
    const char *kind; /* "certificate", "address", "name" */
} fv_mask_list;

typedef struct fv_mask {
    fv_arena *arena;       /* holds what is learnt */
    fv_arena *texts;       /* holds the new texts: that of the object whose texts are masked */
    fv_mask_list subjects; /* longest first once they are sorted */
    fv_mask_list paths;    /* the same, each with the name of its file */
    fv_mask_list addresses;
    fv_mask_list names; /* the other names of certificates, without the word for their type */
    fv_mask_list said;  /* what strangers say of themselves, each with what of it may be shown */
    fv_common_words common;
    bool has_failed; /* memory ran short */
} fv_mask;

/* Returns a mask that knows nothing yet, with one arena for both. */
fv_mask fv_mask_of(fv_arena *arena);

/* Learns `name`: a subject, or where `kind` is FV_VALUE_HOST a name that does not look like a host.
 * Hosts themselves are not hidden. NULL is allowed and learns nothing. */
void fv_mask_learn(fv_mask *mask, const char *name, uint32_t kind);
/* Learns the name of a certificate as a document shows it. Documents have no member for its kind:
 * "DNS:" begins a host, "(" words such as "(no name)". */
void fv_mask_learn_shown(fv_mask *mask, const char *name);
void fv_mask_learn_finding(fv_mask *mask, const fedval_finding *finding);
void fv_mask_learn_presented(fv_mask *mask, const fv_report_presented *presented);
/* Learns the names and issuers of certificates; NULL entries are left out. */
void fv_mask_learn_certificates(fv_mask *mask, const fv_certificate *const *certificates,
                                size_t count);
/* Learns the places of sources: of "/home/alice/lab.zone", "lab.zone" is left. */
void fv_mask_learn_sources(fv_mask *mask, const fv_fact_sources *sources);
/* Learns what a stranger says of itself, such as a banner: wherever a text quotes it, the words
 * alone are left that products use. NULL learns nothing. */
void fv_mask_learn_said(fv_mask *mask, const char *text);
/* Appends the words of `text` that products use, with "..." for each other one. False: memory is
 * short. */
bool fv_mask_append_said(fv_mask *mask, fv_buf *buf, fv_text text);
/* Learns the chains, the sources and what was said of all facts; NULL is nothing. */
void fv_mask_learn_evidence(fv_mask *mask, const fedval_evidence *evidence);
/* Sorts what was learnt: of two subjects that begin alike, the longer is looked for first. */
void fv_mask_sort(fv_mask *mask);

/* Returns the name of the file behind the folders of `path`. */
const char *fv_mask_without_folders(const char *path);
/* Returns the length of the word for the type, "DNS:", with which the name of a certificate may
 * begin; 0: it does not. */
size_t fv_mask_type_length(fv_text name);
/* Whether all bytes are those of host names, wildcards and the names of services. */
bool fv_mask_is_host(fv_text name);
/* Adds `text` to `list`, with copies of it and of the word for it. */
void fv_mask_add(fv_mask *mask, fv_mask_list *list, fv_text text, fv_text word);
/* Returns the word for `text` in `list`, which learns it. Words are numbered in the order in which
 * texts appear. */
const char *fv_mask_take(fv_mask *mask, fv_mask_list *list, fv_text text);
/* Rewrites a text of FV_VALUE_WORDS; NULL and "" stay. */
void fv_mask_text(fv_mask *mask, const char **text);
/* Rewrites a text of that kind; `parts` are those of a FV_VALUE_LIST. */
void fv_mask_value(fv_mask *mask, const char **text, uint32_t kind, const fv_parts *parts);
/* Rewrites the name of a file: without its folders, which can tell a user. */
void fv_mask_source(fv_mask *mask, const char **source);
/* Masks the values of a finding. Its texts are composed again of them. */
void fv_mask_finding(fv_mask *mask, fedval_finding *finding);
/* Drops the Common Names and the bytes of the certificates, too. */
void fv_mask_presented(fv_mask *mask, fv_report_presented *presented);
/* Returns 0, or NO_MEMORY: what is masked must then not be shown. */
fedval_status fv_mask_status(const fv_mask *mask);

#endif
