/*
 * Backends: what your program implements to bring its own resolver, prober or cryptography.
 *
 * A *port* gathers facts: it is given a question and fills a fact. A port that answers DNS
 * questions is a resolver, one that connects to servers is a prober. A port has one of two faces,
 * or both:
 *
 * - the *simple* face is one function, `fetch`, that may block;
 * - the *event-driven* face is six functions that never block. It serves many questions at once,
 *   inside an event loop: the runner's (fedval/check.h), or one of your own.
 *
 * A *verifier* checks signatures and computes digests.
 *
 * A resolver for which no name exists, with the simple face:
 *
 *     static fedval_status fetch(const fedval_question *question, int64_t timeout_ms,
 *                                fedval_fact *fact, void *user)
 *     {
 *         (void)question, (void)timeout_ms, (void)user;
 *         return fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_NXDOMAIN);
 *     }
 *
 *     static fedval_status resolver_new(fedval_port **out_port)
 *     {
 *         const fedval_port_vtable vtable = {.size = sizeof(vtable), .fetch = fetch};
 *         return fedval_port_new(&vtable, NULL, out_port);
 *     }
 *
 * examples/own-resolver.c is a whole program. Functions that take no object may be called from any
 * thread.
 */
#ifndef FEDVAL_BACKEND_H
#define FEDVAL_BACKEND_H

#include "fedval/evidence.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- resolver and prober ---- */

/**
 * A resolver or a prober. Threads: one at a time; after fedval_port_attach only the thread of the
 * event loop that drives it.
 */
typedef struct fedval_port fedval_port;

/** What a port waits for on a descriptor, as a bit mask; 0: nothing any more. */
enum { FEDVAL_IO_READ = 1, FEDVAL_IO_WRITE = 2 };

/**
 * The word of one bit of a mask (FEDVAL_IO_), for messages. The functions below that give the word
 * of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_io_to_string(uint32_t event);
/**
 * The code of a word: the inverse of fedval_io_to_string. The functions below that read the word
 * of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_io_from_string(const char *text, size_t text_len,
                                               uint32_t *out_event);

/** What an event-driven port calls. The event loop that drives the port owns it: the runner, or a
 * loop of your own. A *ticket* is the number that the loop gave to a question in `start`. */
typedef struct fedval_port_events {
    size_t size; /**< sizeof(fedval_port_events) */
    /** The port calls this to say which FEDVAL_IO_ `events` it waits for on `fd` from now on; the
     * loop then calls `ready` when one happens. 0 ends it: the port passes 0 before it closes
     * `fd`. */
    void (*interest)(int32_t fd, uint32_t events, void *user);
    /** The port calls this when the fact of `ticket` is filled: once for each ticket at most, and
     * never after `cancel`. It may already do so while `start` runs. The loop must not call the
     * port from here: it notes the ticket and goes on once the port has returned. */
    void (*done)(uint64_t ticket, void *user);
    /** Passed to both functions, last. */
    void *user;
} fedval_port_events;

/**
 * The functions of a port. The simple face needs `fetch`; the event-driven face needs `attach`,
 * `start`, `ready`, `next_deadline`, `expire` and `cancel`, or `answers_at_once`. A port needs one
 * face and may have both. fedval_port_new checks this and copies the structure.
 *
 * What to return. A timeout, a refused connection or NXDOMAIN is an outcome: set it in the fact and
 * return 0. Return an error only for:
 *
 * - FEDVAL_ERROR_NO_MEMORY, or misuse;
 * - FEDVAL_ERROR_NOT_FOUND: this port cannot answer this question. A zone file returns it for a
 *   name outside its zone. The question then gets no fact, and the report says "not checked". An
 *   event-driven port that notices it after `start` has returned calls `done` without having set
 *   an outcome.
 *
 * A number that is no fedval_status counts as FEDVAL_ERROR_ARGUMENT.
 *
 * Times. `now_ms` and `deadline_ms` are milliseconds of one monotonic clock, which the caller
 * reads; a port needs no clock of its own. A port sets the time of a fact only where it knows when
 * the answer was really observed, such as that of a recording.
 */
