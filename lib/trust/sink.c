#include "trust/sink.h"

#include <string.h>

enum { MAX_PARAMS = 8 };

bool fv_sink_is_strict(const fv_sink *sink)
{
    return sink->input->policy->profile == FEDVAL_PROFILE_WEBPKI;
}

bool fv_sink_wants_public_rules(const fv_sink *sink)
{
    return fv_sink_is_strict(sink) || sink->input->policy->trust == FEDVAL_ROOTS_PUBLIC_ONLY;
}

bool fv_sink_is_microsoft(const fv_sink *sink)
{
    uint32_t profile = sink->input->policy->profile;
    return profile == FEDVAL_PROFILE_MICROSOFT_EDGE || profile == FEDVAL_PROFILE_OFFICE365 ||
           profile == FEDVAL_PROFILE_MICROSOFT_TRUNK;
}

bool fv_sink_takes_any_purpose(const fv_sink *sink)
{
    return sink->input->policy->profile != FEDVAL_PROFILE_EXPRESSWAY;
}

const fv_extended_key_usage *fv_sink_purposes_of(const fv_sink *sink,
                                                 const fv_certificate *certificate)
{
    bool is_alone = certificate->extended_key_usage.presence == FV_ABSENT &&
                    certificate->application_policies.presence == FV_KNOWN;
    return is_alone && fv_sink_is_microsoft(sink) ? &certificate->application_policies
                                                  : &certificate->extended_key_usage;
}

void fv_sink_set_certificate(fv_sink *sink, const fv_certificate *certificate)
{
    if (sink->remarks == NULL)
        return;
    sink->at.der = certificate->der;
    sink->at.certificate = fv_certificate_copy_name(sink->arena, certificate);
    sink->at.certificate_kind = fv_certificate_name_kind(certificate);
    sink->no_memory |= sink->at.certificate == NULL;
}

static void put_param(fv_remark *remark, fv_param param)
{
    fv_param *params;
    memcpy(&params, &remark->params, sizeof(params)); /* allocated by fv_sink_add */
    params[remark->num_params++] = param;
}

/* Returns the last remark with `code` on this certificate if there are as many as the policy
 * allows for one certificate (`findings_per_certificate`). NULL: there is room for one more. */
static fv_trust_remark *find_full(const fv_sink *sink, uint32_t code)
{
    int64_t count = 0;
    fv_trust_remark *last = NULL;
    for (size_t i = 0; i < sink->remarks->num_items; i++) {
        fv_trust_remark *item = &sink->remarks->items[i];
        if (item->remark.code != code || item->rung != sink->at.rung)
            continue;
        count++;
        last = item;
    }
    return count < sink->input->policy->limits.findings_per_certificate ? NULL : last;
}

enum { MORE_SIZE = 21 };

static void write_number(size_t number, char out[MORE_SIZE])
{
    char digits[MORE_SIZE];
    size_t len = 0;
    for (; number > 0 && len < MORE_SIZE - 1; number /= 10)
        digits[len++] = (char)('0' + number % 10);
    for (size_t i = 0; i < len; i++)
        out[i] = digits[len - 1 - i];
    out[len] = '\0';
}

/* Counts a remark that is left out, in the last one that is kept: "and 3 more". */
static void count_more(fv_sink *sink, fv_trust_remark *last)
{
    if (last->more == NULL) {
        last->more = fv_arena_alloc(sink->arena, MORE_SIZE);
        if (last->more == NULL) {
            sink->no_memory = true;
            return;
        }
        if (last->remark.num_params == MAX_PARAMS)
            last->remark.num_params--;
        put_param(&last->remark, (fv_param){"more", last->more, FV_VALUE_PLAIN});
    }
    write_number(++last->remark.num_more, last->more);
}

