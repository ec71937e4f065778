#include "trust/sink.h"

#include <string.h>

enum { MAX_PARAMS = 8 };

bool fv_sink_is_strict(const fv_sink *sink)
{
    return sink->input->policy->profile == FEDVAL_PROFILE_WEBPKI;
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
    if (sink->findings == NULL)
        return;
    sink->at.der = certificate->der;
    sink->at.certificate = fv_certificate_copy_name(sink->arena, certificate);
    sink->at.certificate_kind = fv_certificate_name_kind(certificate);
    sink->no_memory |= sink->at.certificate == NULL;
}

static void put_param(fv_finding *finding, fv_param param)
{
    fv_param *params;
    memcpy(&params, &finding->params, sizeof(params)); /* allocated by fv_sink_add */
    params[finding->num_params++] = param;
}

/* Returns the last finding with `code` on this certificate if there are as many as the policy
 * allows for one certificate (`findings_per_certificate`). NULL: there is room for one more. */
static fv_trust_finding *find_full(const fv_sink *sink, uint32_t code)
{
    int64_t count = 0;
    fv_trust_finding *last = NULL;
    for (size_t i = 0; i < sink->findings->num_items; i++) {
        fv_trust_finding *item = &sink->findings->items[i];
        if (item->finding.code != code || item->rung != sink->at.rung)
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

/* Counts a finding that is left out, in the last one that is kept: "and 3 more". */
static void count_more(fv_sink *sink, fv_trust_finding *last)
{
    if (last->more == NULL) {
        last->more = fv_arena_alloc(sink->arena, MORE_SIZE);
        if (last->more == NULL) {
            sink->no_memory = true;
            return;
        }
        if (last->finding.num_params == MAX_PARAMS)
            last->finding.num_params--;
        put_param(&last->finding, (fv_param){"more", last->more, FV_VALUE_PLAIN});
    }
    write_number(++last->finding.num_more, last->more);
}

fv_finding *fv_sink_add(fv_sink *sink, uint32_t code)
{
    sink->num_faults++;
    if (sink->findings == NULL)
        return NULL;
    fv_trust_finding *full = find_full(sink, code);
    if (full != NULL) {
        count_more(sink, full);
        return NULL;
    }
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
    item->rung = sink->at.rung;
    item->finding.code = code;
    item->finding.params = params;
    item->finding.where.der = sink->at.der;
    item->finding.where.certificate = sink->at.certificate;
    item->finding.where.certificate_kind = sink->at.certificate_kind;
    fv_sink_param_shown(&item->finding, "certificate", sink->at.certificate,
                        sink->at.certificate_kind);
    return &item->finding;
}

static void put_copy(fv_sink *sink, fv_finding *finding, fv_param param, fv_text value)
{
    if (finding == NULL || finding->num_params >= MAX_PARAMS)
        return;
    param.value = fv_arena_copy_excerpt(sink->arena, value, FV_FINDING_TEXT_MOST);
    if (param.value == NULL) {
        sink->no_memory = true;
        return;
    }
    put_param(finding, param);
}

void fv_sink_param(fv_sink *sink, fv_finding *finding, const char *key, fv_text value)
{
    put_copy(sink, finding, (fv_param){key}, value);
}

void fv_sink_param_shown(fv_finding *finding, const char *key, const char *value, uint32_t kind)
{
    if (finding != NULL && value != NULL && finding->num_params < MAX_PARAMS)
        put_param(finding, (fv_param){key, value, kind});
}

void fv_sink_param_kept(fv_finding *finding, const char *key, const char *value)
{
    fv_sink_param_shown(finding, key, value, FV_VALUE_PLAIN);
}

void fv_sink_param_text(fv_sink *sink, fv_finding *finding, const char *key, const char *value)
{
    if (value != NULL)
        fv_sink_param(sink, finding, key, fv_text_of(value));
}

static void put_buf(fv_sink *sink, fv_finding *finding, fv_param param, fv_buf *buf)
{
    if (buf->failed)
        sink->no_memory = true;
    put_copy(sink, finding, param, (fv_text){buf->data, buf->len});
    fv_buf_clear(buf);
}

void fv_sink_param_buf(fv_sink *sink, fv_finding *finding, const char *key, fv_buf *buf)
{
    put_buf(sink, finding, (fv_param){key}, buf);
}

void fv_sink_param_list(fv_sink *sink, fv_finding *finding, const char *key, fv_buf *buf,
                        const fv_parts *parts)
{
    fv_parts *kept = finding == NULL ? NULL : fv_arena_alloc(sink->arena, sizeof(*kept));
    if (kept != NULL)
        *kept = *parts;
    sink->no_memory |= finding != NULL && kept == NULL;
    put_buf(sink, kept != NULL ? finding : NULL, (fv_param){key, NULL, FV_VALUE_LIST, kept}, buf);
}

void fv_sink_param_number(fv_sink *sink, fv_finding *finding, const char *key, int64_t value)
{
    fv_buf buf;
    if (finding == NULL)
        return;
    fv_buf_init(&buf);
    fv_buf_append_i64(&buf, value);
    put_buf(sink, finding, (fv_param){key, NULL, FV_VALUE_PLAIN}, &buf);
}

void fv_sink_param_time(fv_sink *sink, fv_finding *finding, const char *key, int64_t seconds)
{
    char text[FV_CALENDAR_TEXT_SIZE];
    if (finding == NULL || seconds == FV_TIME_UNKNOWN)
        return;
    fv_calendar_format(seconds, text);
    put_copy(sink, finding, (fv_param){key, NULL, FV_VALUE_PLAIN}, fv_text_of(text));
}

void fv_sink_param_name(fv_sink *sink, fv_finding *finding, const char *key, const fv_name *name)
{
    fv_buf buf;
    if (finding == NULL)
        return;
    fv_buf_init(&buf);
    fv_name_append_text(&buf, name);
    bool is_named = name->presence == FV_KNOWN && name->num_rdns > 0;
    put_buf(sink, finding, (fv_param){key, NULL, is_named ? FV_VALUE_SUBJECT : FV_VALUE_PLAIN},
            &buf);
}

void fv_sink_add_reason(fv_sink *sink, uint32_t code, const char *reason)
{
    fv_sink_param_kept(fv_sink_add(sink, code), "reason", reason);
}
