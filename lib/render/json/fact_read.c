/* A fact of evidence, read from JSON. */
#include "render/json/fact_read.h"

#include "base/base64.h"

#include <string.h>

/* ---- questions ---- */

static fedval_fact *read_dns_question(fv_json_reader *reader, json_t *object)
{
    const char *name = NULL, *server = NULL, *address = NULL;
    uint32_t type = 0;
    int64_t view = 0;
    fedval_fact *fact = NULL;
    if (!fv_json_need_text(reader, object, "name", &name) ||
        !fv_json_get_word(reader, object, "type", fedval_type_from_string, fedval_type_to_string,
                          &type) ||
        !fv_json_get_i64(reader, object, "view", 0, UINT32_MAX, &view) ||
        !fv_json_get_text(reader, object, "server", &server) ||
        !fv_json_get_text(reader, object, "address", &address))
        return NULL;
    if (type == 0) {
        (void)fv_json_check(reader, FEDVAL_ERROR_SYNTAX, "type is missing");
        return NULL;
    }
    bool is_plain = server == NULL && address == NULL;
    fedval_status status =
        is_plain ? fedval_fact_new_dns(name, FEDVAL_NUL_ENDED, type, (uint32_t)view, &fact)
                 : fedval_fact_new_dns_at(name, FEDVAL_NUL_ENDED, type, server, FEDVAL_NUL_ENDED,
                                          address, FEDVAL_NUL_ENDED, &fact);
    (void)fv_json_check(reader, status,
                        is_plain ? "name is no DNS name" : "no DNS name or address");
    return fact;
}

static fedval_fact *read_probe_question(fv_json_reader *reader, json_t *object, uint32_t role)
{
    const char *host = NULL, *address = NULL;
    int64_t port = 0;
    uint32_t look = FEDVAL_LOOK_ANY;
    fedval_fact *fact = NULL;
    if (!fv_json_get_text(reader, object, "probe", &host) ||
        !fv_json_get_text(reader, object, "address", &address) ||
        !fv_json_get_i64(reader, object, "port", 0, UINT16_MAX, &port) ||
        !fv_json_get_word(reader, object, "look", fedval_look_from_string, fedval_look_to_string,
                          &look))
        return NULL;
    (void)fv_json_check(reader,
                        look == FEDVAL_LOOK_ANY
                            ? fedval_fact_new_probe(host, FEDVAL_NUL_ENDED, address,
                                                    FEDVAL_NUL_ENDED, (uint16_t)port, role, &fact)
                            : fedval_fact_new_look(host, FEDVAL_NUL_ENDED, address,
                                                   FEDVAL_NUL_ENDED, (uint16_t)port, look, &fact),
                        host == NULL ? "only a client chain, or one for an address, has no host"
                                     : "probe is no host name, or address no IP address");
    return fact;
}

/* Returns a new fact with its question filled in, or NULL after a complaint. */
static fedval_fact *read_question(fv_json_reader *reader, json_t *fact_object, uint32_t role)
{
    json_t *object = fv_json_enter_member(reader, fact_object, "question");
    if (!json_is_object(object)) {
        (void)fv_json_check(reader, FEDVAL_ERROR_SYNTAX,
                            object == NULL ? "question is missing" : "not an object");
        if (object != NULL)
            fv_json_leave(reader);
        return NULL;
    }
    bool is_probe = json_object_get(object, "probe") != NULL;
    fedval_fact *fact =
        is_probe ? read_probe_question(reader, object, role) : read_dns_question(reader, object);
    if (fact != NULL && !fv_json_check_members(reader, object)) {
        fedval_fact_free(fact);
        fact = NULL;
    }
    fv_json_leave(reader);
    return fact;
}

/* ---- records ---- */

typedef struct record_numbers {
    int64_t ttl, priority, weight, port;
} record_numbers;

