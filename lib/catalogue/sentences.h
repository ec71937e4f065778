/* What OpenSSL and Expressway write when a handshake fails. */
#ifndef FV_CATALOGUE_SENTENCES_H
#define FV_CATALOGUE_SENTENCES_H

#include "catalogue/symptom_codes.h"

typedef struct fv_sentence {
    const char *key; /* looked for in a text without its blanks; the first that is found counts */
    const char *written;   /* as it is met */
    uint32_t inbound;      /* FEDVAL_FINDING_ where the peer called: it is the TLS client */
    uint32_t outbound;     /* FEDVAL_FINDING_ where the side that logs it called */
    const char *basis;     /* what the finding is inferred from; NULL: the text states it */
    uint32_t kind, number; /* the code that it puts into words; 0: none */
    const char *meaning;   /* one line for people; NULL: the code's */
} fv_sentence;

/* What is said of handshakes that failed, and of nothing else. */
extern const fv_sentence fv_sentences[];
extern const size_t fv_num_sentences;
/* What is said of healthy connections too, and so counts only in an event about a handshake. So
 * short that other words hold it ("the size of"): it begins a word. */
extern const fv_sentence fv_event_sentences[];
extern const size_t fv_num_event_sentences;
/* What says that something failed, and not what: never a reason. */
extern const fv_sentence fv_open_sentences[];
extern const size_t fv_num_open_sentences;

#endif
