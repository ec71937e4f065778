/* The socket of one probe, with bounds on what a server can make us read. */
#ifndef FV_BACKENDS_PROBE_IO_H
#define FV_BACKENDS_PROBE_IO_H

#include "backends/probe/engine.h"
#include "backends/probe/flight.h"

/* Beyond these a server is not sending a handshake any more. A chain of FV_TLS_MAX_FLIGHT bytes in
 * the smallest records that servers are set to (512 bytes) stays below both. */
#define FV_IO_MAX_BYTES (2u << 20)
#define FV_IO_MAX_READS 8192u
/* So many reads in one turn; then others have theirs, and deadlines are looked at. */
#define FV_IO_TURN_READS 256u
/* A larger prime costs seconds of arithmetic in one call, which no deadline can end. */
#define FV_IO_MIN_DH_BITS 1024u
#define FV_IO_MAX_DH_BITS 8192u

struct fv_probe_io {
    int fd;
    fv_tls_tee tee;
    fv_tls_offer offer;
    int32_t broken; /* 0, FV_IO_CLOSED or FV_IO_RESET: the socket, or a bound, said so */
    uint32_t num_reads, num_turn_reads;
    size_t num_bytes;
    bool is_flooded;    /* a bound was reached */
    bool has_key_sizes; /* the key exchange was looked at */
    uint32_t dh_bits;   /* of the server's DHE prime; 0: none */
};

/* For a new socket. */
void fv_probe_io_init(fv_probe_io *io, int fd);
/* A new turn: the server may be read from again. */
void fv_probe_io_begin_turn(fv_probe_io *io);
/* The prime was too short for the library to go on: less than 1024 bits. */
bool fv_probe_io_is_dh_too_short(const fv_probe_io *io);
/* The prime was too large to be reckoned with. */
bool fv_probe_io_is_dh_too_large(const fv_probe_io *io);

#endif
