#include "backends/probe/connection.h"

#include "backends/probe/socket.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOCAL_RETRY_MS 100
#define FIRST_READ_MS 300
#define LISTEN_MS 300
#define VERDICT_MS 2000 /* a server that is shown a certificate may have to look it up */
#define BANNER_MS 2000
#define DRAIN_MS 500
#define DRAIN_READS 16
#define OPTIONS_MS 5000
#define TLS_1_3 0x0304

static uint32_t wait_for(uint32_t events, uint32_t *out_events)
{
    *out_events = events;
    return 0;
}

static void enter(fv_connection *connection, fv_phase phase, int64_t until_ms)
{
    connection->phase = phase;
    connection->phase_deadline_ms = until_ms;
}

/* ---- inside TLS ---- */

static uint32_t begin_options(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    connection->sip = calloc(1, sizeof(*connection->sip));
    if (connection->sip == NULL ||
        !fv_sip_begin(connection->sip, fedval_question_get_host(connection->question),
                      connection->io.fd))
        return FEDVAL_OUTCOME_HANDSHAKE;
    enter(connection, FV_PHASE_OPTIONS, now_ms + OPTIONS_MS);
    return fv_connection_advance(connection, now_ms, out_events);
}

/* In TLS 1.3 the refusal of a client comes one way after its last message. */
static int64_t verdict_time(const fv_connection *connection)
{
    return 2 * connection->way_ms + (connection->engine->has_identity ? VERDICT_MS : FIRST_READ_MS);
}

/* A mail server and others speak first, where a SIP server waits for a request. */
static uint32_t begin_listen(fv_connection *connection, fv_phase phase, int64_t now_ms,
                             int64_t wait_ms, uint32_t *out_events)
{
    connection->sip = calloc(1, sizeof(*connection->sip));
    if (connection->sip == NULL)
        return phase == FV_PHASE_LISTEN ? FEDVAL_OUTCOME_HANDSHAKE : FEDVAL_OUTCOME_LOCAL;
    connection->sip->is_sent = connection->sip->is_greeting = true;
    enter(connection, phase, now_ms + wait_ms);
    return fv_connection_advance(connection, now_ms, out_events);
}

/* The first look alone waits for a greeting: other looks would hear the same. */
static uint32_t handshake_done(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    uint32_t look = fedval_question_get_look(connection->question);
    connection->is_up = true;
    if (fv_flight_shuts_out(&connection->io.tee) != NULL)
        return FEDVAL_OUTCOME_VIOLATION;
    if (look == FEDVAL_LOOK_OPTIONS)
        return begin_options(connection, now_ms, out_events);
    if (fv_tls_tee_version(&connection->io.tee) == TLS_1_3 &&
        fv_connection_was_asked(connection) != 0) {
        return begin_listen(connection, FV_PHASE_FIRST_READ, now_ms, verdict_time(connection),
                            out_events);
    }
    if (look != FEDVAL_LOOK_ANY)
        return FEDVAL_OUTCOME_HANDSHAKE;
    return begin_listen(connection, FV_PHASE_LISTEN, now_ms, 2 * connection->way_ms + LISTEN_MS,
                        out_events);
}

/* A server that ends the connection after a complete handshake is not at fault. An alert means that
 * it refuses us. */
static uint32_t read_ended(fv_connection *connection, fv_progress progress)
{
    if (progress != FV_PROGRESS_REFUSED)
        return FEDVAL_OUTCOME_HANDSHAKE;
    connection->failure = progress;
    enter(connection, FV_PHASE_FIRST_READ, INT64_MAX);
    return fv_connection_failure(connection);
}

