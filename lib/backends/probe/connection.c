#include "backends/probe/connection.h"

#include "backends/probe/socket.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FIRST_READ_MS 300
#define DRAIN_MS 500
#define DRAIN_READS 16
#define ALERT_PROTOCOL_VERSION 70
#define TLS_1_3 0x0304

static int32_t broken(fv_probe_io *io, int error)
{
    if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR)
        return FV_IO_WAIT;
    io->broken = FV_IO_RESET;
    return FV_IO_RESET;
}

int32_t fv_probe_io_read(fv_probe_io *io, uint8_t *data, size_t data_len)
{
    ssize_t got = recv(io->fd, data, data_len > INT32_MAX ? INT32_MAX : data_len, 0);
    if (got < 0)
        return broken(io, errno);
    if (got == 0) {
        io->broken = FV_IO_CLOSED;
        return FV_IO_CLOSED;
    }
    fv_tls_tee_feed(&io->tee, (fv_bytes){data, (size_t)got});
    return (int32_t)got;
}

int32_t fv_probe_io_write(fv_probe_io *io, const uint8_t *data, size_t data_len)
{
    ssize_t sent = send(io->fd, data, data_len > INT32_MAX ? INT32_MAX : data_len, MSG_NOSIGNAL);
    if (sent >= 0)
        return (int32_t)sent;
    return broken(io, errno);
}

static int32_t alert_of(const fv_connection *connection)
{
    int32_t alert = fv_tls_tee_alert(&connection->io.tee);
    if (alert < 0 && connection->tls != NULL)
        alert = connection->engine->alert(connection->tls);
    return alert;
}

/* What it means that the handshake did not succeed. */
static uint32_t failure_outcome(const fv_connection *connection)
{
    int32_t alert = alert_of(connection);
    if (connection->io.tee.not_tls)
        return FEDVAL_OUTCOME_NOT_TLS;
    if (alert == ALERT_PROTOCOL_VERSION)
        return FEDVAL_OUTCOME_NO_COMMON_VERSION;
    if (alert >= 0)
        return FEDVAL_OUTCOME_ALERT;
    if (connection->io.broken == FV_IO_RESET)
        return FEDVAL_OUTCOME_RESET;
    if (connection->io.broken == FV_IO_CLOSED)
        return FEDVAL_OUTCOME_CLOSED;
    return FEDVAL_OUTCOME_UNSUPPORTED;
}

/* 1, 0, or -1 when it is not known. */
static int32_t was_asked(const fv_connection *connection)
{
    fv_bytes request;
    if (fv_tls_tee_find(&connection->io.tee, FV_TLS_CERTIFICATE_REQUEST, &request))
        return 1;
    return connection->tls == NULL ? 0 : connection->engine->was_asked(connection->tls);
}

static uint32_t handshake_done(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    if (fv_tls_tee_version(&connection->io.tee) != TLS_1_3 || was_asked(connection) == 0)
        return FEDVAL_OUTCOME_HANDSHAKE;
    connection->phase = FV_PHASE_FIRST_READ;
    connection->phase_deadline_ms = now_ms + FIRST_READ_MS;
    return fv_connection_advance(connection, now_ms, out_events);
}

static uint32_t begin_drain(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    connection->phase = FV_PHASE_DRAIN;
    connection->phase_deadline_ms = now_ms + DRAIN_MS;
    return fv_connection_advance(connection, now_ms, out_events);
}

