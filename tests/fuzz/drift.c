/* Two reports, a line each -> what changed; and back, which is as much better as it was worse. */
#include "fuzz.h"

#include "fedval/drift.h"
#include "fedval/render.h"

#include <stdlib.h>
#include <string.h>

static fedval_state *read_state(const char *json, size_t len)
{
    fedval_state *state = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_state_new_from_json(json, len, &state, error);
    if (status != FEDVAL_OK && fedval_error_get_message(error)[0] == '\0')
        abort();
    fedval_error_free(error);
    return state;
}

static void show(const fedval_drift *drift)
{
    char *text = NULL;
    if (fedval_drift_to_json(drift, &text, NULL) != FEDVAL_OK)
        abort();
    fedval_text_free(text);
    if (fedval_drift_to_text(drift, NULL, &text, NULL) != FEDVAL_OK)
        abort();
    fedval_text_free(text);
    if (fedval_drift_to_line(drift, &text, NULL) != FEDVAL_OK ||
        strchr(text, '\n') != text + strlen(text) - 1)
        abort();
    fedval_text_free(text);
}

static uint32_t compare(const fedval_state *before, const fedval_state *now)
{
    fedval_drift *drift = NULL;
    fedval_status status = fedval_drift_new(before, now, &drift);
    if (status == FEDVAL_ERROR_ARGUMENT)
        return 0; /* two domains */
    if (status != FEDVAL_OK)
        abort();
    uint32_t change = fedval_drift_get_change(drift);
    show(drift);
    fedval_drift_free(drift);
    return change;
}

static uint32_t turn(uint32_t change)
{
    if (change == FEDVAL_CHANGE_WORSE)
        return FEDVAL_CHANGE_BETTER;
    return change == FEDVAL_CHANGE_BETTER ? FEDVAL_CHANGE_WORSE : change;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *end = size == 0 ? NULL : memchr(text, '\n', size);
    size_t len = end == NULL ? size : (size_t)(end - text);
    fedval_state *before = read_state(text, len);
    fedval_state *now = end == NULL ? NULL : read_state(end + 1, size - len - 1);
    if (before != NULL && compare(before, before) != FEDVAL_CHANGE_NONE)
        abort();
    if (before != NULL && now != NULL && compare(before, now) != turn(compare(now, before)))
        abort();
    fedval_state_free(before);
    fedval_state_free(now);
    return 0;
}
