/* The three ports: what a backend implements. Fetch-only: question in, facts out. Functions that
 * take no object may be called from any thread. */
#ifndef FEDVAL_BACKEND_H
#define FEDVAL_BACKEND_H

#include "fedval/evidence.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- resolver and prober ---- */

/**
 * A resolver answers DNS questions, a prober probes. Both are ports with the same two faces.
 * Threads: one at a time; a port that is attached belongs to the thread of whoever drives it.
 */
typedef struct fedval_port fedval_port;

/** Interest in a descriptor, a bit mask; 0 forgets it. */
enum { FEDVAL_IO_READ = 1, FEDVAL_IO_WRITE = 2 };

/** The word for one FEDVAL_IO_ bit ("read"), for logs; static, NULL for an unknown one.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_io_to_string(uint32_t event);
/** The inverse. @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. @since 0.1.0 */
FEDVAL_API fedval_status fedval_io_from_string(const char *text, size_t text_len,
                                               uint32_t *out_event);

/** What an event-driven port calls back; owned by whoever drives it. */
typedef struct fedval_port_events {
    size_t size; /**< sizeof(fedval_port_events) */
    /** From now on report these FEDVAL_IO_ events of fd (0: none, and before fd is closed). */
    void (*interest)(int32_t fd, uint32_t events, void *user);
    /** The fact of this ticket is filled. Called at most once a ticket, never after cancel. It may
     * be called from within start; it must not call into the port: note the ticket, and go on when
     * the port has returned. */
    void (*done)(uint64_t ticket, void *user);
    void *user;
} fedval_port_events;

/**
 * The functions of a port. Checked and copied field by field by fedval_port_new. A port needs
 * `fetch`, or all of `attach`, `start`, `ready`, `next_deadline`, `expire` and `cancel`; it may
 * have both.
 *
 * A failure to fetch is the outcome of the fact. An error is "out of memory" or misuse, and one
 * more: FEDVAL_ERROR_NOT_FOUND says that this port has nothing on this question (a name outside
 * its zone, a probe that was not recorded). The question then gets no fact: what hangs on it was
 * not checked. An event-driven port that finds that out later leaves the fact without an outcome.
 * A status that there is none of becomes FEDVAL_ERROR_ARGUMENT.
 * A descriptor or a ticket that is not the port's own is passed over by ready and cancel.
 *
 * Times are milliseconds of one monotonic clock of the caller's; a port reads no clock for them.
 * A port leaves the fact's time unset, unless it knows a better one than now.
 */
typedef struct fedval_port_vtable {
    size_t size; /**< sizeof(fedval_port_vtable) */
    /** Simple face: blocks at most timeout_ms. */
    fedval_status (*fetch)(const fedval_question *question, int64_t timeout_ms, fedval_fact *fact,
                           void *user);
    /** Event-driven face: events is valid until detach (events == NULL), which ends every ticket
     * without a call. */
    fedval_status (*attach)(const fedval_port_events *events, void *user);
    /** Question and fact stay valid until done or cancel. The deadline is the port's to keep: it
     * then fills the fact with what it has come to. After an error the ticket does not exist. */
    fedval_status (*start)(uint64_t ticket, const fedval_question *question, int64_t now_ms,
                           int64_t deadline_ms, fedval_fact *fact, void *user);
    /** events holds what happened; an error or a hang-up counts as whatever was asked for. */
    void (*ready)(int32_t fd, uint32_t events, int64_t now_ms, void *user);
    /** When expire wants to be called; INT64_MAX: never. */
    int64_t (*next_deadline)(void *user);
    /** Called when that time has come, after ready for every descriptor that had something. */
    void (*expire)(int64_t now_ms, void *user);
    /** The ticket's fact will not be touched again, done will not be called. */
    void (*cancel)(uint64_t ticket, void *user);
    /** Frees user; may be NULL. */
    void (*destroy)(void *user);
} fedval_port_vtable;

/**
 * @param vtable its size field is checked: a smaller one is filled with NULL, unknown non-zero tail
 * bytes are refused. @param user passed to each function, last.
 * @returns 0; NO_MEMORY; ARGUMENT when required members are missing. Ownership of user passes only
 * on success. Free with fedval_port_free (after the runner that uses it). @since 0.1.0
 */
FEDVAL_API fedval_status fedval_port_new(const fedval_port_vtable *vtable, void *user,
                                         fedval_port **out_port);
/**
 * A port that asks first, and asks second what first has nothing on (NOT_FOUND from fetch or
 * start): a zone file before the network, a recording before a prober. It is event-driven when both
 * are; else it has the simple face, which both must then have.
 * @param first, second owned by the new port on success
 * @returns 0; NO_MEMORY; ARGUMENT for NULL, one port twice, or ports with no face in common. Free
 * with fedval_port_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_port_new_either(fedval_port *first, fedval_port *second,
                                                fedval_port **out_port);
/**
 * A port over a resolver that follows aliases (CNAME) to their end: where a fact ends as `servfail`
 * with an alias as its last record, as that of a zone file does whose alias leads out of the zone,
 * the resolver is asked for what it leads to. Over fedval_port_new_either the one of the two that
 * knows it answers. The records come together in one fact, which ends as the last answer did; its
 * source names all that answered. An alias whose end is not known, or that leads in a circle, stays
 * `servfail`. Up to 16 are followed. It has the face that the resolver has, the event-driven one
 * where it has both.
 * @param resolver owned by the new port on success
 * @returns 0; NO_MEMORY; ARGUMENT for NULL. Free with fedval_port_free.
 * Source: RFC 1034 4.3.2, step 3a. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_port_new_following(fedval_port *resolver, fedval_port **out_port);
/** Accepts NULL. Detaches it first. @since 0.1.0 */
FEDVAL_API void fedval_port_free(fedval_port *port);
/** 1 when the port has the event-driven face. @since 0.1.0 */
FEDVAL_API uint32_t fedval_port_is_event_driven(const fedval_port *port);

