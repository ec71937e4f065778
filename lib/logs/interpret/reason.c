#include "logs/interpret/reason.h"

static bool begins_word(const fv_sight *sight, size_t pos)
{
    return fv_sight_gap(sight, pos) != FV_GAP_NONE || !fv_ascii_is_alnum(sight->text[pos - 1]);
}

static bool is_said(const fv_sight *sight, fv_span text, const char *words, bool as_word)
{
    size_t at = fv_sight_find(sight, text, words);
    while (as_word && at < text.to && at > text.from && !begins_word(sight, at))
        at = fv_sight_find(sight, (fv_span){at + 1, text.to}, words);
    return at < text.to;
}

static const fv_sentence *find(const fv_sight *sight, fv_span text, const fv_sentence *table,
                               size_t num_sentences, bool as_word)
{
    for (size_t i = 0; i < num_sentences; i++) {
        if (is_said(sight, text, table[i].key, as_word))
            return &table[i];
    }
    return NULL;
}

const fv_sentence *fv_reason_find(const fv_sight *sight, fv_span text, bool is_event)
{
    const fv_sentence *found = find(sight, text, fv_sentences, fv_num_sentences, false);
    if (found == NULL && is_event)
        found = find(sight, text, fv_event_sentences, fv_num_event_sentences, true);
    return found;
}
