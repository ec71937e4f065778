/* The names of a topic, for people and for JSON. */
#ifndef FV_CATALOGUE_TOPIC_LABEL_H
#define FV_CATALOGUE_TOPIC_LABEL_H

#include "base/buf.h"
#include "catalogue/topic.h"

/* Appends the code of a topic: "1010", "0x80090322", "srv-missing". Appends nothing for a sentence.
 */
void fv_topic_append_code(fv_buf *buf, const fv_topic *topic);
/* Says what fails while the finding holds; NULL: nothing. The SRV record that routes calls also
 * routes presence and the call back. */
const char *fv_breaks_text(const fedval_catalogue_entry *entry);
/* Appends "Cisco, document 212383, Configure ... (2017-10-23)"; without the title if `has_title` is
 * false. */
void fv_document_append(fv_buf *buf, const fv_document *document, bool has_title);
/* Appends a message template with a placeholder for each parameter: "{not_after}" becomes "<not
 * after>". */
void fv_template_append_shown(fv_buf *buf, const char *text);

#endif
