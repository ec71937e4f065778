/* Replaces the addresses and the subjects of certificates in a report, so that it can be sent on.
 * The report's own fields tell the subjects. The texts that contain them are composed again with
 * the replacements. */
#include "base/address.h"
#include "base/buf.h"
#include "model/evidence.h"
#include "model/statement.h"

#include <stdlib.h>
#include <string.h>

/* A text that is hidden, and its replacement: the same one throughout the report. */
typedef struct hidden {
    const char *text;
    size_t len;
    const char *word;
} hidden;

typedef struct hidden_list {
    hidden *items;
    size_t num_items, capacity;
    const char *kind; /* "certificate", "address" */
} hidden_list;

typedef struct redactor {
    fv_arena *arena;
    hidden_list subjects; /* sorted longest first while texts are rewritten */
    hidden_list addresses;
    bool has_failed; /* memory ran short */
} redactor;

/* ---- what is hidden ---- */

static const char *word_of(redactor *r, const char *kind, size_t number)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, kind);
    fv_buf_append_u64(&buf, number);
    const char *word = buf.failed ? NULL : fv_arena_copy_text(r->arena, buf.data, buf.len);
    fv_buf_clear(&buf);
    r->has_failed |= word == NULL;
    return word;
}

/* Returns the replacement of `text`. Replacements are numbered in the order in which texts
 * appear. */
static const char *take(redactor *r, hidden_list *list, fv_text text)
{
    for (size_t i = 0; i < list->num_items; i++) {
        if (fv_text_equal((fv_text){list->items[i].text, list->items[i].len}, text))
            return list->items[i].word;
    }
    void *items = list->items;
    const char *word = word_of(r, list->kind, list->num_items + 1);
    const char *copy = fv_arena_copy_text(r->arena, text.data, text.len);
    hidden *slot =
        fv_arena_append(r->arena, &items, &list->num_items, &list->capacity, sizeof(*slot));
    if (slot == NULL || copy == NULL || word == NULL) {
        r->has_failed = true;
        return "";
    }
    list->items = items;
    *slot = (hidden){copy, text.len, word};
    return word;
}

/* Learns a subject to hide. A certificate without a subject is shown by its first alternative name;
 * that is a host, and hosts are not hidden. */
static void learn(redactor *r, const char *subject)
{
    if (subject != NULL && strchr(subject, '=') != NULL)
        (void)take(r, &r->subjects, fv_text_of(subject));
}

/* Returns whether the parameter `key` holds the name of a certificate or an issuer. */
static bool is_subject(const char *key)
{
    static const char *const keys[] = {"certificate", "issuer", "root", "subject", "anchor"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (strcmp(key, keys[i]) == 0)
            return true;
    }
    return false;
}

static void learn_finding(redactor *r, const fv_statement *statement)
{
    const fv_finding *finding = &statement->finding;
    learn(r, finding->where.certificate);
    for (size_t i = 0; i < finding->num_params; i++) {
        if (is_subject(finding->params[i].key))
            learn(r, finding->params[i].value);
    }
}

static void learn_presented(redactor *r, const fv_report_presented *presented)
{
    if (presented->certificate != NULL)
        learn(r, presented->certificate->subject);
    for (size_t i = 0; i < presented->num_paths; i++) {
        const fv_report_path *path = &presented->paths[i];
        for (size_t k = 0; k < path->num_certificates; k++)
            learn(r, path->certificates[k].subject);
        for (size_t k = 0; k < path->num_findings; k++)
            learn_finding(r, &path->findings[k]);
    }
}

static int by_length(const void *a, const void *b)
{
    const hidden *first = a, *second = b;
    if (first->len != second->len)
        return first->len > second->len ? -1 : 1;
    return memcmp(first->text, second->text, first->len);
}

static void learn_issuer(redactor *r, const fv_certificate *certificate)
{
    fv_buf name;
    fv_buf_init(&name);
    fv_name_append_text(&name, &certificate->issuer);
    r->has_failed |= name.failed;
    learn(r, name.data);
    fv_buf_clear(&name);
}

/* Findings can name certificates that were sent but lie on no path, so their subjects are learnt
 * too. */