static uint32_t advance_tls(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    bool first_read = connection->phase == FV_PHASE_FIRST_READ;
    fv_step step = first_read ? connection->engine->first_read(connection->tls)
                              : connection->engine->handshake(connection->tls);
    switch (step) {
    case FV_STEP_WANT_READ:
        *out_events = FEDVAL_IO_READ;
        return 0;
    case FV_STEP_WANT_WRITE:
        *out_events = FEDVAL_IO_WRITE;
        return 0;
    case FV_STEP_DONE:
        return first_read ? FEDVAL_OUTCOME_HANDSHAKE
                          : handshake_done(connection, now_ms, out_events);
    case FV_STEP_NO_VERSION:
        return FEDVAL_OUTCOME_NO_COMMON_VERSION;
    case FV_STEP_NARROWER:
        if (!connection->is_narrow)
            return FV_CONNECTION_AGAIN;
        return begin_drain(connection, now_ms, out_events);
    case FV_STEP_LIMIT:
        return begin_drain(connection, now_ms, out_events);
    case FV_STEP_REFUSED:
        return alert_of(connection) < 0 ? FEDVAL_OUTCOME_ALERT : failure_outcome(connection);
    case FV_STEP_FAILED:
        break;
    }
    /* A server that ends the connection once it has taken the handshake is no fault. */
    return first_read ? FEDVAL_OUTCOME_HANDSHAKE : failure_outcome(connection);
}

/* A server that never stops sending must not hold the loop: so much at a time, and no more than the
 * tee keeps. */
static uint32_t advance_drain(fv_connection *connection, uint32_t *out_events)
{
    const fv_tls_tee *tee = &connection->io.tee;
    uint8_t data[4096];
    fv_bytes done;
    int32_t got = 1;
    bool is_over = tee->failed || fv_tls_tee_find(tee, FV_TLS_SERVER_HELLO_DONE, &done);
    for (int i = 0; i < DRAIN_READS && got > 0 && !is_over; i++) {
        got = fv_probe_io_read(&connection->io, data, sizeof(data));
        is_over = tee->failed || fv_tls_tee_find(tee, FV_TLS_SERVER_HELLO_DONE, &done);
    }
    if (is_over || (got <= 0 && got != FV_IO_WAIT))
        return tee->not_tls ? FEDVAL_OUTCOME_NOT_TLS : FEDVAL_OUTCOME_UNSUPPORTED;
    *out_events = FEDVAL_IO_READ;
    return 0;
}

static uint32_t advance_connect(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    uint32_t outcome = fv_socket_connected(connection->io.fd, &connection->address);
    if (outcome == FV_SOCKET_WAIT) {
        *out_events = FEDVAL_IO_WRITE;
        return 0;
    }
    if (outcome != 0)
        return outcome;
    connection->tls =
        connection->engine->open(fedval_question_get_host(connection->question),
                                 connection->is_narrow, &connection->io, connection->engine->user);
    if (connection->tls == NULL)
        return FEDVAL_OUTCOME_UNSUPPORTED;
    connection->phase = FV_PHASE_HANDSHAKE;
    return advance_tls(connection, now_ms, out_events);
}

uint32_t fv_connection_start(fv_connection *connection, uint32_t *out_events)
{
    uint32_t outcome = FEDVAL_OUTCOME_UNSUPPORTED;
    const char *literal = fedval_question_get_address(connection->question);
    fv_tls_tee_init(&connection->io.tee);
    connection->io.fd = -1;
    connection->phase = FV_PHASE_CONNECT;
    connection->phase_deadline_ms = INT64_MAX;
    if (!fv_address_parse(fv_text_of(literal), &connection->address))
        return FEDVAL_OUTCOME_NOT_PROBED;
    connection->io.fd = fv_socket_connect(&connection->address,
                                          fedval_question_get_port(connection->question), &outcome);
    if (connection->io.fd < 0)
        return outcome;
    *out_events = FEDVAL_IO_WRITE;
    return 0;
}

uint32_t fv_connection_restart(fv_connection *connection, uint32_t *out_events)
{
    fv_connection_clear(connection);
    connection->io.broken = 0;
    connection->is_narrow = true;
    return fv_connection_start(connection, out_events);
}

uint32_t fv_connection_advance(fv_connection *connection, int64_t now_ms, uint32_t *out_events)
{
    switch (connection->phase) {
    case FV_PHASE_CONNECT:
        return advance_connect(connection, now_ms, out_events);
    case FV_PHASE_DRAIN:
        return advance_drain(connection, out_events);
    case FV_PHASE_HANDSHAKE:
    case FV_PHASE_FIRST_READ:
        break;
    }
    return advance_tls(connection, now_ms, out_events);
}

