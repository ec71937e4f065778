/* The sentences that OpenSSL and Expressway write when a handshake fails. */
#ifndef FV_CATALOGUE_SENTENCES_H
#define FV_CATALOGUE_SENTENCES_H

#include "catalogue/symptom_codes.h"

typedef struct fv_sentence {
    /* has no blanks; it is looked for in a text without its blanks, and the first key that is found
     * decides */
    const char *key;
    /* the sentence as a log has it */
    const char *written;
    uint32_t inbound;      /* FEDVAL_FINDING_ where the peer called: it is the TLS client */
    uint32_t outbound;     /* FEDVAL_FINDING_ where the side that logs it called */
    const char *basis;     /* what the finding is inferred from; NULL: the text states it */
    uint32_t kind, number; /* the code that says the same in a number; 0: none */
    const char *meaning;   /* one line for people; NULL: the meaning of that code */
} fv_sentence;

/* Sentences that appear only when a handshake fails. */
extern const fv_sentence fv_sentences[];
extern const size_t fv_num_sentences;
/* Sentences that also appear about healthy connections, so they count only in an event about a
 * handshake. Their keys are so short that they can be part of other words ("the size of"); so a key
 * must begin a word. */
extern const fv_sentence fv_event_sentences[];
extern const size_t fv_num_event_sentences;
/* Sentences that say that something failed, but not why. They never give a reason. */
extern const fv_sentence fv_open_sentences[];
extern const size_t fv_num_open_sentences;

#endif