/** The functions of a port, called with its user pointer; for programs with their own event loop.
 * This one asks the simple face.
 * @param timeout_ms milliseconds that it may block @param fact filled
 * @returns what the port returns; ARGUMENT for NULL; STATE for a face that it does not have, for
 * attaching it twice, and for starting before it is attached. @since 0.1.0 */
FEDVAL_API fedval_status fedval_port_fetch(fedval_port *port, const fedval_question *question,
                                           int64_t timeout_ms, fedval_fact *fact);
/**
 * Gives an event-driven port what it calls back, or takes that away: then every ticket ends without
 * a call. @param events copied; NULL detaches. @returns as fedval_port_fetch. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_port_attach(fedval_port *port, const fedval_port_events *events);
/**
 * Begins a question. @param ticket the caller's name for it @param now_ms, deadline_ms of one
 * monotonic clock @param fact filled until done is called; it and the question must live so long.
 * @returns as fedval_port_fetch, and what the port returns when it cannot begin; done is not called
 * then.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_port_start(fedval_port *port, uint64_t ticket,
                                           const fedval_question *question, int64_t now_ms,
                                           int64_t deadline_ms, fedval_fact *fact);
/**
 * Something that the port showed interest in has happened: FEDVAL_IO_ events of fd. @since 0.1.0
 */
FEDVAL_API void fedval_port_ready(fedval_port *port, int32_t fd, uint32_t events, int64_t now_ms);
/** When expire is to be called next, in the clock of start; INT64_MAX: not yet. @since 0.1.0 */
FEDVAL_API int64_t fedval_port_next_deadline_ms(fedval_port *port);
/**
 * Ends what has run out, after I/O has been drained: each fact says timeout, and done is called.
 * @since 0.1.0
 */
FEDVAL_API void fedval_port_expire(fedval_port *port, int64_t now_ms);
/**
 * Forgets a ticket: its fact is not touched again, and done is not called. Unknown ones are
 * ignored. @since 0.1.0
 */
FEDVAL_API void fedval_port_cancel(fedval_port *port, uint64_t ticket);

/* ---- crypto ---- */

/** What became of a signature check. */
enum {
    FEDVAL_VERIFY_GOOD = 1,
    FEDVAL_VERIFY_BAD = 2,
    FEDVAL_VERIFY_UNSUPPORTED = 3, /**< this verifier does not know the algorithm or key */
    FEDVAL_VERIFY_FAILED = 4,      /**< memory or an internal error: nothing was learnt */
};

/**
 * The crypto port. All functions must be safe to call from several threads at once with different
 * keys. Keys are handles because opening one can cost more than using it.
 */
typedef struct fedval_verifier_vtable {
    size_t size; /**< sizeof(fedval_verifier_vtable) */
    /** SHA-256 of data. 0 or an error. */
    fedval_status (*digest)(const uint8_t *data, size_t data_len, uint8_t out_digest[32],
                            void *user);
    /** SubjectPublicKeyInfo DER -> key. NOT_FOUND: an algorithm it does not know; SYNTAX: a key
     * that cannot be read; NO_MEMORY. The bytes are not kept. */
    fedval_status (*key_open)(const uint8_t *spki, size_t spki_len, void **out_key, void *user);
    void (*key_close)(void *key, void *user);
    /** Is signature a signature of tbs with AlgorithmIdentifier DER algorithm by key? A result that
     * there is none of counts as FEDVAL_VERIFY_FAILED. */
    uint32_t (*verify)(void *key, const uint8_t *algorithm, size_t algorithm_len,
                       const uint8_t *tbs, size_t tbs_len, const uint8_t *signature,
                       size_t signature_len, void *user);
    /** Frees user; may be NULL. */
    void (*destroy)(void *user);
} fedval_verifier_vtable;

/** A verifier. Threads: any number may use one, as long as it is not freed meanwhile. */
typedef struct fedval_verifier fedval_verifier;

/** @param vtable, user as fedval_port_new; every member but destroy is required
 * @returns as fedval_port_new. Free with fedval_verifier_free. @since 0.1.0 */
FEDVAL_API fedval_status fedval_verifier_new(const fedval_verifier_vtable *vtable, void *user,
                                             fedval_verifier **out_verifier);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_verifier_free(fedval_verifier *verifier);

/** FEDVAL_VERIFY_ as text; static, NULL for an unknown code. @since 0.1.0 */
FEDVAL_API const char *fedval_verify_to_string(uint32_t result);
/** The inverse. @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. @since 0.1.0 */
FEDVAL_API fedval_status fedval_verify_from_string(const char *text, size_t text_len,
                                                   uint32_t *out_result);

#ifdef __cplusplus
}
#endif

#endif
