/* Makes the facts of a certificate that does not exist yet: those that a CA will give it if it
 * signs the request as it is. */
#include "mend/plan/plan.h"

#include "x509/oid.h"

#include <string.h>

static fedval_status set_names(fv_arena *arena, const fedval_plan_certificate *certificate,
                               fv_certificate *facts)
{
    fv_general_name *names = fv_arena_alloc_array(arena, certificate->num_names, sizeof(*names));
    fv_text *common_name = fv_arena_alloc(arena, sizeof(*common_name));
    if (names == NULL || common_name == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < certificate->num_names; i++) {
        const char *name = certificate->names[i].name;
        names[i] =
            (fv_general_name){.type = FV_GN_DNS, .value = {(const uint8_t *)name, strlen(name)}};
    }
    *common_name = fv_text_of(certificate->common_name);
    facts->subject_alt_name.presence = FV_KNOWN;
    facts->subject_alt_name.names =
        (fv_general_names){.items = names, .num_items = certificate->num_names};
    if (!fv_general_names_index(arena, &facts->subject_alt_name.names))
        return FEDVAL_ERROR_NO_MEMORY;
    facts->subject.presence = FV_KNOWN;
    facts->subject.common_names = common_name;
    facts->subject.num_common_names = 1;
    facts->display_name = certificate->subject;
    return FEDVAL_OK;
}

static void set_uses(const fedval_plan_certificate *certificate, fv_certificate *facts)
{
    facts->key_usage.presence = FV_KNOWN;
    facts->key_usage.is_critical = true;
    facts->key_usage.bits = FV_KEY_USAGE_DIGITAL_SIGNATURE | FV_KEY_USAGE_KEY_ENCIPHERMENT;
    facts->extended_key_usage.presence = FV_KNOWN;
    facts->extended_key_usage.has_server_auth = certificate->role == FEDVAL_ROLE_SERVER;
    facts->extended_key_usage.has_client_auth =
        certificate->role == FEDVAL_ROLE_CLIENT || certificate->is_for_both;
}

fedval_status fv_plan_ask_for(fv_planner *planner, fedval_plan_certificate *certificate)
{
    fv_arena *arena = &planner->plan->arena;
    fv_certificate *facts = fv_arena_alloc(arena, sizeof(*facts));
    if (facts == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    facts->version = 3;
    facts->issuer.presence = FV_UNKNOWN;
    facts->not_before = facts->not_after = (fv_time){FV_UNKNOWN, FEDVAL_TIME_UNKNOWN, {NULL, 0}};
    facts->key = (fv_subject_key){.presence = FV_KNOWN, .type = FV_KEY_RSA, .num_bits = 2048};
    facts->extensions_presence = FV_KNOWN;
    set_uses(certificate, facts);
    fedval_status status = set_names(arena, certificate, facts);
    return status == FEDVAL_OK
               ? fv_plan_assume(planner, certificate, facts, &certificate->chains[FV_PLAN_PLANNED])
               : status;
}
