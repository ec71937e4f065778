#include "render/text/redact_words.h"

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

/* Whether a word stands in a text, as a whole. */
static bool holds(const char *text, fv_text word)
{
    if (text == NULL)
        return false;
    for (const char *at = text; *at != '\0';) {
        const char *from = at;
        while (*at != '\0' && is_word_character(*at))
            at++;
        size_t len = (size_t)(at - from);
        if (len == word.len && fv_text_equal_nocase((fv_text){from, len}, word))
            return true;
        /* A full stop at its end belongs to the sentence. */
        if (len == word.len + 1 && from[len - 1] == '.' &&
            fv_text_equal_nocase((fv_text){from, len - 1}, word))
            return true;
        at += *at != '\0';
    }
    return false;
}

static bool is_in_entry(const fedval_catalogue_entry *entry, fv_text word)
{
    for (size_t i = 0; i < entry->num_symptoms; i++) {
        if (holds(entry->symptoms[i].text, word) || holds(entry->symptoms[i].name, word))
            return true;
    }
    return holds(entry->meaning, word) || holds(entry->message, word);
}

static bool is_in_codes(fv_text word)
{
    for (size_t i = 0; i < fv_symptom_code_count(); i++) {
        const fv_symptom_code *code = fv_symptom_code_get(i);
        if (holds(code->name, word) || holds(code->meaning, word))
            return true;
    }
    for (size_t i = 0; i < fv_num_edge_texts; i++) {
        if (holds(fv_edge_texts[i].text, word))
            return true;
    }
    return false;
}

static bool is_in_sentences(const fv_sentence *sentences, size_t count, fv_text word)
{
    for (size_t i = 0; i < count; i++) {
        if (holds(sentences[i].written, word))
            return true;
    }
    return false;
}

bool fv_redact_is_common(fv_text word)
{
    for (size_t i = 0; i < COUNT(more); i++) {
        if (holds(more[i], word))
            return true;
    }
    if (is_in_codes(word) || is_in_sentences(fv_sentences, fv_num_sentences, word) ||
        is_in_sentences(fv_event_sentences, fv_num_event_sentences, word) ||
        is_in_sentences(fv_open_sentences, fv_num_open_sentences, word))
        return true;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        if (is_in_entry(fedval_catalogue_get(i), word))
            return true;
    }
    return false;
}
