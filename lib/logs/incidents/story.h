/* Decisions over all incidents of a store, and over each group. */
#ifndef FV_LOGS_STORY_H
#define FV_LOGS_STORY_H

#include "logs/incidents/store.h"
#include "logs/incidents/tell.h"

/* Counts calls, events without a call, and incidents that nothing ties to a Microsoft side. Returns
 * false if memory is short. */
bool fv_store_count(fv_store *store);
/* Returns a FEDVAL_HEADLINE_: the result in one sentence. Valid after fv_store_count. */
uint32_t fv_store_headline(const fv_store *store);
/* Returns a FEDVAL_MEND_SIDE_: the side that must change something, over all causes. */
uint32_t fv_store_mend_side(const fv_store *store);
/* Whether a group is shown as a call that failed: it is tied to a Microsoft side, and no other
 * incident explains it. */
bool fv_group_is_story(const fv_group *group);
/* Returns a FEDVAL_FINDING_: the fault that is likely after this one is repaired; or 0. */
uint32_t fv_incident_next(const fedval_incident *incident);
/* Lists the domains to check from outside. */
size_t fv_incident_list_domains(const fedval_incident *incident, const char *out_domains[2]);
/* Appends "cert-name-mismatch is likely once the record is right". Returns false if there is
 * nothing to say. */
bool fv_tell_next(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower);
/* Returns a FEDVAL_MEND_SIDE_: the side that gets the letter. UNKNOWN: there is none. */
uint32_t fv_letter_side(const fv_store *store, const fedval_incident *incident);
/* Appends the text to send to the other side, without quotation marks, if that side must or may
 * change something, or may know the answer. Returns false if there is none. */
bool fv_tell_letter(fv_buf *buf, const fv_store *store, const fedval_incident *incident,
                    const fv_shower *shower);
/* Writes the texts of groups. Returns false if memory is short. */
bool fv_store_tell_groups(fv_store *store);

#endif