static bool read_numbers(fv_json_reader *reader, json_t *object, record_numbers *out)
{
    return fv_json_get_i64(reader, object, "ttl", 0, UINT32_MAX, &out->ttl) &&
           fv_json_get_i64(reader, object, "priority", 0, UINT16_MAX, &out->priority) &&
           fv_json_get_i64(reader, object, "weight", 0, UINT16_MAX, &out->weight) &&
           fv_json_get_i64(reader, object, "port", 0, UINT16_MAX, &out->port);
}

static bool read_address(fv_json_reader *reader, fedval_fact *fact, uint32_t type,
                         const char *owner, uint32_t ttl, const char *address)
{
    fedval_status status =
        fedval_fact_append_address(fact, owner, FEDVAL_NUL_ENDED, ttl, address, FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK && fact->records[fact->num_records - 1].type != type) {
        return fv_json_check(reader, FEDVAL_ERROR_SYNTAX,
                             "address is of the other family than type says");
    }
    return fv_json_check(reader, status, "address is no IP address");
}

static bool read_record(fv_json_reader *reader, json_t *object, void *fact)
{
    const char *owner = NULL, *data = NULL;
    uint32_t type = 0;
    record_numbers n = {0};
    if (!json_is_object(object))
        return fv_json_check(reader, FEDVAL_ERROR_SYNTAX, "not an object");
    if (!fv_json_get_word(reader, object, "type", fedval_type_from_string, fedval_type_to_string,
                          &type))
        return false;
    if (type == 0)
        return fv_json_check(reader, FEDVAL_ERROR_SYNTAX, "type is missing");
    if (!fv_json_need_text(reader, object, "owner", &owner) || !read_numbers(reader, object, &n))
        return false;
    bool is_address = type == FEDVAL_TYPE_A || type == FEDVAL_TYPE_AAAA;
    if (!fv_json_need_text(reader, object, is_address ? "address" : "target", &data) ||
        !fv_json_check_members(reader, object))
        return false;
    uint32_t ttl = (uint32_t)n.ttl;
    if (is_address)
        return read_address(reader, fact, type, owner, ttl, data);
    if (type == FEDVAL_TYPE_CNAME || type == FEDVAL_TYPE_NS) {
        bool is_ns = type == FEDVAL_TYPE_NS;
        fedval_status status = (is_ns ? fedval_fact_append_ns : fedval_fact_append_cname)(
            fact, owner, FEDVAL_NUL_ENDED, ttl, data, FEDVAL_NUL_ENDED);
        return fv_json_check(reader, status, "no record");
    }
    return fv_json_check(reader,
                         fedval_fact_append_srv(fact, owner, FEDVAL_NUL_ENDED, ttl,
                                                (uint16_t)n.priority, (uint16_t)n.weight,
                                                (uint16_t)n.port, data, FEDVAL_NUL_ENDED),
                         "no record");
}

/* ---- chains ---- */

typedef fedval_status (*bytes_setter)(fedval_fact *fact, const void *der, size_t der_len);

/* Hands the bytes of a base64 string to a setter. */
static bool read_bytes(fv_json_reader *reader, json_t *item, bytes_setter set, fedval_fact *fact)
{
    fv_arena arena;
    fv_bytes der;
    if (!json_is_string(item))
        return fv_json_check(reader, FEDVAL_ERROR_SYNTAX, "not a string");
    fv_arena_init(&arena);
    fv_text text = {json_string_value(item), json_string_length(item)};
    fedval_status status = fv_base64_decode(&arena, text, &der);
    bool is_read = status == FEDVAL_OK
                       ? fv_json_check(reader, set(fact, der.data, der.len), "cannot be kept")
                       : fv_json_check(reader, status, "not base64 (RFC 4648, padded)");
    fv_arena_clear(&arena);
    return is_read;
}

static bool read_certificate(fv_json_reader *reader, json_t *item, void *fact)
{
    return read_bytes(reader, item, fedval_fact_append_certificate, fact);
}

static bool read_client_ca(fv_json_reader *reader, json_t *item, void *fact)
{
    return read_bytes(reader, item, fedval_fact_append_client_ca, fact);
}

/* ---- facts ---- */

