#include "catalogue/topic_label.h"

#include <string.h>

static void append_hex(fv_buf *buf, uint32_t value)
{
    static const char digits[] = "0123456789abcdef";
    fv_buf_append_text(buf, "0x");
    for (int shift = 28; shift >= 0; shift -= 4)
        fv_buf_append_char(buf, digits[value >> shift & 15]);
}

static void append_range(fv_buf *buf, const fv_range *range)
{
    bool is_hex = range->kind == FV_SYMPTOM_HRESULT || range->kind == FV_SYMPTOM_EDGE_RESULT;
    const uint32_t ends[] = {range->from, range->to};
    size_t count = range->from == range->to ? 1 : 2;
    for (size_t i = 0; i < count; i++) {
        fv_buf_append_text(buf, i == 0 ? "" : " to ");
        if (is_hex)
            append_hex(buf, ends[i]);
        else
            fv_buf_append_u64(buf, ends[i]);
    }
}

void fv_topic_append_code(fv_buf *buf, const fv_topic *topic)
{
    switch (topic->kind) {
    case FEDVAL_TOPIC_FINDING:
    case FEDVAL_TOPIC_REQUIREMENT:
    case FEDVAL_TOPIC_PROFILE:
    case FEDVAL_TOPIC_PLACE:
        fv_buf_append_text(buf, topic->name);
        return;
    case FEDVAL_TOPIC_SENTENCE:
        return;
    case FEDVAL_TOPIC_EDGE_RESULT:
    case FEDVAL_TOPIC_HRESULT:
        append_hex(buf, topic->number);
        return;
    case FEDVAL_TOPIC_RANGE:
        append_range(buf, topic->range);
        return;
    default:
        fv_buf_append_u64(buf, topic->number);
    }
}

const char *fv_breaks_text(const fedval_catalogue_entry *entry)
{
    switch (entry->breaks) {
    case FEDVAL_DIRECTION_TO_MICROSOFT:
        return "calls to Microsoft, and presence that is asked for from the Cisco side";
    case FEDVAL_DIRECTION_FROM_MICROSOFT:
        return "calls from Microsoft, presence that is asked for from there, and the call back";
    case FEDVAL_DIRECTION_TO_MICROSOFT | FEDVAL_DIRECTION_FROM_MICROSOFT:
        return "calls in both directions, presence and the call back";
    default:
        return NULL;
    }
}

void fv_document_append(fv_buf *buf, const fv_document *document, bool has_title)
{
    const char *const parts[] = {document->publisher, ", ", document->key, ", ", document->title};
    for (size_t i = 0; i < (has_title ? 5u : 3u); i++)
        fv_buf_append_text(buf, parts[i]);
    if (document->date != NULL) {
        fv_buf_append_text(buf, " (");
        fv_buf_append_text(buf, document->date);
        fv_buf_append_text(buf, ")");
    }
}

/* Words for parameters that only a report can fill in. What a reader knows himself, such as his
 * domain or a host, stays a placeholder. */
static const fv_param stand_ins[] = {
    {"owner", "_sipfederationtls._tcp.<domain>"},
    {"reference", "the name wanted"},
    {"num_anchors", "whose number the report gives"},
    {"aia_url", "the address is in the certificate (AIA)"},
    {"reported", "what is reported"},
    {"which", "the certificate"},
    {"the_certificate", "the certificate"},
    {"peers", "each peer that shows it"},
    {"the_sender", "the server"},
    {"wanted", "the kind that the report names"},
    {"minimum", "TLS 1.2"},
    {"windows", "the Windows that the report names"},
    {"decision", "where they are at Microsoft, leave the provider's record; else take it out"},
    {"remedy", "mend the fault that the report names"},
    {"view", "the view that the report names"},
    {"fault_code", "the fault that the report names"},
    {"time", "the time of the check"},
    {"not_before", "its time of validity begins"},
    {"not_after", "it ends"},
    {"issuer", "its issuer"},
    {"root", "the root of its chain"},
    {"algorithm", "the algorithm that the report names"},
    {"purpose", "for which the certificate is judged"},
    {"oid", "that the report names"},
    {"max", "as many as the CAs of the chain allow:"},
    {"order", "that begins with the server's certificate"},
    {"end_entity", "the server's certificate"},
    {"missing", "the name that is missing"},
    {"names", "the names that are missing"},
    {"limit", "that the report names"},
    {"value", "the limit"},
    {"standby", "the standby"},
    {"other", "the other domain"},
    {"other_answer", "the same answer from all"},
    {"alias", "the name to which the alias leads"},
    {"peer", "the peer"},
    {"client", "the caller"},
};

static const char *stand_in(fv_text key)
{
    for (size_t i = 0; i < sizeof(stand_ins) / sizeof(stand_ins[0]); i++) {
        if (fv_text_equal(key, fv_text_of(stand_ins[i].key)))
            return stand_ins[i].value;
    }
    return NULL;
}

static void append_stand_in(fv_buf *buf, fv_text key)
{
    const char *known = stand_in(key);
    if (known != NULL) {
        fv_buf_append_text(buf, known);
        return;
    }
    fv_buf_append_char(buf, '<');
    for (size_t i = 0; i < key.len; i++)
        fv_buf_append_char(buf, key.data[i] == '_' ? ' ' : key.data[i]);
    fv_buf_append_char(buf, '>');
}

void fv_template_append_shown(fv_buf *buf, const char *text)
{
    for (; text != NULL && *text != '\0'; text++) {
        const char *end = fv_template_is_key(text) ? strchr(text, '}') : NULL;
        if (end == NULL) {
            fv_buf_append_char(buf, *text);
            continue;
        }
        append_stand_in(buf, (fv_text){text + 1, (size_t)(end - text) - 1});
        text = end;
    }
}

/* ---- for everybody ---- */

fedval_status fedval_topic_code_to_text(size_t topic, char **out_text, size_t *out_len)
{
    fv_topic here;
    fv_buf code;
    if (out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_topic_at(topic, &here) || here.kind == FEDVAL_TOPIC_SENTENCE)
        return FEDVAL_ERROR_NOT_FOUND;
    fv_buf_init(&code);
    fv_topic_append_code(&code, &here);
    return fv_buf_hand_over(&code, out_text, out_len);
}

fedval_status fedval_template_to_text(const char *text, size_t text_len, char **out_text,
                                      size_t *out_len)
{
    fv_buf given, shown;
    if (text == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_text all = fv_text_given(text, text_len);
    fv_buf_init(&given);
    fv_buf_init(&shown);
    fv_buf_append(&given, all.data, all.len);
    fv_template_append_shown(&shown, given.failed ? "" : given.data);
    shown.failed = shown.failed || given.failed;
    fv_buf_clear(&given);
    return fv_buf_hand_over(&shown, out_text, out_len);
}
