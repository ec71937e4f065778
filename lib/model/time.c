/* Times as text, for the public API. */
#include "base/calendar.h"
#include "fedval/evidence.h"

#include <string.h>

fedval_status fedval_time_from_string(const char *text, size_t text_len, int64_t *out_time)
{
    if (text == NULL || out_time == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    bool is_time = fv_calendar_parse(fv_text_given(text, text_len), out_time);
    return is_time ? FEDVAL_OK : FEDVAL_ERROR_SYNTAX;
}

fedval_status fedval_time_to_string(int64_t time, char *out_text, size_t out_size)
{
    char text[FV_CALENDAR_TEXT_SIZE];
    if (out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_calendar_format(time, text);
    if (text[0] == '\0')
        return FEDVAL_ERROR_ARGUMENT;
    if (strlen(text) >= out_size)
        return FEDVAL_ERROR_LIMIT;
    memcpy(out_text, text, strlen(text) + 1);
    return FEDVAL_OK;
}
