/* "fedval-explanation/1": the meaning of a code, an id or a sentence. */
#include "catalogue/topic_label.h"
#include "fedval/render.h"
#include "render/json/json.h"

#define MOST_TOPICS 16

static void put_causes(fv_json *json, const fv_topic *topic)
{
    fv_json_array(json, "causes");
    for (size_t i = 0; i < topic->num_causes; i++) {
        const fv_cause *cause = &topic->causes[i];
        fv_json_object(json, NULL);
        fv_json_text(json, "finding", fedval_finding_code_to_string(cause->finding));
        fv_json_text(json, "likelihood", fedval_likelihood_to_string(cause->likelihood));
        fv_json_text(json, "when", cause->when);
        fv_json_end(json);
    }
    fv_json_end(json);
}

static void put_place(fv_json *json, const fv_look *place)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "id", place->id);
    fv_json_text(json, "product", place->product);
    fv_json_text(json, "page", place->page);
    fv_json_text(json, "more", place->more);
    fv_json_end(json);
}

static void put_places(fv_json *json, const fv_topic *topic)
{
    fv_json_array(json, "look");
    for (size_t i = 0; i < fv_num_looks; i++) {
        if ((topic->look & fv_looks[i].bit) != 0)
            put_place(json, &fv_looks[i]);
    }
    fv_json_end(json);
}

static void put_document(fv_json *json, uint32_t number)
{
    const fv_document *document = fv_document_get(number);
    if (document == NULL) {
        fv_json_null(json, "document");
        return;
    }
    fv_json_object(json, "document");
    fv_json_text(json, "publisher", document->publisher);
    fv_json_text(json, "title", document->title);
    fv_json_text(json, "key", document->key);
    fv_json_text(json, "date", document->date);
    fv_json_end(json);
}

static void put_code(fv_json *json, const fv_topic *topic)
{
    fv_buf code;
    fv_buf_init(&code);
    fv_topic_append_code(&code, topic);
    fv_json_text(json, "code", code.len > 0 ? code.data : NULL);
    json->buf.failed = json->buf.failed || code.failed;
    fv_buf_clear(&code);
}

/* What an advice names of an incident is shown as what it stands for. */
static void put_advice(fv_json *json, const fv_topic *topic)
{
    fv_buf advice;
    fv_buf_init(&advice);
    fv_template_append_shown(&advice, topic->advice);
    fv_json_text(json, "advice", topic->advice != NULL ? advice.data : NULL);
    json->buf.failed = json->buf.failed || advice.failed;
    fv_buf_clear(&advice);
}

static void put_topic(fv_json *json, const fv_topic *topic)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "kind", fedval_topic_to_string(topic->kind));
    put_code(json, topic);
    fv_json_text(json, "name", topic->name);
    fv_json_text(json, "meaning", topic->meaning);
    fv_json_text(json, "certainty", fedval_certainty_to_string(topic->certainty));
    fv_json_text(json, "finding", fedval_finding_code_to_string(topic->finding));
    put_causes(json, topic);
    put_advice(json, topic);
    fv_json_text(json, "text", topic->concept != NULL ? topic->concept->text : NULL);
    fv_json_text(json, "unsure", topic->concept != NULL ? topic->concept->unsure : NULL);
    put_places(json, topic);
    fv_json_text(json, "source", topic->entry != NULL ? topic->entry->source : NULL);
    put_document(json, topic->document);
    fv_json_end(json);
}

/* The text that the caller asked about, cut to one line, because anything may be pasted in. */
static void put_asked(fv_json *json, const char *text, size_t text_len)
{
    fv_buf asked;
    fv_text cut = fv_text_cut(fv_text_given(text, text_len), 200);
    fv_buf_init(&asked);
    fv_buf_append(&asked, cut.data, cut.len);
    fv_buf_append_text(&asked, "");
    fv_json_text(json, "asked", asked.len > 0 ? asked.data : "");
    json->buf.failed = json->buf.failed || asked.failed;
    fv_buf_clear(&asked);
}

fedval_status fedval_explanation_to_json(const char *text, size_t text_len, char **out_json,
                                         size_t *out_len, uint32_t *out_answer)
{
    size_t topics[MOST_TOPICS], count;
    uint32_t answer;
    fv_topic topic;
    fv_json json;
    if (text == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    (void)fedval_topics_find(text, text_len, MOST_TOPICS, topics, &count, &answer);
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "format", "fedval-explanation/1");
    put_asked(&json, text, text_len);
    fv_json_text(&json, "answer", fedval_answer_to_string(answer));
    fv_json_array(&json, "topics");
    for (size_t i = 0; i < count && fv_topic_at(topics[i], &topic); i++)
        put_topic(&json, &topic);
    fv_json_end(&json);
    fv_json_end(&json);
    fedval_status status = fv_json_finish(&json, out_json, out_len);
    if (status == FEDVAL_OK && out_answer != NULL)
        *out_answer = answer;
    return status;
}