static fv_progress exchange(fv_connection *connection)
{
    fv_sip_exchange *sip = connection->sip;
    if (!sip->is_sent) {
        fv_progress progress = connection->engine->write(
            connection->tls, (const uint8_t *)sip->request, sip->request_len);
        if (progress != FV_PROGRESS_DONE && progress != FV_PROGRESS_FAILED)
            return progress;
        sip->is_sent = true; /* or the server has ended, and may have said why */
    }
    while (!fv_sip_is_whole(sip)) {
        size_t len = 0;
        fv_progress progress =
            connection->engine->read(connection->tls, sip->answer + sip->answer_len,
                                     sizeof(sip->answer) - sip->answer_len, &len);
        if (progress != FV_PROGRESS_DONE || len == 0)
            return progress;
        sip->answer_len += len;
    }
    return FV_PROGRESS_DONE;
}

static uint32_t advance_exchange(fv_connection *connection, uint32_t *out_events)
{
    fv_progress progress = exchange(connection);
    if (progress == FV_PROGRESS_WANT_READ)
        return wait_for(FEDVAL_IO_READ, out_events);
    if (progress == FV_PROGRESS_WANT_WRITE)
        return wait_for(FEDVAL_IO_WRITE, out_events);
    return connection->phase == FV_PHASE_LISTEN ? FEDVAL_OUTCOME_HANDSHAKE
                                                : read_ended(connection, progress);
}

/* ---- the handshake ---- */

static uint32_t begin_drain(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    enter(connection, FV_PHASE_DRAIN, now_ms + DRAIN_MS);
    return fv_connection_advance(connection, now_ms, out_events);
}

/* ---- a server that does not speak TLS ---- */

static bool has_line(const fv_tls_tee *tee)
{
    return tee->first_len == sizeof(tee->first) || memchr(tee->first, '\n', tee->first_len) != NULL;
}

static uint32_t advance_banner(fv_connection *connection, uint32_t *out_events)
{
    int32_t got = 1;
    while (got > 0 && !has_line(&connection->io.tee))
        got = fv_probe_io_read_banner(&connection->io);
    return got == FV_IO_WAIT ? wait_for(FEDVAL_IO_READ, out_events) : FEDVAL_OUTCOME_NOT_TLS;
}

static uint32_t begin_banner(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    enter(connection, FV_PHASE_BANNER, now_ms + BANNER_MS);
    return advance_banner(connection, out_events);
}

static uint32_t advance_handshake(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    fv_progress progress = connection->engine->handshake(connection->tls);
    if (connection->io.tee.not_tls)
        return begin_banner(connection, now_ms, out_events);
    switch (progress) {
    case FV_PROGRESS_WANT_READ:
        return wait_for(FEDVAL_IO_READ, out_events);
    case FV_PROGRESS_WANT_WRITE:
        return wait_for(FEDVAL_IO_WRITE, out_events);
    case FV_PROGRESS_DONE:
        return handshake_done(connection, now_ms, out_events);
    case FV_PROGRESS_NARROWER:
        if (!connection->is_narrow) {
            connection->is_narrow = true;
            return FV_CONNECTION_AGAIN;
        }
        return begin_drain(connection, now_ms, out_events);
    case FV_PROGRESS_LIMIT:
    case FV_PROGRESS_STRICTER:
    case FV_PROGRESS_NO_VERSION:
    case FV_PROGRESS_BAD_SIGNATURE:
    case FV_PROGRESS_VIOLATION:
        connection->failure = progress;
        return begin_drain(connection, now_ms, out_events);
    case FV_PROGRESS_REFUSED:
        connection->failure = progress;
        break;
    case FV_PROGRESS_FAILED:
        fv_probe_io_read_last(&connection->io);
        break;
    }
    return fv_connection_failure(connection);
}

/* Reads the rest of the server's flight. A server that never stops sending must not block the loop,
 * so each turn reads only a few pieces, and no more than the tee keeps. */