static bool read_common(fv_json_reader *reader, json_t *object, fedval_fact *fact)
{
    const char *detail = NULL;
    uint32_t outcome = 0;
    int64_t at = FEDVAL_TIME_UNKNOWN;
    if (!fv_json_get_word(reader, object, "outcome", fedval_outcome_from_string,
                          fedval_outcome_to_string, &outcome) ||
        !fv_json_get_time(reader, object, "at", &at) ||
        !fv_json_get_sources(reader, object, fact) ||
        !fv_json_get_text(reader, object, "detail", &detail))
        return false;
    fedval_status status = fedval_fact_set_time(fact, at);
    if (status == FEDVAL_OK && detail != NULL)
        status = fedval_fact_set_detail(fact, detail, FEDVAL_NUL_ENDED);
    return fv_json_check(reader, status, "cannot be kept") &&
           (outcome == 0 || fv_json_check(reader, fedval_fact_set_outcome(fact, outcome),
                                          "the outcome does not fit the question"));
}

#define NO_NUMBER (-1)

/* A member that is an object of a number and a text, such as `"ede": {"code": 22, "text": "..."}`.
 * If the member is absent or null nothing is set. */
typedef struct pair_row {
    const char *member, *number, *missing, *refused, *text;
    fedval_status (*set)(fedval_fact *fact, uint16_t number, const char *text, size_t text_len);
} pair_row;

static const pair_row ede_row = {
    "ede", "code", "code is missing", "cannot be kept", "text", fedval_fact_set_ede};
static const pair_row sip_row = {
    "sip",    "status",           "status is missing", "status is none of SIP, 100 to 699",
    "server", fedval_fact_set_sip};

static bool read_pair(fv_json_reader *reader, json_t *fact_object, const pair_row *row,
                      fedval_fact *fact)
{
    const char *text = NULL;
    int64_t number = NO_NUMBER;
    json_t *object = fv_json_enter_member(reader, fact_object, row->member);
    if (object == NULL)
        return true;
    bool is_read = json_is_object(object)
                       ? fv_json_get_i64(reader, object, row->number, 0, UINT16_MAX, &number) &&
                             fv_json_get_text(reader, object, row->text, &text) &&
                             fv_json_check_members(reader, object)
                       : fv_json_check(reader, FEDVAL_ERROR_SYNTAX, "not an object");
    if (is_read && number == NO_NUMBER)
        is_read = fv_json_check(reader, FEDVAL_ERROR_SYNTAX, row->missing);
    is_read =
        is_read && fv_json_check(reader, row->set(fact, (uint16_t)number, text, FEDVAL_NUL_ENDED),
                                 row->refused);
    fv_json_leave(reader);
    return is_read;
}

/* Whoever has records of the type asked for has an answer. */
static bool check_records(fv_json_reader *reader, const fedval_fact *fact)
{
    for (size_t i = 0; fact->outcome != FEDVAL_OUTCOME_ANSWER && i < fact->num_records; i++) {
        if (fact->records[i].type == fact->question.type) {
            return fv_json_check(reader, FEDVAL_ERROR_SYNTAX,
                                 "records of the type asked for, where the outcome is not answer");
        }
    }
    return true;
}

/* A record of another name says nothing of the name that was asked for. */
static bool check_owners(fv_json_reader *reader, json_t *object, const fedval_fact *fact)
{
    if (!fv_fact_has_foreign_record(fact))
        return true;
    fv_json_enter_member(reader, object, "records");
    bool is_taken = fv_json_check(reader, FEDVAL_ERROR_SYNTAX,
                                  "the owner of a record is neither the name in the question nor "
                                  "reached from it by CNAME records");
    fv_json_leave(reader);
    return is_taken;
}

