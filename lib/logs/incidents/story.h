/* What is decided over all incidents of a store, and over each group of them. */
#ifndef FV_LOGS_STORY_H
#define FV_LOGS_STORY_H

#include "logs/incidents/store.h"
#include "logs/incidents/tell.h"

/* Counts calls, events without a call, and what nothing ties to a Microsoft side. False when memory
 * is short. */
bool fv_store_count(fv_store *store);
/* FEDVAL_MEND_SIDE_: the side that has something to mend, over all causes. */
uint32_t fv_store_mend_side(const fv_store *store);
/* FEDVAL_FINDING_: what is likely to come next once the fault is mended; 0. */
uint32_t fv_incident_next(const fedval_incident *incident);
/* The domains that are to be checked from outside. */
size_t fv_incident_list_domains(const fedval_incident *incident, const char *out_domains[2]);
/* "cert-name-mismatch is likely once the record is right"; false when nothing comes next. */
bool fv_tell_next(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower);
/* The words to send to the other side when the mend, or the answer, is or may be there, without
 * quotation marks; false when there are none. */
bool fv_tell_letter(fv_buf *buf, const fv_store *store, const fedval_incident *incident,
                    const fv_shower *shower);
/* Words what hangs on groups. False when memory is short. */
bool fv_store_tell_groups(fv_store *store);

#endif
