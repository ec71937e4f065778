/* What a hostile TLS server says to a prober: the probe ends at its deadline, with an outcome. */
#include "conversation.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static fedval_port *new_prober(void);

/* The server's bytes as they are, in pieces; after the last one it hangs up or stays silent. */
static void feed(conversation *self)
{
    const uint8_t *piece;
    size_t piece_len;
    if (self->peer < 0)
        return;
    if (conversation_take(self, &piece, &piece_len))
        (void)send(self->peer, piece, piece_len, MSG_NOSIGNAL);
    else if (self->hangs_up)
        (void)shutdown(self->peer, SHUT_WR);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static conversation self;
    static fedval_port *port;
    fedval_fact *fact = NULL;
    uint8_t how = size > 0 ? data[0] : 0;
    if (port == NULL) {
        conversation_open(&self);
        port = new_prober();
    }
    self.data = data + (size > 0 ? 1 : 0);
    self.size = size - (size > 0 ? 1 : 0);
    self.is_done = false;
    self.hangs_up = (how & 1) != 0;
    if (fedval_fact_new_look("expe.example.com", FEDVAL_NUL_ENDED, "127.0.0.1", FEDVAL_NUL_ENDED,
                             self.port, (uint32_t)(how >> 1) % 6, &fact) != FEDVAL_OK)
        abort();
    conversation_run(&self, port, fact, feed);
    fedval_fact_free(fact);
    return 0;
}
