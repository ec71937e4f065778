/* How Expressway treats a certificate that is loaded on it, apart from the requirements. */
#include "rules/rule.h"

#include "base/calendar.h"
#include "fedval/name.h"
#include "fedval/trust.h"
#include "model/dns_name.h"

#define MAX_WILDCARDS 8 /* that a note lists */
/* The first release that accepts ECDSA certificates, as in FEDVAL_POLICY_EXPRESSWAY_VERSION. */
#define FIRST_WITH_ECDSA 1403
/* 2050-01-01. RFC 5280 4.1.2.5: "certificate validity dates in 2050 or later MUST be encoded as
 * GeneralizedTime". */
#define YEAR_2050 INT64_C(2524608000)

/* Returns the end-entity certificate if it is one for an Expressway. NULL: it is a provider's or
 * the Microsoft side's, or could not be read. */
static const fv_certificate *find_expressway_certificate(const fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    const fv_scene_chain *chain = context->presented->chain;
    if (scene->side != FEDVAL_SIDE_CISCO ||
        scene->input->policy->service != FEDVAL_SERVICE_SIPFEDERATIONTLS ||
        (context->target != NULL &&
         (context->target->is_provider || context->target->is_of_cloud)) ||
        fv_chain_is_reversed(chain))
        return NULL;
    return chain->certificates[0];
}

static const char *key_text(fv_rule_context *context, const fv_certificate *certificate)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "ECDSA ");
    fv_buf_append_text(&buf, fv_curve_to_text(certificate->key.curve));
    return fv_rule_text(context, &buf);
}

static void emit_ecdsa(fv_rule_context *context, const fv_certificate *certificate)
{
    int64_t version = context->scene->input->policy->expressway_version;
    bool is_too_early = version > 0 && version < FIRST_WITH_ECDSA;
    const char *consequence =
        is_too_early   ? "Expressway before X14.3 does not take it"
        : version != 0 ? "Expressway takes it from X14.3 on; RSA is recommended"
                       : "Expressway takes it from X14.3 on, no earlier; RSA is recommended";
    const fv_param params[] = {{"key", key_text(context, certificate)},
                               {"consequence", consequence}};
    context->severity = is_too_early ? FEDVAL_SEVERITY_WARNING : 0;
    fv_emit(context, FEDVAL_FINDING_CERT_KEY_ECDSA, params, 2);
    context->severity = 0;
}

/* Only a private CA issues certificates that end so late: public CAs issue for 200 days at most. */
static bool ends_late(const fv_scene_chain *chain)
{
    int64_t not_after = chain->certificates[0]->not_after.seconds;
    return chain->trust.trust == FEDVAL_TRUST_BY_PRIVATE && not_after != FV_TIME_UNKNOWN &&
           not_after >= YEAR_2050;
}

static void emit_late_end(fv_rule_context *context, int64_t not_after)
{
    char text[FV_CALENDAR_TEXT_SIZE];
    fv_calendar_format(not_after, text);
    FV_EMIT(context, CERT_ENDS_AFTER_2050, {"not_after", fv_rule_copy(context, text)});
}

static bool is_wildcard(fv_text name)
{
    return fv_dns_name_has_wildcard(name) &&
           fv_dns_name_check(name, FV_DNS_NAME_WILDCARD) == FEDVAL_NAME_FAULT_NONE;
}

/* Emits a note if the certificate holds a wildcard beside the exact name that was wanted. Where a
 * wildcard is all that fits, the remark about the name says so. */
static void emit_wildcards(fv_rule_context *context, const fv_certificate *certificate)
{
    const fv_general_names *names = &certificate->subject_alt_name.names;
    size_t count = 0;
    fv_buf buf;
    if (!fedval_name_match_is_accepted(context->presented->name_match) ||
        !fv_general_names_may_have_pattern(names))
        return;
    fv_buf_init(&buf);
    for (size_t i = 0; i < names->num_items; i++) {
        fv_text name = {(const char *)names->items[i].value.data, names->items[i].value.len};
        if (names->items[i].type != FV_GN_DNS || !is_wildcard(name) || count == MAX_WILDCARDS)
            continue;
        fv_buf_append_text(&buf, count++ > 0 ? ", " : "");
        fv_buf_append(&buf, name.data, name.len);
    }
    if (count > 0)
        FV_EMIT(context, CERT_WILDCARD_BESIDE, {"names", fv_rule_text(context, &buf)});
    else
        fv_buf_clear(&buf);
}

void fv_certificate_suits_expressway(fv_rule_context *context)
{
    const fv_certificate *certificate = find_expressway_certificate(context);
    if (certificate == NULL)
        return;
    if (certificate->subject.num_common_names == 0)
        FV_EMIT_PLAIN(context, CERT_NO_COMMON_NAME);
    if (certificate->key.presence == FV_KNOWN && certificate->key.type == FV_KEY_EC)
        emit_ecdsa(context, certificate);
    emit_wildcards(context, certificate);
    if (ends_late(context->presented->chain))
        emit_late_end(context, certificate->not_after.seconds);
}
