#include "fedval/status.h"

#include "base/error.h"

static const struct {
    fedval_status status;
    const char *name;
} names[] = {
    {FEDVAL_OK, "ok"},
    {FEDVAL_ERROR_NO_MEMORY, "no-memory"},
    {FEDVAL_ERROR_ARGUMENT, "argument"},
    {FEDVAL_ERROR_SYNTAX, "syntax"},
    {FEDVAL_ERROR_LIMIT, "limit"},
    {FEDVAL_ERROR_FORMAT, "format"},
    {FEDVAL_ERROR_NOT_FOUND, "not-found"},
    {FEDVAL_ERROR_STATE, "state"},
    {FEDVAL_ERROR_SYSTEM, "system"},
    {FEDVAL_ERROR_CANCELLED, "cancelled"},
};

const char *fedval_status_to_string(fedval_status status)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].status == status)
            return names[i].name;
    }
    return NULL;
}

fedval_status fedval_status_from_string(const char *text, size_t text_len,
                                        fedval_status *out_status)
{
    if (text == NULL || out_status == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_text name = fv_text_given(text, text_len);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (fv_text_equal(fv_text_of(names[i].name), name)) {
            *out_status = names[i].status;
            return FEDVAL_OK;
        }
    }
    return FEDVAL_ERROR_NOT_FOUND;
}

fedval_status fv_status_checked(fedval_status status)
{
    return fedval_status_to_string(status) != NULL ? status : FEDVAL_ERROR_ARGUMENT;
}
