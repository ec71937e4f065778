/* A topic for people: its meaning, its causes and how likely each is, where to look, and the
 * documents that say so. */
#include "catalogue/topic_label.h"
#include "render/text/symptom_text.h"

#include <string.h>

#define LABEL_COLUMN 10
#define CAUSE_COLUMN 14
#define WHEN_COLUMN 40
#define MOST_TOPICS 16
#define SHORT_CAUSES 3
#define SHORT_PLACES 1
#define PLACES_OF_BOTH 2 /* a code that the client shows and the servers log, too */

typedef struct topic_writer {
    fv_out out;
    bool is_long;
} topic_writer;

/* For each kind of topic: the word before a code, the name of the kind, and the place where people
 * meet the code. */
static const struct {
    const char *before;
    const char *what;
    const char *met;
} kind_texts[] = {
    [FEDVAL_TOPIC_REQUIREMENT] = {"", "a requirement", NULL},
    [FEDVAL_TOPIC_PROFILE] = {"", "a profile: whose rules judge", NULL},
    [FEDVAL_TOPIC_MS_DIAGNOSTICS] =
        {"", "an id of ms-diagnostics",
         "in the log of the Microsoft client, of the Edge, and in answers to Expressway"},
    [FEDVAL_TOPIC_EDGE_RESULT] = {"", "a result of the Edge's SIP stack", "in the Edge's trace"},
    [FEDVAL_TOPIC_HRESULT] = {"", "an HRESULT of Windows",
                              "beside ms-diagnostics 1010 and 1047, and in events of the Edge"},
    [FEDVAL_TOPIC_WINSOCK] = {"winsock ", "a socket error of Windows",
                              "beside ms-diagnostics 1046 and 1047"},
    [FEDVAL_TOPIC_WINDOWS_EVENT] = {"event ", "an event of the Microsoft server",
                                    "in its event logs"},
    [FEDVAL_TOPIC_SIP_STATUS] = {"SIP ", "the status of a SIP response",
                                 "in every log, and in Expressway's search history"},
    [FEDVAL_TOPIC_TLS_ALERT] = {"TLS alert ", "sent by the side that ends the handshake",
                                "in Expressway's log, and in Schannel events 36887 and 36888"},
    [FEDVAL_TOPIC_OPENSSL_VERIFY] = {"verify error ", "OpenSSL about a peer's certificate",
                                     "in Expressway's log"},
    [FEDVAL_TOPIC_SENTENCE] = {"", "written in a log", NULL},
    [FEDVAL_TOPIC_PLACE] = {"", "where to look", NULL},
    [FEDVAL_TOPIC_RANGE] = {"", "a range of ", NULL},
};

/* What the numbers of a range are. */
static const char *const numbers[FV_NUM_SYMPTOM_KINDS] = {
    [FV_SYMPTOM_MS_DIAGNOSTICS] = "ids of ms-diagnostics",
    [FV_SYMPTOM_EDGE_RESULT] = "results of the Edge's SIP stack",
    [FV_SYMPTOM_HRESULT] = "HRESULTs of Windows",
    [FV_SYMPTOM_WINSOCK] = "socket errors of Windows",
    [FV_SYMPTOM_WINDOWS_EVENT] = "events of the Microsoft server",
    [FV_SYMPTOM_SIP_STATUS] = "SIP statuses",
    [FV_SYMPTOM_TLS_ALERT] = "TLS alerts",
    [FV_SYMPTOM_OPENSSL_VERIFY] = "OpenSSL's errors about a peer's certificate",
};

static void put_label(fv_out *out, const char *label)
{
    fv_out_text(out, "  ");
    fv_out_text(out, label);
    fv_out_pad(out, LABEL_COLUMN);
}

static void put_prose(fv_out *out, const char *label, const char *text)
{
    fv_buf shown;
    if (text == NULL)
        return;
    fv_buf_init(&shown);
    fv_template_append_shown(&shown, text);
    put_label(out, label);
    fv_out_prose(out, shown.failed ? "" : shown.data, LABEL_COLUMN);
    fv_out_newline(out);
    out->buf.failed = out->buf.failed || shown.failed;
    fv_buf_clear(&shown);
}

static const char *certainty_text(uint32_t certainty)
{
    static const char *const words[] = {
        [FEDVAL_CERTAINTY_INFERRED] = "inferred [I]",
        [FEDVAL_CERTAINTY_UNSURE] = "not confirmed by a document [U]",
    };
    return certainty == FEDVAL_CERTAINTY_INFERRED || certainty == FEDVAL_CERTAINTY_UNSURE
               ? words[certainty]
               : NULL;
}

