/* Incidents in words. Texts are made of fields, and each field goes through a shower: who wants to
 * hide what a field holds, hides it there, and nothing that was composed is read again. */
#ifndef FV_LOGS_TELL_H
#define FV_LOGS_TELL_H

#include "base/buf.h"
#include "logs/incidents/incident.h"

/* What a field holds. */
enum {
    FV_SHOWN_DOMAIN = 1, /* a SIP domain, normalised */
    FV_SHOWN_HOST,       /* a name or an address, perhaps with a port */
    FV_SHOWN_NAMES,      /* names of a certificate, with commas */
    FV_SHOWN_USER,       /* the user part of an address, or a number */
    FV_SHOWN_TEXT,       /* whatever a product or a person wrote */
    FV_SHOWN_CALL_ID,
    FV_SHOWN_CSEQ,
    FV_SHOWN_ZONE,   /* a zone of Expressway */
    FV_SHOWN_SOURCE, /* the name of a log */
};

/* NULL in place of a shower: everything is shown as it is. */
typedef struct fv_shower {
    /* The text as it may be shown, valid as long as the shower; NULL when memory is short. */
    const char *(*show)(void *user, uint32_t what, const char *text);
    void *user;
} fv_shower;

/* NULL for NULL. */
const char *fv_shown(const fv_shower *shower, uint32_t what, const char *text);
/* "2000@acano.steven.lab" */
void fv_tell_party(fv_buf *buf, const fv_party *party, const fv_shower *shower);
/* "10.48.36.47:5061 egress-zone=DNSZone1" */
void fv_tell_hop(fv_buf *buf, const fv_hop *hop, const fv_shower *shower);
/* One line: what happened, and from what an inferred finding follows. */
void fv_tell_message(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower);
/* What to change; false when there is nothing to say. */
bool fv_tell_remedy(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower);

#endif
