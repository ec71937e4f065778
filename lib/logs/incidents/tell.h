/* Incidents as text. Each field goes through a shower before it becomes part of a text. To redact,
 * the shower hides the field there; a finished text is never parsed again. */
#ifndef FV_LOGS_TELL_H
#define FV_LOGS_TELL_H

#include "base/buf.h"
#include "logs/incidents/incident.h"

/* Kinds of fields. */
enum {
    FV_SHOWN_DOMAIN = 1, /* a SIP domain, normalised */
    FV_SHOWN_HOST,       /* a name or an address, perhaps with a port */
    FV_SHOWN_NAMES,      /* names of a certificate, with commas */
    FV_SHOWN_USER,       /* the user part of an address, or a number */
    FV_SHOWN_TEXT,       /* text that a product or a person wrote */
    FV_SHOWN_CALL_ID,
    FV_SHOWN_CSEQ,
    FV_SHOWN_ZONE,   /* a zone of Expressway */
    FV_SHOWN_SOURCE, /* the name of a log */
};

/* Decides how fields are shown. NULL in its place shows everything unchanged. */
typedef struct fv_shower {
    /* Returns the text as it may be shown, valid as long as the shower; NULL if memory is short. */
    const char *(*show)(void *user, uint32_t what, const char *text);
    void *user;
} fv_shower;

/* Returns NULL for NULL. */
const char *fv_shown(const fv_shower *shower, uint32_t what, const char *text);
/* "2000@acano.steven.lab" */
void fv_tell_party(fv_buf *buf, const fv_party *party, const fv_shower *shower);
/* "10.48.36.47:5061 egress-zone=DNSZone1" */
void fv_tell_hop(fv_buf *buf, const fv_hop *hop, const fv_shower *shower);
/* One line: what happened, and the basis of an inferred finding. */
void fv_tell_message(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower);
/* The same for a letter: without what is for the reader of these logs alone. `is_to_peer` says
 * whether the side of the peer gets it. */
void fv_tell_letter_message(fv_buf *buf, const fedval_incident *incident, bool is_to_peer,
                            const fv_shower *shower);
/* Appends what the Microsoft side may do where the Cisco side mends the fault. Returns false where
 * that side mends nothing. */
bool fv_tell_partner(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower);
/* What to change. Returns false if there is nothing to say. */
bool fv_tell_remedy(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower);
/* Appends what the reader of a letter is asked to change, where the certificate of its server is at
 * fault. False: nothing is known to ask. */
bool fv_tell_letter_ask(fv_buf *buf, const fedval_incident *incident, bool is_to_peer,
                        const fv_shower *shower);
/* The same for a letter to the side that can change it: without what the other side can change. */
void fv_tell_letter_remedy(fv_buf *buf, const fedval_incident *incident, bool is_to_peer,
                           const fv_shower *shower);
/* What to change if an entry that nothing ties to a partner is about the partner. Returns false if
 * there is nothing to say. */
bool fv_tell_unrelated_remedy(fv_buf *buf, const fedval_incident *incident,
                              const fv_shower *shower);

#endif
