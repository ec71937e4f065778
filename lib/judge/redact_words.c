#include "judge/redact_words.h"

#include "base/hash.h"
#include "catalogue/catalogue.h"
#include "catalogue/sentences.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Words that the products use in their texts, and that no text of the catalogue has. */
static const char *const more[] = {
    "TLS negotiation failed no match results unable to resolve DNS SRV record A hostname query "
    "server time out timeout gateway unavailable service internal error previous hop federated "
    "peer did not report diagnostic information call leg replaced responded with routed response "
    "request progress failure failed network disconnected connection could be established client "
    "side general processing action initiated by user missing reason phrase policy forbidden "
    "temporarily domain domains message in the same of or and is are from to at for on an a it",
    "RTC TANDBERG CMS Cisco Microsoft UCCAPI Lync Skype Teams SSL TLSv1 TLSv1.1 TLSv1.2 TLSv1.3 "
    "INVITE ACK BYE CANCEL OPTIONS REGISTER SUBSCRIBE NOTIFY SERVICE INFO MESSAGE UPDATE PRACK "
    "REFER "
    "PUBLISH BENOTIFY NEGOTIATE SSLv3 sslv3 tlsv1 SIP OpenSSL Expressway-C Expressway-E",
};

static bool is_word_character(char c)
{
    return fv_ascii_is_alnum(c) || c == '-' || c == '_' || c == '.' || (uint8_t)c >= 0x80;
}

/* ---- every text of the catalogue ---- */

typedef void take_text(fv_common_words *words, const char *text);

static void each_of_entries(fv_common_words *words, take_text *take)
{
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        for (size_t k = 0; k < entry->num_symptoms; k++) {
            take(words, entry->symptoms[k].text);
            take(words, entry->symptoms[k].name);
        }
        take(words, entry->meaning);
        take(words, entry->message);
    }
}

static void each_of_sentences(fv_common_words *words, take_text *take, const fv_sentence *sentences,
                              size_t count)
{
    for (size_t i = 0; i < count; i++)
        take(words, sentences[i].written);
}

static void each_text(fv_common_words *words, take_text *take)
{
    for (size_t i = 0; i < COUNT(more); i++)
        take(words, more[i]);
    for (size_t i = 0; i < fv_symptom_code_count(); i++) {
        take(words, fv_symptom_code_get(i)->name);
        take(words, fv_symptom_code_get(i)->meaning);
    }
    for (size_t i = 0; i < fv_num_edge_texts; i++)
        take(words, fv_edge_texts[i].text);
    each_of_sentences(words, take, fv_sentences, fv_num_sentences);
    each_of_sentences(words, take, fv_event_sentences, fv_num_event_sentences);
    each_of_sentences(words, take, fv_open_sentences, fv_num_open_sentences);
    each_of_entries(words, take);
}

/* ---- their words, in a table ---- */

/* Returns the slot of the word, or the empty one where it belongs. */
static fv_text *find_slot(const fv_common_words *words, fv_text word)
{
    uint64_t hash =
        fv_hash_bytes(FV_HASH_SEED, (fv_bytes){(const uint8_t *)word.data, word.len}, 0x20);
    for (size_t at = (size_t)hash;; at++) {
        fv_text *slot = &words->slots[at & words->mask];
        if (slot->data == NULL || fv_text_equal_nocase(*slot, word))
            return slot;
    }
}

static void put_word(fv_common_words *words, fv_text word)
{
    if (words->slots == NULL)
        words->num_words++; /* to know how many slots there have to be */
    else
        *find_slot(words, word) = word;
}

static void put_text(fv_common_words *words, const char *text)
{
    for (const char *at = text; at != NULL && *at != '\0';) {
        const char *from = at;
        while (*at != '\0' && is_word_character(*at))
            at++;
        size_t len = (size_t)(at - from);
        put_word(words, (fv_text){from, len});
        /* A full stop at its end belongs to the sentence. */
        if (len > 0 && from[len - 1] == '.')
            put_word(words, (fv_text){from, len - 1});
        at += *at != '\0';
    }
}

static bool make(fv_common_words *words, fv_arena *arena)
{
    size_t num_slots = 1;
    words->num_words = 0;
    each_text(words, put_text);
    while (num_slots < 2 * words->num_words)
        num_slots *= 2;
    words->slots = fv_arena_alloc_array(arena, num_slots, sizeof(*words->slots));
    if (words->slots == NULL)
        return false;
    words->mask = num_slots - 1;
    each_text(words, put_text);
    return true;
}

static bool is_whole_word(fv_text word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (!is_word_character(word.data[i]))
            return false;
    }
    return true;
}

bool fv_redact_is_common(fv_common_words *words, fv_arena *arena, fv_text word)
{
    if (!is_whole_word(word) || (words->slots == NULL && !make(words, arena)))
        return false;
    return find_slot(words, word)->data != NULL;
}

/* ---- the words of a text ---- */

bool fv_redact_is_mark(char c)
{
    return strchr(" \t\r\n\"'()<>,;=|/", c) != NULL;
}

size_t fv_redact_end_of_word(fv_text text, size_t from)
{
    size_t end = from;
    while (end < text.len && !fv_redact_is_mark(text.data[end]))
        end++;
    while (end > from + 1 && (text.data[end - 1] == '.' || text.data[end - 1] == ':'))
        end--;
    return end;
}
