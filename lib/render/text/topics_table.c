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

/* Ranges are in the order of their kinds and numbers. The catalogue has a narrow one before a wider
 * one around it, because there the first that fits is the one that people see. */
static bool is_before(const fv_range *a, const fv_range *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind;
    return a->from != b->from ? a->from < b->from : a->to > b->to;
}

/* Finds the range that follows `last`; NULL: the first. */
static bool find_range(const fv_range *last, fv_topic *out)
{
    const fv_range *next = NULL;
    fv_topic topic;
    for (size_t i = 0; fv_topic_at(i, &topic); i++) {
        if (topic.kind != FEDVAL_TOPIC_RANGE || (last != NULL && !is_before(last, topic.range)) ||
            (next != NULL && !is_before(topic.range, next)))
            continue;
        next = topic.range;
        *out = topic;
    }
    return next != NULL;
}

static void put_ranges(fv_out *out)
{
    fv_topic topic;
    for (const fv_range *last = NULL; find_range(last, &topic); last = topic.range)
        put_line(out, &topic);
}

static void put_kind(fv_out *out, uint32_t kind)
{
    fv_topic topic;
    if (kind != FEDVAL_TOPIC_FINDING)
        fv_out_newline(out);
    fv_out_styled(out, FV_BOLD, headings[kind]);
    fv_out_newline(out);
    if (kind == FEDVAL_TOPIC_RANGE) {
        put_ranges(out);
        return;
    }
    for (size_t i = 0; fv_topic_at(i, &topic); i++) {
        if (topic.kind == kind)
            put_line(out, &topic);
    }
}

/* Puts "HRESULTs of Windows: 42, such as 0x80090322  SEC_E_WRONG_PRINCIPAL". */
static void put_summary(fv_out *out, uint32_t kind)
{
    fv_topic topic, first = {0};
    size_t count = 0;
    for (size_t i = 0; fv_topic_at(i, &topic); i++) {
        if (topic.kind == kind && count++ == 0)
            first = topic;
    }
    fv_out_styled(out, FV_BOLD, headings[kind]);
    fv_out_text(out, ": ");
    fv_out_u64(out, count);
    fv_out_text(out, ", such as ");
    put_name(out, &first);
    fv_out_newline(out);
}

fedval_status fedval_topics_to_text(uint32_t is_long, const fedval_text_options *options,
                                    char **out_text, size_t *out_len)
{
    fv_out out;
    if (out_text == NULL || is_long > 1)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_out_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    for (uint32_t kind = FEDVAL_TOPIC_FINDING; kind <= FEDVAL_TOPIC_RANGE; kind++)
        (is_long != 0 ? put_kind : put_summary)(&out, kind);
    return fv_out_finish(&out, out_text, out_len);
}
