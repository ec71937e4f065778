/* The getters of fedval/topic.h. */
#include "catalogue/topic.h"

uint32_t fedval_topic_get_kind(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) ? here.kind : 0;
}

uint32_t fedval_topic_get_number(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) ? here.number : 0;
}

uint32_t fedval_topic_get_last_number(size_t topic)
{
    fv_topic here;
    if (!fv_topic_at(topic, &here))
        return 0;
    return here.range != NULL ? here.range->to : here.number;
}

const char *fedval_topic_get_name(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) ? here.name : NULL;
}

const char *fedval_topic_get_meaning(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) ? here.meaning : NULL;
}

uint32_t fedval_topic_get_certainty(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) ? here.certainty : 0;
}

uint32_t fedval_topic_get_finding(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) ? here.finding : 0;
}

const char *fedval_topic_get_advice(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) ? here.advice : NULL;
}

const char *fedval_topic_get_text(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) && here.concept != NULL ? here.concept->text : NULL;
}

const char *fedval_topic_get_unsure(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) && here.concept != NULL ? here.concept->unsure : NULL;
}

/* ---- causes ---- */

size_t fedval_topic_count_causes(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) ? here.num_causes : 0;
}

const fedval_cause *fedval_topic_get_cause(size_t topic, size_t index)
{
    fv_topic here;
    return fv_topic_at(topic, &here) && index < here.num_causes ? &here.causes[index] : NULL;
}

uint32_t fedval_cause_get_finding(const fedval_cause *cause)
{
    return cause != NULL ? cause->finding : 0;
}

uint32_t fedval_cause_get_likelihood(const fedval_cause *cause)
{
    return cause != NULL ? cause->likelihood : 0;
}

const char *fedval_cause_get_when(const fedval_cause *cause)
{
    return cause != NULL ? cause->when : NULL;
}

/* ---- places ---- */

size_t fedval_topic_count_places(size_t topic)
{
    fv_topic here;
    size_t count = 0;
    if (!fv_topic_at(topic, &here))
        return 0;
    for (size_t i = 0; i < fv_num_looks; i++)
        count += (here.look & fv_looks[i].bit) != 0;
    return count;
}

size_t fedval_topic_get_place(size_t topic, size_t index)
{
    fv_topic here;
    if (!fv_topic_at(topic, &here))
        return SIZE_MAX;
    for (size_t i = 0; i < fv_num_looks; i++) {
        if ((here.look & fv_looks[i].bit) != 0 && index-- == 0)
            return fv_topic_of_place(i);
    }
    return SIZE_MAX;
}

const char *fedval_topic_get_product(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) && here.place != NULL ? here.place->product : NULL;
}

const char *fedval_topic_get_more(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) && here.place != NULL ? here.place->more : NULL;
}

/* ---- documents ---- */

const fedval_document *fedval_topic_get_document(size_t topic)
{
    fv_topic here;
    return fv_topic_at(topic, &here) ? fv_document_get(here.document) : NULL;
}

const char *fedval_document_get_publisher(const fedval_document *document)
{
    return document != NULL ? document->publisher : NULL;
}

const char *fedval_document_get_title(const fedval_document *document)
{
    return document != NULL ? document->title : NULL;
}

const char *fedval_document_get_key(const fedval_document *document)
{
    return document != NULL ? document->key : NULL;
}

const char *fedval_document_get_date(const fedval_document *document)
{
    return document != NULL ? document->date : NULL;
}