static void put_code(fv_out *out, const fv_topic *topic)
{
    fv_buf code;
    fv_buf_init(&code);
    fv_buf_append_text(&code, kind_texts[topic->kind].before);
    fv_topic_append_code(&code, topic);
    if (!code.failed && code.len > 0)
        fv_out_styled(out, FV_BOLD, code.data);
    out->buf.failed = out->buf.failed || code.failed;
    fv_buf_clear(&code);
}

static bool has_own_name(const fv_topic *topic)
{
    return topic->name != NULL && topic->entry == NULL && topic->concept == NULL &&
           topic->place == NULL;
}

/* "1010  an id of ms-diagnostics; its meaning is inferred [I]" */
static void put_what(fv_out *out, const fv_topic *topic)
{
    const char *doubt = certainty_text(topic->certainty);
    fv_out_text(out, "  ");
    if (topic->range != NULL && topic->range->from == topic->range->to)
        fv_out_text(out, "one of the ");
    else
        fv_out_text(out, kind_texts[topic->kind].what);
    if (topic->range != NULL)
        fv_out_text(out, numbers[topic->range->kind]);
    if (doubt != NULL) {
        fv_out_text(out, "; its meaning is ");
        fv_out_text(out, doubt);
    }
}

static void put_severity(fv_out *out, const fedval_catalogue_entry *entry)
{
    fv_out_text(out, "  ");
    fv_out_text(out, fedval_severity_to_string(entry->severity));
    if (entry->requirement != 0) {
        fv_out_text(out, ", R");
        fv_out_u64(out, entry->requirement);
    }
}

static void put_heading(fv_out *out, const fv_topic *topic)
{
    put_code(out, topic);
    if (has_own_name(topic)) {
        fv_out_text(out, topic->kind == FEDVAL_TOPIC_SENTENCE ? "" : "  ");
        fv_out_styled(out, FV_BOLD, topic->name);
    }
    if (topic->entry != NULL)
        put_severity(out, topic->entry);
    else
        put_what(out, topic);
    fv_out_newline(out);
    fv_out_text(out, "  ");
    fv_out_prose(out, topic->place != NULL ? topic->place->product : topic->meaning, 2);
    fv_out_newline(out);
}

/* ---- causes ---- */

static void put_cause(topic_writer *w, const fv_cause *cause)
{
    fv_out *out = &w->out;
    fv_out_text(out, "  ");
    fv_out_text(out, fedval_likelihood_to_string(cause->likelihood));
    fv_out_pad(out, CAUSE_COLUMN);
    fv_out_text(out, cause->finding != 0 ? fedval_finding_code_to_string(cause->finding)
                                         : "beyond DNS, certificates");
    fv_out_pad(out, WHEN_COLUMN);
    if (w->is_long)
        fv_out_prose(out, cause->when, WHEN_COLUMN);
    else
        fv_out_first_words(out, cause->when);
    fv_out_newline(out);
}

/* A code without causes shows the finding that it stands for. */
static void put_finding(fv_out *out, const fv_topic *topic)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(topic->finding);
    if (entry == NULL || topic->entry != NULL)
        return;
    put_label(out, "means");
    fv_out_text(out, entry->id);
    fv_out_text(out, ": ");
    fv_out_prose(out, entry->meaning, LABEL_COLUMN);
    fv_out_newline(out);
}

static void put_causes(topic_writer *w, const fv_topic *topic)
{
    /* The line that counts the others takes the place of one cause. */
    bool is_cut = !w->is_long && topic->num_causes > SHORT_CAUSES;
    size_t most = is_cut ? SHORT_CAUSES - 1 : topic->num_causes;
    if (topic->num_causes == 0)
        put_finding(&w->out, topic);
    for (size_t i = 0; i < topic->num_causes && i < most; i++)
        put_cause(w, &topic->causes[i]);
    if (is_cut) {
        fv_out_text(&w->out, "  and ");
        fv_out_u64(&w->out, topic->num_causes - most);
        fv_out_text(&w->out, " causes more");
        fv_out_newline(&w->out);
    }
}

/* ---- the entry of a finding ---- */

static void put_entry(topic_writer *w, const fedval_catalogue_entry *entry)
{
    put_prose(&w->out, "breaks", fv_breaks_text(entry));
    if (w->is_long) {
        put_prose(&w->out, "wanted", entry->expected);
        fv_text_symptoms(&w->out, entry->symptoms, entry->num_symptoms);
    }
    put_prose(&w->out, "mend", entry->remedy);
    put_prose(&w->out, "try", fv_out_hint(&w->out, entry->hint));
    if (w->is_long && entry->log_remedy != NULL)
        put_prose(&w->out, "from logs", entry->log_remedy);
}

static void put_concept(fv_out *out, const fv_concept *concept)
{
    put_prose(out, "asks", concept->text);
    put_prose(out, "unknown", concept->unsure);
}

/* ---- where to look, who says so ---- */

