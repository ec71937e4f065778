/* Places a remark: sets its severity and its place, and sets aside the faults of standby
 * targets. */
#include "rules/rule.h"

#include <string.h>

bool fv_rule_lists(const fv_rule *rule, uint32_t code)
{
    for (size_t i = 0; i < FV_RULE_MAX_CODES && rule->codes[i] != 0; i++) {
        if (rule->codes[i] == code)
            return true;
    }
    return false;
}

/* The policy can limit a check to DNS (R1 to R3) or to certificates (R4 to R8). */
static bool is_in_scope(const fv_rule_context *context, const fedval_catalogue_entry *entry)
{
    /* A limit that was reached is a remark in every scope: part of the evidence was not judged. */
    if (entry->code == FEDVAL_FINDING_LIMIT_REACHED)
        return true;
    bool is_dns = entry->family == FEDVAL_FAMILY_SRV || entry->family == FEDVAL_FAMILY_ADDRESS;
    switch (context->scene->input->policy->scope) {
    case FEDVAL_SCOPE_DNS:
        return is_dns;
    case FEDVAL_SCOPE_CERTIFICATE:
        return !is_dns;
    default:
        return true;
    }
}

static uint32_t at_most(uint32_t severity, uint32_t most)
{
    return severity < most ? severity : most;
}

/* Returns whether the remark concerns the name in the calling certificate. It is inferred, not
 * documented, that the Edge compares that name with the SRV target. */
static bool is_inferred_of_client(const fv_rule_context *context,
                                  const fedval_catalogue_entry *entry)
{
    return context->target == NULL && context->presented != NULL &&
           entry->family == FEDVAL_FAMILY_NAME;
}

/* A server that is up, and yet does not take the caller's certificate, or swallows it, breaks all
 * of its calls. */
static bool is_fault_of_one_that_is_up(const fv_rule_context *context,
                                       const fedval_catalogue_entry *entry)
{
    return (entry->code == FEDVAL_FINDING_TLS_CLIENT_CERTIFICATE_REFUSED ||
            entry->code == FEDVAL_FINDING_TLS_STALLED) &&
           context->address != NULL && fv_probe_is_up(context->address->probe);
}

/* Whether partners may see other records: what an inner resolver alone has said may be the inner
 * half of split DNS. */
static bool may_be_split(const fv_rule_context *context, const fedval_catalogue_entry *entry)
{
    const fv_rules_input *input = context->scene->input;
    bool is_of_dns = entry->requirement >= 1 && entry->requirement <= 3;
    if (!is_of_dns || input->policy->allow_private != 0)
        return false;
    return fv_evidence_is_inner_alone(input->evidence) ||
           (entry->code == FEDVAL_FINDING_ADDRESS_NOT_PUBLIC &&
            fv_evidence_has_inner_addresses_alone(input->evidence));
}

/* Lowers the severity where the place of the remark does not decide the verdict. `own` is the
 * severity that the remark brings along; 0: it brings none, so that of fv_severity_of counts. */
static uint32_t severity_here(const fv_rule_context *context, const fedval_catalogue_entry *entry,
                              uint32_t own)
{
    uint32_t severity = own != 0 ? own : fv_severity_of(context->scene->input, entry->code);
    const fv_scene_target *target = context->target;
    if (is_inferred_of_client(context, entry))
        return at_most(severity, FEDVAL_SEVERITY_INDETERMINATE);
    if (may_be_split(context, entry))
        severity = at_most(severity, FEDVAL_SEVERITY_INDETERMINATE);
    if (target == NULL)
        return severity;
    /* Another preferred target satisfies R2: this one does not decide. */
    if (target->rank == FV_RANK_PREFERRED && !target->counts)
        return at_most(severity, FEDVAL_SEVERITY_WARNING);
    if (entry->family == FEDVAL_FAMILY_TRANSPORT && entry->requirement == 6 && target->is_up &&
        !fv_address_is_blank(context->address) && !is_fault_of_one_that_is_up(context, entry))
        return at_most(severity, FEDVAL_SEVERITY_WARNING);
    return severity;
}

/* Returns the number of `target`, counted from 1. 0: the target was made up, to judge one chain by
 * itself. */
static uint32_t place_of_target(const fv_scene *scene, const fv_scene_target *target)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (target == &scene->targets[i])
            return (uint32_t)i + 1;
    }
    return 0;
}

