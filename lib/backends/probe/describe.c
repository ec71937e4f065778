/* Turns the result of a probe into an outcome and the members of a fact. */
#include "backends/probe/connection.h"

#include "backends/probe/names.h"
#include "base/buf.h"

#include <string.h>

#define ALERT_PROTOCOL_VERSION 70
#define TLS_1_3 0x0304
#define TLS_1_2 0x0303

/* OpenSSL takes a message of 100 KB as it is configured by default, GnuTLS and NSS of 128 KB, Go of
 * 256 KB: a server that sends more shuts its peers out. */
static const char too_long[] = "announces a message that is longer than TLS libraries take";

/* RFC 5246 7.3: what is encrypted comes behind ChangeCipherSpec. */
static const char no_change[] = "sends something else in place of its ChangeCipherSpec";

static bool is_echo(const fv_connection *connection)
{
    return fv_tls_offer_is_echoed(&connection->io.offer, &connection->io.tee);
}

/* Returns the number of the fatal alert that was received; -1 if there was none, or if it is our
 * own that comes back. */
static int32_t find_alert(const fv_connection *connection)
{
    int32_t alert = fv_tls_tee_alert(&connection->io.tee);
    if (alert < 0 && connection->tls != NULL)
        alert = connection->engine->alert(connection->tls);
    return is_echo(connection) ? -1 : alert;
}

int32_t fv_connection_was_asked(const fv_connection *connection)
{
    if (fv_tls_tee_has(&connection->io.tee, FV_TLS_CERTIFICATE_REQUEST))
        return 1;
    /* TLS 1.3 has no ServerHelloDone: the whole flight was plain. */
    if (connection->tls == NULL || fv_tls_tee_has(&connection->io.tee, FV_TLS_SERVER_HELLO_DONE))
        return 0;
    int32_t asked = connection->engine->was_asked(connection->tls);
    /* RFC 8446 4.4: without a request the client's last flight is Finished alone. */
    if (asked < 0 && connection->is_up)
        return connection->io.num_sealed > 1 ? 1 : 0;
    return asked;
}

/* Returns how the server broke the rules; NULL if it did not. */
static const char *misconduct(const fv_connection *connection)
{
    const char *seen = fv_flight_misconduct(&connection->io.tee, &connection->io.offer);
    if (seen != NULL)
        return seen;
    if (fv_probe_io_is_too_long(&connection->io)) {
        return fv_tls_tee_has(&connection->io.tee, FV_TLS_SERVER_HELLO_DONE) ? no_change : too_long;
    }
    if (connection->io.is_flooded)
        return "sends without end and never finishes the handshake";
    if (connection->failure == FV_PROGRESS_BAD_SIGNATURE)
        return "signs the handshake with another key than that of its certificate";
    return connection->failure == FV_PROGRESS_VIOLATION
               ? "sends a message that breaks the rules of TLS"
               : NULL;
}

static const char *unoffered_pss(const fv_connection *connection)
{
    return fv_flight_pss_beyond_offer(&connection->io.tee, &connection->io.offer);
}

/* Whether the version that the library does not know is none that anybody may choose. */
static bool is_version_odd(const fv_connection *connection)
{
    fv_server_hello hello;
    fv_bytes body;
    return fv_tls_tee_find(&connection->io.tee, FV_TLS_SERVER_HELLO, &body) &&
           fv_server_hello_read(body, &hello) && hello.old_version > TLS_1_2;
}

uint32_t fv_connection_failure(const fv_connection *connection)
{
    int32_t alert = find_alert(connection);
    if (connection->io.tee.not_tls || is_echo(connection))
        return FEDVAL_OUTCOME_NOT_TLS;
    if (connection->io.tee.has_closed)
        return FEDVAL_OUTCOME_CLOSED;
    if (is_version_odd(connection))
        return FEDVAL_OUTCOME_VIOLATION;
    if (alert == ALERT_PROTOCOL_VERSION || connection->failure == FV_PROGRESS_NO_VERSION)
        return FEDVAL_OUTCOME_NO_COMMON_VERSION;
    if (alert >= 0 || connection->failure == FV_PROGRESS_REFUSED)
        return FEDVAL_OUTCOME_ALERT;
    if (fv_probe_io_is_dh_too_short(&connection->io) || fv_probe_io_is_too_heavy(&connection->io) ||
        unoffered_pss(connection) != NULL || connection->failure == FV_PROGRESS_STRICTER)
        return FEDVAL_OUTCOME_UNSUPPORTED;
    if (misconduct(connection) != NULL)
        return FEDVAL_OUTCOME_VIOLATION;
    if (connection->io.broken == FV_IO_RESET)
        return FEDVAL_OUTCOME_RESET;
    if (connection->io.broken == FV_IO_CLOSED)
        return FEDVAL_OUTCOME_CLOSED;
    return FEDVAL_OUTCOME_UNSUPPORTED;
}

