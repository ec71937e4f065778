/* The numbers of OpenSSL's errors, and the sentence of each. */
#include "catalogue/openssl_error.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define SSL_LIBRARY 20u
#define ALERT_REASONS 1000u /* openssl/sslerr.h: SSL_AD_REASON_OFFSET */

/* A reason of openssl/sslerr.h, and the words of openssl errstr for it: the key of the sentence. */
typedef struct reason_key {
    uint32_t reason;
    const char *key;
} reason_key;

static const reason_key reasons[] = {
    {134, "certificateverifyfailed"},
    {155, "httprequest"},
    {156, "httprequest"},
    {191, "noprotocolsavailable"},
    {193, "nosharedcipher"},
    {199, "didnotreturnacertificate"},
    {252, "unknownprotocol"},
    {258, "unsupportedprotocol"},
    {267, "wrongversionnumber"},
    {338, "unsafelegacyrenegotiation"},
    {373, "inappropriatefallback"},
    {396, "versiontoolow"},
};

/* ERR_GET_REASON: OpenSSL 1.x packs library, function and reason, OpenSSL 3 library and reason.
 * Returns 0 if it is no error of OpenSSL's SSL library. */
static uint32_t reason_of(uint64_t number)
{
    if (number > UINT32_MAX)
        return 0;
    if (number >> 24 == SSL_LIBRARY)
        return (uint32_t)(number & 0xfff);
    return number >> 23 == SSL_LIBRARY ? (uint32_t)(number & 0x7fffff) : 0;
}

#define UNEXPECTED_EOF 294u /* openssl/sslerr.h: SSL_R_UNEXPECTED_EOF_WHILE_READING */

const fv_sentence *fv_openssl_error_find_open(uint64_t number)
{
    for (size_t i = 0; reason_of(number) == UNEXPECTED_EOF && i < fv_num_open_sentences; i++) {
        if (strcmp(fv_open_sentences[i].key, "unexpectedeof") == 0)
            return &fv_open_sentences[i];
    }
    return NULL;
}

const fv_sentence *fv_openssl_error_find(uint64_t number)
{
    uint32_t reason = reason_of(number);
    const char *key = NULL;
    for (size_t i = 0; i < COUNT(reasons); i++) {
        if (reasons[i].reason == reason)
            key = reasons[i].key;
    }
    for (size_t i = 0; i < fv_num_sentences; i++) {
        const fv_sentence *sentence = &fv_sentences[i];
        bool is_alert = sentence->kind == FV_SYMPTOM_TLS_ALERT && reason > ALERT_REASONS &&
                        sentence->number == reason - ALERT_REASONS;
        if (is_alert || (key != NULL && strcmp(sentence->key, key) == 0))
            return sentence;
    }
    return NULL;
}