static fv_where place(const fv_rule_context *context)
{
    fv_where where = {0};
    if (context->target != NULL) {
        where.target = context->target->name;
        where.port = context->target->port;
        where.endpoint = place_of_target(context->scene, context->target);
    }
    if (context->address != NULL) {
        where.address = context->address->text;
        where.endpoint_address = (uint32_t)(context->address - context->target->addresses) + 1;
    }
    if (context->presented != NULL) {
        where.der = context->presented->chain->fact->chain[0];
        where.certificate = context->presented->chain->name;
        where.certificate_kind = context->presented->chain->name_kind;
        where.role = context->presented->chain->role;
    }
    return where;
}

static bool is_standby_fault(const fv_rule_context *context, const fv_remark *remark)
{
    return context->target != NULL && context->target->rank == FV_RANK_STANDBY &&
           remark->severity > FEDVAL_SEVERITY_WARNING;
}

/* A note on a certificate is added once, even if several targets present the certificate. */
static bool is_repeated_note(const fv_remarks *remarks, const fv_remark *note)
{
    if (note->severity != FEDVAL_SEVERITY_NOTE || note->where.certificate == NULL)
        return false;
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark *remark = &remarks->items[i];
        if (remark->code == note->code && remark->where.role == note->where.role &&
            remark->where.certificate == note->where.certificate)
            return true;
    }
    return false;
}

static void add(fv_rule_context *context, const fv_remark *remark)
{
    if (is_repeated_note(context->remarks, remark))
        return;
    fv_remarks *list =
        is_standby_fault(context, remark) ? &context->standby_faults : context->remarks;
    context->is_out_of_memory |= !fv_remarks_append(context->scene->arena, list, remark);
}

/* Adds a remark whose code, place, fault and parameters are set. If its severity is not 0, that
 * one counts instead of the catalogue's. */
static void place_and_add(fv_rule_context *context, fv_remark remark)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(remark.code);
    if (entry == NULL || !is_in_scope(context, entry))
        return;
    context->remarks->num_unlisted += !fv_rule_lists(context->rule, remark.code);
    remark.severity = severity_here(context, entry, remark.severity);
    if (context->requirement != 0)
        remark.requirement = context->requirement;
    else if (remark.requirement == 0)
        remark.requirement = entry->requirement;
    add(context, &remark);
}

static void copy_and_add(fv_rule_context *context, fv_remark remark)
{
    fv_param *copy = fv_arena_alloc_array(context->scene->arena, remark.num_params, sizeof(*copy));
    if (copy == NULL) {
        context->is_out_of_memory = true;
        return;
    }
    if (remark.num_params > 0)
        memcpy(copy, remark.params, remark.num_params * sizeof(*copy));
    remark.params = copy;
    place_and_add(context, remark);
}

void fv_emit_faulty(fv_rule_context *context, uint32_t code, const fv_remark *fault,
                    const fv_param *params, size_t num_params)
{
    copy_and_add(context, (fv_remark){.code = code,
                                      .where = fault->where,
                                      .fault = fault->code,
                                      .params = params,
                                      .num_params = num_params});
}

void fv_emit(fv_rule_context *context, uint32_t code, const fv_param *params, size_t num_params)
{
    copy_and_add(context, (fv_remark){.code = code,
                                      .where = place(context),
                                      .severity = context->severity,
                                      .params = params,
                                      .num_params = num_params});
}

void fv_emit_for(fv_rule_context *context, uint32_t requirement, uint32_t code,
                 const fv_param *params, size_t num_params)
{
    context->requirement = requirement;
    fv_emit(context, code, params, num_params);
    context->requirement = 0;
}

void fv_emit_adopted(fv_rule_context *context, const fv_remark *remark)
{
    fv_remark adopted = *remark;
    adopted.where = place(context);
    if (remark->where.certificate != NULL) {
        if (remark->where.der.len > 0)
            adopted.where.der = remark->where.der;
        adopted.where.certificate = remark->where.certificate;
        adopted.where.certificate_kind = remark->where.certificate_kind;
    }
    place_and_add(context, adopted);
}

/* ---- texts ---- */

const char *fv_rule_copy(fv_rule_context *context, const char *text)
{
    if (text == NULL)
        return NULL;
    const char *copy = fv_arena_copy_text(context->scene->arena, text, strlen(text));
    context->is_out_of_memory |= copy == NULL;
    return copy != NULL ? copy : "";
}