uint32_t fv_connection_expire(const fv_connection *connection)
{
    switch (connection->phase) {
    case FV_PHASE_FIRST_READ:
        return FEDVAL_OUTCOME_HANDSHAKE;
    case FV_PHASE_DRAIN:
        return FEDVAL_OUTCOME_UNSUPPORTED;
    case FV_PHASE_CONNECT:
    case FV_PHASE_HANDSHAKE:
        break;
    }
    return FEDVAL_OUTCOME_TIMEOUT;
}

int64_t fv_connection_deadline(const fv_connection *connection)
{
    return connection->phase_deadline_ms < connection->deadline_ms ? connection->phase_deadline_ms
                                                                   : connection->deadline_ms;
}

/* Requested, required or not: a server that ends the handshake after its request, when there was
 * no identity to answer with, demands one (RFC 5246 7.4.6, RFC 8446 4.4.2.4). */
static uint32_t client_certificate(const fv_connection *connection, uint32_t outcome)
{
    fv_bytes done;
    bool ended = outcome == FEDVAL_OUTCOME_ALERT || outcome == FEDVAL_OUTCOME_RESET ||
                 outcome == FEDVAL_OUTCOME_CLOSED;
    int32_t asked = was_asked(connection);
    bool refused_at_first_read = ended && connection->phase == FV_PHASE_FIRST_READ;
    if (!connection->engine->has_identity && (refused_at_first_read || (asked == 1 && ended)))
        return FEDVAL_CLIENT_CERTIFICATE_REQUIRED;
    if (asked == 1)
        return FEDVAL_CLIENT_CERTIFICATE_REQUESTED;
    if (asked == 0 && (outcome == FEDVAL_OUTCOME_HANDSHAKE ||
                       fv_tls_tee_find(&connection->io.tee, FV_TLS_SERVER_HELLO_DONE, &done)))
        return FEDVAL_CLIENT_CERTIFICATE_NOT_REQUESTED;
    return FEDVAL_CLIENT_CERTIFICATE_UNKNOWN;
}

static const char *version_text(uint16_t version)
{
    static const char *const texts[] = {"SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"};
    return version >= 0x0300 && version <= TLS_1_3 ? texts[version - 0x0300] : NULL;
}

/* The outcome comes last: a fact that memory is too short for has none. */
fedval_status fv_connection_describe(fv_connection *connection, uint32_t outcome)
{
    fedval_fact *fact = connection->fact;
    const fv_tls_tee *tee = &connection->io.tee;
    int32_t alert = alert_of(connection);
    size_t num_chain = 0;
    fedval_status status = fv_tls_tee_copy_chain(tee, fact, &num_chain);
    if (status == FEDVAL_OK && fv_tls_tee_version(tee) != 0) {
        status = fedval_fact_set_tls(fact, version_text(fv_tls_tee_version(tee)), FEDVAL_NUL_ENDED,
                                     NULL, 0);
    }
    if (status == FEDVAL_OK && connection->tls != NULL)
        status = connection->engine->describe(connection->tls, num_chain == 0, fact);
    if (status == FEDVAL_OK && alert >= 0 && outcome != FEDVAL_OUTCOME_HANDSHAKE)
        status = fedval_fact_set_alert(fact, (uint8_t)alert);
    if (status == FEDVAL_OK && connection->tls != NULL)
        status = fedval_fact_set_client_certificate(fact, client_certificate(connection, outcome));
    return status == FEDVAL_OK ? fedval_fact_set_outcome(fact, outcome) : status;
}

void fv_connection_clear(fv_connection *connection)
{
    if (connection->tls != NULL)
        connection->engine->close(connection->tls);
    if (connection->io.fd >= 0)
        close(connection->io.fd);
    fv_tls_tee_clear(&connection->io.tee);
    connection->tls = NULL;
    connection->io.fd = -1;
}
