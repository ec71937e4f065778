/* Compares the words of a text that is no code with the words of the catalogue. */
#include "catalogue/asked.h"
#include "catalogue/resolve.h"

static bool says(const char *text, fv_text word)
{
    fv_text whole = fv_text_of(text);
    for (size_t i = 0; i + word.len <= whole.len; i++) {
        if (fv_text_starts_nocase(fv_asked_skip(whole, i), word))
            return true;
    }
    return false;
}

static bool is_about(const fv_topic *topic, fv_text word)
{
    if (says(topic->name, word) || says(topic->meaning, word))
        return true;
    if (topic->entry != NULL)
        return says(topic->entry->message, word) || says(topic->entry->remedy, word);
    if (topic->concept != NULL)
        return says(topic->concept->text, word);
    return topic->place != NULL &&
           (says(topic->place->product, word) || says(topic->place->more, word));
}

/* Gives the next word of three or more letters and moves `text` behind it. */
static bool next_word(fv_text *text, fv_text *out)
{
    do {
        while (text->len > 0 && !fv_ascii_is_alnum(text->data[0]))
            *text = fv_asked_skip(*text, 1);
        size_t len = 0;
        while (len < text->len && (fv_ascii_is_alnum(text->data[len]) || text->data[len] == '-'))
            len++;
        *out = (fv_text){text->data, len};
        *text = fv_asked_skip(*text, len);
    } while (out->len > 0 && out->len < 3);
    return out->len > 0;
}

static size_t count_words(fv_text text, const fv_topic *topic)
{
    size_t count = 0;
    fv_text word;
    while (next_word(&text, &word))
        count += topic == NULL || is_about(topic, word);
    return count;
}

void fv_finder_add_similar(fv_finder *self, fv_text text)
{
    size_t best = count_words(text, NULL) / 2 + 1;
    fv_topic topic;
    for (size_t i = 0; fv_topic_at(i, &topic); i++) {
        size_t count = topic.range == NULL ? count_words(text, &topic) : 0;
        if (count < best)
            continue;
        if (count > best)
            self->count = 0;
        best = count;
        fv_finder_add(self, i);
    }
}