static void learn_chain(redactor *r, const fedval_fact *fact)
{
    const fv_certificate **certificates = fact->certificates;
    if (fact->num_chain > 0 && certificates == NULL &&
        fv_chain_decode(r->arena, fact->chain, fact->num_chain, &certificates) != FEDVAL_OK)
        r->has_failed = true;
    for (size_t i = 0; certificates != NULL && i < fact->num_chain; i++) {
        if (certificates[i] == NULL)
            continue;
        const char *name = fv_certificate_copy_name(r->arena, certificates[i]);
        r->has_failed |= name == NULL;
        learn(r, name);
        learn_issuer(r, certificates[i]);
    }
}

static void learn_all(redactor *r, const fedval_report *report, const fedval_evidence *evidence)
{
    for (size_t i = 0; evidence != NULL && i < evidence->num_facts; i++)
        learn_chain(r, evidence->in_order[i]);
    for (size_t i = 0; i < report->num_endpoints; i++) {
        const fv_report_endpoint *endpoint = &report->endpoints[i];
        for (size_t k = 0; k < endpoint->num_addresses; k++)
            learn_presented(r, &endpoint->addresses[k].presented);
    }
    learn_presented(r, &report->client);
    for (size_t i = 0; i < report->num_findings; i++)
        learn_finding(r, &report->findings[i]);
    if (r->subjects.num_items > 0)
        qsort(r->subjects.items, r->subjects.num_items, sizeof(hidden), by_length);
}

/* ---- one text ---- */

static bool is_of_word(char c)
{
    return fv_ascii_is_alnum(c) || c == '-' || c == '_';
}

/* Returns whether a subject ends at `at`, so that "CN=a" is not found in "CN=ab". */
static bool ends_here(fv_text text, size_t at)
{
    return at == text.len ||
           !(is_of_word(text.data[at]) ||
             (text.data[at] == '.' && at + 1 < text.len && is_of_word(text.data[at + 1])));
}

static const hidden *find_subject(const redactor *r, fv_text text, size_t at)
{
    for (size_t i = 0; i < r->subjects.num_items; i++) {
        const hidden *item = &r->subjects.items[i];
        if (item->len <= text.len - at && memcmp(text.data + at, item->text, item->len) == 0 &&
            ends_here(text, at + item->len))
            return item;
    }
    return NULL;
}

/* Returns the length of the word at `at`, as far as an address and a port could reach, without
 * punctuation at its end. */
static size_t word_length(fv_text text, size_t at)
{
    size_t end = at;
    while (end < text.len &&
           (is_of_word(text.data[end]) || text.data[end] == '.' || text.data[end] == ':'))
        end++;
    while (end > at + 2 &&
           (text.data[end - 1] == '.' || (text.data[end - 1] == ':' && text.data[end - 2] != ':')))
        end--;
    return end - at;
}

/* Returns how much of a word is an address: all of it, or all but a port such as ":5061". 0: it is
 * no address. */
static size_t address_length(fv_text word)
{
    fv_address address;
    size_t colon = word.len;
    if (fv_address_parse(word, &address))
        return word.len;
    while (colon > 0 && fv_ascii_is_digit(word.data[colon - 1]))
        colon--;
    if (colon == 0 || colon == word.len || word.data[colon - 1] != ':' ||
        !fv_address_parse((fv_text){word.data, colon - 1}, &address))
        return 0;
    return colon - 1;
}

/* Appends the piece of text at `at`, replaced if it is hidden. Returns how many bytes of `text` the
 * piece has. */
static size_t append_next(redactor *r, fv_buf *buf, fv_text text, size_t at)
{
    const hidden *subject = find_subject(r, text, at);
    if (subject != NULL) {
        fv_buf_append_text(buf, subject->word);
        return subject->len;
    }
    fv_text word = {text.data + at, word_length(text, at)};
    size_t len = address_length(word);
    if (len > 0) {
        fv_buf_append_text(buf, take(r, &r->addresses, (fv_text){word.data, len}));
        return len;
    }
    /* A subject may begin inside a word, so move on by one byte only. */
    fv_buf_append_char(buf, text.data[at++]);
    size_t taken = 1;
    while (taken < word.len && find_subject(r, text, at) == NULL) {
        fv_buf_append_char(buf, text.data[at++]);
        taken++;
    }
    return taken;
}

