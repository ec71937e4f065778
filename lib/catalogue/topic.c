#include "catalogue/topic.h"

#include "base/code.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const fv_code kinds[] = {
    {FEDVAL_TOPIC_FINDING, "finding"},
    {FEDVAL_TOPIC_REQUIREMENT, "requirement"},
    {FEDVAL_TOPIC_PROFILE, "profile"},
    {FEDVAL_TOPIC_MS_DIAGNOSTICS, "ms-diagnostics"},
    {FEDVAL_TOPIC_EDGE_RESULT, "edge-result"},
    {FEDVAL_TOPIC_HRESULT, "hresult"},
    {FEDVAL_TOPIC_WINSOCK, "winsock"},
    {FEDVAL_TOPIC_WINDOWS_EVENT, "windows-event"},
    {FEDVAL_TOPIC_SIP_STATUS, "sip-status"},
    {FEDVAL_TOPIC_TLS_ALERT, "tls-alert"},
    {FEDVAL_TOPIC_OPENSSL_VERIFY, "openssl-verify"},
    {FEDVAL_TOPIC_SENTENCE, "sentence"},
    {FEDVAL_TOPIC_PLACE, "place"},
    {FEDVAL_TOPIC_RANGE, "range"},
};

static const fv_code likelihoods[] = {
    {FEDVAL_LIKELIHOOD_MOST_OFTEN, "most often"},
    {FEDVAL_LIKELIHOOD_OFTEN, "often"},
    {FEDVAL_LIKELIHOOD_AT_TIMES, "at times"},
    {FEDVAL_LIKELIHOOD_RARELY, "rarely"},
};

static const fv_code answers[] = {
    {FEDVAL_ANSWER_KNOWN, "known"},
    {FEDVAL_ANSWER_RANGE, "range"},
    {FEDVAL_ANSWER_SIMILAR, "similar"},
    {FEDVAL_ANSWER_UNKNOWN, "unknown"},
};

FV_CODE_FUNCTIONS(topic, kinds)
FV_CODE_FUNCTIONS(likelihood, likelihoods)
FV_CODE_FUNCTIONS(answer, answers)

/* ---- one filler for each table ---- */

static void fill_finding(size_t index, fv_topic *out)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_get(index);
    out->kind = FEDVAL_TOPIC_FINDING;
    out->number = entry->code;
    out->name = entry->id;
    out->meaning = entry->meaning;
    out->finding = entry->code;
    out->look = fv_look_of_family(entry->family);
    out->document = entry->document;
    out->entry = entry;
}

static void fill_concept(const fv_concept *concept, fv_topic *out)
{
    out->name = concept->id;
    out->meaning = concept->title;
    out->document = concept->document;
    out->look = concept->look;
    out->concept = concept;
}

static void fill_requirement(size_t index, fv_topic *out)
{
    out->kind = FEDVAL_TOPIC_REQUIREMENT;
    out->number = (uint32_t)index + 1;
    fill_concept(&fv_requirements[index], out);
}

static void fill_profile(size_t index, fv_topic *out)
{
    out->kind = FEDVAL_TOPIC_PROFILE;
    fill_concept(&fv_profiles[index], out);
}

static uint32_t topic_kind_of(uint32_t symptom_kind)
{
    static const uint32_t of[FV_NUM_SYMPTOM_KINDS] = {
        [FV_SYMPTOM_MS_DIAGNOSTICS] = FEDVAL_TOPIC_MS_DIAGNOSTICS,
        [FV_SYMPTOM_EDGE_RESULT] = FEDVAL_TOPIC_EDGE_RESULT,
        [FV_SYMPTOM_HRESULT] = FEDVAL_TOPIC_HRESULT,
        [FV_SYMPTOM_WINSOCK] = FEDVAL_TOPIC_WINSOCK,
        [FV_SYMPTOM_WINDOWS_EVENT] = FEDVAL_TOPIC_WINDOWS_EVENT,
        [FV_SYMPTOM_SIP_STATUS] = FEDVAL_TOPIC_SIP_STATUS,
        [FV_SYMPTOM_TLS_ALERT] = FEDVAL_TOPIC_TLS_ALERT,
        [FV_SYMPTOM_OPENSSL_VERIFY] = FEDVAL_TOPIC_OPENSSL_VERIFY,
    };
    return of[symptom_kind];
}