/* Whether a client certificate is requested or required. Suppose we have no identity, and the
 * server ends the handshake after its request: then it requires one (RFC 5246 7.4.6, RFC 8446
 * 4.4.2.4). */
static uint32_t client_certificate(const fv_connection *connection, uint32_t outcome)
{
    bool ended = outcome == FEDVAL_OUTCOME_ALERT || outcome == FEDVAL_OUTCOME_RESET ||
                 outcome == FEDVAL_OUTCOME_CLOSED;
    int32_t asked = fv_connection_was_asked(connection);
    bool refused_at_first_read = ended && connection->phase == FV_PHASE_FIRST_READ;
    if (!connection->engine->has_identity && (refused_at_first_read || (asked == 1 && ended)))
        return FEDVAL_CLIENT_CERTIFICATE_REQUIRED;
    if (asked == 1)
        return FEDVAL_CLIENT_CERTIFICATE_REQUESTED;
    if (asked == 0 && (outcome == FEDVAL_OUTCOME_HANDSHAKE ||
                       fv_tls_tee_has(&connection->io.tee, FV_TLS_SERVER_HELLO_DONE)))
        return FEDVAL_CLIENT_CERTIFICATE_NOT_REQUESTED;
    return FEDVAL_CLIENT_CERTIFICATE_UNKNOWN;
}

/* ---- the line of detail ---- */

static void append_count(fv_buf *out, const char *before, uint64_t count, const char *behind)
{
    fv_buf_append_text(out, before);
    fv_buf_append_u64(out, count);
    fv_buf_append_text(out, behind);
}

/* Whether the server refused at once what was offered: handshake_failure, illegal_parameter or
 * insufficient_security, RFC 8446 6.2. */
static bool is_about_offer(const fv_connection *connection)
{
    int32_t alert = find_alert(connection);
    return fv_tls_tee_version(&connection->io.tee) == 0 &&
           (alert == 40 || alert == 47 || alert == 71);
}

static void write_detail(const fv_connection *connection, uint32_t outcome, fv_buf *out)
{
    const fv_probe_io *io = &connection->io;
    size_t num_suites = fv_tls_offer_count_suites(&io->offer);
    const char *fault = outcome == FEDVAL_OUTCOME_VIOLATION ? misconduct(connection) : NULL;
    if (fault == too_long) {
        append_count(out, "announces a message of ", fv_tls_tee_announced(&io->tee),
                     " bytes, more than TLS libraries take");
    } else if (fault != NULL)
        fv_buf_append_text(out, fault);
    else if (outcome == FEDVAL_OUTCOME_NOT_TLS && is_echo(connection))
        fv_buf_append_text(out, "it sends back what it is sent");
    else if (outcome == FEDVAL_OUTCOME_STALLED && io->num_bytes > 0)
        append_count(out, "", io->num_bytes, io->num_bytes == 1 ? " byte came" : " bytes came");
    else if (outcome == FEDVAL_OUTCOME_LOCAL)
        fv_buf_append_text(out, "this machine is short of descriptors, ports or memory");
    else if (fv_probe_io_is_dh_too_short(io))
        append_count(out, "a DHE prime of ", io->dh_bits, " bits: too short");
    else if (io->dh_bits > FV_IO_MAX_DH_BITS)
        append_count(out, "a DHE prime of ", io->dh_bits, " bits: too large to reckon with");
    else if (io->exponent_bits > FV_IO_MAX_EXPONENT_BITS) {
        append_count(out, "an RSA exponent of ", io->exponent_bits,
                     " bits: too large to reckon with");
    } else if (outcome == FEDVAL_OUTCOME_UNSUPPORTED && unoffered_pss(connection) != NULL) {
        fv_buf_append_text(out, "it signs the handshake with ");
        fv_buf_append_text(out, unoffered_pss(connection));
        fv_buf_append_text(out, ", which this prober does not offer");
    } else if (connection->failure == FV_PROGRESS_STRICTER) {
        fv_buf_append_text(out, "it answers with an extension that was not offered. OpenSSL passes "
                                "over it, and the TLS library of this prober does not");
    } else if (outcome == FEDVAL_OUTCOME_CLOSED && io->tee.has_closed)
        fv_buf_append_text(out, "the server closes in the midst of the handshake (close_notify)");
    else if (is_about_offer(connection) && num_suites > 0)
        append_count(out, "this prober offered ", num_suites, " cipher suites");
}

static fedval_status set_detail(fv_connection *connection, uint32_t outcome)
{
    fv_buf text;
    fedval_status status = FEDVAL_OK;
    fv_buf_init(&text);
    write_detail(connection, outcome, &text);
    if (text.failed)
        status = FEDVAL_ERROR_NO_MEMORY;
    else if (text.len > 0)
        status = fedval_fact_set_detail(connection->fact, text.data, text.len);
    fv_buf_clear(&text);
    return status;
}

