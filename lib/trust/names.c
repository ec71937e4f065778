#include "trust/names.h"

#include "base/address.h"
#include "model/dns_name.h"
#include "x509/oid.h"

#include <string.h>

/* ---- the constraints ---- */

/* A constraint that cannot be read may mean any name: "applications ... MUST either process the
 * name constraint or reject the certificate" (RFC 5280 4.2.1.10). */
static bool is_readable(const fv_general_name *base)
{
    return base->type != FV_GN_UNKNOWN && !base->is_malformed;
}

/* RFC 5280 4.2.1.10: "the minimum MUST be zero, and maximum MUST be absent". DER does not write a
 * default, so a strict reader refuses a minimum of 0 that is written. */
static bool is_subtree_usable(const fv_subtree *subtree, bool is_strict)
{
    const fv_name_form *form = fv_name_form_find(subtree->base.type);
    if (!is_readable(&subtree->base) || subtree->has_maximum || subtree->minimum != 0 ||
        (is_strict && subtree->has_minimum))
        return false;
    return form == NULL || form->is_usable(&subtree->base, is_strict);
}

static void judge_subtrees(fv_sink *sink, const fv_subtree *subtrees, size_t num_subtrees)
{
    for (size_t i = 0; i < num_subtrees; i++) {
        if (is_subtree_usable(&subtrees[i], fv_sink_is_strict(sink)))
            continue;
        fv_sink_add_reason(sink, FEDVAL_FINDING_CERT_MALFORMED,
                           "nameConstraints has an entry that nothing can be compared with");
        return; /* one is enough, and there may be thousands */
    }
}

void fv_trust_judge_constraints(fv_sink *sink, const fv_certificate *issuer)
{
    const fv_name_constraints *constraints = &issuer->name_constraints;
    if (constraints->presence != FV_KNOWN)
        return;
    judge_subtrees(sink, constraints->permitted, constraints->num_permitted);
    judge_subtrees(sink, constraints->excluded, constraints->num_excluded);
}

/* ---- one name ---- */

/* Takes the text of the name out of `text`. */
static void put_name(fv_sink *sink, fv_remark *remark, const fv_general_name *name, fv_buf *text)
{
    fv_part *part = fv_arena_alloc(sink->arena, sizeof(*part));
    if (part == NULL || text->failed) {
        sink->no_memory = true;
        fv_buf_clear(text);
        return;
    }
    *part = fv_general_name_part(name, 0, text->len);
    fv_sink_param_list(sink, remark, "name", text, &(fv_parts){part, 1, 1});
}

static void refuse(fv_sink *sink, const fv_certificate *issuer, const fv_general_name *name,
                   const char *reason)
{
    fv_buf text;
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_NAME_NOT_PERMITTED);
    if (remark == NULL)
        return;
    fv_buf_init(&text);
    fv_general_name_append_text(&text, name);
    put_name(sink, remark, name, &text);
    fv_sink_param_name(sink, remark, "issuer", &issuer->subject);
    fv_sink_param_text(sink, remark, "reason", reason);
}

/* Counts one comparison. False: the limit of the policy is reached, and the path is refused
 * whatever its names are. */
static bool count_comparison(fv_sink *sink)
{
    if ((int64_t)sink->num_name_comparisons >= sink->input->policy->limits.name_comparisons) {
        sink->name_limit_reached = true;
        sink->num_faults++;
        return false;
    }
    sink->num_name_comparisons++;
    return true;
}

/* The result of one name against a list of subtrees: the best fit, and whether the list has a
 * subtree of the form of the name. */
typedef struct fit_of_list {
    fv_name_fit fit;
    bool is_constrained;
    bool is_complete; /* false: the limit was reached */
} fit_of_list;

static fit_of_list fit_list(fv_sink *sink, const fv_subtree *subtrees, size_t num_subtrees,
                            const fv_general_name *name)
{
    fit_of_list out = {FV_NAME_OUTSIDE, false, true};
    const fv_name_form *form = fv_name_form_find(name->type);
    for (size_t i = 0; i < num_subtrees; i++) {
        if (!count_comparison(sink)) {
            out.is_complete = false;
            return out;
        }
        if (subtrees[i].base.type != name->type)
            continue;
        out.is_constrained = true;
        fv_name_fit fit = form == NULL ? FV_NAME_UNUSABLE : form->fit(name, &subtrees[i].base);
        if (fit == FV_NAME_TOUCHES && out.fit == FV_NAME_OUTSIDE)
            out.fit = fit;
        if (fit != FV_NAME_WITHIN && fit != FV_NAME_UNUSABLE)
            continue;
        out.fit = fit;
        return out;
    }
    return out;
}

