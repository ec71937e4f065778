#include "trust/sink.h"

#include <string.h>

enum { MAX_PARAMS = 8 };

bool fv_sink_is_strict(const fv_sink *sink)
{
    return sink->input->policy->profile == FEDVAL_PROFILE_WEBPKI;
}

void fv_sink_set_certificate(fv_sink *sink, const fv_certificate *certificate)
{
    if (sink->findings == NULL)
        return;
    sink->certificate = fv_certificate_copy_name(sink->arena, certificate);
    sink->no_memory |= sink->certificate == NULL;
}

fv_finding *fv_sink_add(fv_sink *sink, uint32_t code)
{
    sink->num_faults++;
    if (sink->findings == NULL)
        return NULL;
    fv_trust_findings *list = sink->findings;
    fv_param *params = fv_arena_alloc_array(sink->arena, MAX_PARAMS, sizeof(*params));
    fv_trust_finding *item = NULL;
    if (params != NULL) {
        item = fv_arena_append(sink->arena, (void **)&list->items, &list->num_items,
                               &list->capacity, sizeof(*item));
    }
    if (item == NULL) {
        sink->no_memory = true;
        return NULL;
    }
    item->rung = sink->rung;
    item->finding.code = code;
    item->finding.params = params;
    item->finding.where.certificate = sink->certificate;
    fv_sink_param_kept(&item->finding, "certificate", sink->certificate);
    return &item->finding;
}

static void put_param(fv_finding *finding, const char *key, const char *value)
{
    fv_param *params;
    memcpy(&params, &finding->params, sizeof(params)); /* allocated by fv_sink_add */
    params[finding->num_params++] = (fv_param){key, value};
}

void fv_sink_param(fv_sink *sink, fv_finding *finding, const char *key, fv_text value)
{
    if (finding == NULL || finding->num_params >= MAX_PARAMS)
        return;
    const char *copy = fv_arena_copy_excerpt(sink->arena, value, FV_FINDING_TEXT_MOST);
    if (copy == NULL) {
        sink->no_memory = true;
        return;
    }
    put_param(finding, key, copy);
}

void fv_sink_param_kept(fv_finding *finding, const char *key, const char *value)
{
    if (finding != NULL && value != NULL && finding->num_params < MAX_PARAMS)
        put_param(finding, key, value);
}

void fv_sink_param_text(fv_sink *sink, fv_finding *finding, const char *key, const char *value)
{
    if (value != NULL)
        fv_sink_param(sink, finding, key, fv_text_of(value));
}

void fv_sink_param_buf(fv_sink *sink, fv_finding *finding, const char *key, fv_buf *buf)
{
    if (buf->failed)
        sink->no_memory = true;
    fv_sink_param(sink, finding, key, (fv_text){buf->data, buf->len});
    fv_buf_clear(buf);
}

void fv_sink_param_number(fv_sink *sink, fv_finding *finding, const char *key, int64_t value)
{
    fv_buf buf;
    if (finding == NULL)
        return;
    fv_buf_init(&buf);
    fv_buf_append_i64(&buf, value);
    fv_sink_param_buf(sink, finding, key, &buf);
}

void fv_sink_param_time(fv_sink *sink, fv_finding *finding, const char *key, int64_t seconds)
{
    char text[FV_CALENDAR_TEXT_SIZE];
    if (finding == NULL || seconds == FV_TIME_UNKNOWN)
        return;
    fv_calendar_format(seconds, text);
    fv_sink_param_text(sink, finding, key, text);
}

void fv_sink_param_name(fv_sink *sink, fv_finding *finding, const char *key, const fv_name *name)
{
    fv_buf buf;
    if (finding == NULL)
        return;
    fv_buf_init(&buf);
    fv_name_append_text(&buf, name);
    fv_sink_param_buf(sink, finding, key, &buf);
}

void fv_sink_add_reason(fv_sink *sink, uint32_t code, const char *reason)
{
    fv_sink_param_kept(fv_sink_add(sink, code), "reason", reason);
}