static void put_place(topic_writer *w, const fv_look *place)
{
    put_label(&w->out, "look");
    fv_out_text(&w->out, place->product);
    fv_out_text(&w->out, ": ");
    fv_out_prose(&w->out, place->page, LABEL_COLUMN);
    if (w->is_long && place->more != NULL) {
        fv_out_text(&w->out, ".");
        fv_out_more_prose(&w->out, place->more, LABEL_COLUMN);
    }
    fv_out_newline(&w->out);
}

static size_t most_places(const topic_writer *w, uint32_t kind)
{
    if (w->is_long)
        return fv_num_looks;
    return kind == FEDVAL_TOPIC_HRESULT ? PLACES_OF_BOTH : SHORT_PLACES;
}

static void put_places(topic_writer *w, uint32_t kind, uint32_t look)
{
    size_t most = most_places(w, kind);
    for (size_t i = 0; i < fv_num_looks && most > 0; i++) {
        if ((look & fv_looks[i].bit) == 0)
            continue;
        put_place(w, &fv_looks[i]);
        most--;
    }
}

/* In the short form the title is left out if the key is enough to find the document. */
static void put_document(topic_writer *w, uint32_t number)
{
    const fv_document *document = fv_document_get(number);
    fv_buf shown;
    if (document == NULL)
        return;
    fv_buf_init(&shown);
    fv_document_append(&shown, document, w->is_long || document->needs_title);
    put_prose(&w->out, "source", shown.failed ? "" : shown.data);
    w->out.buf.failed = w->out.buf.failed || shown.failed;
    fv_buf_clear(&shown);
}

static const char *mend_of(const fv_topic *topic)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(topic->finding);
    if (topic->advice != NULL || entry == NULL || topic->entry != NULL)
        return topic->advice;
    return entry->log_remedy != NULL ? entry->log_remedy : entry->remedy;
}

static void put_topic(topic_writer *w, const fv_topic *topic)
{
    put_heading(&w->out, topic);
    if (w->is_long)
        put_prose(&w->out, "seen", kind_texts[topic->kind].met);
    put_causes(w, topic);
    if (topic->entry != NULL)
        put_entry(w, topic->entry);
    if (topic->concept != NULL)
        put_concept(&w->out, topic->concept);
    put_prose(&w->out, "next", mend_of(topic));
    if (topic->place != NULL) {
        put_prose(&w->out, "look", topic->place->page);
        put_prose(&w->out, "how", topic->place->more);
    }
    if (topic->place == NULL)
        put_places(w, topic->kind, topic->look);
    if (topic->entry != NULL && (w->is_long || topic->document == FV_DOCUMENT_NONE))
        put_prose(&w->out, "source", topic->entry->source);
    put_document(w, topic->document);
}

static const char *preface(uint32_t answer)
{
    switch (answer) {
    case FEDVAL_ANSWER_RANGE:
        return "is not known here; whose it is:";
    case FEDVAL_ANSWER_SIMILAR:
        return "is no code that is known here; these hold its words:";
    case FEDVAL_ANSWER_UNKNOWN:
        return "is nothing that is known here";
    default:
        return NULL;
    }
}

static void put_preface(fv_out *out, fv_text asked, uint32_t answer)
{
    if (preface(answer) == NULL)
        return;
    fv_out_run(out, fv_text_cut(asked, 200));
    fv_out_text(out, " ");
    fv_out_prose(out, preface(answer), 0);
    fv_out_newline(out);
}

static void put_topics(topic_writer *w, const size_t *topics, size_t count, uint32_t answer)
{
    bool is_list = answer == FEDVAL_ANSWER_SIMILAR && count > 1;
    fv_topic topic;
    for (size_t i = 0; i < count && fv_topic_at(topics[i], &topic); i++) {
        if (i > 0 && !is_list)
            fv_out_newline(&w->out);
        if (is_list || (i > 0 && !w->is_long))
            put_heading(&w->out, &topic); /* its name and its meaning */
        else
            put_topic(w, &topic);
    }
}

fedval_status fedval_explanation_to_text(const char *text, size_t text_len, uint32_t is_long,
                                         const fedval_text_options *options, char **out_text,
                                         size_t *out_len, uint32_t *out_answer)
{
    topic_writer w = {.is_long = is_long != 0};
    size_t topics[MOST_TOPICS], count;
    uint32_t answer;
    if (text == NULL || out_text == NULL || is_long > 1)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_out_init(&w.out, options);
    if (status != FEDVAL_OK)
        return status;
    (void)fedval_topics_find(text, text_len, MOST_TOPICS, topics, &count, &answer);
    put_preface(&w.out, fv_text_given(text, text_len), answer);
    put_topics(&w, topics, count, answer);
    status = fv_out_finish(&w.out, out_text, out_len);
    if (status == FEDVAL_OK && out_answer != NULL)
        *out_answer = answer;
    return status;
}
