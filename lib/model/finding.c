#include "model/finding.h"

#include "fedval/pair.h"

static const char *template_of(const fedval_finding *finding, uint32_t which)
{
    const fedval_catalogue_entry *entry = finding->entry;
    switch (which) {
    case FV_TEXT_MESSAGE:
        return entry->message;
    case FV_TEXT_EXPECTED:
        return entry->expected;
    case FV_TEXT_OBSERVED:
        return entry->observed;
    default:
        return finding->remedy != NULL ? finding->remedy : entry->remedy;
    }
}

/* It is inferred [I], not documented, that the Edge compares the calling certificate with the SRV
 * target. The message has to say so. */
static bool is_inferred(const fedval_finding *finding)
{
    const fv_remark *remark = &finding->remark;
    return remark->where.role == FEDVAL_ROLE_CLIENT &&
           finding->entry->family == FEDVAL_FAMILY_NAME &&
           remark->severity == FEDVAL_SEVERITY_INDETERMINATE && remark->requirement != 8;
}

static void append_ends(fv_buf *buf, const fedval_finding *finding)
{
    size_t more = finding->remark.num_more;
    if (is_inferred(finding)) {
        fv_buf_append_text(buf, " (that the Edge looks at the calling certificate is inferred)");
    }
    /* A certificate can give thousands of findings of one kind. The last one that is kept says how
     * many more there are. */
    if (more > 0) {
        fv_buf_append_text(buf, "; and ");
        fv_buf_append_u64(buf, more);
        fv_buf_append_text(buf, " more");
    }
}

#define CALLING "calling certificate: "

/* Appends the template with its parameters. A message on the calling certificate names it. */
static void append_filled(fv_buf *buf, const fedval_finding *finding, uint32_t which,
                          const char *template, const fv_param *params, size_t num_params)
{
    bool is_calling = finding->remark.where.role == FEDVAL_ROLE_CLIENT;
    fv_buf_append_text(buf, is_calling && which == FV_TEXT_MESSAGE ? CALLING : "");
    fv_template_append(buf, template, params, num_params);
}

static const char *make(const fedval_finding *finding, uint32_t which, const char *template)
{
    fv_finding_texts *texts = finding->texts;
    fv_param params[FV_REMARK_MAX_PARAMS];
    size_t num_params =
        fv_remark_collect_params(&finding->remark, texts->domain, texts->srv_owner, params);
    fv_buf buf;
    fv_buf_init(&buf);
    append_filled(&buf, finding, which, template, params, num_params);
    if (which == FV_TEXT_MESSAGE)
        append_ends(&buf, finding);
    const char *text = buf.failed ? NULL
                                  : fv_arena_keep_once(texts->arena, &texts->made[which],
                                                       (fv_text){buf.data, buf.len});
    fv_buf_clear(&buf);
    return text;
}

bool fv_finding_find_values(const fedval_finding *finding, fv_arena *arena, fv_parts *out)
{
    fv_param params[FV_REMARK_MAX_PARAMS], made = {"message"};
    const fv_finding_texts *texts = finding->texts;
    bool is_calling = finding->remark.where.role == FEDVAL_ROLE_CLIENT;
    size_t num_params =
        fv_remark_collect_params(&finding->remark, texts->domain, texts->srv_owner, params);
    if (!fv_template_fill_list(arena, template_of(finding, FV_TEXT_MESSAGE), params, num_params,
                               &made))
        return false;
    *out = *made.parts;
    for (size_t i = 0; i < out->num_items; i++)
        out->items[i].at += is_calling ? strlen(CALLING) : 0;
    return true;
}

const char *fv_finding_text(const fedval_finding *finding, uint32_t which)
{
    if (finding->texts == NULL)
        return NULL;
    const char *made = atomic_load_explicit(&finding->texts->made[which], memory_order_acquire);
    if (made != NULL)
        return made;
    const char *template = template_of(finding, which);
    return template != NULL ? make(finding, which, template) : NULL;
}

/* Whether the message of a remark tells the value of this key. The message of a weakened remark,
 * or of a standby's, holds that of the fault. */
static bool tells(const fv_remark *remark, const char *key)
{
    const char *message = fedval_catalogue_find(remark->code)->message;
    if (fv_template_has_key(message, key))
        return true;
    const fedval_catalogue_entry *fault = fedval_catalogue_find(remark->fault);
    return fault != NULL && fv_template_has_key(message, "fault") &&
           fv_template_has_key(fault->message, key);
}

