/* A port on one side of a conversation, the bytes of a file on the other, over loopback. The clock
 * is one of our own: when nothing more comes, it goes on to the port's next deadline. */
#ifndef FV_TEST_FUZZ_CONVERSATION_H
#define FV_TEST_FUZZ_CONVERSATION_H

#include "fedval/backend.h"

#include <stdbool.h>

/* The bytes that the peer sends, in pieces. */
typedef struct conversation {
    const uint8_t *data;
    size_t size;
    int listener, udp; /* -1: none */
    uint16_t port;     /* of both */
    int peer;          /* the accepted connection; -1: none */
    bool is_done;
    bool hangs_up;      /* at the end of the input; else it stays silent */
    uint8_t query[512]; /* the last datagram of the port, whose start may be copied into answers */
    size_t query_len;
} conversation;

/* Opens the peer's sockets; they stay open from one input to the next. */
void conversation_open(conversation *self);
/* Takes the next piece of the input: a length of one byte, then as many bytes. False at the end. */
bool conversation_take(conversation *self, const uint8_t **out, size_t *out_len);
/* Asks the port this question, and lets `feed` act for the peer after each step, until the port has
 * its answer. Aborts if it has none at its deadline, or if the fact has no outcome then. */
void conversation_run(conversation *self, fedval_port *port, fedval_fact *fact,
                      void (*feed)(conversation *self));

#endif
