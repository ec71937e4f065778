/* What a topic is called: by people, and in JSON. */
#ifndef FV_RENDER_TOPIC_LABEL_H
#define FV_RENDER_TOPIC_LABEL_H

#include "base/buf.h"
#include "catalogue/topic.h"

/* "1010", "0x80090322", "srv-missing"; nothing for a sentence. */
void fv_topic_append_code(fv_buf *buf, const fv_topic *topic);
/* What a finding breaks; NULL: nothing. The record that leads calls leads presence and the call
 * back as well. */
const char *fv_breaks_text(const fedval_catalogue_entry *entry);
/* "Cisco, document 212383, Configure ... (2017-10-23)"; the title is left out where it is not
 * wanted. */
void fv_document_append(fv_buf *buf, const fv_document *document, bool has_title);
/* A template with what its parameters stand for: "{not_after}" -> "<not after>". */
void fv_template_append_shown(fv_buf *buf, const char *text);

#endif
