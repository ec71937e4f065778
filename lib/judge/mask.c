#include "judge/mask.h"

#include "base/address.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

fv_mask fv_mask_of(fv_arena *arena)
{
    return (fv_mask){.arena = arena,
                     .texts = arena,
                     .subjects = {.kind = "certificate"},
                     .addresses = {.kind = "address"}};
}

fedval_status fv_mask_status(const fv_mask *mask)
{
    return mask->has_failed ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

/* ---- what is hidden ---- */

static const char *word_of(fv_mask *mask, const char *kind, size_t number)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, kind);
    fv_buf_append_u64(&buf, number);
    const char *word = buf.failed ? NULL : fv_arena_copy_text(mask->arena, buf.data, buf.len);
    fv_buf_clear(&buf);
    mask->has_failed |= word == NULL;
    return word;
}

static const char *find(const fv_mask_list *list, fv_text text)
{
    for (size_t i = 0; i < list->num_items; i++) {
        if (fv_text_equal((fv_text){list->items[i].text, list->items[i].len}, text))
            return list->items[i].word;
    }
    return NULL;
}

static const char *add(fv_mask *mask, fv_mask_list *list, fv_text text, const char *word)
{
    void *items = list->items;
    const char *copy = fv_arena_copy_text(mask->arena, text.data, text.len);
    fv_mask_item *slot =
        fv_arena_append(mask->arena, &items, &list->num_items, &list->capacity, sizeof(*slot));
    if (slot == NULL || copy == NULL || word == NULL) {
        mask->has_failed = true;
        return "";
    }
    list->items = items;
    *slot = (fv_mask_item){copy, text.len, word};
    return word;
}

/* Returns the replacement of `text`. Replacements are numbered in the order in which texts
 * appear. */
static const char *take(fv_mask *mask, fv_mask_list *list, fv_text text)
{
    const char *known = find(list, text);
    if (known != NULL)
        return known;
    return add(mask, list, text, word_of(mask, list->kind, list->num_items + 1));
}

/* Learns a subject to hide. A certificate without a subject is shown by its first alternative name;
 * that is a host, and hosts are not hidden. */
void fv_mask_learn(fv_mask *mask, const char *subject)
{
    if (subject != NULL && strchr(subject, '=') != NULL)
        (void)take(mask, &mask->subjects, fv_text_of(subject));
}

/* Returns the name of the file behind the folders of `path`. */
static const char *without_folders(const char *path)
{
    for (const char *at = path; *at != '\0'; at++) {
        if ((*at == '/' || *at == '\\') && at[1] != '\0')
            path = at + 1;
    }
    return path;
}

static void learn_path(fv_mask *mask, const char *path)
{
    const char *name = without_folders(path);
    if (name == path || find(&mask->paths, fv_text_of(path)) != NULL)
        return;
    name = fv_arena_copy_text(mask->arena, name, strlen(name));
    (void)add(mask, &mask->paths, fv_text_of(path), name);
}

