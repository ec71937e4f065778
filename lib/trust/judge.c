#include "trust/judge.h"

#include <string.h>

enum { MAX_PARAMS = 8 };

bool fv_judge_is_strict(const fv_judge *judge)
{
    return judge->input->policy->profile == FEDVAL_PROFILE_WEBPKI;
}

void fv_judge_set_certificate(fv_judge *judge, const fv_certificate *certificate)
{
    if (judge->findings == NULL)
        return;
    judge->certificate = fv_certificate_copy_name(judge->arena, certificate);
    judge->no_memory |= judge->certificate == NULL;
}

fv_finding *fv_judge_add(fv_judge *judge, uint32_t code)
{
    judge->num_faults++;
    if (judge->findings == NULL)
        return NULL;
    fv_trust_findings *list = judge->findings;
    fv_param *params = fv_arena_alloc_array(judge->arena, MAX_PARAMS, sizeof(*params));
    fv_trust_finding *item = NULL;
    if (params != NULL)
        item = fv_arena_append(judge->arena, (void **)&list->items, &list->num_items,
                               &list->capacity, sizeof(*item));
    if (item == NULL) {
        judge->no_memory = true;
        return NULL;
    }
    item->rung = judge->rung;
    item->finding.code = code;
    item->finding.params = params;
    item->finding.where.certificate = judge->certificate;
    fv_judge_param_kept(&item->finding, "certificate", judge->certificate);
    return &item->finding;
}

static void put_param(fv_finding *finding, const char *key, const char *value)
{
    fv_param *params;
    memcpy(&params, &finding->params, sizeof(params)); /* allocated by fv_judge_add */
    params[finding->num_params++] = (fv_param){key, value};
}

void fv_judge_param(fv_judge *judge, fv_finding *finding, const char *key, fv_text value)
{
    if (finding == NULL || finding->num_params >= MAX_PARAMS)
        return;
    const char *copy = fv_arena_copy_excerpt(judge->arena, value, FV_FINDING_TEXT_MOST);
    if (copy == NULL) {
        judge->no_memory = true;
        return;
    }
    put_param(finding, key, copy);
}

void fv_judge_param_kept(fv_finding *finding, const char *key, const char *value)
{
    if (finding != NULL && value != NULL && finding->num_params < MAX_PARAMS)
        put_param(finding, key, value);
}

void fv_judge_param_text(fv_judge *judge, fv_finding *finding, const char *key, const char *value)
{
    if (value != NULL)
        fv_judge_param(judge, finding, key, fv_text_of(value));
}

void fv_judge_param_buf(fv_judge *judge, fv_finding *finding, const char *key, fv_buf *buf)
{
    if (buf->failed)
        judge->no_memory = true;
    fv_judge_param(judge, finding, key, (fv_text){buf->data, buf->len});
    fv_buf_clear(buf);
}

void fv_judge_param_number(fv_judge *judge, fv_finding *finding, const char *key, int64_t value)
{
    fv_buf buf;
    if (finding == NULL)
        return;
    fv_buf_init(&buf);
    fv_buf_append_i64(&buf, value);
    fv_judge_param_buf(judge, finding, key, &buf);
}

void fv_judge_param_time(fv_judge *judge, fv_finding *finding, const char *key, int64_t seconds)
{
    char text[FV_CALENDAR_TEXT_SIZE];
    if (finding == NULL || seconds == FV_TIME_UNKNOWN)
        return;
    fv_calendar_format(seconds, text);
    fv_judge_param_text(judge, finding, key, text);
}

void fv_judge_param_name(fv_judge *judge, fv_finding *finding, const char *key, const fv_name *name)
{
    fv_buf buf;
    if (finding == NULL)
        return;
    fv_buf_init(&buf);
    fv_name_append_text(&buf, name);
    fv_judge_param_buf(judge, finding, key, &buf);
}

void fv_judge_add_reason(fv_judge *judge, uint32_t code, const char *reason)
{
    fv_judge_param_kept(fv_judge_add(judge, code), "reason", reason);
}