typedef struct fedval_port_vtable {
    size_t size; /**< sizeof(fedval_port_vtable) */
    /** Simple face: answers `question` by filling `fact`. It may block for `timeout_ms`, no longer.
     */
    fedval_status (*fetch)(const fedval_question *question, int64_t timeout_ms, fedval_fact *fact,
                           void *user);
    /** Event-driven face, as all functions from here to `cancel`. Attaches the port: it keeps
     * `events`, which stays valid until the port is detached. NULL detaches it: every ticket ends,
     * and `done` is not called for them. */
    fedval_status (*attach)(const fedval_port_events *events, void *user);
    /** Begins to answer `question`. It and `fact` stay valid until `done` or `cancel`. The port
     * itself watches `deadline_ms`: when that time comes it fills the fact with what it knows, such
     * as the outcome `timeout`, and calls `done`. After an error there is no such ticket. */
    fedval_status (*start)(uint64_t ticket, const fedval_question *question, int64_t now_ms,
                           int64_t deadline_ms, fedval_fact *fact, void *user);
    /** Something happened on `fd`; `events` says what. An error or a hang-up on `fd` is reported as
     * the events that the port waits for. A port ignores a descriptor that is not its own. */
    void (*ready)(int32_t fd, uint32_t events, int64_t now_ms, void *user);
    /** The time at which the loop must call `expire`; INT64_MAX: no time is set. */
    int64_t (*next_deadline)(void *user);
    /** Ends the questions whose time is up. The loop calls it at that time, after it has called
     * `ready` for every descriptor on which something happened. */
    void (*expire)(int64_t now_ms, void *user);
    /** Gives a question up: the port does not touch its fact again and does not call `done`. A port
     * ignores a ticket that is not its own. */
    void (*cancel)(uint64_t ticket, void *user);
    /** Frees user; may be NULL. */
    void (*destroy)(void *user);
    /** 1: `fetch` answers from memory, without waiting. The port then has the event-driven face
     * too, without any function for it: each question is answered by `fetch` when it is started. */
    uint32_t answers_at_once;
} fedval_port_vtable;

/**
 * A port made of your functions.
 * @param vtable copied. Its `size` says how much of it the caller knows: members beyond are taken
 * as NULL; a larger structure is refused unless the bytes beyond those known here are zero.
 * @param user passed to each function, last; `destroy` frees it
 * @returns 0; NO_MEMORY; ARGUMENT when neither face is complete, or for `answers_at_once` without
 * `fetch` or beside functions of the event-driven face. The port owns `user` on success
 * only. Free with fedval_port_free (after the runner that uses it). @since 0.1.0
 */
FEDVAL_API fedval_status fedval_port_new(const fedval_port_vtable *vtable, void *user,
                                         fedval_port **out_port);
/**
 * A port made of two: it asks `first`, and where that returns NOT_FOUND it asks `second`. Example:
 * a zone file first, then the network. The new port is event-driven when both are; else it has the
 * simple face, which both must then have.
 * @param first, second owned by the new port on success
 * @returns 0; NO_MEMORY; ARGUMENT for NULL, one port twice, or ports with no face in common. Free
 * with fedval_port_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_port_new_either(fedval_port *first, fedval_port *second,
                                                fedval_port **out_port);
/**
 * A resolver that follows aliases (CNAME) which `resolver` leaves open. Example: in a zone file
 * www.example.com is an alias of host.example.net, which lies outside the zone. The fact of the
 * zone file is then `not-answered`, and its last record is the alias. This port asks `resolver` for
 * host.example.net too, and puts all records into one fact with the outcome of the last answer; its
 * source names everybody who answered. Use it over fedval_port_new_either, so that the other port
 * can know the name.
 *
 * It follows 16 aliases at most, also those of an answer that is `servfail`. If nobody knows the
 * target, or it leads in a circle, the outcome stays. The new port has the face of `resolver`, the
 * event-driven one if that has both.
 * @param resolver owned by the new port on success
 * @returns 0; NO_MEMORY; ARGUMENT for NULL. Free with fedval_port_free.
 * Source: RFC 1034 4.3.2, step 3a. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_port_new_following(fedval_port *resolver, fedval_port **out_port);
/** Frees a port, after detaching it. Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_port_free(fedval_port *port);
/** 1 when the port has the event-driven face, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_port_is_event_driven(const fedval_port *port);

/*
 * The functions from here to fedval_port_cancel call the function of the same name in the vtable.
 * They are for programs that drive a port themselves; the runner does all this for you.
 */

/** Asks a question through the simple face.
 * @param timeout_ms milliseconds that it may block @param fact filled
 * @returns what the port returns; ARGUMENT for NULL; STATE for a face that it does not have, for
 * attaching it twice, and for starting before it is attached. @since 0.1.0 */
FEDVAL_API fedval_status fedval_port_fetch(fedval_port *port, const fedval_question *question,
                                           int64_t timeout_ms, fedval_fact *fact);