void fv_mask_learn_sources(fv_mask *mask, const fv_fact_sources *sources)
{
    for (size_t i = 0; i < sources->count; i++)
        learn_path(mask, sources->items[i].place);
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

void fv_mask_learn_finding(fv_mask *mask, const fv_statement *statement)
{
    const fv_finding *finding = &statement->finding;
    fv_mask_learn(mask, finding->where.certificate);
    for (size_t i = 0; i < finding->num_params; i++) {
        if (is_subject(finding->params[i].key))
            fv_mask_learn(mask, finding->params[i].value);
    }
}

void fv_mask_learn_presented(fv_mask *mask, const fv_report_presented *presented)
{
    if (presented->certificate != NULL)
        fv_mask_learn(mask, presented->certificate->subject);
    for (size_t i = 0; i < presented->num_paths; i++) {
        const fv_report_path *path = &presented->paths[i];
        for (size_t k = 0; k < path->num_certificates; k++)
            fv_mask_learn(mask, path->certificates[k].subject);
        for (size_t k = 0; k < path->num_findings; k++)
            fv_mask_learn_finding(mask, &path->findings[k]);
    }
}

static int by_length(const void *a, const void *b)
{
    const fv_mask_item *first = a, *second = b;
    if (first->len != second->len)
        return first->len > second->len ? -1 : 1;
    return memcmp(first->text, second->text, first->len);
}

static void learn_issuer(fv_mask *mask, const fv_certificate *certificate)
{
    fv_buf name;
    fv_buf_init(&name);
    fv_name_append_text(&name, &certificate->issuer);
    mask->has_failed |= name.failed;
    fv_mask_learn(mask, name.data);
    fv_buf_clear(&name);
}

void fv_mask_learn_certificates(fv_mask *mask, const fv_certificate *const *certificates,
                                size_t count)
{
    for (size_t i = 0; certificates != NULL && i < count; i++) {
        if (certificates[i] == NULL)
            continue;
        const char *name = fv_certificate_copy_name(mask->arena, certificates[i]);
        mask->has_failed |= name == NULL;
        fv_mask_learn(mask, name);
        learn_issuer(mask, certificates[i]);
    }
}

/* Findings can name certificates that were sent but lie on no path, so their subjects are learnt
 * too. */
static void learn_chain(fv_mask *mask, const fedval_fact *fact)
{
    const fv_certificate **certificates = fact->certificates;
    if (fact->num_chain > 0 && certificates == NULL &&
        fv_chain_decode(mask->arena, fact->chain, fact->num_chain, &certificates) != FEDVAL_OK)
        mask->has_failed = true;
    fv_mask_learn_certificates(mask, certificates, fact->num_chain);
}

void fv_mask_learn_evidence(fv_mask *mask, const fedval_evidence *evidence)
{
    for (size_t i = 0; evidence != NULL && i < evidence->num_facts; i++) {
        learn_chain(mask, evidence->in_order[i]);
        fv_mask_learn_sources(mask, &evidence->in_order[i]->sources);
    }
}

static void sort(fv_mask_list *list)
{
    if (list->num_items > 0)
        qsort(list->items, list->num_items, sizeof(fv_mask_item), by_length);
}

void fv_mask_sort(fv_mask *mask)
{
    sort(&mask->subjects);
    sort(&mask->paths);
}

/* ---- one text ---- */

static bool is_of_word(char c)
{
    return fv_ascii_is_alnum(c) || c == '-' || c == '_';
}

/* Returns whether what is hidden ends at `at`, so that "CN=a" is not found in "CN=ab". */
static bool ends_here(fv_text text, size_t at)
{
    return at == text.len ||
           !(is_of_word(text.data[at]) ||
             (text.data[at] == '.' && at + 1 < text.len && is_of_word(text.data[at + 1])));
}

static const fv_mask_item *find_item(const fv_mask_list *list, fv_text text, size_t at)
{
    for (size_t i = 0; i < list->num_items; i++) {
        const fv_mask_item *item = &list->items[i];
        if (item->len <= text.len - at && memcmp(text.data + at, item->text, item->len) == 0 &&
            ends_here(text, at + item->len))
            return item;
    }
    return NULL;
}

/* Returns the subject or the path at `at`; NULL: there is none. */
static const fv_mask_item *find_learnt(const fv_mask *mask, fv_text text, size_t at)
{
    const fv_mask_item *subject = find_item(&mask->subjects, text, at);
    return subject != NULL ? subject : find_item(&mask->paths, text, at);
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
static size_t append_next(fv_mask *mask, fv_buf *buf, fv_text text, size_t at)
{
    const fv_mask_item *learnt = find_learnt(mask, text, at);
    if (learnt != NULL) {
        fv_buf_append_text(buf, learnt->word);
        return learnt->len;
    }
    fv_text word = {text.data + at, word_length(text, at)};
    size_t len = address_length(word);
    if (len > 0) {
        fv_buf_append_text(buf, take(mask, &mask->addresses, (fv_text){word.data, len}));
        return len;
    }
    /* What is learnt may begin inside a word, so move on by one byte only. */
    fv_buf_append_char(buf, text.data[at++]);
    size_t taken = 1;
    while (taken < word.len && find_learnt(mask, text, at) == NULL) {
        fv_buf_append_char(buf, text.data[at++]);
        taken++;
    }
    return taken;
}

void fv_mask_text(fv_mask *mask, const char **text)
{
    fv_text from = fv_text_of(*text);
    fv_buf buf;
    if (from.len == 0)
        return;
    fv_buf_init(&buf);
    for (size_t at = 0; at < from.len;)
        at += append_next(mask, &buf, from, at);
    const char *copy = buf.failed ? NULL : fv_arena_copy_text(mask->texts, buf.data, buf.len);
    fv_buf_clear(&buf);
    mask->has_failed |= copy == NULL;
    *text = copy != NULL ? copy : "";
}

void fv_mask_source(fv_mask *mask, const char **source)
{
    if (*source != NULL)
        *source = without_folders(*source);
    fv_mask_text(mask, source);
}

/* ---- what holds texts ---- */

static void redact_texts(fv_mask *mask, fv_statement *statement)
{
    for (uint32_t which = 0; which < FV_NUM_TEXTS; which++) {
        const char *text = fv_statement_text(statement, which);
        fv_mask_text(mask, &text);
        if (text != NULL)
            atomic_store(&statement->texts->made[which], text);
    }
}

void fv_mask_statement(fv_mask *mask, fv_statement *statement)
{
    fv_finding *finding = &statement->finding;
    fv_param *params = fv_arena_alloc_array(mask->texts, finding->num_params, sizeof(*params));
    mask->has_failed |= params == NULL;
    /* The texts are made of the parameters as they were, for a text may have a word of which a
     * parameter is a part. */
    mask->has_failed |= !fv_statements_make_texts(statement, 1);
    for (size_t i = 0; params != NULL && i < finding->num_params; i++) {
        params[i] = finding->params[i];
        fv_mask_text(mask, &params[i].value);
    }
    finding->params = params;
    fv_mask_text(mask, &finding->where.target);
    fv_mask_text(mask, &finding->where.address);
    fv_mask_text(mask, &finding->where.certificate);
    redact_texts(mask, statement);
}

/* The DER and the Common Name tell who holds the certificate, as the subject does. */
static void redact_certificate(fv_mask *mask, fv_report_certificate *certificate)
{
    fv_mask_text(mask, &certificate->subject);
    certificate->common_name = NULL;
    certificate->der = (fv_bytes){NULL, 0};
    for (size_t i = 0; i < certificate->num_dns_names; i++)
        fv_mask_text(mask, &certificate->dns_names[i]);
}

static void redact_path(fv_mask *mask, fv_report_path *path)
{
    for (size_t i = 0; i < path->num_certificates; i++)
        redact_certificate(mask, &path->certificates[i]);
    for (size_t i = 0; i < path->num_findings; i++)
        fv_mask_statement(mask, &path->findings[i]);
}

/* Several addresses may share one certificate and its paths. To rewrite them twice changes nothing
 * more. */
void fv_mask_presented(fv_mask *mask, fv_report_presented *presented)
{
    if (presented->certificate != NULL)
        redact_certificate(mask, presented->certificate);
    for (size_t i = 0; i < presented->num_paths; i++)
        redact_path(mask, &presented->paths[i]);
}
