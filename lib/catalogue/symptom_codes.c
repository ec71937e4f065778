#include "catalogue/symptom_codes.h"

#include "base/text.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const fv_symptom_table *const tables[] = {
    &fv_ms_diagnostics, &fv_edge_results,        &fv_hresults, &fv_windows_codes, &fv_sip_statuses,
    &fv_tls_alerts,     &fv_openssl_verify_codes};

/* Compares the kind too, because a table may hold codes of several kinds. */
static const fv_symptom_code *find_in(const fv_symptom_table *table, uint32_t kind, uint32_t number)
{
    for (size_t i = 0; i < table->num_codes; i++) {
        if (table->codes[i].number == number && table->codes[i].kind == kind)
            return &table->codes[i];
    }
    return NULL;
}

const fv_symptom_code *fv_symptom_code_find(uint32_t kind, uint32_t number)
{
    const fv_symptom_code *found = NULL;
    for (size_t i = 0; found == NULL && i < COUNT(tables); i++)
        found = find_in(tables[i], kind, number);
    return found;
}

static bool is_named(const fv_symptom_code *code, fv_text name)
{
    return code->name != NULL && fv_text_equal_nocase(fv_text_of(code->name), name);
}

const fv_symptom_code *fv_symptom_code_find_name(const char *name, size_t name_len)
{
    fv_text wanted = {name, name_len};
    for (size_t i = 0; i < fv_symptom_code_count(); i++) {
        const fv_symptom_code *code = fv_symptom_code_get(i);
        if (is_named(code, wanted))
            return code;
    }
    return NULL;
}

size_t fv_symptom_code_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT(tables); i++)
        count += tables[i]->num_codes;
    return count;
}

const fv_symptom_code *fv_symptom_code_get(size_t index)
{
    for (size_t i = 0; i < COUNT(tables); i++) {
        if (index < tables[i]->num_codes)
            return &tables[i]->codes[index];
        index -= tables[i]->num_codes;
    }
    return NULL;
}
