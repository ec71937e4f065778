/* Windows events as Event Viewer shows them: where one begins and where the next one begins. */
#ifndef FV_LOGS_EVENT_H
#define FV_LOGS_EVENT_H

#include "logs/read/entry.h"

/* Whether the label of the number, or of the log, is at `pos`, as Event Viewer shows it in English,
 * German, French, Dutch or Spanish. */
bool fv_event_is_number_label(const fv_sight *sight, size_t pos);
bool fv_event_is_log_label(const fv_sight *sight, size_t pos);

/* Whether an event, or the text of one, begins at pos. */
bool fv_event_is_start(const fv_sight *sight, size_t pos);
/* Whether the start at `at`, inside `entry`, begins another event. */
bool fv_event_breaks(const fv_sight *sight, const fv_entry *entry, size_t at);

/* Whether the sentence of an event of Schannel is at `pos`, which says the same in each rendering:
 * returns the number of the event, or 0. */
uint32_t fv_event_schannel_at(const fv_sight *sight, size_t pos);
/* Whether the head of an event in XML is at `pos`: its provider, then its number, which begins at
 * `*out_number`. */
bool fv_event_is_provider(const fv_sight *sight, size_t pos, size_t *out_number);

/* Returns where the head of an event begins, whose entry begins at `from`: the fields before its
 * number or its description. "Log Name:" is the first field; else the head goes back to an empty
 * line. */
size_t fv_event_head(const fv_sight *sight, size_t from);

#endif
