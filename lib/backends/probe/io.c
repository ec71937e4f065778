#include "backends/probe/io.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#define MAX_LAST_READS 16
#define RECORD_DATA 23 /* RFC 8446 5.1: the type of every encrypted record of TLS 1.3 */

void fv_probe_io_init(fv_probe_io *io, int fd)
{
    memset(io, 0, sizeof(*io));
    fv_tls_tee_init(&io->tee);
    io->fd = fd;
}

void fv_probe_io_begin_turn(fv_probe_io *io)
{
    io->num_turn_reads = 0;
}

bool fv_probe_io_is_dh_too_short(const fv_probe_io *io)
{
    return io->dh_bits > 0 && io->dh_bits < FV_IO_MIN_DH_BITS;
}

bool fv_probe_io_is_too_long(const fv_probe_io *io)
{
    return fv_tls_tee_announced(&io->tee) > FV_TLS_MAX_FLIGHT;
}

bool fv_probe_io_is_too_heavy(const fv_probe_io *io)
{
    return io->dh_bits > FV_IO_MAX_DH_BITS || io->exponent_bits > FV_IO_MAX_EXPONENT_BITS;
}

static int32_t broken(fv_probe_io *io, int error)
{
    if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR)
        return FV_IO_WAIT;
    io->broken = FV_IO_RESET;
    return FV_IO_RESET;
}

static bool is_over_bounds(fv_probe_io *io)
{
    if (io->num_reads >= FV_IO_MAX_READS || io->num_bytes >= FV_IO_MAX_BYTES)
        io->is_flooded = true;
    return io->is_flooded;
}

/* Notes the sizes of the server's keys as soon as a message is complete, before the library does
 * arithmetic with them, and a request for a certificate that one library reads and another does
 * not. */
static void note_messages(fv_probe_io *io)
{
    fv_key_exchange keys;
    fv_leaf_key key;
    if (io->tee.encrypted || io->tee.header_len != 0)
        return;
    if (!io->has_exponent && fv_tls_tee_has(&io->tee, FV_TLS_CERTIFICATE)) {
        io->has_exponent = true;
        if (fv_flight_leaf_key(&io->tee, &key))
            io->exponent_bits = key.exponent_bits;
    }
    if (!io->has_request && fv_tls_tee_has(&io->tee, FV_TLS_CERTIFICATE_REQUEST)) {
        io->has_request = true;
        io->is_request_odd = !fv_flight_is_request_sound(&io->tee);
    }
    if (!io->has_key_exchange && fv_tls_tee_has(&io->tee, FV_TLS_SERVER_KEY_EXCHANGE)) {
        io->has_key_exchange = true;
        io->dh_bits = fv_flight_key_exchange(&io->tee, &keys) ? keys.dh_bits : 0;
    }
}

int32_t fv_probe_io_read_banner(fv_probe_io *io)
{
    fv_tls_tee *tee = &io->tee;
    ssize_t got = recv(io->fd, tee->first + tee->first_len, sizeof(tee->first) - tee->first_len,
                       MSG_DONTWAIT);
    if (got < 0)
        return broken(io, errno);
    tee->first_len += (size_t)got;
    return got == 0 ? FV_IO_CLOSED : (int32_t)got;
}

/* Whether the library must not read on: what came cannot lead to a handshake. */
static bool is_over(fv_probe_io *io)
{
    const fv_tls_tee *tee = &io->tee;
    return tee->not_tls || tee->is_too_long || tee->has_odd_alert || io->is_request_odd ||
           is_over_bounds(io) || fv_probe_io_is_too_heavy(io) || fv_probe_io_is_too_long(io);
}

int32_t fv_probe_io_read(fv_probe_io *io, uint8_t *data, size_t data_len)
{
    if (is_over(io))
        return FV_IO_RESET;
    if (io->num_turn_reads >= FV_IO_TURN_READS)
        return FV_IO_WAIT;
    ssize_t got = recv(io->fd, data, data_len > INT32_MAX ? INT32_MAX : data_len, 0);
    if (got < 0)
        return broken(io, errno);
    if (got == 0) {
        io->broken = FV_IO_CLOSED;
        return FV_IO_CLOSED;
    }
    io->num_reads++;
    io->num_turn_reads++;
    io->num_bytes += (size_t)got;
    fv_tls_tee_feed(&io->tee, (fv_bytes){data, (size_t)got});
    note_messages(io);
    return fv_probe_io_is_too_heavy(io) ? FV_IO_RESET : (int32_t)got;
}

void fv_probe_io_read_last(fv_probe_io *io)
{
    uint8_t data[4096];
    int32_t how = io->broken;
    for (int i = 0; i < MAX_LAST_READS && fv_probe_io_read(io, data, sizeof(data)) > 0; i++)
        continue;
    io->broken = how;
}

/* Counts the encrypted records among the bytes that were written. */
static void note_sent(fv_probe_io *io, fv_bytes sent)
{
    while (sent.len > 0) {
        size_t len = 1;
        if (io->sent_head_len < sizeof(io->sent_head)) {
            io->sent_head[io->sent_head_len++] = sent.data[0];
            io->sent_left = (size_t)io->sent_head[3] << 8 | io->sent_head[4];
            io->num_sealed += io->sent_head_len == 1 && sent.data[0] == RECORD_DATA;
        } else {
            len = sent.len < io->sent_left ? sent.len : io->sent_left;
            io->sent_left -= len;
        }
        if (io->sent_head_len == sizeof(io->sent_head) && io->sent_left == 0)
            io->sent_head_len = 0;
        sent = (fv_bytes){sent.data + len, sent.len - len};
    }
}

int32_t fv_probe_io_write(fv_probe_io *io, const uint8_t *data, size_t data_len)
{
    ssize_t sent = send(io->fd, data, data_len > INT32_MAX ? INT32_MAX : data_len, MSG_NOSIGNAL);
    if (sent < 0)
        return broken(io, errno);
    if (io->num_bytes == 0)
        fv_tls_offer_note(&io->offer, (fv_bytes){data, (size_t)sent});
    note_sent(io, (fv_bytes){data, (size_t)sent});
    return (int32_t)sent;
}
