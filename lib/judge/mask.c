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
                     .addresses = {.kind = "address"},
                     .names = {.kind = "name"}};
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

void fv_mask_add(fv_mask *mask, fv_mask_list *list, fv_text text, fv_text word)
{
    if (find(list, text) == NULL)
        (void)add(mask, list, text, fv_arena_copy_text(mask->arena, word.data, word.len));
}

const char *fv_mask_take(fv_mask *mask, fv_mask_list *list, fv_text text)
{
    const char *known = find(list, text);
    if (known != NULL)
        return known;
    return add(mask, list, text, word_of(mask, list->kind, list->num_items + 1));
}

size_t fv_mask_type_length(fv_text name)
{
    static const char type[] = "DNS:";
    size_t len = strlen(type);
    return name.len >= len && memcmp(name.data, type, len) == 0 ? len : 0;
}

bool fv_mask_is_host(fv_text name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (!fv_ascii_is_alnum(name.data[i]) && strchr("-_.*", name.data[i]) == NULL)
            return false;
    }
    return true;
}

/* An address is found in words by its form. */
static void learn_host(fv_mask *mask, fv_text host)
{
    size_t len = fv_mask_type_length(host);
    fv_address address;
    host = (fv_text){host.data + len, host.len - len};
    if (!fv_mask_is_host(host) && !fv_address_parse(host, &address))
        (void)fv_mask_take(mask, &mask->names, host);
}

void fv_mask_learn(fv_mask *mask, const char *name, uint32_t kind)
{
    if (name != NULL && kind == FV_VALUE_SUBJECT)
        (void)fv_mask_take(mask, &mask->subjects, fv_text_of(name));
    else if (name != NULL && kind == FV_VALUE_HOST)
        learn_host(mask, fv_text_of(name));
}

void fv_mask_learn_shown(fv_mask *mask, const char *name)
{
    if (name == NULL || name[0] == '(' || name[0] == '\0')
        return;
    bool is_host = strncmp(name, "DNS:", strlen("DNS:")) == 0;
    fv_mask_learn(mask, name, is_host ? FV_VALUE_HOST : FV_VALUE_SUBJECT);
}

/* Returns the name of the file behind the folders of `path`. */
const char *fv_mask_without_folders(const char *path)
{
    for (const char *at = path; *at != '\0'; at++) {
        if ((*at == '/' || *at == '\\') && at[1] != '\0')
            path = at + 1;
    }
    return path;
}

static void learn_path(fv_mask *mask, const char *path)
{
    const char *name = fv_mask_without_folders(path);
    if (name == path)
        return;
    fv_mask_add(mask, &mask->paths, fv_text_of(path), fv_text_of(name));
}

void fv_mask_learn_sources(fv_mask *mask, const fv_fact_sources *sources)
{
    for (size_t i = 0; i < sources->count; i++)
        learn_path(mask, sources->items[i].place);
}

void fv_mask_learn_finding(fv_mask *mask, const fedval_finding *finding)
{
    const fv_remark *remark = &finding->remark;
    fv_mask_learn(mask, remark->where.certificate, remark->where.certificate_kind);
    for (size_t i = 0; i < remark->num_params; i++)
        fv_mask_learn(mask, remark->params[i].value, remark->params[i].kind);
}

void fv_mask_learn_presented(fv_mask *mask, const fv_report_presented *presented)
{
    const fv_report_certificate *certificate = presented->certificate;
    if (certificate != NULL)
        fv_mask_learn(mask, certificate->subject, certificate->subject_kind);
    for (size_t i = 0; i < presented->num_paths; i++) {
        const fv_report_path *path = &presented->paths[i];
        for (size_t k = 0; k < path->num_certificates; k++)
            fv_mask_learn(mask, path->certificates[k].subject, path->certificates[k].subject_kind);
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
    if (certificate->issuer.presence != FV_KNOWN || certificate->issuer.num_rdns == 0)
        return;
    fv_buf_init(&name);
    fv_name_append_text(&name, &certificate->issuer);
    mask->has_failed |= name.failed;
    fv_mask_learn(mask, name.data, FV_VALUE_SUBJECT);
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
        fv_mask_learn(mask, name, fv_certificate_name_kind(certificates[i]));
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

void fv_mask_learn_said(fv_mask *mask, const char *text)
{
    fv_buf shown;
    fv_text said = fv_text_of(text);
    if (said.len == 0)
        return;
    fv_buf_init(&shown);
    if (!fv_mask_append_said(mask, &shown, said))
        mask->has_failed = true;
    else if (!fv_text_equal((fv_text){shown.data, shown.len}, said))
        fv_mask_add(mask, &mask->said, said, (fv_text){shown.data, shown.len});
    fv_buf_clear(&shown);
}

void fv_mask_learn_evidence(fv_mask *mask, const fedval_evidence *evidence)
{
    for (size_t i = 0; evidence != NULL && i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        learn_chain(mask, fact);
        fv_mask_learn_sources(mask, &fact->sources);
        fv_mask_learn_said(mask, fact->banner);
        fv_mask_learn_said(mask, fact->sip_server);
        fv_mask_learn_said(mask, fact->ede_text);
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
    sort(&mask->names);
    sort(&mask->said);
}
