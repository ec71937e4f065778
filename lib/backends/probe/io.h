/* The socket of one probe. It limits how much a server can make us read. */
#ifndef FV_BACKENDS_PROBE_IO_H
#define FV_BACKENDS_PROBE_IO_H

#include "backends/probe/engine.h"
#include "backends/probe/flight.h"

/* Above these limits a server no longer sends a handshake. A chain of FV_TLS_MAX_FLIGHT bytes stays
 * below both in the smallest records that servers use (512 bytes), and one of 20 KB in records of a
 * byte each. */
#define FV_IO_MAX_BYTES (2u << 20)
#define FV_IO_MAX_READS 65536u
/* Reads per turn. After these, other connections get a turn and deadlines are checked. */
#define FV_IO_TURN_READS 256u
/* Limits of a DHE prime and of an RSA public exponent. One call with a larger one takes up to
 * seconds of arithmetic, which no deadline can end. */
#define FV_IO_MIN_DH_BITS 1024u
#define FV_IO_MAX_DH_BITS 8192u
#define FV_IO_MAX_EXPONENT_BITS 64u

struct fv_probe_io {
    int fd;
    fv_tls_tee tee;
    fv_tls_offer offer;
    int32_t broken; /* how the connection ended: FV_IO_CLOSED or FV_IO_RESET, also at a limit; 0: it
                       is open */
    uint32_t num_reads, num_turn_reads;
    size_t num_bytes;
    uint8_t sent_head[5]; /* head of the record that is being written */
    size_t sent_head_len, sent_left;
    uint32_t num_sealed;    /* encrypted records written */
    bool has_request;       /* the request for a client certificate was read */
    bool is_request_odd;    /* the request for a client certificate cannot be read */
    bool is_flooded;        /* a limit was reached */
    bool has_exponent;      /* the certificate was read */
    bool has_key_exchange;  /* the key exchange was read */
    uint32_t exponent_bits; /* of the server's RSA key; 0: none */
    uint32_t dh_bits;       /* of the server's DHE prime; 0: none */
};

/* Call for a new socket. */
void fv_probe_io_init(fv_probe_io *io, int fd);
/* Begins a new turn: the server may be read again. */
void fv_probe_io_begin_turn(fv_probe_io *io);
/* Reads what the server said before it ended the connection: a write that fails comes first. The
 * TLS library does not get it. */
void fv_probe_io_read_last(fv_probe_io *io);
/* Whether the prime is too short for the library: less than 1024 bits. */
bool fv_probe_io_is_dh_too_short(const fv_probe_io *io);
/* Whether a message is announced that is longer than a flight may be. */
bool fv_probe_io_is_too_long(const fv_probe_io *io);
/* Reads more of the first line of a server that does not speak TLS. Returns a number of bytes, or
 * FV_IO_. */
int32_t fv_probe_io_read_banner(fv_probe_io *io);
/* Whether the prime or the exponent is too large for arithmetic. */
bool fv_probe_io_is_too_heavy(const fv_probe_io *io);

#endif
