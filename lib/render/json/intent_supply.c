/* What the files of an intent hold. */
#include "base/error.h"
#include "model/intent.h"

#include <string.h>

static bool is_blank(fv_text line)
{
    return fv_text_trim(line).len == 0;
}

static fedval_status read_document(fedval_intent *intent, fv_text line, uint32_t number,
                                   fedval_error *error)
{
    fedval_evidence *evidence = NULL;
    fedval_status status =
        intent->is_lenient
            ? fedval_evidence_new_from_json_lenient(line.data, line.len, &evidence, error)
            : fedval_evidence_new_from_json(line.data, line.len, &evidence, error);
    if (status == FEDVAL_OK)
        status = fedval_intent_append_evidence(intent, evidence);
    else if (number > 1 && error != NULL) {
        fv_error_set_place(error, error->line == 0 ? number : error->line + number - 1,
                           error->column, UINT64_MAX);
    }
    fedval_evidence_free(evidence);
    return status;
}

/* A file that a check saved has a document on each line; one laid out by hand is one document. */
static bool is_one_a_line(fv_text text)
{
    const char *end = memchr(text.data, '\n', text.len);
    fv_text first =
        fv_text_trim((fv_text){text.data, end == NULL ? text.len : (size_t)(end - text.data)});
    return first.len > 1 && first.data[0] == '{' && first.data[first.len - 1] == '}';
}

static fedval_status read_evidence(fedval_intent *intent, fv_text text, fedval_error *error)
{
    fedval_status status = FEDVAL_OK;
    uint32_t number = 1;
    if (!is_one_a_line(text))
        return read_document(intent, text, 1, error);
    for (size_t at = 0; status == FEDVAL_OK && at < text.len; number++) {
        const char *end = memchr(text.data + at, '\n', text.len - at);
        size_t len = end == NULL ? text.len - at : (size_t)(end - text.data) - at;
        fv_text line = {text.data + at, len};
        if (!is_blank(line))
            status = read_document(intent, line, number, error);
        at += len + 1;
    }
    return status;
}

fedval_status fedval_intent_supply_file(fedval_intent *intent, size_t index, const void *data,
                                        size_t data_len, fedval_error *error)
{
    fv_error_reset(error);
    if (intent == NULL || data == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (index >= intent->num_files)
        return FEDVAL_ERROR_NOT_FOUND;
    fv_intent_file *file = &intent->files[index];
    if (file->use == FEDVAL_INTENT_FILE_ZONE)
        return FEDVAL_ERROR_ARGUMENT;
    if (file->use != FEDVAL_INTENT_FILE_EVIDENCE)
        return fv_intent_supply_chain(intent, file, (fv_bytes){data, data_len}, error);
    fedval_status status = read_evidence(intent, (fv_text){data, data_len}, error);
    file->is_supplied |= status == FEDVAL_OK;
    return status;
}
