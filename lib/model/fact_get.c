/* The getters of a fact. For something absent they return 0, NULL or "unknown". */
#include "model/fact.h"

static const fedval_fact *or_empty(const fedval_fact *fact)
{
    static const fedval_fact empty = {.time = FEDVAL_TIME_UNKNOWN, .alert = -1, .ede = -1};
    return fact == NULL ? &empty : fact;
}

const fedval_question *fedval_fact_get_question(const fedval_fact *fact)
{
    return fact == NULL ? NULL : &fact->question;
}

uint32_t fedval_fact_get_outcome(const fedval_fact *fact)
{
    return or_empty(fact)->outcome;
}

int64_t fedval_fact_get_time(const fedval_fact *fact)
{
    return or_empty(fact)->time;
}

const char *fedval_fact_get_detail(const fedval_fact *fact)
{
    return or_empty(fact)->detail;
}

uint32_t fedval_fact_get_dnssec(const fedval_fact *fact)
{
    return or_empty(fact)->dnssec;
}

uint32_t fedval_fact_get_authority(const fedval_fact *fact)
{
    return or_empty(fact)->authority;
}

uint32_t fedval_fact_get_role(const fedval_fact *fact)
{
    return or_empty(fact)->question.role;
}

size_t fedval_fact_count_records(const fedval_fact *fact)
{
    return or_empty(fact)->num_records;
}

/* Returns the record; past the end, one of zeros and NULLs. */
static const fv_record *record_at(const fedval_fact *fact, size_t index)
{
    static const fv_record none;
    fact = or_empty(fact);
    return index < fact->num_records ? &fact->records[index] : &none;
}

uint32_t fedval_fact_get_record_type(const fedval_fact *fact, size_t index)
{
    return record_at(fact, index)->type;
}

const char *fedval_fact_get_record_owner(const fedval_fact *fact, size_t index)
{
    return record_at(fact, index)->owner;
}

uint32_t fedval_fact_get_record_ttl(const fedval_fact *fact, size_t index)
{
    return record_at(fact, index)->ttl;
}

uint16_t fedval_fact_get_record_priority(const fedval_fact *fact, size_t index)
{
    return record_at(fact, index)->priority;
}

uint16_t fedval_fact_get_record_weight(const fedval_fact *fact, size_t index)
{
    return record_at(fact, index)->weight;
}

uint16_t fedval_fact_get_record_port(const fedval_fact *fact, size_t index)
{
    return record_at(fact, index)->port;
}

const char *fedval_fact_get_record_data(const fedval_fact *fact, size_t index)
{
    return record_at(fact, index)->data;
}

const char *fedval_fact_get_tls_version(const fedval_fact *fact)
{
    return or_empty(fact)->tls_version;
}

const char *fedval_fact_get_tls_cipher(const fedval_fact *fact)
{
    return or_empty(fact)->tls_cipher;
}

int32_t fedval_fact_get_alert(const fedval_fact *fact)
{
    return or_empty(fact)->alert;
}

uint32_t fedval_fact_get_client_certificate(const fedval_fact *fact)
{
    return or_empty(fact)->client_certificate;
}

uint32_t fedval_fact_get_chain_complete(const fedval_fact *fact)
{
    return or_empty(fact)->chain_complete;
}

size_t fedval_fact_count_certificates(const fedval_fact *fact)
{
    return or_empty(fact)->num_chain;
}

/* Returns NULL past the end of the list. */
static const uint8_t *item_at(const fv_bytes *list, size_t count, size_t index, size_t *out_len)
{
    static const fv_bytes none;
    const fv_bytes *item = index < count ? &list[index] : &none;
    if (out_len != NULL)
        *out_len = item->len;
    return item->data;
}

const uint8_t *fedval_fact_get_certificate(const fedval_fact *fact, size_t index, size_t *out_len)
{
    fact = or_empty(fact);
    return item_at(fact->chain, fact->num_chain, index, out_len);
}

int32_t fedval_fact_get_ede(const fedval_fact *fact)
{
    return or_empty(fact)->ede;
}

const char *fedval_fact_get_ede_text(const fedval_fact *fact)
{
    return or_empty(fact)->ede_text;
}

const char *fedval_fact_get_tls_group(const fedval_fact *fact)
{
    return or_empty(fact)->tls_group;
}

const char *fedval_fact_get_tls_signature(const fedval_fact *fact)
{
    return or_empty(fact)->tls_signature;
}

size_t fedval_fact_count_client_cas(const fedval_fact *fact)
{
    return or_empty(fact)->num_client_cas;
}

const uint8_t *fedval_fact_get_client_ca(const fedval_fact *fact, size_t index, size_t *out_len)
{
    fact = or_empty(fact);
    return item_at(fact->client_cas, fact->num_client_cas, index, out_len);
}

const uint8_t *fedval_fact_get_ocsp(const fedval_fact *fact, size_t *out_len)
{
    fact = or_empty(fact);
    static const uint8_t nothing[1] = {0};
    if (fact->has_ocsp && fact->ocsp.len == 0) {
        if (out_len != NULL)
            *out_len = 0;
        return nothing;
    }
    return item_at(&fact->ocsp, fact->has_ocsp, 0, out_len);
}

const char *fedval_fact_get_banner(const fedval_fact *fact)
{
    return or_empty(fact)->banner;
}

uint16_t fedval_fact_get_sip_status(const fedval_fact *fact)
{
    return or_empty(fact)->sip_status;
}

const char *fedval_fact_get_sip_server(const fedval_fact *fact)
{
    return or_empty(fact)->sip_server;
}
