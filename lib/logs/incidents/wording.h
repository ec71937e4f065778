/* The fields of an incident as they may be shown, under the names that templates use. */
#ifndef FV_LOGS_WORDING_H
#define FV_LOGS_WORDING_H

#include "catalogue/catalogue.h"
#include "logs/incidents/tell.h"

#define FV_WORDING_MAX_PARAMS 21

typedef struct fv_wording {
    const fv_shower *shower;
    bool is_letter;  /* what is for the reader of these logs alone is left out */
    bool is_to_peer; /* the letter goes to the side of the peer */
    fv_param params[FV_WORDING_MAX_PARAMS];
    size_t num_params;
    fv_buf owner;
    fv_buf reported;
    fv_buf port;
    fv_buf caller;
    fv_buf answer;
    fv_buf target;
    fv_buf domain; /* "a.example and b.example", where both are to be checked */
    fv_buf peer;   /* "your server 192.0.2.6", in a letter */
} fv_wording;

/* Fills the wording. The caller must clear it with fv_wording_clear in every case. */
void fv_word(fv_wording *w, const fedval_incident *incident, const fv_shower *shower);
/* Words it for a letter; `is_to_peer` says whether the side of the peer gets it. */
void fv_word_letter(fv_wording *w, const fedval_incident *incident, bool is_to_peer);
/* Clears the wording. If one of its texts failed, marks `text` as failed too. */
void fv_wording_clear(fv_wording *w, fv_buf *text);
const char *fv_word_first_fqdn(const fedval_incident *incident);
const char *fv_word_domain(const fv_wording *w, const fedval_incident *incident);
/* Returns where to find the domain that a template names and the entry does not; static. NULL: the
 * entry names it, or the template does not need it. */
const char *fv_word_where_domain(const fedval_incident *incident, const char *text);
const char *fv_word_host(const fv_wording *w, const char *host);
/* Appends what a bare failure can be, if a call was set up the same way; else returns false. */
bool fv_word_worked(fv_buf *buf, const fv_wording *w, const fedval_incident *incident);
/* Appends what calls that worked say against a failure. */
void fv_word_works(fv_buf *buf, const fv_wording *w, const fedval_incident *incident);
/* Appends that a call was set up. */
void fv_word_set_up(fv_buf *buf, const fv_wording *w, const fedval_incident *incident);

#endif