bool fv_finding_tells_place(const fedval_finding *finding)
{
    const fv_remark *remark = &finding->remark;
    const fv_where *where = &remark->where;
    if (where->target == NULL)
        return true;
    return (tells(remark, "target") || tells(remark, "holder")) &&
           (where->address == NULL || tells(remark, "address"));
}

bool fv_finding_says_same(const fedval_finding *a, const fedval_finding *b)
{
    const fv_remark *left = &a->remark, *right = &b->remark;
    if (left->code != right->code || left->num_params != right->num_params)
        return false;
    for (size_t i = 0; i < left->num_params; i++) {
        if (!fv_is_same_text(left->params[i].key, right->params[i].key) ||
            !fv_is_same_text(left->params[i].value, right->params[i].value))
            return false;
    }
    return true;
}

bool fv_remark_is_same_message(const fv_remark *a, const fv_remark *b)
{
    fv_param left[FV_REMARK_MAX_PARAMS], right[FV_REMARK_MAX_PARAMS];
    if (a->code != b->code || a->fault != b->fault || a->where.role != b->where.role ||
        a->num_params != b->num_params || a->num_more != b->num_more)
        return false;
    size_t count = fv_remark_collect_params(a, NULL, NULL, left);
    fv_remark_collect_params(b, NULL, NULL, right);
    for (size_t i = 0; i < count; i++) {
        if (!fv_is_same_text(left[i].key, right[i].key) ||
            (tells(a, left[i].key) && !fv_is_same_text(left[i].value, right[i].value)))
            return false;
    }
    return true;
}

bool fv_findings_make_texts(const fedval_finding *findings, size_t num_findings)
{
    for (size_t i = 0; i < num_findings; i++) {
        for (uint32_t which = 0; which < FV_NUM_TEXTS; which++) {
            if (findings[i].texts != NULL && template_of(&findings[i], which) != NULL &&
                fv_finding_text(&findings[i], which) == NULL)
                return false;
        }
    }
    return true;
}

bool fv_presented_make_texts(const fv_report_presented *presented)
{
    for (size_t i = 0; i < presented->num_paths; i++) {
        const fv_report_path *path = &presented->paths[i];
        if (!fv_findings_make_texts(path->findings, path->num_findings))
            return false;
    }
    return true;
}

static bool make_report_texts(const fedval_report *report)
{
    bool ok = fv_findings_make_texts(report->findings, report->num_findings) &&
              fv_presented_make_texts(&report->client);
    for (size_t i = 0; i < report->num_endpoints; i++) {
        const fv_report_endpoint *endpoint = &report->endpoints[i];
        for (size_t k = 0; ok && k < endpoint->num_addresses; k++)
            ok = fv_presented_make_texts(&endpoint->addresses[k].presented);
    }
    return ok;
}

bool fv_reports_make_texts(const fedval_report *const *reports, size_t num_reports)
{
    for (size_t i = 0; i < num_reports; i++) {
        if (!make_report_texts(reports[i]))
            return false;
    }
    return true;
}

/* ---- the getters ---- */

/* A text that cannot be made for want of memory is shown as its template, with the names of its
 * parameters in braces. */
static const char *get(const fedval_finding *finding, uint32_t which)
{
    if (finding == NULL || finding->texts == NULL)
        return NULL;
    const char *text = fv_finding_text(finding, which);
    return text != NULL ? text : template_of(finding, which);
}

const char *fedval_finding_get_message(const fedval_finding *finding)
{
    return get(finding, FV_TEXT_MESSAGE);
}

const char *fedval_finding_get_expected(const fedval_finding *finding)
{
    return get(finding, FV_TEXT_EXPECTED);
}

const char *fedval_finding_get_observed(const fedval_finding *finding)
{
    return get(finding, FV_TEXT_OBSERVED);
}

const char *fedval_finding_get_remedy(const fedval_finding *finding)
{
    return get(finding, FV_TEXT_REMEDY);
}

/* Presence needs a subscription from each side. A call back is a call to the address in From. Cisco
 * documents that both use the same records as calls. */
uint32_t fv_way_directions(uint32_t way)
{
    switch (way) {
    case FEDVAL_WAY_TO_MICROSOFT:
        return FEDVAL_DIRECTION_TO_MICROSOFT;
    case FEDVAL_WAY_PRESENCE:
        return FEDVAL_DIRECTION_TO_MICROSOFT | FEDVAL_DIRECTION_FROM_MICROSOFT;
    case FEDVAL_WAY_FROM_MICROSOFT:
    case FEDVAL_WAY_CALL_BACK:
        return FEDVAL_DIRECTION_FROM_MICROSOFT;
    default:
        return 0;
    }
}
