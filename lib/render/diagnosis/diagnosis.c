#include "render/diagnosis/diagnosis.h"

#include "base/calendar.h"
#include "base/versioned.h"

#include <string.h>

void fv_diagnosis_time(int64_t milliseconds, bool zone_known, char out[FV_DIAGNOSIS_TIME_SIZE])
{
    char text[FV_CALENDAR_TEXT_SIZE];
    out[0] = '\0';
    if (milliseconds == FEDVAL_TIME_UNKNOWN)
        return;
    int64_t rest = milliseconds % 1000;
    int64_t seconds = milliseconds / 1000 - (rest < 0);
    rest += rest < 0 ? 1000 : 0;
    fv_calendar_format(seconds, text);
    size_t len = strlen(text);
    if (len == 0)
        return;
    memcpy(out, text, len - 1); /* without the Z */
    out[len - 1] = '.';
    out[len] = (char)('0' + rest / 100);
    out[len + 1] = (char)('0' + rest / 10 % 10);
    out[len + 2] = (char)('0' + rest % 10);
    out[len + 3] = zone_known ? 'Z' : '\0';
    out[len + 4] = '\0';
}

fedval_status fv_diagnosis_check(const fedval_log *log, const fedval_diagnosis_options *options,
                                 char *const *out, fedval_diagnosis_options *chosen)
{
    *chosen = (fedval_diagnosis_options){.size = sizeof(*chosen)};
    if (log == NULL || out == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (options != NULL && !fv_versioned_copy(chosen, sizeof(*chosen), options))
        return FEDVAL_ERROR_ARGUMENT;
    return fedval_log_get_diagnosis(log) == 0 ? FEDVAL_ERROR_STATE : FEDVAL_OK;
}