static bool read_dns(fv_json_reader *reader, json_t *object, fedval_fact *fact)
{
    uint32_t dnssec = FEDVAL_DNSSEC_UNKNOWN, authority = FEDVAL_AUTHORITY_UNKNOWN;
    return read_pair(reader, object, &ede_row, fact) &&
           fv_json_get_word(reader, object, "dnssec", fedval_dnssec_from_string,
                            fedval_dnssec_to_string, &dnssec) &&
           fv_json_check(reader, fedval_fact_set_dnssec(fact, dnssec), "dnssec") &&
           fv_json_get_word(reader, object, "authority", fedval_authority_from_string,
                            fedval_authority_to_string, &authority) &&
           fv_json_check(reader, fedval_fact_set_authority(fact, authority), "authority") &&
           fv_json_get_items(reader, object, "records", read_record, fact) &&
           check_records(reader, fact) && check_owners(reader, object, fact);
}

static bool read_ocsp(fv_json_reader *reader, json_t *object, fedval_fact *fact)
{
    json_t *item = fv_json_enter_member(reader, object, "ocsp");
    if (item == NULL)
        return true;
    bool is_read = read_bytes(reader, item, fedval_fact_set_ocsp, fact);
    fv_json_leave(reader);
    return is_read;
}

/* Everything that a handshake shows apart from the certificate chain. */
static bool read_handshake(fv_json_reader *reader, json_t *object, fedval_fact *fact)
{
    const char *group = NULL, *signature = NULL, *banner = NULL;
    if (!fv_json_get_text(reader, object, "tls_group", &group) ||
        !fv_json_get_text(reader, object, "tls_signature", &signature) ||
        !fv_json_get_text(reader, object, "banner", &banner))
        return false;
    fedval_status status =
        fedval_fact_set_key_exchange(fact, group, FEDVAL_NUL_ENDED, signature, FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK && banner != NULL)
        status = fedval_fact_set_banner(fact, banner, FEDVAL_NUL_ENDED);
    return fv_json_check(reader, status, "cannot be kept") &&
           fv_json_get_items(reader, object, "client_cas", read_client_ca, fact) &&
           read_ocsp(reader, object, fact) && read_pair(reader, object, &sip_row, fact);
}

static bool read_probe(fv_json_reader *reader, json_t *object, fedval_fact *fact)
{
    const char *version = NULL, *cipher = NULL;
    int64_t alert = -1;
    uint32_t client = FEDVAL_CLIENT_CERTIFICATE_UNKNOWN;
    bool is_complete = true;
    if (!fv_json_get_text(reader, object, "tls_version", &version) ||
        !fv_json_get_text(reader, object, "tls_cipher", &cipher) ||
        !fv_json_get_i64(reader, object, "alert", 0, UINT8_MAX, &alert) ||
        !fv_json_get_word(reader, object, "client_certificate",
                          fedval_client_certificate_from_string,
                          fedval_client_certificate_to_string, &client) ||
        !fv_json_get_bool(reader, object, "chain_complete", &is_complete))
        return false;
    fedval_status status =
        fedval_fact_set_tls(fact, version, FEDVAL_NUL_ENDED, cipher, FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK && alert >= 0)
        status = fedval_fact_set_alert(fact, (uint8_t)alert);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_client_certificate(fact, client);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_chain_complete(fact, is_complete);
    return fv_json_check(reader, status, "cannot be kept") &&
           fv_json_get_items(reader, object, "chain", read_certificate, fact) &&
           read_handshake(reader, object, fact);
}

bool fv_json_get_fact(fv_json_reader *reader, json_t *object, fedval_evidence *evidence)
{
    uint32_t role = FEDVAL_ROLE_SERVER;
    if (!json_is_object(object))
        return fv_json_check(reader, FEDVAL_ERROR_SYNTAX, "not an object");
    if (!fv_json_get_word(reader, object, "role", fedval_role_from_string, fedval_role_to_string,
                          &role))
        return false;
    fedval_fact *fact = read_question(reader, object, role);
    if (fact == NULL)
        return false;
    bool is_dns = fact->question.kind == FEDVAL_QUESTION_DNS;
    bool is_read = read_common(reader, object, fact) &&
                   (is_dns ? read_dns(reader, object, fact) : read_probe(reader, object, fact)) &&
                   fv_json_check_members(reader, object) &&
                   fv_json_check(reader, fedval_evidence_append(evidence, fact),
                                 "more evidence than can be kept");
    fedval_fact_free(fact);
    return is_read;
}
