/* Windows events as the event viewer shows them: where one begins, and where the next. */
#ifndef FV_LOGS_EVENT_H
#define FV_LOGS_EVENT_H

#include "logs/read/record.h"

/* Whether an event, or the text of one, begins at pos. */
bool fv_event_is_start(const fv_view *view, size_t pos);
/* Whether the start at a position within a record begins another event. */
bool fv_event_breaks(const fv_view *view, const fv_record *record, size_t at);

#endif
