#include "catalogue/catalogue.h"

#include "base/code.h"
#include "catalogue/rows.h"

size_t fedval_catalogue_count(void)
{
    return fv_num_rows_by_code - 1; /* there is no code 0 */
}

const fedval_catalogue_entry *fedval_catalogue_find(uint32_t code)
{
    return code < fv_num_rows_by_code ? fv_rows_by_code[code] : NULL;
}

const fedval_catalogue_entry *fedval_catalogue_get(size_t index)
{
    /* Codes have no gaps and begin at 1; a test checks that. */
    return index < UINT32_MAX ? fedval_catalogue_find((uint32_t)index + 1) : NULL;
}

const char *fedval_finding_code_to_string(uint32_t code)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(code);
    return entry != NULL ? entry->id : NULL;
}

fedval_status fedval_finding_code_from_string(const char *text, size_t text_len, uint32_t *out_code)
{
    if (text == NULL || out_code == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        if (fv_text_equal(fv_text_of(entry->id), fv_text_given(text, text_len))) {
            *out_code = entry->code;
            return FEDVAL_OK;
        }
    }
    return FEDVAL_ERROR_NOT_FOUND;
}

uint32_t fedval_catalogue_entry_get_code(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->code : 0;
}

const char *fedval_catalogue_entry_get_id(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->id : NULL;
}

uint32_t fedval_catalogue_entry_get_family(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->family : 0;
}

uint32_t fedval_catalogue_entry_get_severity(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->severity : 0;
}

uint32_t fedval_catalogue_entry_get_requirement(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->requirement : 0;
}

uint32_t fedval_catalogue_entry_get_breaks(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->breaks : 0;
}

const char *fedval_catalogue_entry_get_meaning(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->meaning : NULL;
}

const char *fedval_catalogue_entry_get_message(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->message : NULL;
}

const char *fedval_catalogue_entry_get_expected(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->expected : NULL;
}

const char *fedval_catalogue_entry_get_observed(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->observed : NULL;
}

const char *fedval_catalogue_entry_get_remedy(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->remedy : NULL;
}

uint32_t fedval_catalogue_entry_get_cure(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->cure : FEDVAL_CURE_NONE;
}

uint32_t fedval_catalogue_entry_get_hint(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->hint : FEDVAL_HINT_NONE;
}

uint32_t fedval_catalogue_entry_get_mend_side(const fedval_catalogue_entry *entry, uint32_t seen_by)
{
    if (entry == NULL)
        return FEDVAL_MEND_SIDE_UNKNOWN;
    return seen_by == FEDVAL_SEEN_BY_EXPRESSWAY ? entry->mend_side_of_expressway
                                                : entry->mend_side_of_microsoft;
}

const char *fedval_catalogue_entry_get_log_remedy(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->log_remedy : NULL;
}

const char *fedval_catalogue_entry_get_source(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->source : NULL;
}

size_t fedval_catalogue_entry_count_symptoms(const fedval_catalogue_entry *entry)
{
    return entry != NULL ? entry->num_symptoms : 0;
}

const fedval_symptom *fedval_catalogue_entry_get_symptom(const fedval_catalogue_entry *entry,
                                                         size_t index)
{
    return index < fedval_catalogue_entry_count_symptoms(entry) ? &entry->symptoms[index] : NULL;
}

uint32_t fedval_symptom_get_seen_by(const fedval_symptom *symptom)
{
    return symptom == NULL ? 0 : symptom->seen_by;
}

uint32_t fedval_symptom_get_direction(const fedval_symptom *symptom)
{
    return symptom == NULL ? 0 : symptom->direction;
}

const char *fedval_symptom_get_code(const fedval_symptom *symptom)
{
    return symptom == NULL ? NULL : symptom->code;
}

const char *fedval_symptom_get_name(const fedval_symptom *symptom)
{
    return symptom == NULL ? NULL : symptom->name;
}

const char *fedval_symptom_get_text(const fedval_symptom *symptom)
{
    return symptom == NULL ? NULL : symptom->text;
}
