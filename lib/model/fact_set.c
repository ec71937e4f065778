/* The setters of a fact, which backends call. */
#include "model/fact.h"

#include <string.h>

enum { DNS = 1u << FEDVAL_QUESTION_DNS, PROBE = 1u << FEDVAL_QUESTION_PROBE };

/* The kinds of question that each outcome can answer, by outcome. */
static const uint8_t kinds_of_outcome[] = {
    [FEDVAL_OUTCOME_ANSWER] = DNS,          [FEDVAL_OUTCOME_NODATA] = DNS,
    [FEDVAL_OUTCOME_NXDOMAIN] = DNS,        [FEDVAL_OUTCOME_SERVFAIL] = DNS,
    [FEDVAL_OUTCOME_REFUSED] = DNS | PROBE, [FEDVAL_OUTCOME_TIMEOUT] = DNS | PROBE,
    [FEDVAL_OUTCOME_MALFORMED] = DNS,       [FEDVAL_OUTCOME_UNREACHABLE] = DNS | PROBE,
    [FEDVAL_OUTCOME_HANDSHAKE] = PROBE,     [FEDVAL_OUTCOME_RESET] = PROBE,
    [FEDVAL_OUTCOME_CLOSED] = PROBE,        [FEDVAL_OUTCOME_NOT_TLS] = PROBE,
    [FEDVAL_OUTCOME_ALERT] = PROBE,         [FEDVAL_OUTCOME_NO_COMMON_VERSION] = PROBE,
    [FEDVAL_OUTCOME_UNSUPPORTED] = PROBE,   [FEDVAL_OUTCOME_NOT_PROBED] = PROBE,
    [FEDVAL_OUTCOME_NOT_ANSWERED] = DNS,    [FEDVAL_OUTCOME_STALLED] = PROBE,
    [FEDVAL_OUTCOME_LOCAL] = DNS | PROBE,   [FEDVAL_OUTCOME_ALIAS_CIRCLE] = DNS,
    [FEDVAL_OUTCOME_VIOLATION] = PROBE,     [FEDVAL_OUTCOME_FILTERED] = DNS,
};

static bool is_kind(const fedval_fact *fact, uint32_t kind)
{
    return fact != NULL && fact->question.kind == kind;
}

fedval_status fedval_fact_set_outcome(fedval_fact *fact, uint32_t outcome)
{
    if (fact == NULL || outcome >= sizeof(kinds_of_outcome) ||
        (kinds_of_outcome[outcome] >> fact->question.kind & 1u) == 0)
        return FEDVAL_ERROR_ARGUMENT;
    fact->outcome = outcome;
    return FEDVAL_OK;
}

