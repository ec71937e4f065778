#include "model/fact.h"

#include "fedval/name.h"

#include <stdlib.h>
#include <string.h>

/* Normalises a name that can own a DNS record; it may have underscores. */
static fedval_status normalise_name(const char *text, size_t text_len, char out[FEDVAL_NAME_SIZE])
{
    uint32_t kind;
    fedval_status status =
        fedval_name_normalise(text, text_len, out, FEDVAL_NAME_SIZE, &kind, NULL);
    if (status != FEDVAL_OK)
        return status;
    bool is_name = kind == FEDVAL_NAME_KIND_HOST || kind == FEDVAL_NAME_KIND_SINGLE_LABEL ||
                   kind == FEDVAL_NAME_KIND_SERVICE || kind == FEDVAL_NAME_KIND_INTERNATIONALISED;
    return is_name ? FEDVAL_OK : FEDVAL_ERROR_SYNTAX;
}

fedval_status fedval_fact_new(const fedval_question *question, fedval_fact **out_fact)
{
    if (question == NULL || out_fact == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_fact *fact = calloc(1, sizeof(*fact));
    if (fact == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&fact->arena);
    fact->time = FEDVAL_TIME_UNKNOWN;
    fact->alert = -1;
    fact->ede = -1;
    fact->chain_complete = true;
    if (!fv_question_copy(&fact->arena, question, &fact->question)) {
        fedval_fact_free(fact);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    *out_fact = fact;
    return FEDVAL_OK;
}

fedval_status fedval_fact_new_dns(const char *name, size_t name_len, uint32_t type, uint32_t view,
                                  fedval_fact **out_fact)
{
    char normal[FEDVAL_NAME_SIZE];
    if (name == NULL || out_fact == NULL || fedval_type_to_string(type) == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = normalise_name(name, name_len, normal);
    if (status != FEDVAL_OK)
        return status;
    fedval_question question = {
        .kind = FEDVAL_QUESTION_DNS, .name = normal, .type = type, .view = view};
    return fedval_fact_new(&question, out_fact);
}

fedval_status fedval_fact_new_dns_at(const char *name, size_t name_len, uint32_t type,
                                     const char *server, size_t server_len, const char *address,
                                     size_t address_len, fedval_fact **out_fact)
{
    char normal[FEDVAL_NAME_SIZE], host[FEDVAL_NAME_SIZE], literal[FV_ADDRESS_TEXT_SIZE];
    fv_address parsed;
    if (name == NULL || server == NULL || address == NULL || out_fact == NULL ||
        fedval_type_to_string(type) == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_address_parse(fv_text_given(address, address_len), &parsed))
        return FEDVAL_ERROR_SYNTAX;
    fedval_status status = normalise_name(name, name_len, normal);
    if (status == FEDVAL_OK)
        status = normalise_name(server, server_len, host);
    if (status != FEDVAL_OK)
        return status;
    fv_address_format(&parsed, literal);
    fedval_question question = {.kind = FEDVAL_QUESTION_DNS,
                                .name = normal,
                                .type = type,
                                .host = host,
                                .address = literal};
    return fedval_fact_new(&question, out_fact);
}

/* A client chain, or the chain of an address whatever its host is. */
static bool may_lack_host(fv_text address, uint32_t role, uint32_t look)
{
    return role == FEDVAL_ROLE_CLIENT || (address.data != NULL && look == FEDVAL_LOOK_ANY);
}

static fedval_status new_probe(fv_text host, fv_text address, uint16_t port, uint32_t role,
                               uint32_t look, fedval_fact **out_fact)
{
    char normal[FEDVAL_NAME_SIZE], literal[FV_ADDRESS_TEXT_SIZE];
    fv_address parsed;
    if (out_fact == NULL || fedval_role_to_string(role) == NULL ||
        fedval_look_to_string(look) == NULL ||
        (host.data == NULL && !may_lack_host(address, role, look)))
        return FEDVAL_ERROR_ARGUMENT;
    if (host.data != NULL) {
        fedval_status status = normalise_name(host.data, host.len, normal);
        if (status != FEDVAL_OK)
            return status;
    }
    if (address.data != NULL) {
        if (!fv_address_parse(address, &parsed))
            return FEDVAL_ERROR_SYNTAX;
        fv_address_format(&parsed, literal);
    }
    fedval_question question = {.kind = FEDVAL_QUESTION_PROBE,
                                .host = host.data == NULL ? NULL : normal,
                                .address = address.data == NULL ? NULL : literal,
                                .port = port,
                                .role = role,
                                .look = look};
    return fedval_fact_new(&question, out_fact);
}

fedval_status fedval_fact_new_probe(const char *host, size_t host_len, const char *address,
                                    size_t address_len, uint16_t port, uint32_t role,
                                    fedval_fact **out_fact)
{
    return new_probe(fv_text_given(host, host_len), fv_text_given(address, address_len), port, role,
                     FEDVAL_LOOK_ANY, out_fact);
}

fedval_status fedval_fact_new_look(const char *host, size_t host_len, const char *address,
                                   size_t address_len, uint16_t port, uint32_t look,
                                   fedval_fact **out_fact)
{
    return new_probe(fv_text_given(host, host_len), fv_text_given(address, address_len), port,
                     FEDVAL_ROLE_SERVER, look, out_fact);
}

void fedval_fact_free(fedval_fact *fact)
{
    if (fact == NULL)
        return;
    fv_arena_clear(&fact->arena);
    free(fact);
}

/* ---- copying ---- */

static bool copy_record(fv_arena *arena, const fv_record *from, fv_record *out)
{
    *out = *from;
    return fv_arena_copy_if(arena, from->owner, &out->owner) &&
           fv_arena_copy_if(arena, from->data, &out->data);
}

static bool copy_records(const fedval_fact *from, fedval_fact *to)
{
    to->records = fv_arena_alloc_array(&to->arena, from->num_records, sizeof(fv_record));
    if (to->records == NULL)
        return false;
    for (size_t i = 0; i < from->num_records; i++) {
        if (!copy_record(&to->arena, &from->records[i], &to->records[i]))
            return false;
    }
    to->num_records = to->records_capacity = from->num_records;
    return true;
}

static bool copy_list(fv_arena *arena, const fv_bytes *from, size_t count, fv_bytes **out)
{
    fv_bytes *copy = fv_arena_alloc_array(arena, count, sizeof(fv_bytes));
    if (copy == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!fv_arena_copy_bytes(arena, from[i], &copy[i]))
            return false;
    }
    *out = copy;
    return true;
}

static bool copy_chain(const fedval_fact *from, fedval_fact *to)
{
    if (!copy_list(&to->arena, from->chain, from->num_chain, &to->chain) ||
        !copy_list(&to->arena, from->client_cas, from->num_client_cas, &to->client_cas))
        return false;
    to->num_chain = to->chain_capacity = from->num_chain;
    to->num_client_cas = to->client_cas_capacity = from->num_client_cas;
    to->has_ocsp = from->has_ocsp;
    return from->ocsp.len == 0 || fv_arena_copy_bytes(&to->arena, from->ocsp, &to->ocsp);
}

static bool copy_texts(const fedval_fact *from, fedval_fact *to)
{
    fv_arena *arena = &to->arena;
    return fv_fact_sources_copy(arena, &from->sources, &to->sources) &&
           fv_arena_copy_if(arena, from->detail, &to->detail) &&
           fv_arena_copy_if(arena, from->ede_text, &to->ede_text) &&
           fv_arena_copy_if(arena, from->tls_version, &to->tls_version) &&
           fv_arena_copy_if(arena, from->tls_cipher, &to->tls_cipher) &&
           fv_arena_copy_if(arena, from->tls_group, &to->tls_group) &&
           fv_arena_copy_if(arena, from->tls_signature, &to->tls_signature) &&
           fv_arena_copy_if(arena, from->banner, &to->banner) &&
           fv_arena_copy_if(arena, from->sip_server, &to->sip_server);
}

/* Copies everything but the question. */
static bool copy_answer(const fedval_fact *from, fedval_fact *to)
{
    to->outcome = from->outcome;
    to->time = from->time;
    to->dnssec = from->dnssec;
    to->authority = from->authority;
    to->alert = from->alert;
    to->client_certificate = from->client_certificate;
    to->chain_complete = from->chain_complete;
    to->dhe_bits = from->dhe_bits;
    to->tls_number = from->tls_number;
    to->suite_key = from->suite_key;
    to->signature_key = from->signature_key;
    to->ede = from->ede;
    to->sip_status = from->sip_status;
    return copy_texts(from, to) && copy_records(from, to) && copy_chain(from, to);
}

fedval_status fv_fact_copy(const fedval_fact *from, fedval_fact **out)
{
    fedval_fact *copy;
    fedval_status status = fedval_fact_new(&from->question, &copy);
    if (status != FEDVAL_OK)
        return status;
    if (!copy_answer(from, copy)) {
        fedval_fact_free(copy);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    *out = copy;
    return FEDVAL_OK;
}

fedval_status fedval_fact_copy_answer(fedval_fact *fact, const fedval_fact *from)
{
    if (fact == NULL || from == NULL || fact == from || fact->question.kind != from->question.kind)
        return FEDVAL_ERROR_ARGUMENT;
    return copy_answer(from, fact) ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

/* ---- decoding ---- */

static fedval_status decode_certificate(fv_arena *arena, fv_bytes der, const fv_certificate **out)
{
    fv_certificate decoded;
    fedval_status status = fv_certificate_decode(arena, der, &decoded);
    if (status == FEDVAL_ERROR_SYNTAX)
        return FEDVAL_OK;
    if (status != FEDVAL_OK)
        return status;
    fv_certificate *kept = fv_arena_alloc(arena, sizeof(*kept));
    if (kept == NULL || !fv_certificate_keep_name(arena, &decoded))
        return FEDVAL_ERROR_NO_MEMORY;
    *kept = decoded;
    *out = kept;
    return FEDVAL_OK;
}

fedval_status fv_chain_decode(fv_arena *arena, const fv_bytes *chain, size_t num_chain,
                              const fv_certificate ***out)
{
    const fv_certificate **certificates =
        fv_arena_alloc_array(arena, num_chain, sizeof(*certificates));
    fedval_status status = certificates != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; status == FEDVAL_OK && i < num_chain; i++)
        status = decode_certificate(arena, chain[i], &certificates[i]);
    if (status == FEDVAL_OK)
        *out = certificates;
    return status;
}

static bool is_of_name(const fv_record *record, const char *name)
{
    return fv_text_equal_nocase(fv_text_of(record->owner), fv_text_of(name));
}

static const fv_record *find_alias_of(const fedval_fact *fact, const char *name)
{
    for (size_t i = 0; i < fact->num_records; i++) {
        if (fact->records[i].type == FEDVAL_TYPE_CNAME && is_of_name(&fact->records[i], name))
            return &fact->records[i];
    }
    return NULL;
}

const fv_record *fv_fact_find_alias(const fedval_fact *fact)
{
    return find_alias_of(fact, fact->question.name);
}

#define MOST_ALIASES 32

static bool is_among(const char *const *names, size_t num_names, const char *name)
{
    for (size_t i = 0; i < num_names; i++) {
        if (fv_text_equal_nocase(fv_text_of(names[i]), fv_text_of(name)))
            return true;
    }
    return false;
}

/* Whether a record is of a name that neither the question nor its aliases lead to. In a circle of
 * aliases each name counts once. */
bool fv_fact_has_foreign_record(const fedval_fact *fact)
{
    const char *names[MOST_ALIASES + 1];
    size_t num_names = 0, num_own = 0;
    const char *name = fact->question.name;
    while (name != NULL && num_names <= MOST_ALIASES && !is_among(names, num_names, name)) {
        names[num_names++] = name;
        for (size_t i = 0; i < fact->num_records; i++)
            num_own += is_of_name(&fact->records[i], name);
        const fv_record *alias = find_alias_of(fact, name);
        name = alias != NULL ? alias->data : NULL;
    }
    return num_own < fact->num_records;
}