fv_remark *fv_sink_add(fv_sink *sink, uint32_t code)
{
    sink->num_faults++;
    if (sink->remarks == NULL)
        return NULL;
    fv_trust_remark *full = find_full(sink, code);
    if (full != NULL) {
        count_more(sink, full);
        return NULL;
    }
    fv_trust_remarks *list = sink->remarks;
    fv_param *params = fv_arena_alloc_array(sink->arena, MAX_PARAMS, sizeof(*params));
    fv_trust_remark *item = NULL;
    if (params != NULL) {
        item = fv_arena_append(sink->arena, (void **)&list->items, &list->num_items,
                               &list->capacity, sizeof(*item));
    }
    if (item == NULL) {
        sink->no_memory = true;
        return NULL;
    }
    item->rung = sink->at.rung;
    item->remark.code = code;
    item->remark.params = params;
    item->remark.where.der = sink->at.der;
    item->remark.where.certificate = sink->at.certificate;
    item->remark.where.certificate_kind = sink->at.certificate_kind;
    fv_sink_param_shown(&item->remark, "certificate", sink->at.certificate,
                        sink->at.certificate_kind);
    return &item->remark;
}

static void put_copy(fv_sink *sink, fv_remark *remark, fv_param param, fv_text value)
{
    if (remark == NULL || remark->num_params >= MAX_PARAMS)
        return;
    param.value = fv_arena_copy_excerpt(sink->arena, value, FV_REMARK_TEXT_MOST);
    if (param.value == NULL) {
        sink->no_memory = true;
        return;
    }
    put_param(remark, param);
}

void fv_sink_param(fv_sink *sink, fv_remark *remark, const char *key, fv_text value)
{
    put_copy(sink, remark, (fv_param){key}, value);
}

void fv_sink_param_shown(fv_remark *remark, const char *key, const char *value, uint32_t kind)
{
    if (remark != NULL && value != NULL && remark->num_params < MAX_PARAMS)
        put_param(remark, (fv_param){key, value, kind});
}

void fv_sink_param_kept(fv_remark *remark, const char *key, const char *value)
{
    fv_sink_param_shown(remark, key, value, FV_VALUE_PLAIN);
}

void fv_sink_param_text(fv_sink *sink, fv_remark *remark, const char *key, const char *value)
{
    if (value != NULL)
        fv_sink_param(sink, remark, key, fv_text_of(value));
}

static void put_buf(fv_sink *sink, fv_remark *remark, fv_param param, fv_buf *buf)
{
    if (buf->failed)
        sink->no_memory = true;
    put_copy(sink, remark, param, (fv_text){buf->data, buf->len});
    fv_buf_clear(buf);
}

void fv_sink_param_buf(fv_sink *sink, fv_remark *remark, const char *key, fv_buf *buf)
{
    put_buf(sink, remark, (fv_param){key}, buf);
}

void fv_sink_param_list(fv_sink *sink, fv_remark *remark, const char *key, fv_buf *buf,
                        const fv_parts *parts)
{
    fv_parts *kept = remark == NULL ? NULL : fv_arena_alloc(sink->arena, sizeof(*kept));
    if (kept != NULL)
        *kept = *parts;
    sink->no_memory |= remark != NULL && kept == NULL;
    put_buf(sink, kept != NULL ? remark : NULL, (fv_param){key, NULL, FV_VALUE_LIST, kept}, buf);
}

void fv_sink_param_number(fv_sink *sink, fv_remark *remark, const char *key, int64_t value)
{
    fv_buf buf;
    if (remark == NULL)
        return;
    fv_buf_init(&buf);
    fv_buf_append_i64(&buf, value);
    put_buf(sink, remark, (fv_param){key, NULL, FV_VALUE_PLAIN}, &buf);
}

void fv_sink_param_time(fv_sink *sink, fv_remark *remark, const char *key, int64_t seconds)
{
    char text[FV_CALENDAR_TEXT_SIZE];
    if (remark == NULL || seconds == FV_TIME_UNKNOWN)
        return;
    fv_calendar_format(seconds, text);
    put_copy(sink, remark, (fv_param){key, NULL, FV_VALUE_PLAIN}, fv_text_of(text));
}

void fv_sink_param_name(fv_sink *sink, fv_remark *remark, const char *key, const fv_name *name)
{
    fv_buf buf;
    if (remark == NULL)
        return;
    fv_buf_init(&buf);
    fv_name_append_text(&buf, name);
    bool is_named = name->presence == FV_KNOWN && name->num_rdns > 0;
    put_buf(sink, remark, (fv_param){key, NULL, is_named ? FV_VALUE_SUBJECT : FV_VALUE_PLAIN},
            &buf);
}

void fv_sink_add_reason(fv_sink *sink, uint32_t code, const char *reason)
{
    fv_sink_param_kept(fv_sink_add(sink, code), "reason", reason);
}