const char *fv_rule_text(fv_rule_context *context, fv_buf *buf)
{
    const fv_text text = {buf->data, buf->len};
    const char *copy =
        buf->failed ? NULL
                    : fv_arena_copy_excerpt(context->scene->arena, text, FV_REMARK_TEXT_MOST);
    fv_buf_clear(buf);
    if (copy != NULL)
        return copy;
    context->is_out_of_memory = true;
    return "";
}

const char *fv_rule_number(fv_rule_context *context, uint64_t number)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_u64(&buf, number);
    return fv_rule_text(context, &buf);
}

/* A name in a certificate can hold any bytes. Shows each byte that is not printable ASCII as
 * "?". */
static void append_plain(fv_buf *buf, fv_text text)
{
    size_t start = buf->len;
    fv_buf_append(buf, text.data, text.len);
    for (size_t i = start; i < buf->len; i++) {
        if (buf->data[i] < ' ' || buf->data[i] >= 0x7f)
            buf->data[i] = '?';
    }
}

/* A list of names in a message ends after so many. */
#define MAX_NAMES_SHOWN 8

/* A list of names that is made. */
typedef struct name_list {
    fv_rule_context *context;
    fv_buf buf;
    fv_parts *parts;
} name_list;

static name_list begin_names(fv_rule_context *context)
{
    name_list list = {.context = context};
    fv_buf_init(&list.buf);
    list.parts = fv_arena_alloc(context->scene->arena, sizeof(*list.parts));
    context->is_out_of_memory |= list.parts == NULL;
    return list;
}

static void append_comma(name_list *list)
{
    fv_buf_append_text(&list->buf, list->buf.len > 0 ? ", " : "");
}

static void append_part(name_list *list, fv_part part)
{
    fv_parts *parts = list->parts;
    if (parts == NULL)
        return;
    void *items = parts->items;
    fv_part *slot = fv_arena_append(list->context->scene->arena, &items, &parts->num_items,
                                    &parts->capacity, sizeof(*slot));
    list->context->is_out_of_memory |= slot == NULL;
    if (slot == NULL) {
        list->parts = NULL;
        return;
    }
    parts->items = items;
    *slot = part;
}

static void append_host(name_list *list, fv_text name)
{
    append_comma(list);
    append_part(list, (fv_part){list->buf.len, name.len, FV_VALUE_HOST});
    append_plain(&list->buf, name);
}

static void append_general_name(name_list *list, const fv_general_name *name)
{
    if (name->type == FV_GN_DNS) {
        append_host(list, (fv_text){(const char *)name->value.data, name->value.len});
        return;
    }
    append_comma(list);
    size_t at = list->buf.len;
    fv_general_name_append_text(&list->buf, name);
    append_part(list, fv_general_name_part(name, at, list->buf.len - at));
}

static fv_param finish_names(name_list *list, const char *key, size_t count)
{
    if (count > MAX_NAMES_SHOWN) {
        fv_buf_append_text(&list->buf, " and ");
        fv_buf_append_u64(&list->buf, count - MAX_NAMES_SHOWN);
        fv_buf_append_text(&list->buf, " more");
    }
    if (count == 0)
        fv_buf_append_text(&list->buf, "no names");
    fv_param made = {key, fv_rule_text(list->context, &list->buf), FV_VALUE_LIST, list->parts};
    if (list->parts == NULL)
        made.kind = FV_VALUE_WORDS;
    return made;
}

fv_param fv_rule_alt_names(fv_rule_context *context, const char *key,
                           const fv_certificate *certificate)
{
    const fv_general_names *names = &certificate->subject_alt_name.names;
    name_list list = begin_names(context);
    for (size_t i = 0; i < names->num_items && i < MAX_NAMES_SHOWN; i++)
        append_general_name(&list, &names->items[i]);
    return finish_names(&list, key, names->num_items);
}

fv_param fv_rule_common_names(fv_rule_context *context, const char *key,
                              const fv_certificate *certificate)
{
    const fv_name *subject = &certificate->subject;
    name_list list = begin_names(context);
    for (size_t i = 0; i < subject->num_common_names && i < MAX_NAMES_SHOWN; i++)
        append_host(&list, subject->common_names[i]);
    return finish_names(&list, key, subject->num_common_names);
}