static uint32_t advance_drain(fv_connection *connection, uint32_t *out_events)
{
    const fv_tls_tee *tee = &connection->io.tee;
    uint8_t data[4096];
    int32_t got = 1;
    bool is_over = tee->failed || fv_tls_tee_has(tee, FV_TLS_SERVER_HELLO_DONE);
    for (int i = 0; i < DRAIN_READS && got > 0 && !is_over; i++) {
        got = fv_probe_io_read(&connection->io, data, sizeof(data));
        is_over = tee->failed || fv_tls_tee_has(tee, FV_TLS_SERVER_HELLO_DONE);
    }
    if (!is_over && (got > 0 || got == FV_IO_WAIT))
        return wait_for(FEDVAL_IO_READ, out_events);
    connection->io.broken = 0; /* the library gave up before the connection ended */
    return fv_connection_failure(connection);
}

/* ---- a server that waits for us to speak ---- */

/* Writes a ClientHello whose random value and session id consist of line ends. A text server (SIP,
 * HTTP) sees the end of a request and answers; a TLS server sees nothing unusual. */
static size_t write_plain_hello(uint8_t out[128])
{
    static const uint8_t head[] = {22, 3, 1, 0, 89, 1, 0, 0, 85, 3, 3};
    static const uint8_t tail[] = {0,    14,   0xC0, 0x2F, 0xC0, 0x30, 0xC0, 0x27, 0x00,
                                   0x9C, 0x00, 0x9D, 0x00, 0x2F, 0x00, 0x35, 1,    0};
    size_t len = sizeof(head);
    memcpy(out, head, sizeof(head));
    for (int i = 0; i < 32; i++)
        out[len++] = i % 2 == 0 ? '\r' : '\n';
    out[len++] = 32;
    memcpy(out + len, out + sizeof(head), 32);
    memcpy(out + len + 32, tail, sizeof(tail));
    return len + 32 + sizeof(tail);
}

static uint32_t begin_hello(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    uint8_t hello[128];
    size_t len = write_plain_hello(hello);
    if (fv_probe_io_write(&connection->io, hello, len) != (int32_t)len)
        return FEDVAL_OUTCOME_STALLED;
    enter(connection, FV_PHASE_HELLO, INT64_MAX);
    return fv_connection_advance(connection, now_ms, out_events);
}

/* Only text tells more than silence did. */
static uint32_t advance_hello(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    uint8_t data[256];
    int32_t got = fv_probe_io_read(&connection->io, data, sizeof(data));
    if (connection->io.tee.not_tls)
        return begin_banner(connection, now_ms, out_events);
    bool goes_on = got == FV_IO_WAIT || (got > 0 && !connection->io.tee.any_record);
    return goes_on ? wait_for(FEDVAL_IO_READ, out_events) : FEDVAL_OUTCOME_STALLED;
}

/* ---- connecting ---- */

static uint32_t begin_handshake(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    uint32_t look = fedval_question_get_look(connection->question);
    const fv_offer offer = {.host = look == FEDVAL_LOOK_NO_SERVER_NAME
                                        ? NULL
                                        : fedval_question_get_host(connection->question),
                            .look = look,
                            .is_narrow = connection->is_narrow};
    if (connection->is_plain)
        return begin_hello(connection, now_ms, out_events);
    connection->tls = connection->engine->open(&offer, &connection->io, connection->engine->user);
    if (connection->tls == NULL)
        return FEDVAL_OUTCOME_LOCAL;
    /* The handshake gets three quarters of the remaining time. The rest is for finding out what
     * kind of server is silent. */
    enter(connection, FV_PHASE_HANDSHAKE, now_ms + (connection->deadline_ms - now_ms) / 4 * 3);
    return advance_handshake(connection, now_ms, out_events);
}

static uint32_t wait_a_moment(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    enter(connection, FV_PHASE_WAIT, now_ms + LOCAL_RETRY_MS);
    return wait_for(0, out_events);
}

static uint32_t advance_connect(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    uint32_t outcome = fv_socket_connected(connection->io.fd, &connection->address);
    if (outcome == FV_SOCKET_WAIT)
        return wait_for(FEDVAL_IO_WRITE, out_events);
    connection->way_ms = now_ms - connection->began_ms;
    return outcome != 0 ? outcome : begin_handshake(connection, now_ms, out_events);
}

