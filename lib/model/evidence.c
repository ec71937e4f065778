#include "model/evidence.h"

#include "base/error.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

fedval_status fedval_evidence_new(const char *domain, size_t domain_len,
                                  fedval_evidence **out_evidence, fedval_error *error)
{
    char normal[FEDVAL_NAME_SIZE];
    fv_error_reset(error);
    if (domain == NULL || out_evidence == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_text given = fv_text_given(domain, domain_len);
    fedval_status status = fv_evidence_normalise_domain(given, normal, error);
    if (status != FEDVAL_OK)
        return status;
    fedval_evidence *evidence = calloc(1, sizeof(*evidence));
    if (evidence == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&evidence->arena);
    evidence->time = FEDVAL_TIME_UNKNOWN;
    evidence->domain = fv_arena_copy_text(&evidence->arena, normal, strlen(normal));
    evidence->domain_given = fv_arena_copy_text(&evidence->arena, given.data, given.len);
    if (evidence->domain == NULL || evidence->domain_given == NULL) {
        fedval_evidence_free(evidence);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    *out_evidence = evidence;
    return FEDVAL_OK;
}

static void free_replaced(fedval_evidence *evidence)
{
    while (evidence->replaced != NULL) {
        fedval_fact *fact = evidence->replaced;
        evidence->replaced = fact->next_replaced;
        fedval_fact_free(fact);
    }
}

void fedval_evidence_free(fedval_evidence *evidence)
{
    if (evidence == NULL)
        return;
    for (size_t i = 0; i < evidence->num_facts; i++)
        fedval_fact_free(evidence->facts[i]);
    free_replaced(evidence);
    fv_arena_clear(&evidence->arena);
    free(evidence);
}

static const fedval_evidence *or_none(const fedval_evidence *evidence)
{
    static const fedval_evidence none = {.time = FEDVAL_TIME_UNKNOWN};
    return evidence == NULL ? &none : evidence;
}

const char *fedval_evidence_get_domain(const fedval_evidence *evidence)
{
    return or_none(evidence)->domain;
}

const char *fedval_evidence_get_domain_given(const fedval_evidence *evidence)
{
    return or_none(evidence)->domain_given;
}

int64_t fedval_evidence_get_time(const fedval_evidence *evidence)
{
    return or_none(evidence)->time;
}

fedval_status fedval_evidence_set_time(fedval_evidence *evidence, int64_t time)
{
    if (evidence == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    evidence->time = time;
    return FEDVAL_OK;
}

/* ---- finding a fact ---- */

/* Hashes a text so that its ASCII case does not matter. NULL and "" have different hashes. */
static uint64_t hash_text(uint64_t hash, const char *text)
{
    if (text == NULL)
        return fv_hash_word(hash, UINT64_MAX);
    return fv_hash_bytes(hash, (fv_bytes){(const uint8_t *)text, strlen(text)}, 0x20);
}

static uint64_t hash_question(const fedval_question *q)
{
    uint64_t hash =
        fv_hash_word(FV_HASH_SEED, q->kind ^ (uint64_t)q->type << 8 ^ (uint64_t)q->view << 32 ^
                                       (uint64_t)q->port << 16 ^ (uint64_t)q->role << 56 ^
                                       (uint64_t)q->look << 60);
    if (q->kind == FEDVAL_QUESTION_DNS)
        return hash_text(hash_text(hash, q->name), q->address);
    return hash_text(hash_text(hash, q->host), q->address);
}

/* Among so few facts, comparing all questions costs less than the hash of one. */
#define FEW_FACTS 16

static size_t find_among_few(const fedval_evidence *evidence, const fedval_question *question)
{
    size_t at = 0;
    while (at < evidence->num_facts && !fv_question_equal(&evidence->facts[at]->question, question))
        at++;
    return at;
}

/* Returns the index of the fact that answers `question`, or `num_facts` when there is none.
 * Searches an array of hashes, so that it reads only 80 KB for the most facts that evidence can
 * hold. */
static size_t find_place(const fedval_evidence *evidence, const fedval_question *question)
{
    if (evidence->num_facts <= FEW_FACTS)
        return find_among_few(evidence, question);
    uint64_t key = hash_question(question);
    for (size_t i = 0; i < evidence->num_facts; i++) {
        if (evidence->keys[i] == key && fv_question_equal(&evidence->facts[i]->question, question))
            return i;
    }
    return evidence->num_facts;
}

static const fedval_fact *find_fact(const fedval_evidence *evidence,
                                    const fedval_question *question)
{
    return fedval_evidence_get_fact(evidence, find_place(evidence, question));
}

bool fv_evidence_is_name_server(const fedval_evidence *evidence, const char *host)
{
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->facts[i];
        for (size_t j = 0; fact->question.type == FEDVAL_TYPE_NS && j < fact->num_records; j++) {
            if (fv_text_equal_nocase(fv_text_of(fact->records[j].data), fv_text_of(host)))
                return true;
        }
    }
    return false;
}

const fedval_fact *fv_evidence_find_dns(const fedval_evidence *evidence, const char *name,
                                        uint32_t type, uint32_t view)
{
    fedval_question question = {
        .kind = FEDVAL_QUESTION_DNS, .name = name, .type = type, .view = view};
    return find_fact(evidence, &question);
}

/* The same rule as fv_question_answers, the closest fact first. */
const fedval_fact *fv_evidence_find_probe(const fedval_evidence *evidence, const char *host,
                                          const char *address, uint16_t port)
{
    const struct {
        const char *host, *address;
        uint16_t port;
    } from_exact_to_any[] = {{host, address, port}, {host, address, 0}, {NULL, address, port},
                             {NULL, address, 0},    {host, NULL, port}, {host, NULL, 0}};
    for (size_t i = 0; evidence->num_probes > 0 && i < COUNT(from_exact_to_any); i++) {
        fedval_question question = {.kind = FEDVAL_QUESTION_PROBE,
                                    .host = from_exact_to_any[i].host,
                                    .address = from_exact_to_any[i].address,
                                    .port = from_exact_to_any[i].port,
                                    .role = FEDVAL_ROLE_SERVER};
        const fedval_fact *fact = find_fact(evidence, &question);
        if (fact != NULL)
            return fact;
    }
    return NULL;
}

const fedval_fact *fedval_evidence_find(const fedval_evidence *evidence,
                                        const fedval_question *question)
{
    if (evidence == NULL || question == NULL)
        return NULL;
    if (question->kind == FEDVAL_QUESTION_PROBE && question->role == FEDVAL_ROLE_SERVER &&
        question->look == FEDVAL_LOOK_ANY) {
        return fv_evidence_find_probe(evidence, question->host, question->address, question->port);
    }
    return find_fact(evidence, question);
}

const fedval_fact *fv_evidence_find_look(const fedval_evidence *evidence, const char *host,
                                         const char *address, uint16_t port, uint32_t look)
{
    if (evidence->num_looks == 0)
        return NULL;
    fedval_question question = {.kind = FEDVAL_QUESTION_PROBE,
                                .host = host,
                                .address = address,
                                .port = port,
                                .role = FEDVAL_ROLE_SERVER,
                                .look = look};
    return find_fact(evidence, &question);
}

const fedval_fact *fv_evidence_find_client_chain(const fedval_evidence *evidence)
{
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        if (fact->question.kind == FEDVAL_QUESTION_PROBE &&
            fact->question.role == FEDVAL_ROLE_CLIENT)
            return fact;
    }
    return NULL;
}

/* ---- appending ---- */

static size_t text_size(const char *text)
{
    return text == NULL ? 0 : strlen(text) + 1;
}

/* Estimates how many bytes a fact takes. The sum cannot overflow, because every part of it is in
 * memory already. */
static size_t measure(const fedval_fact *fact)
{
    size_t size = sizeof(*fact) + text_size(fact->sources.text) + text_size(fact->detail) +
                  text_size(fact->tls_version) + text_size(fact->tls_cipher) +
                  text_size(fact->tls_group) + text_size(fact->tls_signature) +
                  text_size(fact->ede_text) + text_size(fact->banner) +
                  text_size(fact->sip_server) + fact->ocsp.len;
    for (size_t i = 0; i < fact->sources.count; i++)
        size += sizeof(fv_fact_source) + text_size(fact->sources.items[i].place);
    for (size_t i = 0; i < fact->num_client_cas; i++)
        size += sizeof(fv_bytes) + fact->client_cas[i].len;
    for (size_t i = 0; i < fact->num_records; i++) {
        size += sizeof(fv_record) + text_size(fact->records[i].owner) +
                text_size(fact->records[i].data);
    }
    for (size_t i = 0; i < fact->num_chain; i++)
        size += sizeof(fv_bytes) + fact->chain[i].len;
    return size;
}

static bool add_slots(fedval_evidence *evidence)
{
    void *facts = evidence->facts, *keys = evidence->keys;
    size_t num_keys = evidence->num_facts;
    if (fv_arena_append(&evidence->arena, &keys, &num_keys, &evidence->keys_capacity,
                        sizeof(*evidence->keys)) == NULL)
        return false;
    evidence->keys = keys;
    if (fv_arena_append(&evidence->arena, &facts, &evidence->num_facts, &evidence->facts_capacity,
                        sizeof(*evidence->facts)) == NULL)
        return false;
    evidence->facts = facts;
    void *in_order = evidence->in_order;
    size_t num_in_order = evidence->num_facts - 1;
    if (fv_arena_append(&evidence->arena, &in_order, &num_in_order, &evidence->in_order_capacity,
                        sizeof(*evidence->in_order)) == NULL) {
        evidence->num_facts--;
        return false;
    }
    evidence->in_order = in_order;
    return true;
}

/* Returns the place of `question` among the first `num` facts in order: that of the fact that
 * answers it, or else the one where such a fact belongs. */
static size_t find_in_order(const fedval_evidence *evidence, size_t num,
                            const fedval_question *question)
{
    size_t from = 0, to = num;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (fv_question_compare(&evidence->in_order[middle]->question, question) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static void put_in_order(fedval_evidence *evidence, fedval_fact *fact, bool is_new)
{
    size_t num = evidence->num_facts - (is_new ? 1 : 0);
    size_t place = find_in_order(evidence, num, &fact->question);
    fedval_fact **slot = &evidence->in_order[place];
    if (is_new)
        memmove(slot + 1, slot, (num - place) * sizeof(*slot));
    *slot = fact;
}

static size_t measure_chain(const fedval_fact *fact)
{
    size_t size = 0;
    for (size_t i = 0; i < fact->num_chain; i++)
        size += fact->chain[i].len;
    return size;
}

/* Decodes the chain while the fact is added, within the limits of evidence.h. Reading
 * evidence then changes nothing in it, so several threads can read it at once. */
static fedval_status decode(fedval_evidence *evidence, fedval_fact *fact)
{
    size_t size = measure_chain(fact);
    if (fact->num_chain == 0 || fact->num_chain > FV_EVIDENCE_MAX_DECODED - evidence->num_decoded ||
        size > FV_EVIDENCE_MAX_DECODED_BYTES - evidence->num_decoded_bytes)
        return FEDVAL_OK;
    evidence->num_decoded += fact->num_chain;
    evidence->num_decoded_bytes += size;
    return fv_chain_decode(&fact->arena, fact->chain, fact->num_chain, &fact->certificates);
}

static void drop_replaced(fedval_evidence *evidence, fedval_fact *fact)
{
    if (!evidence->keeps_replaced) {
        fedval_fact_free(fact);
        return;
    }
    fact->next_replaced = evidence->replaced;
    evidence->replaced = fact;
}

fedval_status fedval_evidence_append(fedval_evidence *evidence, const fedval_fact *fact)
{
    if (evidence == NULL || fact == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    size_t place = find_place(evidence, &fact->question);
    bool is_new = place == evidence->num_facts;
    size_t left = evidence->num_bytes - (is_new ? 0 : measure(evidence->facts[place]));
    size_t size = measure(fact);
    if (size > FV_EVIDENCE_MAX_BYTES || left > FV_EVIDENCE_MAX_BYTES - size ||
        (is_new && place == FV_EVIDENCE_MAX_FACTS))
        return FEDVAL_ERROR_LIMIT;

    fedval_fact *copy;
    fedval_status status = fv_fact_copy(fact, &copy);
    if (status != FEDVAL_OK)
        return status;
    status = decode(evidence, copy);
    if (status == FEDVAL_OK && is_new && !add_slots(evidence))
        status = FEDVAL_ERROR_NO_MEMORY;
    if (status != FEDVAL_OK) {
        fedval_fact_free(copy);
        return status;
    }
    put_in_order(evidence, copy, is_new);
    if (!is_new)
        drop_replaced(evidence, evidence->facts[place]);
    evidence->facts[place] = copy;
    evidence->num_probes += is_new && copy->question.kind == FEDVAL_QUESTION_PROBE;
    evidence->num_looks += is_new && copy->question.look != 0;
    evidence->keys[place] = hash_question(&copy->question);
    evidence->num_bytes = left + size;
    return FEDVAL_OK;
}

size_t fedval_evidence_count_facts(const fedval_evidence *evidence)
{
    return or_none(evidence)->num_facts;
}

const fedval_fact *fedval_evidence_get_fact(const fedval_evidence *evidence, size_t index)
{
    return index < or_none(evidence)->num_facts ? or_none(evidence)->facts[index] : NULL;
}
