/* The public functions of the log reader. */
#include "logs/log.h"

#include "logs/incidents/story.h"

#include <stdlib.h>
#include <string.h>

fedval_status fedval_log_new(fedval_log **out_log)
{
    if (out_log == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_log *log = calloc(1, sizeof(*log));
    if (log == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    if (!fv_window_init(&log->window)) {
        free(log);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    fv_store_init(&log->store);
    *out_log = log;
    return FEDVAL_OK;
}

void fedval_log_free(fedval_log *log)
{
    if (log == NULL)
        return;
    fv_window_clear(&log->window);
    fv_store_clear(&log->store);
    free(log);
}

fedval_status fedval_log_set_max_incidents(fedval_log *log, size_t max_incidents)
{
    if (log == NULL || max_incidents == 0 || max_incidents >= FV_LOOKUP_NONE)
        return FEDVAL_ERROR_ARGUMENT;
    if (log->state != FV_LOG_NEW)
        return FEDVAL_ERROR_STATE;
    log->store.max_incidents = max_incidents;
    return FEDVAL_OK;
}

static fedval_status fail(fedval_log *log)
{
    log->state = FV_LOG_FAILED;
    return FEDVAL_ERROR_NO_MEMORY;
}

fedval_status fedval_log_end_source(fedval_log *log)
{
    if (log == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (log->state != FV_LOG_READING)
        return FEDVAL_ERROR_STATE;
    if (!fv_window_end(&log->window, &log->store))
        return fail(log);
    log->state = FV_LOG_BETWEEN;
    return FEDVAL_OK;
}

fedval_status fedval_log_begin_source(fedval_log *log, const char *name, size_t name_len)
{
    if (log == NULL || name == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_text text = fv_text_given(name, name_len);
    if (fv_text_has_nul(text))
        return FEDVAL_ERROR_SYNTAX;
    if (log->state == FV_LOG_READING) {
        fedval_status status = fedval_log_end_source(log);
        if (status != FEDVAL_OK)
            return status;
    }
    if (log->state != FV_LOG_NEW && log->state != FV_LOG_BETWEEN)
        return FEDVAL_ERROR_STATE;
    const char *copy = fv_arena_copy_text(&log->store.arena, text.data, text.len);
    if (copy == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_window_begin(&log->window, copy);
    log->state = FV_LOG_READING;
    return FEDVAL_OK;
}

fedval_status fedval_log_feed(fedval_log *log, const void *bytes, size_t bytes_len)
{
    if (log == NULL || (bytes == NULL && bytes_len > 0))
        return FEDVAL_ERROR_ARGUMENT;
    if (log->state != FV_LOG_READING)
        return FEDVAL_ERROR_STATE;
    if (!fv_window_feed(&log->window, (fv_bytes){bytes, bytes_len}, &log->store))
        return fail(log);
    return FEDVAL_OK;
}

fedval_status fedval_log_finish(fedval_log *log)
{
    if (log == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (log->state == FV_LOG_FINISHED)
        return FEDVAL_OK;
    if (log->state == FV_LOG_READING) {
        fedval_status status = fedval_log_end_source(log);
        if (status != FEDVAL_OK)
            return status;
    }
    if (log->state == FV_LOG_FAILED)
        return FEDVAL_ERROR_STATE;
    fv_store *store = &log->store;
    if (!fv_store_relate(store) || !fv_store_direct_rows(store) || !fv_store_join(store) ||
        !fv_store_join_cuts(store) || !fv_store_weigh(store) || !fv_store_settle_groups(store) ||
        !fv_store_collect_domains(store) || !fv_store_count(store) || !fv_store_tell(store) ||
        !fv_store_tell_groups(store))
        return fail(log);
    log->state = FV_LOG_FINISHED;
    return FEDVAL_OK;
}