uint32_t fv_connection_start(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    uint32_t outcome = FEDVAL_OUTCOME_UNSUPPORTED;
    const char *literal = fedval_question_get_address(connection->question);
    fv_probe_io_init(&connection->io, -1);
    connection->failure = FV_PROGRESS_DONE;
    connection->began_ms = now_ms;
    enter(connection, FV_PHASE_CONNECT, INT64_MAX);
    if (!fv_address_parse(fv_text_of(literal), &connection->address))
        return FEDVAL_OUTCOME_NOT_PROBED;
    connection->io.fd = fv_socket_connect(&connection->address,
                                          fedval_question_get_port(connection->question), &outcome);
    if (connection->io.fd >= 0)
        return wait_for(FEDVAL_IO_WRITE, out_events);
    if (outcome != FEDVAL_OUTCOME_LOCAL)
        return outcome;
    return wait_a_moment(connection, now_ms, out_events);
}

uint32_t fv_connection_restart(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    fv_connection_clear(connection);
    return fv_connection_start(connection, now_ms, out_events);
}

uint32_t fv_connection_advance(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    fv_probe_io_begin_turn(&connection->io);
    switch (connection->phase) {
    case FV_PHASE_WAIT:
        return wait_for(0, out_events);
    case FV_PHASE_CONNECT:
        return advance_connect(connection, now_ms, out_events);
    case FV_PHASE_DRAIN:
        return advance_drain(connection, out_events);
    case FV_PHASE_BANNER:
        return advance_banner(connection, out_events);
    case FV_PHASE_HELLO:
        return advance_hello(connection, now_ms, out_events);
    case FV_PHASE_OPTIONS:
    case FV_PHASE_LISTEN:
    case FV_PHASE_FIRST_READ:
        return advance_exchange(connection, out_events);
    case FV_PHASE_HANDSHAKE:
        break;
    }
    return advance_handshake(connection, now_ms, out_events);
}

/* ---- time ---- */

/* A server that was silent so far may be a text server that waits for us. One that has sent
 * something gets all the time that is left. */
static uint32_t expire_silence(fv_connection *connection)
{
    connection->phase_deadline_ms = INT64_MAX;
    if (connection->io.tee.first_len > 0)
        return 0;
    connection->is_plain = true;
    return FV_CONNECTION_AGAIN;
}

uint32_t fv_connection_expire(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    bool is_over = connection->deadline_ms <= now_ms;
    *out_events = 0;
    switch (connection->phase) {
    case FV_PHASE_WAIT:
        return is_over ? FEDVAL_OUTCOME_LOCAL
                       : fv_connection_restart(connection, now_ms, out_events);
    case FV_PHASE_FIRST_READ:
    case FV_PHASE_LISTEN:
    case FV_PHASE_OPTIONS:
        return FEDVAL_OUTCOME_HANDSHAKE;
    case FV_PHASE_DRAIN:
        return fv_connection_failure(connection);
    case FV_PHASE_HANDSHAKE:
        return is_over ? FEDVAL_OUTCOME_STALLED : expire_silence(connection);
    case FV_PHASE_BANNER:
        return FEDVAL_OUTCOME_NOT_TLS;
    case FV_PHASE_HELLO:
        return FEDVAL_OUTCOME_STALLED;
    case FV_PHASE_CONNECT:
        break;
    }
    return connection->is_plain ? FEDVAL_OUTCOME_STALLED : FEDVAL_OUTCOME_TIMEOUT;
}

int64_t fv_connection_deadline(const fv_connection *connection)
{
    return connection->phase_deadline_ms < connection->deadline_ms ? connection->phase_deadline_ms
                                                                   : connection->deadline_ms;
}

void fv_connection_clear(fv_connection *connection)
{
    if (connection->tls != NULL)
        connection->engine->close(connection->tls);
    if (connection->io.fd >= 0)
        close(connection->io.fd);
    fv_tls_tee_clear(&connection->io.tee);
    free(connection->sip);
    connection->sip = NULL;
    connection->tls = NULL;
    connection->io.fd = -1;
}