fedval_status fedval_fact_set_time(fedval_fact *fact, int64_t time)
{
    if (fact == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fact->time = time;
    return FEDVAL_OK;
}

static fedval_status set_text(fedval_fact *fact, fv_text text, const char **out)
{
    if (fv_text_has_nul(text))
        return FEDVAL_ERROR_SYNTAX;
    const char *copy = fv_arena_copy_text(&fact->arena, text.data, text.len);
    if (copy == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *out = copy;
    return FEDVAL_OK;
}

fedval_status fedval_fact_set_detail(fedval_fact *fact, const char *detail, size_t detail_len)
{
    if (fact == NULL || detail == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    return set_text(fact, fv_text_given(detail, detail_len), &fact->detail);
}

fedval_status fedval_fact_set_final(fedval_fact *fact)
{
    if (fact == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fact->is_final = true;
    return FEDVAL_OK;
}

void fv_fact_reopen(fedval_fact *fact)
{
    fact->outcome = 0;
    fact->detail = NULL;
}

/* Sets a text; NULL removes it. */
static fedval_status set_optional(fedval_fact *fact, fv_text text, const char **out)
{
    if (text.data != NULL)
        return set_text(fact, text, out);
    *out = NULL;
    return FEDVAL_OK;
}

fedval_status fedval_fact_set_ede(fedval_fact *fact, uint16_t code, const char *text,
                                  size_t text_len)
{
    if (!is_kind(fact, FEDVAL_QUESTION_DNS))
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = set_optional(fact, fv_text_given(text, text_len), &fact->ede_text);
    if (status == FEDVAL_OK)
        fact->ede = code;
    return status;
}

fedval_status fedval_fact_set_dnssec(fedval_fact *fact, uint32_t state)
{
    if (!is_kind(fact, FEDVAL_QUESTION_DNS) || fedval_dnssec_to_string(state) == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fact->dnssec = state;
    return FEDVAL_OK;
}

fedval_status fedval_fact_set_authority(fedval_fact *fact, uint32_t authority)
{
    if (!is_kind(fact, FEDVAL_QUESTION_DNS) || fedval_authority_to_string(authority) == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fact->authority = authority;
    return FEDVAL_OK;
}

/* ---- records ---- */

/* Removes the final dot, but not from the root "." and not an escaped dot (RFC 1035 5.1: "\."). */
static fv_text without_final_dot(fv_text text)
{
    size_t num_backslashes = 0;
    if (text.len < 2 || text.data[text.len - 1] != '.')
        return text;
    while (num_backslashes + 1 < text.len && text.data[text.len - 2 - num_backslashes] == '\\')
        num_backslashes++;
    if (num_backslashes % 2 == 0)
        text.len--;
    return text;
}

static fedval_status append_record(fedval_fact *fact, fv_record record, fv_text owner, fv_text data)
{
    fv_text name = without_final_dot(owner);
    if (fv_text_has_nul(owner) || fv_text_has_nul(data))
        return FEDVAL_ERROR_SYNTAX;
    record.owner = fv_arena_copy_text(&fact->arena, name.data, name.len);
    record.data = fv_arena_copy_text(&fact->arena, data.data, data.len);
    if (record.owner == NULL || record.data == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    void *items = fact->records;
    fv_record *slot = fv_arena_append(&fact->arena, &items, &fact->num_records,
                                      &fact->records_capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fact->records = items;
    *slot = record;
    return FEDVAL_OK;
}

fedval_status fedval_fact_append_srv(fedval_fact *fact, const char *owner, size_t owner_len,
                                     uint32_t ttl, uint16_t priority, uint16_t weight,
                                     uint16_t port, const char *target, size_t target_len)
{
    if (!is_kind(fact, FEDVAL_QUESTION_DNS) || owner == NULL || target == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_record record = {
        .type = FEDVAL_TYPE_SRV, .ttl = ttl, .priority = priority, .weight = weight, .port = port};
    return append_record(fact, record, fv_text_given(owner, owner_len),
                         without_final_dot(fv_text_given(target, target_len)));
}

fedval_status fedval_fact_append_address(fedval_fact *fact, const char *owner, size_t owner_len,
                                         uint32_t ttl, const char *address, size_t address_len)
{
    char literal[FV_ADDRESS_TEXT_SIZE];
    fv_record record = {.ttl = ttl};
    if (!is_kind(fact, FEDVAL_QUESTION_DNS) || owner == NULL || address == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_address_parse(fv_text_given(address, address_len), &record.address))
        return FEDVAL_ERROR_SYNTAX;
    record.type = record.address.len == 4 ? FEDVAL_TYPE_A : FEDVAL_TYPE_AAAA;
    fv_address_format(&record.address, literal);
    return append_record(fact, record, fv_text_given(owner, owner_len), fv_text_of(literal));
}

fedval_status fv_fact_append_to_choose(fedval_fact *fact, const char *owner, const fv_record *like,
                                       const char *data)
{
    fv_record record = *like;
    record.is_to_choose = true;
    return append_record(fact, record, fv_text_of(owner), fv_text_of(data));
}

/* A record whose only field is a name. */
static fedval_status append_name(fedval_fact *fact, uint32_t type, fv_text owner, uint32_t ttl,
                                 fv_text target)
{
    if (!is_kind(fact, FEDVAL_QUESTION_DNS) || owner.data == NULL || target.data == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_record record = {.type = type, .ttl = ttl};
    return append_record(fact, record, owner, without_final_dot(target));
}

fedval_status fedval_fact_append_cname(fedval_fact *fact, const char *owner, size_t owner_len,
                                       uint32_t ttl, const char *target, size_t target_len)
{
    return append_name(fact, FEDVAL_TYPE_CNAME, fv_text_given(owner, owner_len), ttl,
                       fv_text_given(target, target_len));
}

fedval_status fedval_fact_append_ns(fedval_fact *fact, const char *owner, size_t owner_len,
                                    uint32_t ttl, const char *target, size_t target_len)
{
    return append_name(fact, FEDVAL_TYPE_NS, fv_text_given(owner, owner_len), ttl,
                       fv_text_given(target, target_len));
}

/* ---- probes ---- */

fedval_status fedval_fact_set_tls(fedval_fact *fact, const char *version, size_t version_len,
                                  const char *cipher, size_t cipher_len)
{
    const char *new_version = NULL, *new_cipher = NULL;
    if (!is_kind(fact, FEDVAL_QUESTION_PROBE))
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = set_optional(fact, fv_text_given(version, version_len), &new_version);
    if (status == FEDVAL_OK)
        status = set_optional(fact, fv_text_given(cipher, cipher_len), &new_cipher);
    if (status != FEDVAL_OK)
        return status;
    fact->tls_version = new_version;
    fact->tls_number = fv_tls_version_of(fv_text_given(version, version_len));
    fact->tls_cipher = new_cipher;
    fact->suite_key = fv_tls_key_of_suite(fv_text_given(cipher, cipher_len));
    return FEDVAL_OK;
}

fedval_status fedval_fact_set_alert(fedval_fact *fact, uint8_t alert)
{
    if (!is_kind(fact, FEDVAL_QUESTION_PROBE))
        return FEDVAL_ERROR_ARGUMENT;
    fact->alert = alert;
    return FEDVAL_OK;
}

fedval_status fedval_fact_set_client_certificate(fedval_fact *fact, uint32_t state)
{
    if (!is_kind(fact, FEDVAL_QUESTION_PROBE) || fedval_client_certificate_to_string(state) == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fact->client_certificate = state;
    return FEDVAL_OK;
}

static fedval_status append_bytes(fv_arena *arena, fv_bytes bytes, fv_bytes **list, size_t *count,
                                  size_t *capacity)
{
    fv_bytes copy;
    if (!fv_arena_copy_bytes(arena, bytes, &copy))
        return FEDVAL_ERROR_NO_MEMORY;
    void *items = *list;
    fv_bytes *slot = fv_arena_append(arena, &items, count, capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *list = items;
    *slot = copy;
    return FEDVAL_OK;
}

fedval_status fedval_fact_append_certificate(fedval_fact *fact, const void *der, size_t der_len)
{
    if (!is_kind(fact, FEDVAL_QUESTION_PROBE) || der == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    return append_bytes(&fact->arena, (fv_bytes){der, der_len}, &fact->chain, &fact->num_chain,
                        &fact->chain_capacity);
}

fedval_status fedval_fact_append_client_ca(fedval_fact *fact, const void *der, size_t der_len)
{
    if (!is_kind(fact, FEDVAL_QUESTION_PROBE) || der == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    return append_bytes(&fact->arena, (fv_bytes){der, der_len}, &fact->client_cas,
                        &fact->num_client_cas, &fact->client_cas_capacity);
}

fedval_status fedval_fact_set_chain_complete(fedval_fact *fact, uint32_t complete)
{
    if (!is_kind(fact, FEDVAL_QUESTION_PROBE))
        return FEDVAL_ERROR_ARGUMENT;
    fact->chain_complete = complete != 0;
    return FEDVAL_OK;
}

/* Reads the bits in the name of a finite-field group: 512 of "DHE 512 bits". 0: another kind. */
static uint32_t read_dhe_bits(fv_text group)
{
    static const char lead[] = "DHE ";
    const size_t lead_len = sizeof(lead) - 1;
    uint64_t bits = 0;
    if (group.len < lead_len || memcmp(group.data, lead, lead_len) != 0)
        return 0;
    fv_text number = {group.data + lead_len, 0};
    while (lead_len + number.len < group.len && fv_ascii_is_digit(number.data[number.len]))
        number.len++;
    return fv_text_to_u64(number, &bits) && bits <= UINT32_MAX ? (uint32_t)bits : 0;
}

fedval_status fedval_fact_set_key_exchange(fedval_fact *fact, const char *group, size_t group_len,
                                           const char *signature, size_t signature_len)
{
    if (!is_kind(fact, FEDVAL_QUESTION_PROBE))
        return FEDVAL_ERROR_ARGUMENT;
    const char *new_group = NULL, *new_signature = NULL;
    fedval_status status = set_optional(fact, fv_text_given(group, group_len), &new_group);
    if (status == FEDVAL_OK)
        status = set_optional(fact, fv_text_given(signature, signature_len), &new_signature);
    if (status != FEDVAL_OK)
        return status;
    fact->tls_group = new_group;
    fact->dhe_bits = read_dhe_bits(fv_text_given(group, group_len));
    fact->tls_signature = new_signature;
    fact->signature_key = fv_tls_key_of_scheme(fv_text_given(signature, signature_len));
    return FEDVAL_OK;
}

fedval_status fedval_fact_set_ocsp(fedval_fact *fact, const void *der, size_t der_len)
{
    fv_bytes copy;
    if (!is_kind(fact, FEDVAL_QUESTION_PROBE) || der == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_arena_copy_bytes(&fact->arena, (fv_bytes){der, der_len}, &copy))
        return FEDVAL_ERROR_NO_MEMORY;
    fact->ocsp = copy;
    fact->has_ocsp = true;
    return FEDVAL_OK;
}

fedval_status fedval_fact_set_banner(fedval_fact *fact, const char *banner, size_t banner_len)
{
    if (!is_kind(fact, FEDVAL_QUESTION_PROBE) || banner == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    return set_text(fact, fv_text_given(banner, banner_len), &fact->banner);
}

fedval_status fedval_fact_set_sip(fedval_fact *fact, uint16_t status, const char *server,
                                  size_t server_len)
{
    if (!is_kind(fact, FEDVAL_QUESTION_PROBE) || status < 100 || status > 699)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status result = set_optional(fact, fv_text_given(server, server_len), &fact->sip_server);
    if (result == FEDVAL_OK)
        fact->sip_status = status;
    return result;
}
