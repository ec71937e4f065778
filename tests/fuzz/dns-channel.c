/* What a hostile DNS server says over UDP and TCP: the question ends at its deadline, with an
 * outcome. */
#include "conversation.h"
#include "fedval/ldns.h"
#include "fuzz.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* The first byte of a piece: what of the question is put before the rest. */
enum { WITH_ID = 1, WITH_QUESTION = 2 };

/* Writes an answer of the piece; returns its length. */
static size_t write_answer(const conversation *self, const uint8_t *piece, size_t piece_len,
                           uint8_t out[1024])
{
    uint8_t how = piece_len > 0 ? piece[0] : 0;
    size_t len = 0, skip = piece_len > 0 ? 1 : 0;
    if ((how & WITH_QUESTION) != 0 && self->query_len > 12) {
        len = self->query_len - 11; /* without the OPT record, which comes last */
        memcpy(out, self->query, len);
        out[2] |= 0x80;
        out[10] = out[11] = 0;
        if (piece_len > skip)
            out[3] = piece[skip++];
        if (piece_len > skip)
            out[7] = piece[skip++];
        if (piece_len > skip)
            out[2] |= piece[skip++] & 0x06;
    } else if ((how & WITH_ID) != 0) {
        memcpy(out, self->query, 2);
        len = 2;
    }
    memcpy(out + len, piece + skip, piece_len - skip);
    return len + piece_len - skip;
}

static void feed(conversation *self)
{
    struct sockaddr_in from;
    socklen_t from_len = sizeof(from);
    uint8_t answer[1024];
    const uint8_t *piece;
    size_t piece_len;
    ssize_t got = recvfrom(self->udp, self->query, sizeof(self->query), 0, (struct sockaddr *)&from,
                           &from_len);
    if (got > 23 && conversation_take(self, &piece, &piece_len)) {
        self->query_len = (size_t)got;
        size_t len = write_answer(self, piece, piece_len, answer);
        (void)sendto(self->udp, answer, len, 0, (const struct sockaddr *)&from, from_len);
    }
    if (self->peer >= 0 && conversation_take(self, &piece, &piece_len))
        (void)send(self->peer, piece, piece_len, MSG_NOSIGNAL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static conversation self;
    static fedval_port *port;
    fedval_fact *fact = NULL;
    char address[32];
    if (port == NULL) {
        conversation_open(&self);
        snprintf(address, sizeof(address), "127.0.0.1:%u", (unsigned)self.port);
        if (fedval_ldns_resolver_new(address, FEDVAL_NUL_ENDED, NULL, &port, NULL) != FEDVAL_OK)
            abort();
    }
    self.data = data;
    self.size = size;
    self.is_done = false;
    self.query_len = 0;
    if (fedval_fact_new_dns("_sipfederationtls._tcp.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV,
                            0, &fact) != FEDVAL_OK)
        abort();
    conversation_run(&self, port, fact, feed);
    fedval_fact_free(fact);
    return 0;
}