/* ---- what the plaintext messages show ---- */

static const char *version_text(uint16_t version)
{
    static const char *const texts[] = {"SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"};
    return version >= 0x0300 && version <= TLS_1_3 ? texts[version - 0x0300] : NULL;
}

/* Sets "DHE 2048 bits". */
static fedval_status set_dhe_group(fedval_fact *fact, uint32_t bits, const char *scheme)
{
    fv_buf text;
    fv_buf_init(&text);
    append_count(&text, "DHE ", bits, " bits");
    fedval_status status = text.failed ? FEDVAL_ERROR_NO_MEMORY
                                       : fedval_fact_set_key_exchange(fact, text.data, text.len,
                                                                      scheme, FEDVAL_NUL_ENDED);
    fv_buf_clear(&text);
    return status;
}

static fedval_status describe_keys(const fv_tls_tee *tee, const fv_server_hello *hello,
                                   fedval_fact *fact)
{
    fv_key_exchange keys;
    if (!fv_flight_key_exchange(tee, &keys)) {
        return hello->group == 0
                   ? FEDVAL_OK
                   : fedval_fact_set_key_exchange(fact, fv_tls_group_name(hello->group),
                                                  FEDVAL_NUL_ENDED, NULL, 0);
    }
    const char *scheme = fv_tls_scheme_name(keys.scheme);
    if (keys.dh_bits > 0)
        return set_dhe_group(fact, keys.dh_bits, scheme);
    return fedval_fact_set_key_exchange(fact, fv_tls_group_name(keys.group), FEDVAL_NUL_ENDED,
                                        scheme, FEDVAL_NUL_ENDED);
}

static fedval_status describe_flight(const fv_tls_tee *tee, fedval_fact *fact)
{
    fv_server_hello hello;
    fv_bytes body, ocsp;
    if (!fv_tls_tee_find(tee, FV_TLS_SERVER_HELLO, &body) || !fv_server_hello_read(body, &hello))
        return FEDVAL_OK;
    fedval_status status = fedval_fact_set_tls(fact, version_text(hello.version), FEDVAL_NUL_ENDED,
                                               fv_tls_suite_name(hello.suite), FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK)
        status = describe_keys(tee, &hello, fact);
    if (status == FEDVAL_OK)
        status = fv_flight_copy_client_cas(tee, fact);
    if (status == FEDVAL_OK && fv_flight_ocsp(tee, &ocsp))
        status = fedval_fact_set_ocsp(fact, ocsp.data, ocsp.len);
    return status;
}

static fedval_status describe_banner(const fv_tls_tee *tee, fedval_fact *fact)
{
    char line[80];
    if (!tee->not_tls)
        return FEDVAL_OK;
    fv_bytes said = {tee->first, tee->first_len};
    while (said.len > 0 && (said.data[0] == '\r' || said.data[0] == '\n'))
        said = (fv_bytes){said.data + 1, said.len - 1};
    fv_sip_first_line(said, line);
    return line[0] != '\0' ? fedval_fact_set_banner(fact, line, FEDVAL_NUL_ENDED) : FEDVAL_OK;
}

static fedval_status describe_rest(fv_connection *connection, uint32_t outcome)
{
    fedval_fact *fact = connection->fact;
    int32_t alert = find_alert(connection);
    fedval_status status = describe_banner(&connection->io.tee, fact);
    if (status == FEDVAL_OK && alert >= 0 && outcome != FEDVAL_OUTCOME_HANDSHAKE)
        status = fedval_fact_set_alert(fact, (uint8_t)alert);
    if (status == FEDVAL_OK && connection->tls != NULL)
        status = fedval_fact_set_client_certificate(fact, client_certificate(connection, outcome));
    if (status == FEDVAL_OK && connection->sip != NULL)
        status = fv_sip_describe(connection->sip, fact);
    return status == FEDVAL_OK ? set_detail(connection, outcome) : status;
}

/* Sets the outcome last: if memory is short, the fact has no outcome. */
fedval_status fv_connection_describe(fv_connection *connection, uint32_t outcome)
{
    fedval_fact *fact = connection->fact;
    size_t num_chain = 0;
    fedval_status status = fv_tls_tee_copy_chain(&connection->io.tee, fact, &num_chain);
    if (status == FEDVAL_OK)
        status = describe_flight(&connection->io.tee, fact);
    if (status == FEDVAL_OK && connection->tls != NULL)
        status = connection->engine->describe(connection->tls, num_chain == 0, fact);
    if (status == FEDVAL_OK)
        status = describe_rest(connection, outcome);
    return status == FEDVAL_OK ? fedval_fact_set_outcome(fact, outcome) : status;
}