static void fill_code(size_t index, fv_topic *out)
{
    const fv_symptom_code *code = fv_symptom_code_get(index);
    out->kind = topic_kind_of(code->kind);
    out->number = code->number;
    out->name = code->name;
    out->meaning = code->meaning;
    out->finding = code->finding;
    out->certainty = code->certainty;
    out->document = code->document;
    out->causes = code->causes;
    out->num_causes = code->num_causes;
    out->advice = code->advice;
    out->look = fv_look_of_kind(code->kind);
}

static void fill_edge_text(size_t index, fv_topic *out)
{
    const fv_edge_text *text = &fv_edge_texts[index];
    out->kind = FEDVAL_TOPIC_SENTENCE;
    out->name = text->text;
    out->meaning = text->meaning;
    out->finding = text->finding;
    out->certainty = FEDVAL_CERTAINTY_STATED;
    out->document = text->document;
    out->look = fv_look_of_kind(FV_SYMPTOM_EDGE_RESULT);
}

static void fill_sentence(const fv_sentence *sentence, fv_topic *out)
{
    const fv_symptom_code *code = fv_symptom_code_find(sentence->kind, sentence->number);
    out->kind = FEDVAL_TOPIC_SENTENCE;
    out->name = sentence->written;
    out->meaning = code != NULL ? code->meaning : sentence->meaning;
    out->finding = sentence->inbound;
    out->certainty = sentence->basis != NULL ? FEDVAL_CERTAINTY_INFERRED : FEDVAL_CERTAINTY_STATED;
    out->document = FV_DOCUMENT_OPENSSL_ERRORS;
    out->look = fv_look_of_kind(FV_SYMPTOM_OPENSSL_VERIFY);
    if (code != NULL) {
        out->document = code->document;
        out->causes = code->causes;
        out->num_causes = code->num_causes;
        out->advice = code->advice;
    }
}

static void fill_reason(size_t index, fv_topic *out)
{
    fill_sentence(&fv_sentences[index], out);
}

static void fill_event_sentence(size_t index, fv_topic *out)
{
    fill_sentence(&fv_event_sentences[index], out);
}

static void fill_open_sentence(size_t index, fv_topic *out)
{
    fill_sentence(&fv_open_sentences[index], out);
    out->document = FV_DOCUMENT_CISCO_212475;
}

static void fill_place(size_t index, fv_topic *out)
{
    const fv_look *place = &fv_looks[index];
    out->kind = FEDVAL_TOPIC_PLACE;
    out->name = place->id;
    out->meaning = place->page;
    out->document = place->document;
    out->look = place->bit;
    out->place = place;
}

static void fill_range(size_t index, fv_topic *out)
{
    const fv_range *range = &fv_ranges[index];
    out->kind = FEDVAL_TOPIC_RANGE;
    out->number = range->from;
    out->meaning = range->owner;
    out->document = range->document;
    out->advice = range->text;
    out->look = fv_look_of_kind(range->kind);
    out->range = range;
}

/* ---- the numbering ---- */

typedef struct section {
    size_t (*count)(void);
    /* the number of rows, where there is no function that counts them */
    const size_t *num;
    void (*fill)(size_t index, fv_topic *out);
} section;

static const section sections[] = {
    {fedval_catalogue_count, NULL, fill_finding},
    {NULL, &fv_num_requirements, fill_requirement},
    {NULL, &fv_num_profiles, fill_profile},
    {fv_symptom_code_count, NULL, fill_code},
    {NULL, &fv_num_edge_texts, fill_edge_text},
    {NULL, &fv_num_sentences, fill_reason},
    {NULL, &fv_num_event_sentences, fill_event_sentence},
    {NULL, &fv_num_open_sentences, fill_open_sentence},
    {NULL, &fv_num_looks, fill_place},
    {NULL, &fv_num_ranges, fill_range},
};

static size_t count_of(const section *here)
{
    return here->count != NULL ? here->count() : *here->num;
}

size_t fedval_topic_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT(sections); i++)
        count += count_of(&sections[i]);
    return count;
}

size_t fv_topic_of_place(size_t place)
{
    size_t first = 0;
    for (const section *here = sections; here->fill != fill_place; here++)
        first += count_of(here);
    return first + place;
}

bool fv_topic_at(size_t index, fv_topic *out)
{
    *out = (fv_topic){0};
    for (size_t i = 0; i < COUNT(sections); i++) {
        size_t count = count_of(&sections[i]);
        if (index < count) {
            sections[i].fill(index, out);
            return true;
        }
        index -= count;
    }
    return false;
}