static void redact(redactor *r, const char **text)
{
    fv_text from = fv_text_of(*text);
    fv_buf buf;
    if (from.len == 0)
        return;
    fv_buf_init(&buf);
    for (size_t at = 0; at < from.len;)
        at += append_next(r, &buf, from, at);
    const char *copy = buf.failed ? NULL : fv_arena_copy_text(r->arena, buf.data, buf.len);
    fv_buf_clear(&buf);
    r->has_failed |= copy == NULL;
    *text = copy != NULL ? copy : "";
}

/* ---- the members of a report ---- */

static void redact_texts(redactor *r, fv_statement *statement)
{
    for (uint32_t which = 0; which < FV_NUM_TEXTS; which++) {
        const char *text = fv_statement_text(statement, which);
        redact(r, &text);
        if (text != NULL)
            atomic_store(&statement->texts->made[which], text);
    }
}

static void redact_statement(redactor *r, fv_statement *statement)
{
    fv_finding *finding = &statement->finding;
    fv_param *params = fv_arena_alloc_array(r->arena, finding->num_params, sizeof(*params));
    r->has_failed |= params == NULL;
    /* The texts are made of the parameters as they were, for a text may have a word of which a
     * parameter is a part. */
    r->has_failed |= !fv_statements_make_texts(statement, 1);
    for (size_t i = 0; params != NULL && i < finding->num_params; i++) {
        params[i] = finding->params[i];
        redact(r, &params[i].value);
    }
    finding->params = params;
    redact(r, &finding->where.target);
    redact(r, &finding->where.address);
    redact(r, &finding->where.certificate);
    redact_texts(r, statement);
}

/* The DER and the Common Name tell who holds the certificate, as the subject does. */
static void redact_certificate(redactor *r, fv_report_certificate *certificate)
{
    redact(r, &certificate->subject);
    certificate->common_name = NULL;
    certificate->der = (fv_bytes){NULL, 0};
    for (size_t i = 0; i < certificate->num_dns_names; i++)
        redact(r, &certificate->dns_names[i]);
}

static void redact_path(redactor *r, fv_report_path *path)
{
    for (size_t i = 0; i < path->num_certificates; i++)
        redact_certificate(r, &path->certificates[i]);
    for (size_t i = 0; i < path->num_findings; i++)
        redact_statement(r, &path->findings[i]);
}

/* Several addresses may share one certificate and its paths. To rewrite them twice changes nothing
 * more. */
static void redact_presented(redactor *r, fv_report_presented *presented)
{
    if (presented->certificate != NULL)
        redact_certificate(r, presented->certificate);
    for (size_t i = 0; i < presented->num_paths; i++)
        redact_path(r, &presented->paths[i]);
}

static void redact_endpoint(redactor *r, fv_report_endpoint *endpoint)
{
    redact(r, &endpoint->target);
    for (size_t i = 0; i < endpoint->num_addresses; i++) {
        fv_report_address *address = &endpoint->addresses[i];
        redact(r, &address->address);
        redact(r, &address->probe_source);
        redact_presented(r, &address->presented);
    }
}

static void redact_action(redactor *r, fv_report_action *action)
{
    redact(r, &action->owner);
    redact(r, &action->data);
    redact(r, &action->hurts);
    redact(r, &action->certificate);
    redact(r, &action->address);
}

/* Rewrites the endpoints first, so that addresses are numbered in the order of the report. */
static void redact_all(redactor *r, fedval_report *report)
{
    for (size_t i = 0; i < report->num_endpoints; i++)
        redact_endpoint(r, &report->endpoints[i]);
    redact_presented(r, &report->client);
    for (size_t i = 0; i < report->num_findings; i++)
        redact_statement(r, &report->findings[i]);
    for (size_t i = 0; i < report->num_actions; i++)
        redact_action(r, &report->actions[i]);
    for (size_t i = 0; i < report->num_assumed; i++)
        redact(r, &report->assumed[i]);
    redact(r, &report->dns_source);
    redact(r, &report->partner_alternative);
}

fedval_status fedval_report_redact(fedval_report *report, const fedval_evidence *evidence)
{
    if (report == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    redactor r = {.arena = &report->arena,
                  .subjects = {.kind = "certificate"},
                  .addresses = {.kind = "address"}};
    learn_all(&r, report, evidence);
    redact_all(&r, report);
    return r.has_failed ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}