static void judge_name(fv_sink *sink, const fv_certificate *issuer, const fv_general_name *name)
{
    const fv_name_constraints *constraints = &issuer->name_constraints;
    if (sink->name_limit_reached)
        return;
    fit_of_list excluded = fit_list(sink, constraints->excluded, constraints->num_excluded, name);
    fit_of_list permitted =
        fit_list(sink, constraints->permitted, constraints->num_permitted, name);
    if (!excluded.is_complete || !permitted.is_complete)
        return;
    if (excluded.fit == FV_NAME_UNUSABLE || permitted.fit == FV_NAME_UNUSABLE)
        refuse(sink, issuer, name, "it cannot be compared with the constraint");
    else if (excluded.fit != FV_NAME_OUTSIDE)
        refuse(sink, issuer, name, "it is excluded");
    else if (permitted.is_constrained && permitted.fit != FV_NAME_WITHIN)
        refuse(sink, issuer, name, "it is not among those permitted");
}

/* RFC 9598 6: constraints of rfc822Name are for an internationalised mailbox (SmtpUTF8Mailbox) too.
 * A domain that is not in ASCII cannot be compared with them. */
static void judge_mailbox(fv_sink *sink, const fv_certificate *issuer, const fv_general_name *name)
{
    fv_der mailbox;
    fv_general_name as_mail = {.type = FV_GN_RFC822, .is_malformed = true, .value = name->value};
    if (name->type != FV_GN_OTHER || !fv_oid_equal(name->other_type, FV_OID(FV_OID_UTF8_MAILBOX)))
        return;
    if (fv_der_read_only(name->value, FV_DER_UTF8_STRING, &mailbox)) {
        as_mail.is_malformed = false;
        as_mail.value = mailbox.value;
    }
    judge_name(sink, issuer, &as_mail);
}

/* ---- the names of a certificate ---- */

/* RFC 5280 6.1.3 (b): a subject that is not empty counts as a directoryName. */
static void judge_subject(fv_sink *sink, const fv_certificate *issuer,
                          const fv_certificate *certificate)
{
    fv_general_name name = {.type = FV_GN_DIRECTORY,
                            .directory = &certificate->subject,
                            .value = certificate->subject.raw};
    if (certificate->subject.presence != FV_KNOWN || certificate->subject.num_rdns > 0)
        judge_name(sink, issuer, &name);
}

static bool has_alt_name(const fv_certificate *certificate, fv_general_name_type type)
{
    const fv_general_names *names = &certificate->subject_alt_name.names;
    for (size_t i = 0; i < names->num_items; i++) {
        if (names->items[i].type == type)
            return true;
    }
    return false;
}

/* RFC 5280 4.2.1.10: if there is no rfc822Name, the emailAddress attributes of the subject are
 * constrained instead. */
static void judge_email_attributes(fv_sink *sink, const fv_certificate *issuer,
                                   const fv_certificate *certificate)
{
    fv_name_reader reader;
    fv_attribute attribute;
    if (certificate->subject.presence != FV_KNOWN || has_alt_name(certificate, FV_GN_RFC822))
        return;
    fv_name_reader_init(&reader, &certificate->subject);
    while (fv_name_reader_next(&reader, &attribute)) {
        fv_general_name name = {.type = FV_GN_RFC822, .value = attribute.value};
        if (fv_oid_equal(attribute.type, FV_OID(FV_OID_EMAIL_ADDRESS)))
            judge_name(sink, issuer, &name);
    }
}

static void judge_common_name(fv_sink *sink, const fv_certificate *issuer, fv_text text)
{
    fv_address address;
    fv_general_name name = {.type = FV_GN_DNS, .value = {(const uint8_t *)text.data, text.len}};
    if (fv_address_parse(text, &address)) {
        name.type = FV_GN_IP;
        name.value = (fv_bytes){address.bytes, address.len};
    } else if (!fv_presented_dns_name_is_valid(text)) {
        return; /* no verifier would take it for a host */
    }
    judge_name(sink, issuer, &name);
}

/* If the policy accepts the Common Name as a host name, it is constrained like one. */
static void judge_common_names(fv_sink *sink, const fv_certificate *issuer,
                               const fv_certificate *certificate)
{
    int64_t rule = sink->input->policy->common_name;
    bool has_san = certificate->subject_alt_name.presence != FV_ABSENT;
    if (rule == FEDVAL_CN_NEVER || (rule == FEDVAL_CN_WITHOUT_SAN && has_san))
        return;
    for (size_t i = 0; i < certificate->subject.num_common_names; i++)
        judge_common_name(sink, issuer, certificate->subject.common_names[i]);
}

void fv_trust_judge_names(fv_sink *sink, const fv_certificate *issuer,
                          const fv_certificate *certificate, bool is_end_entity)
{
    const fv_general_names *names = &certificate->subject_alt_name.names;
    if (issuer->name_constraints.presence != FV_KNOWN)
        return;
    for (size_t i = 0; i < names->num_items && !sink->name_limit_reached; i++) {
        judge_name(sink, issuer, &names->items[i]);
        judge_mailbox(sink, issuer, &names->items[i]);
    }
    judge_subject(sink, issuer, certificate);
    judge_email_attributes(sink, issuer, certificate);
    if (is_end_entity)
        judge_common_names(sink, issuer, certificate);
}