/**
 * Attaches an event-driven port to an event loop, or detaches it. When it is detached, every ticket
 * ends, and `done` is not called for them.
 * @param events copied; NULL detaches @returns as fedval_port_fetch. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_port_attach(fedval_port *port, const fedval_port_events *events);
/**
 * Begins a question; `done` says when it is answered.
 * @param ticket a number of the caller's choice, other than those still open
 * @param question, fact must live until `done` is called or the ticket is cancelled
 * @param now_ms, deadline_ms milliseconds of one monotonic clock
 * @returns as fedval_port_fetch, and what the port returns when it cannot begin; `done` is not
 * called after an error. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_port_start(fedval_port *port, uint64_t ticket,
                                           const fedval_question *question, int64_t now_ms,
                                           int64_t deadline_ms, fedval_fact *fact);
/**
 * Tells the port that something it waits for has happened on `fd`.
 * @param events mask of FEDVAL_IO_ @param now_ms as in fedval_port_start. @since 0.1.0
 */
FEDVAL_API void fedval_port_ready(fedval_port *port, int32_t fd, uint32_t events, int64_t now_ms);
/** When fedval_port_expire must be called, in milliseconds of the clock of fedval_port_start;
 * INT64_MAX: no time is set. @since 0.1.0 */
FEDVAL_API int64_t fedval_port_next_deadline_ms(fedval_port *port);
/**
 * Ends the questions whose deadline has passed: the port fills their facts (`timeout`) and calls
 * `done`. Call fedval_port_ready for all descriptors first, so that answers that have come still
 * count. @since 0.1.0
 */
FEDVAL_API void fedval_port_expire(fedval_port *port, int64_t now_ms);
/**
 * Gives a question up: its fact is not touched again, and `done` is not called. An unknown ticket
 * is ignored. @since 0.1.0
 */
FEDVAL_API void fedval_port_cancel(fedval_port *port, uint64_t ticket);

/* ---- crypto ---- */

/** The result of a signature check. */
enum {
    FEDVAL_VERIFY_GOOD = 1,        /**< the signature is right */
    FEDVAL_VERIFY_BAD = 2,         /**< the signature is wrong */
    FEDVAL_VERIFY_UNSUPPORTED = 3, /**< this verifier does not know the algorithm or key */
    FEDVAL_VERIFY_FAILED = 4,      /**< out of memory or an internal error: nothing was learnt */
};

/**
 * The functions of a verifier. Several threads may call them at once with different keys. A key is
 * opened once and then used for many signatures, because opening one can cost more than using it.
 */
typedef struct fedval_verifier_vtable {
    size_t size; /**< sizeof(fedval_verifier_vtable) */
    /** Writes the SHA-256 of `data` to `out_digest`. Returns 0 or an error. */
    fedval_status (*digest)(const uint8_t *data, size_t data_len, uint8_t out_digest[32],
                            void *user);
    /** Opens the public key in `spki`, a SubjectPublicKeyInfo in DER. Returns 0; NOT_FOUND for an
     * algorithm that it does not know; SYNTAX for a key that cannot be read; NO_MEMORY. Any other
     * status says nothing of the key: what was asked ends with it, a number that is no status
     * counts as ARGUMENT. The bytes are valid during the call only. */
    fedval_status (*key_open)(const uint8_t *spki, size_t spki_len, void **out_key, void *user);
    /** Frees what `key_open` gave. */
    void (*key_close)(void *key, void *user);
    /** Is `signature` a signature of the bytes `tbs`, made with `key`? `algorithm` is the
     * AlgorithmIdentifier of the signature in DER. Returns a FEDVAL_VERIFY_ code; any other number
     * counts as FEDVAL_VERIFY_FAILED. */
    uint32_t (*verify)(void *key, const uint8_t *algorithm, size_t algorithm_len,
                       const uint8_t *tbs, size_t tbs_len, const uint8_t *signature,
                       size_t signature_len, void *user);
    /** Frees user; may be NULL. */
    void (*destroy)(void *user);
} fedval_verifier_vtable;

/** A verifier. Threads: any number may use one, as long as it is not freed meanwhile. */
typedef struct fedval_verifier fedval_verifier;

/** A verifier made of your functions. @param vtable, user as fedval_port_new; every member but
 * `destroy` is required
 * @returns as fedval_port_new. Free with fedval_verifier_free. @since 0.1.0 */
FEDVAL_API fedval_status fedval_verifier_new(const fedval_verifier_vtable *vtable, void *user,
                                             fedval_verifier **out_verifier);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_verifier_free(fedval_verifier *verifier);

/** The word of a code (FEDVAL_VERIFY_), as fedval_io_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_verify_to_string(uint32_t result);
/** The code of a word, as fedval_io_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_verify_from_string(const char *text, size_t text_len,
                                                   uint32_t *out_result);

#ifdef __cplusplus
}
#endif

#endif
