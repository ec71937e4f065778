/* All topics, one on each line. */
#include "catalogue/topic_label.h"
#include "render/text/out.h"

#define CODE_COLUMN 34

static const char *const headings[] = {
    [FEDVAL_TOPIC_FINDING] = "findings",
    [FEDVAL_TOPIC_REQUIREMENT] = "requirements",
    [FEDVAL_TOPIC_PROFILE] = "profiles",
    [FEDVAL_TOPIC_MS_DIAGNOSTICS] = "ms-diagnostics, in the Microsoft client's and Edge's logs",
    [FEDVAL_TOPIC_EDGE_RESULT] = "results of the Edge's SIP stack",
    [FEDVAL_TOPIC_HRESULT] = "HRESULTs of Windows",
    [FEDVAL_TOPIC_WINSOCK] = "winsock errors",
    [FEDVAL_TOPIC_WINDOWS_EVENT] = "Windows events",
    [FEDVAL_TOPIC_SIP_STATUS] = "SIP statuses",
    [FEDVAL_TOPIC_TLS_ALERT] = "TLS alerts",
    [FEDVAL_TOPIC_OPENSSL_VERIFY] = "OpenSSL, and so Expressway, about certificates",
    [FEDVAL_TOPIC_SENTENCE] = "sentences in logs",
    [FEDVAL_TOPIC_PLACE] = "where to look",
    [FEDVAL_TOPIC_RANGE] = "whose numbers are whose",
};

static void put_name(fv_out *out, const fv_topic *topic)
{
    fv_buf code;
    fv_buf_init(&code);
    fv_topic_append_code(&code, topic);
    fv_out_text(out, code.failed ? "" : code.data);
    out->buf.failed = out->buf.failed || code.failed;
    if (topic->name != NULL && (code.len == 0 || code.data == NULL || topic->certainty != 0)) {
        fv_out_text(out, code.len == 0 ? "" : "  ");
        fv_out_text(out, topic->name);
    }
    fv_buf_clear(&code);
}

static void put_line(fv_out *out, const fv_topic *topic)
{
    fv_out_text(out, "  ");
    put_name(out, topic);
    fv_out_text(out, " "); /* apart even if the name is wider than its column */
    fv_out_pad(out, CODE_COLUMN);
    fv_out_first_words(out, topic->meaning);
    fv_out_newline(out);
}

static void put_kind(fv_out *out, uint32_t kind)
{
    fv_topic topic;
    bool is_first = kind != FEDVAL_TOPIC_FINDING;
    if (is_first)
        fv_out_newline(out);
    fv_out_styled(out, FV_BOLD, headings[kind]);
    fv_out_newline(out);
    for (size_t i = 0; fv_topic_at(i, &topic); i++) {
        if (topic.kind == kind)
            put_line(out, &topic);
    }
}

fedval_status fedval_topics_to_text(const fedval_text_options *options, char **out_text,
                                    size_t *out_len)
{
    fv_out out;
    if (out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_out_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    for (uint32_t kind = FEDVAL_TOPIC_FINDING; kind <= FEDVAL_TOPIC_RANGE; kind++)
        put_kind(&out, kind);
    return fv_out_finish(&out, out_text, out_len);
}
